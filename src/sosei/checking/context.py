"""点検の前提. What may be known beside the report. All of it is optional; what is missing is said, never assumed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from sosei.core.report import Report, State
from sosei.core.schemes import Scheme, known_schemes
from sosei.core.sheets import Sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """事業の台帳. Yen and dates of one project, named as in the report. None: the ledger does not say.

    `settled`: 決算額. `reported`: 実績報告の額. `eligible`: 対象経費. `national`: 国費. `prefectural`: 県を経由した国費.
    """

    name: str
    settled: int | None = None
    reported: int | None = None
    reported_on: date | None = None
    report_due: date | None = None
    eligible: int | None = None
    national: int | None = None
    prefectural: int | None = None
    assembly_on: date | None = None
    published_on: date | None = None
    publish_due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """補助案件の台帳. One subsidy case: when it was paid, and by when input tax is to be settled (仕入控除税額)."""

    project: str
    name: str
    yen: int
    paid_on: date | None = None
    tax_due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFacts:
    """支払の台帳. One payment and the day on which it was incurred."""

    project: str
    label: str
    yen: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueFacts:
    """実績値の台帳. One actual of the ledger: its state, and whether rows or a document stand behind it."""

    project: str
    indicator: str
    fiscal_year: int
    number: Decimal
    state: State | None = None
    evidence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """個人情報ファイル. A file of persons, how many it holds, and whether its ファイル簿 is published."""

    name: str
    persons: int
    published: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFacts:
    """公開する内訳表. A breakdown of persons or firms that is to be published; None stands for a suppressed cell."""

    name: str
    of: Literal["persons", "firms"]
    cells: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """台帳. What the office's own book says about the projects of the report."""

    projects: tuple[ProjectFacts, ...] = ()
    cases: tuple[CaseFacts, ...] = ()
    payments: tuple[PaymentFacts, ...] = ()
    values: tuple[ValueFacts, ...] = ()
    files: tuple[FileFacts, ...] = ()
    tables: tuple[TableFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """前提. The document's tables, the schemes' rules, other reports, the ledger, and today's date."""

    document: Sheets | None = None
    schemes: tuple[Scheme, ...] = field(default_factory=known_schemes)
    previous: Report | None = None
    others: tuple[Report, ...] = ()
    ledger: Ledger | None = None
    today: date | None = None
