"""証拠書類の言葉. What sorts, forms and classes of documents are called on pages and in lists, and how large they are."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from sosei.core.shown import show_number
from sosei.evidence.papers.words import FORMATS, LEVELS, MB, SORTS
from sosei.evidence.queries.documents import DocumentRow
from sosei.publishing.entrysheet import Value
from sosei.web.desk.saying import say

_KB: Final = 1024
_STATES: Final = {
    "stands": ("", ""), "voided": ("取消", "voided"), "erased": ("消去済み", "erased"), "lost": ("読めません", "unreadable"),
}  # fmt: skip
#: The columns of the list that is taken out.
_HEADS: Final = (
    ("書類番号", "document"), ("登録番号", "entry"), ("段階", "stage"), ("締め番号", "closing"), ("束番号", "batch"), ("種別", "sort"),
    ("ファイル名", "file"), ("形式", "format"), ("バイト数", "bytes"), ("SHA-256", "SHA-256"), ("機密性", "class"), ("個人情報", "personal"),
    ("年度", "fiscal year"), ("保存期限", "kept until"), ("保存を続ける理由", "held because"), ("状態", "state"), ("取消の理由", "voided because"),
)  # fmt: skip


def sort_name(code: str) -> str:
    """Return what a sort of document is called."""
    return say(*SORTS.get(code, (code, code)))


def level_name(code: str) -> str:
    """Return what a class of confidentiality is called."""
    return say(*LEVELS.get(code, (code, code)))


def format_name(code: str) -> str:
    """Return what a form of file is called."""
    return say(*FORMATS.get(code, (code, code)))


def state_name(code: str) -> str:
    """Return how a document stands; nothing where it simply stands."""
    return say(*_STATES[code])


def size_shown(size: int) -> str:
    """Return how large a file is: 340KB, 2.1MB."""
    if size < _KB:
        return f"{size}B"
    if size < MB:
        return f"{-(-size // _KB):,}KB"
    return f"{show_number((Decimal(size) / MB).quantize(Decimal('0.1')))}MB"


def list_heads() -> list[str]:
    """Return the columns of a list of documents, in the page's language."""
    return [say(*names) for names in _HEADS]


def list_row(row: DocumentRow) -> Iterator[Value]:
    """Yield what stands of a document in a list; the name of one that says who somebody is never does."""
    yield from (row.pk, row.number, row.stage, row.closing, row.batch, sort_name(row.sort))
    yield (
        row.named.name
        if row.named
        else say("（開いた人にだけ示します）", "(told to who opens it)")
        if row.personal
        else ""
    )
    yield from (row.format, row.size, row.sha256, row.level, row.personal, row.year, row.keep_until)
    yield from (row.held or "", state_name(row.state), row.reason)
