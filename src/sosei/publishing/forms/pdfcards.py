"""事業の票. One project on the printed page: the seed's card of four columns, then its figures.

The card is what such reports have looked like since 2016 (grant above; 事業の名称, 実施内容, 実績, 備考). What the card
has no column for follows in rows of label and value. Indicators and money get tables of their own, the same as on the
web page. What stands under 実績 is a glance at those tables and nothing beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from sosei.core.fields import Lang, label
from sosei.core.printed import NOTE, NOTHING, OWN_MARK, mark_of
from sosei.core.report import Indicator, Project, Report, Said, Value
from sosei.core.shown import NONE, read_period, read_shown_year, show_year
from sosei.core.text import clean
from sosei.publishing import pagefigures, pagerows, pagetable
from sosei.publishing.forms import pdfwords
from sosei.publishing.forms.pdfink import Ink
from sosei.publishing.forms.pdftable import Block, Cell, head, table
from sosei.publishing.pagerefs import References

NAMELESS: Final = {"ja": "（名称なし）", "en": "(no name)"}
#: Shares of the card's four columns.
_GRID: Final = (17, 39, 27, 17)
#: Rows of one indicator, and signs in them, up to which they stay on one page.
_WHOLE: Final = 10
_SHORT: Final = 400
_MINUS: Final = re.compile(r"^-(?=[0-9])")
_KINDS: Final = {"figure": "n", "label": "x", "entry": "c"}
#: What is said of an indicator once, not year by year.
_OWN: Final = (
    "Sheet.entry",
    *(f"Indicator.{n}" for n in ("name", "unit", "baseline", "baseline_year")),
)
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
        self._refs = References(Report(), lang)
        self._own = {label(field, lang) for field in _OWN}

    def card(self, number: int, project: Project, year: int | None) -> list[Block]:
        """Return the blocks of one project; `number` counts them, `year` is what its undated figures belong to."""
        title = {"k": "no", "t": f"No. {number}"}
        parts: list[Block] = [{"k": "gap"}, title, self._front(project, year)]
        own = project, "", self._refs, self._lang
        if figures := pagefigures.indicators(*own):
            parts += [self._heading("Project.indicators"), self._table(figures)]
        if details := self._details(project.indicators):
            parts += [self._heading("Card.details"), details]
        if scales := pagerows.scales(*own):
            parts += [
                self._heading("Verification.scales"),
                self._table(_numbered(scales, self._lang), grid=(4, 21, 84)),
            ]
        if spending := pagefigures.spending(*own):
            parts += [
                self._heading("Project.spending"),
                self._table(_numbered(spending, self._lang)),
            ]
        return parts

    def _heading(self, field: str) -> Block:
        return {"k": "h", "level": 3, "t": label(field, self._lang)}

    def _texts(self, texts: Iterable[str | Said]) -> tuple[str, ...]:
        return self._ink.lines(map(str, texts))

    def _label(self, field: str) -> Cell:
        return head(label(field, self._lang))

    # -- the card -----------------------------------------------------------------------------------------------

    def _front(self, project: Project, year: int | None) -> Block:
        third = f"Card.{project.kind}"
        grant = Cell(lines=self._texts(filter(None, [project.grant])), columns=3)
        header = [
            [self._label("Project.grant"), grant],
            [self._label(f) for f in ("Project.name", "Project.activities", third, "Project.remarks")],
        ]  # fmt: skip
        body = [
            Cell(lines=(self.name(project),), level=2),
            self.listed(project.activities),
            Cell(lines=tuple(line for i in project.indicators for line in self._glance(i, year))),
            self.listed(project.remarks),
        ]
        rows = [body, *self._facts(project), *self._judged(project), *self._places(project)]
        return table(header, rows, grid=_GRID)

    def name(self, project: Project) -> str:
        """Return a project's name as it stands on the page: what says that it has none is no name."""
        nameless = NAMELESS[self._lang]
        if project.name is None:
            return nameless
        said = str(project.name)
        return self._ink.escaped(said) if said in NAMELESS.values() else self._ink.text(said)

    def listed(self, texts: Sequence[str | Said], *, columns: int = 1) -> Cell:
        """Return a list; where its items bear marks of their own (①, ※), none is drawn."""
        lines = self._texts(texts)
        mark = mark_of(lines)
        if mark == OWN_MARK:
            lines = tuple(line[1:] for line in lines)
        elif lines and lines[0].startswith(OWN_MARK) and not mark:
            lines = (self._ink.escaped(str(texts[0])), *lines[1:])
        return Cell(lines=lines, mark=mark, columns=columns)

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
        year = project.fiscal_year
        codes = [b.code or NONE for b in project.bodies]
        rows: list[tuple[str, Sequence[str | Said]]] = [
            ("Project.number", _one(project.number)),
            ("Project.departments", project.departments),
            ("Project.period", _one(project.period.raw if project.period else None)),
            *self._years(project),
            ("Project.group", project.group),
            ("Project.grant_type", _one(project.grant_type)),
            ("Project.bodies", [b.name for b in project.bodies]),
            ("Sheet.partner_codes", codes if any(b.code for b in project.bodies) else []),
            ("Project.fiscal_year", _one(pdfwords.long_year(year, lang) if year else None)),
        ]
        return [self._row(field, lines) for field, lines in rows if lines]

    def _row(self, field: str, lines: Sequence[str | Said]) -> list[Cell]:
        if field in LISTS:
            return [self._label(field), self.listed(lines, columns=3)]
        return [self._label(field), Cell(lines=self._texts(lines), columns=3)]

    def _years(self, project: Project) -> list[tuple[str, Sequence[str]]]:
        """Return a period's years where its own words do not say them."""
        period = project.period
        if period is None:
            return []
        said = read_period(period.raw)
        if (said.first, said.last) == (period.first, period.last):
            return []
        years = (("PeriodSaid.first", period.first), ("PeriodSaid.last", period.last))
        return [(f, [NONE if y is None else show_year(y, self._lang)]) for f, y in years]

    def _judged(self, project: Project) -> list[list[Cell]]:
        found = project.verification
        said = {name: getattr(found, name) for name in _JUDGED} if found else {}
        return [self._row(f"Verification.{n}", [s]) for n, s in said.items() if s is not None]

    def _places(self, project: Project) -> list[list[Cell]]:
        """Return the row of where the project stands in its source; offsets alone lead nobody anywhere on paper."""
        found = [
            p for p in project.place if (p.sheet, p.page, p.table, p.row, p.range) != (None,) * 5
        ]
        places = tuple(filter(None, map(pdfwords.place, found)))
        if not places:
            return []
        said = self._texts([clean("、".join(places))])
        return [[self._label("Card.places"), Cell(lines=said, columns=3)]]

    # -- the tables of figures ------------------------------------------------------------------------------------

    def _table(self, found: pagetable.Table, *, grid: Sequence[float] | None = None) -> Block:
        """Return a table of the web page as the printed page has it."""
        header = [[head(cell.lines[0]) for cell in found.head]]
        return table(header, list(self._rows(found)), grid=grid)

    def _details(self, indicators: Sequence[Indicator]) -> Block | None:
        """Return the table of what else is known of the indicators, by their numbers; None where nothing is."""
        known = [
            n for n in pagefigures.DETAILS if any(getattr(i, n) is not None for i in indicators)
        ]
        if not known:
            return None
        header = [self._label("Sheet.entry"), *(self._label(f"Indicator.{n}") for n in known)]
        rows = [
            [self._entry(at), *(self._detail(one, name) for name in known)]
            for at, one in enumerate(indicators, 1)
            if any(getattr(one, name) is not None for name in known)
        ]
        return table([header], rows)

    def _entry(self, at: int) -> Cell:
        return Cell(lines=(str(at),), kind="c")

    def _detail(self, one: Indicator, name: str) -> Cell:
        part = getattr(one, name)
        if part is None:
            return Cell()
        cell = pagefigures.detail(name, part, one.unit, self._lang)
        return self._cell(
            replace(cell, kind="figure" if isinstance(part, Value) else "words"), whole=False
        )

    def _rows(self, found: pagetable.Table) -> Iterable[list[Cell]]:
        """Yield the rows; an indicator's few and short rows stay on one page, more bear its number and name each."""
        own = sum(cell.lines[0] in self._own for cell in found.head)
        said = label("YearPoint.rate", self._lang)
        at = 0
        while at < len(found.rows):
            reach = max(cell.rows for cell in found.rows[at])
            rows = _parted(found.rows[at : at + reach], own)
            for row in rows:
                short = sum(len(line) for cell in row for line in cell.lines) < _SHORT
                first = own if len(row) == len(found.head) else 0
                heads = found.head[len(found.head) - len(row) :]
                yield [
                    self._cell(cell, whole=short, struck=n < first, said=name.lines[0] == said)
                    for n, (name, cell) in enumerate(zip(heads, row, strict=True))
                ]
            at += reach

    def _cell(
        self, cell: pagetable.Cell, *, whole: bool, struck: bool = False, said: bool = False
    ) -> Cell:
        """Return a cell as it is printed; `struck`: it is not left empty, `said`: it holds words, if set like a figure."""
        main = [line if said else _spelt(line, cell.kind) for line in cell.lines[:1]]
        notes = [f"{NOTE}{line}" for line in cell.lines[1:]]
        texts = self._ink.lines([*main, *notes])
        if main == [NOTHING]:
            texts = (self._ink.escaped(NOTHING), *texts[1:])
        if struck and not texts:
            return Cell(lines=(NOTHING,), kind="c", rows=cell.rows, whole=whole)
        return Cell(lines=texts, kind=_KINDS.get(cell.kind, "x"), rows=cell.rows, whole=whole)


