"""架空の「見本市」の台帳をつくる。利用者とパスワードを表示します（この機械で試すためのものです）。

Make the book of the fictional city of Mihon and show its people and their password (for trying on this machine).
"""

from __future__ import annotations

import argparse

from sosei.cli.process import given, start


def configure(parser: argparse.ArgumentParser) -> None:
    """Take where the book is to be."""
    parser.add_argument("--home", metavar="DIR", help="台帳の場所 / where the book is")


def run(args: argparse.Namespace) -> int:
    """Make the sample, or show its people where it is there."""
    return start("sample", given(home=args.home))
