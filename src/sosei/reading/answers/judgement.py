"""評価の読み取り. Which of two judgements an expert chose: a ticked box, the line that was left, or words of their own."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, cast

from sosei.core.opinions import Judgement
from sosei.core.wording import meaning

_TICKED: Final = "☑☒■✓✔✅レ●◉○◯〇×✕✗◎"
_OPEN: Final = "☐□▢"
#: The longer wording first: 「有効とは言えない」 holds 「有効」.
_OPTION: Final = re.compile(
    r"(?:総合戦略の)?(?:KPI)?(?:の)?(?:達成に)?(?P<no>有効とは(?:言|い)えない|not effective[a-z A-Z]*)"
    r"|(?:総合戦略の)?(?:KPI)?(?:の)?(?:達成に)?(?P<yes>有効であった|effective[a-z A-Z]*)"
)
#: Judgements that are neither of the two.
UNCLEAR: Final = "unclear"


def judgement_of(text: str) -> Judgement | str | None:
    """Return the judgement that a cell says, None where none was chosen, UNCLEAR where it cannot be told.

    >>> judgement_of("☐ 有効であった ☑ 有効とは言えない"), judgement_of("□有効であった □有効とは言えない")
    ('not_effective', None)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    options = list(_OPTION.finditer(plain))
    kinds: list[Judgement] = ["not_effective" if found["no"] else "effective" for found in options]
    if set(kinds) == {"effective", "not_effective"} and len(kinds) == 2:
        return _chosen(plain, options, kinds)
    said = _worded(plain)
    if said is None:
        return UNCLEAR
    return None if _is_open(plain) else said


def _chosen(
    plain: str, options: list[re.Match[str]], kinds: list[Judgement]
) -> Judgement | str | None:
    """Return the one of both options that is ticked, before it or, where boxes stand before them, behind it."""
    first, second = options
    between = plain[first.end() : second.start()]
    cut = max((between.rfind(sign) for sign in _OPEN + _TICKED), default=-1)
    cut = len(between) if cut < 0 else cut
    around = (
        plain[: first.start()] + between[:cut],
        between[cut:] + plain[second.end() :],
    )
    ticked = [any(sign in _TICKED for sign in signs) for signs in around]
    if all(ticked):
        return UNCLEAR
    return next((kind for kind, tick in zip(kinds, ticked, strict=True) if tick), None)


def _worded(plain: str) -> Judgement | None:
    found = meaning("expert_judgement", re.sub(f"[{_TICKED}{_OPEN}]", "", plain))
    return cast(Judgement, found) if found in ("effective", "not_effective") else None


def _is_open(plain: str) -> bool:
    """Tell whether the one option that is left has an empty box: it was not chosen."""
    return plain[:1] in _OPEN
