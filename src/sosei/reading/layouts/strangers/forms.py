"""書式の読み. Form sheets: a label, and beside it its value."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from sosei.core.fiscal import find_years
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.amounts import amount_of, line_of, money_unit
from sosei.reading.layouts.strangers.drafts import Fact, IndicatorDraft, ProjectDraft
from sosei.reading.layouts.strangers.frames import Part, form_pairs
from sosei.reading.layouts.strangers.headings import FIGURES, Heading, understand
from sosei.reading.layouts.strangers.lists import indicator_of
from sosei.reading.layouts.strangers.names import indicator_name, only_number, project_name
from sosei.reading.layouts.strangers.scene import Scene
from sosei.reading.layouts.strangers.takes import TAKES, take
from sosei.reading.layouts.strangers.values import read_cell

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


def read_form(part: Part, scene: Scene) -> None:
    """Read rows of labels and values into the scene; what has no label is left unread."""
    for row in part.view.rows:
        pairs = list(form_pairs(part.view, row))
        labelled = {id(cell) for label, cells in pairs for cell in (label, *cells)}
        for label, cells in pairs:
            begun = [cell for cell in cells if part.view.first_row(cell) == row]
            if part.view.first_row(label) == row or begun:
                read_pair(label.words, [cell.words for cell in begun], scene)
        for cell in part.view.row(row):
            if id(cell) not in labelled and part.view.first_row(cell) == row:
                scene.leave("label", cell.words)


def read_pair(label: Words, values: list[Words], scene: Scene) -> None:
    """Read one label with its values."""
    heading = understand(label.text, near=scene.near)
    filled = [words for words in values if words]
    words = _joined(filled)
    role = heading.role
    if role in _FIELDS:
        _read_figure(label, heading, filled, scene)
    elif role in {"money", "fund"}:
        _read_money(label, heading, filled, scene)
    elif role == "project":
        _name_project(filled, scene)
    elif role == "indicator":
        _read_indicator(filled, scene)
    elif role == "rating":
        _read_rating(label, words, scene)
    elif role in TAKES:
        _take(label, role, words, scene)
    elif filled or role is None:
        _read_other(label, role, filled, scene)


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
        scene.leave("label", _joined([label, *values]))


def _take(label: Words, role: str | None, words: Words, scene: Scene) -> None:
    """Give the project, or before there is one the head of the sheet, what a label says of it."""
    owner = scene.owner if scene.owner is not None else scene.head
    if not take(owner, role, words, scene, name=join_lines(label.text)) and words:
        scene.leave("label", words)


def _joined(parts: list[Words]) -> Words:
    return parts[0] if len(parts) == 1 else Words.joined(parts, "\n")


def _name_project(values: list[Words], scene: Scene) -> None:
    """Begin the project that a form is of; its number may stand in a cell before the name."""
    values = [words for words in values if not _MARK.fullmatch(words.text)]
    if not values:
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
    )
    head.number = None
    if scene.owner is not None and scene.owner.name is None and not scene.owner.indicators:
        scene.owner.name, scene.owner.number = draft.name, draft.number or scene.owner.number
        scene.owner.departments += draft.departments
        scene.owner.sheet, scene.owner.place = True, (*scene.owner.place, *draft.place)
        return
    scene.open(draft)


def _read_money(label: Words, heading: Heading, values: list[Words], scene: Scene) -> None:
    """Read the amounts of a label: one, or lines of label and amount."""
    project = scene.project()
    unit = money_unit(label.text) or scene.money_unit
    name = label.said(re.sub(r"[\s　]*[（(]?単位.*$", "", join_lines(label.text)) or None)
    for words in values:
        lines = [(line, line_of(line)) for line in words.lines()]
        if any(spent for _, spent in lines):
            project.spending += [spent for _, spent in lines if spent is not None]
            for line, spent in lines:
                if spent is None:
                    scene.leave("money", line)
            continue
        amount = amount_of(
            words, name, unit=unit, year=heading.year, fund=name if heading.role == "fund" else None
        )
        if amount is not None and amount.yen is not None:
            project.spending.append(amount)
        elif not _MARK.fullmatch(words.text):
            scene.leave("money", words)


def _read_indicator(values: list[Words], scene: Scene) -> None:
    """Begin the indicators that a label names: each line a sentence with its figures, or a mere name."""
    for words in values:
        for line in words.lines():
            told = indicator_of(line, scene.near)
            if told is not None:
                scene.project().indicators.append(told)
            else:
                _begin(line, scene)


def _begin(line: Words, scene: Scene) -> None:
    name = indicator_name(line)
    if name.said is None or _MARK.fullmatch(name.said.text) or len(name.said.text) > 80:
        scene.leave("label", line)
        return
    draft = IndicatorDraft(name=name.said, number=name.number, unit=name.unit, place=line.places)
    scene.project().indicators.append(draft)


def _read_figure(label: Words, heading: Heading, values: list[Words], scene: Scene) -> None:
    """Add what a label says of the indicator at hand."""
    drafts = scene.project().indicators if scene.owner is not None else []
    words = _joined(values)
    if heading.role == "expected":
        scene.expected = join_lines(words.text) or scene.expected
        return
    if not drafts:
        scene.leave("label", _joined([label, *values]))
        return
    draft = drafts[-1]
    if heading.role in FIGURES:
        _add_figures(heading, values, draft, scene)
    elif heading.role == "unit":
        draft.unit = draft.unit or join_lines(words.text).strip("（）() ") or None
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
    for words in values:
        found = find_years(words.text, near=scene.near)
        if len(found) == 1 and found[0].end - found[0].start >= len(fold(words.text)) - 2:
            year = found[0].fiscal_year
    for words in values:
        reading = read_cell(words, draft.unit or heading.unit, scene.near)
        year = reading.year if year is None else year
        if reading.value.number is None and find_years(words.text, near=scene.near):
            continue
        value = dataclasses.replace(
            reading.value,
            unit=reading.value.unit or (heading.unit if heading.unit != draft.unit else None),
        )
        firm = reading.plain and heading.role in {"baseline", "target", "actual"}
        draft.facts.append(
            Fact(
                role=role,
                value=value,
                year=year,
                label=heading.label,
                shift=heading.shift,
                firm=firm and not heading.shift,
            )
        )
        break


def _date(words: Words, draft: IndicatorDraft, scene: Scene) -> None:
    found = find_years(words.text, near=scene.near)
    for fact in draft.facts if len(found) == 1 else []:
        if fact.role == "target" and fact.year is None:
            fact.year, fact.due = found[0].fiscal_year, join_lines(words.text)


def _read_rating(label: Words, words: Words, scene: Scene) -> None:
    """Keep a judgement: of the project, by the label's name."""
    found = words.said()
    if found is not None and not _MARK.fullmatch(found.text):
        scene.project().scales.setdefault(join_lines(label.text), found)
