"""台帳と置き場所の具合を調べ、何が悪く、何をすればよいかを言う。悪いところがあれば 1 で終わります。

Examine the book and its home: what is wrong and what to do about it.
"""

from __future__ import annotations

import argparse

from sosei.cli.process import given, start


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the form of the answer."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="形 / form")
    parser.add_argument("--home", metavar="DIR", help="台帳の場所 / where the book is")


def run(args: argparse.Namespace) -> int:
    """Start the examination."""
    return start("doctor", given(format=args.format, home=args.home))
