"""断りとお知らせ. Why a file is no answer to the inquiry, and what of an answer a person has to look at.

The first four are raised; the others become notices of `Answers` and `Opinions`, all of a file at once.
"""

from __future__ import annotations

from typing import ClassVar

from sosei.core.errors import SoseiError


class AnswerProblem(SoseiError):
    """Something about an answer that came back."""

    code = "E620"
    ja: ClassVar[str] = "回答として読めません。"
    en: ClassVar[str] = "This is not an answer that can be read."


class NotAnAnswer(AnswerProblem):
    """A file in which nothing that was asked is found."""

    code = "E621"
    ja = "「{name}」には、照会した事業や指標が見つかりません。回答したファイルかどうか確かめてください。"
    en = "“{name}” holds none of the projects or indicators that were asked about. Check that it is the answer."


class OtherInquiry(AnswerProblem):
    """The form of another department, or of another inquiry."""

    code = "E622"
    ja = "この様式は{theirs}のもので、{ours}への回答ではありません。照会先と照会番号を確かめてください。"
    en = (
        "This form belongs to {theirs_en}; it does not answer {ours_en}. Check department and mark."
    )


class OtherYear(AnswerProblem):
    """An answer about another fiscal year."""

    code = "E623"
    ja = "この回答は{theirs}のもので、照会した{ours}のものではありません。正しい年度のファイルを選んでください。"
    en = "This answer is about {theirs_en}, not about {ours_en}. Choose the file of the right year."


class WhichSheet(AnswerProblem):
    """A file without a mark that answers several sheets alike."""

    code = "E624"
    ja = "この回答がどの課のものか決められません（{names}）。照会先の画面を開いて取り込んでください。"
    en = "It cannot be told whose answer this is ({names}). Open the department's page and take it in there."


class UnknownRow(AnswerProblem):
    """A row with a value that answers no question."""

    code = "E625"
    ja = "「{name}」の「{value}」は、どの照会項目の回答か分かりません。項目の名前を確かめてください。"
    en = "It is not known which question “{name}” with “{value}” answers. Check the name of the item."


class EqualRows(AnswerProblem):
    """A row that fits several questions equally well, or of which signs point to different ones."""

    code = "E626"
    ja = "「{name}」の「{value}」は、{choices}のどれの回答か決められません。画面で選んで入力してください。"
    en = "“{name}” with “{value}” may answer any of {choices_en}. Enter it by hand."


class TwoAnswers(AnswerProblem):
    """Two different answers to one question."""

    code = "E627"
    ja = "{where}に、異なる回答があります（{values}）。正しいほうを入力してください。"
    en = "There are different answers to {where_en} ({values}). Enter the right one."


class NotAFigure(AnswerProblem):
    """Words, a date or a broken formula where a figure belongs. `advice` says what to do about it."""

    code = "E628"
    ja = "{where}の「{text}」を数値として読めません。{advice}"
    en = "“{text}” in {where_en} is not a figure. {advice_en}"


class OtherUnit(AnswerProblem):
    """A figure in a unit that cannot be turned into the one that was asked for."""

    code = "E629"
    ja = "{where}は「{unit}」で照会しましたが、回答は「{text}」です。「{unit}」での値を確かめてください。"
    en = "{where_en} is asked in {unit}, and the answer is “{text}”. Check the figure in {unit}."


class UnitConverted(AnswerProblem):
    """A figure that was turned into the unit that was asked for."""

    code = "E630"
    ja = "{where}の「{text}」は、{unit}に直して{number}として読みました。"
    en = "“{text}” in {where_en} was read as {number} {unit}."


class UnitJump(AnswerProblem):
    """A figure some thousand times the target or last year's, or a thousandth of it."""

    code = "E631"
    ja = (
        "{where}の{number}は、{beside}の約{times}です。単位（円と千円など）や桁を確かめてください。"
    )
    en = "{number} in {where_en} is about {times_en} {beside_en}. Check the unit and the digits."


class PartlyRead(AnswerProblem):
    """A cell of which only the figure was taken."""

    code = "E632"
    ja = "{where}の「{text}」は、{number}として読みました。ほかの語は取り込んでいません。"
    en = "“{text}” in {where_en} was read as {number}; the other words were left out."


class TotalDiffers(AnswerProblem):
    """A total that is not the sum of its lines."""

    code = "E633"
    ja = "「{name}」の合計は{total}ですが、内訳を足すと{sum}です。内訳の漏れや誤りがないか確かめてください。"
    en = "The total of “{name}” is {total}, but its lines add up to {sum}. Look for a missing or wrong line."


class StaleForm(AnswerProblem):
    """An answer on a form that was replaced since."""

    code = "E634"
    ja = "古い様式です（照合用の英数字は{theirs}、いまの様式は{ours}）。様式を作った後に変わった項目：{count}件。"
    en = "An old form (check {theirs}; now {ours}). Items changed since it was made: {count}."


class ChangedSince(AnswerProblem):
    """What changed of a question since the form was made, or was overwritten on it."""

    code = "E635"
    ja = "{where}の{what}は、様式では「{theirs}」ですが、いまの台帳では「{ours}」です。"
    en = "The {what_en} of {where_en} is “{theirs}” on the form and “{ours}” in the book now."


class NameDiffers(AnswerProblem):
    """A row whose name alone does not make sure of its question; `why` says what is odd."""

    code = "E636"
    ja = "「{name}」を{where}の回答として読みました。{why}ので、確かめてください。"
    en = "“{name}” was read as the answer to {where_en}, though {why_en}. Check it."


class IdsMoved(AnswerProblem):
    """Hidden ids that no longer stand beside the names they were written for."""

    code = "E637"
    ja = "隠れた項目番号と項目の名前が食い違うため、名前で読み取りました（{count}行）。内容を確かめてください。"
    en = "The hidden ids do not fit the names any more ({count} rows); names were read instead. Check the answers."


class TakenAsCounting(AnswerProblem):
    """A day when the figure will be known, without a word that it is not known yet."""

    code = "E638"
    ja = "{where}は判明予定日「{text}」だけが書かれているので、「集計中」として読みました。"
    en = "{where_en} has only a day when it is expected (“{text}”) and was read as being counted."


class UnclearJudgement(AnswerProblem):
    """An expert's judgement with both or no readable choice."""

    code = "E639"
    ja = "「{name}」の評価「{text}」は、有効であったかどうかを読み取れません。本人に確かめてください。"
    en = "It cannot be told from “{text}” whether “{name}” was judged effective. Ask the expert."
