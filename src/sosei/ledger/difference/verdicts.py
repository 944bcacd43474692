"""判定. Whether what comes says otherwise than what stands: of figures, words, sums, years.

`partial`: what is not mentioned is left alone, and another spelling is no change. Else two editions are compared, and
every character counts. A blank never says anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal

from sosei.core.gaps import Gap
from sosei.core.report import PeriodSaid, Said, Value, Year
from sosei.core.text import fold
from sosei.core.units import unit_of
from sosei.ledger.difference.keys import due_key, name_key

Judged = Literal["added", "changed", "conflict", "unclear", "removed", "unchanged"]
Verdict = tuple[Judged, tuple[str, ...]]
Units = tuple[str | None, str | None]
_OPEN: Final = frozenset({Gap.COUNTING, Gap.UNDECIDED})
_NONE: Final = frozenset({Gap.DASH, Gap.NOT_APPLICABLE, Gap.NOT_MEASURABLE})
_SAID_OF: Final = ("op", "state", "as_of", "expected")
UNCHANGED: Final[Verdict] = ("unchanged", ())
#: Steps between units and slips of digits; a ratio within a thousandth of one is a slip of unit until somebody looks.
_POWERS: Final = tuple(Decimal(10) ** n for n in (1, 2, 3, 4, 6, 8))
_NEAR: Final = Decimal("0.001")


def is_silent(value: Value | None) -> bool:
    """Tell whether a cell says nothing."""
    return value is None or value.gap is Gap.BLANK


def is_result(value: Value | None) -> bool:
    """Tell whether a cell holds a figure or words, and no gap."""
    return value is not None and value.gap is None


def of_value(
    before: Value | None, after: Value | None, units: Units, *, partial: bool
) -> Verdict | None:
    """Return what a figure means beside the one that stands; None where neither says anything.

    `units`: what the two are counted in unless they say so themselves.
    """
    if after is None or is_silent(after):
        return _of_silence(before, after, partial)
    if before is None or is_silent(before):
        return "added", ()
    if same_figure(before, after, units, partial=partial):
        return _of_details(before, after, partial)
    if partial and _is_rounded(before, after, units):
        return "unchanged", ("rounded",)
    doubts = tuple(_doubts(before, after, units))
    clash = _clash(before, after)
    if partial and clash:
        return "conflict", clash + doubts
    resolved = ("resolved",) if before.gap in _OPEN and is_result(after) else ()
    return "changed", resolved + doubts


def _of_silence(before: Value | None, after: Value | None, partial: bool) -> Verdict | None:
    if not partial:
        return None if is_silent(before) else ("removed", ())
    if after is None:
        return None
    return "unchanged", () if is_silent(before) else ("blank",)


def _of_details(before: Value, after: Value, partial: bool) -> Verdict:
    """Return whether what is said of one figure differs: its bound, state, day."""
    differing = [name for name in _SAID_OF if not _same_detail(name, before, after, partial)]
    if not differing:
        return UNCHANGED
    if "state" not in differing:
        return "changed", ("detail",)
    if before.state == "final" and after.state is not None:
        return ("conflict" if partial else "changed"), ("lesser",)
    return "changed", ("finalised" if after.state == "final" else "state",)


def _same_detail(name: str, before: Value, after: Value, partial: bool) -> bool:
    one, other = getattr(before, name), getattr(after, name)
    if one == other or (partial and other is None):
        return True
    return partial and one is not None and fold(one) == fold(other)


def _clash(before: Value, after: Value) -> tuple[str, ...]:
    """Return why two statements cannot both be right, whoever may have made them."""
    if is_result(before) and after.gap in _OPEN:
        return ("unresolved",)
    if (is_result(before) and after.gap in _NONE) or (before.gap in _NONE and is_result(after)):
        return ("dash",)
    if before.number is not None and after.text is not None:
        return ("words",)
    return ("final",) if is_result(before) and before.state == "final" else ()


def _doubts(before: Value, after: Value, units: Units) -> Iterator[str]:
    """Yield what should be looked at in two numbers: units that do not fit, a power of ten between them."""
    if before.number is None or after.number is None:
        return
    pair = in_one_unit(before, after, units)
    if pair is None:
        yield "unit"
    elif is_jump(*pair):
        yield "jump"


def in_one_unit(before: Value, after: Value, units: Units) -> tuple[Decimal, Decimal] | None:
    """Return two numbers in one unit, or None where their units count different things.

    A unit that nobody says is taken to be the other's.
    """
    one, other = before.number, after.number
    assert one is not None
    assert other is not None
    ours, theirs = before.unit or units[0], after.unit or units[1]
    if ours is None or theirs is None or ours == theirs or fold(ours) == fold(theirs):
        return one, other
    first, second = unit_of(ours), unit_of(theirs)
    if first is None or second is None or first.base != second.base:
        return None
    return one * first.scale, other * second.scale


def _is_rounded(before: Value, after: Value, units: Units) -> bool:
    """Tell whether what comes is what stands, printed in a coarser unit (899,600人 as 90万人)."""
    if before.number is None or after.number is None:
        return False
    ours, theirs = (unit_of(v.unit or u or "") for v, u in zip((before, after), units, strict=True))
    if ours is None or theirs is None or ours.base != theirs.base or ours.scale >= theirs.scale:
        return False
    digits = max(0, -int(after.number.normalize().as_tuple().exponent))
    step = theirs.scale * Decimal(1).scaleb(-digits)
    return abs(before.number * ours.scale - after.number * theirs.scale) < step


def is_rounded_yen(before: int, after: int, scale: int) -> bool:
    """Tell whether a sum printed in 千円 (`scale` 1000) is the exact one that stands, rounded or cut.

    >>> is_rounded_yen(17_661_600, 17_662_000, 1000), is_rounded_yen(17_661_600, 17_663_000, 1000)
    (True, False)
    """
    return after % scale == 0 != before % scale and abs(before - after) < scale


def is_jump(one: Decimal | int, other: Decimal | int) -> bool:
    """Tell whether two numbers differ by a power of ten that separates units.

    >>> is_jump(35691, 35691000), is_jump(1, 10), is_jump(20, 25)
    (True, False, False)
    """
    small, large = sorted((abs(Decimal(one)), abs(Decimal(other))))
    # One significant digit (1 and 10) is too little to speak of the same figure.
    if not small or min(len(n.normalize().as_tuple().digits) for n in (small, large)) < 2:
        return False
    return any(abs(large / small / power - 1) <= _NEAR for power in _POWERS)


def same_figure(before: Value, after: Value, units: Units, *, partial: bool) -> bool:
    """Tell whether two values are the same number (in whatever unit), the same gap or the same words."""
    if before.number is not None and after.number is not None:
        pair = in_one_unit(before, after, units)
        if pair is None:
            return before.number == after.number and follows_unit(before, after)
        return pair[0] == pair[1]
    if before.text is not None and after.text is not None:
        return before.text == after.text or (partial and fold(before.text) == fold(after.text))
    return before.gap is not None and before.gap == after.gap


def follows_unit(before: Value, after: Value) -> bool:
    """Tell whether two figures leave their unit to their indicators: where that is corrected (社, 団体), they go with it."""
    return before.unit is None and after.unit is None


def same_name(before: Said, after: Said, partial: bool) -> bool:
    """Compare names: brackets, width, spaces and middle dots do not count for `partial`."""
    return before.text == after.text or (partial and name_key(before.text) == name_key(after.text))


def same_words(before: Said, after: Said, partial: bool) -> bool:
    """Compare sentences: width and spaces do not count for `partial`."""
    return before.text == after.text or (partial and fold(before.text) == fold(after.text))


def same_text(before: str, after: str, partial: bool) -> bool:
    """Compare short texts (numbers, units, dates)."""
    return before == after or (partial and fold(before) == fold(after))


def same_due(before: str, after: str, partial: bool) -> bool:
    """Compare due months."""
    return before == after or (partial and due_key(before) == due_key(after))


def same(before: object, after: object, partial: bool) -> bool:
    """Compare codes and whole numbers."""
    return before == after


def same_year(before: Year, after: Year, partial: bool) -> bool:
    """Compare fiscal years; whether they are printed or inferred does not count."""
    return before.year == after.year


def same_period(before: PeriodSaid, after: PeriodSaid, partial: bool) -> bool:
    """Compare periods: by their years where both know them, else by their words."""
    years = (before.first, before.last) == (after.first, after.last)
    if not partial:
        return years and before.raw == after.raw
    if any(
        now is not None and now != then
        for then, now in ((before.first, after.first), (before.last, after.last))
    ):
        return False
    return fold(before.raw) == fold(after.raw) or (
        years and (after.first is not None or after.last is not None)
    )
