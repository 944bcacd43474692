"""報告書を読み、契約 sosei.report/1 の JSON で出す。読めなかった所は unread に残る。

Read a report and print it as JSON (sosei.report/1); what could not be placed stands in `unread`.
"""

from __future__ import annotations

import argparse

from sosei.cli import terminal
from sosei.cli.options import file_argument, open_report
from sosei.core.codec import dumps


def configure(parser: argparse.ArgumentParser) -> None:
    """Take FILE."""
    file_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print the report."""
    terminal.say(dumps(open_report(args.file)).rstrip("\n"))
    return 0
