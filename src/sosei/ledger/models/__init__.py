"""台帳の表. Every row is a `Fact`: changed only through `journal.acts`, voided instead of deleted, its past kept."""

from sosei.ledger.models.countings import Counting
from sosei.ledger.models.editions import Blob, Document, Edition, EditionFile, Erratum, Paper
from sosei.ledger.models.flow import (
    Batch,
    Exemption,
    Inquiry,
    InquiryPart,
    Opinion,
    OpinionPaper,
    OpinionReading,
    Owed,
    Step,
    Waiver,
)
from sosei.ledger.models.habits import LayoutHabit
from sosei.ledger.models.indicators import Definition, Indicator, Line, Point, Shown, Value
from sosei.ledger.models.looks import Look
from sosei.ledger.models.money import GrantDecision, Spending
from sosei.ledger.models.projects import Charge, Member, Passage, Project, ProjectYear, Verification
from sosei.ledger.models.spent import SpentBasis, SpentCounting
from sosei.ledger.models.volumes import Volume

__all__ = [
    "Batch",
    "Blob",
    "Charge",
    "Counting",
    "Definition",
    "Document",
    "Edition",
    "EditionFile",
    "Erratum",
    "Exemption",
    "GrantDecision",
    "Indicator",
    "Inquiry",
    "InquiryPart",
    "LayoutHabit",
    "Line",
    "Look",
    "Member",
    "Opinion",
    "OpinionPaper",
    "OpinionReading",
    "Owed",
    "Paper",
    "Passage",
    "Point",
    "Project",
    "ProjectYear",
    "Shown",
    "Spending",
    "SpentBasis",
    "SpentCounting",
    "Step",
    "Value",
    "Verification",
    "Volume",
    "Waiver",
]
