"""調査票. What the sheet to one respondent holds, and the identity by which it is known again whoever sends it back.

The identity says register, respondent, year and version of the register's definition; its seal is keyed, and covers the
name that the sheet is addressed to: a sheet whose name or identity was changed by somebody else is found out.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from json import dumps
from typing import Final

from sosei.core.text import fold, narrow
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.sheets.columns import Column, columns_of

#: What stands on the sheet, and by which it is read again.
TITLE: Final = "調査票"
SHEET: Final = "回答票"
WHOM: Final = "回答される団体"
ITEM: Final = "項目"
ENTRY: Final = "記入欄"
UNIT: Final = "単位"
NOTE: Final = "連絡欄"
IDENTITY: Final = "整理番号"

#: Characters of an identity: no shorter text holds one.
SHORTEST: Final = 37
_DIGITS: Final = 20
_GROUP: Final = 5
_SAID: Final = re.compile(
    r"S1-(\d{1,18})-(\d{1,18})-(\d{4})-(\d{1,9})-([A-Z2-7]{5}(?:-[A-Z2-7]{5}){3})(?![A-Z0-9-])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """整理番号. Of which register, respondent, year and version of the definition a sheet is; `seal`: what proves it."""

    register: int
    subject: int
    year: int
    version: int
    seal: str = ""

    def text(self) -> str:
        """Return it as it stands on the sheet."""
        return f"S1-{self.register}-{self.subject}-{self.year}-{self.version}-{self.seal}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveySheet:
    """調査票. `whom`: the respondent's name; `year`: as it is written; `items`: what is asked; `contact`: of the office.

    `fictional`: of a city that is none.
    """

    title: str
    office: str
    department: str
    whom: str
    year: str
    purpose: str
    due: date | None
    contact: str
    items: Sequence[Column]
    identity: Identity
    fictional: bool = False


def items_of(kind: RegisterKind) -> tuple[Column, ...]:
    """Return what a survey asks of each respondent: the declared fields."""
    return tuple(column for column in columns_of(kind) if column.field is not None)


def sealed(identity: Identity, key: bytes, *, body: str, whom: str) -> Identity:
    """Return an identity with its seal. `whom`: the name that the sheet is addressed to."""
    said = [
        "S1",
        body,
        identity.register,
        identity.subject,
        identity.year,
        identity.version,
        fold(whom),
    ]
    made = hmac.digest(key, dumps(said, ensure_ascii=False).encode(), "sha256")
    letters = b32encode(made).decode("ascii")[:_DIGITS]
    seal = "-".join(letters[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))
    return Identity(
        register=identity.register, subject=identity.subject, year=identity.year, version=identity.version, seal=seal,
    )  # fmt: skip


def is_ours(identity: Identity, keys: Iterable[bytes], *, body: str, whom: str) -> bool:
    """Tell whether an identity was made here, for this name, with one of some keys."""
    made = [sealed(identity, key, body=body, whom=whom).seal for key in keys]
    return any(hmac.compare_digest(seal, identity.seal) for seal in made)


def identity_in(text: str) -> Identity | None:
    """Return the identity that a text holds, however wide it was typed; None where it holds none.

    >>> identity_in("整理番号 Ｓ1-37-412-2021-3-ABCDE-FGHIJ-KLMNO-PQRST").subject
    412
    """
    found = _SAID.search(narrow(text).upper())
    if found is None:
        return None
    register, subject, year, version = (int(found[n]) for n in range(1, 5))
    return Identity(register=register, subject=subject, year=year, version=version, seal=found[5])
