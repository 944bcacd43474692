"""疑い. What speaks against an indicator's figures as a whole, whatever stands around each of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Final

from sosei.core.report import Indicator, Project, Report, Value
from sosei.core.units import is_unit, unit_of

#: Of which points an indicator has figures.
POINTS: Final = ("target", "actual", "cumulative_actual")
#: Figures of one indicator further apart are of two units, or one is misread.
_APART: Final = 100
#: What a name's ending says of the unit: bases of units that it may be counted in.
_KINDS: Final[tuple[tuple[re.Pattern[str], frozenset[str]], ...]] = (
    (re.compile(r"(?:率|割合|比率|シェア)$"), frozenset({"%", "‰", "倍", "ポイント", "割", "人", "件"})),
    (re.compile(r"(?:額|売上高?|費|単価|収入)$"), frozenset({"円", "ドル", "米ドル", "ユーロ", "%", "件"})),
    (re.compile(r"(?:(?<!法)人数|人口|客数)$"), frozenset({"人", "名", "人泊", "人回", "人日", "延人", "延べ人", "組", "世帯", "事業者", "社", "団体", "%"})),
)  # fmt: skip
#: What the reader puts behind a label that is taken.
_COUNT: Final = re.compile(r"（\d+）$")
_ASIDE: Final = re.compile(r"[（(][^（()）]*[)）]\s*")
#: Units longer than this are told in words.
_LONGEST: Final = 12
Key = tuple[str, str, str]
#: Of which role and year an indicator says what.
_Said = dict[tuple[str, int | None], object]


def is_doubtful(one: Indicator) -> bool:
    """Whether its name gainsays its unit, or its unit is those of several run together: 人人千円."""
    return not _fits(one) or (one.unit is not None and runs_together(one.unit))


def runs_together(unit: str) -> bool:
    """Tell whether a unit is no unit, but several one behind the other: lines of a cell that became one word.

    >>> runs_together("人人千円"), runs_together("人泊"), runs_together("エントリー")
    (True, False, False)
    """
    if is_unit(unit) or len(unit) > _LONGEST:
        return False
    ends = {0}
    for end in range(1, len(unit) + 1):
        if any(is_unit(unit[begin:end]) for begin in ends):
            ends.add(end)
    return len(unit) in ends


def of_its_size(one: Indicator) -> Callable[[Value], bool]:
    """Return what tells whether a figure is of the size of another of its indicator, where there are any."""
    values = [one.baseline, *(getattr(point, name) for point in one.years for name in POINTS)]
    sizes = [abs(value.number) for value in values if value is not None and value.number]
    if one.expression == "increment" or not sizes or max(sizes) <= _APART * min(sizes):
        return lambda _value: True

    def fits(value: Value) -> bool:
        own = abs(value.number) if value.number else None
        if own is None:
            return True
        others = [size for size in sizes if size != own] or [own]
        return any(own <= _APART * size and size <= _APART * own for size in others)

    return fits


def _fits(one: Indicator) -> bool:
    plain = _ASIDE.sub("", one.name.text) if one.name is not None else ""
    allowed = next((kinds for ending, kinds in _KINDS if ending.search(plain)), None)
    if allowed is None or one.unit is None:
        return True
    known = unit_of(one.unit)
    return (known.base if known is not None else one.unit).split("/")[0] in allowed


def of_another_unit(one: Indicator, value: Value) -> bool:
    """Whether a figure is printed in a unit that is not the indicator's, whatever its scale: ㎥ beside ㎥/年."""
    if value.unit is None or one.unit is None:
        return False
    theirs, ours = unit_of(value.unit), unit_of(one.unit)
    return theirs is None or ours is None or theirs.base != ours.base


def told_twice(one: Indicator) -> frozenset[tuple[str, int | None]]:
    """Return the roles and years of which an indicator has two figures that nothing printed tells apart.

    What it starts from in such a year is no surer: a header over several rows gives one to the first and the rest to others.
    """
    counts = Counter(
        (name, point.fiscal_year, _COUNT.sub("", point.label or ""))
        for point in one.years
        for name in POINTS
        if getattr(point, name)
    )
    twice = {(name, year) for (name, year, _), times in counts.items() if times > 1}
    return frozenset(twice | {("baseline", year) for _, year in twice})


def key(project: Project, one: Indicator) -> Key:
    """Return by what an indicator is the same as another."""
    return str(project.name), str(one.parent), str(one.name)


def torn(report: Report) -> set[Key]:
    """Return indicators that stand there several times and do not agree: torn apart, or mistaken for one another."""
    found: dict[Key, list[_Said]] = defaultdict(list)
    for project in report.projects:
        for one in project.indicators:
            if one.name is not None:
                found[key(project, one)].append(_said(one))
    return {name for name, several in found.items() if len(several) > 1 and not _agree(several)}


def _said(one: Indicator) -> _Said:
    points = {
        (name, point.fiscal_year): _plain(value)
        for point in one.years
        for name in POINTS
        if (value := getattr(point, name))
    }
    return points | (
        {("baseline", one.baseline_year): _plain(one.baseline)} if one.baseline else {}
    )


def _plain(value: Value) -> object:
    return value.number if value.number is not None else value.gap or value.text


def _agree(several: list[_Said]) -> bool:
    """Whether they have something in common, and say the same of it."""
    shared = set.intersection(*(set(one) for one in several))
    return bool(shared) and all(len({one[at] for one in several}) == 1 for at in shared)
