"""家を起こす. Commands that need the database run in a process of their own: this room knows no framework."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from sosei.cli import terminal


def start(command: str, options: Sequence[str]) -> int:
    """Run a command of the house in this process's place (on Windows: beside it) and return its exit status."""
    sys.stdout.flush()
    sys.stderr.flush()
    lang = ("--lang", terminal.language())
    words = [sys.executable, "-P", "-m", "sosei.house", command, *lang, *options]
    if os.name == "posix":
        os.execv(sys.executable, words)  # noqa: S606  signals then reach the server itself
    return subprocess.run(words, check=False).returncode


def given(**options: object) -> list[str]:
    """Return options as words of a command line; those not given (None, False, empty) are left out."""
    words: list[str] = []
    for name, value in options.items():
        option = f"--{name.replace('_', '-')}"
        if value is True:
            words.append(option)
        elif isinstance(value, list):
            words += [word for one in value for word in (option, str(one))]
        elif value is not None and value is not False:
            words += [option, str(value)]
    return words
