"""端末. What a person sees: sentences on standard error, results on standard output, colour only on a terminal."""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sosei.core.errors import SoseiError
from sosei.core.fields import Lang

_chosen: dict[str, Lang] = {}
_PAINT: Final = {
    "error": "31;1",
    "warning": "33;1",
    "info": "36",
    "good": "32;1",
    "faint": "2",
    "bold": "1",
}
#: Our own colours, or a character that commands a terminal or turns what stands behind it.
_WILD: Final = re.compile(
    f"(?P<own>\033\\[(?:0|{'|'.join(_PAINT.values())})m)"
    "|[\0-\b\v-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)


def use_utf8() -> None:
    """Write UTF-8 whatever the locale; a character the terminal cannot show becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def choose(lang: str | None) -> Lang:
    """Settle the language for this run: the option, else SOSEI_LANG, else Japanese."""
    wanted = lang or os.environ.get("SOSEI_LANG") or "ja"
    _chosen["lang"] = "en" if wanted == "en" else "ja"
    return _chosen["lang"]


def language() -> Lang:
    """Return the language settled for this run."""
    return _chosen.get("lang") or choose(None)


def say(text: str = "") -> None:
    """Write a line to standard output; on a terminal without what would command it (documents are strangers')."""
    sys.stdout.write((tame(text) if sys.stdout.isatty() else text) + "\n")


def tame(text: str) -> str:
    """Return text whose control characters and turns of direction are shown as �, our own colours left."""
    return _WILD.sub(lambda found: found["own"] or "\ufffd", text)


def note(text: str) -> None:
    """Write a line to standard error, without what would command a terminal."""
    sys.stderr.write(tame(text) + "\n")


def refuse(refusal: SoseiError) -> None:
    """Say on standard error what was refused, with its code, and every single problem where there are several."""
    note(f"{paint('error', refusal.code, sys.stderr.isatty())} {refusal.sentence(language())}")
    for path, problem in getattr(refusal, "problems", ())[1:]:
        note(f"  {path}: {problem}")


def confess(fault: Exception) -> None:
    """Say that Sosei itself is at fault, where, and what to do; the whole trace where SOSEI_DEBUG is set."""
    if "SOSEI_DEBUG" in os.environ:
        traceback.print_exception(fault)
    last = traceback.extract_tb(fault.__traceback__)[-1]
    refuse(SoseiError())
    note(f"  {type(fault).__name__}: {fault} ({os.path.basename(last.filename)}:{last.lineno})")


def colourful() -> bool:
    """Tell whether standard output is a terminal that wants colour."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def paint(kind: str, text: str, on: bool) -> str:
    """Return text in a colour, or as it is."""
    return f"\033[{_PAINT[kind]}m{text}\033[0m" if on else text


@contextmanager
def progress(what: str, total: int) -> Iterator[StepTaken]:
    """Show progress on standard error while long work runs; nothing where nobody watches."""
    step = StepTaken(what, total)
    try:
        yield step
    finally:
        step.clear()


class StepTaken:
    """A line that says how far the work has come. `step` is called after each part."""

    def __init__(self, what: str, total: int) -> None:
        """Begin at nothing done."""
        self._what, self._total, self._done = what, total, 0
        self._shown = sys.stderr.isatty() and total > 1

    def __call__(self, name: str) -> None:
        """Say that the part called `name` begins."""
        if self._shown:
            sys.stderr.write(f"\r\033[K{self._what} {self._done}/{self._total} {name}")
            sys.stderr.flush()
        self._done += 1

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\033[K")


def leave_quietly() -> None:
    """End when the reader of our output has gone (sosei … | head), without a complaint at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)
