"""公開フォームの断り. What a form that anybody may fill in does not take, and what its makers did not say (E757–E768, E785, E796)."""

from __future__ import annotations

from sosei.evidence.measures.refusals import EvidenceRefusal


class NoSuchForm(EvidenceRefusal):
    """An address at which nothing is taken just now."""

    code = "E757"
    ja = "この受付は、今は開いていません。宛先と受付の期間を確かめるか、担当の課に尋ねてください。"
    en = "Nothing is taken here just now. Check the address and the dates, or ask the office in charge."


class FormNotFit(EvidenceRefusal):
    """A form that could never be filled in."""

    code = "E758"
    ja = "この公開フォームは作れません：{what}。直してから保存してください。"
    en = "This form cannot be made: {what_en}. Correct it, then save."


class SlugTaken(EvidenceRefusal):
    """An address that is in use."""

    code = "E759"
    ja = "公開フォームのアドレス「{slug}」は、もう使われています。別のアドレスにしてください。"
    en = "The address “{slug}” is in use already. Choose another one."


class TicketOld(EvidenceRefusal):
    """A page that was opened long ago, or before the form was changed."""

    code = "E760"
    ja = "この頁は開いてから一日が過ぎたか、内容が改められました。下の内容を確かめて、もう一度送ってください。"
    en = "This page is more than a day old, or the form was changed since. Look through it and send it again."


class TooQuick(EvidenceRefusal):
    """What was sent faster than anybody types."""

    code = "E761"
    ja = "開いてすぐに送られたので、受け取りませんでした。数秒おいて、もう一度送ってください。"
    en = "It was sent too soon after opening and was not taken. Wait a few seconds and send it again."


class TicketUsed(EvidenceRefusal):
    """A page that was sent before, with something else in it."""

    code = "E762"
    ja = "この頁からは、もう受け付けました。別の方の分は、受付の頁を開き直して送ってください。"
    en = "This page was sent before. For somebody else, open the form's page anew."


class HoneyFilled(EvidenceRefusal):
    """The field that people do not see was filled in."""

    code = "E763"
    ja = "空けておく欄に何かが書かれているので、受け取りませんでした。その欄を空にして送ってください。"
    en = "The field that is to stay empty was filled in; nothing was taken. Empty it and send it again."


class TooMany(EvidenceRefusal):
    """More than a form, or one line, sends in the time."""

    code = "E764"
    ja = "短い間に多くの送信があったので、しばらく受け付けません。一時間ほどおいて、もう一度送ってください。"
    en = "Too much was sent in a short time. Wait about an hour and send it again."


class NoSuchCode(EvidenceRefusal):
    """A code that opens nothing of this form."""

    code = "E765"
    ja = "この確認番号では見つかりません。控えの12文字を、同じ受付の頁で入れ直してください。"
    en = "Nothing is found by this code. Type its twelve characters again, on the page of the same form."


class StampedAlready(EvidenceRefusal):
    """A second stamp of one person at one place on one day."""

    code = "E766"
    ja = "「{place}」のスタンプは、今日はもう押してあります。次は別の日か、別の場所で押してください。"
    en = "There is a stamp of “{place}” for today already. Come back another day, or stamp another place."


class SaidWrong(EvidenceRefusal):
    """What was typed cannot be taken as it is; `slips`: each with its field."""

    code = "E767"
    ja = "書き直すところが{count}か所あります。受け取っていないので、直して送ってください。"
    en = "{count} things are to be mended; nothing was taken. Mend them and send it again."

    def __init__(self, slips: tuple[object, ...]) -> None:
        """Keep every slip."""
        super().__init__(count=len(slips))
        self.slips = slips


class NotWaiting(EvidenceRefusal):
    """A submission that was decided on, or withdrawn."""

    code = "E768"
    ja = "受付{number}番は、もう決まっているか、取り下げられています。一覧を開き直してください。"
    en = "Submission no. {number} is decided already, or was withdrawn. Open the list again."


class PublicClosed(EvidenceRefusal):
    """What lies in a period that the office has closed, told to who cannot reopen it."""

    code = "E785"
    ja = "その時期の記録は締め切られていて、ここからは変えられません。担当の課に連絡してください。"
    en = "Records of that period are closed and cannot be changed from here. Please contact the office in charge."


class RegisterEnded(EvidenceRefusal):
    """A submission to a register that is no longer kept."""

    code = "E796"
    ja = "「{register}」は廃止されたので、受付{number}番は登録できません。「登録しない」を選んで、内容を消してください。"
    en = "“{register}” is no longer kept, so submission no. {number} cannot be entered. Refuse it, which deletes what was typed."
