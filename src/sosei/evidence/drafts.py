"""登録の案. What a row of a sheet or a form says, read and typed, before it is entered in a register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sosei.evidence.measures.model import Literal_


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """だれか. An organisation by its corporate number or name; a person by name and contacts, which are kept enciphered."""

    kind: Literal["organisation", "person"] = "organisation"
    number: str | None = None
    name: str | None = None
    kana: str | None = None
    mail: str | None = None
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """案. `entry`: the number of the entry whose content it replaces; None: a new one. `subject`: of one already known.

    `first`, `last`, `year`, `size`: as of `measures.entries.Record`; `reached`: in the order of the register's stages.
    `values`: of declared fields, only those that are said. `at`: where it stands in its file ("名簿!A12").
    """

    entry: int | None = None
    who: Who | None = None
    subject: int | None = None
    first: date | None = None
    last: date | None = None
    year: int | None = None
    size: int = 1
    reached: tuple[date | None, ...] = ()
    values: Mapping[str, Literal_] = field(default_factory=dict)
    at: str = ""
