"""印刷された率と評価. Can what the document prints be reproduced from its own figures, and by which method?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Final, Literal

from sosei.core.text import fold
from sosei.core.wording import meaning
from sosei.judging.figures import Case
from sosei.judging.methods import METHODS
from sosei.judging.outcome import PRECISE, Rate, Refusal, half_up
from sosei.judging.ranks import Rank, schemes

_NUMBER: Final = re.compile(r"[-−▲△]?\d[\d,]*(?:\.(\d+))?")

Finding = Literal["reproduced", "contradicted", "not_comparable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """照合. What is printed, whether the figures give it, and by what (a method's or a scheme's code)."""

    text: str
    result: Finding
    by: str | None = None
    rounding: Literal["half_up", "down"] | None = None
    gives: str | None = None


def check_rate(text: str, case: Case) -> Printed:
    """Try every method on the figures; the one that was chosen first. Half up, then cut off, as offices do."""
    found = _NUMBER.search(unicodedata.normalize("NFKC", text))
    if found is None or case.figures is None:
        return Printed(text=text, result="not_comparable")
    digits = len(found[1] or "")
    wanted = Decimal(re.sub(r"^[−▲△]", "-", found[0]).replace(",", ""))
    codes = [case.method, *(code for code in METHODS if code != case.method)]
    for code in (code for code in codes if code):
        outcome = METHODS[code].judge(case.figures)
        if isinstance(outcome, Rate) and (rounding := _rounding(outcome, wanted, digits)):
            return Printed(text=text, result="reproduced", by=code, rounding=rounding)
    gives = case.outcome.shown(digits) if isinstance(case.outcome, Rate) else None
    return Printed(text=text, result="contradicted" if gives else "not_comparable", gives=gives)


def _rounding(rate: Rate, wanted: Decimal, digits: int) -> Literal["half_up", "down"] | None:
    percent = PRECISE.multiply(rate.value, Decimal(100))
    if half_up(percent, digits) == wanted:
        return "half_up"
    cut = percent.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_DOWN, context=PRECISE)
    return "down" if cut == wanted else None


def check_rating(text: str, case: Case) -> Printed:
    """Try the known schemes that have such a label, then the plain words for reached and not reached."""
    if case.figures is not None:
        for scheme in schemes().values():
            rank = scheme.rank(case.figures, case.outcome)
            if isinstance(rank, Rank) and fold(rank.label) == fold(text):
                return Printed(text=text, result="reproduced", by=scheme.code)
    said = meaning("reached", text)
    if said is None or isinstance(case.outcome, Refusal):
        return Printed(text=text, result="not_comparable")
    agrees = case.outcome.reached == (said == "yes")
    by = case.method if agrees else None
    return Printed(text=text, result="reproduced" if agrees else "contradicted", by=by)
