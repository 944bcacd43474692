"""見出しの行. What stands between the cards: title, the report's year, 「(参考) 令和 4 年度活用事業」, the municipality.

The seed states neither year nor municipality. The year before a plan's year is then inferred, and says so; so is a
municipality whose name begins the labels of its spending, if it is the only one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sosei.core.bodies import find_bodies
from sosei.core.cardcell import HeadLine, parse_heading, year_of_title
from sosei.core.fiscal import read_year
from sosei.core.report import Basis, Body, Places, Project, Said, Unread, Year
from sosei.reading.layouts.written import Written


@dataclass(slots=True)
class Headings:
    """The lines met so far, and what they say of the report and of the cards that follow."""

    title: Said | None = None
    chapter: Said | None = None
    year: Year | None = None
    section: Year | None = None
    reference: bool = False
    reference_year: Year | None = None
    named: list[Written] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def take(self, line: Written, *, cards_before: bool) -> None:
        """Take in a line; what says nothing to us stays in `unread`."""
        found = parse_heading(line.shape)
        words = line.cut(found.span)
        if found.kind == "title":
            self._title(line, words)
        elif found.kind == "words":
            self._words(line, cards_before=cards_before)
        else:
            self._year(found, _year(found, words))

    def _title(self, line: Written, words: Written) -> None:
        if self.title is None:
            self.title = words.said(mended=True)
        elif self.chapter is None:
            self.chapter = words.said(mended=True)
        else:
            self.unread.append(Unread(code="line", raw=line.text, place=line.places))
            return
        self._title_year(words)

    def _title_year(self, words: Written) -> None:
        self.named.append(words)
        where = year_of_title(words.shape)
        if where and self.year is None:
            year = words.cut(where)
            self.year = Year(year=read_year(year.text).start, raw=year.text, place=year.places)

    def _words(self, line: Written, *, cards_before: bool) -> None:
        short = len(line.text) <= 60 and not line.shape.rstrip().endswith("。")
        if self.title is None and not cards_before and short and not find_only_body(line):
            self.title = line.said(mended=True)
            self._title_year(line)
        else:
            self.named.append(line)
            self.unread.append(Unread(code="line", raw=line.text, place=line.places))

    def _year(self, found: HeadLine, year: Year) -> None:
        self.reference = found.kind == "reference"
        if found.kind == "year":
            self.year, self.section = year, None
        elif found.kind == "reference":
            self.section = year
            self.reference_year = self.reference_year or year
        elif self.year is None:
            self.year, self.section = year, None
        else:
            self.section = year if year.year != self.year.year else None


def _year(found: HeadLine, words: Written) -> Year:
    basis: Basis = "inferred" if found.inferred else "printed"
    return Year(year=found.year or 0, basis=basis, raw=words.text, place=words.places)


def inferred_year(headings: Headings, projects: Iterable[Project]) -> Year | None:
    """Return the report's year as the one before that of the plans given for reference, or None."""
    reference = headings.reference_year
    kinds = [project.kind for project in projects if project.fiscal_year is None]
    if reference is None or "result" not in kinds:
        return None
    return Year(year=reference.year - 1, basis="inferred", raw=reference.raw, place=reference.place)


def printed_body(headings: Headings) -> Body | None:
    """Return the one municipality that title and lines name, or None."""
    found: dict[str, Body] = {}
    for line in headings.named:
        for name, code, _ in _names(line.text):
            found.setdefault(name, _body(name, code, "printed", line.places))
    return next(iter(found.values())) if len(found) == 1 else None


def inferred_body(projects: Iterable[Project]) -> Body | None:
    """Return the one municipality whose name begins labels of spending or names of projects, or None."""
    found: dict[str, Body] = {}
    for project in projects:
        for said in (*(s.label for s in project.spending), project.name):
            if said is None:
                continue
            for name, code, start in _names(said.text):
                if start == 0:
                    found.setdefault(name, _body(name, code, "inferred", said.place))
    return next(iter(found.values())) if len(found) == 1 else None


def _body(name: str, code: str | None, basis: Basis, place: Places) -> Body:
    return Body(name=name, code=code, basis=basis, place=place)


def find_only_body(line: Written) -> bool:
    """Tell whether a line is nothing but the name of a municipality."""
    return any(name == line.text for name, _, _ in _names(line.text))


def _names(text: str) -> list[tuple[str, str | None, int]]:
    """Return the municipalities named in a text; one of several of a name has no code."""
    spans: dict[tuple[int, int], list[str]] = {}
    for body, start, end in find_bodies(text):
        spans.setdefault((start, end), []).append(body.code)
    return [
        (text[start:end], codes[0] if len(set(codes)) == 1 else None, start)
        for (start, end), codes in spans.items()
    ]
