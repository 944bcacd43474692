"""点検の規則の一覧、または一つの規則の説明・例・出典を示す。

List the rules, or explain one: what, why, example, source.
"""

from __future__ import annotations

import argparse

from sosei.checking import explain, rules
from sosei.cli import terminal


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a rule's code, or nothing for the list."""
    parser.add_argument("code", metavar="CODE", nargs="?", help="規則の番号 / code of a rule")


def run(args: argparse.Namespace) -> int:
    """Print the list or the page of one rule."""
    terminal.say((explain(args.code, terminal.language()) if args.code else _list()).rstrip("\n"))
    return 0


def _list() -> str:
    ja = terminal.language() == "ja"
    lines = []
    for rule in rules():
        weight, title = (
            (rule.severity.ja, rule.title_ja) if ja else (rule.severity.value, rule.title_en)
        )
        lines.append(f"{rule.code:16} {weight:8} {title}")
    return "\n".join(lines)
