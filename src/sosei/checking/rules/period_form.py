"""実施期間の書き方. A period whose era or 年度 is left out, or whose wave dash is another character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Fix, Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.fiscal import ERAS
from sosei.core.report import PeriodSaid
from sosei.core.text import WAVES

_ERA: Final = r"令和|平成|昭和|[RHS]"
_SPAN: Final = re.compile(
    rf"(?P<era>{_ERA})(?P<first>元|\d{{1,2}})(?P<year>年度)?"
    rf"(?P<wave>[{re.escape(WAVES)}\-‐–—―−])"
    rf"(?P<era2>{_ERA})?(?P<last>元|\d{{1,2}})(?P<year2>年度)?"
)
_BEFORE: Final = {sign: era.before for era in ERAS for sign in (era.letter, era.name)}
_WORD: Final = {era.letter: era.name for era in ERAS}


def canonical(period: PeriodSaid) -> str | None:
    """Return a period with both eras, ～ and 年度; None where its words are no span of era years.

    >>> canonical(PeriodSaid(raw="R3～7 年度", first=2021, last=2025))
    'R3～R7年度'
    """
    text = unicodedata.normalize("NFKC", re.sub(r"\s", "", period.raw))
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    era, era2 = found["era"], found["era2"] or _second_era(found)
    if era2 is None or period.last != _year(era2, found["last"]):
        return None
    # Short forms carry 年度 once at the end, long ones behind each year.
    year = "年度" if era in _WORD.values() or found["year"] else ""
    return f"{era}{found['first']}{year}～{era2}{found['last']}年度"


def _second_era(found: re.Match[str]) -> str | None:
    """Return the era of the second year where it can only be the first one's."""
    era, first, last = found["era"], found["first"], found["last"]
    return era if _year(era, last) >= _year(era, first) else None


def _year(era: str, number: str) -> int:
    return _BEFORE[era] + (1 if number == "元" else int(number))


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at the wording of each project's period."""
    for spot in scene.projects:
        period = spot.project.period
        right = canonical(period) if period else None
        if period is None or right is None or re.sub(r"\s", "", period.raw) == right:
            continue
        yield Hit(
            ja=f"{spot.ja}の実施期間「{period.raw}」は元号か「年度」を略すか、波線が「～」ではありません。「{right}」と書くと読み違いがありません。",
            en=f"The period “{period.raw}” of {spot.en} leaves out an era or 年度, or has another wave dash. Write “{right}”.",
            path=f"{spot.path}/period",
            place=period.place or spot.place,
            raw=period.raw,
            fix=Fix(path=f"{spot.path}/period/raw", before=period.raw, after=right, safe=True),
        )


RULE: Final = Rule(
    code="PERIOD-FORM",
    title_ja="実施期間の書き方",
    title_en="Spelling of the period",
    severity=Severity.INFO,
    source="盛岡市 令和3年度の報告に4通りの書き方",
    why_ja="元号や「年度」を略した期間、「~」と「～」の混在は、検索や機械での集計を妨げます。読み取った年度は変わらないため、書き方だけを直せます。",
    why_en="Periods without era or 年度 and mixed wave dashes defeat searching and counting. The years stay the same, so the spelling can be repaired.",
    wrong="R4~R6",
    right="R4～R6年度",
    look=look,
)
