"""個人情報の断り. Why what is kept of persons cannot be read, used or erased just now (E770–E779)."""

from __future__ import annotations

from sosei.evidence.measures.refusals import EvidenceRefusal


class PersonalKeyLacking(EvidenceRefusal):
    """The key with which persons are enciphered is not here."""

    code = "E770"
    ja = (
        "個人情報の鍵（番号{number}）が keys フォルダになく、氏名や連絡先を扱えません。"
        "保管している（または、ほかのサーバーの）鍵を置いて、始め直してください。失ったら「sosei keys rotate personal」です。"
    )
    en = (
        "The key of personal data no. {number} is not in the folder keys, so names and contacts cannot be handled. Put "
        "the kept keys (or those of the other server) there and start again. Where it is lost: “sosei keys rotate personal”."
    )


class OtherPersonalKey(EvidenceRefusal):
    """A key of the right number, but of another book."""

    code = "E772"
    ja = (
        "個人情報の鍵（番号{number}）は、この台帳のものではありません（台帳 {book}、ここ {here}）。"
        "保管している（または、ほかのサーバーの）鍵と入れ替えて、始め直してください。"
    )
    en = (
        "The key of personal data no. {number} is not this book's (the book's is {book}, the one here {here}). Replace it "
        "by the kept one (or that of the other server) and start again."
    )


class PersonalTextChanged(EvidenceRefusal):
    """An enciphered text that was changed, or moved from its row to another."""

    code = "E771"
    ja = (
        "保存している個人情報（鍵の番号{number}）は、書き換えられたか別の行から移されたもので、開けません。"
        "「sosei doctor」で鍵を調べ、控えから戻してください。"
    )
    en = (
        "Personal data kept here (key no. {number}) was changed, or moved from another row, and cannot be opened. "
        "Examine the keys with “sosei doctor” and restore it from a backup."
    )
