"""家の入口. `python -m sosei.house COMMAND …`: what `sosei serve`, `verify`, `backup`, `restore`, `keys`… start.

The options are those of the command's module in `sosei.cli`, which knows no framework. Exit status as there.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final

import django
from django.db import DatabaseError

from sosei.cli import terminal
from sosei.cli.parsing import Parser
from sosei.core.errors import SoseiError
from sosei.house import home, keys
from sosei.house.refusals import NoBook

#: Command → the module and function that does it, and whether the desk must be set up before.
COMMANDS: Final = {
    "office": ("sosei.house.founding", "office", True),
    "sample": ("sosei.house.founding", "sample", True),
    "serve": ("sosei.house.server", "serve", True),
    "verify": ("sosei.house.verifying", "verify", True),
    "backup": ("sosei.house.backup", "backup", True),
    "restore": ("sosei.house.restore", "restore", False),
    "doctor": ("sosei.house.doctor", "doctor", True),
    "keys": ("sosei.house.rotating", "keys", True),
}

#: Commands that look at a book: where there is none, they must not make one, nor keys for it.
_READING: Final = frozenset({"verify", "backup", "doctor", "keys"})
#: Commands that work without keys: they say which are missing, or bring new ones into force.
_KEYLESS: Final = frozenset({"doctor", "keys"})


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; what it writes is for its owner alone."""
    os.umask(0o077)
    terminal.use_utf8()
    name, *rest = arguments
    args = _parsed(name, rest)
    try:
        return _command(name)(args)
    except SoseiError as refusal:
        terminal.refuse(refusal)
    except DatabaseError as fault:
        terminal.refuse(_meaning(fault))
        terminal.note(f"  {fault}".rstrip())
    except KeyboardInterrupt:
        return 130
    except Exception as fault:
        terminal.confess(fault)
    return 3


def _parsed(name: str, rest: Sequence[str]) -> Namespace:
    parser = Parser(prog=f"sosei {name}")
    import_module(f"sosei.cli.{name}").configure(parser)
    parser.add_argument("--lang", choices=("ja", "en"))
    args: Namespace = parser.parse_args(rest)
    terminal.choose(args.lang)
    if getattr(args, "home", None):
        os.environ["SOSEI_HOME"] = args.home
    return args


def _command(name: str) -> Callable[[Namespace], int]:
    module, function, desk = COMMANDS[name]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sosei.house.settings")
    if name in _READING and not (os.environ.get("SOSEI_DATABASE") or home.has_book()):
        raise NoBook(place=home.home())
    if desk:
        django.setup()
        if name not in _KEYLESS:
            keys.require()
    command: Callable[[Namespace], int] = getattr(import_module(module), function)
    return command


def _meaning(fault: DatabaseError) -> SoseiError:
    refusal: SoseiError | None = import_module("sosei.house.calm").refusal_for(fault)
    return refusal or SoseiError()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
