"""照会の書類. The papers that travel to departments and experts: answer forms, letters, opinion sheets, as bytes."""

from __future__ import annotations

from sosei.publishing.inquiry.letter import letter, usual_letter
from sosei.publishing.inquiry.opinion import opinion_paper
from sosei.publishing.inquiry.opinionbook import opinion_workbook
from sosei.publishing.inquiry.workbook import workbook

__all__ = ["letter", "opinion_paper", "opinion_workbook", "usual_letter", "workbook"]
