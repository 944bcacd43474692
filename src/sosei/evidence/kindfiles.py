"""定義のファイル. A kind of register as a file another city can take: the catalogue's own form, TOML."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any, Final

from sosei.evidence.definitions import table_of
from sosei.evidence.kinds import RegisterKind, kind_of
from sosei.evidence.refusals import UnreadableKindFile

_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
#: What a key is where the file's name is none.
_NEW: Final = "register"
#: Dots and signs of one line. A key of many parts takes the reader of TOML the square of its parts in time and room.
_DOTS: Final = 20
_LONG: Final = 8_000
#: What may hold dots that part no key: quoted texts of one line, and remarks.
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*')


def written(kind: RegisterKind) -> str:
    """Return a kind as the text of a file; `read_kind` of it is the same kind.

    >>> from sosei.evidence.kinds import catalogue
    >>> all(read_kind(written(kind).encode(), f"{key}.toml") == kind for key, kind in catalogue().items())
    True
    """
    head = f"# {kind.ja}: 台帳の定義 / a kind of register\n"
    return head + "\n".join(_lines(table_of(kind), ())) + "\n"


def read_kind(data: bytes, name: str) -> RegisterKind:
    """Return the kind that a file declares; its key is the file's name. Raises UnreadableKindFile, BadRegisterKind."""
    stem = PurePath(name).stem
    try:
        text = data.decode("utf-8-sig")
        _require_plain(text, name)
        said = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableKindFile(file=name, line=_line(str(error), data)) from error
    return kind_of(stem if _KEY.fullmatch(stem) else _NEW, said)


def _require_plain(text: str, name: str) -> None:
    """See that no line is longer, or has more dots, than a definition's. Raises UnreadableKindFile."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > _LONG or line.count(".") > _DOTS < _bare(line).count("."):
            raise UnreadableKindFile(file=name, line=number)


def _bare(line: str) -> str:
    """Return a line without what it quotes; as it is where a text of several lines begins or ends in it."""
    return line if '"""' in line or "'''" in line else _QUOTED.sub("", line)


def _line(said: str, data: bytes) -> int:
    """Return the line that an error of the reader names: one, the last, or the first where it names none."""
    where = re.search(r"line (\d+)", said)
    if where:
        return int(where[1])
    return data.count(b"\n") + 1 if "end of document" in said else 1


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of a table: what is simple first, then the tables within."""
    within = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    plain = {key: value for key, value in table.items() if key not in within and value is not None}
    if path and (plain or not within):
        yield f"\n[{'.'.join(map(_said, path))}]"
    for key, value in plain.items():
        yield f"{_said(key)} = {_value(value)}"
    for key, value in within.items():
        yield from _lines(value, (*path, key))


def _said(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        inner = ", ".join(
            "{ " + ", ".join(f"{_said(key)} = {_value(one)}" for key, one in each.items()) + " }"
            if isinstance(each, Mapping)
            else _value(each)
            for each in value
        )
        return f"[{inner}]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    """Return a text in quotes; TOML escapes as JSON does, and the last control character as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
