"""束の番号. The numbers under which subjects stand in a bundle: other ones in each, found again only with the key.

They are shuffled by a keyed hash over the edition, so that neither the order of the book nor another bundle tells who is
who. A subject that a measure itself names (`subject = 12`) keeps its number, and the others stay on their side of it.
"""

from __future__ import annotations

import hmac
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import ROUND_FLOOR, Decimal

from sosei.evidence.measures.model import Literal_
from sosei.evidence.passport.contents import Passport


def keyed(passport: Passport, what: str, value: object) -> str:
    """Return a keyed hash that is this bundle's own."""
    edition = passport.edition
    of = (
        edition.head.body,
        edition.year,
        edition.number,
        edition.report_sha256,
        edition.head.seal,
        what,
        value,
    )
    return hmac.digest(passport.pseudonym_key, repr(of).encode(), "sha256").hex()


def subject_numbers(
    passport: Passport, subjects: Iterable[int], constants: Iterable[Literal_]
) -> Mapping[int, int]:
    """Return each subject's number; `constants`: what measures compare subjects with."""
    named = sorted({number for one in constants if (number := _number(one)) is not None})
    between: dict[int, list[int]] = defaultdict(list)
    numbers: dict[int, int] = {}
    for subject in set(subjects):
        at = bisect_left(named, subject)
        if at < len(named) and named[at] == subject:
            numbers[subject] = subject
        else:
            between[at].append(subject)
    for at, several in between.items():
        first = max(1, int(named[at - 1].to_integral_value(ROUND_FLOOR)) + 1) if at else 1
        several.sort(key=lambda one: keyed(passport, "subject", one))
        numbers |= {one: first + n for n, one in enumerate(several)}
    return numbers


def _number(constant: Literal_) -> Decimal | None:
    if isinstance(constant, str) and constant.isascii() and constant.isdigit():
        return Decimal(constant)
    return constant if isinstance(constant, Decimal) else None
