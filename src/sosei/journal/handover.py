"""鍵の引継ぎ. Bring a newer key into force: a line that the old one seals, or, where that is lost, a line that says so."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from sosei.journal.acts import Act, act, alone
from sosei.journal.clock import now
from sosei.journal.keyring import HANDED, LOST, missing, newest, number_of, ring
from sosei.journal.models import Chain
from sosei.journal.seal import fingerprint


def hand_over() -> int:
    """Let every book be sealed with the newest key from now on; return how many were handed over.

    Raises SealKeyLacking, OtherSealKey where a book's own key is not here.
    """
    return _each(_handed, lambda chain: number_of(chain) < newest())


def begin_anew() -> int:
    """Let every book that lacks a key say that it is lost, in a line of the newest one; the others hand over.

    Return how many lacked one; what the lost keys sealed stays unproven.
    """
    with transaction.atomic():
        done = _each(_lost, lambda chain: bool(missing(chain)))
        hand_over()
    return done


def _each(do: Callable[[str], None], wanted: Callable[[Chain], bool]) -> int:
    """Do it to every book that wants it, or to none."""
    with transaction.atomic():
        bodies = [c.body for c in Chain.objects.filter(seq__gt=0).order_by("body") if wanted(c)]
        for body in bodies:
            do(body)
    return len(bodies)


def _handed(body: str) -> None:
    number = newest()
    key = ring()[number]
    said = {"key": number, "mark": fingerprint(key)}
    with act(HANDED, body=body, by=None, facts=said, always=True) as w:
        w.hand_over(number, key)


def _lost(body: str) -> None:
    with alone(body):
        was, number = number_of(Chain.objects.get(body=body)), newest()
        key = ring()[number]
        done = Act(body, now(), number, key)
        lost = [n for n in range(1, was + 1) if n not in ring()]
        done.facts.update({"lost": lost, "key": number, "mark": fingerprint(key)})
        done.close(LOST, None, "")
