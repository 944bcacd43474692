"""PDFの語. One dictionary of a PDF, read as it is written: strings may hold anything, and so may remarks."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(rb"%[^\r\n]*|<<|>>|<[0-9A-Fa-f\s\0]*>|[^%()<>\\]+|.", re.DOTALL)
_IN_STRING: Final = re.compile(rb"\\.|[()]", re.DOTALL)


def dictionary(data: bytes, begin: int) -> tuple[bytes, int]:
    r"""Return a dictionary without its strings and remarks, and where it ends; nothing where there is none that closes.

    >>> dictionary(b" <</A (>> (x))/B <</C 1>>%>>)\n>> stream", 0)
    (b' <</A  /B <</C 1>> \n>>', 32)
    >>> dictionary(b"<< /A ) >>", 0)
    (b'', 7)
    """
    kept: list[bytes] = []
    at, depth = begin, 0
    while found := _TOKEN.match(data, at):
        token, at = found[0], found.end()
        depth += (token == b"<<") - (token == b">>")
        if token == b"(":
            at = _string_end(data, at)
        elif token in (b")", b"\\", b"<", b">") or (
            depth <= 0 and token != b">>" and token.strip(b"\0 \t\r\n\f") and token[:1] != b"%"
        ):
            return b"", at
        kept.append(b" " if token[:1] in (b"(", b"%") else token)
        if token == b">>" and depth <= 0:
            return b"".join(kept), at
    return b"", at


def _string_end(data: bytes, at: int) -> int:
    """Return where a string ends whose bracket was opened before; the end of all where it is not closed."""
    depth = 1
    for found in _IN_STRING.finditer(data, at):
        depth += (found[0] == b"(") - (found[0] == b")")
        if not depth:
            return found.end()
    return len(data)
