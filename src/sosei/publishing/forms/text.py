"""文字だけの報告書. The seed's own form: a line of the grant, four columns, whole lists inside the cells.

It carries what such a page prints, and no more (`CARRIES`). Neither the report's year nor a project's is printed
where the page's own shape tells it: plans stand under 「(参考) 令和4年度活用事業」, and the report is of the year before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from sosei.core.cardcell import (
    DEPARTMENTS,
    INFERRED,
    PERIOD,
    YEAR,
    parse_heading,
    parse_name,
    parse_remark,
    split_items,
    year_of_title,
)
from sosei.core.cardline import NAMELESS, is_for_all
from sosei.core.costline import parse_costs
from sosei.core.fields import Lang
from sosei.core.fiscal import FiscalYear, find_years
from sosei.core.report import Project, Report, Year
from sosei.publishing.forms.textink import TRIES, Ink, words
from sosei.publishing.forms.textlines import Role, cost_paragraphs, indicator_line, text_of
from sosei.publishing.imprint import Imprint

NAME: Final = "text"
SUFFIX: Final = ".txt"
MEDIA_TYPE: Final = "text/plain; charset=utf-8"
CARRIES: Final = frozenset(
    [
        "Report.title",
        "Report.fiscal_year",
        "Report.projects",
        "Year.year",
        "Year.basis",
        "Said.text",
        "PeriodSaid.raw",
        "Project.kind",
        "Project.grant",
        "Project.name",
        "Project.departments",
        "Project.period",
        "Project.fiscal_year",
        "Project.activities",
        "Project.spending",
        "Project.indicators",
        "Project.remarks",
        "Spending.number",
        "Spending.label",
        "Spending.yen",
        "Indicator.number",
        "Indicator.name",
        "Indicator.unit",
        "Indicator.baseline",
        "Indicator.years",
        "Indicator.note",
        "YearPoint.fiscal_year",
        "YearPoint.target",
        "YearPoint.actual",
        "YearPoint.rate",
        "Value.number",
        "Value.gap",
        "Value.text",
    ]
)

_HEADERS: Final = {
    "result": ("事業の名称", "実施内容", "実績（KPI等）", "備考"),
    "plan": ("事業の名称", "実施内容", "計画（KPI等）", "備考"),
    "goal": ("基本目標等の名称", "実施内容", "実績（KPI等）", "備考"),
}


def write(report: Report, *, lang: Lang = "ja", imprint: Imprint | None = None) -> bytes:
    """Return the report as text in UTF-8. The form is Japanese; the language changes nothing.

    The imprint is not printed: every line of this form is a line of the report.
    """
    return _text(report).encode("utf-8")


def _text(report: Report) -> str:
    reference = _reference(report)
    blocks = [*_front(report, reference)]
    for i, project in enumerate(report.projects):
        if i == reference:
            assert project.fiscal_year is not None
            blocks.append(f"(参考) {FiscalYear(project.fiscal_year.year)}活用事業")
        own_year = project.fiscal_year if reference is None else None
        blocks.append(_card(project, own_year))
    if not report.projects:
        blocks.append("交付金名称\t\t\t\n" + "\t".join(_HEADERS["result"]))
    return "\n\n".join(blocks) + "\n"


# -- what stands above the cards --------------------------------------------------------------------------------------


def _reference(report: Report) -> int | None:
    """Return where the plans for reference begin, or None where a heading cannot tell every project's year."""
    years = [project.fiscal_year for project in report.projects]
    first = next((i for i, year in enumerate(years) if year is not None), None)
    if (
        first is None
        or len(set(map(_key, years[first:]))) > 1
        or _key(years[first])[1] != "printed"
    ):
        return None
    would_infer = _inferred(report, first)
    return None if report.fiscal_year is None and would_infer is not None else first


def _key(year: Year | None) -> tuple[int, str]:
    return (year.year, year.basis) if year else (0, "")


def _inferred(report: Report, reference: int | None) -> int | None:
    """Return the year that a reader infers from the heading, or None."""
    if reference is None or all(p.kind != "result" for p in report.projects[:reference]):
        return None
    year = report.projects[reference].fiscal_year
    return year.year - 1 if year else None


def _front(report: Report, reference: int | None) -> Iterable[str]:
    year = report.fiscal_year
    shown = year is not None and _key(year) != (_inferred(report, reference), "inferred")
    if report.title:
        title = _title(report.title.text, None if shown else "")
        if year and shown and _title_tells(title, year):
            shown = False
        yield title.written()
    if shown and year:
        yield f"{FiscalYear(year.year)}{INFERRED if year.basis == 'inferred' else ''}"


def _title(text: str, year: str | None) -> Ink:
    """Return the title's line. `year` "": the title must not tell any."""

    def says(line: Ink) -> bool:
        found = parse_heading(line.shape)
        tells = year_of_title(line.shape[slice(*found.span)]) is not None
        return (
            found.kind == "title"
            and line.said(found.span, mended=True) == text
            and not (tells and year == "")
        )

    return _first(lambda level: "【" + words(text, level) + "】", says)


