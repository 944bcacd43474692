"""同じかもしれない相手. Subjects that may be one: firms whose names differ in their form alone, persons with equal fingerprints."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.db.models import Count

from sosei.evidence import models as m
from sosei.evidence.queries.subjects import SubjectRow, rows_of

#: Pairs of a page; when these are settled, the next ones come.
MOST: Final = 50
#: What of a name does not tell one firm from another: its form, and marks between words.
_FORM: Final = re.compile(
    r"\((?:株|有|同|資|名|一社|一財|公財|公社|学|医|社福|独)\)|npo法人|[・,.\-‐―ー\s]"
)
Why = Literal["name", "mail", "person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """組. Two subjects that may be one; `why`: by a firm's name, a person's mail, a person's name. `one` would go into `other`."""

    one: SubjectRow
    other: SubjectRow
    why: Why


def duplicates(body: str) -> tuple[Pair, ...]:
    """Return pairs of subjects that may be one, firms first."""
    pairs = [*_firms(body), *_persons(body, "mail_key", "mail"), *_persons(body, "name_key", "person")]  # fmt: skip
    unique: dict[frozenset[int], tuple[int, int, Why]] = {}
    for one, other, why in pairs:
        unique.setdefault(frozenset((one, other)), (one, other, why))
    chosen = list(unique.values())[:MOST]
    rows = rows_of(body, {pk for one, other, _ in chosen for pk in (one, other)})
    return tuple(Pair(one=rows[one], other=rows[other], why=why) for one, other, why in chosen)


def bare(alike: str | None) -> str:
    """Return a firm's name without its form.

    >>> bare("(株)見本鋳造") == bare("見本鋳造") == "見本鋳造"
    True
    """
    return _FORM.sub("", alike or "")


def _firms(body: str) -> list[tuple[int, int, Why]]:
    rows = m.Subject.objects.filter(body=body, kind="organisation", into=None, voided__isnull=True)
    groups: dict[str, list[tuple[int, str | None]]] = defaultdict(list)
    for pk, alike, number in rows.order_by("pk").values_list("pk", "alike", "number"):
        if name := bare(alike):
            groups[name].append((pk, number))
    return [pair for group in groups.values() for pair in _paired(group, "name")]


def _persons(body: str, column: str, why: Why) -> list[tuple[int, int, Why]]:
    own: Any = m.Contact.objects.filter(body=body, subject__into=None, subject__erased=None)
    shared = own.exclude(**{column: ""}).values(column).annotate(n=Count("pk")).filter(n__gt=1)
    wanted = [row[column] for row in shared.order_by(column)[:MOST]]
    groups: dict[str, list[tuple[int, str | None]]] = defaultdict(list)
    found = own.filter(**{f"{column}__in": wanted}).order_by("pk")
    for pk, key in found.values_list("pk", column):
        groups[key].append((pk, None))
    return [pair for group in groups.values() for pair in _paired(group, why)]


def _paired(group: Sequence[tuple[int, str | None]], why: Why) -> Iterable[tuple[int, int, Why]]:
    """Pair the others of a group with the one that stays: with a corporate number, else the earliest."""
    stays = next((one for one in group if one[1]), group[0])
    for pk, number in group:
        if pk != stays[0] and not (number and stays[1]):
            yield pk, stays[0], why
