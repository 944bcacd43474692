"""控えから台帳を戻す。空の場所にだけ戻し、今の台帳の上には書きません。

Restore a backup into an empty home.
"""

from __future__ import annotations

import argparse

from sosei.cli.process import given, start


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the backup, and what to do where there is a book or where the keys are lost."""
    parser.add_argument("file", metavar="FILE", help="控え / the backup")
    parser.add_argument(
        "--replace", action="store_true",
        help="今の台帳を別の名で残して入れ替える / put the present book aside",
    )  # fmt: skip
    parser.add_argument(
        "--lost-keys", action="store_true", help="鍵を失ったとき / where the keys are lost"
    )
    parser.add_argument("--home", metavar="DIR", help="台帳の場所 / where the book is")


def run(args: argparse.Namespace) -> int:
    """Start the restoring."""
    options = given(replace=args.replace, lost_keys=args.lost_keys, home=args.home)
    return start("restore", [*options, "--", args.file])
