"""入口. `sosei COMMAND …`: each command is a module of this room, imported only when it is asked for.

Exit status: 0 nothing to say, 1 findings, 2 wrong use, 3 the input was refused.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any, Final

import typer
from typer.core import TyperGroup

from sosei import __version__
from sosei.cli import terminal
from sosei.core.errors import SoseiError

#: Command → (module, line of help). The module's `command` is the function behind it.
COMMANDS: Final = {
    "read": ("sosei.cli.read", "報告書を読み、JSON で出す / Read a report and print it as JSON"),
    "check": ("sosei.cli.check", "報告書を点検する / Check a report by the rules"),
    "judge": ("sosei.cli.judge", "達成率と評価を出す / Judge the indicators of a report"),
    "convert": ("sosei.cli.convert", "別の形で書き出す / Write a report in another form"),
    "review": (
        "sosei.cli.review",
        "読む・点検・評価・公表を一度に / Read, check, judge and publish",
    ),
    "rules": ("sosei.cli.rules", "点検の規則を見る / Show the rules"),
}


class Commands(TyperGroup):
    """The commands, each imported when it is used, so that a start costs little."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import one command; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, line = COMMANDS[cmd_name]
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(cmd_name, short_help=line)(importlib.import_module(module).command)
        return typer.main.get_command(app)


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="創生: 地方創生関連交付金の報告書を読み、点検し、評価し、公表する。\n\n"
    "Read, check, judge and publish reports on regional-revitalisation grants.",
)


@app.callback(invoke_without_command=True)
def start(
    version: bool = typer.Option(False, "--version", help="版を出す / Show the version"),
) -> None:
    """Answer --version; everything else is a command."""
    if version:
        typer.echo(f"sosei {__version__}")
        raise typer.Exit


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit status."""
    terminal.use_utf8()
    try:
        app(args=arguments, prog_name="sosei")
    except SoseiError as refusal:
        terminal.refuse(refusal)
        sys.exit(3)
    except BrokenPipeError:
        terminal.leave_quietly()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as fault:
        terminal.confess(fault)
        sys.exit(3)


if __name__ == "__main__":
    main()
