"""手続を進める. Entries and volumes move from stage to stage; who moved them, why, and for whom stays in a `Step`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sosei.core.errors import NoReason, SoseiError
from sosei.journal.acts import Act, act
from sosei.ledger import models as m
from sosei.ledger.actions.reach import held_volume
from sosei.ledger.flow import Move, move_named, moves_in, stage_name
from sosei.ledger.halts import NoOpinions, NotNow, NotYours, WrongStage
from sosei.ledger.queries.charge import in_charge
from sosei.ledger.queries.locks import opened_in
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Person
from sosei.offices.permissions import Held, asked, require

#: Moves of a volume that need nothing but the step itself; the others have actions of their own.
PLAIN = frozenset({"return", "ask_experts", "report", "back_to_experts"})


@dataclass(frozen=True, slots=True)
class Who:
    """だれが. A person, and the role by which he acts (and in whose stead)."""

    person: Person
    held: Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """結果. What became of one entry of a batch: where it went, or why it did not."""

    entry: int
    name: str
    to: str | None = None
    refusal: SoseiError | None = None


def move_entry(*, by: Person, entry: int, move: str, reason: str = "") -> Moved:
    """事業の手続を進める. Move one entry.

    Raises NotAllowed, NoReason, WrongStage, NotNow, NotYours, NoSuchThing.
    """
    (moved,) = move_entries(by=by, entries=[entry], move=move, reason=reason)
    if moved.refusal:
        raise moved.refusal
    return moved


def move_entries(
    *, by: Person, entries: Iterable[int], move: str, reason: str = ""
) -> tuple[Moved, ...]:
    """まとめて進める. Move entries, each for itself: what is refused says why, the others move, in one act.

    `reason` stays with each step, also where none is needed (a remark). Raises NoReason, NoSuchThing.
    """
    how = move_named("entry", move)
    _reason(how, reason)
    wanted = list(dict.fromkeys(entries))
    with act(how.act, body=by.body, by=by.pk, subject=_subject(wanted)) as w:
        rows = held_entries(by, wanted)
        charge = in_charge(wanted)
        opened = {row.volume_id: opened_in(row.volume) for row in rows}
        moved = [
            _try(w, by, how, row, (charge[row.pk], opened[row.volume_id]), reason) for row in rows
        ]
        w.facts |= {"moved": sum(one.refusal is None for one in moved)}
    return tuple(moved)


def _subject(entries: list[int]) -> str:
    return f"ledger.projectyear:{entries[0]}" if len(entries) == 1 else f"entries:{len(entries)}"


def held_entries(by: Person, wanted: Iterable[int]) -> list[m.ProjectYear]:
    """Return entries with their volumes as they are now, nobody moving them till the act ends. Raises NoSuchThing."""
    ids = sorted(set(wanted))
    chosen = m.ProjectYear.objects.filter(pk__in=ids, body=by.body, voided__isnull=True)
    rows = list(chosen.select_for_update().order_by("pk"))
    if len(rows) < len(ids):
        raise NoSuchThing(what="事業の記載")
    volumes = m.Volume.objects.in_bulk({row.volume_id for row in rows})
    for row in rows:
        row.volume = volumes[row.volume_id]
    return sorted(rows, key=lambda row: (row.position, row.pk))


def _try(
    w: Act,
    by: Person,
    how: Move,
    row: m.ProjectYear,
    facts: tuple[frozenset[int], frozenset[int]],
    reason: str,
) -> Moved:
    """Move one entry of a batch, or say why not. `facts`: departments in charge, entries opened for correction."""
    charge, opened = facts
    try:
        held = require(by, how.verb, charge, among=how.roles)
        may_move(how, row, opened=row.pk in opened)
        to = how.to or _taken_back(by, how, row)
    except SoseiError as refusal:
        return Moved(entry=row.pk, name=row.called(), refusal=refusal)
    step(w, how, row, Who(by, held), to=to, reason=reason)
    return Moved(entry=row.pk, name=row.called(), to=to)


def may_move(how: Move, row: m.ProjectYear, *, opened: bool) -> None:
    """Refuse a move that the stages do not allow. Raises WrongStage, NotNow."""
    if row.stage not in how.sources:
        raise WrongStage(
            what=row.called(), stage=stage_name(row.stage), move=how.ja,
            stage_en=stage_name(row.stage, "en"), move_en=how.en,
        )  # fmt: skip
    if not moves_in(row.volume.stage, opened=opened):
        raise NotNow(
            what=row.called(),
            stage=stage_name(row.volume.stage),
            stage_en=stage_name(row.volume.stage, "en"),
        )


def _taken_back(by: Person, how: Move, row: m.ProjectYear) -> str:
    """Return where a step began that its own person takes back. Raises NotYours."""
    last = last_step(row)
    acts = {move_named("entry", name).act for name in how.takes_back}
    if last is None or last.verb not in acts or by.pk not in (last.person_id, last.instead_of_id):
        raise NotYours(
            what=row.called(), who=asked("entry.return"), who_en=asked("entry.return", "en")
        )
    return last.came_from


def last_step(row: m.ProjectYear) -> m.Step | None:
    """Return the last step of an entry, or None."""
    return m.Step.objects.filter(entry=row, voided__isnull=True).order_by("-pk").first()


def _reason(how: Move, reason: str) -> None:
    if how.reason and not reason.strip():
        raise NoReason(what=how.ja)


def step(
    w: Act, how: Move, row: m.ProjectYear | m.Volume, who: Who, *, to: str, reason: str = ""
) -> m.Step:
    """Write a step of an entry or a volume, and the stage it leads to."""
    came = row.stage
    entry = row if isinstance(row, m.ProjectYear) else None
    w.change(row, stage=to)
    return w.add(
        m.Step(
            volume=row if isinstance(row, m.Volume) else row.volume,
            entry=entry,
            verb=how.act,
            came_from=came,
            went_to=to,
            reason=reason.strip() or None,
            person=who.person,
            instead_of_id=who.held.instead,
        )
    )


def volume_may(how: Move, volume: m.Volume) -> None:
    """Refuse a move of a volume from another stage. Raises WrongStage."""
    if volume.stage not in how.sources:
        raise WrongStage(
            what=volume.called(), stage=stage_name(volume.stage), move=how.ja,
            stage_en=stage_name(volume.stage, "en"), move_en=how.en,
        )  # fmt: skip


def move_volume(*, by: Person, volume: int, move: str, reason: str = "") -> m.Volume:
    """報告書の手続を進める. Move a volume by a step that needs nothing but itself (`PLAIN`).

    Going on to the assembly without any expert's opinion needs a reason (NoOpinions).
    Raises NotAllowed, NoReason, WrongStage, NoSuchThing.
    """
    how = move_named("volume", move)
    if move not in PLAIN:
        raise ValueError(f"not a plain move: {move}")
    held = require(by, how.verb, among=how.roles)
    _reason(how, reason)
    with act(how.act, body=by.body, by=by.pk, subject=f"ledger.volume:{volume}") as w:
        row = held_volume(by, volume)
        volume_may(how, row)
        if move == "report" and not reason.strip() and not _opinions(row):
            raise NoOpinions(what=row.called())
        step(w, how, row, Who(by, held), to=str(how.to), reason=reason)
    return row


def _opinions(volume: m.Volume) -> bool:
    return m.Opinion.objects.filter(volume=volume, voided__isnull=True).exists()
