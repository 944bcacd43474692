"""書ける登録. Whether what an entry says can be written and can be so: as long as its columns, and by the rules of its register.

Forms and sheets say it at the field or the cell before; whoever enters in another way is told here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.models import Entry
from sosei.evidence.reckoned import wrongs
from sosei.journal.bounds import Bound, bound

_AT: Final = bound(Entry, "at")
_SIZE: Final = bound(Entry, "size")
_YEAR: Final = bound(Entry, "year")
_TYPED: Final = ("place", "sort")


def keepable(kind: RegisterKind) -> Callable[[Draft], None]:
    """Return what sees that drafts of a register can be kept; made once for many.

    It raises TextTooLong, NumberBeyondColumn, UnwritableSign, and what a subsidy cannot be (`reckoned.wrongs`).
    """
    texts = {
        key: Bound(
            key, one.ja, most=bound(Entry, one.column).most if one.column in _TYPED else None
        )
        for key, one in kind.fields.items()
        if not one.is_number
    }

    def require(draft: Draft) -> None:
        if not _is_plain(draft):
            for of, value in ((_AT, draft.at), (_SIZE, draft.size), (_YEAR, draft.year)):
                of.require(value)
            for key, said in draft.values.items():
                if isinstance(said, str) and key in texts:
                    texts[key].require(said)
        if kind.subsidy is not None and (found := wrongs(kind, draft)):
            raise found[0][1].at(draft.at or kind.ja)

    return require


#: What is shorter, or less, goes into every column of its kind.
_SHORT: Final = 100
_SMALL: Final = 10_000


def _is_plain(draft: Draft) -> bool:
    """Whether every column holds it without a look: so nearly all are, and a sheet has tens of thousands."""
    if not (
        len(draft.at) < _SHORT and 0 <= draft.size < _SMALL and 0 <= (draft.year or 0) < _SMALL
    ):
        return False
    text = "".join([said for said in draft.values.values() if type(said) is str])
    return len(text) < _SHORT and "\x00" not in text and "\x00" not in draft.at
