"""活動量の指標. An indicator that counts what the office did, not what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene
from sosei.checking.sense import is_output


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for indicators that are outputs, by what the report says of them or by their name."""
    for spot in scene.indicators:
        if is_output(spot):
            yield Hit(
                ja=f"{spot.ja}は、実施した回数や件数を数える活動の指標です。住民や企業に起きた変化を測る指標も併せて示してください。",
                en=f"The {spot.en} counts what was done (an output). Show an indicator of what came of it beside it.",
                path=spot.path,
                place=spot.place,
                raw=spot.raw,
            )


RULE: Final = Rule(
    code="KPI-OUTPUT",
    title_ja="活動量の指標",
    title_en="An output as indicator",
    severity=Severity.INFO,
    source="会計検査院 平成27年度（2,828計画のうち635が活動指標のみ）; 内閣府の手引「客観的な成果」",
    why_ja="開催回数や補助件数は予算を使えば増えるため、成果を示しません。名称の語の一覧（words.toml）で見分け、報告書が種類を明記していればそれに従います。",
    why_en="Numbers of events or subsidies rise with the money spent and show no effect. Told by a list of words, or by the report itself where it names the type.",
    wrong="セミナー開催回数 4回",
    right="セミナー参加者のうち就農した人数 12人",
    look=look,
)
