"""使っている間にも、台帳の控えを一つのファイルに作る。鍵は入りません。

Make a backup of the book, in use or not, into one file. The keys are not in it.
"""

from __future__ import annotations

import argparse

from sosei.cli.process import given, start


def configure(parser: argparse.ArgumentParser) -> None:
    """Take where to write."""
    parser.add_argument("file", metavar="FILE", help="書き出す控え / the backup to write")
    parser.add_argument("--home", metavar="DIR", help="台帳の場所 / where the book is")


def run(args: argparse.Namespace) -> int:
    """Start the backup."""
    return start("backup", [*given(home=args.home), "--", args.file])
