"""止まる所. What the flow and the locks refuse: each says why, until when, and who can help."""

from __future__ import annotations

from typing import ClassVar

from sosei.core.errors import NotAllowed, Refused
from sosei.ledger.refusals import LedgerRefusal


class Locked(Refused):
    """A group of fields that may not be written now (`flow.Lock`)."""

    code: ClassVar[str] = "E420"
    ja: ClassVar[str] = "「{what}」は、{why}ため、{until}変えられません。解除できる人：{who}。"
    en: ClassVar[str] = (
        "“{what}” is locked {until}, because {why_en}. Who can lift the lock: {who_en}."
    )


class WrongStage(Refused):
    """A move that does not begin at the stage where the thing is."""

    code = "E421"
    ja = "「{what}」はいま「{stage}」なので、「{move}」はできません。画面を開き直して、いまの段階を確かめてください。"
    en = "“{what}” is at “{stage_en}” now, so “{move_en}” cannot be done. Open the page again and look at its stage."


class NotYours(Refused):
    """Taking back what somebody else moved, or what others have acted on since."""

    code = "E422"
    ja = "「{what}」を引き戻せるのは、最後に提出した人だけです。{who}に差戻しを頼んでください。"
    en = "Only who moved “{what}” last can take it back. Ask {who_en} to return it."


class NotAllAccepted(Refused):
    """A volume that cannot go on yet; `entries` names every entry that is not accepted, with its stage."""

    code = "E423"
    ja = "「{what}」に、企画課の確認が済んでいない事業が{count}件あります（{names}）。すべて確認してから進めてください。"
    en = "“{what}” has {count} entries that are not accepted yet ({names}). Accept all of them first."

    def __init__(self, entries: list[tuple[int, str, str]], what: str) -> None:
        """Keep all entries (number, name, stage); the sentence names the first ones."""
        names = "、".join(name for _, name, _ in entries[:3]) + ("ほか" if len(entries) > 3 else "")
        super().__init__(count=len(entries), names=names, what=what)
        self.entries = entries


class NothingToReport(Refused):
    """A volume without any project whose results it reports."""

    code = "E428"
    ja = "「{what}」には実績を報告する事業がありません。事業を登録してから決裁に出してください。"
    en = "“{what}” reports no project's results. Record projects before the decision."


class NotNow(Refused):
    """Entries do not move while the volume is where it is."""

    code = "E424"
    ja = "報告書が「{stage}」の間は、「{what}」の手続を進められません。決裁の差戻しか訂正の後にしてください。"
    en = "While the report is at “{stage_en}”, “{what}” cannot move. Wait for a return from decision or a correction."


class BadExemption(Refused):
    """An exemption that ends in the past, or too late, or that would not help."""

    code = "E425"
    ja = "解除の期限は、いまより後、{most}日以内にしてください（「{until}」）。"
    en = "An exemption ends in the future and within {most} days, not “{until}”."


class NoExemption(Refused):
    """An exemption where only a correction helps."""

    code = "E426"
    ja = "「{what}」は公表済みの報告書にあります。期限付きの解除ではなく、訂正を始めてください。"
    en = "“{what}” is in a published report. Begin a correction instead of an exemption."


class NoOpinions(Refused):
    """Going on to the assembly although no expert said anything, without saying why."""

    code = "E427"
    ja = "「{what}」にはまだ有識者の意見がありません。意見を取り込むか、意見なしで進む理由を書いてください。"
    en = "“{what}” has no expert's opinion yet. Take the opinions in, or say why you go on without."


class NoPapers(LedgerRefusal):
    """No papers to decide on, or none to be made now."""

    code = "E640"
    ja = "「{what}」はいま「{stage}」で、決裁を待つ資料がありません。決裁に出すか、資料を作り直してください。"
    en = "“{what}” is at “{stage_en}” and has no papers waiting for a decision. Submit it, or make them anew."


class BadDecisionDay(LedgerRefusal):
    """A decision without a number, or on a day on which it cannot have been taken."""

    code = "E641"
    ja = "決裁番号と決裁日を書いてください。決裁日は資料を作った{first}から今日{last}までの日です。"
    en = (
        "Give the number and the day of the decision, from {first} (papers made) to {last} (today)."
    )


class PapersOutdated(LedgerRefusal):
    """A book that changed after its papers were made."""

    code = "E642"
    ja = "「{what}」は決裁資料を作った後に変わっています。資料を作り直すか、このまま記録する理由を書いてください。"
    en = "“{what}” changed after its papers were made. Make them anew, or say why the decision still holds."


