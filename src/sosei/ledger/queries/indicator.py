"""指標の頁. An indicator over its life: the versions of its definition with why, and every figure it had, plan by plan, 速報 → 確定."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sosei.core.fields import Lang, coded, word
from sosei.core.report import Indicator, Said, YearPoint
from sosei.ledger import models as m
from sosei.ledger.attributes import COLUMNS, column_name
from sosei.ledger.flow import GROUPS, Group, Lock
from sosei.ledger.queries.charge import in_charge
from sosei.ledger.queries.counted import CountShown, counts_of_row
from sosei.ledger.queries.entry import allowed, department_names
from sosei.ledger.queries.facts import home_year
from sosei.ledger.queries.figures import FigureShown, figure_shown
from sosei.ledger.queries.locks import locks_in
from sosei.ledger.queries.recorded import Recorded, recorded
from sosei.offices.models import Person
from sosei.publishing.charts import chart_of

_ROLES: Final = ("target", "actual", "cumulative_actual")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """属性. What a column of a definition is called, in both languages, and what it says; None: not said."""

    name: str
    ja: str
    en: str
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionShown:
    """定義の版. `changed`: what differs from the version before. `figures`: its baseline and total increase, with their past."""

    definition: int
    stamp: int
    version: int
    from_year: int
    why: str | None
    attributes: tuple[Attribute, ...]
    changed: frozenset[str]
    figures: tuple[FigureShown, ...]
    recorded: Recorded | None
    current: bool

    @property
    def seen(self) -> str:
        """What a form says that its person saw: another version has the same stamp, but another number."""
        return f"{self.definition}.{self.stamp}"

    @property
    def definition_words(self) -> str | None:
        """What is counted and how."""
        return next((a.value for a in self.attributes if a.name == "definition"), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearShown:
    """一年. Its figures in force, the first plan, and what stood there before, the newest first."""

    point: int
    year: int | None
    label: str | None
    due: str | None
    own: bool
    first_plan: FigureShown | None
    target: FigureShown | None
    actual: FigureShown | None
    cumulative: FigureShown | None
    past: tuple[FigureShown, ...]

    @property
    def changed(self) -> bool:
        """Whether another target is in force than the first plan's."""
        return bool(self.target and self.first_plan and self.target != self.first_plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """載る報告書. A year's report in which the indicator stands."""

    line: int
    entry: int
    fiscal_year: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPage:
    """指標の頁. Seen from one year's entry (`line`)."""

    line: int
    line_stamp: int
    indicator: int
    entry: int
    volume: int
    fiscal_year: int
    home: int
    project: str
    name: str
    unit: str | None
    owed_by: int | None
    owed_by_name: str | None
    departments: frozenset[int]
    versions: tuple[VersionShown, ...]
    years: tuple[YearShown, ...]
    stands: tuple[Stands, ...]
    chart: str | None
    may: frozenset[str]
    locks: Mapping[Group, Lock]
    rests_since: int | None = None
    rest_reason: str | None = None
    counts: tuple[CountShown, ...] = ()

    @property
    def now(self) -> VersionShown:
        """The version in force in this entry."""
        return next(version for version in self.versions if version.current)

    @property
    def next_years(self) -> tuple[int, ...]:
        """The years after this report's that have no place for figures yet."""
        known = {year.year for year in self.years}
        return tuple(y for y in range(self.home, self.home + 6) if y not in known)

    def year_of(self, *, point: int | None, year: int | None) -> YearShown | None:
        """Return a year by its point, or by its number (None: the entry's own)."""
        wanted = year or self.home
        for each in self.years:
            if each.point == point if point else each.year == wanted and each.label is None:
                return each
        return None


def indicator_page(
    by: Person, line: int, lang: Lang = "ja", *, counted: bool = False
) -> IndicatorPage:
    """Return the page of an indicator; `counted`: with what its measures count. Raises Line.DoesNotExist. 16 queries."""
    row = m.Line.objects.select_related(
        "entry__volume", "entry__project", "indicator", "definition", "owed_by"
    ).get(pk=line, body=by.body, voided__isnull=True, entry__voided__isnull=True)
    definitions = list(
        m.Definition.objects.filter(indicator=row.indicator, voided__isnull=True).order_by(
            "version"
        )
    )
    points = list(m.Point.objects.filter(indicator=row.indicator))
    figures = _figures(row, definitions)
    charge = in_charge([row.entry_id])[row.entry_id]
    locks = locks_in(row.entry.volume, by, entries=[row.entry])
    shut = {g: why for g in GROUPS if (why := locks.of(row.entry_id, g)) is not None}
    years = _years(points, figures, home_year(row.entry))
    return IndicatorPage(
        line=row.pk,
        line_stamp=row.stamp,
        indicator=row.indicator_id,
        entry=row.entry_id,
        volume=row.entry.volume_id,
        fiscal_year=row.entry.volume.fiscal_year,
        home=home_year(row.entry),
        project=row.entry.called(),
        name=row.definition.called(),
        unit=row.definition.unit,
        owed_by=row.owed_by_id,
        owed_by_name=row.owed_by.name if row.owed_by else None,
        departments=charge,
        versions=_versions(definitions, figures, row.definition_id, lang),
        years=years,
        stands=_stands(row),
        chart=_chart(row, years, figures, lang),
        may=allowed(by, charge, shut),
        locks=shut,
        rests_since=row.indicator.rests_since,
        rest_reason=row.indicator.rest_reason,
        counts=_counts(row, points, figures) if counted else (),
    )


def _counts(line: m.Line, points: Iterable[m.Point], figures: _Figures) -> tuple[CountShown, ...]:
    known = {point.pk: point for point in points}
    for value in figures.rows:
        if value.point_id is not None:
            value.point = known[value.point_id]
    return counts_of_row(line, figures.rows)


@dataclass(frozen=True, slots=True)
class _Figures:
    """Every figure that an indicator has or had, by its owner; and who wrote the definitions."""

    rows: list[m.Value]
    of_points: dict[int, list[FigureShown]]
    of_definitions: dict[int, list[FigureShown]]
    written: dict[int, Recorded]


def _figures(line: m.Line, definitions: list[m.Definition]) -> _Figures:
    rows = list(
        m.Value.objects.filter(point__indicator=line.indicator_id, voided__isnull=True)
    ) + list(m.Value.objects.filter(of_definition__in=definitions, voided__isnull=True))
    rows.sort(key=lambda row: -row.pk)
    documents = m.Document.objects.in_bulk({r.document_id for r in rows if r.document_id})
    names = department_names(row.owed_by_id for row in rows)
    by_whom = recorded(rows)
    of_points: dict[int, list[FigureShown]] = defaultdict(list)
    of_definitions: dict[int, list[FigureShown]] = defaultdict(list)
    for row in rows:
        shown = figure_shown(row, documents=documents, departments=names, recorded=by_whom)
        if row.point_id is not None:
            of_points[row.point_id].append(shown)
        elif row.of_definition_id is not None:
            of_definitions[row.of_definition_id].append(shown)
    return _Figures(rows, of_points, of_definitions, recorded(definitions))


def _years(
    points: Iterable[m.Point], figures: _Figures, home: int
) -> tuple[YearShown, ...]:  # fmt: skip
    ordered = sorted(points, key=lambda p: (p.fiscal_year is None, p.fiscal_year or 0, p.ordinal))
    return tuple(_year(point, figures.of_points.get(point.pk, []), home) for point in ordered)


def _year(point: m.Point, figures: list[FigureShown], home: int) -> YearShown:
    now = {each.role: each for each in figures if each.current}
    first = next((f for f in reversed(figures) if f.role == "target" and f.plan != "changed"), None)
    return YearShown(
        point=point.pk,
        year=point.fiscal_year,
        label=point.label,
        due=point.due,
        own=point.fiscal_year == home and point.label is None,
        first_plan=first,
        target=now.get("target"),
        actual=now.get("actual"),
        cumulative=now.get("cumulative_actual"),
        past=tuple(each for each in figures if not each.current),
    )


def _versions(
    definitions: list[m.Definition], figures: _Figures, current: int, lang: Lang
) -> tuple[VersionShown, ...]:
    """Return the versions, the newest first."""
    found = []
    before: m.Definition | None = None
    for row in definitions:
        changed = {n for n in COLUMNS if before and getattr(before, n) != getattr(row, n)}
        found.append(
            VersionShown(
                definition=row.pk,
                stamp=row.stamp,
                version=row.version,
                from_year=row.from_year,
                why=row.why,
                attributes=attributes_of(row, lang),
                changed=frozenset(changed),
                figures=tuple(figures.of_definitions.get(row.pk, [])),
                recorded=figures.written.get(row.pk),
                current=row.pk == current,
            )
        )
        before = row
    return tuple(reversed(found))


def attributes_of(row: m.Definition, lang: Lang = "ja") -> tuple[Attribute, ...]:
    """Return what a definition says, column by column, in words."""
    found = []
    for name in COLUMNS:
        ja, en = _label(name)
        found.append(
            Attribute(name=name, ja=ja, en=en, value=_words(name, getattr(row, name), lang))
        )
    return tuple(found)


_ADDS: Final = {
    "adds_over_bodies": ("団体を足した合計", "sum over bodies"),
    "adds_over_years": ("年度を足した合計", "sum over years"),
}
_YES: Final[Mapping[Lang, tuple[str, str]]] = {
    "ja": ("意味がない", "意味がある"),
    "en": ("means nothing", "means something"),
}
_CODED: Final = frozenset(field for field in coded() if field.startswith("Indicator."))


def _label(name: str) -> tuple[str, str]:
    return _ADDS[name] if name in _ADDS else column_name(name)


def _words(name: str, value: object, lang: Lang) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return _YES[lang][value]
    if f"Indicator.{name}" in _CODED:
        return word(f"Indicator.{name}", str(value), lang)
    return str(value)


def _stands(line: m.Line) -> tuple[Stands, ...]:
    rows = m.Line.objects.filter(
        indicator=line.indicator_id, voided__isnull=True, entry__voided__isnull=True,
        entry__volume__voided__isnull=True,
    ).order_by("-entry__volume__fiscal_year", "pk")  # fmt: skip
    return tuple(
        Stands(line=pk, entry=entry, fiscal_year=year, version=version)
        for pk, entry, year, version in rows.values_list(
            "pk", "entry", "entry__volume__fiscal_year", "definition__version"
        )
    )


def _chart(
    line: m.Line, years: Iterable[YearShown], figures: _Figures, lang: Lang
) -> str | None:  # fmt: skip
    """Return the chart of all years, those that this year's report does not show too."""
    base = figures.of_definitions.get(line.definition_id, [])
    baseline = next((f.core for f in base if f.role == "baseline" and f.current), None)
    core = Indicator(
        name=Said(text=line.definition.called()),
        unit=line.definition.unit,
        baseline=baseline,
        years=tuple(
            YearPoint(
                fiscal_year=year.year,
                label=year.label,
                target=year.target.core if year.target else None,
                actual=year.actual.core if year.actual else None,
                cumulative_actual=year.cumulative.core if year.cumulative else None,
            )
            for year in years
        ),
    )
    return chart_of(core, ident=f"i{line.pk}", year=home_year(line.entry), lang=lang)
