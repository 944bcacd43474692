"""個人情報ファイル簿. A file of 1,000 persons or more without its published register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene

THRESHOLD: Final = 1000
_NEAR: Final = 900


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at the files of persons that the ledger knows."""
    ledger = scene.context.ledger
    assert ledger is not None
    for file in ledger.files:
        if file.published or file.persons < _NEAR:
            continue
        over = file.persons >= THRESHOLD
        ja = (
            "個人情報ファイル簿を作成し公表してください"
            if over
            else "1,000人に達する前に個人情報ファイル簿を用意してください"
        )
        en = (
            "Make and publish its register"
            if over
            else "Prepare its register before it reaches 1,000"
        )
        yield Hit(
            ja=f"「{file.name}」は{file.persons:,}人分の個人情報を含みます。{ja}。",
            en=f"“{file.name}” holds {file.persons:,} persons. {en}.",
            raw=file.name,
            severity=None if over else Severity.INFO,
        )


RULE: Final = Rule(
    code="PII-1000",
    title_ja="個人情報ファイル簿",
    title_en="Register of personal files",
    severity=Severity.ERROR,
    source="個人情報の保護に関する法律 第75条（1,000人以上の個人情報ファイル）",
    why_ja="1,000人以上の個人情報ファイルは、ファイル簿の作成と公表が必要です。900人を超えたら参考として知らせます。条例でより少ない人数から求める団体もあります。",
    why_en="Files of 1,000 persons or more need a published register; from 900 it is announced. Some ordinances ask for it earlier.",
    wrong="関係人口データベース 1,031人、ファイル簿なし",
    right="関係人口データベース 1,031人、ファイル簿公表済み",
    since=2023,
    needs=frozenset({Need.LEDGER}),
    look=look,
)
