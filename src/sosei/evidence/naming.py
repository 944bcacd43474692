"""数え方の中の名. What registers, their columns, and attributes of subjects are called in the sentence of a measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.sentence import Lang, Names

#: Attributes that the measures of the catalogue ask for; others are called as the city wrote them.
_ATTRIBUTES: Final[Mapping[str, tuple[str, str]]] = {"maker": ("ものづくり企業", "a maker")}
_SUBJECT: Final = "subject."


def attribute_called(key: str, lang: Lang = "ja") -> str:
    """Return what an attribute of subjects is called: the city's own by what it was written as.

    >>> attribute_called("maker"), attribute_called("業種")
    ('ものづくり企業', '業種')
    """
    return _ATTRIBUTES.get(key, (key, key))[lang == "en"]


def names_of(kinds: Mapping[str, RegisterKind], lang: Lang = "ja") -> Names:
    """Return what a sentence calls registers and columns by; of a register that is not there, its key."""

    def named(register: str, column: str) -> str:
        if column.startswith(_SUBJECT):
            return attribute_called(column.removeprefix(_SUBJECT), lang)
        return kinds[register].called(column, lang) if register in kinds else register

    return named
