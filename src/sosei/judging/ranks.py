"""階級. Rank schemes as data: ordered bands, checked for gaps and overlaps when they are loaded.

A rank is taken from the unrounded rate. Where the rate that is shown would fall into another band than the rate
itself (69.96 % shows as 70.0 %), the rank says so.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from sosei.core.errors import BadSetting
from sosei.core.fields import Lang
from sosei.judging.methods import Figures, ProRata
from sosei.judging.outcome import Outcome, Rate, Reached, Refusal, half_up, ratio

Basis = Literal["rate", "pro_rata", "change"]
BASES: Final = ("rate", "pro_rata", "change")


@dataclass(frozen=True, slots=True)
class Band:
    """区分. least ≤ x < most; `closed`: most belongs to it; `open`: least does not. None: no end."""

    label: str
    least: Decimal | None = None
    most: Decimal | None = None
    closed: bool = False
    open: bool = False

    def holds(self, x: Decimal) -> bool:
        """Tell whether a figure lies in the band."""
        above = self.least is None or x > self.least or (x == self.least and not self.open)
        below = self.most is None or x < self.most or (x == self.most and self.closed)
        return above and below


@dataclass(frozen=True, slots=True)
class Rank:
    """階級の結果. `shown_as`: the label of the band that the rounded rate would fall into, where that differs."""

    label: str
    shown_as: str | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """階級の体系. `cap` limits rates in averages; `none` labels what cannot be evaluated."""

    code: str
    ja: str
    en: str
    source: str
    basis: Basis
    bands: tuple[Band, ...]
    top: str | None = None
    none: str | None = None
    cap: Decimal | None = None
    gaps: bool = False

    def name(self, lang: Lang = "ja") -> str:
        """Return the scheme's name."""
        return self.en if lang == "en" else self.ja

    def rank(self, given: Figures, outcome: Outcome, digits: int = 1) -> Rank | Refusal:
        """Return the rank of an indicator that `outcome` was found for."""
        if self.basis == "change":
            return self._by_change(given)
        if self.basis == "pro_rata":
            outcome = ProRata().judge(given)
        if isinstance(outcome, Rate):
            return self._band(outcome.value, digits)
        if isinstance(outcome, Reached):
            return Rank(self.bands[0].label) if outcome.reached else Refusal(outcome.because)
        return outcome

    def _by_change(self, given: Figures) -> Rank | Refusal:
        beaten = given.actual < given.target if given.falling else given.actual > given.target
        if self.top and beaten:
            return Rank(self.top)
        if given.baseline is None:
            return Refusal("NO_BASELINE")
        change = given.actual - given.baseline
        if given.baseline == 0:
            return self._band(change.compare(Decimal(0)) * (-1 if given.falling else 1), 1)
        return self._band(ratio(-change if given.falling else change, abs(given.baseline)), 1)

    def _band(self, x: Decimal, digits: int) -> Rank | Refusal:
        label = self._label(x)
        if label is None:
            return Refusal("SCHEME_GAP")
        shown = self._label(half_up(x * 100, digits) / 100)
        return Rank(label, shown if shown != label else None)

    def _label(self, x: Decimal) -> str | None:
        return next((band.label for band in self.bands if band.holds(x)), None)


def faults(bands: tuple[Band, ...]) -> list[str]:
    """Return what is wrong with bands that should cover every figure once: gaps and overlaps, from the best down."""
    found = []
    if bands and bands[0].most is not None:
        found.append(f"「{bands[0].label}」の上に区分がありません")
    for above, below in itertools.pairwise(bands):
        if above.least is None or below.most is None or below.most > above.least:
            found.append(f"「{above.label}」と「{below.label}」が重なっています")
        elif below.most < above.least:
            found.append(
                f"「{above.label}」と「{below.label}」の間（{below.most}～{above.least}）が空いています"
            )
        elif above.open != below.closed:
            what = "重なっています" if below.closed else "どちらにも入りません"
            found.append(f"「{above.label}」と「{below.label}」の境（{above.least}）が{what}")
    if bands and bands[-1].least is not None:
        found.append(f"「{bands[-1].label}」の下に区分がありません")
    return found


def scheme_of(code: str, table: Mapping[str, Any]) -> Scheme:
    """Make a scheme from its data. Raises BadSetting with all gaps and overlaps that it does not declare."""
    basis = table.get("basis")
    if basis not in BASES:
        raise BadSetting(
            name=f"{code}.basis", value=basis, hint=f"{'・'.join(BASES)} のどれかにしてください。"
        )
    bands = tuple(_band_of(code, row) for row in table.get("bands", ()))
    wrong = [] if bands else ["区分がありません"]
    wrong += [] if table.get("gaps") else faults(bands)
    if wrong:
        raise BadSetting(name=f"{code}.bands", value=len(bands), hint="、".join(wrong) + "。")
    ja, en = table["name"]
    cap = Decimal(table["cap"]) if "cap" in table else None
    return Scheme(
        code,
        ja,
        en,
        table["source"],
        basis,
        bands,
        table.get("top"),
        table.get("none"),
        cap,
        bool(table.get("gaps")),
    )


def _band_of(code: str, row: Mapping[str, Any]) -> Band:
    ends = {name: Decimal(row[name]) if name in row else None for name in ("from", "to")}
    least, most = ends["from"], ends["to"]
    if least is not None and most is not None and least > most:
        raise BadSetting(
            name=f"{code}.bands", value=row["label"], hint="下の端が上の端より大きくなっています。"
        )
    return Band(row["label"], least, most, bool(row.get("closed")), bool(row.get("open")))


@cache
def schemes() -> dict[str, Scheme]:
    """Return the schemes that come with Sosei, by code."""
    data = tomllib.loads((files("sosei.judging") / "data/ranks.toml").read_text("utf-8"))
    return {code: scheme_of(code, table) for code, table in data.items()}


def scheme(code: str) -> Scheme:
    """Return one scheme. Raises BadSetting where there is none of that code."""
    if not isinstance(code, str) or code not in schemes():
        raise BadSetting(
            name="scheme", value=code, hint=f"使えるのは {'・'.join(schemes())} です。"
        )
    return schemes()[code]
