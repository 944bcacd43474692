"""紙面の見出し欄. The tables of labels of a card: the report, a project, its verification and further scales."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sosei.core.fields import Lang, label, word
from sosei.core.report import Project, Report, Said, Year
from sosei.core.shown import NONE, read_period, show_year
from sosei.publishing.pagerefs import References
from sosei.publishing.pagetable import Cell, Table, head, refs_cell

#: A row of a label table: label, lines, and the parts of the report that say so.
_Row = tuple[str, tuple[str, ...], tuple[Any, ...]]


def _texts(saids: Iterable[Said]) -> tuple[str, ...]:
    return tuple(said.text for said in saids)


def _labels(
    kind: str, ident: str, caption: str, rows: Iterable[_Row], refs: References, lang: Lang
) -> Table:
    """Return a table of labels and what stands behind them."""
    columns = [f"Sheet.{kind}", "Sheet.content", *(["Sheet.refs"] if refs.any else [])]
    listed = {label(f, lang) for f in ("Project.activities", "Project.remarks")}
    body = tuple(
        (
            Cell(lines=(name,), kind="label"),
            Cell(lines=lines, listed=len(lines) > 1 and name in listed),
            *refs_cell(refs, ident, ((name, part) for part in parts)),
        )
        for name, lines, parts in rows
    )
    widths = (5, 24, 3)[: len(columns)]
    return Table(
        ident=ident, kind=kind, caption=caption, head=head(columns, lang), rows=body, widths=widths
    )


def _said(field: str, said: Said | None, lang: Lang) -> Iterator[_Row]:
    if said is not None:
        yield label(field, lang), (said.text,), (said,)


def _many(field: str, saids: tuple[Said, ...], lang: Lang) -> Iterator[_Row]:
    if saids:
        yield label(field, lang), _texts(saids), saids


def _word(field: str, text: str | None, lang: Lang) -> Iterator[_Row]:
    if text is not None:
        yield label(field, lang), (text,), ()


def _year(field: str, year: Year | None, lang: Lang) -> Iterator[_Row]:
    if year is not None:
        basis = (word("Year.basis", year.basis, lang),) if year.basis != "printed" else ()
        yield label(field, lang), (show_year(year.year, lang), *basis), (year,)


def _bodies(name: str, code: str, bodies: tuple[Any, ...], lang: Lang) -> Iterator[_Row]:
    if bodies:
        yield label(name, lang), tuple(body.name for body in bodies), bodies
    if any(body.code is not None for body in bodies):
        yield label(code, lang), tuple(body.code or NONE for body in bodies), ()


def report_labels(report: Report, refs: References, lang: Lang) -> Table:
    """Return what the report says of itself."""
    rows = [
        *_said("Report.title", report.title, lang),
        *_said("Report.chapter", report.chapter, lang),
        *_bodies("Report.bodies", "Body.code", report.bodies, lang),
        *_year("Report.fiscal_year", report.fiscal_year, lang),
    ]
    return _labels("report", "report", label("Table.report", lang), rows, refs, lang)


def project_labels(
    project: Project, ident: str, caption: str, refs: References, lang: Lang
) -> Table:
    """Return the label table with which a project begins."""
    rows = [
        *_word("Project.number", project.number, lang),
        *_said("Project.name", project.name, lang),
        *_word("Project.kind", word("Project.kind", project.kind, lang), lang),
        *_many("Project.group", project.group, lang),
        *_said("Project.grant", project.grant, lang),
        *_said("Project.grant_type", project.grant_type, lang),
        *_many("Project.departments", project.departments, lang),
        *_bodies("Project.bodies", "Sheet.partner_codes", project.bodies, lang),
        *_period(project, lang),
        *_year("Project.fiscal_year", project.fiscal_year, lang),
        *_many("Project.activities", project.activities, lang),
        *_many("Project.remarks", project.remarks, lang),
    ]
    return _labels("project", f"{ident}-labels", caption, rows, refs, lang)


def _period(project: Project, lang: Lang) -> Iterator[_Row]:
    """The period in its own words; its years apart where the words do not say them."""
    period = project.period
    if period is None:
        return
    yield label("Project.period", lang), (period.raw,), (period,)
    understood = read_period(period.raw)
    if (understood.first, understood.last) != (period.first, period.last):
        for name in ("first", "last"):
            year = getattr(period, name)
            shown = NONE if year is None else show_year(year, lang)
            yield label(f"PeriodSaid.{name}", lang), (shown,), ()


def verification(project: Project, ident: str, refs: References, lang: Lang) -> Table | None:
    """Return the table of the verification; its own scales have a table of their own."""
    if project.verification is None:
        return None
    names = [name for name in type(project.verification).__dataclass_fields__ if name != "scales"]
    rows: list[_Row] = []
    for name in names:
        part = getattr(project.verification, name)
        add = _word if isinstance(part, str) else _said
        rows += add(f"Verification.{name}", part, lang)
    if not rows:
        return None
    caption = label("Project.verification", lang)
    return _labels("verification", f"{ident}-verified", caption, rows, refs, lang)


def scales(project: Project, ident: str, refs: References, lang: Lang) -> Table | None:
    """Return the table of the scales that a report has beside the usual ones."""
    if project.verification is None or not project.verification.scales:
        return None
    columns = ["Key.scale", "Key.scale_said", *(["Sheet.refs"] if refs.any else [])]
    back = f"{ident}-scale"
    rows = tuple(
        (
            Cell(lines=(name,), kind="label"),
            Cell(lines=(said.text,)),
            *refs_cell(refs, back, ((name, said),)),
        )
        for name, said in project.verification.scales.items()
    )
    caption = label("Verification.scales", lang)
    return Table(
        ident=back, kind="scales", caption=caption, head=head(columns, lang), rows=rows, widths=(8, 20, 3)[: len(columns)]
    )  # fmt: skip
