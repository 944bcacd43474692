"""直しを当てる. A report as read, and corrections: the report as a person says that the file says it.

Everything that moves is taken out first and put in afterwards, so that two columns may change places. Nothing is
written over: where two figures would be the same thing, that is refused. Places stay, and so does the spelling of the
document; what a person corrected is no longer claimed to be `sure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from sosei.core.money import SCALES, money_unit, read_yen
from sosei.core.report import Indicator, Project, Report, Spending, Unread, Value, YearPoint
from sosei.ledger.doubts import BlankFigure
from sosei.ledger.mending.figures import Figure, figures
from sosei.ledger.mending.mends import Mend
from sosei.ledger.objections import SlotTaken
from sosei.ledger.typed import figure_of
from sosei.reading.spots import Loose

_ROLES = ("target", "actual", "cumulative_actual")
_TOPS = ("baseline", "increase_total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """直した報告書. `paths`: where each figure as read stands now (left out: nowhere); `by_hand`: now, those that were corrected."""

    report: Report
    paths: Mapping[str, str]
    by_hand: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Year:
    said: YearPoint
    figures: dict[str, tuple[Value, str]] = field(default_factory=dict)
    went_to: list[_Year] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    """An indicator under correction."""

    said: Indicator
    born: int
    home: int
    years: list[_Year]
    tops: dict[str, tuple[Value, str]]
    is_left: bool = False


@dataclass(frozen=True, slots=True)
class _Move:
    mend: Mend
    figure: Figure
    value: Value
    row: _Row
    year: _Year | None


def mended(report: Report, mends: Iterable[Mend], loose: Sequence[Loose] = ()) -> Mended:
    """Return a report with corrections. `loose`: figures of the file that nothing was made of.

    Raises SlotTaken, BlankFigure, UnreadableFigure, OtherUnit, UnknownUnit.
    """
    said = [one for one in mends if not one.says_nothing]
    return _Mending(report, loose).done(said)


class _Mending:
    """One report under correction."""

    def __init__(self, report: Report, loose: Sequence[Loose]) -> None:
        """Take the report apart."""
        self.report, self.loose = report, loose
        self.figures = {one.path: one for one in figures(report)}
        self.rows = {
            f"/projects/{i}/indicators/{k}": _row(indicator, i, k)
            for i, project in enumerate(report.projects)
            for k, indicator in enumerate(project.indicators)
        }
        self.money: dict[str, Spending | None] = {}
        self.unread: list[Unread | None] = list(report.unread)

    def done(self, mends: list[Mend]) -> Mended:
        """Apply the mends; return the whole."""
        moves = [self._taken(one) for one in mends if self._is_value(one.at)]
        for mend in mends:
            if mend.at.startswith(("/unread/", "/loose/")):
                self._add(mend)
            elif mend.at in self.rows:
                self._of_row(self.rows[mend.at], mend)
            elif "/spending/" in mend.at and mend.at in self.figures:
                self.money[mend.at] = _money(self.figures[mend.at], mend)
        for move in moves:
            self._put(move)
        return self._whole({one.at for one in mends})

    def _is_value(self, path: str) -> bool:
        return path in self.figures and self.figures[path].value is not None

    def _taken(self, mend: Mend) -> _Move:
        """Take a figure out of where it was read."""
        figure = self.figures[mend.at]
        row, last = self.rows[figure.owner], mend.at.split("/")
        if figure.role in _TOPS:
            value, _ = row.tops.pop(figure.role)
            return _Move(mend, figure, value, row, None)
        year = row.years[int(last[-2])]
        value, _ = year.figures.pop(figure.role)
        return _Move(mend, figure, value, row, year)

    def _put(self, move: _Move) -> None:
        mend = move.mend
        if mend.role == "none":
            return
        row = self.rows.get(mend.indicator or "", move.row)
        if mend.unit is not None:
            row.said = replace(row.said, unit=mend.unit)
        value = _value(move.value, mend, row.said)
        stays = row is move.row and mend.year is None and mend.role in (None, move.figure.role)
        if stays and move.year is not None:
            move.year.figures[move.figure.role] = (value, mend.at)
            return
        role = mend.role or move.figure.role
        when = mend.year if mend.year is not None else move.figure.year
        to = self._slot(row, role, when, move.year if row is move.row and mend.year is None else None)  # fmt: skip
        self._fill(row, role, to, (value, mend.at))
        if role == "baseline" and mend.year is not None:
            row.said = replace(row.said, baseline_year=mend.year)
        if move.year is not None and to is not None and row is move.row:
            move.year.went_to.append(to)

    def _slot(self, row: _Row, role: str, when: int | None, own: _Year | None) -> _Year | None:
        """Return the year that a figure goes to, made where there is none; None: it goes to the indicator itself."""
        if role in _TOPS:
            return None
        if own is not None:
            return own
        home = self.report.year_of(self.report.projects[row.home])
        for year in row.years:
            if year.said.label is None and when is not None and (year.said.fiscal_year or home) == when:  # fmt: skip
                return year
        row.years.append(_Year(YearPoint(fiscal_year=when)))
        return row.years[-1]

    def _fill(self, row: _Row, role: str, to: _Year | None, what: tuple[Value, str]) -> None:
        there = row.tops if to is None else to.figures
        if role in there:
            name = row.said.name.text if row.said.name else "－"
            raise SlotTaken(what=name, role=role, there=_spelled(there[role][0]) or "－")
        there[role] = what

    def _add(self, mend: Mend) -> None:
        """Put in a figure that was not read; where a heading says what it is, as it is spelled."""
        _, kind, last = mend.at.split("/")
        notes: Sequence[Loose | Unread] = self.loose if kind == "loose" else self.report.unread
        note = notes[int(last)] if int(last) < len(notes) else None
        own = note.owner if isinstance(note, Loose) else ""
        row = self.rows.get(mend.indicator or own)
        if row is None or note is None or mend.role in (None, "none"):
            return
        unit = mend.unit or row.said.unit
        row.said = replace(row.said, unit=unit)
        value = figure_of(mend.text or note.raw, unit=unit, what=note.raw)
        value = replace(value, raw=note.raw, place=note.place, sure=None)
        role, home = mend.role or "", self.report.year_of(self.report.projects[row.home])
        when = mend.year if mend.year is not None else home
        self._fill(row, role, self._slot(row, role, when, None), (value, mend.at))
        if kind == "unread":
            self.unread[int(last)] = None

    def _of_row(self, row: _Row, mend: Mend) -> None:
        row.is_left = row.is_left or mend.role == "none"
        if mend.project is not None:
            row.home = int(mend.project.rpartition("/")[2])

    def _whole(self, at: set[str]) -> Mended:
        paths: dict[str, str] = {}
        projects = tuple(self._project(project, i, paths) for i, project in enumerate(self.report.projects))  # fmt: skip
        unread = tuple(note for note in self.unread if note is not None)
        report = replace(self.report, projects=projects, unread=unread)
        return Mended(report=report, paths=paths, by_hand=frozenset(paths[one] for one in at if one in paths))  # fmt: skip

    def _project(self, project: Project, i: int, paths: dict[str, str]) -> Project:
        rows = [row for row in self.rows.values() if row.home == i and not row.is_left]
        rows.sort(key=lambda row: row.born != i)
        indicators = tuple(_indicator(row, f"/projects/{i}/indicators/{k}", paths) for k, row in enumerate(rows))  # fmt: skip
        money: list[Spending] = []
        for k, spending in enumerate(project.spending):
            read = f"/projects/{i}/spending/{k}"
            now = self.money.get(read, spending)
            if now is not None:
                paths[read] = f"/projects/{i}/spending/{len(money)}"
                money.append(now)
        return replace(project, indicators=indicators, spending=tuple(money))


def _row(indicator: Indicator, i: int, k: int) -> _Row:
    path = f"/projects/{i}/indicators/{k}"
    tops = {name: (value, f"{path}/{name}") for name in _TOPS if (value := getattr(indicator, name))}  # fmt: skip
    years = [
        _Year(year, {role: (value, f"{path}/years/{n}/{role}") for role in _ROLES if (value := getattr(year, role))})
        for n, year in enumerate(indicator.years)
    ]  # fmt: skip
    return _Row(indicator, i, i, years, tops)


def _indicator(row: _Row, path: str, paths: dict[str, str]) -> Indicator:
    """Return the indicator as it stands now, noting where its figures went."""
    for year in row.years:
        _pass_on(year)
    kept = [year for year in row.years if not _is_spent(year)]
    said: dict[str, Any] = dict.fromkeys(_TOPS)
    for name, (value, read) in row.tops.items():
        said[name], paths[read] = value, f"{path}/{name}"
    years = []
    for n, year in enumerate(kept):
        figures_now: dict[str, Any] = dict.fromkeys(_ROLES)
        for role, (value, read) in year.figures.items():
            figures_now[role], paths[read] = value, f"{path}/years/{n}/{role}"
        years.append(replace(year.said, **figures_now))
    return replace(row.said, years=tuple(years), **said)


def _pass_on(year: _Year) -> None:
    """Let the rate and the rating of a year go with its figures, where all of them went to one other year."""
    to = year.went_to[0] if year.went_to else None
    if to is None or year.figures or any(one is not to for one in year.went_to) or to is year:
        return
    if to.said.rate is None and to.said.rating is None:
        to.said = replace(to.said, rate=year.said.rate, rating=year.said.rating)
        year.said = replace(year.said, rate=None, rating=None)


def _is_spent(year: _Year) -> bool:
    """Whether nothing is left of a year whose figures went elsewhere."""
    held = [getattr(year.said, role) for role in _ROLES]
    return any(held) and not year.figures and year.said.rate is None and year.said.rating is None


def _value(value: Value, mend: Mend, indicator: Indicator) -> Value:
    name = indicator.name.text if indicator.name else "－"
    own = None if mend.unit is not None else value.unit
    if mend.text is None:
        return replace(value, sure=None, unit=own)
    typed = figure_of(mend.text, unit=own or indicator.unit, what=name)
    return replace(typed, raw=_spelled(value), place=value.place, unit=typed.unit or own, sure=None)


def _spelled(value: Value) -> str | None:
    """Return how a figure is spelled in the document, as far as that is known."""
    if value.raw is not None:
        return value.raw
    return value.text if value.number is None else format(value.number, "f")


def _money(figure: Figure, mend: Mend) -> Spending | None:
    """Return a line of money as corrected; None: it is left out. An amount typed bare is in the line's unit."""
    spending = figure.spending
    assert spending is not None
    if mend.role == "none":
        return None
    unit = money_unit(mend.unit) if mend.unit is not None else spending.unit
    yen = spending.yen
    if mend.text is not None:
        if not mend.text.strip():
            raise BlankFigure(what=spending.label.text if spending.label else "－")
        yen, unit = read_yen(mend.text, unit=unit or "円")
    elif mend.unit is not None and yen is not None and unit is not None:
        yen = int(Decimal(yen) / SCALES[spending.unit or "円"] * SCALES[unit])
    raw = spending.raw or (None if spending.yen is None else format(spending.yen, "d"))
    year = mend.year if mend.year is not None else spending.fiscal_year
    return replace(spending, yen=yen, unit=unit, raw=raw, fiscal_year=year)
