"""Write docs/manual/errors.md from the errors themselves: every code, what it says, in both languages.

Usage: build_errors_docs.py > docs/manual/errors.md
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import tempfile

import django

import sosei
from sosei.core.errors import SoseiError

HEAD = """# エラーの一覧

Sosei が断るときの番号と文です。番号は変わりません。問い合わせのときは番号を伝えてください。
文の中の「…」には、その場の名前や値が入ります。ファイルの誤りは、最初の一つで止まらず、すべて集めて示します。

*Every refusal has a code that never changes. “…” stands for the name or value in question.*
"""
GROUPS = (
    ("E1", "入力 Input", "人が書いたもの、欄にあるものを読み取れない。"),
    ("E2", "読取り Reading", "ファイル全体を読めない。ほかのファイルは読めます。"),
    ("E3", "公表 Publishing", "報告書をその形で書けない。"),
    ("E4", "権限 Permission", "その操作が許されていない。"),
    ("E5", "設定 Settings", "設定ファイル、オプション、環境変数が使えない。"),
    (
        "E6",
        "台帳 Ledger",
        "台帳の記載、照会と回答、公表版、控えと検証で、そのままでは進められない。",
    ),
    ("E7", "根拠 Evidence", "根拠台帳と数え方を読み取れない、または組み合わせられない。"),
    ("E9", "内部 Internal", "プログラムの誤り。"),
)


def errors() -> list[type[SoseiError]]:
    """Return every error of every module, in the order of codes; the desk's modules need its settings."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("SOSEI_HOME", home)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sosei.house.settings")
        django.setup()
        for module in pkgutil.walk_packages(sosei.__path__, "sosei."):
            importlib.import_module(module.name)
    found: list[type[SoseiError]] = []
    waiting: list[type[SoseiError]] = [SoseiError]
    while waiting:
        error = waiting.pop()
        if error.__module__.split(".")[0] == "sosei":
            found.append(error)
        waiting.extend(error.__subclasses__())
    return sorted(found, key=lambda error: (error.code, error.__name__))


def said(sentence: str) -> str:
    """Return a sentence with … for each fact."""
    return re.sub(r"\{[^{}]*\}", "…", sentence)


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    known = [error for error in errors() if "ja" in vars(error)]
    for prefix, name, meaning in GROUPS:
        group = [error for error in known if error.code.startswith(prefix)]
        if group:
            parts.append(f"## {prefix}xx {name}\n\n{meaning}\n")
            parts += [f"### {e.code}\n\n{said(e.ja)}\n\n*{said(e.en)}*\n" for e in group]
    return "\n".join(parts)


if __name__ == "__main__":
    print(page(), end="")
