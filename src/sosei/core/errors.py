"""誤り. Everything Sosei refuses, as one tree.

    SoseiError
    ├── BadInput       E1xx  what a person typed or a file holds cannot be understood
    │   ├── UnreadableYear   E101      ├── UnreadableFigure E102      ├── UnreadablePeriod E103
    │   ├── UnknownUnit      E104      ├── UnknownBody      E105      ├── BadCheckDigit    E106
    │   └── NotACorporateNumber E107
    ├── Unreadable     E2xx  a document as a whole cannot be read (`reading.formats.refusal`)
    ├── NotAReport     E210  JSON that is not a report; carries every problem with its path
    ├── Unpublishable  E3xx  a report that a form cannot carry
    ├── Refused        E4xx  an act that may not be done now, or not by this person
    │   ├── NotAllowed  E401    ├── Stale E402    └── NoReason E403   (locks and states: `ledger.refusals`)
    └── BadSetting     E5xx  sosei.toml, an option, an environment variable

Each error has a code that never changes, and a sentence in Japanese and English that says what is wrong, where, and
what to do. Facts stand in 「」. All problems of a file are collected (`problems`), never only the first.
"""

from __future__ import annotations

from typing import ClassVar


class SoseiError(Exception):
    """A refusal with a code and a sentence in two languages; `facts` fill the sentence."""

    code: ClassVar[str] = "E900"
    ja: ClassVar[str] = "想定していない状態です。記録を添えて開発者に知らせてください。"
    en: ClassVar[str] = "This should not have happened. Please report it with the log."

    def __init__(self, **facts: object) -> None:
        """Keep the facts; every name in the sentences must be among them."""
        super().__init__()
        self.facts = facts

    def sentence(self, lang: str = "ja") -> str:
        """Return the sentence in Japanese (`ja`) or English (`en`), with the facts in place."""
        return (self.en if lang == "en" else self.ja).format(
            **{k: _shown(v) for k, v in self.facts.items()}
        )

    def __str__(self) -> str:
        """The Japanese sentence and the code."""
        return f"{self.sentence()}（{self.code}）"


def _shown(fact: object) -> str:
    """Shorten a fact and take out what a terminal or page could not show."""
    text = "".join(ch if ch.isprintable() else "�" for ch in str(fact))
    return text if len(text) <= 80 else f"{text[:79]}…"


class BadInput(SoseiError):
    """Something a person typed or a cell holds."""

    code = "E100"


class UnreadableYear(BadInput):
    """No spelling of a fiscal year."""

    code = "E101"
    ja = "年度「{text}」を読み取れません。「R4」「令和4年度」「2022」のように書いてください。"
    en = "“{text}” is not a fiscal year. Write it like R4, 令和4年度 or 2022."


class UnreadableFigure(BadInput):
    """No spelling of a figure."""

    code = "E102"
    ja = "「{text}」を数として読み取れません。「1,234」「△5.6」「1億2,345万円」のように書いてください。"
    en = "“{text}” is not a figure. Write it like 1,234, △5.6 or 1億2,345万円."


class UnreadablePeriod(BadInput):
    """No spelling of a span of fiscal years."""

    code = "E103"
    ja = "期間「{text}」を読み取れません。「R3～R7年度」「平成30年度～令和4年度」のように書いてください。"
    en = "“{text}” is not a period. Write it like R3～R7年度."


class UnknownUnit(BadInput):
    """A money unit that is not known."""

    code = "E104"
    ja = "単位「{text}」は金額の単位ではありません。円、千円、万円、百万円、億円のどれかにしてください。"
    en = "“{text}” is no unit of money. Use 円, 千円, 万円, 百万円 or 億円."


class UnknownBody(BadInput):
    """No municipality of that name or code."""

    code = "E105"
    ja = "団体「{text}」は全国地方公共団体コードの一覧にありません。名称か6桁のコードを確かめてください。"
    en = "“{text}” is not among the municipalities. Check the name or the six-digit code."


class BadCheckDigit(BadInput):
    """A code whose last (or first) digit does not fit the others."""

    code = "E106"
    ja = "番号「{text}」の検査数字が合いません。正しくは「{right}」です。数字の写し間違いを確かめてください。"
    en = "The check digit of “{text}” is wrong (expected {right}). Look for a copying slip."


class NotACorporateNumber(BadInput):
    """No thirteen digits."""

    code = "E107"
    ja = "「{text}」は法人番号ではありません。13桁の数字で書いてください。"
    en = "“{text}” is not a corporate number. Write its thirteen digits."


class Unreadable(SoseiError):
    """A document that cannot be read as a whole; `cause` says why. Subclasses live beside the formats."""

    code = "E200"
    ja = "「{name}」を読めません。"
    en = "“{name}” cannot be read."


class NotAReport(SoseiError):
    """JSON that does not fit the contract. `problems` holds (JSON pointer, what is wrong) for all of them."""

    code = "E210"
    ja = "報告書のJSONとして読めません（{count}か所）。最初は「{path}」：{problem}。契約（sosei.report/1）に合わせてください。"
    en = "Not a report ({count} problems). First: “{path}”: {problem}. See the contract sosei.report/1."

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        """Keep all problems; the sentence names the first and the number."""
        path, problem = problems[0]
        super().__init__(count=len(problems), path=path or "/", problem=problem)
        self.problems = problems


class Unpublishable(SoseiError):
    """A report that a form cannot carry."""

    code = "E300"
    ja = "この報告書は「{form}」の形では書けません。"
    en = "This report cannot be written as {form}."


class BadSetting(SoseiError):
    """A setting that is not understood."""

    code = "E500"
    ja = "設定「{name}」の値「{value}」は使えません。{hint}"
    en = "The setting “{name}” cannot be “{value}”. {hint}"


class Refused(SoseiError):
    """A person's act that may not be done now, or not by this person."""

    code = "E400"
    ja = "いまは「{what}」をできません。"
    en = "“{what}” cannot be done now."


class NotAllowed(Refused):
    """The person's roles do not allow the act."""

    code = "E401"
    ja = "「{what}」は、あなたの役割ではできません。{who}に頼んでください。"
    en = "Your roles do not allow “{what}”. Ask {who}."


class Stale(Refused):
    """Somebody changed the same thing in between: both versions are kept, nothing is overwritten."""

    code = "E402"
    ja = "「{what}」は、開いている間にほかの人が変えました。いまの内容を確かめて、もう一度保存してください。"
    en = "“{what}” was changed by someone else meanwhile. Look at it again, then save once more."


class NoReason(Refused):
    """An act that needs a reason was done without one."""

    code = "E403"
    ja = "「{what}」には理由が要ります。理由を書いてから、もう一度押してください。"
    en = "“{what}” needs a reason. Write it, then try again."
