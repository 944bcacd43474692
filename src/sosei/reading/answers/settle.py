"""照合. Decides which question each row answers: by its hidden id, else by its name and what stands beside it.

Never between two equals. An id that no longer stands beside its own name is not believed, and with it no other of its
table; where a project's heading has lost its rows, headings are not believed. The order of rows is the last witness:
it speaks only where a whole group of equal rows is there and all others of the table stand in the sheet's order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from sosei.core.inquiry import AnswerSheet, Question
from sosei.reading.answers.match import Match
from sosei.reading.answers.names import key_of
from sosei.reading.answers.witness import misplaced, narrowed

Why = Literal["id", "name", "near", "renamed", "order"]
#: Rows in their own order that make the order of a table believable.
_ORDERED: Final = 4


@dataclass
class Settled:
    """照合の結果. For each row that was placed, why; the others with the questions they may answer; ids not believed."""

    why: dict[int, Why] = field(default_factory=dict)
    open: list[tuple[Match, tuple[Question, ...]]] = field(default_factory=list)
    moved: int = 0


def settle(sheet: AnswerSheet, matches: Sequence[Match]) -> Settled:
    """Give every row its question where that is certain enough; `match.question` is set."""
    settled = Settled()
    for table in _tables(matches):
        settled.moved += _drop_moved_ids(sheet, table)
        context = not _headings_lost(sheet, table)
        for match in table:
            _place(sheet, match, settled, context=context)
    _by_order(sheet, settled, matches)
    return settled


def _tables(matches: Sequence[Match]) -> list[list[Match]]:
    tables: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        tables[match.row.table].append(match)
    return list(tables.values())


def _drop_moved_ids(sheet: AnswerSheet, table: list[Match]) -> int:
    """Take the ids off a table in which one stands beside another question's name; return how many did."""
    moved = sum(_beside_another(sheet, match) for match in table if match.key)
    if moved:
        for match in table:
            match.key = None
    return moved


def _beside_another(sheet: AnswerSheet, match: Match) -> bool:
    own = sheet.by_key.get(match.key or "")
    if match.named is None or not match.named.exact:
        return False
    if own is None or own not in match.named.questions:
        return True
    left = narrowed(match, match.named.questions, context=False)
    return bool(left) and own not in left


def _headings_lost(sheet: AnswerSheet, table: list[Match]) -> bool:
    """Tell whether the headings of a table no longer stand over their own rows."""
    if any(misplaced(match) for match in table):
        return True
    seen: Counter[tuple[frozenset[str], str]] = Counter()
    for match in table:
        if match.named is not None and match.named.exact and match.context:
            seen[match.context, key_of(match.label)] += 1
    asked = Counter((q.project, key_of(sheet.called(q))) for q in sheet.questions)
    return any(
        count > sum(asked[project, name] for project in context)
        for (context, name), count in seen.items()
    )


def _place(sheet: AnswerSheet, match: Match, settled: Settled, *, context: bool) -> None:
    own = sheet.by_key.get(match.key or "")
    if own is not None:
        match.question = own
        settled.why[match.row.index] = "id" if _is_named_so(match) else "renamed"
        return
    if match.named is None:
        return
    left = narrowed(match, match.named.questions, context=context)
    if len(left) == 1:
        match.question = left[0]
        settled.why[match.row.index] = "name" if match.named.exact else "near"
    else:
        settled.open.append((match, left or match.named.questions))


def _is_named_so(match: Match) -> bool:
    if match.named is None:
        return match.name is None or not match.name.text
    return match.named.exact


def _by_order(sheet: AnswerSheet, settled: Settled, matches: Sequence[Match]) -> None:
    """Place the rows of a whole group of equals in the sheet's order, where all other rows keep it."""
    order = {question.key: at for at, question in enumerate(sheet.questions)}
    groups: dict[tuple[int, tuple[str, ...]], list[Match]] = defaultdict(list)
    for match, left in settled.open:
        groups[match.row.table, tuple(question.key for question in left)].append(match)
    for (table, keys), rows in groups.items():
        placed = [m for m in matches if m.row.table == table and m.question is not None]
        at = [order[m.question.key] for m in placed if m.question is not None]
        kept = len(at) >= _ORDERED and all(a < b for a, b in pairwise(at))
        if not kept or len(rows) != len(keys) or not _between(placed, rows, keys, order):
            continue
        for match, key in zip(rows, sorted(keys, key=order.__getitem__), strict=True):
            match.question = sheet.by_key[key]
            settled.why[match.row.index] = "order"
    settled.open = [(match, left) for match, left in settled.open if match.question is None]


def _between(
    placed: Sequence[Match], rows: Sequence[Match], keys: Sequence[str], order: dict[str, int]
) -> bool:
    """Tell whether each row of a group, given its question by order, stands where that question should."""
    given = dict(zip((row.row.index for row in rows), sorted(keys, key=order.__getitem__), strict=True))  # fmt: skip
    everyone = sorted((*placed, *rows), key=lambda match: match.row.index)
    places = [
        order[match.question.key if match.question else given[match.row.index]]
        for match in everyone
    ]
    return all(a < b for a, b in pairwise(places))