def _parted(
    rows: Sequence[tuple[pagetable.Cell, ...]], own: int
) -> list[tuple[pagetable.Cell, ...]]:
    """Return the rows of an indicator, its own cells in each of them where they may not fit on a page."""
    length = sum(len(line) for row in rows for cell in row for line in cell.lines)
    if len(rows) == 1 or (len(rows) <= _WHOLE and length < _SHORT):
        return list(rows)
    cells = tuple(replace(cell, rows=1) for cell in rows[0][:own])
    return [(*cells, *rows[0][own:]), *((*cells, *row) for row in rows[1:])]


#: Facts that are lists.
LISTS: Final = frozenset(
    {"Project.departments", "Project.group", "Project.bodies", "Sheet.partner_codes"}
)


def _numbered(found: pagetable.Table, lang: Lang) -> pagetable.Table:
    """Return a table with a number before each row."""
    entry = pagetable.head(["Sheet.entry"], lang)
    rows = tuple(
        (pagetable.Cell(lines=(str(at),), kind="entry"), *row)
        for at, row in enumerate(found.rows, 1)
    )
    return replace(found, head=(*entry, *found.head), rows=rows)


def _spelt(line: str, kind: str) -> str:
    """Return a figure with the minus of offices, a year by its era alone where that says it."""
    if kind == "figure":
        return _MINUS.sub(pdfwords.MINUS, line)
    short = line.partition("（")[0]
    return short if kind == "year" and read_shown_year(short) == read_shown_year(line) else line


def _one(text: str | Said | None) -> list[str | Said]:
    return [] if text is None else [text]
