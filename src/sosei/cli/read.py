"""読む. `sosei read FILE`: the report in a file as JSON, every figure with its place."""

from __future__ import annotations

from sosei.cli import terminal
from sosei.cli.options import FileArgument, LangOption, open_report
from sosei.core.codec import dumps


def command(file: FileArgument, lang: LangOption = None) -> None:
    """報告書を読み、契約 sosei.report/1 の JSON で出す。読めなかった所は unread に残る。

    Read a report and print it as JSON (sosei.report/1); what could not be placed stands in `unread`.
    """
    terminal.say(dumps(open_report(file)).rstrip("\n"))
