"""経費の合計. Lines of money that do not add up to the total that is printed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import ProjectSpot, Scene, said_raw
from sosei.core.money import SCALES
from sosei.core.report import Spending
from sosei.core.text import fold

_SUM: Final = ("計", "合計", "小計", "総計", "総額")
_PARTIAL: Final = ("うち", "主な", "内数", "など")
#: Kinds that are amounts of the whole project, not lines of what the money went to.
_WHOLE: Final = frozenset({"budget", "settled", "granted"})


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Add up each project's lines, year by year, and compare with its totals."""
    unprinted = []
    for spot in scene.projects:
        years = dict.fromkeys(line.fiscal_year for line in spot.project.spending)
        for year in years:
            group = [(path, line) for path, line in spot.spending() if line.fiscal_year == year]
            yield from _group(spot, group)
        if not any(line.role == "total" for line in spot.project.spending):
            unprinted.append(spot)
    if unprinted:
        yield _skip(unprinted)


def _skip(unprinted: list[ProjectSpot]) -> Skip:
    none = sum(not spot.project.spending for spot in unprinted)
    none_ja = f"（うち{none}事業は経費の記載がありません）" if none else ""
    none_en = f" ({none} of them no spending at all)" if none else ""
    return Skip(
        ja=f"{len(unprinted)}事業には経費の合計が書かれていないため検算していません{none_ja}。",
        en=f"{len(unprinted)} projects print no total of spending{none_en}: nothing to add up.",
        path=unprinted[0].path,
    )


def _group(spot: ProjectSpot, group: Sequence[tuple[str, Spending]]) -> Iterator[Hit]:
    totals = [(p, line) for p, line in group if line.role == "total" and line.yen is not None]
    if not totals:
        return
    lines = [line for _, line in group]
    for path, total in totals:
        sets = [*_around(lines, total), *_sets(lines, total)]
        fitting = [parts for parts in sets if len(parts) > 1 and _one_scale([*parts, total])]
        if not fitting or any(_agrees(total, lines) for lines in fitting):
            continue
        if any(_agrees(other, lines) for _, other in totals for lines in fitting):
            continue
        hit = _hit(spot, path, total, fitting[0])
        if hit is not None:
            yield hit


def _around(lines: list[Spending], total: Spending) -> Iterator[list[Spending]]:
    """Yield the lines between a total and the one before it, and between it and the next."""
    at = next(index for index, line in enumerate(lines) if line is total)
    before = itertools.takewhile(lambda line: line.role != "total", reversed(lines[:at]))
    after = itertools.takewhile(lambda line: line.role != "total", lines[at + 1 :])
    for run in (before, after):
        yield [line for line in run if line.role in {None, "line"} and not _partial(line)]


def _sets(lines: list[Spending], total: Spending) -> Iterator[list[Spending]]:
    """Yield what else may make up a total: parts of its kind, subtotals, sources of funds, parts without them."""
    parts = [s for s in lines if s.role in {None, "line"} and not _partial(s)]
    yield [s for s in parts if s.kind not in _WHOLE]
    yield [s for s in parts if s.kind == total.kind]
    yield [s for s in lines if s.role == "subtotal"]
    yield [s for s in parts if s.fund]
    yield [s for s in parts if not s.fund and s.kind not in _WHOLE]
    yield parts


def _partial(line: Spending) -> bool:
    label = fold(line.label.text) if line.label else ""
    return any(word in label for word in _PARTIAL)


def _one_scale(lines: Sequence[Spending]) -> bool:
    """Tell whether all are printed in one unit, for one number of bodies, with a figure each."""
    return (
        len({line.unit for line in lines}) == 1
        and len({line.shared_by for line in lines}) == 1
        and all(line.yen is not None for line in lines)
    )


def _slack(total: Spending, lines: Sequence[Spending]) -> int:
    """Return how far rounding may take the sum: one unit for each line (cut off), none in whole yen."""
    unit = SCALES[total.unit or "円"]
    return 0 if unit == 1 else unit * len(lines)


def _agrees(total: Spending, lines: Sequence[Spending]) -> bool:
    exact = sum(line.yen or 0 for line in lines)
    return abs(exact - (total.yen or 0)) <= _slack(total, lines)


def _hit(spot: ProjectSpot, path: str, total: Spending, lines: Sequence[Spending]) -> Hit | None:
    exact, printed = sum(line.yen or 0 for line in lines), total.yen or 0
    label = total.label.text if total.label else "合計"
    summed = fold(label).endswith(_SUM)
    # Parts that stay under a whole (総事業費) may be only the main ones; parts above it cannot be.
    contradiction = summed or exact > printed
    return Hit(
        ja=f"{spot.ja}の「{label}」は{printed:,}円ですが、内訳{len(lines)}行の合計は{exact:,}円です。抜けた行か写し間違いがないか確かめてください。",
        en=f"“{label}” of {spot.en} is {printed:,} yen, but its {len(lines)} lines add up to {exact:,} yen. Look for a missing line or a slip.",
        path=path,
        place=total.place or spot.place,
        raw=total.raw or said_raw(total.label),
        severity=None if contradiction else Severity.WARNING,
    )


RULE: Final = Rule(
    code="EXP-TOTAL",
    title_ja="経費の合計の検算",
    title_en="Spending adds up",
    severity=Severity.ERROR,
    source="検査院の表示は単位未満切捨てで計が一致しないことがある",
    why_ja="計は内訳の和でなければなりません。千円単位などでは端数処理の差（1行につき1単位まで）を認め、円単位では認めません。一部の内訳だけを載せる表で内訳が総額を下回るときは注意です。",
    why_en="A total is the sum of its lines. In thousand yen and above one unit a line is allowed for rounding, in yen nothing. Parts below a whole may be a selection: a warning.",
    wrong="委託 10,010千円、負担金 1,333千円、計 11,433千円",
    right="委託 10,010千円、負担金 1,333千円、計 11,343千円",
    look=look,
)
