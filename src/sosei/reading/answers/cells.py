"""回答の欄. One cell of an answer becomes a figure, a gap, a text, nothing, or a notice that says why not.

A figure is given in the unit that was asked for. Nothing is changed in silence: a unit that was turned into another,
a figure that was part of more, a jump by a thousand each leave a notice.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sosei.core.errors import SoseiError
from sosei.core.fields import Lang
from sosei.core.figures import Figure, read_figure, read_value
from sosei.core.gaps import Gap
from sosei.core.inquiry import AnswerSheet, Notice, Question
from sosei.core.report import Value
from sosei.core.shown import read_lines, show_number, show_value
from sosei.core.text import clean, fold
from sosei.core.units import Unit, unit_of
from sosei.reading.answers.expected import counting, holds_figure, tells_when
from sosei.reading.answers.refusals import (
    NotAFigure,
    OtherUnit,
    PartlyRead,
    UnitConverted,
)
from sosei.reading.answers.rows import Box

_ERROR: Final = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|NAME|REF|VALUE)?[#!]*")
_DATE: Final = re.compile(
    r"(?:[0-9]{4}[-/年])?[0-9]{1,2}[-/月][0-9]{1,2}日?|[0-9]{4}[-/年][0-9]{1,2}月?"
)
_NONE: Final = re.compile(r"(?:特に)?(?:なし|無し|無|ありません|ございません)[。]?")
#: Two words for one way of counting.
_ALIKE: Final = {"名": "人"}
_FORMS: Final = (1000, 10**6)
_LANGS: Final[tuple[Lang, ...]] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Taken:
    """読取り. What a cell gave: a `value` or `text` (both None: blank), or a `problem`; `notices` besides."""

    value: Value | None = None
    text: str | None = None
    problem: Notice | None = None
    notices: tuple[Notice, ...] = ()


class Teller:
    """言い手. Makes the notices about one question and one cell."""

    def __init__(self, sheet: AnswerSheet, question: Question, box: Box) -> None:
        """Keep what every sentence names."""
        self.sheet, self.question, self.box = sheet, question, box

    def facts(self) -> dict[str, str]:
        """Return the facts that name the question and the cell's words."""
        return {
            "where": self.sheet.where(self.question),
            "where_en": self.sheet.where(self.question, "en"),
            "text": clean(self.box.text),
        }

    def of(self, error: SoseiError) -> Notice:
        """Return an error as a notice at the cell."""
        return Notice.of(
            error, key=self.question.key, raw=self.box.text or None, place=self.box.words.places
        )

    def odd(self, advice: str, advice_en: str) -> Taken:
        """Return that the cell holds no figure, and what to do."""
        return Taken(
            problem=self.of(NotAFigure(**self.facts(), advice=advice, advice_en=advice_en))
        )


def take_text(box: Box | None) -> Taken:
    """Return the words of a cell, its lines kept; a lone dash is a dash, not a text."""
    lines = [clean(line) for line in box.text.splitlines()] if box else []
    text = "\n".join(line for line in lines if line)
    if not text or box is None:
        return Taken()
    value = read_value(text) if len(text) < 5 else None
    if value is not None and value.gap is Gap.DASH:
        return Taken(value=dataclasses.replace(value, place=box.words.places))
    return Taken(text=text)


def take_figure(sheet: AnswerSheet, question: Question, box: Box | None, unit: str | None) -> Taken:
    """Return the figure or gap of a cell in the question's unit. `unit`: what the row says its figures are in."""
    if box is None:
        return Taken()
    tell = Teller(sheet, question, box)
    if not box.text:
        if box.formula is None:
            return Taken()
        return tell.odd("数式の計算結果が保存されていません。Excelで開いて保存し直してください。", "The formula has no stored result. Open it in Excel and save it again.")  # fmt: skip
    if (given := _as_given(tell)) is not None:
        return Taken(value=given)
    if _ERROR.fullmatch(box.text):
        return tell.odd("数式の誤りか、列の幅が足りません。", "It is an error of a formula.")
    told = counting(box.text)
    if told is not None:
        return _counting(tell, told)
    value = _typed(tell, unit) if box.number is not None else _written(tell)
    if isinstance(value, Taken):
        return value
    value = dataclasses.replace(value, place=box.words.places)
    if value.number is None:
        return Taken(value=value)
    return _in_unit(tell, value, unit, _leftover(tell, value))


def _counting(tell: Teller, told: str) -> Taken:
    if holds_figure(told):
        return tell.odd("値が分かっているなら値だけを、そうでなければ「集計中」だけを書いてください。", "Write either the figure or that it is being counted.")  # fmt: skip
    box = tell.box
    expected = told if told and tells_when(told) else None
    raw = box.text if box.text != "集計中" else None
    value = Value(gap=Gap.COUNTING, expected=expected, raw=raw, place=box.words.places)
    return Taken(value=value)


def _written(tell: Teller) -> Value | Taken:
    """Read what a person wrote."""
    value = _as_shown(tell) or read_value(tell.box.text)
    if value.text is None:
        return value
    if _DATE.fullmatch(value.text):
        return tell.odd("日付のようです。数に直して入力してください。", "It looks like a date. Enter the number.")  # fmt: skip
    if _NONE.fullmatch(value.text):
        return tell.odd("結果が0なら「0」、対象がなければ「該当なし」としてください。", "Write 0 if the result was nought, or 該当なし if there is nothing of the kind.")  # fmt: skip
    return tell.odd("数だけを入力し、説明は備考に書いてください。", "Write the number alone, and words under remarks.")  # fmt: skip


