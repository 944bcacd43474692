"""他団体の報告書. Tables, forms and lists of any body: a document is a sequence of blocks, each read by who explains it."""

from __future__ import annotations

import re
from typing import Final

from sosei.core.gaps import Gap
from sosei.core.report import Report
from sosei.core.text import fold
from sosei.reading.grid import Cell, Document, Grid, Line, Words
from sosei.reading.layouts.strangers.aligned import gridded, unwrapped
from sosei.reading.layouts.strangers.amounts import line_of, money_unit, spread_unit
from sosei.reading.layouts.strangers.beside import besides
from sosei.reading.layouts.strangers.columns import Table
from sosei.reading.layouts.strangers.drafts import (
    IndicatorDraft,
    ProjectDraft,
    agree,
    date_targets,
    find_increments,
    goes_on,
    merge,
)
from sosei.reading.layouts.strangers.finish import finish_project
from sosei.reading.layouts.strangers.forms import read_cells, read_form, read_pair
from sosei.reading.layouts.strangers.frames import Part
from sosei.reading.layouts.strangers.glued import termed, unglued
from sosei.reading.layouts.strangers.headings import FIGURES, understand
from sosei.reading.layouts.strangers.heads import (
    bodies_of,
    coming_year,
    grant_of,
    near_of,
    planned_year,
    printed_year,
    shown_year,
    target_year,
    titles,
)
from sosei.reading.layouts.strangers.layered import layers
from sosei.reading.layouts.strangers.legends import legend_of, span_of, told_by_legend
from sosei.reading.layouts.strangers.lists import indicator_of, over_years
from sosei.reading.layouts.strangers.names import (
    indicator_name,
    project_name,
    said,
    subtitled,
)
from sosei.reading.layouts.strangers.outline import Mark, mark, unit_line
from sosei.reading.layouts.strangers.paired import halves
from sosei.reading.layouts.strangers.running import (
    apart,
    candidate_of,
    coupled,
    headed,
    is_name,
    read_asked,
    read_beneath,
    read_office,
    unspoken,
)
from sosei.reading.layouts.strangers.scene import Scene
from sosei.reading.layouts.strangers.sides import parts_of
from sosei.reading.layouts.strangers.spread import spread
from sosei.reading.layouts.strangers.tables import read_table
from sosei.reading.layouts.strangers.tabling import table_of
from sosei.reading.layouts.strangers.telling import tell_heading
from sosei.reading.layouts.strangers.told import (
    keep,
    read_listed,
    read_money,
    read_sentences,
    read_side,
    tells,
)
from sosei.reading.layouts.strangers.values import read_cell
from sosei.reading.layouts.strangers.yearly import (
    date,
    joined,
    latest,
    sheet_years,
    year_of_sheet,
)
from sosei.reading.layouts.told import Told
from sosei.reading.vocabulary import is_whole, role_of

NAME: Final = "strangers"
#: A line this short above a table may say what its figures are.
_SHORT: Final = 30
_RESULTS: Final = re.compile("実績|結果|成果|検証|報告|達成状況|進捗")


#: Another label in brackets further on in a line.
_NEXT_HEADED: Final = re.compile(r"[\s　]+(?P<next>[【〔［][^【】〔〕［］]{2,16}[】〕］][\s　]*\S)")
#: What stands below a picture counts nothing: 図1　事業の流れ（令和2年度7事業）.
_OF_PICTURE: Final = re.compile(r"[\s　]*[（(【]?(?:図|写真|グラフ)[\s　]*[\d０-９①-⑳]")
#: Grids larger than this are not looked into before one of the families is chosen.
_LARGEST: Final = 3000


def recognise(document: Document) -> float:
    """Return 0.85 where a table has columns of plain figures under headers of its own; else a low but certain answer.

    Anything with words can be tried; a family that knows the document by more than its headers goes first.
    """
    grids = (block for block in besides(document.blocks) if isinstance(block, Grid))
    inner = (each for grid in grids for each in grid.with_nested())
    if any(len(grid.cells) <= _LARGEST and _has_figures(grid) for grid in inner):
        return 0.85
    return 0.1 if any(map(str.strip, document.texts)) else 0.05


