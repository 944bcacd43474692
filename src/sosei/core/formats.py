"""形式の名. What people call the format of a file: `xlsx` is Excel to them, `text` テキスト."""

from __future__ import annotations

from typing import Final

from sosei.core.fields import Lang

#: Codes of `Source.format` and of kept files.
FORMATS: Final = {
    "text": ("テキスト", "text"),
    "txt": ("テキスト", "text"),
    "tsv": ("テキスト（タブ区切り）", "tab-separated text"),
    "csv": ("CSV", "CSV"),
    "html": ("HTML", "HTML"),
    "htm": ("HTML", "HTML"),
    "json": ("JSON", "JSON"),
    "jsonl": ("JSON（1行1件）", "JSON lines"),
    "xlsx": ("Excel", "Excel"),
    "xlsm": ("Excel", "Excel"),
    "docx": ("Word", "Word"),
    "pdf": ("PDF", "PDF"),
    "zip": ("ZIP", "ZIP"),
}


def format_shown(code: str | None, lang: Lang = "ja") -> str:
    """Return what a format is called; one that is not known, its code in capitals.

    >>> format_shown("xlsx"), format_shown("text"), format_shown("text", "en"), format_shown("ods")
    ('Excel', 'テキスト', 'text', 'ODS')
    """
    if not code:
        return ""
    found = FORMATS.get(code.lower())
    return found[lang == "en"] if found else code.upper()
