"""意見書を読み取る. A file that came back is read, shown, and only then taken in: what was chosen, in one act."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sosei.core.opinions import Opinions
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.documents import keep
from sosei.ledger.actions.opinions import must_be_open, paper_of, write_opinion
from sosei.ledger.actions.reach import held_volume
from sosei.ledger.halts import AlreadySettled, SaysNothing
from sosei.ledger.judged import entry_of, sheet_of
from sosei.ledger.refusals import NoSuchThing
from sosei.ledger.traces import placed
from sosei.offices.models import Person
from sosei.offices.permissions import require
from sosei.reading.answers import read_opinions
from sosei.reading.lines import in_lines

_STATES = {"applied": "取込済み", "refused": "取りやめ"}


def propose_opinions(*, by: Person, paper: int, name: str, data: bytes) -> m.OpinionReading:
    """意見書を読み取る. Read a file as one expert's sheet and keep what was understood; nothing is taken in yet.

    Raises NotAllowed, NotAsking, NoSuchThing, and what `read_opinions` raises of a file it cannot read.
    """
    require(by, "opinion.collect")
    row = paper_of(by, paper)
    must_be_open(row.volume)
    said = in_lines(read_opinions(data, name, sheet_of(row.sheet)), [(name, data)])
    suffix = name.rpartition(".")[2].lower()[:10]
    with act(
        "opinion.propose", body=by.body, by=by.pk, subject=f"ledger.opinionpaper:{paper}"
    ) as w:
        document = keep(w, name, data, suffix, "opinion", row.volume)
        reading = m.OpinionReading(paper=row, document=document, said=_kept(said), person=by)
        w.facts |= {"understood": len(said.opinions), "unclear": len(said.not_understood)}
        return w.add(reading)


def _kept(said: Opinions) -> dict[str, Any]:
    """Return what was understood as JSON, each opinion with where it stands."""
    return {
        "expert": said.expert,
        "opinions": [
            {
                "key": one.key, "judgement": one.judgement, "text": one.text, "raw": one.raw,
                "place": placed(one.place), "how": one.how, "certainty": one.certainty,
            }
            for one in said.opinions
        ],
        "unanswered": [project.key for project in said.unanswered],
        "not_understood": [_notice(one) for one in said.not_understood],
        "warnings": [_notice(one) for one in said.warnings],
    }  # fmt: skip


def _notice(one: Any) -> dict[str, Any]:
    return {
        "code": one.code, "ja": one.ja, "en": one.en, "key": one.key, "raw": one.raw,
        "place": placed(one.place),
    }  # fmt: skip


def apply_opinions(
    *, by: Person, reading: int, chosen: Collection[int], seen: int | None = None
) -> m.OpinionReading:
    """意見を取り込む. Take in the chosen of what was understood (by their place in it), in one act.

    What the same paper said before of the same project is replaced; its past stays. Raises NotAllowed, NotAsking,
    AlreadySettled, SaysNothing (nothing chosen), Stale.
    """
    require(by, "opinion.collect")
    row = reading_of(by, reading)
    said = row.said["opinions"]
    wanted = [said[i] for i in sorted(set(chosen)) if 0 <= i < len(said)]
    if not wanted:
        raise SaysNothing(what=row.paper.called())
    subject = f"ledger.opinionpaper:{row.paper_id}"
    with act("opinion.collect", body=by.body, by=by.pk, subject=subject) as w:
        volume = held_volume(by, row.paper.volume_id)
        must_be_open(volume)
        _still_open(row)
        for one in wanted:
            entry = entry_of(one["key"])
            write_opinion(w, row.paper, entry, one["judgement"], one["text"] or "", row.document)
        w.change(row, seen=seen, state="applied")
        w.facts |= {"opinions": len(wanted)}
    return row


def refuse_opinions(*, by: Person, reading: int) -> m.OpinionReading:
    """読取りを取りやめる. Take nothing of it in. Raises NotAllowed, AlreadySettled."""
    require(by, "opinion.collect")
    row = reading_of(by, reading)
    _still_open(row)
    subject = f"ledger.opinionpaper:{row.paper_id}"
    with act("opinion.refuse", body=by.body, by=by.pk, subject=subject) as w:
        return w.change(row, state="refused")


def reading_of(by: Person, reading: int) -> m.OpinionReading:
    """Return a reading of the person's body. Raises NoSuchThing."""
    found = m.OpinionReading.objects.select_related("paper__volume", "document").filter(
        pk=reading, body=by.body, voided__isnull=True
    ).first()  # fmt: skip
    if found is None:
        raise NoSuchThing(what="意見書の読取り")
    return found


def _still_open(row: m.OpinionReading) -> None:
    if row.state != "proposed":
        raise AlreadySettled(state=_STATES[row.state])
