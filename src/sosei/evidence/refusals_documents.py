"""証拠書類の断り. Why a document is not taken, cannot be opened, or cannot go just now (E709–E719)."""

from __future__ import annotations

from sosei.evidence.measures.refusals import EvidenceRefusal


class DocumentUnfit(EvidenceRefusal):
    """A file of a kind that is not taken as evidence, whatever its name says."""

    code = "E709"
    ja = "「{name}」は{kind}なので、証拠書類にできません。{advice}"
    en = "“{name}” is {kind_en} and is not taken as a document. {advice_en}"


class DocumentActive(EvidenceRefusal):
    """A file that could do something when it is opened."""

    code = "E710"
    ja = "「{name}」に{kind}があるので、受け取りませんでした。PDFに印刷し直すか、除いて保存し直してください。"
    en = "“{name}” holds {kind_en} and was not taken. Print it to PDF anew, or save it without."


class DocumentTooLarge(EvidenceRefusal):
    """A document of more bytes than are kept."""

    code = "E711"
    ja = "「{name}」は{size}MBあり、一つ{limit}MBまでを超えています。画質を下げるか、分けて保存し直してください。"
    en = "“{name}” has {size} MB; at most {limit} MB each. Save it in lower quality, or in parts."


class TooManyDocuments(EvidenceRefusal):
    """More documents than belong to one thing, or than are kept in all."""

    code = "E712"
    ja = "証拠書類は{what}が{limit}までです。まとめて一つのPDFにするか、要らないものの保存をやめてください。"
    en = "At most {limit_en} are kept ({what_en}). Put several into one PDF, or let go of what is not needed."


class DocumentNumbers(EvidenceRefusal):
    """A document that holds Individual Numbers; nothing of it was kept, and no number is repeated."""

    code = "E713"
    ja = "「{name}」の{at}に個人番号（マイナンバー）と思われる番号があり、何も残していません。消して渡し直してください。"
    en = "“{name}” seems to hold Individual Numbers (My Number) at {at}; nothing was kept. Delete them, then try again."


class DocumentGone(EvidenceRefusal):
    """A document whose bytes were erased."""

    code = "E714"
    ja = "証拠書類{number}番は{on}に消去されました。要約値（SHA-256）だけが残っています。"
    en = "Document no. {number} was erased on {on}. Its hash (SHA-256) alone remains."


class DocumentHeld(EvidenceRefusal):
    """A document that is kept for a reason that still holds."""

    code = "E715"
    ja = "証拠書類{number}番は保存を続けています（{reason}）。保存の継続を解いてから消去してください。"
    en = "Document no. {number} is held ({reason}). Release it, then erase."


class DocumentChanged(EvidenceRefusal):
    """Bytes that are not what was attached, or are not there."""

    code = "E716"
    ja = "証拠書類{number}番の中身は、付けたときのものではありません。「sosei verify」で確かめ、控えから戻してください。"
    en = "Document no. {number} is not what was attached. Run “sosei verify” and restore it from a backup."


class DocumentTwice(EvidenceRefusal):
    """The same bytes on the same thing."""

    code = "E717"
    ja = "「{name}」は、もう証拠書類{number}番として付いています。別のファイルを選んでください。"
    en = "“{name}” is attached already as document no. {number}. Choose another file."


class KeptTooShort(EvidenceRefusal):
    """A time of keeping that is shorter than it was, or than grants' evidence must be kept."""

    code = "E718"
    ja = "保存年数は{least}年より短くできません。{least}年以上を選んでください。"
    en = "It must be kept for at least {least} years. Choose {least} or more."


class YearUnlikely(EvidenceRefusal):
    """A fiscal year that no document of a register is of."""

    code = "E719"
    ja = "{year}年度は、書類の年度として扱えません。{first}年度から{last}年度までを選んでください。"
    en = "No document is of FY{year}. Choose a fiscal year from {first} to {last}."
