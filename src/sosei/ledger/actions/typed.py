"""欄を読む. What a person typed into the cells of a grid, read by the same rules as an answer that came back in a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, Literal, cast

from sosei.core.errors import SoseiError, UnreadableFigure
from sosei.core.inquiry import AnswerSheet, AskedProject, Notice, Question, Role
from sosei.core.money import SCALES
from sosei.core.report import MoneyUnit, State, Value
from sosei.core.shown import read_lines, show_number, show_yen
from sosei.core.text import clean
from sosei.ledger.doubts import BlankFigure
from sosei.ledger.objections import CellProblem, LinesDoNotAdd, NoGapInMoney, NotesDiffer
from sosei.ledger.queries.grid import Cell, Grid, GridGroup, GridRow
from sosei.reading.answers.cells import Taken, take_figure
from sosei.reading.answers.expected import last_day
from sosei.reading.answers.refusals import UnitJump
from sosei.reading.answers.rows import Box
from sosei.reading.grid import Words

Kind = Literal["error", "doubt", "conflict"]
_STATES: Final[dict[str, State]] = {
    "final": "final", "preliminary": "preliminary", "forecast": "forecast",
}  # fmt: skip
#: From how many times the figure beside it on (or the reverse) a figure is asked about again.
_JUMP: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """入力. What was typed into a row, what stood there when the page was made, and which rows that was; `sure`: confirmed."""

    key: str
    cell: Cell
    was: Cell
    seen: int
    note_seen: int
    sure: bool = False

    @property
    def figure_changed(self) -> bool:
        """Whether anything but the note differs from what stood there."""
        return replace(self.cell, note="") != replace(self.was, note="")

    @property
    def note_changed(self) -> bool:
        """Whether the note differs."""
        return self.cell.note != self.was.note


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """読めた入力. A figure, or an amount in yen (`is_money`); the last day that its 判明予定 can mean."""

    row: GridRow
    typed: TypedRow
    value: Value | None = None
    yen: int | None = None
    expected_on: date | None = None


def read_typed(
    grid: Grid, group: GridGroup, row: GridRow, typed: TypedRow, day: date
) -> tuple[Read, list[CellProblem]]:
    """Return what was typed into a row, and what is wrong or odd about it. `day`: what a 判明予定 without a year is after."""
    if not typed.figure_changed:
        return Read(row=row, typed=typed), []
    text = clean(typed.cell.typed)
    if not text:
        return Read(row=row, typed=typed), _blank(row, typed)
    question, sheet = _asked(grid, group, row)
    taken = _taken(row, typed, sheet, question, text)
    if taken.problem is not None or taken.value is None:
        problem = [_problem(taken.problem, sheet, question)] if taken.problem else []
        return Read(row=row, typed=typed), problem
    value = _with_state(taken.value, typed.cell)
    doubts = [_problem(notice, sheet, question, "doubt") for notice in taken.notices]
    doubts += _jump(sheet, question, value, row)
    read, errors = (
        _figure(row, typed, value, day) if row.kind == "figure" else _money(row, typed, value)
    )
    return read, [*errors, *([] if typed.sure else doubts)]


def _taken(
    row: GridRow, typed: TypedRow, sheet: AnswerSheet, question: Question, text: str
) -> Taken:
    """Read the figure's cell; where only another cell of the row changed, the figure is what it was."""
    if typed.cell.typed == typed.was.typed and row.value is not None and row.seen == typed.seen:
        return Taken(value=row.value)
    return take_figure(sheet, question, Box(0, Words(text)), row.unit)


def _figure(
    row: GridRow, typed: TypedRow, value: Value, day: date
) -> tuple[Read, list[CellProblem]]:
    when = last_day(value.expected, day) if value.expected else None
    return Read(row=row, typed=typed, value=value, expected_on=when), []


def _blank(row: GridRow, typed: TypedRow) -> list[CellProblem]:
    """A blank never erases: it is asked about where something stood, and where more than nothing was typed."""
    return [_of(BlankFigure(what=row.name))] if typed.was.typed or typed.cell.expected else []


def _asked(grid: Grid, group: GridGroup, row: GridRow) -> tuple[Question, AnswerSheet]:
    question = Question(
        key=row.key, project="p", role=cast(Role, row.role), indicator=row.name, unit=row.unit,
        target=row.target, last_year=row.last,
    )  # fmt: skip
    sheet = AnswerSheet(
        mark="grid", body="", office="", department="", fiscal_year=grid.fiscal_year, title="",
        due_on=date.min, contact="", projects=(AskedProject(key="p", name=group.name),),
        questions=(question,), base="",
    )  # fmt: skip
    return question, sheet


def _with_state(value: Value, cell: Cell) -> Value:
    """Add what the other cells of the row say: 確報区分, 判明予定."""
    expected = clean(cell.expected) or value.expected
    state = _STATES.get(cell.state, value.state) if value.number is not None else None
    return replace(value, state=state, expected=expected or None)


