"""数え方の断り. What is wrong with the text of a measure, where, and what may stand there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sosei.core.errors import SoseiError

#: What may stand at a place of a measure, in English.
_ENGLISH: Final = {
    "ここまでに終わり": "an end before this",
    "もっと浅い条件": "conditions that are less deep",
    "日付（2018-12-01）": "a day (2018-12-01)",
    "日付（2018-12-01）か「start」": "a day (2018-12-01) or “start”",
    "毎年ある月日（03-31）": "a day that every year has (03-31)",
    "整数": "a whole number",
    "件数": "a number of entries",
    "月数": "a number of months",
    "桁数": "a number of digits",
    "年のずれ": "a number of years",
    "終わり": "nothing more",
    "語か数": "a word or a number",
    '「"」で囲んだ語': "words in quotes",
    "台帳か項目の名前": "the name of a register or a column",
    "まだ書いていない条件": "a clause that is not there yet",
}


def _english(wanted: str) -> str:
    """Return the same in English; words of the language stay."""
    if wanted.endswith("のどれか"):
        return "one of " + wanted.removesuffix("のどれか").replace("・", ", ")
    return _ENGLISH.get(wanted) or wanted.replace("「", "“").replace("」", "”")


class EvidenceRefusal(SoseiError):
    """What the room of evidence refuses (E7xx)."""

    code = "E700"


class UnreadableMeasure(EvidenceRefusal):
    """A measure's text that does not follow the grammar; `at` counts characters from 1."""

    code = "E701"
    ja = "数え方の{at}文字目「{near}」を読み取れません。ここには{wanted}を書いてください。"
    en = "Character {at} of the measure, “{near}”, cannot be read. Write {wanted_en} here."

    @classmethod
    def at(cls, place: int, near: str, wanted: str) -> UnreadableMeasure:
        """Refuse at a place; `wanted`: in Japanese, what may stand there."""
        return cls(at=place, near=near or "…", wanted=wanted, wanted_en=_english(wanted))


class MeasureOutOfPlace(EvidenceRefusal):
    """Parts of a measure that do not go together."""

    code = "E702"
    ja = "数え方に「{what}」があるときは、{how}。"
    en = "Where a measure says “{what}”: {how_en}."


class MeasureDoesNotFit(EvidenceRefusal):
    """A measure that cannot be asked of the registers that it names; carries every reason."""

    code = "E703"
    ja = "この数え方は台帳と合いません（{n}件）：{reasons}。数え方か台帳の項目を直してください。"
    en = "This measure does not fit the registers ({n} reasons): {reasons_en}. Correct the measure or the registers."


class BadRegisterKind(EvidenceRefusal):
    """A register's declaration that is not one; carries every problem (`found`: each says which part it is of)."""

    code = "E704"
    ja = "台帳の種類「{what}」を読み取れません（{n}件）：{problems}。直してください。"
    en = "The kind of register “{what}” cannot be read ({n} problems): {problems}. Please correct it."

    found: tuple[object, ...] = ()

    @classmethod
    def of(cls, what: str, problems: Sequence[object]) -> BadRegisterKind:
        """Refuse a declaration for its problems."""
        made = cls(what=what, problems="、".join(map(str, problems)), n=len(problems))
        made.found = tuple(problems)
        return made
