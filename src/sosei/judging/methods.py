"""方法. The ways of turning baseline, target and actual into an achievement, each refusing where it would lie.

Source: DOMAIN §4 (what municipalities print) and its consequences 1 to 4; docs/judging/achievement.md shows each with
an example. Figures come in one unit; rounding belongs to display.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from sosei.judging.outcome import Outcome, Rate, Reached, Refusal, ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a method is given, all in one unit.

    `falling`: less is better. `elapsed` and `planned`: fiscal years since the plan began (the year of the actual
    included) and of the whole plan, for pro-rata.
    """

    target: Decimal
    actual: Decimal
    baseline: Decimal | None = None
    falling: bool = False
    strict: bool = False
    elapsed: int | None = None
    planned: int | None = None

    @property
    def reached(self) -> bool:
        """Whether the target is reached; `strict` (超, 未満) leaves out equality."""
        if self.actual == self.target:
            return not self.strict
        return (self.actual < self.target) if self.falling else (self.actual > self.target)


class Method(Protocol):
    """A named way of judging."""

    @property
    def code(self) -> str:
        """Stable name."""
        ...

    @property
    def ja(self) -> str:
        """Japanese name."""
        ...

    @property
    def en(self) -> str:
        """English name."""
        ...

    def judge(self, given: Figures) -> Outcome:
        """Return a rate, reached or not, or a refusal."""
        ...


@dataclass(frozen=True, slots=True)
class Plain:
    """実績÷目標. The share of the target that was done. Refuses a target of zero and negative figures."""

    code: str = "plain"
    ja: str = "実績÷目標"
    en: str = "actual ÷ target"

    def judge(self, given: Figures) -> Outcome:
        """Divide actual by target.

        >>> Plain().judge(Figures(target=Decimal(3297), actual=Decimal(4533))).shown()
        '137.5%'
        """
        if given.target == 0:
            return Reached(given.reached, "ZERO_TARGET")
        if given.target < 0 or given.actual < 0:
            return Reached(given.reached, "NEGATIVE")
        return Rate(ratio(given.actual, given.target), given.reached)


@dataclass(frozen=True, slots=True)
class BaselineDelta:
    """基準値からの増減. The share of the planned change that happened; a falling indicator needs no flag."""

    code: str = "baseline_delta"
    ja: str = "(実績－基準)÷(目標－基準)"
    en: str = "(actual − baseline) ÷ (target − baseline)"

    def judge(self, given: Figures) -> Outcome:
        """Divide the change by the planned change.

        >>> BaselineDelta().judge(Figures(baseline=Decimal(20), target=Decimal(40), actual=Decimal(33))).value
        Decimal('0.65')
        """
        if given.baseline is None:
            return Refusal("NO_BASELINE")
        if given.target == given.baseline:
            return Refusal("NOTHING_PLANNED")
        change, planned = given.actual - given.baseline, given.target - given.baseline
        return Rate(ratio(change, planned), given.reached)


@dataclass(frozen=True, slots=True)
class Decrease:
    """目標÷実績. For an indicator that is to fall, where there is no baseline. Refuses zeros and negatives."""

    code: str = "decrease"
    ja: str = "目標÷実績（少ないほど良い指標）"
    en: str = "target ÷ actual (less is better)"

    def judge(self, given: Figures) -> Outcome:
        """Divide target by actual.

        >>> Decrease().judge(Figures(target=Decimal(25), actual=Decimal(50), falling=True)).shown()
        '50.0%'
        """
        if given.target == 0:
            return Reached(given.reached, "ZERO_TARGET")
        if given.actual == 0:
            return Reached(given.reached, "ZERO_ACTUAL")
        if given.target < 0 or given.actual < 0:
            return Reached(given.reached, "NEGATIVE")
        return Rate(ratio(given.target, given.actual), given.reached)


@dataclass(frozen=True, slots=True)
class Maintain:
    """維持. Full marks at or above the target, else the share of it (below and above change places when falling)."""

    code: str = "maintain"
    ja: str = "維持（目標以上なら100％）"
    en: str = "maintain (100 % at the target or better)"

    def judge(self, given: Figures) -> Outcome:
        """Return 1 where the level was kept, else the plain or the decreasing share."""
        if given.reached:
            return Rate(Decimal(1), reached=True)
        return (Decrease() if given.falling else Plain()).judge(given)


@dataclass(frozen=True, slots=True)
class ProRata:
    """年割り. Actual against the share of the target that was due by this year (year 2 of 5: 40 %).

    Source: 多摩市 (DOMAIN §4, 3).
    """

    code: str = "pro_rata"
    ja: str = "年割りの目標に対する実績"
    en: str = "actual ÷ the share of the target due by this year"

    def judge(self, given: Figures) -> Outcome:
        """Divide actual by target × elapsed ÷ planned.

        >>> ProRata().judge(Figures(target=Decimal(100), actual=Decimal(30), elapsed=2, planned=5)).shown()
        '75.0%'
        """
        if not given.elapsed or not given.planned or given.elapsed > given.planned:
            return Refusal("NO_YEARS")
        due = ratio(given.target * given.elapsed, Decimal(given.planned))
        if due == 0:
            return Reached(given.reached, "ZERO_TARGET")
        if due < 0 or given.actual < 0:
            return Reached(given.reached, "NEGATIVE")
        return Rate(ratio(given.actual, due), given.actual >= due)


@dataclass(frozen=True, slots=True)
class Threshold:
    """達否のみ. Reached or not, no rate (待機児童 0人; 長与町's scheme)."""

    code: str = "threshold"
    ja: str = "目標に達したか"
    en: str = "reached or not"

    def judge(self, given: Figures) -> Outcome:
        """Compare."""
        return Reached(given.reached, "ZERO_TARGET" if given.target == 0 else "THRESHOLD")


METHODS: Final[dict[str, Method]] = {
    method.code: method
    for method in (Plain(), BaselineDelta(), Decrease(), Maintain(), ProRata(), Threshold())
}
QUALITATIVE: Final = "qualitative"
