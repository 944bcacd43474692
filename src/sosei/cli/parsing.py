"""読み解き. The command line, with what went wrong said in the user's language: what, and what to write instead."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from sosei.cli import terminal

#: What argparse says, and what we say instead: Japanese, English (None: its own words).
_SENTENCES: Final = (
    (
        re.compile(r"the following arguments are required: (?P<what>.+)"),
        "{what} がありません。読むファイルや書き出す先の名前を、命令の後に書いてください。",
        "{what} is missing. Write the name of the file to read, or of what to write, after the command.",
    ),
    (
        re.compile(r"unrecognized arguments: (?P<what>-\S*).*"),
        "「{what}」という選択肢はありません。{near}",
        "There is no option “{what}”. {near}",
    ),
    (
        re.compile(r"unrecognized arguments: (?P<what>.+)"),
        "「{what}」が余分です。ファイルは一つずつ渡してください。名前に空白があるときは「\"」で囲みます。",
        "“{what}” is too much. Give one file at a time; put a name with blanks in quotes.",
    ),
    (
        re.compile(r"argument (?P<what>\S+): expected one argument"),
        "「{what}」の後に値を書いてください。",
        "Write a value after “{what}”.",
    ),
    (
        re.compile(r"argument (?P<what>\S+): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<known>.+)\)"),
        "「{what}」に「{value}」は使えません。使えるのは {known} です。",
        "“{value}” is no value of “{what}”. Use one of {known}.",
    ),
    (
        re.compile(r"argument (?P<what>--today): invalid \S+ value: '(?P<value>.*)'"),
        "「{what}」の「{value}」を日付として読み取れません。「2024-06-01」のように西暦で書いてください。",
        "“{value}” is not a day. Write it like 2024-06-01.",
    ),
    (
        re.compile(r"argument (?P<what>\S+): invalid \S+ value: '(?P<value>.*)'"),
        "「{what}」の「{value}」を読み取れません。数字で書いてください。",
        "“{value}” is not a value of “{what}”. Write a number.",
    ),
)  # fmt: skip
_HELP: Final = {
    "ja": "使い方の説明は「{prog} --help」で見られます。",
    "en": "“{prog} --help” says how it is used.",
}


class Parser(argparse.ArgumentParser):
    """A parser of one command: headings in both languages, mistakes answered in the user's own."""

    def __init__(self, **more: Any) -> None:
        """Begin with --help alone."""
        super().__init__(
            add_help=False, formatter_class=argparse.RawDescriptionHelpFormatter, **more
        )
        self._positionals.title = "引数 / arguments"
        self._optionals.title = "選択肢 / options"
        self.add_argument("-h", "--help", action="help", help="この説明を出す / show this help")
        self._given: Sequence[str] = ()

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse; remember what was given, so that a mistake is answered in the language asked for."""
        self._given = list(args or ())
        return super().parse_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one sentence and where the help stands; end with 2."""
        english = terminal.choose(_wanted(self._given)) == "en"
        terminal.note(self._sentence(message, english=english))
        terminal.note(_HELP["en" if english else "ja"].format(prog=self.prog))
        self.exit(2)

    def _sentence(self, message: str, *, english: bool) -> str:
        for pattern, ja, en in _SENTENCES:
            if found := pattern.fullmatch(message):
                facts = {name: value.replace("'", "") for name, value in found.groupdict().items()}
                return (en if english else ja).format(
                    **facts, near=self._near(facts["what"], english=english)
                )
        return message

    def _near(self, option: str, *, english: bool) -> str:
        near = difflib.get_close_matches(option.partition("=")[0], self._option_string_actions, n=1)
        if near:
            return f"Did you mean “{near[0]}”?" if english else f"「{near[0]}」ではありませんか。"
        return "Check its spelling." if english else "綴りを確かめてください。"


def _wanted(given: Sequence[str]) -> str | None:
    """Return the language that the words ask for, though they could not be parsed."""
    for at, word in enumerate(given):
        if word.startswith("--lang"):
            return word.partition("=")[2] or next(iter(given[at + 1 : at + 2]), None)
    return None
