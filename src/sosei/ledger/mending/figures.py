"""読み取った数. Every figure of a report in order, with what it is a figure of: what a person looks through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sosei.core.report import Indicator, Places, Report, Spending, Value
from sosei.reading.spots import Loose


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """読み取った数. `number`: from 1, the same as long as the file is; `path`: where it stands in the report as read.

    `role`: target, actual, cumulative_actual, baseline, increase_total, spending, or loose: a figure of the file that
    nothing was made of. `year`: its fiscal year (the
    report's own where the figure has none). Of money, `spending`; of everything else `value`.
    """

    number: int
    path: str
    role: str
    project: int
    indicator: int | None = None
    year: int | None = None
    label: str | None = None
    unit: str | None = None
    value: Value | None = None
    spending: Spending | None = None
    loose: Loose | None = None

    @property
    def place(self) -> Places:
        """Where it stands."""
        part = self.value or self.spending or self.loose
        return part.place if part else ()

    @property
    def raw(self) -> str | None:
        """How it is spelled there, where that is known."""
        part = self.value or self.spending or self.loose
        return part.raw if part else None

    @property
    def doubtful(self) -> bool:
        """Whether a person looks here first: a number or words of which no independent check agreed."""
        value = self.value
        if self.loose is not None:
            return True
        return value is not None and value.gap is None and value.sure is not True

    @property
    def owner(self) -> str:
        """The path of the indicator (of money: of the project) that it belongs to."""
        if self.indicator is None:
            return f"/projects/{self.project}"
        return f"/projects/{self.project}/indicators/{self.indicator}"


def figures(report: Report) -> tuple[Figure, ...]:
    """Return every figure of a report, project by project: its indicators', then its money."""
    found: list[Figure] = []
    for i, project in enumerate(report.projects):
        own = report.year_of(project)
        for k, indicator in enumerate(project.indicators):
            _of_indicator(found, i, k, indicator, own)
        for k, spending in enumerate(project.spending):
            found.append(
                Figure(
                    number=len(found) + 1, path=f"/projects/{i}/spending/{k}", role="spending", project=i,
                    year=spending.fiscal_year or own, unit=spending.unit, spending=spending,
                )
            )  # fmt: skip
    return tuple(found)


def loose_figures(report: Report, found: Iterable[Loose], first: int) -> tuple[Figure, ...]:
    """Return the figures that nothing was made of, numbered from `first`, as those of the indicators in whose rows they stand."""
    figures_found = []
    for n, one in enumerate(found):
        _, _, i, _, k = one.owner.split("/")
        figures_found.append(
            Figure(
                number=first + n, path=f"/loose/{n}", role="loose", project=int(i), indicator=int(k),
                unit=report.projects[int(i)].indicators[int(k)].unit, loose=one,
            )
        )  # fmt: skip
    return tuple(figures_found)


def _of_indicator(
    found: list[Figure], i: int, k: int, indicator: Indicator, own: int | None
) -> None:
    path = f"/projects/{i}/indicators/{k}"
    said: list[tuple[str, str, int | None, str | None, Value | None]] = [
        (f"{path}/baseline", "baseline", indicator.baseline_year, None, indicator.baseline),
        (f"{path}/increase_total", "increase_total", None, None, indicator.increase_total),
    ]
    for n, year in enumerate(indicator.years):
        when = year.fiscal_year or (None if year.label else own)
        said += [
            (f"{path}/years/{n}/{role}", role, when, year.label, getattr(year, role))
            for role in ("target", "actual", "cumulative_actual")
        ]
    for at, role, when, label, value in said:
        if value is not None:
            found.append(
                Figure(
                    number=len(found) + 1, path=at, role=role, project=i, indicator=k, year=when,
                    label=label, unit=value.unit or indicator.unit, value=value,
                )
            )  # fmt: skip
