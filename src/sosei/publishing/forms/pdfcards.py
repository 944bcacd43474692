"""事業の票. One project on the printed page: the seed's card of four columns, then its figures.

The card is what such reports have looked like since 2016 (grant above; 事業の名称, 実施内容, 実績, 備考). What the card
has no column for follows in rows of label and value. Indicators and money get tables of their own, whose columns are
left out where a project has nothing to say in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sosei.core.errors import UnreadablePeriod
from sosei.core.fields import Lang, label, word
from sosei.core.fiscal import Period
from sosei.core.report import (
    Indicator,
    PeriodSaid,
    Project,
    Said,
    Spending,
    Value,
    Verification,
    YearPoint,
)
from sosei.core.text import clean
from sosei.publishing.forms import pdfwords
from sosei.publishing.forms.pdfink import Ink
from sosei.publishing.forms.pdftable import Block, Cell, figure, head, table, words
from sosei.publishing.pagetable import MARKS

#: The third column's name: results, or what is planned.
RESULTS: Final = {
    "result": {"ja": "実績（KPI等）", "en": "Results (KPI)"},
    "plan": {"ja": "計画（KPI等）", "en": "Plan (KPI)"},
    "goal": {"ja": "目標（KPI等）", "en": "Goal (KPI)"},
}
DETAILS: Final = {"ja": "指標の説明", "en": "About the indicators"}
PLACES: Final = {"ja": "出典の箇所", "en": "Place in the source"}
NAMELESS: Final = {"ja": "（名称なし）", "en": "(no name)"}
AMOUNT: Final = {"ja": "金額", "en": "Amount"}
#: Shares of the card's four columns.
_GRID: Final = (17, 39, 27, 17)
#: Rows of one indicator, and signs in them, up to which they stay on one page.
_WHOLE: Final = 10
_SHORT: Final = 400
_CODES: Final = ("type", "direction", "expression", "year_type", "count_kind")
_JUDGED: Final = (
    "body",
    "date",
    "grade",
    "expert_judgement",
    "expert_opinion",
    "obstacle",
    "countermeasure",
    "next_policy",
    "next_policy_reason",
)


class Cards:
    """What all projects of one document share: language, the record of missing characters, the report's year."""

    def __init__(self, ink: Ink, lang: Lang) -> None:
        """Keep them."""
        self._ink = ink
        self._lang = lang

    def card(self, project: Project, year: int | None) -> list[Block]:
        """Return the blocks of one project; `year` is what its undated figures belong to."""
        parts: list[Block] = [{"k": "gap"}, self._front(project, year)]
        if any(indicator.years or indicator.baseline for indicator in project.indicators):
            parts.append(self._heading("Project.indicators"))
            parts.append(self._indicators(project.indicators))
        if details := self._details(project.indicators):
            parts += [{"k": "h", "level": 3, "t": DETAILS[self._lang]}, details]
        if project.spending:
            parts += [self._heading("Project.spending"), self._spending(project.spending)]
        return parts

    def _heading(self, field: str) -> Block:
        return {"k": "h", "level": 3, "t": label(field, self._lang)}

    def _text(self, text: str | Said | None) -> str | None:
        return None if text is None else self._ink.text(str(text))

    def _texts(self, texts: Iterable[str | Said]) -> tuple[str, ...]:
        return tuple(self._ink.text(str(text)) for text in texts)

    def _label(self, field: str) -> Cell:
        return head(label(field, self._lang))

    def _front(self, project: Project, year: int | None) -> Block:
        third = RESULTS[project.kind][self._lang]
        header = [
            [self._label("Project.grant"), Cell(lines=self._texts(filter(None, [project.grant])), columns=3)],
            [self._label("Project.name"), self._label("Project.activities"), head(third), self._label("Project.remarks")],
        ]  # fmt: skip
        name = self._text(project.name) or NAMELESS[self._lang]
        departments = "・".join(self._texts(project.departments))
        body = [
            Cell(lines=(name, *([f"（{departments}）"] if departments else [])), level=2),
            self._list(project.activities),
            Cell(lines=tuple(line for i in project.indicators for line in self._glance(i, year))),
            self._remarks(project),
        ]
        rows = [body, *self._facts(project), *self._judged(project.verification)]
        return table(header, rows, grid=_GRID)

    def _list(self, texts: Sequence[Said]) -> Cell:
        """Return a list; a mark that the document put itself (・, ①, ※) is not drawn a second time."""
        lines = self._texts(texts)
        if lines and all(line.startswith("・") for line in lines):
            return Cell(lines=tuple(line[1:].lstrip(" \u3000") for line in lines), marked=True)
        return Cell(
            lines=lines, marked=len(lines) > 1 and not any(t.startswith(MARKS) for t in lines)
        )

    def _remarks(self, project: Project) -> Cell:
        period = project.period
        said = (
            [f"{label('Project.period', self._lang)}　{self._text(period.raw)}"] if period else []
        )
        return Cell(lines=(*said, *self._texts(project.remarks)))

    def _glance(self, indicator: Indicator, year: int | None) -> tuple[str, ...]:
        """Return an indicator's name, and below it the figures of the report's year (else of its last)."""
        name = f"{indicator.number or ''}{indicator.name or ''}" or "—"
        points = indicator.years
        own = [p for p in points if p.fiscal_year in (None, year) and not p.label] or points[-1:]
        shown = []
        for field in ("target", "actual") if own else ():
            found: Value | None = getattr(own[0], field)
            if found is not None:
                said = pdfwords.value(found, self._lang, unit=indicator.unit)[0]
                shown.append(f"{label(f'YearPoint.{field}', self._lang)} {said}")
        return self._texts([name, f"　{'　'.join(shown)}"] if shown else [name])

    def _facts(self, project: Project) -> list[list[Cell]]:
        """Return the rows of what the four columns have no place for."""
        lang = self._lang
        spans = _unsaid(project.period)
        rows: list[tuple[str, tuple[str, ...]]] = [
            ("Project.number", self._texts(filter(None, [project.number]))),
            ("Project.group", self._texts(project.group)),
            ("Project.grant_type", self._texts(filter(None, [project.grant_type]))),
            ("Project.bodies", self._texts(pdfwords.body(b, lang) for b in project.bodies)),
            (
                "Project.fiscal_year",
                (pdfwords.long_year(project.fiscal_year, lang),) if project.fiscal_year else (),
            ),
            *((field, (pdfwords.year(year, lang),)) for field, year in spans if year is not None),
        ]
        facts = [[self._label(f), Cell(lines=lines, columns=3)] for f, lines in rows if lines]
        # Offsets alone lead nobody anywhere on paper.
        found = [
            p for p in project.place if (p.sheet, p.page, p.table, p.row, p.range) != (None,) * 5
        ]
        if places := tuple(filter(None, map(pdfwords.place, found))):
            facts.append(
                [head(PLACES[lang]), Cell(lines=self._texts([clean("、".join(places))]), columns=3)]
            )
        return facts

    def _judged(self, verification: Verification | None) -> list[list[Cell]]:
        if verification is None:
            return []
        rows = [
            [
                self._label(f"Verification.{name}"),
                Cell(lines=(self._ink.text(str(said)),), columns=3),
            ]
            for name in _JUDGED
            if (said := getattr(verification, name)) is not None
        ]
        return rows + [
            [head(self._ink.text(name)), Cell(lines=(self._ink.text(str(said)),), columns=3)]
            for name, said in verification.scales.items()
        ]

    def _indicators(self, indicators: Sequence[Indicator]) -> Block:
        """Return the table of figures: a row for every indicator and year."""
        points = [point for indicator in indicators for point in indicator.years]
        left = [
            n
            for n in ("number", "name", "unit")
            if n == "name" or any(getattr(i, n) for i in indicators)
        ]
        based = any(i.baseline or i.baseline_year is not None for i in indicators)
        yearly = [n for n in ("target", "actual", "cumulative_actual", "rate", "rating") if any(getattr(p, n) for p in points)]  # fmt: skip
        dated = any(p != YearPoint(**{n: getattr(p, n) for n in yearly}) for p in points)
        header = [
            *(self._label(f"Indicator.{n}") for n in left),
            *([self._label("Indicator.baseline")] if based else []),
            *([self._label("YearPoint.fiscal_year")] if dated else []),
            *(self._label(f"YearPoint.{n}") for n in yearly),
        ]
        rows = []
        for indicator in indicators:
            own = [
                [*([self._when(p)] if dated else []), *(self._year_cell(p, n) for n in yearly)]
                for p in indicator.years
            ] or [[words()] * (dated + len(yearly))]
            start = [words(self._text(getattr(indicator, n))) for n in left]
            if based:
                start.append(self._baseline(indicator))
            whole = len(own) <= _WHOLE and sum(cell.length for row in own for cell in row) < _SHORT
            own[0] = [self._tall(cell, len(own), whole=whole) for cell in start] + own[0]
            rows += own
        return table([header], rows)

    @staticmethod
    def _tall(cell: Cell, rows: int, *, whole: bool) -> Cell:
        """Return a cell that reaches down; few and short rows stay on one page with their name."""
        whole = whole and cell.length < _SHORT
        return Cell(lines=cell.lines, kind=cell.kind, rows=rows, whole=whole)

    def _when(self, point: YearPoint) -> Cell:
        year = None if point.fiscal_year is None else pdfwords.year(point.fiscal_year, self._lang)
        due = f"{label('YearPoint.due', self._lang)}：{point.due}" if point.due else None
        return words(year, self._text(point.label), self._text(due))

    def _year_cell(self, point: YearPoint, name: str) -> Cell:
        found: Value | Said | None = getattr(point, name)
        if found is None:
            return words()
        if isinstance(found, Value):
            return figure(*self._texts(pdfwords.value(found, self._lang)))
        return Cell(lines=self._texts([found]), kind="n" if name == "rate" else "c")

    def _baseline(self, indicator: Indicator) -> Cell:
        lines = pdfwords.value(indicator.baseline, self._lang) if indicator.baseline else ()
        year = indicator.baseline_year
        said = () if year is None else (f"（{pdfwords.year(year, self._lang)}）",)
        return figure(*self._texts([*lines, *said]))

    def _details(self, indicators: Sequence[Indicator]) -> Block | None:
        """Return the table of what else is known of the indicators, or None where nothing is."""
        cells = [dict(self._described(indicator)) for indicator in indicators]
        known = {name: None for one in cells for name in one}
        if not known:
            return None
        order = [n for n in ("parent", *_CODES, "definition", "statistic", "increase_total", "rating", "note") if n in known]  # fmt: skip
        header = [self._label(f"Indicator.{n}") for n in ("number", "name", *order)]
        rows = [
            [
                words(self._text(indicator.number)),
                words(self._text(indicator.name)),
                *(one.get(n, words()) for n in order),
            ]
            for indicator, one in zip(indicators, cells, strict=True)
            if one
        ]
        return table([header], rows)

    def _described(self, indicator: Indicator) -> Iterable[tuple[str, Cell]]:
        for name in ("parent", "definition", "statistic", "rating", "note"):
            if getattr(indicator, name) is not None:
                yield name, words(self._text(getattr(indicator, name)))
        for name in _CODES:
            if code := getattr(indicator, name):
                yield name, words(word(f"Indicator.{name}", code, self._lang))
        if indicator.increase_total is not None:
            lines = pdfwords.value(indicator.increase_total, self._lang)
            yield "increase_total", figure(*self._texts(lines))

    def _spending(self, lines: Sequence[Spending]) -> Block:
        """Return the table of money: a row for every line."""
        names = (
            "number",
            "label",
            "yen",
            "kind",
            "role",
            "fiscal_year",
            "fund",
            "shared_by",
            "note",
        )
        known = [
            n
            for n in names
            if n in ("label", "yen") or any(getattr(s, n) is not None for s in lines)
        ]
        header = [
            head(AMOUNT[self._lang]) if n == "yen" else self._label(f"Spending.{n}") for n in known
        ]
        return table([header], [[self._money_cell(s, n) for n in known] for s in lines])

    def _money_cell(self, line: Spending, name: str) -> Cell:
        found = getattr(line, name)
        if found is None:
            return words()
        if name == "yen":
            return figure(pdfwords.amount(line))
        if name in ("kind", "role"):
            return words(word(f"Spending.{name}", found, self._lang))
        if name == "fiscal_year":
            return words(pdfwords.year(found, self._lang))
        if name == "shared_by":
            return figure(str(found))
        return words(self._text(found))


def _unsaid(period: PeriodSaid | None) -> list[tuple[str, int | None]]:
    """Return a period's years where its own words do not say them."""
    if period is None:
        return []
    try:
        said = Period.parse(period.raw)
    except UnreadablePeriod:
        said = None
    first = said.first.start if said and said.first else None
    last = said.last.start if said and said.last else None
    if (first, last) == (period.first, period.last):
        return []
    return [("PeriodSaid.first", period.first), ("PeriodSaid.last", period.last)]
