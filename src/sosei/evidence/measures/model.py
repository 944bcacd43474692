"""数え方の形. How a KPI is counted from registers, as an immutable value: it is shown as a sentence, and never run as code.

    count of members where subject.maker = yes at end unit "社"

`measures.parser` reads such a text, `measures.writing` writes it, `measures.sentence` says it in Japanese or English.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

#: What is done with the entries that are left.
#: count: entries; people: their sizes (an entry may be a group of n); distinct: different values; sum; latest: of a series.
Operation = Literal["count", "people", "distinct", "sum", "latest"]
OPERATIONS: Final[tuple[Operation, ...]] = ("count", "people", "distinct", "sum", "latest")
#: Operations that need to be told of what.
OF_A_PATH: Final[frozenset[Operation]] = frozenset({"distinct", "sum", "latest"})

Compare = Literal["=", "!=", "<", "<=", ">", ">="]
COMPARES: Final[tuple[Compare, ...]] = ("=", "!=", "<=", "<", ">=", ">")
Literal_ = str | Decimal | date | bool


@dataclass(frozen=True, slots=True)
class Path:
    """何の値か. A column of the entry (`place`), or an attribute of its subject (`subject.maker`).

    `asof`: when a subject's attribute is looked up: on the day of the entry, or at the end of the window.
    """

    name: str
    of_subject: bool = False
    asof: Literal["entry", "window"] = "window"


@dataclass(frozen=True, slots=True)
class Is:
    """比べる. A value compared with a constant; an entry without the value is not counted, whatever the sign."""

    path: Path
    compare: Compare
    value: Literal_


@dataclass(frozen=True, slots=True)
class OneOf:
    """どれかである. A value that is one of several."""

    path: Path
    values: tuple[Literal_, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """書かれている. A value that is there at all."""

    path: Path


@dataclass(frozen=True, slots=True)
class Not:
    """でない."""

    of: Condition


@dataclass(frozen=True, slots=True)
class All:
    """かつ. Two or more conditions, all of which hold."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """または. Two or more conditions, one of which holds."""

    of: tuple[Condition, ...]


Condition = Is | OneOf | Known | Not | All | Either

YearType = Literal["fiscal", "calendar", "survey"]


@dataclass(frozen=True, slots=True)
class During:
    """期間中. What happened in the year: from April, from January, or said by the answer itself (survey). `shift` in years."""

    year: YearType = "fiscal"
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Since:
    """開始から. Everything up to the end of the fiscal year: from the beginning of the register (None), or from a day."""

    day: date | None = None


@dataclass(frozen=True, slots=True)
class At:
    """時点. What was so on one day: the last of the year, or a day of the fiscal year (`month`, `day`). `shift` in years."""

    year: Literal["fiscal", "calendar"] = "fiscal"
    shift: int = 0
    month: int | None = None
    day: int | None = None


Window = During | Since | At


@dataclass(frozen=True, slots=True)
class Having:
    """条件に届いた人だけ. Of one subject: at least so many entries (`path` None), or so many different values."""

    path: Path | None
    compare: Compare
    number: int


@dataclass(frozen=True, slots=True)
class After:
    """順序. Only where the same subject stands in another register before (`stage`: reached that stage before).

    `within`: at most so many months before.
    """

    register: str
    stage: str | None = None
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """揃うべき欄. Cells that must all be there before the answer is one: places, and each month of the year."""

    path: Path
    values: tuple[str, ...]
    monthly: bool = False


Rounding = Literal["down", "half-up", "up"]
ROUNDINGS: Final[tuple[Rounding, ...]] = ("down", "half-up", "up")


@dataclass(frozen=True, slots=True)
class Rounded:
    """端数. How the answer is rounded, last of all. `digits` behind the point (-3: whole thousands)."""

    how: Rounding
    digits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """数え方. `registers`: one, or several counted together. `stage`: of cases, those that reached it in the window."""

    operation: Operation
    registers: tuple[str, ...]
    unit: str
    path: Path | None = None
    stage: str | None = None
    window: Window = During()
    where: Condition | None = None
    having: tuple[Having, ...] = ()
    after: After | None = None
    over: Over | None = None
    rounded: Rounded | None = None
