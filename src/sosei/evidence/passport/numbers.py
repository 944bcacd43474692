"""束の番号. The numbers under which subjects stand in a bundle: other ones in each, found again only with the key.

They are shuffled by a keyed hash over the edition, so that neither the order of the book nor another bundle tells who is
who. A person has another number in every register, unless a measure looks at both together: who gave and who came to visit
is nobody's business. A subject that a measure itself names (`subject = 12`) keeps its number, and the others stay on their
side of it; then a subject has one number in all registers.
"""

from __future__ import annotations

import hmac
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from sosei.evidence.measures.model import Literal_
from sosei.evidence.passport.contents import Passport


@dataclass(frozen=True, slots=True)
class Numbers:
    """番号. `circles`: of each register, the circle of registers in which a subject has one number."""

    circles: Mapping[str, str]
    given: Mapping[tuple[str, int], int]

    def of(self, register: str, subject: int) -> int:
        """Return a subject's number in a register."""
        return self.given[self.circles[register], subject]


def keyed(passport: Passport, what: str, value: object) -> str:
    """Return a keyed hash that is this bundle's own."""
    of = passport.edition
    known = (of.head.body, of.year, of.number, of.report_sha256, of.head.seal, what, value)
    return hmac.digest(passport.pseudonym_key, repr(known).encode(), "sha256").hex()


def numbers(
    passport: Passport, subjects: Iterable[tuple[str, int]], constants: Iterable[Literal_]
) -> Numbers:
    """Return the numbers of subjects by register; `constants`: what measures compare subjects with."""
    named = sorted({number for one in constants if (number := _number(one)) is not None})
    circles = _circles(passport, one=bool(named))
    between: dict[int, set[tuple[str, int]]] = defaultdict(set)
    given: dict[tuple[str, int], int] = {}
    for register, subject in subjects:
        at = bisect_left(named, subject)
        if at < len(named) and named[at] == subject:
            given[circles[register], subject] = subject
        else:
            between[at].add((circles[register], subject))
    for at, several in between.items():
        first = max(1, int(named[at - 1].to_integral_value(ROUND_FLOOR)) + 1) if at else 1
        order = sorted(several, key=lambda one: keyed(passport, "subject", one))
        given |= {one: first + n for n, one in enumerate(order)}
    return Numbers(circles, given)


def _number(constant: Literal_) -> Decimal | None:
    if isinstance(constant, str) and constant.isascii() and constant.isdigit():
        return Decimal(constant)
    return constant if isinstance(constant, Decimal) else None


def _circles(passport: Passport, *, one: bool) -> Mapping[str, str]:
    """Return the circle of every register; `one`: they are all in one."""
    circles = {part.register.key: part.register.key for part in passport.registers}
    for first, *others in _together(passport, one=one):
        for other in others:
            was, now = circles[other], circles[first]
            circles = {key: now if circle == was else circle for key, circle in circles.items()}
    return circles


def _together(passport: Passport, *, one: bool) -> Iterator[list[str]]:
    """Yield registers whose subjects must be the same: looked at together, or of no person."""
    kept = [part.register.key for part in passport.registers if one or part.shown == "kept"]
    if kept:
        yield kept
    for kpi in passport.kpis:
        measure = passport.measure_of(kpi)
        yield [*measure.registers, *([measure.after.register] if measure.after else [])]
