"""返還の知らせ. What of a sheet's row of a subsidy is to be returned: no problem of the row, but somebody has to ask for it."""

from __future__ import annotations

from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.reckoned import sums
from sosei.evidence.sheets.said import Note
from sosei.evidence.subsidywords import yen, yen_en


def due(kind: RegisterKind, draft: Draft, number: int) -> list[Note]:
    """Return a note for each amount that is to be returned by a case; `number`: of its row."""
    reached = {
        stage: day
        for stage, day in zip(kind.stages, draft.reached, strict=False)
        if day is not None
    }
    return [
        Note(
            kind="due", row=number, ja=f"{number}行目：{one.called[0]}が{yen(one.amount)}あります（{one.how[0]}）。",
            en=f"Row {number}: {one.called[1]}: {yen_en(one.amount)} ({one.how[1]}).",
        )
        for one in sums(kind, draft.values, reached)
        if one.kind == "due"
    ]  # fmt: skip
