"""欄で書く数え方. The conditions of a measure row by row, as a form has them: each joined to the one before by かつ or または.

かつ binds what it joins closer, as in the text. What cannot be put into rows is written as a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sosei.evidence.measures.model import All, Condition, Either, Is, Known, Not, OneOf, Path

Join = Literal["and", "or"]
Test = Is | OneOf | Known


@dataclass(frozen=True, slots=True)
class Line:
    """条件の行. `joined`: to the line before; of the first it means nothing. `negated`: what does not fulfil the test."""

    test: Test
    negated: bool = False
    joined: Join = "and"


def condition(lines: Sequence[Line]) -> Condition | None:
    """Return the condition that lines say; None where there are none.

    >>> a, b, c = (Line(Known(Path(name)), joined=how) for name, how in (("a", "and"), ("b", "or"), ("c", "and")))
    >>> condition([a, b, c])
    Either(of=(Known(path=Path(name='a', of_subject=False, asof='window')), All(of=(Known(path=Path(name='b', of_subject=False, asof='window')), Known(path=Path(name='c', of_subject=False, asof='window'))))))
    """
    groups: list[list[Condition]] = []
    for n, line in enumerate(lines):
        one: Condition = Not(line.test) if line.negated else line.test
        if n == 0 or line.joined == "or":
            groups.append([one])
        else:
            groups[-1].append(one)
    several = [group[0] if len(group) == 1 else All(tuple(group)) for group in groups]
    if not several:
        return None
    return several[0] if len(several) == 1 else Either(tuple(several))


def lines(of: Condition | None) -> tuple[Line, ...] | None:
    """Return the lines that say a condition; None where it cannot be said in lines."""
    if of is None:
        return ()
    try:
        return tuple(_lines(of.of if isinstance(of, Either) else (of,)))
    except _Nested:
        return None


class _Nested(Exception):
    """A condition within a condition."""


def _lines(groups: Iterable[Condition]) -> Iterator[Line]:
    for group in groups:
        for n, one in enumerate(group.of if isinstance(group, All) else (group,)):
            negated = isinstance(one, Not)
            test = one.of if isinstance(one, Not) else one
            if not isinstance(test, Is | OneOf | Known):
                raise _Nested
            yield Line(test, negated, "and" if n else "or")


def path_code(path: Path) -> str:
    """Return a path as a form's choice names it.

    >>> path_code(Path("maker", of_subject=True, asof="entry"))
    'subject.maker then'
    """
    then = " then" if path.asof == "entry" else ""
    return f"subject.{path.name}{then}" if path.of_subject else path.name


def path_of(code: str) -> Path:
    """Return the path that a form's choice names.

    >>> path_of("place"), path_of("subject.maker")
    (Path(name='place', of_subject=False, asof='window'), Path(name='maker', of_subject=True, asof='window'))
    """
    name, then = code.removesuffix(" then"), code.endswith(" then")
    if not name.startswith("subject."):
        return Path(name)
    return Path(name.removeprefix("subject."), of_subject=True, asof="entry" if then else "window")
