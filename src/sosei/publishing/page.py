"""紙面. A report as people see it: headings, paragraphs, tables and charts in reading order, before any file format.

`page_of(report)` is shared by the web page and the Word document. Every table has one header row whose first cell says
what kind of table it is (事業の項目, 経費の名称, No. …): the reader goes by these headers, never by the words in
the other cells. A cell holds lines; several lines are a list (実施内容), or a figure and what more is said of it.
Where a report knows the places of its words and figures, every row ends in a cell of references (出典) into
`Page.sources`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal

from sosei.core.fields import Lang, label, word
from sosei.core.gaps import Gap
from sosei.core.report import Indicator, Project, Report, Source, Unread, Year
from sosei.core.shown import show_year
from sosei.publishing.imprint import Imprint
from sosei.publishing.pagefigures import details, indicators, spending
from sosei.publishing.pagerefs import Entry, References
from sosei.publishing.pagerows import project_labels, report_labels, scales, verification
from sosei.publishing.pagetable import Cell, Table

__all__ = ["Cell", "Chart", "Entry", "Page", "Paragraph", "Section", "Table", "page_of"]

_TITLE: Final = {"ja": "事業実施結果報告", "en": "Report on projects"}
_NAMELESS: Final = {"ja": "（名称なし）", "en": "(no name)"}
_KINDS: Final[dict[str, dict[str, str]]] = {
    "ja": {"result": "事業の実績", "plan": "計画中の事業", "goal": "目標・施策"},
    "en": {"result": "Results of projects", "plan": "Planned projects", "goal": "Goals"},
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """段落. A sentence or two outside tables; never read back."""

    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """図. An indicator to be drawn; `table` is the identifier of the table that says the same in figures."""

    ident: str
    indicator: Indicator
    table: str
    year: int | None


Block = Paragraph | Table | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """節. A heading (level 2 to 4) with what stands under it; `sections` follow the blocks."""

    ident: str
    title: str
    level: int
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    kind: Literal["kind", "project", "part"] = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """紙面. `front` stands under the title; `sources` are what the references of the cells count, from 1.

    `mark`: a few words for the corner of every sheet; `noted`: whether it is said what the gaps mean.
    """

    title: str
    subtitle: str
    lang: Lang
    front: tuple[Block, ...]
    sections: tuple[Section, ...]
    sources: tuple[Entry, ...] = ()
    files: tuple[Source, ...] = ()
    unread: tuple[Unread, ...] = ()
    mark: str = ""
    noted: bool = True


def page_of(report: Report, lang: Lang = "ja", imprint: Imprint | None = None) -> Page:
    """Return a report as it is laid out for people; the imprint stands under the title."""
    refs = References(report, lang)
    said = (counts(report, lang), *(imprint.lines if imprint else ()))
    front: tuple[Block, ...] = (report_labels(report, refs, lang), *map(Paragraph, said))
    runs = groupby(enumerate(report.projects, 1), key=lambda pair: pair[1].kind)
    sections = tuple(
        Section(
            ident=f"section-{at}",
            title=_KINDS[lang][kind],
            level=2,
            kind="kind",
            sections=tuple(_project(n, project, report, refs, lang) for n, project in run),
        )
        for at, (kind, run) in enumerate(runs, 1)
    )
    return Page(
        title=str(report.title or _TITLE[lang]),
        subtitle=_subtitle(report, lang),
        lang=lang,
        front=front,
        sections=sections,
        sources=refs.entries,
        files=report.sources,
        unread=report.unread,
        mark=imprint.mark if imprint else "",
    )


def _subtitle(report: Report, lang: Lang) -> str:
    """Whose report of which year it is."""
    bodies = "・".join(body.name for body in report.bodies)
    year = show_year(report.fiscal_year.year, lang) if report.fiscal_year else ""
    return "　".join(part for part in (bodies, year) if part)


def counts(report: Report, lang: Lang = "ja") -> str:
    """Say how many indicators have a target and an actual, and how many are still being counted."""
    every = [one for project in report.projects for one in project.indicators]
    both = sum(any(_number(p.target) and _number(p.actual) for p in one.years) for one in every)
    counting = sum(
        any(p.actual is not None and p.actual.gap is Gap.COUNTING for p in one.years)
        for one in every
    )
    if lang == "en":
        return (
            f"{len(report.projects)} projects, {len(every)} indicators: {both} of {len(every)} have a target and "
            f"an actual for the same year; {counting} are still being counted."
        )
    return (
        f"事業{len(report.projects)}件、指標{len(every)}件。目標値と実績値が同じ年度にそろう指標は"
        f"{len(every)}件中{both}件、{word('Value.gap', 'counting')}を含む指標は{counting}件です。"
    )


def _number(value: object) -> bool:
    return getattr(value, "number", None) is not None


def heading(number: int, project: Project, lang: Lang) -> str:
    """Return the heading of a project: its printed number or its place in the report, and its name."""
    return f"{project.number or number}　{project.name or _NAMELESS[lang]}"


def _project(
    number: int, project: Project, report: Report, refs: References, lang: Lang
) -> Section:
    ident = f"p{number}"
    own: Year | None = project.fiscal_year or report.fiscal_year
    labels = project_labels(project, ident, heading(number, project, lang), refs, lang)
    parts = [
        _part(f"{ident}-spending", "Project.spending", spending(project, ident, refs, lang), lang),
        _indicators(project, ident, own.year if own else None, refs, lang),
        _part(f"{ident}-verification", "Project.verification", verification(project, ident, refs, lang), lang),
        _part(f"{ident}-scales", "Verification.scales", scales(project, ident, refs, lang), lang),
    ]  # fmt: skip
    title = heading(number, project, lang)
    return Section(
        ident=ident,
        title=title,
        level=3,
        kind="project",
        blocks=(labels,),
        sections=tuple(_belonging(part, title) for part in parts if part is not None),
    )


def _belonging(part: Section, title: str) -> Section:
    """Return a part whose tables say of which project they are, for those who meet them on their own."""
    blocks = (replace(b, of=title) if isinstance(b, Table) else b for b in part.blocks)
    return replace(part, blocks=tuple(blocks))


def _part(ident: str, field: str, table: Table | None, lang: Lang) -> Section | None:
    if table is None:
        return None
    return Section(ident=ident, title=label(field, lang), level=4, blocks=(table,))


def _indicators(
    project: Project, ident: str, year: int | None, refs: References, lang: Lang
) -> Section | None:
    table = indicators(project, ident, refs, lang)
    if table is None:
        return None
    more = details(project, ident, refs, lang)
    charts = tuple(
        Chart(f"{ident}-chart-{at}", one, table.ident, year)
        for at, one in enumerate(project.indicators, 1)
        if _drawable(one)
    )
    return Section(
        ident=f"{ident}-indicators",
        title=label("Project.indicators", lang),
        level=4,
        blocks=(table, *charts, *([more] if more else [])),
    )


def _drawable(indicator: Indicator) -> bool:
    """Tell whether a picture says anything: two figures to compare, of one unit."""
    values = [v for p in indicator.years for v in (p.target, p.actual)]
    plain = [v for v in (indicator.baseline, *values) if v is not None and v.number is not None]
    return len(plain) >= 2
