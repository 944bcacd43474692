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


class SealKeyLacking(SoseiError):
    """The key with which a book is sealed is not here."""

    code = "E679"
    ja = (
        "この台帳の証跡を封印する鍵（番号{number}）が keys フォルダにないので、何も書けません。"
        "保管している鍵（ほかのサーバーがあれば、その keys フォルダ）を置いてから、開き直してください。"
        "「sosei keys list」で番号を、「sosei doctor」で具合を確かめられます。"
    )
    en = (
        "The key no. {number} that seals this book's journal is not in the folder keys, so nothing can be written. Put the "
        "kept keys (or those of the other server) there, then start again. “sosei keys list” shows their numbers, "
        "“sosei doctor” how things are."
    )


class OtherSealKey(SoseiError):
    """A key of the right number, but of another book."""

    code = "E681"
    ja = (
        "keys フォルダの封印の鍵（番号{number}）は、この台帳の鍵ではありません（台帳 {book}、ここ {here}）。何も書いていません。"
        "保管している元の keys フォルダ（ほかのサーバーがあれば、その keys フォルダ）と入れ替えてから、開き直してください。"
        "「sosei doctor」で確かめられます。"
    )
    en = (
        "Key no. {number} in the folder keys is not this book's (book {book}, here {here}); nothing was written. Put the "
        "original folder keys (or that of the other server) in its place, then start again. Check with “sosei doctor”."
    )
