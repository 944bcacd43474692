"""桁区切りの誤り. A comma that does not stand before three digits (4億3,0000万円)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.report import Places

_FIGURE: Final = re.compile(r"(?<![\d,.])\d[\d,]*\d(?![\d,])")
_RIGHT: Final = re.compile(r"\d+|\d{1,3}(,\d{3})+")


def misplaced(text: str) -> str | None:
    """Return the first figure of a text whose commas do not part thousands.

    >>> misplaced("4億3,0000万円"), misplaced("1,234人")
    ('3,0000', None)
    """
    for found in _FIGURE.finditer(unicodedata.normalize("NFKC", text)):
        if not _RIGHT.fullmatch(found[0]) and _one_figure(found[0]):
            return found[0]
    return None


def _one_figure(text: str) -> bool:
    """Leave lists of numbers alone (1,2,3): one figure has at least one part of three digits or more."""
    return any(len(part) >= 3 for part in text.split(",")[1:])


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at every value and amount as it was written."""
    for indicator, spot in scene.values():
        figure = misplaced(spot.value.raw or "")
        if figure:
            yield _hit(
                indicator.ja,
                indicator.en,
                figure,
                spot.path,
                spot.value.place or indicator.place,
                spot.value.raw,
            )
    for project in scene.projects:
        for path, line in project.spending():
            figure = misplaced(line.raw or "")
            if figure:
                yield _hit(project.ja, project.en, figure, path, line.place, line.raw)


def _hit(ja: str, en: str, figure: str, path: str, place: Places, raw: str | None) -> Hit:
    return Hit(
        ja=f"{ja}の「{figure}」は桁区切りの位置が3桁ごとではありません。数字の写し間違いがないか、元の資料で確かめてください。",
        en=f"In {en}, “{figure}” has a comma that does not part thousands. Check the figure against its source.",
        path=path,
        place=place,
        raw=raw,
    )


RULE: Final = Rule(
    code="NUM-COMMA",
    title_ja="桁区切りの位置",
    title_en="A misplaced comma",
    severity=Severity.WARNING,
    source="浦河町の公表資料「4億3,0000万円」",
    why_ja="桁区切りが3桁ごとにない数は、0が1つ多いか少ないかを読み手が判断できません。",
    why_en="Where commas do not part thousands, nobody can tell whether a zero is too many or too few.",
    wrong="4億3,0000万円",
    right="4億3,000万円",
    look=look,
)