def _has_figures(grid: Grid) -> bool:
    """Tell whether two columns of a table are headed as figures and hold them."""
    tables = (table_of(part, None) for part in parts_of(spread(grid)) if part.kind == "table")
    return any(
        sum(
            _holds_figures(table, column.index) * (2 if column.heading.also in FIGURES else 1)
            for column in table.columns
            if column.role in FIGURES or column.heading.bare
        )
        >= 2
        for table in tables
    )


def _holds_figures(table: Table, column: int) -> bool:
    cells = table.cells(column)
    return bool(cells) and all(
        _is_short(cell) or bool(layers(cell.words) or halves(cell.words)) for cell in cells
    )


def _is_short(cell: Cell) -> bool:
    """Tell whether a cell is short, as figures are, or a figure with its part in brackets; a card's cells tell of many."""
    lines = len(cell.words.lines())
    if lines == 1 and len(cell.text) <= 20:
        return True
    return lines <= 2 and len(cell.text) <= 30 and read_cell(cell.words).value.number is not None


def read(document: Document, told: Told | None = None) -> Report:
    """Read block by block, then settle what holds for the whole: body, year, whose the nameless indicators are."""
    scene = Scene(near=near_of(document), told=told)
    head = titles(document)
    year = printed_year(head, scene.near or 0)
    scene.home = year.year if year is not None else None
    scene.results = any(_RESULTS.search(words.text) for words in head[:3])
    years = sheet_years(document, scene.near or 0)
    for block in besides(gridded(unglued(termed(unwrapped(document))))):
        if isinstance(block, Grid):
            sheet, known = year_of_sheet(block, years), len(scene.projects)
            scene.owner = scene.owner if sheet is None else None
            _read_grid(block, scene, head)
            if sheet is not None:
                date(scene.projects[known:], sheet)
        else:
            _read_line(block, scene, head)
    if years:
        scene.projects = joined(scene.projects)
        scene.head.year = latest(document, years)
    return _report(document, scene, head)


def _read_grid(block: Grid, scene: Scene, head: list[Words]) -> None:
    """Read a grid and what is nested in it, part by part."""
    scene.block += 1
    scene.turn_to(block.sheet)
    for grid in block.with_nested():
        if grid.name and not grid.sheet:
            _read_line(Line(grid.name), scene, head)
        for part in parts_of(spread(grid)):
            _read_part(part, scene, head)


def _read_part(part: Part, scene: Scene, head: list[Words]) -> None:
    """Read one part of a grid."""
    if part.kind == "line":
        _read_line(Line(part.words), scene, head)
    elif part.kind == "form":
        read_form(part, scene)
    elif part.kind == "cells":
        read_cells(part, scene)
    elif not read_table(part, scene):
        for row in part.view.rows:
            for cell in part.view.row(row):
                if part.view.first_row(cell) == row:
                    scene.leave("cell", cell.words)


def _read_line(line: Line, scene: Scene, head: list[Words]) -> None:
    """Read a line between tables: what it says by itself, or else what it is for the lines around it."""
    if line.aside:
        return
    if line.level is None and len(lines := line.words.lines()) > 1 and apart(lines):
        for words in lines:
            _read_line(Line(words), scene, head)
        return
    if line.level is None and (_read_headed(line, scene, head) or _read_labels(line, scene)):
        return
    line = unspoken(line)
    if (legend := legend_of(line.words, scene.near)) is not None:
        scene.legend = legend
        return
    if _read_ruled(line, scene):
        return
    scene.span = span_of(line.words, scene.near) or scene.span
    scene.money_unit = money_unit(line.text) or scene.money_unit
    scene.unit = unit_line(line.text) or (None if line.level else scene.unit)
    if read_money(line, scene) or _read_told(line, scene):
        return
    found = mark(line)
    listed = found.kind != "label" and read_listed(line, found, scene)
    if read_asked(line, found, scene) or listed or read_beneath(line, found, scene):
        return
    scene.candidate = candidate_of(line, found)
    if found.kind in {"heading", "structural", "naming"}:
        scene.headline = scene.candidate
    _read_marked(line, found, scene, head)


def _read_headed(line: Line, scene: Scene, head: list[Words]) -> bool:
    """Read a line that begins with a label in brackets: its value, or a line of its own under that label."""
    bracketed = headed(line)
    if bracketed is None:
        return False
    label, rest = bracketed
    if (next_one := _NEXT_HEADED.search(rest.text)) is not None and headed(
        Line(rest[next_one.start("next") :])
    ):
        read_pair(label, [rest[: next_one.start()].strip()], scene)
        _read_line(Line(rest[next_one.start("next") :]), scene, head)
        return True
    own = mark(Line(rest)).kind in {"label", "naming"} or tells(rest, scene)
    if not own and line_of(rest) is None:
        read_pair(label, [rest], scene)
        return True
    scene.topic, scene.asked, scene.topic_level = role_of(label.text), label, 6
    _read_line(Line(rest), scene, head)
    return True


