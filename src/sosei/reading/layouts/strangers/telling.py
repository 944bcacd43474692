"""判断を控える. Notes what the tables, forms and sentences of other bodies' reports were taken for, as it is decided."""

from __future__ import annotations

from sosei.core.report import Places, Said
from sosei.core.text import join_lines
from sosei.reading.grid import Cell, Words
from sosei.reading.layouts.strangers.columns import Column, Table, is_title, role_of_row
from sosei.reading.layouts.strangers.drafts import Fact, IndicatorDraft, ProjectDraft
from sosei.reading.layouts.strangers.frames import Part
from sosei.reading.layouts.strangers.headings import Heading
from sosei.reading.layouts.told import Block, Check, Taken, Told

#: How much of a sentence is repeated.
_SHORT = 40


def tell_table(told: Told | None, part: Part, table: Table, above: str, *, read: bool) -> None:
    """Note a table, what its columns were taken for, and the titles of its rows."""
    if told is None:
        return
    block = told.begin(
        "table",
        name=part.view.grid.name.text,
        above=join_lines(above),
        skipped=not read,
        turned=part.view.transposed,
        place=_beginning(part),
    )
    columns = [_column(table, column) for column in table.columns if column.words or column.role]
    block.taken += [taken for taken in columns if taken.words or taken.count]
    _tell_titles(block, table)


def _beginning(part: Part) -> Places:
    cells = (cell for row in part.view.rows for cell in part.view.row(row))
    first = next(cells, None)
    return first.words.places if first is not None else ()


def _column(table: Table, column: Column) -> Taken:
    heading = column.heading
    return Taken(
        words=_levels(heading),
        field=_field(table, column),
        known=heading.known,
        whole=heading.whole,
        turns=tuple(step for index, step in table.turns if index == column.index),
        year=heading.year,
        unit=heading.unit,
        count=len(table.cells(column.index)),
        place=column.words.places,
    )


def _field(table: Table, column: Column) -> str | None:
    """Return what a column was taken for: titles of rows, values that the rows' titles name, or what its header names."""
    if column.index in table.titles:
        return "row title"
    return "dated" if table.titles and not column.role and column.heading.dated else column.role


def _levels(heading: Heading) -> str:
    """Return the words of a column's headers, the upper ones apart from the lowest."""
    upper, text = heading.upper, heading.text
    lower = text.removeprefix(upper)
    return f"{upper}／{lower}" if upper and lower and lower != text else text


def _tell_titles(block: Block, table: Table) -> None:
    """Note the titles of rows, each wording once: 目標値, 実績値, 達成度 down a column."""
    seen: dict[str, list[Cell]] = {}
    for index in table.titles:
        for cell in table.cells(index):
            if is_title(cell.text):
                seen.setdefault(join_lines(cell.text), []).append(cell)
    for text, cells in seen.items():
        meant = role_of_row(cells[0].text, None)
        if meant is not None:
            block.taken.append(_label(cells[0].words, text, meant, len(cells)))


def _label(words: Words, text: str, heading: Heading, count: int) -> Taken:
    return Taken(
        words=text,
        field=heading.role,
        known=heading.known,
        whole=heading.whole,
        year=heading.year,
        unit=heading.unit,
        count=count,
        across=True,
        place=words.places,
    )


def tell_form(told: Told | None, part: Part) -> None:
    """Note that a form begins."""
    if told is not None:
        told.begin("form", name=part.view.grid.name.text, place=_beginning(part))


def tell_pair(told: Told | None, label: Words, heading: Heading, values: list[Words]) -> None:
    """Note what a label was taken for, in a form or in a line of text."""
    if told is None:
        return
    block = told.within("text", "form")
    block.place = block.place or label.places
    block.taken.append(_label(label, join_lines(label.text), heading, len(values)))


def tell_sentence(told: Told | None, draft: IndicatorDraft) -> None:
    """Note an indicator that a sentence or an item of a list tells with its figures."""
    if told is None:
        return
    block = told.within("text")
    block.place = block.place or draft.place
    name = draft.name.text if draft.name else ""
    facts = "、".join(_figure(fact) for fact in draft.facts)
    block.taken.append(
        Taken(words=name[:_SHORT], field="sentence", known=facts, count=1, place=draft.place)
    )


def tell_heading(told: Told | None, draft: ProjectDraft) -> None:
    """Note that a heading was taken for the name of a project, or of a goal above projects."""
    if told is not None and draft.name is not None:
        kind = "heading project" if draft.kind == "result" else "heading goal"
        told.begin("text", place=draft.place).taken.append(
            Taken(words=draft.name.text, field=kind, count=1, place=draft.place)
        )


def tell_money(told: Told | None, words: Words, label: Said) -> None:
    """Note a line that was taken for an amount of money."""
    if told is not None:
        block = told.within("text")
        block.place = block.place or words.places
        taken = Taken(words=label.text, field="money", count=1, place=words.places)
        block.taken.append(taken)


def tell_agreement(
    told: Told | None, check: Check, draft: IndicatorDraft, facts: list[Fact]
) -> None:
    """Note figures of an indicator that confirm each other; a rate comes first."""
    if told is None:
        return
    name = draft.name.text if draft.name else ""
    places = (place for fact in facts if fact.value is not None for place in fact.value.place)
    told.agree(check, name, (_figure(fact) for fact in facts), tuple(places))


def _figure(fact: Fact) -> str:
    """Return a figure as it is written."""
    if fact.value is None:
        return fact.said.text if fact.said is not None else ""
    value = fact.value
    said = value.raw or value.text or (f"{value.number:,f}" if value.number is not None else "－")
    return join_lines(said)
