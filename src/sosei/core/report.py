"""報告. `Report`, the narrow waist: everything that is read or shown meets in this immutable value.

It is `contract/report.schema.json` as Python. Absent is None (or an empty tuple); nothing is invented. Every string
is `clean` (one line, nothing that XML cannot carry), so that each published form can carry it; the spelling of the
document stays in `raw`. Numbers are Decimal with at most 15 significant digits, the most a spreadsheet cell holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, Final, Literal, TypeVar

from sosei.core.gaps import Gap
from sosei.core.swift import swift
from sosei.core.text import is_clean

SCHEMA: Final = "sosei.report/1"
DIGITS: Final = 15

Op = Literal[">=", "<=", ">", "<"]
State = Literal["forecast", "preliminary", "final"]
Basis = Literal["printed", "inferred"]
ProjectKind = Literal["result", "plan", "goal"]
SpendingKind = Literal[
    "commission", "contribution", "subsidy", "budget", "settled", "granted", "other"
]
SpendingRole = Literal["line", "subtotal", "total"]
MoneyUnit = Literal["円", "千円", "万円", "百万円", "億円"]
IndicatorType = Literal["input", "output", "outcome"]
Direction = Literal["up", "down", "keep"]
Expression = Literal["level", "increment", "single_year", "cumulative", "point_in_time"]
YearType = Literal["fiscal", "calendar"]
CountKind = Literal["gross", "unique"]
Ext = Mapping[str, Any]


T = TypeVar("T")


def _check_strings(part: object, *names: str) -> None:
    """Refuse a string that a published form could not carry; a defect of the caller, so ValueError."""
    for name in names:
        text = getattr(part, name)
        if text is not None and not is_clean(text):
            raise ValueError(f"{type(part).__name__}.{name} is not clean: {text!r}")


def copied(part: T, **changes: object) -> T:
    """Return a part with other fields, as they are: for changes of what has been looked at when it was made."""
    kind: type[Any] = type(part)
    take, puts = _slots(kind)  # type: ignore[arg-type]
    made: T = object.__new__(kind)
    for put, own in zip(puts.values(), take(part), strict=True):
        put(made, own)
    for name, other in changes.items():
        puts[name](made, other)
    return made


@cache
def _slots(kind: type) -> tuple[attrgetter[Any], dict[str, Callable[[object, object], None]]]:
    """Return what takes all fields of a part, and what puts each: a report of a thousand pages has millions of them."""
    names: tuple[str, ...] = kind.__slots__  # type: ignore[attr-defined]
    return attrgetter(*names), {name: getattr(kind, name).__set__ for name in names}


@swift
@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """場所. Where something stands in a source; several make up a cell that a page cuts.

    Text: `start` and `end` are character offsets in the decoded file; for people also `row`, the line, and `column`
    (`sosei.reading.lines`). PDF: `page` from 1, `box` x0, top, x1, bottom in
    points from the page's top left. XLSX: `sheet` and `range` (A1 style). DOCX, HTML: `table`, `row`, `column` from 1.
    """

    source: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    range: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    start: int | None = None
    end: int | None = None
    ocr: float | None = None


Places = tuple[Place, ...]


@swift
@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """文言. Words of the document: `text` as understood, `raw` as written where that differs."""

    text: str
    raw: str | None = None
    place: Places = ()

    def __post_init__(self) -> None:
        """Refuse text that is empty or not clean."""
        _check_strings(self, "text")

    def __str__(self) -> str:
        """The words."""
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """団体. A municipality; `code` is the six-digit 全国地方公共団体コード where the name identifies one body."""

    name: str
    code: str | None = None
    basis: Basis | None = None
    place: Places = ()

    def __post_init__(self) -> None:
        """Refuse a name that is not clean."""
        _check_strings(self, "name", "code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """年度. Calendar year of the fiscal year's April (2021 = 令和3年度), and whether the document prints it."""

    year: int
    basis: Basis = "printed"
    raw: str | None = None
    place: Places = ()


