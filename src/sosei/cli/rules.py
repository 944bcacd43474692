"""規則を見る. `sosei rules [CODE]`: the rules in a line each, or one of them whole."""

from __future__ import annotations

from typing import Annotated

import typer

from sosei.checking import explain, rules
from sosei.cli import terminal
from sosei.cli.options import LangOption


def command(
    code: Annotated[str | None, typer.Argument(help="規則の番号 / code of a rule")] = None,
    lang: LangOption = None,
) -> None:
    """点検の規則の一覧、または一つの規則の説明・例・出典を示す。

    List the rules, or explain one: what, why, example, source.
    """
    terminal.say((explain(code, terminal.language()) if code else _list()).rstrip("\n"))


def _list() -> str:
    lang = terminal.language()
    lines = []
    for rule in rules():
        title = rule.title_en if lang == "en" else rule.title_ja
        weight = rule.severity.value if lang == "en" else rule.severity.ja
        lines.append(f"{rule.code:16} {weight:8} {title}")
    return "\n".join(lines)
