"""証跡の語り手. What the book's own rows are called where the journal shows them, their figures, and where their pages are.

A row that says nothing of its own (a year of an indicator, a project without words) is called by what people know:
its indicator, its newest entry. All of a kind are looked up at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Max, Model

from sosei.core.fields import Lang, label
from sosei.core.shown import show_yen
from sosei.journal.wording import Figure, Ref
from sosei.ledger import models as m
from sosei.ledger.difference.words import JOINT, figure, short_year
from sosei.ledger.queries.toldevidence import PAGES, ToldEvidence
from sosei.ledger.queries.view import value_of
from sosei.offices.models import Department, Succession

_VALUE: Final = frozenset(
    {"number", "gap", "text", "op", "unit", "state", "as_of", "expected", "sure"}
)
_MONEY: Final = frozenset({"yen", "unit"})
#: table → the page that shows its rows, and the column that says which.
_PAGES: Final[Mapping[type[Model], tuple[str, str]]] = {
    m.Volume: ("volume", "pk"), m.ProjectYear: ("entry", "pk"), m.Line: ("indicator", "pk"),
    m.Shown: ("indicator", "line_id"), m.Charge: ("entry", "entry_id"), m.Passage: ("entry", "entry_id"),
    m.Member: ("entry", "entry_id"), m.Verification: ("verification", "entry_id"),
    m.Spending: ("money", "entry_id"), m.Edition: ("edition", "pk"), m.EditionFile: ("edition", "edition_id"),
    m.Erratum: ("edition", "edition_id"), m.Paper: ("volume_flow", "volume_id"), m.Inquiry: ("inquiry", "pk"),
    m.InquiryPart: ("inquiry_part", "pk"), m.Owed: ("inquiry_part", "part_id"), m.Batch: ("batch", "pk"),
    m.Exemption: ("entry_flow", "entry_id"), m.Opinion: ("opinion", "pk"), m.Waiver: ("entry", "entry_id"),
    Department: ("office", "pk"), Succession: ("office", "new_id"), **PAGES,
}  # fmt: skip


class Told:
    """語り手. For one page, in one language; `pages`: whether its reader may open the book's pages."""

    def __init__(self, lang: Lang, *, pages: bool = True) -> None:
        """Begin with nothing known."""
        self._lang, self._pages = lang, pages
        self._indicators: dict[int, tuple[str, str | None]] = {}
        self._lines: dict[int, int] = {}
        self._projects: dict[int, str] = {}
        self._points: dict[int, m.Point] = {}
        self._defined: dict[int, int] = {}
        evidence = ToldEvidence(lang)
        self._figures = evidence.figures
        self._kinds: Mapping[type[Model], Callable[[Sequence[Any]], Mapping[Any, str]]] = {
            **evidence.kinds,
            m.Volume: self._volumes, m.Project: self._of_projects, m.Indicator: self._of_indicators,
            m.Definition: self._of_definitions, m.Line: self._of_lines, m.Point: self._of_points,
            m.Shown: self._of_shown, m.Value: self._of_values, m.GrantDecision: self._of_decisions,
            m.Edition: self._of_editions, m.EditionFile: _by_name, m.Owed: self._of_owed,
        }  # fmt: skip

    def know(self, kind: type[Model], rows: Sequence[Any]) -> Mapping[Any, str]:
        """Return what rows are called, by their numbers."""
        tell = self._kinds.get(kind)
        return tell(rows) if tell else {}

    def figure(self, kind: type[Model]) -> Figure | None:
        """Return which columns of a kind make up one figure."""
        name = "figure" if self._lang == "en" else "値"
        if kind is m.Value:
            return Figure(_VALUE, name, self._value)
        if kind is m.Spending:
            return Figure(_MONEY, label("Spending.yen", self._lang).split("（")[0].split(" (")[0], _money)  # fmt: skip
        return self._figures.get(kind)

    def ref(self, row: Any) -> Ref | None:
        """Return where the page of a row is."""
        if not self._pages or getattr(row, "voided", None) is not None:
            return None
        page, column = _PAGES.get(type(row), ("", ""))
        number = getattr(row, column) if column else self._line_of(row)
        return (page or "indicator", number) if number else None

    # -- what they are called ------------------------------------------------------------------------------------------

    def _volumes(self, rows: Sequence[m.Volume]) -> dict[int, str]:
        if self._lang == "ja":
            return {row.pk: row.called() for row in rows}
        return {
            row.pk: f"report for FY{row.fiscal_year}" + (f" ({row.series})" if row.series else "")
            for row in rows
        }

    def _of_projects(self, rows: Sequence[m.Project]) -> dict[int, str]:
        self._load_projects({row.pk for row in rows})
        return {row.pk: self._projects[row.pk] for row in rows if row.pk in self._projects}

    def _load_projects(self, projects: Iterable[int]) -> None:
        """Learn the names of projects: those of their newest entries."""
        wanted = set(projects) - self._projects.keys()
        if wanted:
            entries = m.ProjectYear.objects.filter(project__in=wanted, voided__isnull=True)
            for entry in entries.order_by("volume__fiscal_year", "pk"):
                self._projects[entry.project_id] = entry.called()

    def _load_indicators(self, indicators: Iterable[int]) -> None:
        """Learn the names and units of indicators, by their newest definitions, and where each stands now."""
        wanted = set(indicators) - self._indicators.keys()
        if wanted:
            rows = m.Definition.objects.filter(indicator__in=wanted, voided__isnull=True)
            for row in rows.order_by("version"):
                self._indicators[row.indicator_id] = row.called(), row.unit
            lines = m.Line.objects.filter(indicator__in=wanted, voided__isnull=True).order_by()
            newest = lines.values("indicator").annotate(line=Max("pk"))
            self._lines |= dict(newest.values_list("indicator", "line"))

    def _indicator(self, number: int) -> str:
        return self._indicators.get(number, ("", None))[0]

    def _of_indicators(self, rows: Sequence[m.Indicator]) -> dict[int, str]:
        self._load_indicators(row.pk for row in rows)
        return {row.pk: self._indicator(row.pk) for row in rows}

    def _of_definitions(self, rows: Sequence[m.Definition]) -> dict[int, str]:
        self._load_indicators(row.indicator_id for row in rows)
        self._defined |= {row.pk: row.indicator_id for row in rows}
        return {row.pk: row.called() for row in rows}

    def _of_lines(self, rows: Sequence[m.Line]) -> dict[int, str]:
        self._load_indicators(row.indicator_id for row in rows)
        return {row.pk: self._indicator(row.indicator_id) for row in rows}

    def _load_points(self, rows: Iterable[m.Point]) -> None:
        found = {row.pk: row for row in rows}
        self._points |= found
        self._load_indicators(row.indicator_id for row in found.values())

    def _of_points(self, rows: Sequence[m.Point]) -> dict[int, str]:
        self._load_points(rows)
        return {row.pk: self._point(row) for row in rows}

    def _point(self, row: m.Point) -> str:
        year = short_year(row.fiscal_year, self._lang) if row.fiscal_year is not None else ""
        when = " ".join(filter(None, (year, row.label, row.due)))
        return JOINT[self._lang].join(filter(None, (self._indicator(row.indicator_id), when)))

    def _of_shown(self, rows: Sequence[m.Shown]) -> dict[int, str]:
        self._seek_points(row.point_id for row in rows)
        return {row.pk: self._point(self._points[row.point_id]) for row in rows}

    def _seek_points(self, points: Iterable[int | None]) -> None:
        wanted = {point for point in points if point is not None} - self._points.keys()
        if wanted:
            self._load_points(m.Point.objects.filter(pk__in=wanted))

    def _of_values(self, rows: Sequence[m.Value]) -> dict[int, str]:
        self._seek_points(row.point_id for row in rows)
        defined = {row.of_definition_id for row in rows if row.of_definition_id is not None}
        if missing := defined - self._defined.keys():
            pairs = m.Definition.objects.filter(pk__in=missing).values_list("pk", "indicator_id")
            self._defined |= dict(pairs)
        self._load_indicators(self._defined[number] for number in defined)
        return {row.pk: f"{self._owner(row)} {self._role(row.role)}" for row in rows}

    def _owner(self, row: m.Value) -> str:
        if row.point_id is not None:
            return self._point(self._points[row.point_id])
        return self._indicator(self._defined[row.of_definition_id or 0])

    def _role(self, role: str) -> str:
        of = "Indicator" if role in ("baseline", "increase_total") else "YearPoint"
        return label(f"{of}.{role}", self._lang)

    def _of_decisions(self, rows: Sequence[m.GrantDecision]) -> dict[int, str]:
        self._load_projects(row.project_id for row in rows)
        return {
            row.pk: JOINT[self._lang].join(
                filter(None, (self._projects.get(row.project_id), short_year(row.fiscal_year, self._lang)))
            )
            for row in rows
        }  # fmt: skip

    def _of_editions(self, rows: Sequence[m.Edition]) -> dict[int, str]:
        volumes = m.Volume.objects.filter(pk__in={row.volume_id for row in rows})
        called = self._volumes(list(volumes))
        word = "{volume}, edition {n}" if self._lang == "en" else "{volume} 第{n}版"
        return {row.pk: word.format(volume=called[row.volume_id], n=row.number) for row in rows}

    def _of_owed(self, rows: Sequence[m.Owed]) -> dict[int, str]:
        self._seek_points(row.point_id for row in rows)
        entries = m.ProjectYear.objects.in_bulk({row.entry_id for row in rows})
        money = m.Spending.objects.in_bulk({r.spending_id for r in rows if r.spending_id})
        return {
            row.pk: JOINT[self._lang].join(
                (entries[row.entry_id].called(), self._asked(row, money))
            )
            for row in rows
        }

    def _asked(self, row: m.Owed, money: Mapping[int, m.Spending]) -> str:
        """Return which figure, sum or words are asked for."""
        if row.point_id is not None:
            return f"{self._point(self._points[row.point_id])} {self._role(row.role)}"
        if row.spending_id is not None:
            return money[row.spending_id].called()
        return label(row.field, self._lang) if row.field else row.key

    # -- figures and pages ---------------------------------------------------------------------------------------------

    def _value(self, row: m.Value) -> str:
        core, indicator = value_of(row), self._indicator_of(row)
        unit = self._indicators.get(indicator or 0, ("", None))[1]
        return figure(core, unit, self._lang) if core is not None else ""

    def _indicator_of(self, row: m.Value) -> int | None:
        if row.point_id is not None:
            point = self._points.get(row.point_id)
            return point.indicator_id if point else None
        return self._defined.get(row.of_definition_id or 0)

    def _line_of(self, row: Any) -> int | None:
        """Return the newest line of the indicator that a row is about."""
        if isinstance(row, m.Value):
            indicator = self._indicator_of(row)
        elif isinstance(row, m.Indicator):
            indicator = row.pk
        elif isinstance(row, (m.Point, m.Definition)):
            indicator = row.indicator_id
        else:
            indicator = None
        return self._lines.get(indicator or 0)


def _by_name(rows: Sequence[Any]) -> dict[Any, str]:
    return {row.pk: row.name for row in rows}


def _money(row: m.Spending) -> str:
    return "" if row.yen is None else show_yen(row.yen, row.unit)