@swift
@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """値. One figure: exactly one of `number`, `gap`, `text`. Zero is a number; a blank is a gap.

    `number` is in the indicator's unit unless `unit` says otherwise. `sure` is true only where independent checks
    agree on number, role, year and unit.
    """

    number: Decimal | None = None
    gap: Gap | None = None
    text: str | None = None
    op: Op | None = None
    unit: str | None = None
    state: State | None = None
    as_of: str | None = None
    expected: str | None = None
    sure: bool | None = None
    raw: str | None = None
    place: Places = ()

    def __post_init__(self) -> None:
        """Refuse none or several of number, gap and text, and numbers no spreadsheet can hold."""
        number = self.number
        if (number is not None) + (self.gap is not None) + (self.text is not None) != 1:
            raise ValueError(
                f"a value is exactly one of number, gap, text: {self.number!r} {self.gap!r} {self.text!r}"
            )
        if number is not None:
            if not number.is_finite():
                raise ValueError(f"not a finite number: {number}")
            _, digits, power = number.as_tuple()
            if power == 0 and len(digits) <= DIGITS and number:
                self._check_words()
                return  # a whole number is its own plain form
            plain = number.normalize()
            exponent = int(plain.as_tuple().exponent)
            if max(len(plain.as_tuple().digits) + max(exponent, 0), -exponent) > DIGITS:
                raise ValueError(f"more than {DIGITS} digits: {self.number}")
            object.__setattr__(self, "number", Decimal(format(plain, "f")) + 0)
        self._check_words()

    def _check_words(self) -> None:
        for text in (self.text, self.unit, self.as_of, self.expected):
            if text is not None:
                _check_strings(self, "text", "unit", "as_of", "expected")
                return

    def marked(self, *, sure: bool | None) -> Value:
        """Return the value with another mark; what it says was looked at when it was made."""
        return self if self.sure is sure else copied(self, sure=sure)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSaid:
    """実施期間. First and last fiscal year (April's calendar year); either may be open or unread; `raw` as written."""

    raw: str
    first: int | None = None
    last: int | None = None
    place: Places = ()

    def __post_init__(self) -> None:
        """Refuse words that are not clean."""
        _check_strings(self, "raw")


@swift
@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """経費. One line of money. `yen` is whole yen whatever the printed `unit`; None where the line has no figure.

    `fiscal_year` None: the project's own. `shared_by`: the amount is the total of n bodies (6市合計).
    """

    label: Said | None
    yen: int | None
    number: str | None = None
    kind: SpendingKind | None = None
    role: SpendingRole | None = None
    fiscal_year: int | None = None
    fund: Said | None = None
    shared_by: int | None = None
    unit: MoneyUnit | None = None
    note: Said | None = None
    raw: str | None = None
    place: Places = ()

    def __post_init__(self) -> None:
        """Refuse amounts that no spreadsheet can hold."""
        _check_strings(self, "number")
        if self.yen is not None and abs(self.yen) >= 10**DIGITS:
            raise ValueError(f"more than {DIGITS} digits: {self.yen}")


@swift
@dataclass(frozen=True, slots=True, kw_only=True)
class YearPoint:
    """年度別の値. What an indicator has for one year.

    `fiscal_year` None: the report's or project's own. `label`: the column's words where they name no fiscal year.
    """

    fiscal_year: int | None = None
    label: str | None = None
    due: str | None = None
    target: Value | None = None
    actual: Value | None = None
    cumulative_actual: Value | None = None
    rate: Said | None = None
    rating: Said | None = None

    def __post_init__(self) -> None:
        """Refuse words that are not clean."""
        _check_strings(self, "label", "due")