class NothingCorrected(LedgerRefusal):
    """A new edition that would say the same as the one before."""

    code = "E643"
    ja = "「{what}」は公表した版から変わっていません。訂正する箇所を直すか、訂正を取りやめてください。"
    en = "“{what}” is the same as published. Correct what is wrong, or drop the correction."


class NoCorrectionNamed(LedgerRefusal):
    """A correction that names nothing."""

    code = "E644"
    ja = "「{what}」のどの事業を訂正するかを1つ以上選ぶか、題名を訂正するかを選んでください。"
    en = "Choose at least one project of “{what}” to correct, or its title."


class NotPutBack(LedgerRefusal):
    """A correction that cannot be dropped, because the report is not as it was when it began."""

    code = "E645"
    ja = "「{what}」は訂正を始めたときと違っています。直した箇所を元に戻してから取りやめるか、訂正として公表してください。"
    en = "“{what}” differs from what it was when the correction began. Put it back before dropping the correction, or publish it."


class BadPublicationDay(LedgerRefusal):
    """A day of publication in the future, or before the edition before it."""

    code = "E646"
    ja = "公表日は、前の版の公表日（{first}）から今日（{last}）までの日にしてください。"
    en = "The day of publication lies between the edition before ({first}) and today ({last})."


class NotAsking(LedgerRefusal):
    """Experts are asked and answer while the volume is with them or with the assembly."""

    code = "E647"
    ja = "「{what}」はいま「{stage}」なので、有識者の意見を扱えません。有識者の検証に進んでから行ってください。"
    en = "“{what}” is at “{stage_en}”, so experts' opinions are not taken now. Go on to the experts first."


class AskedAlready(LedgerRefusal):
    """An expert who has a paper already."""

    code = "E648"
    ja = (
        "「{expert}」にはすでに意見書を出しています。一覧の意見書を使うか、氏名を確かめてください。"
    )
    en = "“{expert}” has an opinion sheet already. Use that one, or check the name."


class BadDue(LedgerRefusal):
    """A day that is past."""

    code = "E649"
    ja = "期限は今日（{today}）以後の日にしてください（「{due}」）。"
    en = "The day due (“{due}”) must be today ({today}) or later."


class SaysNothing(LedgerRefusal):
    """An opinion without a judgement and without words; a response without words."""

    code = "E650"
    ja = "「{what}」に何も書かれていません。評価を選ぶか、文章を書いてください。"
    en = "“{what}” says nothing. Choose a judgement or write some words."


class NotYourPaper(NotAllowed):
    """An expert at another's paper."""

    code = "E429"
    ja = "この意見書は{expert}さんのものです。ご自分の意見書を開いてください。"
    en = "This opinion sheet is {expert}'s. Open your own."


class AlreadySettled(LedgerRefusal):
    """What was read of a paper was taken in or dropped already."""

    code = "E652"
    ja = "この読取りはすでに「{state}」です。意見書のファイルをもう一度読み取ってください。"
    en = "What was read here is settled already (“{state}”). Read the file again."


class NoPromise(LedgerRefusal):
    """A promise that was not given, or is kept already."""

    code = "E653"
    ja = "「{what}」の意見には、これから行う対応がありません。先に対応と期限を書いてください。"
    en = "There is no open promise for “{what}”. Write the response and its day first."


class NotDoneYet(LedgerRefusal):
    """A promise kept on a day to come."""

    code = "E654"
    ja = "対応を終えた日は、今日（{today}）までの日にしてください（「{day}」）。"
    en = "The day on which it was done (“{day}”) cannot be after today ({today})."


class NothingThen(LedgerRefusal):
    """A moment at which the report was not in the book yet."""

    code = "E655"
    ja = "{at}の時点では、「{what}」はまだ台帳にありませんでした。もっと後の時点を選んでください。"
    en = "At {at} “{what}” was not in the book yet. Choose a later moment."


class TitlePublished(LedgerRefusal):
    """A title of a report that is published, and not being corrected."""

    code = "E656"
    ja = "「{what}」は公表済みなので、題名を書き換えられません。企画課長が訂正を始めてから直してください（手続 → 訂正を始める）。"
    en = "“{what}” is published: its title cannot be rewritten. Correct it after the head of planning began a correction (Sign-off → Begin a correction)."
