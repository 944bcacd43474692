"""確かめる所. What the book asks about again before it takes it: each says what is odd, where, and what to do."""

from __future__ import annotations

from typing import ClassVar

from sosei.core.errors import BadInput
from sosei.ledger.refusals import LedgerRefusal


class BlankFigure(BadInput):
    """A figure that was left blank: a blank is never a zero."""

    code: ClassVar[str] = "E108"
    ja: ClassVar[str] = (
        "「{what}」が空欄です。0のときは「0」、まだ分からないときは「集計中」と書いてください。"
    )
    en: ClassVar[str] = "“{what}” is blank. Write 0 if it is zero, 集計中 if it is not known yet."


class OtherUnit(LedgerRefusal):
    """A figure in a unit that is not the indicator's."""

    code: ClassVar[str] = "E605"
    ja: ClassVar[str] = (
        "「{text}」の単位「{typed}」を、指標の単位「{unit}」に換算できません。{unit}で書いてください。"
    )
    en: ClassVar[str] = (
        "“{text}” is in {typed}, which cannot be turned into the indicator's {unit}. Write it in {unit}."
    )


class WhenCounted(LedgerRefusal):
    """集計中 without saying when it ends and who owes it."""

    code = "E606"
    ja = "「{what}」を集計中とするときは、判明予定日と、報告する課を選んでください。"
    en = "For “{what}” being counted, choose the day it is expected on and the department that owes it."


class UnitStays(LedgerRefusal):
    """Another unit for an indicator that has figures."""

    code = "E607"
    ja = "「{what}」には値があるため、単位を「{old}」から「{new}」に変えられません。指標を休止し、新しい指標を加えてください。"
    en = "“{what}” has figures, so its unit cannot go from {old} to {new}. Rest it and add a new indicator."


class NeedsVersion(LedgerRefusal):
    """A change of what is measured that was to be made in passing."""

    code = "E608"
    ja = "「{what}」の{column}を変えると、これまでの値と比べられなくなることがあります。「定義を変える」から、変更の年度と理由を書いてください。"
    en = "Changing {column_en} of “{what}” may break its series. Use “change the definition” and give year and reason."


class OutOfVolume(LedgerRefusal):
    """A definition that would begin after the report in which it is changed, or before the one it replaces."""

    code = "E609"
    ja = "適用年度「{year}」は、前の定義の年度（{first}）より後、この報告書の年度（{last}）までにしてください。"
    en = "A definition from {year} is not between the one before ({first}) and this report's year ({last})."


class AmountJump(LedgerRefusal):
    """A reported amount a thousand times another one: 千円 taken for 円, or the reverse."""

    code = "E610"
    ja = "実績報告額{typed}は、{what}{other}のちょうど{factor}です。千円と円の取り違えがないか確かめ、正しければ理由を書いてください。"
    en = "The reported {typed} is {factor_en} {what_en} ({other}). Look for 千円 taken for 円; if it is right, say why."


class SumDiffers(LedgerRefusal):
    """A reported amount that is not what the lines of spending add up to."""

    code = "E611"
    ja = "実績報告額{typed}が、台帳の{what}{sum}と違います（差{gap}）。抜けた行がないか確かめ、正しければ理由を書いてください。"
    en = "The reported {typed} is not {what_en}, {sum} (difference {gap}). Look for a missing line; if it is right, say why."


class DaysReversed(LedgerRefusal):
    """Days in an order that cannot be."""

    code = "E612"
    ja = "「{later}」が「{earlier}」より前の日になっています。日付を確かめてください。"
    en = "“{later_en}” lies before “{earlier_en}”. Check the dates."


class NoSuchFinding(LedgerRefusal):
    """A finding that is not there (any more), so that it cannot be accepted."""

    code = "E613"
    ja = "指摘「{rule}」は、いまの内容にはありません。画面を開き直して確かめてください。"
    en = "The finding {rule} is not there now. Open the page again and look."


class TwoLeads(LedgerRefusal):
    """A joint project with several leading bodies, or a body named twice."""

    code = "E614"
    ja = "構成団体「{name}」が二重です。代表団体は一つ、同じ団体は一度だけにしてください。"
    en = "“{name}” is one too many: one body leads, and each body is named once."


class AlreadyThere(LedgerRefusal):
    """A second thing of a kind of which one is enough."""

    code = "E615"
    ja = "「{what}」はすでにあります。一覧から選び、そこに書き加えてください。"
    en = "“{what}” is there already. Choose it from the list and write there."


class Resting(LedgerRefusal):
    """A project or an indicator that rests from a year on."""

    code = "E616"
    ja = "「{what}」は{year}から休止しています。再開してから書いてください。"
    en = "“{what}” rests from {year} on. Wake it before you write."


class FundsUnfit(LedgerRefusal):
    """A choice that the book does not know."""

    code = "E617"
    ja = "{column}「{value}」は選べません。一覧から選んでください。"
    en = "“{value}” is no choice for {column_en}. Choose one from the list."


class EmptyProject(LedgerRefusal):
    """A project or an indicator without a name."""

    code = "E618"
    ja = "「{what}」を書いてください。名称がないと、報告書で見分けられません。"
    en = "Write “{what}”: without a name it cannot be told apart in the report."


class AboveCap(LedgerRefusal):
    """A grant decision above what the scheme allows."""

    code = "E619"
    ja = "交付決定額{yen}は、{scheme}の上限{cap}を超えます。金額を確かめ、正しければ理由を書いてください。"
    en = "The decided {yen} exceed the scheme's cap of {cap} ({scheme}). Check it; if it is right, say why."
