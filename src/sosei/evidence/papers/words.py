"""証拠書類の言葉. Sorts of documents, formats, classes of confidentiality, and the bounds within which they are kept.

Classes: 自治体機密性 of the State's guideline on security policies of local bodies (October 2024; DOMAIN §8.2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final, Literal

from sosei.evidence.kinds import RegisterKind

Sort = Literal["contract", "invoice", "receipt", "decision", "answer", "photo", "list", "other"]
Format = Literal["pdf", "xlsx", "docx", "jpg", "png", "txt", "csv"]
Level = Literal["3A", "3B", "3C", "2", "1"]

SORTS: Final[Mapping[str, tuple[str, str]]] = {
    "contract": ("契約書", "contract"), "invoice": ("請求書", "invoice"), "receipt": ("領収書・受領証", "receipt"),
    "decision": ("申請書・通知書", "application or decision"), "answer": ("回答票", "answer"), "photo": ("写真", "photograph"),
    "list": ("名簿・一覧", "list"), "other": ("その他", "other"),
}  # fmt: skip
FORMATS: Final[Mapping[str, tuple[str, str]]] = {
    "pdf": ("PDF", "PDF"), "xlsx": ("Excel（XLSX）", "Excel (XLSX)"), "docx": ("Word（DOCX）", "Word (DOCX)"),
    "jpg": ("画像（JPEG）", "picture (JPEG)"), "png": ("画像（PNG）", "picture (PNG)"), "txt": ("テキスト", "text"), "csv": ("CSV", "CSV"),
}  # fmt: skip
#: From the highest class to the lowest.
LEVELS: Final[Mapping[str, tuple[str, str]]] = {
    "3A": ("3A（秘密文書に相当）", "3A (secret)"),
    "3B": ("3B（漏れると人の権利利益を大きく損なう）", "3B (its loss would harm persons gravely)"),
    "3C": ("3C（公表を前提とせず、取扱いに注意）", "3C (not meant to be published; handle with care)"),
    "2": ("2（ただちには公表しない）", "2 (not published at once)"),
    "1": ("1（公表してよい）", "1 (may be published)"),
}  # fmt: skip
#: Years for which grants' evidence must be kept, from the end of the fiscal year; and longer ones that offices set.
LEAST_YEARS: Final = 5
YEARS: Final = (LEAST_YEARS, 7, 10, 30)

#: Before it no grant of this kind was given.
FIRST_YEAR: Final = 2000

MB: Final = 1024**2
#: Bytes of a document; documents that come at once; those of one entry, closing or batch; bytes of all of a body.
MOST_BYTES: Final = 20 * MB
MOST_AT_ONCE: Final = 20
MOST_EACH: Final = 100
MOST_TOTAL: Final = 20 * 1024 * MB
MOST_NAME: Final = 120
MOST_NOTE: Final = 500

_UNSAFE: Final = re.compile(r'[\\/:*?"<>|]+')
_SAME: Final[Mapping[str, tuple[str, ...]]] = {"jpg": (".jpg", ".jpeg", ".jpe"), "txt": (".txt", ".md", ".log")}  # fmt: skip


def level_of(kind: RegisterKind, personal: bool) -> Level:
    """Return the class that documents of a register have where nobody says another."""
    if personal:
        return "3B"
    return "3C" if kind.rows == "confidential" else "2"


def is_about_persons(kind: RegisterKind) -> bool:
    """Whether documents of a register say who persons are where nobody says otherwise."""
    return kind.subject == "person"


def clean_name(name: str, kind: str) -> str:
    r"""Return a file's name without folders, signs that turn text around, or a suffix that is not of what it is.

    >>> clean_name("C:\\写真\\会場.JPEG", "jpg"), clean_name("../run\u202efdp.exe", "pdf"), clean_name("", "txt")
    ('会場.JPEG', 'runfdp.exe.pdf', '証拠書類.txt')
    """
    last = re.split(r"[\\/]", name)[-1]
    shown = _UNSAFE.sub("_", "".join(ch for ch in last if ch.isprintable())).strip(" .")
    stem, suffix = PurePath(shown).stem, PurePath(shown).suffix
    if suffix.lower() in _SAME.get(kind, (f".{kind}",)):
        return f"{stem[:MOST_NAME]}{suffix}"
    return f"{shown[:MOST_NAME] or '証拠書類'}.{kind}"
