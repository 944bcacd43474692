"""他団体の報告書. Tables, forms and lists of any body: a document is a sequence of blocks, each read by who explains it."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.report import Report, Said
from sosei.core.text import fold
from sosei.reading.grid import Document, Grid, Line, Words
from sosei.reading.layouts.strangers.amounts import line_of, money_unit
from sosei.reading.layouts.strangers.columns import Table, table_of
from sosei.reading.layouts.strangers.drafts import (
    IndicatorDraft,
    ProjectDraft,
    date_targets,
    find_increments,
    merge,
)
from sosei.reading.layouts.strangers.finish import finish_project
from sosei.reading.layouts.strangers.forms import read_form, read_pair
from sosei.reading.layouts.strangers.frames import Part, parts
from sosei.reading.layouts.strangers.headings import FIGURES
from sosei.reading.layouts.strangers.heads import (
    bodies_of,
    grant_of,
    near_of,
    printed_year,
    shown_year,
    target_year,
    titles,
)
from sosei.reading.layouts.strangers.lists import indicator_of
from sosei.reading.layouts.strangers.names import (
    indicator_name,
    numbered,
    project_name,
    said,
    subtitled,
)
from sosei.reading.layouts.strangers.outline import Mark, mark, unit_line
from sosei.reading.layouts.strangers.prose import indicators_of
from sosei.reading.layouts.strangers.scene import Scene
from sosei.reading.layouts.strangers.spread import spread
from sosei.reading.layouts.strangers.tables import read_table
from sosei.reading.layouts.strangers.takes import TAKES, take
from sosei.reading.layouts.strangers.values import read_cell, value_of
from sosei.reading.vocabulary import role_of

NAME: Final = "strangers"
#: A line this short above a table may say what its figures are.
_SHORT: Final = 30
_COUNT: Final = re.compile(r"^\d+(?:件|事業|項目)$")
_SIDE: Final = re.compile(r"[（(]?参考(?:[)）]|値|：|:)")


#: Grids larger than this are not looked into before one of the families is chosen.
_LARGEST: Final = 3000


def recognise(document: Document) -> float:
    """Return 0.85 where a table has columns of plain figures under headers of its own; else a low but certain answer.

    Anything with words can be tried; a family that knows the document by more than its headers goes first.
    """
    if any(len(grid.cells) <= _LARGEST and _has_figures(grid) for grid in document.grids):
        return 0.85
    return 0.1 if any(document.words()) else 0.05


def _has_figures(grid: Grid) -> bool:
    """Tell whether two columns of a table are headed as figures and hold them."""
    tables = (table_of(part, None) for part in parts(spread(grid)) if part.kind == "table")
    return any(
        sum(
            _holds_figures(table, column.index)
            for column in table.columns
            if column.role in FIGURES or column.heading.bare
        )
        >= 2
        for table in tables
    )


def _holds_figures(table: Table, column: int) -> bool:
    cells = table.cells(column)
    return bool(cells) and all(
        len(cell.words.lines()) == 1 and len(cell.text) <= 20 for cell in cells
    )


def read(document: Document) -> Report:
    """Read block by block, then settle what holds for the whole: body, year, whose the nameless indicators are."""
    scene = Scene(near=near_of(document))
    head = titles(document)
    for block in document.blocks:
        if isinstance(block, Grid):
            for part in parts(spread(block)):
                _read_part(part, scene)
        else:
            _read_line(block, scene, head)
    return _report(document, scene, head)


def _read_part(part: Part, scene: Scene) -> None:
    """Read one part of a grid."""
    if part.kind == "line":
        _read_line(Line(part.words), scene, [])
    elif part.kind == "form":
        read_form(part, scene)
    elif not read_table(part, scene):
        for row in part.view.rows:
            for cell in part.view.row(row):
                if part.view.first_row(cell) == row:
                    scene.leave("cell", cell.words)


def _read_line(line: Line, scene: Scene, head: list[Words]) -> None:
    """Read a line between tables."""
    if line.aside:
        return
    scene.money_unit = money_unit(line.text) or scene.money_unit
    scene.unit = unit_line(line.text) or (None if line.level else scene.unit)
    if _read_money(line, scene):
        return
    told = indicator_of(line.words, scene.near) if line.level is None else None
    if told is not None and told.name is not None and told.figured:
        _keep(told, scene)
        return
    if _read_listed(line, scene):
        return
    found = mark(line)
    if found.kind == "naming":
        scene.named = IndicatorDraft(
            name=said(found.words), number=found.number, place=line.words.places
        )
        scene.above = line.text
    elif found.kind == "label":
        read_pair(found.label, [found.words], scene)
    elif found.kind in {"heading", "structural"}:
        _read_heading(found, line, scene, head)
    elif found.kind != "unit":
        _read_text(line, scene)


def _read_listed(line: Line, scene: Scene) -> bool:
    """Read lists of names and, under another heading, of their figures: 【指標】①…②… 【目標値】①10人②20人."""
    number, rest = numbered(line.words)
    if number is None or not rest or len(rest) > 40 or "。" in rest.text:
        return False
    if scene.topic == "indicator" and not find_figures(rest.text):
        name = indicator_name(rest)
        scene.listed[number] = IndicatorDraft(
            name=name.said, number=number, unit=name.unit, place=line.words.places
        )
        return True
    draft = scene.listed.get(number)
    if scene.topic not in FIGURES or draft is None:
        return False
    if not draft.facts:
        scene.project().indicators.append(draft)
    draft.add("baseline" if scene.topic == "current" else scene.topic, value_of(rest, draft.unit))
    return True


def _keep(told: IndicatorDraft, scene: Scene) -> None:
    """Add an indicator told in a line; one that a line above announced keeps its number."""
    told.told = True
    scene.project().indicators.append(told)


def _read_heading(found: Mark, line: Line, scene: Scene, head: list[Words]) -> None:
    """Let a heading own what follows, unless it is the title or says only what stands below it."""
    scene.above = line.text
    scene.named = None
    scene.topic = role_of(found.words.text) if found.kind == "structural" else None
    first = bool(head) and line.words == next((w for w in head if w), None)
    title = line.level == 1 or (first and found.number is None and found.level != 2)
    if found.kind == "structural" or title:
        return
    scene.rise(found.level)
    parts = project_name(found.words)
    name = subtitled(parts.said)
    if name is None:
        return
    draft = ProjectDraft(name=name, number=found.number, place=line.words.places)
    draft.departments = list(parts.departments)
    draft.kind = "result" if name.text.endswith("事業") else "goal"
    scene.head_of(found.level, draft)


def _read_text(line: Line, scene: Scene) -> None:
    """Read sentences for what they plainly say; leave the rest."""
    if _read_side(line, scene):
        return
    if scene.topic in TAKES and scene.owner is not None:
        take(scene.owner, scene.topic, line.words, scene)
        return
    drafts = indicators_of(line.words, scene.near)
    for draft in drafts:
        _keep(draft, scene)
    if not drafts:
        scene.above = line.text if len(line.text) <= _SHORT else scene.above
        scene.leave("text", line.words)


def _read_side(line: Line, scene: Scene) -> bool:
    """Read a figure of another year given beside an indicator: 「参考）平成25年　4,016」."""
    last = (
        scene.owner.indicators[-1] if scene.owner is not None and scene.owner.indicators else None
    )
    years = find_years(line.text, near=scene.near)
    if last is None or len(years) != 1 or not _SIDE.match(line.text.strip()):
        return False
    value = read_cell(line.words[years[0].end :].strip(" 　:：（()）"), last.unit).value
    if value.number is None:
        return False
    last.add("actual", value, year=years[0].fiscal_year)
    return True


def _read_money(line: Line, scene: Scene) -> bool:
    """Read lines of labels and amounts: 「name n件 総事業費 x円」, then 「・source y円」 each."""
    lines = line.words.lines()
    spent = [line_of(part) for part in lines]
    if not any(spent) or not all(
        s or re.fullmatch(r"[（(【]?[^\d]{2,12}[)）】]?", p.text)
        for s, p in zip(spent, lines, strict=True)
    ):
        return False
    for words, spending in zip(lines, spent, strict=True):
        if spending is None or spending.label is None:
            continue
        name, label = _split_label(spending.label, words)
        if name is not None:
            scene.open(ProjectDraft(name=name, place=words.places))
        scene.project().spending.append(dataclasses.replace(spending, label=label))
    return True


def _split_label(label: Said, words: Words) -> tuple[Said | None, Said]:
    """Split 「臨時交付金対象　60件　総事業費」 into the name of what was paid for and the label of the amount."""
    tokens = [t for t in re.split(r"[\s　]+", label.raw or label.text) if t]
    if len(tokens) < 2 or role_of(tokens[-1]) != "money":
        return None, label
    front = [token for token in tokens[:-1] if not _COUNT.match(fold(token))]
    if not front:
        return None, label
    start = words.text.index(front[0])
    end = words.text.index(front[-1]) + len(front[-1])
    last = words.text.index(tokens[-1])
    return words[start:end].said(), words[last : last + len(tokens[-1])].said() or label


def _report(document: Document, scene: Scene, head: list[Words]) -> Report:
    """Settle what holds for the whole document."""
    scene.forsake()
    for listed in scene.listed.values():
        if not listed.facts:
            scene.said_leave("list", listed.name)
    drafts = _settled(scene)
    text = "".join(words.text for words in document.words())
    bodies = bodies_of(document, head, scene.head.remarks)
    grant = grant_of(head)
    find_increments(drafts)
    date_targets(drafts, target_year(document, scene.near or 0))
    year = scene.head.year or printed_year(head, scene.near or 0) or shown_year(drafts, head, text)
    for draft in drafts:
        draft.grant = draft.grant or grant
        draft.departments = draft.departments or list(scene.head.departments)
        draft.period = draft.period or scene.head.period
    projects = tuple(finish_project(draft, year.year if year else None) for draft in drafts)
    title = next((s for words in head if (s := said(words)) is not None), None)
    return Report(
        projects=projects, title=title, bodies=bodies, fiscal_year=year, unread=tuple(scene.unread)
    )


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
    return [
        draft
        for draft in drafts
        if draft.indicators or draft.spending or draft.kind != "goal" or draft.judged
    ]


def _gathered(indicators: list[IndicatorDraft]) -> list[IndicatorDraft]:
    """Join what is said of one indicator in two places: a list and a table, a name table and the figures below it."""
    out: list[IndicatorDraft] = []
    known: dict[str, IndicatorDraft] = {}
    for draft in indicators:
        if draft.name is None:
            if draft.facts and not (out and _awaits(out[-1]) and merge(out[-1], draft)):
                out.append(draft)
            continue
        same = known.setdefault(fold(draft.name.text), draft)
        again = same is not draft and not (
            same.told == draft.told and same.figured and draft.figured
        )
        if not (again and (merge(same, draft) or not draft.figured)):
            out.append(draft)
    return out


def _awaits(draft: IndicatorDraft) -> bool:
    """Tell whether an indicator has a name and still no figures."""
    return draft.name is not None and not draft.figured
