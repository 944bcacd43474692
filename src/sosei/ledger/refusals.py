"""断り. What the ledger refuses, each with its code and sentence; all problems of a report at once."""

from __future__ import annotations

from typing import ClassVar

from sosei.core.errors import SoseiError


class LedgerRefusal(SoseiError):
    """Something the book cannot take."""

    code = "E600"
    ja: ClassVar[str] = "台帳に入れられません。"
    en: ClassVar[str] = "The ledger cannot take this."


class Unrecordable(LedgerRefusal):
    """A report that the book cannot take; `problems` holds (JSON pointer, Japanese, English) for all of them."""

    code = "E601"
    ja = "この報告書は台帳に入れられません（{count}か所）。最初は「{path}」：{hint}"
    en = "The ledger cannot take this report ({count} places). First: “{path}”: {hint_en}"

    def __init__(self, problems: list[tuple[str, str, str]]) -> None:
        """Keep all problems; the sentence names the first and the number."""
        path, ja, en = problems[0]
        super().__init__(count=len(problems), path=path or "/", hint=ja, hint_en=en)
        self.problems = problems


class VolumeExists(LedgerRefusal):
    """A second book for the same year."""

    code = "E602"
    ja = "{year}の報告書はすでに台帳にあります。取込みの画面から差分として入れてください。"
    en = "The book already holds the report of {year}. Import it as a difference."


class NoSuchThing(LedgerRefusal):
    """Something that is not in this body's book, or no longer."""

    code = "E603"
    ja = "「{what}」は台帳にありません。一覧に戻って選び直してください。"
    en = "“{what}” is not in the book. Go back to the list and choose again."


class Restates(LedgerRefusal):
    """A report that gives other figures for years the book already holds; `differing` names all of them."""

    code = "E604"
    ja = "台帳にある過去の値と違う値が{count}件あります。最初は「{subject}」：台帳「{before}」、報告書「{after}」。確かめてから、置き換えるかどうかを選んでください。"
    en = "{count} figures differ from what the book holds of earlier years. First: “{subject}”: book {before}, report {after}. Check them, then say whether to replace them."

    def __init__(self, differing: list[tuple[str, str, str]]) -> None:
        """Keep all of them: (what, the book's figure, the report's figure)."""
        subject, before, after = differing[0]
        super().__init__(count=len(differing), subject=subject, before=before, after=after)
        self.differing = differing


class OtherCountUnit(LedgerRefusal):
    """A measure that counts in another unit than the indicator is in."""

    code = "E666"
    ja = "数え方の単位は「{unit}」、指標「{indicator}」の単位は「{own}」です。どちらかをそろえてください。"
    en = "The measure counts in “{unit}”, the indicator “{indicator}” is in “{own}”. Make them the same."


class NotCounted(LedgerRefusal):
    """A figure that is to be recorded from a count, of an indicator that is not counted."""

    code = "E667"
    ja = "指標「{indicator}」には数え方が結び付いていません。指標の画面で数え方を選んでください。"
    en = "The indicator “{indicator}” has no measure. Choose one on its page."


class MeasureCounts(LedgerRefusal):
    """A measure that is to be dropped while indicators are counted by it."""

    code = "E668"
    ja = "{n}個の指標や経費がこの数え方で数えられています（{indicators}）。先に、そこから数え方を外してください。"
    en = "{n} indicators or lines of money are counted by this measure ({indicators}). Untie them first."


class NotMoney(LedgerRefusal):
    """A measure that counts no money to the yen, for a line of money."""

    code = "E669"
    ja = "数え方「{measure}」（単位{unit}）では経費を数えられません。金額の合計で、端数処理のないものを選んでください。"
    en = "The measure “{measure}” ({unit}) counts no money. Choose one that sums amounts and rounds nothing."


class NotCountedMoney(LedgerRefusal):
    """A line of money of which nothing can be recorded, or left, from a count."""

    code = "E670"
    ja = (
        "経費「{line}」には、記載と比べる数えがありません。経費の画面で数え方を結び付けてください。"
    )
    en = "There is no count to hold against “{line}”. Tie the line to a measure on the page of money."


class FractionOfYen(LedgerRefusal):
    """A count with a fraction of a yen that is to be recorded as an amount."""

    code = "E671"
    ja = "経費「{line}」の数え{counted}には円未満の端数があります。台帳の額を直してから記載にしてください。"
    en = "The count of “{line}”, {counted}, has a fraction of a yen. Correct the register, then record it."
