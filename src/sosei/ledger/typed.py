"""打たれた数. A figure as an official types it, read as offices write it, in the unit of what it is a figure of.

Plain conversions are made (1.2万人 of an indicator in 人), anything else is refused: nothing is guessed, a blank is no
zero, and how it was typed stays beside what was understood.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sosei.core.errors import SoseiError, UnreadableFigure
from sosei.core.figures import read_figure, read_value
from sosei.core.gaps import Gap
from sosei.core.report import State, Value
from sosei.core.units import Unit, unit_of
from sosei.ledger.doubts import BlankFigure, OtherUnit

#: Units that count the same things.
_ALIKE: Final = {"名": "人"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """入力. One figure as typed, and what the person says of it.

    `state`: 速報 or 確定 (None: as the figure itself says). `expected_on`, `owed_by`: of 集計中, the day it is expected
    on and the department that owes it. `document`: the file behind it. `reason`: why it replaces the one before.
    """

    text: str
    state: State | None = None
    as_of: str | None = None
    expected_on: date | None = None
    owed_by: int | None = None
    document: int | None = None
    reason: str = ""


def figure_of(text: str, *, unit: str | None, what: str) -> Value:
    """Return the figure, gap or words that a text is; `unit`: the indicator's, `what`: for the refusal.

    Raises BlankFigure, UnreadableFigure, OtherUnit.

    >>> figure_of("１．２万人", unit="人", what="会員数").number
    Decimal('12000')
    """
    value = read_value(text.strip(), unit=unit)
    if value.gap is Gap.BLANK:
        raise BlankFigure(what=what)
    if value.number is None:
        if value.text is not None and unit is not None:
            raise UnreadableFigure(text=text)
        return value
    _plainly(text, value)
    return _in_unit(text, value, unit)


def _plainly(text: str, value: Value) -> None:
    """Refuse what may be a slip: commas in odd places, spaces inside, a second figure in brackets."""
    try:
        figure = read_figure(text.strip())
    except SoseiError:
        raise UnreadableFigure(text=text) from None
    odd = {"comma", "space"} & set(figure.faults)
    if odd or ("second" in figure.faults and value.as_of is None):
        raise UnreadableFigure(text=text)


def _in_unit(text: str, value: Value, unit: str | None) -> Value:
    if value.unit is None or unit is None:
        return value
    typed, own = _unit(value.unit), _unit(unit)
    if typed is None or own is None or typed.base != own.base or value.number is None:
        raise OtherUnit(text=text.strip(), typed=value.unit, unit=unit)
    try:
        return replace(
            value,
            number=value.number * typed.scale / own.scale,
            unit=None,
            raw=value.raw or text.strip(),
        )
    except ValueError:
        raise OtherUnit(text=text.strip(), typed=value.unit, unit=unit) from None


def same_unit(one: str, other: str) -> bool:
    """Whether two units count the same things.

    >>> same_unit("名", "人"), same_unit("人", "世帯")
    (True, False)
    """
    return _ALIKE.get(one, one) == _ALIKE.get(other, other)


def _unit(name: str) -> Unit | None:
    return unit_of(_ALIKE.get(name, name))
