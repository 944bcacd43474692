"""合計の検算. A total row is recognised, compared with the lines it stands for, and not taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

from sosei.core.inquiry import Answer, AnswerSheet, Notice, Question
from sosei.core.money import SCALES
from sosei.core.report import MoneyUnit
from sosei.core.shown import show_number
from sosei.core.text import fold
from sosei.reading.answers.cells import take_figure
from sosei.reading.answers.lines import rest_of
from sosei.reading.answers.match import Match
from sosei.reading.answers.pick import is_figure
from sosei.reading.answers.refusals import TotalDiffers
from sosei.reading.answers.rows import Box


def check_totals(
    sheet: AnswerSheet, totals: Sequence[Match], answers: Mapping[str, Answer]
) -> Iterator[Notice]:
    """Yield a warning for each total that is not the sum of its lines."""
    for match in totals:
        lines = [q for q in sheet.questions if q.role == "spending" and q.project in match.context]
        everywhere = [q for q in sheet.questions if q.role == "spending"]
        box = _entry(sheet, match)
        if box is None or not everywhere or _is_part(match) or _is_ours(match, box):
            continue
        asked = (lines or everywhere)[0]
        total = _total(sheet, match, asked, box)
        sums = [_sum(asked, part, answers) for part in (lines, everywhere) if part]
        known = [one for one in sums if one is not None]
        if total is not None and known and total not in known:
            yield _warning(sheet, match, asked, box, (total, known[0]))


def _is_part(match: Match) -> bool:
    """Tell whether a row is a subtotal, of which nobody knows what it adds up."""
    return any(fold(box.text).startswith("小計") for box in match.row.filled)


def _is_ours(match: Match, box: Box) -> bool:
    """Tell whether a total is the form's own formula, which leaves out what was typed with its unit."""
    return match.key == "@total" and box.formula is not None


def _entry(sheet: AnswerSheet, match: Match) -> Box | None:
    """Return the total's figure: under the heading of the answers, or the only one there is."""
    if match.rest is not None:
        cut = max(match.rest.text.find(sign) for sign in ("：", ":", "　", " "))
        rest = rest_of(match.rest.words.strip()[cut + 1 :], sheet.fiscal_year)
        return Box(1, rest) if cut > 0 and rest else None
    columns = match.parts.get("entry", ())
    if columns:
        box = match.row.at(columns[0])
        return box if box is not None and box.text else None
    figures = [box for box in match.row.filled if is_figure(box)]
    return figures[0] if len(figures) == 1 else None


def _total(sheet: AnswerSheet, match: Match, asked: Question, box: Box) -> Decimal | None:
    unit = match.at("unit", asked)
    said = unit.text if unit is not None and unit.text in SCALES else match.unit
    taken = take_figure(sheet, asked, box, said)
    return taken.value.number if taken.value is not None else None


def _sum(
    asked: Question, lines: Sequence[Question], answers: Mapping[str, Answer]
) -> Decimal | None:
    """Return the sum of the lines that were answered, in a question's unit; None where no line was."""
    numbers = [
        number * _scale(line) / _scale(asked)
        for line in lines
        if line.fiscal_year == asked.fiscal_year
        and line.key in answers
        and (number := answers[line.key].number) is not None
    ]
    return sum(numbers, Decimal(0)) if numbers else None


def _scale(question: Question) -> Decimal:
    return Decimal(SCALES[cast(MoneyUnit, question.unit)] if question.is_money else 1)


def _warning(
    sheet: AnswerSheet, match: Match, asked: Question, box: Box, sums: tuple[Decimal, Decimal]
) -> Notice:
    total, lines = (show_number(number) + (asked.unit or "") for number in sums)
    name = sheet.project_by_key[asked.project].name if match.context else sheet.title
    error = TotalDiffers(name=name, total=total, sum=lines)
    return Notice.of(error, raw=box.text, place=box.words.places)
