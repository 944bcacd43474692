"""読み取りを見る. How a batch's file was read: every figure with its place, what was corrected, what is proposed from earlier files."""

from __future__ import annotations

from dataclasses import dataclass, field

from sosei.ledger import models as m
from sosei.ledger.mending import Figure, Mend, Proposed, proposed
from sosei.ledger.queries.batchable import deciding
from sosei.ledger.queries.batches import BatchRow, batch_rows
from sosei.ledger.queries.habits import HabitRow, habit_rows, habits_for
from sosei.ledger.readings import Reading, reading_of
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """提案. What was learned earlier, by whom and from which file, and what it comes to here."""

    row: HabitRow
    proposed: Proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSeen:
    """読み取りの見え方. `stamp`: the batch's, for a form; `may`: whether the person may correct it now."""

    row: BatchRow
    stamp: int
    document: int | None
    reading: Reading
    offers: tuple[Offer, ...] = ()
    may: bool = False
    mends: dict[str, Mend] = field(default_factory=dict)

    @property
    def doubtful(self) -> list[Figure]:
        """The figures that nobody and nothing has borne out."""
        return [one for one in self.reading.figures if one.doubtful and one.path not in self.mends]

    @property
    def unread(self) -> list[int]:
        """The numbers of what was not read, and nobody has looked at yet."""
        return [n for n in range(len(self.reading.report.unread)) if f"/unread/{n}" not in self.mends]  # fmt: skip


def reading_seen(by: Person, batch: int) -> ReadingSeen:
    """Return how a batch's file was read; some 8 queries. Raises NoSuchThing, also where it was read from no report."""
    found = m.Batch.objects.filter(pk=batch, body=by.body, voided__isnull=True)
    one = found.select_related("document", "part").first()
    name = one.document.name if one is not None and one.document else ""
    reading = reading_of(one.difference, name) if one is not None else None
    if one is None or reading is None:
        raise NoSuchThing(what="読み取り")
    may = one.state == "proposed" and deciding(one, by).met(by)
    return ReadingSeen(
        row=batch_rows(found)[0], stamp=one.stamp, document=one.document_id, reading=reading,
        offers=_offers(by.body, reading) if may else (), may=may,
        mends={mend.at: mend for mend in reading.mends},
    )  # fmt: skip


def _offers(body: str, reading: Reading) -> tuple[Offer, ...]:
    """Return what earlier corrections come to here, but for what is corrected already."""
    done = {mend.at for mend in reading.mends}
    known = proposed(habits_for(body, reading.layouts), reading.report, reading.figures, reading.spots)  # fmt: skip
    new = [one for one in known if any(mend.at not in done for mend in one.mends)]
    rows = {row.habit.pk: row for row in habit_rows(body, [one.habit.pk for one in new])}
    return tuple(Offer(row=rows[one.habit.pk], proposed=one) for one in new)
