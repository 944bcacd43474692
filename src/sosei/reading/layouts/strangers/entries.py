"""記入値. The figures of a row: each cell means what its column and its row say together."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from sosei.core.fiscal import find_years
from sosei.core.report import Place, Value
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Run, Words
from sosei.reading.layouts.strangers.columns import TOLD, Column, nearest
from sosei.reading.layouts.strangers.dates import dated_by
from sosei.reading.layouts.strangers.drafts import Fact
from sosei.reading.layouts.strangers.frames import View
from sosei.reading.layouts.strangers.headings import FIGURES, NUMBER, Heading, understand
from sosei.reading.layouts.strangers.layered import dated_lines, layers
from sosei.reading.layouts.strangers.lists import indicator_of
from sosei.reading.layouts.strangers.names import numbered
from sosei.reading.layouts.strangers.paired import halves
from sosei.reading.layouts.strangers.rows import (
    Rows,
    first_year,
    line_of_cell,
    stacked,
    unit_at,
    year_at,
)
from sosei.reading.layouts.strangers.slashed import roles_of, sides_of
from sosei.reading.layouts.strangers.values import read_cell, years_of

_MARK: Final = re.compile(r"[-‐‑–—―−－─ー…\s]+")

#: What a column may hold two of in each cell.
_PAIRED: Final = frozenset({"baseline", "target", "actual"})
_ARROW: Final = re.compile("[→⇒➡]")
#: Stands for the name before the figures of a cell; it is nowhere in the source.
_NAMELESS: Final = Words("-：", (Run(2, Place()),))
_STROKE: Final = re.compile("[／/]")


def read_figures(rows: Rows, row: int, title: Heading | None) -> None:
    """Read every cell of figures in a row."""
    draft = rows.indicator
    if draft is None:
        return
    table, stack = rows.table, stacked(rows, row)
    for column in table.told if title is None else table.untitled:
        cell = table.view.at(row, column.index)
        if cell is not None and table.view.first_row(cell) != row:
            continue
        words = line_of_cell(rows, cell.words) if cell is not None else Words()
        layered = _layered(column.heading, stack, words)
        for meant, part in layered or _parts(column.heading, title, words, rows.scene.near):
            if meant.role in {"rate", "rating"}:
                _read_rate(rows, row, column, meant, part)
            else:
                _read_figure(rows, row, column, meant, part)


def _layered(
    column: Heading, stack: tuple[Heading, Heading] | None, words: Words
) -> list[tuple[Heading, Words]]:
    """Return the two lines of a cell, each with what the legend 上段：目標 下段：実績 says of it."""
    lines = words.lines() if stack is not None else []
    if stack is None or len(lines) != 2 or not (column.dated or column.role in FIGURES):
        return []
    bare = [line.strip("（）() 　") for line in lines]
    return [(_own(column, label), part) for label, part in zip(stack, bare, strict=True)]


def _parts(
    column: Heading, title: Heading | None, words: Words, near: int | None
) -> list[tuple[Heading, Words]]:
    """Return what a cell holds and what each part means: one figure, or several that say themselves which they are."""
    meant = _meaning(column, title)
    if NUMBER.fullmatch(words.text):
        return [(meant, words)] if meant is not None else []
    if meant is not None and meant.role in FIGURES and (lines := dated_lines(words, near)):
        return [(dataclasses.replace(meant, year=label.year), part) for label, part in lines]
    if column.dated or column.role in FIGURES:
        told = layers(words)
        if len(told) > 1 or (told and told[0][0].role in {"target", "actual"}):
            return [(_own(column, label), part) for label, part in told]
    if meant is not None and meant.role in FIGURES and _STROKE.search(column.text):
        roles = roles_of(column.text)
        sides = sides_of(words) if roles is not None else []
        if roles is not None and sides:
            heads = [dataclasses.replace(meant, role=role, also=None) for role in roles]
            return list(zip(heads, sides, strict=True))
    if meant is None:
        return []
    both = _two(meant)
    two = halves(words) if both else []
    if two:
        return [
            (dataclasses.replace(meant, role=role, also=None), part)
            for role, part in zip(both, two, strict=True)
        ]
    return [(meant, words)]


def _two(meant: Heading) -> list[str]:
    """Return the roles of the two figures that a column's cells may hold; 実績／目標 is a rate only where its cells hold one."""
    if meant.role == "rate":
        roles = [understand(side).role for side in re.split("[/／]", meant.text)]
        both = [role for role in roles if role in _PAIRED]
    else:
        both = [role for role in (meant.role, meant.also) if role in _PAIRED]
    return both if len(set(both)) == len(both) == 2 else []


def _own(column: Heading, label: Heading) -> Heading:
    """Return what a part of a cell means by its own label under its column's year."""
    year = label.year if label.year is not None else column.year
    return dataclasses.replace(label, year=year, label=label.label or column.label)


