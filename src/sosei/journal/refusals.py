"""証跡の断り. What cannot be undone, and why: every row that stands in the way; what cannot be sealed."""

from __future__ import annotations

from sosei.core.errors import Refused, SoseiError


class NothingToUndo(Refused):
    """A line that wrote no rows."""

    code = "E470"
    ja = "証跡の第{seq}行（{what}）は台帳に何も書いていないので、取り消すものがありません。"
    en = "Line {seq} of the journal ({what}) wrote nothing into the book; there is nothing to undo."


class CannotUndo(Refused):
    """Rows that were changed or used since. `problems` holds (row, what happened to it) for all of them."""

    code = "E471"
    ja = (
        "証跡の第{seq}行は、あとから触れられた行が{count}件あるので、まとめて取り消せません。"
        "最初は{where}：{why}。それぞれの今の内容を確かめて、直すところだけを直してください。"
    )
    en = (
        "Line {seq} of the journal cannot be undone as one: {count} of its rows were touched since. "
        "First: {where}: {why}. Look at each of them and correct what needs it."
    )

    def __init__(self, seq: int, problems: list[tuple[str, str]]) -> None:
        """Keep all problems; the sentence names the first and the number."""
        where, why = problems[0]
        super().__init__(seq=seq, count=len(problems), where=where, why=why)
        self.problems = problems


class TextTooLong(Refused):
    """A text that its column cannot hold."""

    code = "E475"
    ja = "「{column}」は{most}字までです（いまは{length}字）。短くして、もう一度行ってください。"
    en = "“{column}” holds at most {most} characters (now {length}). Shorten it and try again."


class NumberBeyondColumn(Refused):
    """A whole number that its column cannot hold."""

    code = "E476"
    ja = "「{column}」に書ける数は、{least}から{most}までです。数を確かめて、もう一度行ってください。"
    en = "“{column}” holds numbers from {least} to {most}. Check the number and try again."


class UnwritableSign(Refused):
    """A sign that texts of databases cannot hold."""

    code = "E477"
    ja = "「{column}」に、保存できない文字（NUL）があります。打ち直して、もう一度行ってください。"
    en = "“{column}” holds a sign that cannot be kept (NUL). Type it anew and try again."


class SealKeyLacking(SoseiError):
    """The key with which a book is sealed is not here."""

    code = "E679"
    ja = (
        "封印の鍵（番号{number}）が keys フォルダになく、書けません。保管している（またはほかのサーバーの）鍵を置いてください。"
        "失ったら「sosei keys rotate journal --lost」です。"
    )
    en = (
        "The seal key no. {number} is not in the folder keys, so nothing can be written. Put the kept keys (or those "
        "of the other server) there and start again. Where it is lost: “sosei keys rotate journal --lost”."
    )


class OtherSealKey(SoseiError):
    """A key of the right number, but of another book."""

    code = "E681"
    ja = (
        "封印の鍵（番号{number}）は、この台帳のものではありません（台帳 {book}、ここ {here}）。"
        "保管している（または、ほかのサーバーの）鍵と入れ替えてください。「sosei doctor」で調べられます。"
    )
    en = (
        "Seal key no. {number} is not this book's (book {book}, here {here}). Put the kept keys (or those of the other "
        "server) in its place. “sosei doctor” examines it."
    )