def _money(row: GridRow, typed: TypedRow, value: Value) -> tuple[Read, list[CellProblem]]:
    if value.number is None:
        error = NoGapInMoney(what=row.name, text=typed.cell.typed)
        return Read(row=row, typed=typed), [_of(error)]
    yen = value.number * SCALES[cast(MoneyUnit, row.unit or "円")]
    if yen != yen.to_integral_value():
        return Read(row=row, typed=typed), [
            _of(UnreadableFigure(text=f"{typed.cell.typed}（円未満）"))
        ]
    return Read(row=row, typed=typed, yen=int(yen)), []


def _jump(sheet: AnswerSheet, question: Question, value: Value, row: GridRow) -> list[CellProblem]:
    """Ask again about a figure that is hundreds of times last year's or the target, or the reverse: 千円 taken for 円."""
    for shown, name, name_en in (
        (row.last, "前年度", "last year's"),
        (row.target, "目標", "the target"),
    ):
        beside = _number(shown, row.unit)
        if not beside or not value.number:
            continue
        times = abs(value.number / beside)
        if not 1 / Decimal(_JUMP) < times < _JUMP:
            facts = {
                "where": sheet.where(question), "where_en": sheet.where(question, "en"),
                "number": show_number(value.number), "beside": name, "beside_en": name_en,
                "times": _times(times), "times_en": _times(times, "en"),
            }  # fmt: skip
            return [_problem(Notice.of(UnitJump(**facts)), sheet, question, "doubt")]
    return []


def _times(times: Decimal, lang: str = "ja") -> str:
    if times >= 1:
        plain = show_number(times.quantize(Decimal(1)))
        return f"{plain}倍" if lang == "ja" else f"{plain} times"
    part = show_number((1 / times).quantize(Decimal(1)))
    return f"{part}分の1" if lang == "ja" else f"1/{part} of"


def _number(shown: str | None, unit: str | None) -> Decimal | None:
    return read_lines(shown.split("\n"), unit=unit).number if shown else None


def check_notes(reads: Sequence[Read]) -> dict[str, list[CellProblem]]:
    """Return, for every row whose typed note is another than that of a row of the same indicator, that they share one."""
    first: dict[int, Read] = {}
    found: dict[str, list[CellProblem]] = {}
    for read in reads:
        if not read.typed.note_changed or read.row.line is None:
            continue
        before = first.setdefault(read.row.line, read)
        one, two = clean(before.typed.cell.note), clean(read.typed.cell.note)
        if one != two:
            error = NotesDiffer(name=before.row.name, first=one or "空欄", second=two or "空欄")
            found[before.row.key] = found[read.row.key] = [_of(error)]
    return found


def check_totals(grid: Grid, reads: Sequence[Read]) -> dict[str, list[CellProblem]]:
    """Return, for every total that was typed or whose lines were, whether it is the sum of its lines."""
    new = {read.row.key: read.yen for read in reads if read.yen is not None}
    sure = {read.row.key for read in reads if read.typed.sure}
    found: dict[str, list[CellProblem]] = {}
    for group in grid.groups:
        totals = [row for row in group.money if row.kind == "total"]
        lines = [row for row in group.money if row.kind == "money"]
        if len(totals) != 1 or not any(row.key in new for row in group.money):
            continue
        total, amounts = _yen(totals[0], new), [_yen(row, new) for row in lines]
        if total is None or None in amounts or totals[0].key in sure:
            continue
        if total != (summed := sum(yen or 0 for yen in amounts)):
            unit = cast(MoneyUnit, totals[0].unit or "円")
            error = LinesDoNotAdd(
                what=group.name, name=totals[0].name, total=show_yen(total, unit),
                sum=show_yen(summed, unit), gap=show_yen(total - summed, unit),
            )  # fmt: skip
            found[totals[0].key] = [_of(error, "doubt")]
    return found


def _yen(row: GridRow, new: dict[str, int]) -> int | None:
    if row.key in new:
        return new[row.key]
    number = _number(row.cell.typed, row.unit)
    return None if number is None else int(number * SCALES[cast(MoneyUnit, row.unit or "円")])


def _problem(
    notice: Notice, sheet: AnswerSheet, question: Question, kind: Kind = "error"
) -> CellProblem:
    """Return a notice as a problem of its cell, which need not say again which cell it is."""
    ja = notice.ja.replace(f"{sheet.where(question)}の", "", 1)
    en = notice.en.replace(f" in {sheet.where(question, 'en')}", "", 1)
    return CellProblem(code=notice.code, ja=ja, en=en, kind=kind)


def _of(error: SoseiError, kind: Kind = "error") -> CellProblem:
    return CellProblem(
        code=error.code,
        ja=error.sentence(),
        en=error.sentence("en"),
        kind=kind,
    )