def _read_labels(line: Line, scene: Scene) -> bool:
    """Read an office in brackets, or several labels with their values in one line."""
    if read_office(line, scene):
        return True
    pairs = coupled(line)
    for label, value in pairs:
        read_pair(label, [value], scene)
    return bool(pairs)


def _read_ruled(line: Line, scene: Scene) -> bool:
    """Read a line whose figures the legend above tells apart."""
    ruled = told_by_legend(line.words, scene.legend) if scene.legend is not None else None
    if ruled is not None:
        keep(ruled, scene)
    return ruled is not None


def _read_told(line: Line, scene: Scene) -> bool:
    """Read the indicators that a line tells of with their figures."""
    if "。" in line.text and read_sentences(line, scene):
        return True
    told = indicator_of(line.words, scene.near) if line.level is None else None
    told = told or (over_years(line.words) if line.level is None else None)
    if told is None or told.name is None or not told.figured:
        return False
    if not told.numbered and line.text.lstrip().startswith(("※", "＊", "注")):
        return False
    if _OF_PICTURE.match(line.text):
        return False
    if understand(told.name.text).role in FIGURES and is_whole(told.name.text):
        return False
    keep(told, scene)
    return True


def _read_marked(line: Line, found: Mark, scene: Scene, head: list[Words]) -> None:
    """Read a line by what it is for others: a name, a label, a heading, or mere text."""
    if found.kind == "naming":
        name = indicator_name(found.words)
        number = found.number or name.number
        place = line.words.places
        scene.named = IndicatorDraft(name=name.said, number=number, unit=name.unit, place=place)
        scene.above = line.text
    elif found.kind == "label":
        read_pair(found.label, [found.words], scene)
    elif found.kind in {"heading", "structural"}:
        _read_heading(found, line, scene, head)
    elif found.kind != "unit":
        _read_text(line, scene, head)


def _read_heading(found: Mark, line: Line, scene: Scene, head: list[Words]) -> None:
    """Let a heading own what follows, unless it is the title or says only what stands below it."""
    scene.planned = coming_year(line.words, scene.home, scene.near or 0)
    scene.above = line.text
    scene.named = None
    first = bool(head) and line.words == next((w for w in head if w), None)
    title = (line.level == 1 and not scene.titled and found.number is None) or (
        first and found.number is None and found.level != 2
    )
    scene.titled = scene.titled or line.level == 1
    asks = found.kind == "structural" and not title
    scene.topic = role_of(found.words.text) if asks else None
    scene.asked, scene.topic_level = found.words, found.level
    if found.kind == "structural" or title:
        return
    scene.rise(found.level)
    parts = project_name(found.words)
    name = subtitled(parts.said)
    if name is None:
        return
    draft = ProjectDraft(name=name, number=found.number, place=line.words.places)
    draft.departments = list(parts.departments)
    draft.grant_type = parts.grant_type
    draft.kind = "result" if name.text.endswith("事業") else "goal"
    tell_heading(scene.told, draft)
    scene.head_of(found.level, draft)


def _read_text(line: Line, scene: Scene, head: list[Words]) -> None:
    """Read sentences for what they plainly say; leave the rest."""
    if read_side(line, scene):
        return
    if head and is_name(line, scene) and line.words != next((w for w in head if w), None):
        _read_heading(Mark("heading", line.words.strip(" 　■●◆○◇・"), level=7), line, scene, head)
        return
    if not read_sentences(line, scene):
        scene.above = line.text if len(line.text) <= _SHORT else scene.above
        scene.leave("text", line.words)


