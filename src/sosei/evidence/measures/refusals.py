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


class MeasureDoesNotFit(EvidenceRefusal):
    """A measure that cannot be asked of the registers that it names; carries every reason."""

    code = "E703"
    ja = "この数え方は台帳と合いません（{n}件）：{reasons}。数え方か台帳の項目を直してください。"
    en = "This measure does not fit the registers ({n} reasons): {reasons}. Correct the measure or the registers."


class BadRegisterKind(EvidenceRefusal):
    """A register's declaration that is not one; carries every problem."""

    code = "E704"
    ja = "台帳の種類「{what}」を読み取れません（{n}件）：{problems}。直してください。"
    en = "The kind of register “{what}” cannot be read ({n} problems): {problems}. Please correct it."
