"""書式の読み. Form sheets: a label, and beside it its value."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.money import SCALES, find_yen
from sosei.core.report import MoneyUnit, Spending
from sosei.core.text import fold, join_lines
from sosei.core.units import is_unit
from sosei.reading.grid import Cell, Words
from sosei.reading.layouts.strangers.amounts import amount_of, lines_of, money_unit, several_of
from sosei.reading.layouts.strangers.drafts import Fact, IndicatorDraft, ProjectDraft
from sosei.reading.layouts.strangers.frames import Part, is_figure
from sosei.reading.layouts.strangers.headings import FIGURES, Heading, understand
from sosei.reading.layouts.strangers.lists import indicator_of
from sosei.reading.layouts.strangers.names import (
    bare_unit,
    indicator_name,
    numbered,
    only_number,
    project_name,
)
from sosei.reading.layouts.strangers.packedcells import listed_in
from sosei.reading.layouts.strangers.rowkinds import COST_LETTER, form_pairs, packed
from sosei.reading.layouts.strangers.scene import Scene
from sosei.reading.layouts.strangers.slashed import roles_of, slashed
from sosei.reading.layouts.strangers.takes import TAKES, is_policy, take
from sosei.reading.layouts.strangers.telling import tell_form, tell_pair
from sosei.reading.layouts.strangers.ticks import ticked
from sosei.reading.layouts.strangers.values import read_cell
from sosei.reading.vocabulary import is_mark

_MARK: Final = re.compile(r"[-‐‑–—―－−─ー…\s]+")

#: What a label says of the indicator at hand.
_FIELDS: Final = FIGURES | {
    "unit",
    "due",
    "rate",
    "definition",
    "statistic",
    "direction",
    "expected",
}

#: Labels whose words may tell of indicators.
TOLD: Final = frozenset({"activities", "remark", "obstacle", "next_policy_reason", "actual"})


#: A year in a cell is no longer than this: 令和5年度（実績見込）.
_YEAR: Final = 14


def read_form(part: Part, scene: Scene) -> None:
    """Read rows of labels and values into the scene; what has no label is left unread."""
    tell_form(scene.told, part)
    name = _names(part, scene)
    for row in part.view.rows:
        pairs = list(form_pairs(part.view, row))
        labelled = {id(cell) for label, cells in pairs for cell in (label, *cells)}
        for label, cells in pairs:
            scene.naming = name is not None and label is not name
            name = name if scene.naming else None
            begun = [cell for cell in cells if part.view.first_row(cell) == row]
            if part.view.first_row(label) == row or begun:
                read_pair(label.words, [cell.words for cell in begun], scene)
        if not pairs and _begin_counted(part, row, scene):
            continue
        for cell in part.view.row(row):
            if id(cell) not in labelled and part.view.first_row(cell) == row:
                scene.money_unit = money_unit(cell.text) or scene.money_unit
                scene.leave("label", cell.words)


#: A project's name as it stands beside its number: 1 | 子育て応援事業.
_PROJECT: Final = re.compile(r"[^。、：:\d０-９]{3,40}(?:事業|プロジェクト|計画)")


def _begin_counted(part: Part, row: int, scene: Scene) -> bool:
    """Begin the project of a row that is its number and its name and nothing else."""
    cells = part.view.row(row)
    if len(cells) != 2 or not re.fullmatch(r"[\d０-９①-⑳]{1,2}[.．]?", cells[0].text.strip()):
        return False
    if not _PROJECT.fullmatch(cells[1].text.strip()):
        return False
    name = project_name(cells[1].words)
    place = (*cells[0].words.places, *cells[1].words.places)
    draft = ProjectDraft(name=name.said, number=only_number(cells[0].text), place=place, sheet=True)
    scene.open(draft)
    scene.adopt(draft)
    return True


def _names(part: Part, scene: Scene) -> Cell | None:
    """Return the label by which a form names its project, where no project of its own table is at hand."""
    if scene.owner is not None and scene.owner.block == scene.block and scene.owner.sheet:
        return None
    pairs = (pair for row in part.view.rows for pair in form_pairs(part.view, row))
    return next(
        (
            label
            for label, cells in pairs
            if understand(label.text).role == "project"
            and not _MEASURE.match(fold(label.text))
            and any(cell.filled for cell in cells)
        ),
        None,
    )


def read_cells(part: Part, scene: Scene) -> None:
    """Read a row of cells that each hold a label and its value."""
    for row in part.view.rows:
        cells = [cell for cell in part.view.row(row) if part.view.first_row(cell) == row]
        for at, cell in enumerate(cells):
            pair = packed(cell.words)
            after = packed(cells[at + 1].words) if at + 1 < len(cells) else None
            figures = after is not None and understand(after[0].text).role in FIGURES
            if pair is not None:
                read_pair(pair[0], [pair[1]], scene)
            elif figures and understand(cell.text).role is None:
                _begin(cell.words, scene)
            else:
                scene.leave("label", cell.words)


def read_pair(label: Words, values: list[Words], scene: Scene) -> None:
    """Read one label with its values."""
    heading = understand(label.text, near=scene.near)
    filled = [words for words in values if words]
    tell_pair(scene.told, label, heading, filled)
    words = _joined(filled)
    role = _role_by(label, heading.role, words)
    if role not in {"money", "fund"}:
        scene.across = len(filled) if _are_years(filled, scene) else 0
    if role in TOLD and read_told(words, scene):
        return
    if role in _FIELDS:
        _read_figure(label, heading, filled, scene)
    elif role in {"money", "fund"}:
        _read_money(label, heading, filled, scene)
    elif role == "project":
        _name_project(label, filled, scene)
    elif role == "indicator":
        _read_indicator(label, filled, scene)
    elif role == "rating" or role in TAKES:
        _take_all(label, role, filled, scene)
    elif filled or role is None:
        _read_other(label, role, filled, scene)


#: Judgements that a mark says, and what the words beside it are: 事業の評価 | Ａ | 開設数は目標を上回った。
_EXPLAINED: Final = {
    "grade": "remark",
    "rating": "remark",
    "expert_judgement": "expert_opinion",
    "next_policy": "next_policy_reason",
}


def _take_all(label: Words, role: str | None, values: list[Words], scene: Scene) -> None:
    """Give the project what a label says of it; behind a mark stand the reasons for it."""
    reasons = _EXPLAINED.get(role or "")
    marked = reasons is not None and len(values) > 1 and is_mark(values[0].text)
    words = values[0] if marked else _joined(values)
    if role == "rating":
        _read_rating(label, words, scene)
    else:
        _take(label, role, words, scene)
    if not marked:
        return
    if reasons == "remark":
        _read_other(label, reasons, values[1:], scene)
    else:
        _take(label, reasons, _joined(values[1:]), scene)


def _are_years(values: list[Words], scene: Scene) -> bool:
    """Tell whether the values of a label are years, which head the amounts of the labels below."""
    return len(values) > 1 and all(
        len(find_years(words.text, near=scene.near)) == 1 and len(words) < _YEAR for words in values
    )


def _role_by(label: Words, role: str | None, words: Words) -> str | None:
    """Return what a label means by the value it has: 方向性 of a policy, 交付金 that is named and not counted, A of a cost."""
    if role == "direction" and fold(label.text) in {"方向性", "方向"} and is_policy(words):
        return "next_policy"
    if role is None and COST_LETTER.fullmatch(label.text) and find_yen(words.text):
        return "money"
    named = "交付金" in words.text and not re.search(r"\d", fold(words.text))
    return "grant" if role in {"money", "fund"} and named else role


def read_told(words: Words, scene: Scene) -> bool:
    """Read the indicators told in the lines of a value, 「・参加者数　86人（目標80人）」; False unless every line tells one."""
    lines = words.lines()
    if len(lines) == 1 and _tell(words, scene) is None:
        lines = [piece for piece in words.split(_LISTED) if piece]
    found = [_tell(line, scene) for line in lines]
    told = [draft for draft in found if draft is not None]
    if told:
        scene.project().indicators += told
    return bool(told) and len(told) == len(lines)


#: A comma between two indicators, not within brackets.
_LISTED: Final = re.compile(
    r"[、,，;；](?![^（(]*[)）])(?!\s*(?:目標|実績|達成率|基準|計画|前年|\d))"
)


def _tell(words: Words, scene: Scene) -> IndicatorDraft | None:
    """Return the indicator that words tell, if they name it and set two of its figures side by side."""
    draft = indicator_of(words, scene.near)
    return draft if draft is not None and draft.name is not None and _compares(draft) else None


def _compares(draft: IndicatorDraft) -> bool:
    """Tell whether a told indicator has a target, a base or another year besides its result."""
    roles = {fact.role for fact in draft.facts if fact.value is None or fact.value.gap is None}
    return draft.numbered and (bool(roles & {"target", "baseline", "rate"}) or len(draft.facts) > 1)


def _read_other(label: Words, role: str | None, values: list[Words], scene: Scene) -> None:
    """Read what a label says of the whole sheet; leave what it says of nothing known."""
    if role == "body":
        scene.head.remarks += [said for words in values if (said := words.said()) is not None]
    elif role == "number":
        scene.head.number = only_number(values[0].text) or scene.head.number
        scene.head.place = values[0].places
    elif role == "remark":
        lines = [line for words in values for line in words.lines()]
        scene.project().remarks += [said for line in lines if (said := line.said()) is not None]
    else:
        scene.money_unit = money_unit(label.text) or scene.money_unit
        scene.leave("label", _joined([label, *values]))


#: What a sheet may say of its project before it names it.
_WAITING: Final = frozenset({"department", "period", "grant", "grant_type"})


def _take(label: Words, role: str | None, words: Words, scene: Scene) -> None:
    """Give the project, or before there is one the head of the sheet, what a label says of it."""
    waits = scene.wait() if scene.naming and role in _WAITING else None
    owner = (
        waits
        or _before(role, scene)
        or scene.at_hand()
        or (scene.wait() if scene.block else scene.head)
    )
    if not take(owner, role, words, scene, name=join_lines(label.text)) and words:
        scene.leave("label", words)


def _before(role: str | None, scene: Scene) -> ProjectDraft | None:
    """Return who a label is of that opens a new sheet before the project is named; None where it is the project at hand."""
    owner = scene.owner
    if owner is None or not owner.sheet or owner.block == scene.block:
        return None
    taken = {
        "department": bool(owner.departments),
        "period": owner.period is not None,
        "grant": owner.grant is not None,
        "grant_type": owner.grant_type is not None,
    }
    if not taken.get(role or "") or not (owner.indicators or owner.spending):
        return None
    return scene.wait()


def _joined(parts: list[Words]) -> Words:
    return parts[0] if len(parts) == 1 else Words.joined(parts, "\n")


def _name_project(label: Words, values: list[Words], scene: Scene) -> None:
    """Begin the project that a form is of; its number may stand in a cell before the name.

    The measure that a project serves (施策名 beside 事務事業名) is a group above it, before its name or after.
    """
    values = [words for words in values if not _MARK.fullmatch(words.text)]
    if not values:
        return
    measure = bool(_MEASURE.match(fold(label.text)))
    if _above(measure, values, scene):
        return
    number = (
        only_number(values[0].text)
        if len(values) > 1 and re.fullmatch(r"[\d①-⑳.]{1,4}", values[0].text.strip())
        else None
    )
    words = values[1] if number else values[0]
    name = project_name(words)
    head = scene.head
    place = (
        *(values[0].places if number else ()),
        *(head.place if head.number else ()),
        *words.places,
    )
    draft = ProjectDraft(
        name=name.said,
        number=number or name.number or head.number,
        departments=list(name.departments),
        place=place,
        sheet=True,
        measure=measure,
    )
    draft.grant_type = name.grant_type
    head.number = None
    if scene.owner is not None and scene.owner.name is None and not scene.owner.indicators:
        scene.owner.name, scene.owner.number = draft.name, draft.number or scene.owner.number
        scene.owner.departments += draft.departments
        scene.owner.sheet, scene.owner.place = True, (*scene.owner.place, *draft.place)
        scene.adopt(scene.owner)
        return
    again = scene.known(draft)
    if again is not None:
        again.sheet, again.block, scene.owner = True, scene.block, again
        again.listed = tuple(again.spending)
    else:
        scene.open(draft)
    scene.adopt(again or draft)


#: Labels of what stands above a project.
_MEASURE: Final = re.compile(r"(?:基本|個別|主要|重点)?(?:施策|政策)(?:の?名称?|項目)?$")


def _above(measure: bool, values: list[Words], scene: Scene) -> bool:
    """Let a measure stand above the project of the same sheet; True where the name was only that."""
    owner = scene.owner
    if owner is None or owner.name is None or not owner.sheet or owner.indicators or owner.spending:
        return False
    if measure and not owner.measure:
        name = project_name(values[-1]).said
        owner.group = (*owner.group, name) if name is not None else owner.group
        return True
    if owner.measure and not measure:
        owner.group, owner.name, owner.number = (*owner.group, owner.name), None, None
        owner.measure = False
    return False


def _read_money(label: Words, heading: Heading, values: list[Words], scene: Scene) -> None:
    """Read the amounts of a label: one, or lines of label and amount."""
    project = scene.project()
    unit = _money_unit(label, project, scene)
    scene.money_unit = scene.money_unit if values else unit  # of the table within or below
    if len(values) == 2 and (beside := join_lines(values[1].text)) in SCALES:
        unit, values = beside, values[:1]
    values = _told(values, scene)
    label = numbered(label)[1] or label
    name = label.said(re.sub(r"[\s　]*[（(]?単位.*$", "", join_lines(label.text)) or None)
    for words in values:
        if several := several_of(label, words):
            project.spending += several
            continue
        lines = [(line, lines_of(line, name)) for line in words.lines()]
        if any(spent for _, spent in lines):
            for line, spent in lines:
                project.spending += spent
                if not spent:
                    scene.leave("money", line)
            continue
        amount = amount_of(
            words, name, unit=unit, year=heading.year, fund=name if heading.role == "fund" else None
        )
        if amount is not None and amount.yen is not None:
            if not _listed(project, amount):
                project.spending.append(amount)
        elif not _MARK.fullmatch(words.text):
            scene.leave("money", words)


def _money_unit(label: Words, project: ProjectDraft, scene: Scene) -> MoneyUnit | None:
    """Return the unit of a label's amount: its own, the sheet's, or that of the amount it is a part of."""
    unit = money_unit(label.text) or scene.money_unit
    if unit is None and _WITHIN.match(label.text) and project.spending:
        return project.spending[-1].unit
    return unit


#: A part of the amount before it.
_WITHIN: Final = re.compile(r"[\s　（(]*(?:うち|内訳|内)")


def _told(values: list[Words], scene: Scene) -> list[Words]:
    """Return values without bare figures where there are several: the columns of a table, whose headers are not here."""
    bare = [w for w in values if is_figure(w.text) and not find_yen(w.text)]
    if len(bare) < 2 or len(values) == scene.across:
        return values
    for words in bare:
        scene.leave("money", words)
    return [words for words in values if words not in bare]


def _listed(project: ProjectDraft, amount: Spending) -> bool:
    """Tell whether a list before the sheet gave the project the same amount under the same label."""
    return any(
        one.yen == amount.yen and one.label and amount.label and one.label.text == amount.label.text
        for one in project.listed
    )


def _read_indicator(label: Words, values: list[Words], scene: Scene) -> None:
    """Begin the indicators that a label names: each line a sentence with its figures, or a mere name."""
    roles = roles_of(label.text)
    for words in values:
        listed = listed_in(words, Heading()) if len(words.lines()) > 1 else []
        if len(listed) < len(words.lines()) and any(d.numbered for d in listed):
            scene.project().indicators += listed
            continue
        for line in pieces_of(words):
            told = slashed(line, roles, scene.near) if roles is not None else None
            told = told or indicator_of(line, scene.near)
            if told is not None:
                scene.project().indicators.append(told)
            else:
                _begin(line, scene, fold(label.text))


def _begin(line: Words, scene: Scene, family: str = "") -> None:
    name = indicator_name(line)
    if name.said is None or _MARK.fullmatch(name.said.text) or len(name.said.text) > 80:
        scene.leave("label", line)
        return
    draft = IndicatorDraft(
        name=name.said,
        number=name.number,
        unit=name.unit,
        definition=name.definition,
        family=family,
        place=line.places,
    )
    scene.project().indicators.append(draft)


def pieces_of(words: Words) -> list[Words]:
    """Return the lines of a cell, and of a line that numbers several things (①… ②…) each by itself."""
    pieces = [piece for line in words.lines() for piece in line.split(_CIRCLED) if piece]
    return pieces if len(pieces) > 1 else words.lines()


_CIRCLED: Final = re.compile(r"[\s　、／/]*(?=[①-⑳])")


def _spread(heading: Heading, words: Words, scene: Scene) -> bool:
    """Give each of several indicators its own figure by the number before it: ①320人 ②450千円."""
    drafts = {draft.number: draft for draft in scene.project().indicators[-20:] if draft.number}
    pieces = [numbered(piece) for piece in pieces_of(words)]
    if len(pieces) < 2 or not all(number in drafts and rest for number, rest in pieces):
        return False
    for number, rest in pieces:
        draft = drafts[number or ""]
        if heading.role == "rate":
            draft.facts.append(Fact(role="rate", said=rest.said(), year=heading.year))
        elif heading.role in FIGURES:
            _add_figures(heading, [rest], draft, scene)
        elif heading.role == "unit":
            draft.unit = draft.unit or bare_unit(rest.text)
    return True


def _read_figure(label: Words, heading: Heading, values: list[Words], scene: Scene) -> None:
    """Add what a label says of the indicator at hand: the one that a line above announced, or the last."""
    announced = scene.take_named()
    if announced is not None:
        scene.project().indicators.append(announced)
    scene.figured = scene.block
    drafts = scene.project().indicators if scene.owner is not None else []
    words = _joined(values)
    if heading.role == "expected":
        scene.expected = join_lines(words.text) or scene.expected
        return
    if not drafts:
        scene.leave("label", _joined([label, *values]))
        return
    draft = drafts[-1]
    if len(drafts) > 1 and _spread(heading, words, scene):
        return
    if heading.role in FIGURES:
        _add_figures(heading, values, draft, scene)
    elif heading.role == "unit":
        draft.unit = draft.unit or bare_unit(words.text) or None
    elif heading.role == "due":
        _date(words, draft, scene)
    elif heading.role == "rate" and words:
        draft.facts.append(Fact(role="rate", said=words.said(), year=heading.year))
    elif words:
        setattr(draft, heading.role or "", getattr(draft, heading.role or "") or words.said())


def _add_figures(
    heading: Heading, values: list[Words], draft: IndicatorDraft, scene: Scene
) -> None:
    """Add the figure of a label; a year or unit may stand in a cell of its own beside it."""
    roles = {"current": "baseline", "forecast": "actual", "increment": "target", "figure": "target"}
    role = roles.get(heading.role or "", heading.role or "")
    year = heading.year
    beside = next((join_lines(w.text) for w in values[1:2] if is_unit(join_lines(w.text))), None)
    draft.unit = draft.unit or beside
    for words in values:
        found = find_years(words.text, near=scene.near)
        if len(found) == 1 and found[0].end - found[0].start >= len(fold(words.text)) - 2:
            year = found[0].fiscal_year
    for cell in values:
        words, own = _led_by_year(cell, scene.near)
        year = year if own is None else own
        reading = read_cell(words, draft.unit or heading.unit, scene.near)
        year = reading.year if year is None else year
        if reading.value.number is None and find_years(words.text, near=scene.near):
            continue
        value = dataclasses.replace(
            reading.value,
            unit=reading.value.unit or (heading.unit if heading.unit != draft.unit else None),
        )
        draft.facts.append(
            Fact(
                role=role,
                value=value,
                year=year,
                label=heading.label,
                shift=heading.shift,
            )
        )
        return
    if any(find_figures(_led_by_year(words, scene.near)[0].text) for words in values):
        scene.leave("label", _joined(values))


def _led_by_year(words: Words, near: int | None) -> tuple[Words, int | None]:
    """Split the year that a figure begins with: 「H26　850,000」."""
    found = find_years(words.text, near=near)
    if len(found) != 1 or found[0].start:
        return words, None
    plain = words[found[0].end :].strip(" 　:：（()）年度末")
    return (plain, found[0].fiscal_year) if plain else (words, None)


def _date(words: Words, draft: IndicatorDraft, scene: Scene) -> None:
    found = find_years(words.text, near=scene.near)
    for fact in draft.facts if len(found) == 1 else []:
        if fact.role == "target" and fact.year is None:
            fact.year, fact.due = found[0].fiscal_year, join_lines(words.text)


#: Labels of how far one indicator has come.
_REACHED: Final = re.compile("達成|進捗")


def _read_rating(label: Words, words: Words, scene: Scene) -> None:
    """Keep a judgement: of the project, by the label's name."""
    chosen = ticked(words)
    found = (words if chosen is None else chosen).said()
    if found is not None and scene.figured == scene.block and _REACHED.search(fold(label.text)):
        last = scene.project().indicators[-1:]
        if last and last[0].rating is None and is_mark(found.text):
            last[0].rating = found
            return
    if found is not None and not _MARK.fullmatch(found.text):
        scene.project().scales.setdefault(join_lines(label.text), found)
