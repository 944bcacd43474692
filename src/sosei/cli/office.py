"""役所の台帳を開く。団体を登録し、最初の管理者の仮のパスワードを一度だけ表示します。

Open the book of an office: its body, and its first administrator, whose temporary password is shown once.
"""

from __future__ import annotations

import argparse

from sosei.cli.process import given, start


def configure(parser: argparse.ArgumentParser) -> None:
    """Take whose book it is, and who lets the others in."""
    parser.add_argument("code", help="全国地方公共団体コード（5桁か6桁） / code of the body")
    parser.add_argument("--login", default="kanri", help="管理者の利用者ID / login name (kanri)")
    parser.add_argument("--name", default="システム管理者", help="管理者の氏名 / the person's name")
    parser.add_argument("--planning", default="企画課", help="企画担当の課名 / planning division")
    parser.add_argument("--home", metavar="DIR", help="台帳の場所 / where the book is")


def run(args: argparse.Namespace) -> int:
    """Open the book."""
    options = given(login=args.login, name=args.name, planning=args.planning, home=args.home)
    return start("office", [args.code, *options])
