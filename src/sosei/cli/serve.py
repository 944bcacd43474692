"""机を開く。SQLite の台帳は一つのサーバーだけが使えます。終わるときは Ctrl-C。

Open the desk: bring the database up to date, then serve it until stopped.
"""

from __future__ import annotations

import argparse

from sosei.cli.process import given, start


def configure(parser: argparse.ArgumentParser) -> None:
    """Take where to listen, and how many processes answer."""
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="ポート / port (8000)")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="待ち受ける名前か番号 / address to listen on (127.0.0.1)",
    )
    parser.add_argument("--workers", type=int, metavar="N", help="答えるプロセスの数 / processes")
    parser.add_argument(
        "--backed-up", action="store_true",
        help="更新の前の控えは自分で取った / a backup before the update is kept already",
    )  # fmt: skip
    parser.add_argument("--home", metavar="DIR", help="台帳の場所 / where the book is")


def run(args: argparse.Namespace) -> int:
    """Start the server."""
    options = given(
        port=args.port,
        host=args.host,
        workers=args.workers,
        backed_up=args.backed_up,
        home=args.home,
    )
    return start("serve", options)
