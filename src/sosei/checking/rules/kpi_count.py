"""指標の数. More indicators than the scheme has room for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import ProjectSpot, Scene


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare each project's number of indicators with its scheme's limit."""
    unknown = []
    for spot in scene.projects:
        if spot.project.kind == "goal" or not spot.project.indicators:
            continue
        if spot.scheme is None or spot.scheme.max_indicators is None:
            unknown.append(spot)
            continue
        # Parts of a named whole (男女別 …) are not indicators of their own.
        own = sum(indicator.parent is None for indicator in spot.project.indicators)
        if own > spot.scheme.max_indicators:
            yield _hit(spot, own, spot.scheme.max_indicators)
    if unknown:
        yield Skip(
            ja=f"{len(unknown)}事業は交付金制度が分からないか、指標の数の上限が知られていません。",
            en=f"For {len(unknown)} projects the scheme or its limit of indicators is not known.",
            path=unknown[0].path,
        )


def _hit(spot: ProjectSpot, own: int, most: int) -> Hit:
    scheme_ja = spot.scheme.ja if spot.scheme else ""
    scheme_en = spot.scheme.en if spot.scheme else ""
    in_force = bool(spot.scheme and spot.year_printed and spot.scheme.in_force(spot.year))
    return Hit(
        ja=f"{spot.ja}の指標は{own}個で、{scheme_ja}の上限{most}個を超えます。実施計画の指標と合っているか確かめてください。",
        en=f"The {spot.en} has {own} indicators, more than the {most} of the {scheme_en}. Compare with its plan.",
        path=spot.path,
        place=spot.place,
        raw=spot.raw,
        severity=None if in_force else Severity.WARNING,
    )


RULE: Final = Rule(
    code="KPI-COUNT",
    title_ja="指標の数",
    title_en="Number of indicators",
    severity=Severity.ERROR,
    source="推進交付金は1事業につき最大4、先行型の様式2は指標①～⑤",
    why_ja="制度ごとに1事業で設定できる指標の数が決まっています。年度が書かれ、その年度に制度が有効なときだけ誤りとし、それ以外は注意とします。",
    why_en="Schemes limit the indicators of a project. It is an error only where the year is printed and the scheme was in force in it, else a warning.",
    wrong="推進交付金の1事業にKPIが6個",
    right="実施計画にある4個を載せ、ほかは本文の説明に移す",
    schemes=("senkou", "suishin"),
    look=look,
)
