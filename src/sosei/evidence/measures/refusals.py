"""数え方の断り. What is wrong with the text of a measure, where, and what may stand there."""

from __future__ import annotations

from sosei.core.errors import SoseiError


class EvidenceRefusal(SoseiError):
    """What the room of evidence refuses (E7xx)."""

    code = "E700"


class UnreadableMeasure(EvidenceRefusal):
    """A measure's text that does not follow the grammar; `at` counts characters from 1."""

    code = "E701"
    ja = "数え方の{at}文字目「{near}」を読み取れません。ここには{wanted}を書いてください。"
    en = "Character {at} of the measure, “{near}”, cannot be read. Write {wanted} here."


class MeasureOutOfPlace(EvidenceRefusal):
    """Parts of a measure that do not go together."""

    code = "E702"
    ja = "数え方に「{what}」があるときは、{how}。"
    en = "Where a measure says “{what}”: {how_en}."
