"""入口. `sosei COMMAND …`: each command is a module of this room, imported only when it is asked for.

Exit status: 0 nothing to say, 1 findings, 2 wrong use, 3 the input was refused. A command's module offers
`configure(parser)` and `run(args) -> int`. Why argparse: docs/adr/0005.
"""

from __future__ import annotations

import difflib
import importlib
import signal
import sys
from collections.abc import Sequence
from typing import Final

from sosei import __version__
from sosei.cli import terminal
from sosei.cli.parsing import Parser
from sosei.core.errors import SoseiError

#: Command → what it does, in Japanese and English. Its module is sosei.cli.COMMAND.
COMMANDS: Final = {
    "read": ("報告書を読み、JSON で出す", "read a report and print it as JSON"),
    "tables": ("文書の表をそのまま出す", "show the tables of a document as they stand"),
    "check": ("報告書を点検する", "check a report by the rules"),
    "judge": ("達成率と評価を出す", "judge the indicators of a report"),
    "convert": ("別の形で書き出す", "write a report in another form"),
    "review": ("読む・点検・評価・公表を一度に", "read, check, judge and publish"),
    "corpus": ("何千ものファイルを表にする", "read thousands of files into tables"),
    "rules": ("点検の規則を見る", "show the rules"),
    "office": ("役所の台帳を開く", "open the book of an office"),
    "sample": ("架空の見本市の台帳をつくる", "make a fictional city's book"),
    "serve": ("机を開く", "open the desk"),
    "verify": ("台帳と証跡を検証する", "verify the book and its journal"),
    "backup": ("台帳の控えを作る", "back the book up"),
    "restore": ("控えから台帳を戻す", "restore a backup"),
    "keys": ("鍵の一覧と更新", "list the keys, change them for new ones"),
    "doctor": ("台帳と置き場所の具合を調べる", "examine the book and its home"),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit status."""
    terminal.use_utf8()
    try:
        status = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except SoseiError as refusal:
        terminal.refuse(refusal)
        status = 3
    except BrokenPipeError:
        terminal.leave_quietly()
    except KeyboardInterrupt:
        status = 130
    except Exception as fault:
        terminal.confess(fault)
        status = 3
    if arguments is None:
        # All is said: a Ctrl-C while the interpreter goes down ends it without a word more.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(status)


def _run(arguments: list[str]) -> int:
    overview = _overview()
    if not arguments or arguments[0].startswith("-"):
        overview.parse_args(arguments)
        overview.print_help()
        return 2
    name = arguments[0]
    if name not in COMMANDS:
        near = difflib.get_close_matches(name, COMMANDS, n=1)
        ja = (
            f"「{near[0]}」ではありませんか。"
            if near
            else f"使えるのは {'、'.join(COMMANDS)} です。"
        )
        en = f"Did you mean “{near[0]}”?" if near else f"Use one of {', '.join(COMMANDS)}."
        overview.error(
            f"「{name}」という命令はありません。{ja} / There is no command “{name}”. {en}"
        )
    command = importlib.import_module(f"sosei.cli.{name}")
    parser = Parser(prog=f"sosei {name}", description=command.__doc__)
    command.configure(parser)
    parser.add_argument("--lang", choices=("ja", "en"), help="言葉 / language")
    args = parser.parse_args(arguments[1:])
    terminal.choose(args.lang)
    status: int = command.run(args)
    return status


def _overview() -> Parser:
    lines = [f"  {name:8} {ja} / {en}" for name, (ja, en) in COMMANDS.items()]
    parser = Parser(
        prog="sosei",
        usage="sosei COMMAND …    (sosei COMMAND --help)",
        description="創生: 地方創生関連交付金の報告書を読み、点検し、評価し、公表する。\n"
        "Read, check, judge and publish reports on regional-revitalisation grants.\n\n"
        + "\n".join(lines),
    )
    parser.add_argument(
        "--version", action="version", version=f"sosei {__version__}", help="版 / version"
    )
    return parser


if __name__ == "__main__":
    main()