def _title_tells(title: Ink, year: Year) -> bool:
    where = year_of_title(title.shape)
    found = find_years(title.shape[slice(*where)]) if where else []
    return bool(found) and year.basis == "printed" and found[0].fiscal_year == year.year


def _first(make: Callable[[int], Ink], says: Callable[[Ink], bool]) -> Ink:
    """Return the first try that says what it should; the last one where none does."""
    line = Ink()
    for level in TRIES:
        line = make(level)
        if says(line):
            break
    return line


# -- a card -----------------------------------------------------------------------------------------------------------


def _card(project: Project, own_year: Year | None) -> str:
    """Return a project's table. `own_year`: the year that no heading tells."""
    grant = text_of(project.grant)
    cells = (
        _name_cell(project).written(),
        _paragraphs(_activity_lines(project)),
        _paragraphs(_indicator_lines(project)),
        _remarks_cell(project, own_year),
    )
    first = _first(
        lambda level: words(grant, level), lambda line: _said(line, mended=True) == grant
    )
    return "\n".join(
        (
            "\t".join(("交付金名称", first.written(), "", "")),
            "\t".join(_HEADERS[project.kind]),
            "\t".join(cells),
        )
    )


def _said(line: Ink, *, mended: bool = False) -> str | None:
    return line.said((0, len(line.shape)), mended=mended)


def _paragraphs(lines: Iterable[Ink]) -> str:
    return " ".join(f"<p>{line.written()}</p>" for line in lines)


def _name_cell(project: Project) -> Ink:
    departments = [department.text for department in project.departments]
    name = text_of(project.name)

    def says(line: Ink) -> bool:
        found = parse_name(line.shape)
        nameless = found.name is not None and line.shape[slice(*found.name)] == NAMELESS
        return (None if nameless else line.said(found.name, mended=True)) == name and [
            line.said(span, mended=True) for span in found.departments
        ] == departments

    for level in TRIES:
        for label, between in (("", "・"), (DEPARTMENTS, "、")):
            line = _named(name, departments, level, label=label, between=between)
            if says(line):
                return line
    return line


def _named(
    name: str | None, departments: list[str], level: int, *, label: str, between: str
) -> Ink:
    line = words(name, level)
    if departments:
        inner = words(departments[0], level)
        for department in departments[1:]:
            inner = inner + between + words(department, level)
        line = line + f"（{label}" + inner + "）"
    return line if line else Ink(NAMELESS, NAMELESS)


def _activity_lines(project: Project) -> Iterable[Ink]:
    for activity in project.activities:
        yield _plain_line(
            activity.text, lambda shape: not parse_costs(shape) and len(split_items(shape)) == 1
        )
    yield from cost_paragraphs(project.spending)


def _plain_line(text: str, is_words: Callable[[str], bool]) -> Ink:
    return _first(
        lambda level: words(text, level), lambda line: is_words(line.shape) and _said(line) == text
    )


def _indicator_lines(project: Project) -> Iterable[Ink]:
    bare: Role = "target" if project.kind == "plan" else "actual"
    shared = _shared_note(project)
    for indicator in project.indicators:
        yield indicator_line(indicator, bare, with_note=shared is None)
    if shared is not None:
        yield shared


def _shared_note(project: Project) -> Ink | None:
    """Return the note under the list that speaks of every indicator (※いずれも…), where they have the same."""
    notes = {text_of(indicator.note) for indicator in project.indicators}
    note = next(iter(notes)) if len(notes) == 1 else None
    if note is None or not is_for_all(note):
        return None
    line = "※" + words(note, 0)
    tells_year = project.kind == "plan" and project.fiscal_year is None and find_years(line.shape)
    kept = line.said((1, len(line.shape))) == note and is_for_all(line.shape)
    return line if kept and not tells_year else None


def _remarks_cell(project: Project, own_year: Year | None) -> str:
    lines: list[Ink] = []
    if project.period:
        lines.append(_labelled(PERIOD, project.period.raw, "period"))
    if own_year:
        year = f"{FiscalYear(own_year.year)}{INFERRED if own_year.basis == 'inferred' else ''}"
        lines.append(Ink() + f"{YEAR} {year}")
    lines += [
        _plain_line(remark.text, lambda shape: parse_remark(shape).kind == "words")
        for remark in project.remarks
    ]
    return lines[0].written() if len(lines) == 1 else _paragraphs(lines)


def _labelled(label: str, text: str, kind: str) -> Ink:
    def says(line: Ink) -> bool:
        found = parse_remark(line.shape)
        return found.kind == kind and line.said(found.span) == text

    return _first(lambda level: f"{label} " + words(text, level), says)
