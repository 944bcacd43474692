"""公表と訂正. An edition is frozen in all its forms; a later change is a correction with its reason and its 正誤表."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sosei.core.codec import dumps, loads
from sosei.core.errors import NoReason, Stale
from sosei.core.report import Report
from sosei.evidence.passport.contents import EditionFacts, Head
from sosei.journal.acts import Act, act
from sosei.journal.clock import today
from sosei.journal.models import Chain
from sosei.ledger import models as m
from sosei.ledger.actions.papers import all_accepted
from sosei.ledger.actions.reach import held_volume, volume_of
from sosei.ledger.actions.signoff import Who, held_entries, may_move, step, volume_may
from sosei.ledger.corrections import Correction, corrections_of
from sosei.ledger.flow import Move, move_named, stage_name
from sosei.ledger.frozen import Facts, Made, make
from sosei.ledger.halts import (
    BadPublicationDay,
    NoCorrectionNamed,
    NothingCorrected,
    NotPutBack,
    WrongStage,
)
from sosei.ledger.queries.fingerprint import fingerprint
from sosei.ledger.queries.locks import opened_in
from sosei.ledger.queries.passports import passport_of, told_in
from sosei.ledger.queries.view import report_of, view_of
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Office, Person
from sosei.offices.permissions import require
from sosei.publishing.errata import ErratumRow

#: Steps with which a correction ends: what was said and opened in it is over.
_ENDS: Final = ("volume.publish", "volume.drop_correction")


@dataclass(frozen=True, slots=True)
class _Draft:
    """An edition in hand, not yet written. `entries`: numbers of the entries, beside the report's projects."""

    report: Report
    entries: tuple[int, ...]
    facts: Facts
    made: Made
    before: m.Edition | None
    errata: tuple[Correction, ...]
    counted: str


def publish_edition(*, by: Person, volume: int, published_on: date | None = None) -> m.Edition:
    """公表する. Freeze the report in all its forms: number, date, hash, the journal's head.

    All bytes are made first; then, in one transaction, the report's hash is compared again. `published_on` None:
    today. Raises NotAllowed, WrongStage, NotAllAccepted, NothingCorrected, BadPublicationDay, Stale, Unpublishable.
    """
    how = move_named("volume", "publish")
    held = require(by, how.verb)
    row = volume_of(by, volume)
    volume_may(how, row)
    all_accepted(row, _needed(row))
    draft = _draft(row, published_on or today())
    with act("edition.publish", body=by.body, by=by.pk, subject=f"ledger.volume:{volume}") as w:
        entries = _needed(row, lock=True)
        row = held_volume(by, volume)
        volume_may(how, row)
        all_accepted(row, entries)
        _unchanged(row, draft)
        edition = _write(w, row, draft)
        step(w, how, row, Who(by, held), to=str(how.to), reason=draft.facts.reason or "")
        w.facts |= {"edition": edition.number, "sha256": edition.sha256}
    return edition


def _needed(row: m.Volume, *, lock: bool = False) -> list[m.ProjectYear]:
    """Return what must be accepted: every result; in a correction also what else it opened."""
    chosen = m.ProjectYear.objects.filter(volume=row, voided__isnull=True).order_by("pk")
    opened = opened_in(row)
    rows = list(chosen.select_for_update() if lock else chosen)
    return [entry for entry in rows if entry.kind == "result" or entry.pk in opened]


def _draft(row: m.Volume, day: date) -> _Draft:
    """Make everything of the edition."""
    view = view_of(row)
    before = in_force(row)
    if day > today() or (before is not None and day < before.published_on):
        first = before.published_on.isoformat() if before else "－"
        raise BadPublicationDay(first=first, last=today().isoformat())
    errata = _errata(row, before, view.report)
    entries = tuple(keys.entry for keys in view.entries)
    counted = told_in(row)
    facts = _with_passport(row, _facts(row, day, view.report, before, errata))
    return _Draft(view.report, entries, facts, make(view.report, facts), before, errata, counted)


def _with_passport(row: m.Volume, facts: Facts) -> Facts:
    """Add the bundle of the counted figures, where there are any."""
    edition = EditionFacts(
        title=facts.title, year=facts.fiscal_year, number=facts.number, published_on=facts.published_on,
        report_sha256=facts.sha256, head=Head(body=facts.body, seq=facts.seq, seal=facts.head),
    )  # fmt: skip
    made = passport_of(row, edition)
    return replace(facts, passport=made.data, unbundled=made.left_out)


def _facts(
    row: m.Volume,
    day: date,
    report: Report,
    before: m.Edition | None,
    errata: tuple[Correction, ...],
) -> Facts:
    chain = Chain.objects.filter(body=row.body).first()
    office = Office.objects.filter(body=row.body, voided__isnull=True).first()
    return Facts(
        body=row.body,
        office=office.name if office else "",
        fiscal_year=row.fiscal_year,
        series=row.series,
        title=str(report.title or row.called()),
        number=before.number + 1 if before else 1,
        published_on=day,
        sha256=fingerprint(report),
        seq=chain.seq if chain else 0,
        head=chain.head if chain else "",
        before_on=before.published_on if before else None,
        reason=_why(row) if before else None,
        errata=tuple(ErratumRow(subject=c.subject, wrong=c.wrong, right=c.right) for c in errata),
    )


def _errata(row: m.Volume, before: m.Edition | None, report: Report) -> tuple[Correction, ...]:
    if before is None:
        return ()
    found = corrections_of(loads(before.report), report)
    if not found:
        raise NothingCorrected(what=row.called())
    return found


