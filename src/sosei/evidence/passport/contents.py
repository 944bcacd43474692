"""束の中身. What goes into the passport of an edition: the figures, how they are counted, and what they are counted from.

Whoever publishes fills a `Passport` from the book; `bundle.bundle` writes it, and leaves out whatever no measure asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from sosei.core.gaps import Gap
from sosei.evidence.measures.entries import Attribute, Record, Register
from sosei.evidence.measures.model import Measure

#: How the entries of a register stand in the bundle. kept: one by one, days and numbers as they are; asked: one by one, as
#: coarse as the measures allow; summed: entries that no measure tells apart are one line.
Shown = Literal["kept", "asked", "summed"]
#: A shorter key could be tried out.
SHORTEST_KEY: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """証跡の先端. The journal's last line before the edition: whose, its number, its seal."""

    body: str
    seq: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionFacts:
    """公表版. `year`: the fiscal year of the report; `number`: of the edition; `report_sha256`: of the report's JSON."""

    title: str
    year: int
    number: int
    published_on: date
    report_sha256: str
    head: Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """公表した欄. A figure of one indicator for one fiscal year, as it was printed.

    `measure`, `version`: how it is counted. `so_far`: where 集計中 was printed, the number beside it. `reason`: where a
    person typed the printed figure instead of the counted one; `counted`: what was counted then.
    """

    indicator: str
    year: int
    measure: str
    version: int
    unit: str
    printed: Decimal | Gap
    so_far: Decimal | None = None
    reason: str | None = None
    counted: Decimal | Gap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureVersion:
    """数え方の版. A measure under its key and version, with its sentences."""

    key: str
    version: int
    measure: Measure
    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPart:
    """台帳. What it is called, its closings (`register`), and how careful the bundle must be with its entries.

    `rows`, `subject`: as in `kinds.RegisterKind`. `free_text`: columns (and `subject.x` attributes) in which people write
    what they like; of these only the words that a measure itself names are published.
    """

    register: Register
    ja: str
    stages: tuple[str, ...] = ()
    rows: Literal["internal", "confidential"] = "internal"
    subject: Literal["organisation", "person", "any", "none"] = "none"
    free_text: frozenset[str] = frozenset()

    @property
    def shown(self) -> Shown:
        """How its entries stand in the bundle: of confidential ones only sums, of persons no more than is asked."""
        if self.rows == "confidential":
            return "summed"
        return "asked" if self.subject in ("person", "any") else "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """パスポート. Everything from which an edition's KPIs can be counted again.

    `pseudonym_key`: a secret; who has it can find the subjects and entries behind the bundle's numbers (`numbers.Numbers`).
    """

    edition: EditionFacts
    kpis: tuple[Kpi, ...]
    measures: tuple[MeasureVersion, ...]
    registers: tuple[RegisterPart, ...]
    records: tuple[Record, ...]
    attributes: tuple[Attribute, ...]
    pseudonym_key: bytes

    def __post_init__(self) -> None:
        """Refuse a key that could be tried out."""
        if len(self.pseudonym_key) < SHORTEST_KEY:
            raise ValueError(f"the key of the numbers needs {SHORTEST_KEY} bytes")

    def measure_of(self, kpi: Kpi) -> Measure:
        """Return how a figure is counted."""
        found = {(one.key, one.version): one.measure for one in self.measures}
        return found[kpi.measure, kpi.version]
