"""今やること. Everything that is owed: what, by whom, by when; the whole body's for planning, a department's own for others.

Each kind is one or two queries, whatever the size of the book; where there can be many of a kind, they come counted by
department and day. What the viewer himself can do next is `mine`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from sosei.ledger.queries import taskcounts, taskdates, taskevidence, taskprivacy, taskwork
from sosei.ledger.queries.taskdesk import Desk, Found, desk_of
from sosei.offices.models import Person
from sosei.offices.workdays import is_open

#: late: past its day; soon: within a week; near: within two; ahead: within thirty days; later; undated.
Urgency = Literal["late", "soon", "near", "ahead", "later", "undated"]
Kind = Callable[[Desk], Iterator[Found]]
_WORK: Final[tuple[Kind, ...]] = (
    taskwork.inquiries, taskwork.batches, taskwork.counting, taskcounts.counts,
    taskwork.entries, taskdates.decisions, taskdates.opinions, taskprivacy.leaks, taskevidence.waiting,
)  # fmt: skip
_PLANNING: Final[tuple[Kind, ...]] = (taskdates.volumes,)
_STEPS: Final[tuple[tuple[int, Urgency], ...]] = ((7, "soon"), (14, "near"), (30, "ahead"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """一つの用件. `page`, `numbers`: where it is done (kind of page, rows). `due`: its day; `act_by`: the last open day before it.

    `came`: the day on which what waits came in, where it has no day by which it is to be done. `names`: who owes it; `each`: every one of them for itself, not all together.
    """

    kind: str
    ja: str
    en: str
    due: date | None
    came: date | None
    act_by: date | None
    left: int | None
    urgency: Urgency
    names: tuple[str, ...]
    each: bool
    count: int
    mine: bool
    page: str
    numbers: tuple[int, ...]
    note_ja: str = ""
    note_en: str = ""

    @property
    def who(self) -> str | None:
        """Who owes it, in one word."""
        return ("、" if self.each else "・").join(self.names) or None

    def of(self, name: str) -> Task:
        """Return what one of them owes."""
        return replace(self, names=(name,), count=1) if self.each else self

    @property
    def late_by(self) -> int:
        """How many days its day is past."""
        return -self.left if self.left is not None and self.left < 0 else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """用件の一覧. By date, overdue first, undated last, what came in by the day it came; `first`: the one thing to do next, None: nothing waits for the viewer."""

    day: date
    whole: bool
    tasks: tuple[Task, ...]

    @property
    def first(self) -> Task | None:
        """The one thing to do next."""
        return next((task for task in self.tasks if task.mine and task.urgency != "later"), None)

    @property
    def present(self) -> tuple[Task, ...]:
        """What is to be done within thirty days, or has no day."""
        return tuple(task for task in self.tasks if task.urgency != "later")

    @property
    def later(self) -> tuple[Task, ...]:
        """What comes after that."""
        return tuple(task for task in self.tasks if task.urgency == "later")

    @property
    def late(self) -> int:
        """How many days are past."""
        return sum(task.urgency == "late" for task in self.tasks)


def todo_of(person: Person) -> Todo:
    """Return what is owed, as a person's desk shows it; at most 22 queries."""
    desk = desk_of(person)
    return Todo(day=desk.day, whole=desk.whole, tasks=tuple(_sorted(_tasks(desk))))


def _tasks(desk: Desk) -> Iterator[Task]:
    for kind in _kinds(desk):
        for found in kind(desk):
            yield _task(found, desk)


def _kinds(desk: Desk) -> Iterator[Kind]:
    """Yield what stands on a desk: departments' work, then planning's own."""
    if desk.whole or desk.own:
        yield from _WORK
    yield taskdates.papers
    if desk.planning:
        yield from _PLANNING
    if desk.arranges:
        yield taskdates.left_behind
    if desk.keeps:
        yield taskdates.accounts


def _task(found: Found, desk: Desk) -> Task:
    left = (found.due - desk.day).days if found.due else None
    return Task(
        kind=found.kind,
        ja=found.ja,
        en=found.en,
        due=found.due,
        came=found.came,
        act_by=open_day(found.due) if found.due else None,
        left=left,
        urgency=urgency_of(left),
        names=found.names,
        each=found.each,
        count=found.count,
        mine=found.mine,
        page=found.page,
        numbers=found.numbers,
        note_ja=found.note_ja,
        note_en=found.note_en,
    )


def urgency_of(left: int | None) -> Urgency:
    """Return how urgent something is that is due in so many days.

    >>> [urgency_of(n) for n in (-1, 0, 7, 8, 14, 15, 30, 31, None)]
    ['late', 'soon', 'soon', 'near', 'near', 'ahead', 'ahead', 'later', 'undated']
    """
    if left is None:
        return "undated"
    if left < 0:
        return "late"
    return next((name for days, name in _STEPS if left <= days), "later")


def open_day(day: date) -> date:
    """Return the last day up to a day on which the office is open: what is due on a Sunday is done on the Friday before.

    >>> open_day(date(2022, 4, 10))
    datetime.date(2022, 4, 8)
    """
    while not is_open(day):
        day -= timedelta(days=1)
    return day


def _sorted(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=_order)


def _order(task: Task) -> tuple[date, bool, str, str, str]:
    """Return where a task stands: by its day, or the day on which it came in; what has neither comes last."""
    day = task.due or task.came or date.max
    return (day, not task.mine, task.who or "", task.kind, task.ja)
