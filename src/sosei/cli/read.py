"""報告書を読み、契約 sosei.report/1 の JSON で出す。読めなかった所は unread に残る。--explain は読み方を言葉で説明する。

Read a report and print it as JSON (sosei.report/1); what could not be placed stands in `unread`. --explain tells in words how it was read.
"""

from __future__ import annotations

import argparse

from sosei.cli import terminal
from sosei.cli.options import file_argument, files_of, open_report, seeing
from sosei.core.codec import dumps
from sosei.reading import explained


def configure(parser: argparse.ArgumentParser) -> None:
    """Take FILE."""
    file_argument(parser)
    parser.add_argument(
        "--explain",
        action="store_true",
        help="どの見出しを何と読んだか、なぜか、何が残ったか / which header became what, why, and what is left",
    )


def run(args: argparse.Namespace) -> int:
    """Print the report, or how it was read."""
    if args.explain:
        with seeing():
            explanation = explained.explain(files_of(args.file))
        terminal.say(explained.text(explanation, terminal.language()))
        return 0
    terminal.say(dumps(open_report(args.file)).rstrip("\n"))
    return 0