def _report(document: Document, scene: Scene, head: list[Words]) -> Report:
    """Settle what holds for the whole document."""
    scene.forsake()
    scene.settle(scene.head)
    for listed in scene.listed.values():
        if not listed.facts:
            scene.said_leave("list", listed.name)
    drafts = _settled(scene)
    text = "".join(document.texts)
    bodies = bodies_of(document, head, scene.head.remarks)
    grant = grant_of(head)
    _name_alone(drafts, head)
    find_increments(drafts)
    spread_unit(document, drafts)
    date_targets(drafts, target_year(document, scene.near or 0))
    near = scene.near or 0
    year = scene.head.year or printed_year(head, near) or planned_year(drafts, head, near)
    year = year or shown_year(drafts, head, text)
    for draft in drafts:
        draft.grant = draft.grant or grant
        draft.departments = draft.departments or list(scene.head.departments)
        draft.period = draft.period or scene.head.period
    projects = tuple(
        finish_project(
            draft,
            year.year if year else None,
            told=scene.told,
        )
        for draft in drafts
    )
    title = next((s for words in head if (s := said(words)) is not None), None)
    return Report(
        projects=projects, title=title, bodies=bodies, fiscal_year=year, unread=tuple(scene.unread)
    )


_ENTITLED: Final = re.compile(r"[「『](?P<name>[^「」『』]{4,50}(?:計画|事業|プロジェクト))[」』]")


def _name_alone(drafts: list[ProjectDraft], head: list[Words]) -> None:
    """Name the only project of a report by what its title quotes: 地域再生計画「…計画」実績報告."""
    if len(drafts) != 1 or drafts[0].name is not None:
        return
    for words in head[:3]:
        found = _ENTITLED.search(words.text)
        if found is not None:
            drafts[0].name = said(words.group(found, "name"))
            return


def _settled(scene: Scene) -> list[ProjectDraft]:
    """Return the drafts that say anything, each indicator once, the nameless owner's under the only named project."""
    drafts = [draft for draft in scene.projects if not draft.empty]
    for draft in drafts:
        draft.indicators = _gathered(draft.indicators)
    named = [draft for draft in drafts if draft.name is not None and draft.kind != "goal"]
    loose = [draft for draft in drafts if draft.name is None and not draft.spending]
    if len(named) == 1 and loose:
        for draft in loose:
            named[0].indicators = [*draft.indicators, *named[0].indicators]
            for role, words in draft.judged.items():
                named[0].judged.setdefault(role, words)
            named[0].scales = {**draft.scales, **named[0].scales}
            named[0].departments = named[0].departments or draft.departments
        drafts = [draft for draft in drafts if draft.name is not None or draft.spending]
    for draft in drafts:
        _judge_alone(draft)
    return [
        draft
        for draft in drafts
        if draft.indicators or draft.spending or draft.kind != "goal" or draft.judged
    ]


def _judge_alone(draft: ProjectDraft) -> None:
    """Let the effect that a row tells of, 概ね効果あり, judge its project where that has one indicator only."""
    if draft.kind == "goal" or len(draft.indicators) != 1 or draft.judged.get("grade"):
        return
    (only,) = draft.indicators
    if only.rating is not None and "効果" in only.rating.text:
        draft.judge("grade", only.rating)
        only.rating = None


def _gathered(indicators: list[IndicatorDraft]) -> list[IndicatorDraft]:
    """Join what is said of one indicator in two places: a list and a table, a name table and the figures below it."""
    out: list[IndicatorDraft] = []
    known: dict[str, IndicatorDraft] = {}
    for draft in indicators:
        if draft.name is not None and _SLOT.fullmatch(draft.name.text) and not _says(draft):
            continue
        if draft.name is None:
            if draft.facts and not (out and _awaits(out[-1]) and merge(out[-1], draft)):
                out.append(draft)
            continue
        same = known.setdefault(fold(draft.name.text), draft)
        again = same is not draft and not (
            same.told == draft.told
            and same.figured
            and draft.figured
            and not (same.increments and draft.increments)
            and not agree(same, draft)
            and not goes_on(same, draft)
        )
        if not (again and (merge(same, draft) or not draft.figured)):
            out.append(draft)
    return out


#: The letter of a form's slot that was left empty: Ｃ, ④.
_SLOT: Final = re.compile(r"[\s　]*(?:指標)?[A-HＡ-Ｈ①-⑩\d０-９][.．)）]?[\s　]*")


def _says(draft: IndicatorDraft) -> bool:
    """Tell whether an indicator has any figure, word or mark."""
    return any(fact.value is None or fact.value.gap is not Gap.BLANK for fact in draft.facts)


def _awaits(draft: IndicatorDraft) -> bool:
    """Tell whether an indicator has a name and still no figures."""
    return draft.name is not None and not draft.figured