def _meaning(column: Heading, title: Heading | None) -> Heading | None:
    """Return what a column and a row's title say together of a figure."""
    if title is not None and (
        column.role in {None, "figure", "current", "due", "when"}
        or (column.role == "forecast" and title.role == "target")
    ):
        if column.role is None and not column.dated:
            return None
        merged = (
            dataclasses.replace(column, role=None).under(title)
            if column.role != "figure"
            else title.under(column)
        )
        return dataclasses.replace(
            merged,
            role="target" if title.role == "increment" else title.role,
            year=column.year or title.year,
        )
    if title is not None and column.role == "actual" and title.role == "cumulative":
        return dataclasses.replace(column, role="cumulative")
    return column if column.role in TOLD else None


def _read_figure(rows: Rows, row: int, column: Column, meant: Heading, words: Words) -> None:
    """Add a figure to the row's indicator."""
    draft = rows.indicator
    assert draft is not None
    unit = _unit_beside(rows, row, column) or meant.unit
    told = (
        indicator_of(Words.joined([_NAMELESS, words]), rows.scene.near)
        if _ARROW.search(words.text)
        else None
    )
    if told is not None and (sides := _sides(column.heading.text)):
        for fact, role in zip(told.facts, sides, strict=False):
            fact.role = role
            _keep(rows, column, fact)
        return
    if told is not None:
        draft.facts += [fact for fact in told.facts if fact.value is not None]
        return
    reading = read_cell(words, draft.unit if unit is None else unit, rows.scene.near)
    value = reading.value
    if unit is not None and value.number is not None and value.unit is None and unit != draft.unit:
        value = dataclasses.replace(value, unit=unit)
    role = "actual" if meant.role == "forecast" else meant.role or ""
    if meant.role == "forecast" and value.number is not None:
        value = dataclasses.replace(value, state="forecast")
    if meant.as_of and role == "actual" and value.number is not None:
        value = dataclasses.replace(value, as_of=join_lines(meant.as_of))
    draft.increments = draft.increments or meant.increment
    due, year = _due_beside(rows, row, column)
    year = first_year(year, reading.year, year_at(rows, row))
    if reading.running and role == "actual":
        role = "cumulative"
    fact = Fact(
        role=role,
        value=value,
        year=meant.year if meant.year is not None else year,
        due=due,
        label=meant.label,
        shift=meant.shift,
    )
    _keep(rows, column, fact)
    _keep_second(rows, column, fact, reading.second, reading.second_words)


def _sides(header: str) -> list[str]:
    """Return the roles on both sides of an arrow in a header: 「目標 → 実績」."""
    roles = [understand(side).role for side in _ARROW.split(header)]
    kept = [role for role in roles if role in {"baseline", "target", "actual", "current"}]
    same = {"current": "baseline"}
    return [same.get(role, role) for role in kept] if len(roles) == len(kept) == 2 else []


#: The year's part of a running total, in brackets behind it: （うちR3：7件）.
_PART: Final = re.compile(r"(?:うち|内)[^、。]{0,4}(?:年度?|[RHＲＨ][\d０-９元]|当該|単年)")


def _keep_second(rows: Rows, column: Column, fact: Fact, second: Value | None, words: str) -> None:
    """Keep a second figure of a cell where it says what it is: the year's part of a running total, or the total."""
    if second is None or second.number is None:
        return
    fact = dataclasses.replace(fact, value=second)
    beside = column.heading.beside
    if beside is not None and column.heading.also in {fact.role, None}:
        _keep(rows, column, dataclasses.replace(fact, year=beside))
        return
    if fact.role == "actual" and column.heading.cumulative and _PART.search(words):
        rows.made[column.index][-1].role = fact.role = "cumulative"
        years = find_years(words, near=rows.scene.near)
        fact.year = years[0].fiscal_year if len(years) == 1 else fact.year
    if fact.role == "cumulative" and re.search(r"うち|内|単年|当該|年度", words):
        _keep(rows, column, dataclasses.replace(fact, role="actual", value=second, label=None))
    elif (
        column.heading.also in {"target", "actual"}
        and column.heading.also != fact.role
        and not words.strip("0123456789０-９,，.．人件社％%回千万円 ")
    ):
        _keep(rows, column, dataclasses.replace(fact, role=column.heading.also, value=second))
    elif fact.role == "actual" and re.search(r"累計|累積|通算", words):
        _keep(rows, column, dataclasses.replace(fact, role="cumulative"))


def _keep(rows: Rows, column: Column, fact: Fact) -> None:
    assert rows.indicator is not None
    rows.indicator.facts.append(fact)
    rows.kept += 1
    rows.made.setdefault(column.index, []).append(fact)
    rows.undated.setdefault(column.index, []).append(fact)


def _unit_beside(rows: Rows, row: int, column: Column) -> str | None:
    """Return the unit in the unit column that belongs to this column of figures, where each has its own."""
    units = rows.table.of("unit")
    if len(units) < 2:
        return None
    own = next((c for c in units if nearest(rows.table.columns, c.index) == column), None)
    return unit_at(rows, row, own) if own is not None else None


