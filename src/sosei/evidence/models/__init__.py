"""根拠の表. Registers, what is entered in them, whom it is about, how it is counted.

Rows are `Fact`s, but for entries: of those each content is a row of its own that never changes, proven by the batch it
came in (docs/dev/evidence.md).
"""

from sosei.evidence.models.documents import Document, DocumentBytes, DocumentName
from sosei.evidence.models.entries import REACHED, Batch, Entry
from sosei.evidence.models.incidents import Incident
from sosei.evidence.models.measures import Measure, Standing, Tally
from sosei.evidence.models.publicforms import Held, Knock, PublicForm, Submission
from sosei.evidence.models.registers import Asked, Closing, Mapping, Register
from sosei.evidence.models.subjects import (
    Attribute,
    Consent,
    Contact,
    PersonalKey,
    Private,
    Subject,
    Told,
)
from sosei.evidence.models.uploads import Upload

__all__ = [
    "REACHED",
    "Asked",
    "Attribute",
    "Batch",
    "Closing",
    "Consent",
    "Contact",
    "Document",
    "DocumentBytes",
    "DocumentName",
    "Entry",
    "Held",
    "Incident",
    "Knock",
    "Mapping",
    "Measure",
    "PersonalKey",
    "Private",
    "PublicForm",
    "Register",
    "Standing",
    "Subject",
    "Submission",
    "Tally",
    "Told",
    "Upload",
]
