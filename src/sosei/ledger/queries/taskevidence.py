"""根拠台帳の用件. Firms that have not answered a survey whose day is past or near, and what came by forms and waits to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from sosei.evidence.queries.pending import Pending, pending
from sosei.ledger.queries.taskdesk import MOST, Desk, Found, year_name

#: How many days before its day a survey's silence is shown.
NEAR: Final = 14


def waiting(desk: Desk) -> Iterator[Found]:
    """未回答と確認待ち: one row a survey's year, one a form; whoever writes in the register sees it first. 1 query."""
    for one in pending(desk.body, desk.day + timedelta(days=NEAR))[:MOST]:
        if desk.sees({one.department}):
            yield _silent(one, desk) if one.what == "survey" else _to_look_at(one, desk)


def _silent(one: Pending, desk: Desk) -> Found:
    late = one.due < desk.day
    return Found(
        kind="survey", ja=f"{one.ja}（{year_name(one.year)}）：{one.n}者が未回答",
        en=f"{one.en} (FY{one.year}): {one.n} silent", page="survey", numbers=(one.pk, one.year), due=one.due,
        names=(desk.name(one.department),), count=one.n,
        mine=one.department in desk.writes or (desk.planning and late),
        note_ja=f"期限を{(desk.day - one.due).days}日過ぎています" if late else "",
        note_en="overdue: remind them" if late else "",
    )  # fmt: skip


def _to_look_at(one: Pending, desk: Desk) -> Found:
    return Found(
        kind="form", ja=f"公開フォーム「{one.ja}」：確認待ち{one.n}件を確かめる",
        en=f"“{one.en}”: look at {one.n} submissions", page="form", numbers=(one.pk,), due=one.due,
        names=(desk.name(one.department),), count=one.n, mine=one.department in desk.writes,
        note_ja=f"{one.due.month}月{one.due.day}日を過ぎると、見ないまま消えます",
        note_en=f"gone for good after {one.due}",
    )  # fmt: skip
