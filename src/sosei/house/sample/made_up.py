"""見本の相手. Firms and people that cannot be anybody's: their names say so; mails end in a domain kept for examples.

No corporate numbers: none is kept free for examples, and one that fits may be a real firm's tomorrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from sosei.evidence.drafts import Who
from sosei.house.sample.said import words


def maker(n: int) -> Who:
    """Return a manufacturer.

    >>> maker(0).name, maker(1).name
    ('株式会社見本鋳造', '株式会社例示精機')
    """
    return _firm(n, "makers")


def tech_firm(n: int) -> Who:
    """Return a firm that works with information, or with what it could make better."""
    return _firm(n, "tech")


def _firm(n: int, trades: str) -> Who:
    first, trade = words("heads"), words(trades)
    return named(f"株式会社{first[n % len(first)]}{trade[n % len(trade)]}")


@cache
def named(name: str) -> Who:
    """Return an organisation of this name."""
    return Who(kind="organisation", name=name)


@cache
def someone(n: int) -> Who:
    """Return a person; two of different numbers differ in name and mail.

    >>> someone(0).name, someone(8).name, someone(0).mail
    ('見本 春子', '見本 夏子', 'mihon0000@example.jp')
    """
    family, rest = words("families"), n // len(words("families"))
    first, last = words("given_first"), words("given_last")
    given = first[rest % len(first)] + last[rest // len(first) % len(last)]
    name = f"{family[n % len(family)]} {given}"
    return Who(kind="person", name=name, mail=f"mihon{n:04}@example.jp")


@cache
def walker(year: int, n: int) -> Who:
    """Return somebody who takes part in a rally: known by a number alone."""
    return Who(kind="person", name=f"参加番号{year}-{n:04}")


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """Return a whole number parted by weights, to the last one.

    >>> shared(10, [1, 1, 1]), sum(shared(3_874_200, [3, 1, 4, 1, 5]))
    ([3, 3, 4], 3874200)
    """
    whole = sum(weights)
    ends = [total * reached // whole for reached in accumulate(weights)]
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]
