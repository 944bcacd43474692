"""調査票の断り. Why a file that came back is not the answer to a survey sheet, and what to do instead (E731–E739)."""

from __future__ import annotations

from sosei.evidence.sheets.refusals import SheetProblem


class NotOurSheet(SheetProblem):
    """A file without the identity of a survey sheet: retyped, or another one."""

    code = "E731"
    ja = "「{name}」に調査票の整理番号がありません。作り直された表は、「表を取り込む」から取り込んでください。"
    en = "“{name}” bears no number of a survey sheet. A sheet of its own making goes to “Import a sheet”."


class IdentityAltered(SheetProblem):
    """An identity that was not made here, or not for the name beside it."""

    code = "E732"
    ja = "{at}の整理番号が、団体名「{whom}」に合いません。書き換えか写し間違いです。相手に確かめてください。"
    en = "The number at {at} does not fit the name “{whom}”: one of them was changed. Ask who sent it."


class OtherSurvey(SheetProblem):
    """A sheet of another register or year."""

    code = "E733"
    ja = "「{name}」は{what}の調査票です。その調査の画面で渡してください。"
    en = "“{name}” is a sheet of {what_en}. Hand it in on that survey's page."


class NotAsked(SheetProblem):
    """A sheet of a respondent who is no longer among those who are asked."""

    code = "E734"
    ja = "「{name}」の「{whom}」は、この年度に尋ねる相手ではありません。先に尋ねる相手に加えてください。"
    en = "“{whom}” of “{name}” is not asked for this year. Add it to those who are asked first."


class ItemGone(SheetProblem):
    """A question that the sheet no longer holds as it was asked."""

    code = "E735"
    ja = "「{name}」に項目「{column}」（単位「{unit}」）の行がありません。いまの調査票に書いてもらってください。"
    en = "“{name}” has no row “{column_en}” ({unit}). Have the present sheet filled in instead."


class AnsweredTwice(SheetProblem):
    """Two files of one respondent that differ."""

    code = "E736"
    ja = "「{whom}」の調査票が「{first}」にもあります。正しいほうだけを渡してください。"
    en = "“{first}” is a sheet of “{whom}” as well. Hand in only the right one."


class SeveralAnswers(SheetProblem):
    """A respondent with more than one entry for the year: which of them a sheet is to replace is not known."""

    code = "E737"
    ja = "「{whom}」の回答はもう{n}件登録されています。どれを直すか決めて、画面で訂正してください。"
    en = "“{whom}” has {n} answers already. Decide which of them to correct, and do it on its page."


class PdfSheet(SheetProblem):
    """A PDF, or a picture of one."""

    code = "E738"
    ja = "「{name}」はPDFなので読めません。Excelの調査票を送ってもらうか、値を画面で入力してください。"
    en = "“{name}” is a PDF, which is not read. Ask for the Excel sheet, or type the figures in."


class TooManySheets(SheetProblem):
    """More files, or larger ones, than are taken at once."""

    code = "E739"
    ja = "「{name}」は受け取れません（一度に{most}件、一件{each}MB、合わせて{all}MB、展開して{room}MBまで）。分けて渡してください。"
    en = "“{name}” cannot be taken (at most {most} files, {each} MB each, {all} MB in all, {room} MB unpacked). Split them up."
