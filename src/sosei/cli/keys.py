"""鍵の一覧を見る、新しい鍵に替える。鍵そのものは表示しません。

List the keys of a home, or bring a new one into force; the keys themselves are never shown.
"""

from __future__ import annotations

import argparse

from sosei.cli import terminal
from sosei.cli.process import given, start


def configure(parser: argparse.ArgumentParser) -> None:
    """Take what to do, and with which kind of key."""
    parser.add_argument(
        "what", choices=("list", "rotate"), help="番号と日付を見る・新しい鍵に替える / what to do"
    )
    parser.add_argument(
        "kind", nargs="?", choices=("journal", "session", "cipher", "personal"),
        help="証跡の封印・サインインの署名・二段階の確認の暗号・個人情報の暗号（rotate のとき） / which kind of key to change",
    )  # fmt: skip
    parser.add_argument(
        "--lost", action="store_true",
        help="封印の鍵を失ったとき / where the key that seals the journal is lost",
    )  # fmt: skip
    parser.add_argument("--home", metavar="DIR", help="台帳の場所 / where the book is")


def run(args: argparse.Namespace) -> int:
    """Start it; 2 where it is not said which key is to be changed."""
    if args.what == "rotate" and args.kind is None:
        terminal.note(
            "どの鍵を替えるか、journal・session・cipher・personal で言ってください。"
            if terminal.language() == "ja"
            else "Say which key to change: journal, session, cipher or personal."
        )
        return 2
    words = [args.what, *([args.kind] if args.kind else [])]
    return start("keys", [*words, *given(home=args.home, lost=args.lost)])