@swift
@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """重要業績評価指標 (KPI). One measure with its baseline and its years. `name` is None where the source has none."""

    name: Said | None = None
    years: tuple[YearPoint, ...] = ()
    id: str | None = None
    number: str | None = None
    parent: Said | None = None
    unit: str | None = None
    definition: Said | None = None
    statistic: Said | None = None
    type: IndicatorType | None = None
    direction: Direction | None = None
    expression: Expression | None = None
    year_type: YearType | None = None
    count_kind: CountKind | None = None
    baseline: Value | None = None
    baseline_year: int | None = None
    increase_total: Value | None = None
    rating: Said | None = None
    note: Said | None = None
    place: Places = ()
    ext: Ext | None = None

    def __post_init__(self) -> None:
        """Refuse words that are not clean."""
        _check_strings(self, "id", "number", "unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """効果検証. Judgement of a project: own grade, the experts' two-valued judgement, what comes next, and why."""

    body: Said | None = None
    date: str | None = None
    grade: Said | None = None
    expert_judgement: Said | None = None
    expert_opinion: Said | None = None
    obstacle: Said | None = None
    countermeasure: Said | None = None
    next_policy: Said | None = None
    next_policy_reason: Said | None = None
    scales: Mapping[str, Said] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse words that are not clean."""
        _check_strings(self, "date")
        for name in self.scales:
            if not is_clean(name):
                raise ValueError(f"Verification.scales: name is not clean: {name!r}")


_SAYS_NOTHING: Final = Verification()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """事業. One project of the report (result), a coming year's (plan), or a goal that is no project of its own."""

    kind: ProjectKind = "result"
    indicators: tuple[Indicator, ...] = ()
    id: str | None = None
    number: str | None = None
    group: tuple[Said, ...] = ()
    grant: Said | None = None
    grant_type: Said | None = None
    name: Said | None = None
    departments: tuple[Said, ...] = ()
    bodies: tuple[Body, ...] = ()
    period: PeriodSaid | None = None
    fiscal_year: Year | None = None
    activities: tuple[Said, ...] = ()
    spending: tuple[Spending, ...] = ()
    verification: Verification | None = None
    remarks: tuple[Said, ...] = ()
    place: Places = ()
    ext: Ext | None = None

    def __post_init__(self) -> None:
        """Refuse words that are not clean, and a verification that says nothing."""
        _check_strings(self, "id", "number")
        if self.verification is not None and self.verification == _SAYS_NOTHING:
            object.__setattr__(self, "verification", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """出典. A file that was read."""

    id: str
    name: str
    sha256: str
    format: str


@swift
@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """読めなかったもの. What the reader could not place: never dropped, never guessed."""

    code: str
    raw: str
    place: Places = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """報告書. What a document says, or what the ledger says as of an edition or a date."""

    projects: tuple[Project, ...] = ()
    title: Said | None = None
    chapter: Said | None = None
    bodies: tuple[Body, ...] = ()
    fiscal_year: Year | None = None
    sources: tuple[Source, ...] = ()
    unread: tuple[Unread, ...] = ()
    ext: Ext | None = None

    def year_of(self, project: Project) -> int | None:
        """Return the fiscal year that a project's undated figures belong to, or None where nobody says."""
        year = project.fiscal_year or self.fiscal_year
        return year.year if year else None


#: Where it stands, how it was spelled, from which file, what was left: true of one document, not of the report.
_OF_THE_DOCUMENT: Final = frozenset({"place", "raw", "sources", "unread"})


def bare(part: Any) -> Any:
    """Return a report (or a part of one) without place, raw, sources and unread: what two forms of it must share.

    A period's `raw` is its wording, not a spelling of something else, and stays.
    """
    return _rebuilt(
        part,
        lambda cls, name: (name in _OF_THE_DOCUMENT and cls is not PeriodSaid) or name == "place",
    )


def restrict(part: Any, carried: frozenset[str]) -> Any:
    """Return a report with only the fields that a form carries, named "Class.field" ("Project.period", "Value.op").

    Fields without which a part would not be itself (a value's number, gap or text; a period's raw) always stay.
    """
    return _rebuilt(
        part,
        lambda cls, name: f"{cls.__name__}.{name}" not in carried and (cls, name) not in _ITSELF,
    )


def all_fields() -> frozenset[str]:
    """Return every "Class.field" of the contract but the ones that are true of one document only."""
    return frozenset(
        f"{cls.__name__}.{f.name}"
        for cls in PARTS
        for f in fields(cls)
        if f.name not in _OF_THE_DOCUMENT
    ) | {"PeriodSaid.raw"}


PARTS: Final = (
    Report,
    Project,
    Spending,
    Indicator,
    YearPoint,
    Verification,
    Value,
    Said,
    Body,
    Year,
    PeriodSaid,
)
_ITSELF: Final = frozenset(
    [
        (Value, "number"),
        (Value, "gap"),
        (Value, "text"),
        (Said, "text"),
        (Body, "name"),
        (Year, "year"),
        (PeriodSaid, "raw"),
        (Spending, "label"),
        (Spending, "yen"),
        (Project, "kind"),
        (Project, "indicators"),
        (Indicator, "years"),
        (Report, "projects"),
    ]
)


def _rebuilt(part: Any, drop: Callable[[type, str], bool]) -> Any:
    """Copy a part, leaving the fields that `drop(class, field)` names at their defaults."""
    if isinstance(part, tuple):
        return tuple(_rebuilt(item, drop) for item in part)
    if isinstance(part, Mapping) and part and all(isinstance(item, Said) for item in part.values()):
        return {name: _rebuilt(item, drop) for name, item in part.items()}
    if not hasattr(part, "__dataclass_fields__"):
        return part
    kept = {
        f.name: _rebuilt(getattr(part, f.name), drop)
        for f in fields(part)
        if not drop(type(part), f.name)
    }
    return type(part)(**kept)