def _due_beside(rows: Rows, row: int, column: Column) -> tuple[str | None, int | None]:
    """Return the date in the date column that belongs to this column of figures, as printed and as a fiscal year."""
    for dates in rows.table.of("due", "when"):
        cell = rows.table.view.at(row, dates.index)
        if cell is None or not cell.filled or column not in dated_by(rows.table, dates):
            continue
        found = years_of(cell.text, rows.scene.near)
        if len(found) == 1:
            printed = join_lines(cell.text) if column.role == "target" else None
            return printed, found[0]
    return None, None


def _read_rate(rows: Rows, row: int, column: Column, meant: Heading, words: Words) -> None:
    """Add a printed achievement rate or rating."""
    draft = rows.indicator
    said_words = words.said()
    if draft is None or said_words is None or _MARK.fullmatch(said_words.text):
        return
    if meant.role == "rating" and _of_project(rows, row, column):
        rows.scene.project().judge("grade", said_words)
        return
    if meant.role == "rate" and not re.search(r"\d", fold(said_words.text)):
        meant = dataclasses.replace(meant, role="rating")
    if meant.role == "rating" and first_year(meant.year, year_at(rows, row)) is None:
        draft.rating = draft.rating or _unnumbered(words, draft.number).said()
        return
    _keep(
        rows,
        column,
        Fact(
            role=meant.role or "",
            said=said_words,
            year=first_year(meant.year, year_at(rows, row)),
            label=meant.label,
        ),
    )


def _unnumbered(words: Words, number: str | None) -> Words:
    """Return a rating without the number that its indicator has: ①達成."""
    own = number is not None and words.text.strip().startswith(number)
    return numbered(words)[1] if own and number in _CIRCLED else words


_CIRCLED: Final = tuple("①②③④⑤⑥⑦⑧⑨⑩")


def _of_project(rows: Rows, row: int, column: Column) -> bool:
    """Tell whether a rating spans its project's rows, so that it is the project's and not the indicator's."""
    cell = rows.table.view.at(row, column.index)
    if not rows.table.of("project") or cell is None or rows.project_cell is None:
        return False
    figures = [c.index for c in rows.table.columns if c.role in FIGURES or c.heading.dated]
    height = rows.table.view.height
    own = height(rows.name_cell) if rows.name_cell is not None else 1
    if _spans_projects(rows, column) and height(cell) == height(rows.project_cell):
        return True
    tall = height(cell) > own and height(cell) == height(rows.project_cell)
    alone = height(cell) == own == height(rows.project_cell) and bool(rows.table.of("indicator"))
    tall = tall or (alone and _spans(rows, column))
    named = "事業" in column.heading.text and column.heading.also != "indicator"
    return tall or not figures or (named and column.index > max(figures))


def _spans(rows: Rows, column: Column) -> bool:
    """Tell whether the ratings of a column are those of projects with several indicators, in rows or in one cell."""
    known = rows.found.get(f"spans {column.index}")
    if known is None:
        table = rows.table
        project, name = table.of("project")[-1].index, table.of("indicator")[-1].index
        several = [
            one for row in table.view.rows
            if (one := _stack(table.view, row, project, name, column.index)) is not None
        ]  # fmt: skip
        known = rows.found[f"spans {column.index}"] = bool(several) and all(several)
    return known


def _stack(view: View, row: int, project: int, name: int, rating: int) -> bool | None:
    """Tell whether a rating is the project's of a row with several indicators; None where it has one."""
    whole, one, judged = (view.at(row, at) for at in (project, name, rating))
    if whole is None or one is None or judged is None:
        return None
    if view.height(one) < view.height(whole):
        return view.height(judged) == view.height(whole)
    listed = [numbered(line)[0] for line in one.words.lines()]
    if len(listed) < 2 or None in listed:
        return None
    return len(judged.words.lines()) == 1


def _spans_projects(rows: Rows, column: Column) -> bool:
    """Tell whether a cell of a column spans all rows of a project of several indicators: so does the column, by its sense."""
    key = f"tall {column.index}"
    if key not in rows.found:
        height, table = rows.table.view.height, rows.table
        tall = {cell.row: height(cell) for cell in table.cells(column.index) if height(cell) > 1}
        names = {
            cell.row: height(cell) for c in table.of("indicator") for cell in table.cells(c.index)
        }
        projects = {
            cell.row: height(cell) for c in table.of("project") for cell in table.cells(c.index)
        }
        rows.found[key] = any(
            projects.get(row) == high and names.get(row, high) < high for row, high in tall.items()
        )
    return rows.found[key]


def read_dates(rows: Rows, row: int) -> None:
    """Take a row of dates (時点) as the years of the figures above it, and of rows further up that have none of their own."""
    above, rows.undated = rows.undated, {}
    for column in rows.table.columns:
        found = find_years(rows.table.view.words(row, column.index).text, near=rows.scene.near)
        made = rows.made.get(column.index, [])
        bare = [f for f in above.get(column.index, []) if f.year is None and f not in made]
        for fact in [*made, *bare] if len(found) == 1 else []:
            fact.year = found[0].fiscal_year
            if fact.role == "target" and found[0].month:
                fact.due = join_lines(rows.table.view.words(row, column.index).text)
