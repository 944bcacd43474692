"""台帳が証跡のとおりか、証跡が書かれたままかを確かめる。合わないところがあれば 1 で終わります。

Verify the book against its journal, and the journal against editions and backups.
"""

from __future__ import annotations

import argparse

from sosei.cli.process import given, start


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the files to verify against."""
    parser.add_argument(
        "--against", metavar="FILE", action="append", default=[],
        help="比べる公表版のJSONか控え（何度でも）/ an edition's JSON or a backup to compare with",
    )  # fmt: skip
    parser.add_argument("--body", metavar="CODE", help="この団体だけ / this body alone")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="形 / form")
    parser.add_argument("--home", metavar="DIR", help="台帳の場所 / where the book is")


def run(args: argparse.Namespace) -> int:
    """Start the verification."""
    options = given(against=args.against, body=args.body, format=args.format, home=args.home)
    return start("verify", options)
