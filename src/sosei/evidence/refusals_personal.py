"""個人情報の断り. Why what is kept of persons cannot be read, used or erased just now (E770–E779)."""

from __future__ import annotations

from sosei.evidence.measures.refusals import EvidenceRefusal


class PersonalKeyLacking(EvidenceRefusal):
    """The key with which persons are enciphered is not here."""

    code = "E770"
    ja = (
        "個人情報の鍵（番号{number}）がなく、氏名等を扱えません。保管している（またはほかのサーバーの）鍵を keys に置いてください。"
        "失ったら「sosei keys rotate personal」です。"
    )
    en = (
        "The key of personal data no. {number} is not here, so names and contacts cannot be handled. Put the kept keys (or "
        "those of the other server) into the folder keys. Where it is lost: “sosei keys rotate personal”."
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


class NotInRegister(EvidenceRefusal):
    """A person who is not in the register, or whose identity is not kept."""

    code = "E773"
    ja = "相手の{subject}番の人は、「{register}」にいません。台帳の一覧から選び直してください。"
    en = "Person no. {subject} is not in “{register}”. Choose from the register's list again."


class NotHeardHere(EvidenceRefusal):
    """A person of whom this register heard no contact, and whose contact elsewhere is not for this official."""

    code = "E795"
    ja = "「{register}」では、相手の{subject}番の人の連絡先を聞いていません。本人から聞いて登録に書いてください。"
    en = "“{register}” heard no contact of person no. {subject}. Ask the person, and write it into the entry."


class NoPerson(EvidenceRefusal):
    """A subject that is an organisation, or a person whose identity is gone."""

    code = "E774"
    ja = "相手の{subject}番は、個人でないか、もう消去されています。連絡先はありません。"
    en = "Subject no. {subject} is no person, or is erased already. There is no contact."


class StillHeld(EvidenceRefusal):
    """A person whose identity is kept for a reason that still holds."""

    code = "E775"
    ja = "この人の個人情報は「{register}」のために保存を続けています（{reason}）。保存を解いてから消去してください。"
    en = "This person's data are held for “{register}” ({reason}). Release them, then erase."


class NamesPerson(EvidenceRefusal):
    """A reason or purpose, which stays in the journal for ever, that names the person."""

    code = "E776"
    ja = "「{what}」に本人の氏名や連絡先が入っています。証跡に残って消せないので、書かずに言い直してください。"
    en = "“{what}” names the person. It stays in the journal and cannot be erased: say it without name or contact."


class NotYet(EvidenceRefusal):
    """Erasing as of a day that is still to come."""

    code = "E777"
    ja = "{on}はまだ来ていません。今日までの日で、保存期限の過ぎた人を消去してください。"
    en = "{on} is still to come. Erase those whose time was over by today."


class NotAhead(EvidenceRefusal):
    """A hold until a day that is past."""

    code = "E778"
    ja = "保存を続ける期限の{until}は、もう過ぎています。今日より後の日を書くか、空欄にしてください。"
    en = "{until}, until which it would be held, is past. Give a day to come, or leave it blank."


class NobodyFound(EvidenceRefusal):
    """A search for persons that says nothing to look for."""

    code = "E779"
    ja = "探す氏名、読み、メールアドレス、電話番号のどれかを、二文字以上で書いてください。"
    en = (
        "Write two characters or more of a name, its reading, a mail address or a telephone number."
    )
