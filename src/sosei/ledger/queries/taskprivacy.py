"""個人情報の用件. Leaks whose reports are still to be made, with their days: those that the desk's person may see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.evidence.queries.incidents import IncidentShown, incidents_of
from sosei.ledger.queries.taskdesk import Desk, Found
from sosei.offices.permissions import may

_STEPS: Final = {
    "first": ("個人情報保護委員会に速報する", "First report to the commission"),
    "persons": ("本人に知らせる", "Tell the persons"),
    "final": ("個人情報保護委員会に確報する", "Final report to the commission"),
}


def leaks(desk: Desk) -> Iterator[Found]:
    """漏えい等: what is still to be done about each leak that is open; what has none is to be closed. 1 query."""
    for one in incidents_of(desk.person, running=True):
        settles = may(desk.person, "leak.settle", [one.department]) is not None
        yield from _of(one, settles)


def _of(one: IncidentShown, settles: bool) -> Iterator[Found]:
    shown = [(*_STEPS[step.step.code], step.step.by) for step in one.open_steps]
    for ja, en, due in shown or [("事案を終結にする", "Close the leak", None)]:
        yield Found(
            kind="leak", ja=f"{ja}：{one.title}", en=f"{en}: {one.title}", page="leak", numbers=(one.pk,), due=due,
            names=(one.department_name,), mine=settles,
        )  # fmt: skip
