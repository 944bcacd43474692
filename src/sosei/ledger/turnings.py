"""年度の変わり目の断り. What handing work over and rolling a year over refuse."""

from __future__ import annotations

from typing import ClassVar

from sosei.ledger.refusals import LedgerRefusal


class NothingToMove(LedgerRefusal):
    """Nothing lies with departments that are gone, or nobody was named to take it over."""

    code: ClassVar[str] = "E660"
    ja: ClassVar[str] = (
        "引き継ぐ仕事がないか、引継先が選ばれていません。引継先を選んでから、もう一度押してください。"
    )
    en: ClassVar[str] = (
        "There is no work to hand over, or nobody was chosen for it. Choose, then press again."
    )


class YearThere(LedgerRefusal):
    """A roll-over into a year that has its book already."""

    code = "E661"
    ja = "{year}の報告書はすでに台帳にあります。年度更新は、書いてあるものを上書きしません。残った事業は一つずつ加えてください。"
    en = "The book already holds the report of {year}. Rolling over overwrites nothing; add what is left one by one."


class ComesAlready(LedgerRefusal):
    """A project that stands in the next year's book already."""

    code = "E662"
    ja = "「{what}」はすでに{year}の報告書にあります。"
    en = "“{what}” already stands in the report of {year}."


class NoYearYet(LedgerRefusal):
    """An answer to a roll-over that has not been done."""

    code = "E663"
    ja = "{year}の報告書がまだありません。先に年度更新をしてください。"
    en = "There is no report of {year} yet. Roll the year over first."


class NoSuchScheme(LedgerRefusal):
    """A scheme that is not known or not in force in the year."""

    code = "E664"
    ja = "「{what}」は{year}の交付金制度の一覧にありません。一覧から選んでください。"
    en = "“{what}” is no scheme of {year}. Choose one from the list."


class StillInWork(LedgerRefusal):
    """A project that cannot rest while its entry of the year is being written."""

    code = "E665"
    ja = "「{what}」は{year}の報告書に記載があるため、休止にできません。その記載を先に取り消してください。"
    en = "“{what}” has an entry in the report of {year} and cannot rest. Void that entry first."
