"""数え方の字句. The words of a measure's text, with where each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sosei.evidence.measures.refusals import UnreadableMeasure

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
      | (?P<text>"(?:[^"\\]|\\["\\])*")
      | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9-]))
      | (?P<day>[0-9]{2}-[0-9]{2}(?![0-9-]))
      | (?P<number>[-+]?[0-9]{1,18}(?:\.[0-9]{1,12})?(?![0-9.]))
      | (?P<sign><=|>=|!=|[=<>(),.+])
      | (?P<word>[^\W\d][\w-]*)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """字句. `kind`: text, date, day, number, sign, word or end; `at`: the offset in the text."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, the end last. Raises UnreadableMeasure."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise UnreadableMeasure.at(at + 1, text[at : at + 12], "語か数")
        if match.lastgroup != "space":
            found.append(Token(str(match.lastgroup), match[0], at))
        at = match.end()
    return (*found, Token("end", "", len(text)))
