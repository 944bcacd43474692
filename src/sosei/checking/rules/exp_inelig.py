"""対象外の経費. Lines that audits found in the cost on which the grant was reckoned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking import words
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import ProjectSpot, Scene, said_raw
from sosei.core.report import Spending

_KINDS: Final = {
    "travel": ("職員の旅費は原則として対象外です", "staff travel is in principle not eligible"),
    "fund": ("基金への積立ては対象外とされた例があります", "payments into a fund have been refused"),
    "other": ("他の国庫補助の対象経費と重なるおそれがあります", "another national subsidy may cover the same cost"),
}  # fmt: skip


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at the wording of each line of money."""
    for spot in scene.projects:
        for path, line in spot.spending():
            kind = _kind(line)
            if kind is not None:
                yield _hit(spot, path, line, kind)


def _kind(line: Spending) -> str | None:
    if line.label is None:
        return None
    text = line.label.text
    return next((kind for kind in _KINDS if words.has("ineligible", text, kind)), None)


def _hit(spot: ProjectSpot, path: str, line: Spending, kind: str) -> Hit:
    label = line.label.text if line.label else ""
    ja, en = _KINDS[kind]
    return Hit(
        ja=f"{spot.ja}の「{label}」：{ja}。対象経費に含めていないか確かめてください。",
        en=f"“{label}” of {spot.en}: {en}. Check that it is not part of the eligible cost.",
        path=path,
        place=line.place or spot.place,
        raw=said_raw(line.label),
    )


RULE: Final = Rule(
    code="EXP-INELIG",
    title_ja="対象外とされやすい経費",
    title_en="Cost that may not be eligible",
    severity=Severity.WARNING,
    source="会計検査院 r04-0049（職員旅費）、h29-0050（基金積立、二重の補助）",
    why_ja="文言だけでは対象経費に含めたかどうか分からないため、注意にとどめます。職員旅費は「原則として」対象外です。",
    why_en="The wording alone does not tell whether the line was counted, hence a warning. Staff travel is excluded “in principle”.",
    wrong="職員旅費 350千円（対象経費に計上）",
    right="職員旅費 350千円（市単独費）",
    look=look,
)