def _as_given(tell: Teller) -> Value | None:
    """Return what the form was sent out with, where its cell was left as it was.

    The day when a gap will be filled stands in a cell of its own and is read there.
    """
    now, box = tell.question.now, tell.box
    if not now:
        return None
    value = read_lines(now.split("\n"), unit=tell.question.unit)
    if box.number is not None and box.number != value.number:
        return None
    raw = None if box.text == format(value.number or 0, "f") else clean(box.text)
    value = dataclasses.replace(value, raw=raw, place=box.words.places)
    for lang in _LANGS:
        lines = show_value(value, unit=tell.question.unit, lang=lang)
        if value.gap is not None and fold(box.text) == fold(lines[0]):
            return dataclasses.replace(value, expected=None)
        if fold(box.text) in (fold("".join(lines)), fold(now)):
            return value
    return None


def _as_shown(tell: Teller) -> Value | None:
    """Return a figure with what is said of it on lines of their own, as the form writes a preliminary one."""
    lines = [clean(line) for line in tell.box.text.splitlines()]
    if len(lines) < 2:
        return None
    value = read_lines(lines, unit=tell.question.unit)
    return dataclasses.replace(value, raw=clean(tell.box.text)) if value.text is None else None


def _typed(tell: Teller, unit: str | None) -> Value | Taken:
    """Take the number that a sheet stores; what its format shows tells of %, 千円 and the like."""
    box, number = tell.box, tell.box.number
    assert number is not None
    shown = read_value(box.text)
    percent = shown.unit in ("%", "％") or box.text.rstrip().endswith(("%", "％"))
    if percent:
        number = number * 100
    elif shown.number:
        scale = next((s for s in _FORMS if abs(number / s - shown.number) <= 1 < abs(number)), 1)
        number = number / scale if abs(number - shown.number) > 1 else number
    own = "%" if percent else shown.unit
    value = Value(gap=Gap.BLANK, unit=own, raw=box.text)
    return _with_number(tell, value, number)


def _with_number(tell: Teller, value: Value, number: Decimal) -> Value | Taken:
    """Put a number into a value, where it has no more digits than a figure of a report may have."""
    plain = format(number, "f")
    raw = value.raw if value.raw != plain else None
    try:
        return dataclasses.replace(value, number=number, gap=None, raw=raw)
    except ValueError:
        return tell.odd("桁が多すぎます。15桁以内の数にしてください。", "It has too many digits. Use no more than 15.")  # fmt: skip


def _leftover(tell: Teller, value: Value) -> list[Notice]:
    """Return a notice where the cell says more than the value holds: 約, 累計, another figure in brackets."""
    if tell.box.number is not None:
        return _rescaled(tell, value)
    figure = _figure(tell.box.text)
    if figure is None:
        return []
    summed = figure.lead in ("累計", "合計", "総計") and tell.question.role == "actual"
    second = figure.second is not None and value.as_of is None
    if not (figure.approx or summed or second or {"comma", "space"} & set(figure.faults)):
        return []
    number = show_number(figure.number) + (figure.unit or "")
    return [tell.of(PartlyRead(**tell.facts(), number=number))]


def _rescaled(tell: Teller, value: Value) -> list[Notice]:
    """Return a notice where a sheet stores a sum that its format shows in thousands."""
    if value.number == tell.box.number or value.unit == "%" or value.number is None:
        return []
    facts = tell.facts() | {"unit": tell.question.unit or "", "number": show_number(value.number)}
    facts["text"] = show_number(tell.box.number or 0)
    return [tell.of(UnitConverted(**facts))]


def _figure(text: str) -> Figure | None:
    try:
        return read_figure(text.strip())
    except SoseiError:
        return None


# -- units ----------------------------------------------------------------------------------------------------


def _in_unit(tell: Teller, value: Value, said: str | None, notices: list[Notice]) -> Taken:
    """Return a figure in the unit that was asked for, or that this cannot be."""
    asked, own = tell.question.unit, value.unit or said
    if asked is None or own is None:
        return Taken(value=value, notices=tuple(notices))
    ours, theirs = unit_of(asked), unit_of(own)
    if _same(asked, own, ours, theirs):
        return Taken(value=dataclasses.replace(value, unit=None), notices=tuple(notices))
    if ours is None or theirs is None or _base(ours) != _base(theirs):
        facts = tell.facts() | {"unit": asked}
        if value.unit is None:
            facts["text"] += own
        return Taken(problem=tell.of(OtherUnit(**facts)))
    return _turned(tell, value, own, Decimal(theirs.scale) / ours.scale, notices)


def _turned(tell: Teller, value: Value, own: str, scale: Decimal, notices: list[Notice]) -> Taken:
    """Return a figure turned into the unit that was asked for, and say so."""
    assert value.number is not None
    kept = dataclasses.replace(value, unit=None, raw=value.raw or format(value.number, "f"))
    turned = _with_number(tell, kept, value.number * scale)
    if isinstance(turned, Taken):
        return turned
    assert turned.number is not None
    facts = tell.facts() | {"unit": str(tell.question.unit), "number": show_number(turned.number)}
    facts["text"] += own if value.unit is None else ""
    return Taken(value=turned, notices=(*notices, tell.of(UnitConverted(**facts))))


def _base(unit: Unit) -> str:
    return _ALIKE.get(unit.base, unit.base)


def _same(asked: str, own: str, ours: Unit | None, theirs: Unit | None) -> bool:
    if ours is None or theirs is None:
        return clean(asked) == clean(own)
    return (_base(ours), ours.scale) == (_base(theirs), theirs.scale)
