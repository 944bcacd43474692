"""根拠の断り. What the room of evidence refuses where registers, entries and closings are concerned (E740–E769)."""

from __future__ import annotations

from collections.abc import Sequence

from sosei.evidence.measures.refusals import EvidenceRefusal
from sosei.evidence.sheets.said import Problem


class NoSuchRow(EvidenceRefusal):
    """A number that is none of this body's, or was taken out."""

    code = "E740"
    ja = "「{what}」の{number}番は、この団体の台帳にありません。一覧から選び直してください。"
    en = "There is no {what} number {number} in this body's book. Choose from the list again."


class KeyTaken(EvidenceRefusal):
    """A register or measure of this key is there already."""

    code = "E741"
    ja = "記号「{key}」は、もう使われています。別の記号にしてください。"
    en = "The key “{key}” is in use already. Choose another one."


class FieldInUse(EvidenceRefusal):
    """A change of a register's definition that entries stand in the way of."""

    code = "E742"
    ja = "「{field}」は{entries}件の登録が使っているので、{what}。新しい項目を加えてください。"
    en = "“{field}” is used by {entries} entries ({what_en}). Add a new field instead."


class PeriodClosed(EvidenceRefusal):
    """What lies in a period that the register's owner has closed."""

    code = "E743"
    ja = "「{register}」は{until}まで締めてあります。直すには、理由を書いて締めを解いてください。"
    en = "“{register}” is closed up to {until}. To correct it, reopen it with a reason."


class NothingToClose(EvidenceRefusal):
    """A closing that says nothing new."""

    code = "E744"
    ja = "「{register}」は、もう{until}まで締めてあります。"
    en = "“{register}” is closed up to {until} already."


class NotYetOver(EvidenceRefusal):
    """A day that has not yet passed cannot be closed."""

    code = "E745"
    ja = "{until}はまだ終わっていません。過ぎてから締めてください。"
    en = "{until} is not over yet. Close it when it is."


class UndoneAlready(EvidenceRefusal):
    """A batch that was taken back, or whose entries were changed since."""

    code = "E746"
    ja = "この登録の束は取り消せません。{entries}件がその後に直されたか、もう取り消されています。"
    en = "This batch cannot be undone: {entries} of its entries were changed since, or it is undone already."


class RowsWrong(EvidenceRefusal):
    """A sheet that cannot be entered as it is; `problems`: all that is wrong with it."""

    code = "E747"
    ja = "表に直すところが{count}か所あり、一行も登録していません。最初は{at}：{first}"
    en = "The sheet has {count} things to mend; nothing was entered. The first, {at}: {first_en}"

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep all problems; the sentence names the first and the number."""
        first = problems[0]
        super().__init__(
            count=len(problems), at=first.at, first=first.sentence("ja"), first_en=first.sentence("en")
        )
        self.problems = tuple(problems)


class MeasureInUse(EvidenceRefusal):
    """A register that measures count from."""

    code = "E748"
    ja = "数え方「{measure}」が合わなくなります：{reasons}。先に数え方を直してください。"
    en = "The measure “{measure}” would no longer fit ({n} reasons). Change the measure first."


class SameSubject(EvidenceRefusal):
    """Two subjects that cannot become one."""

    code = "E749"
    ja = "この二つの相手は一つにできません（種類か法人番号が違うか、同じものです）。"
    en = "These two cannot become one: their kinds or corporate numbers differ, or they are the same."