def _why(row: m.Volume) -> str:
    """Return the reasons of the correction under way, each once."""
    steps = m.Step.objects.filter(
        volume=row, verb__in=["volume.correct", "entry.open", *_ENDS]
    ).order_by("pk")
    reasons: list[str] = []
    for said in steps:
        if said.verb in _ENDS:
            reasons.clear()
        elif said.reason and said.reason not in reasons:
            reasons.append(said.reason)
    return "／".join(reasons)


def _unchanged(row: m.Volume, draft: _Draft) -> None:
    """Refuse where the book, or its editions, changed while the files were being made. Raises Stale."""
    before = in_force(row)
    same = (before and before.pk) == (draft.before and draft.before.pk)
    if (
        not same
        or fingerprint(view_of(row).report) != draft.facts.sha256
        or told_in(row) != draft.counted
    ):
        raise Stale(what=row.called())


def _write(w: Act, row: m.Volume, draft: _Draft) -> m.Edition:
    facts = draft.facts
    edition = w.add(
        m.Edition(
            volume=row, number=facts.number, published_on=facts.published_on, reason=facts.reason,
            report=dumps(draft.report), sha256=facts.sha256, seq=facts.seq, head=facts.head,
        )
    )  # fmt: skip
    for file in draft.made.files:
        m.Blob.objects.get_or_create(sha256=file.sha256, defaults={"data": file.data})
    w.add_all(
        [
            m.EditionFile(
                edition=edition, form=f.form, name=f.name, sha256=f.sha256, size=len(f.data)
            )
            for f in draft.made.files
        ]
    )
    w.add_all(
        [
            m.Erratum(
                edition=edition,
                entry_id=draft.entries[line.project] if line.project is not None else None,
                position=i,
                subject=line.subject,
                wrong=line.wrong,
                right=line.right,
            )
            for i, line in enumerate(draft.errata)
        ]
    )
    return edition


def in_force(row: m.Volume) -> m.Edition | None:
    """Return the newest edition of a volume, or None."""
    return m.Edition.objects.filter(volume=row, voided__isnull=True).order_by("-number").first()


def correct(
    *, by: Person, volume: int, entries: Iterable[int], reason: str, title: bool = False
) -> m.Volume:
    """訂正を始める. Open the named entries of a published volume, and those alone; while it is being corrected, more of them.

    `title`: its title is to be corrected, so that no entry need be named. While a correction lasts, the title is open.
    Raises NotAllowed, NoReason, NoCorrectionNamed, WrongStage, NoSuchThing.
    """
    whole, one = move_named("volume", "correct"), move_named("entry", "open")
    held = require(by, whole.verb)
    wanted = list(dict.fromkeys(entries))
    if not reason.strip():
        raise NoReason(what=whole.ja)
    if not wanted and not title:
        raise NoCorrectionNamed(what=volume_of(by, volume).called())
    with act("edition.correct", body=by.body, by=by.pk, subject=f"ledger.volume:{volume}") as w:
        rows = held_entries(by, wanted)
        row = held_volume(by, volume)
        if any(entry.volume_id != row.pk for entry in rows):
            raise NoSuchThing(what="事業の記載")
        if row.stage != "correcting":
            volume_may(whole, row)
            step(w, whole, row, Who(by, held), to=str(whole.to), reason=reason)
        opened = opened_in(row)
        for entry in rows:
            entry.volume = row
            _not_opened(one, entry, opened)
            may_move(one, entry, opened=True)
            step(w, one, entry, Who(by, held), to=str(one.to), reason=reason)
        w.facts |= {"entries": len(rows)}
    return row


def _not_opened(how: Move, entry: m.ProjectYear, opened: frozenset[int]) -> None:
    """Refuse to open what this correction opened already: it would forget from where. Raises WrongStage."""
    if entry.pk in opened:
        raise WrongStage(
            what=entry.called(), stage=stage_name(entry.stage), move=how.ja,
            stage_en=stage_name(entry.stage, "en"), move_en=how.en,
        )  # fmt: skip


def drop_correction(*, by: Person, volume: int, reason: str) -> m.Volume:
    """訂正を取りやめる. Close what was opened; the report must be again as it was when the correction began.

    Raises NotAllowed, NoReason, WrongStage, NotPutBack.
    """
    how = move_named("volume", "drop_correction")
    held = require(by, how.verb)
    if not reason.strip():
        raise NoReason(what=how.ja)
    with act("edition.drop", body=by.body, by=by.pk, subject=f"ledger.volume:{volume}") as w:
        entries = _needed(volume_of(by, volume), lock=True)
        row = held_volume(by, volume)
        volume_may(how, row)
        if corrections_of(report_of(row, _before_correction(row)), report_of(row)):
            raise NotPutBack(what=row.called())
        stages = _stages_before(row)
        for entry in entries:
            if entry.pk in stages:
                w.change(entry, stage=stages[entry.pk])
        step(w, how, row, Who(by, held), to=str(how.to), reason=reason)
    return row


def _before_correction(row: m.Volume) -> datetime:
    """Return the last moment before the correction under way; late values that came in until then are none of its own."""
    begun = m.Step.objects.filter(volume=row, entry=None, verb="volume.correct").order_by("-pk")
    return begun[0].since - timedelta(microseconds=1)


def _stages_before(row: m.Volume) -> dict[int, str]:
    """Return the stages from which the correction under way opened entries, each as it was at first."""
    steps = m.Step.objects.filter(volume=row, verb__in=["entry.open", *_ENDS]).order_by("pk")
    found: dict[int, str] = {}
    for verb, entry, came_from in steps.values_list("verb", "entry", "came_from"):
        if verb in _ENDS:
            found.clear()
        else:
            found.setdefault(entry, came_from)
    return found
