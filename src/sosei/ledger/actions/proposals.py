"""取込みの準備. A file that came in is read and kept with what it proposes; nothing of the book is written yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from sosei.core.errors import SoseiError
from sosei.core.report import Report
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.documents import keep
from sosei.ledger.actions.refuse import year_of
from sosei.ledger.answers import incoming_answers, source_of
from sosei.ledger.beside import Beside, beside
from sosei.ledger.incoming import Incoming
from sosei.ledger.mending import proposed as learned
from sosei.ledger.objections import InquiryClosed, NothingThere, OtherPart, WhichYear
from sosei.ledger.queries.habits import habits_for
from sosei.ledger.queries.questions import Thing
from sosei.ledger.queries.view import view_of
from sosei.ledger.readings import Plan, Reading, read_file
from sosei.ledger.refusals import NoSuchThing
from sosei.ledger.sheets import sheet_of
from sosei.offices.models import Person
from sosei.offices.permissions import may, require
from sosei.publishing.inquiry.days import day_shown
from sosei.reading.answers import read_answers
from sosei.reading.lines import in_lines

__all__ = [
    "Plan", "Proposal", "counts_of", "propose_answers", "propose_report", "proposed", "things_of",
    "with_decisions",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """取込みの結果. What became of one file: a batch to look at, nothing (`same`: the book says so already), or a refusal.

    `read_first`: how it was read is looked at before the difference: a PDF, or a layout that something is known of.
    """

    name: str
    batch: int | None = None
    same: bool = False
    read_first: bool = False
    error: SoseiError | None = None


def propose_answers(
    *, by: Person, inquiry: int, files: Sequence[tuple[str, bytes]], part: int | None = None
) -> list[Proposal]:
    """Read files that came back from departments; each becomes a batch of the part that it answers, or says why not.

    `part`: the one that all of them answer. Raises NotAllowed, NoSuchThing, InquiryClosed; what is wrong with a file
    stands in its proposal.
    """
    require(by, "inquiry.answer")
    found = m.Inquiry.objects.filter(pk=inquiry, body=by.body, voided__isnull=True).first()
    if found is None:
        raise NoSuchThing(what="照会")
    if found.closed_on is not None:
        raise InquiryClosed(what=found.title, on=day_shown(found.closed_on, weekday=False))
    chosen = found.parts.filter(voided__isnull=True).select_related("department", "inquiry__volume")
    parts = {p.mark: p for p in (chosen.filter(pk=part) if part else chosen)}
    if part and not parts:
        raise NoSuchThing(what="照会先")
    return [_answer_or_why_not(by, parts, name, data) for name, data in files]


def _answer_or_why_not(
    by: Person, parts: Mapping[str, m.InquiryPart], name: str, data: bytes
) -> Proposal:
    try:
        return _answer(by, parts, name, data)
    except SoseiError as error:
        return Proposal(name=name, error=error)


def _answer(by: Person, parts: Mapping[str, m.InquiryPart], name: str, data: bytes) -> Proposal:
    sheets = {mark: sheet_of(p.sheet) for mark, p in parts.items()}
    answers = in_lines(read_answers(data, name, list(sheets.values())), [(name, data)])
    part, sheet = parts[answers.mark], sheets[answers.mark]
    if may(by, "inquiry.answer", [part.department_id]) is None:
        raise OtherPart(name=name, department=part.department.name, mark=part.mark)
    volume = part.inquiry.volume
    source = source_of(data, name, _form(name))
    if known := _known(by.body, source.sha256, part=part):
        return Proposal(name=name, batch=known.pk)
    things = things_of(part)
    entries = tuple({thing.entry for thing in things.values()})
    view = view_of(volume, entries=entries)
    incoming = incoming_answers(view, sheet, things, answers, source)
    found = beside(volume, incoming, "answer", entries=entries)
    with act("batch.propose", body=by.body, by=by.pk, subject=f"ledger.inquirypart:{part.pk}") as w:
        document = keep(w, name, data, source.format, "answer", volume)
        batch = w.add(
            m.Batch(
                volume=volume, part=part, document=document, kind="answer", proposed_by=by,
                base=found.base, difference=proposed(incoming, found),
            )
        )  # fmt: skip
    return Proposal(name=name, batch=batch.pk)


def things_of(part: m.InquiryPart) -> dict[str, Thing]:
    """Return which row each question of a part is about."""
    rows = m.Owed.objects.filter(part=part, voided__isnull=True)
    return {
        row.key: Thing(
            entry=row.entry_id, role=row.role, line=row.line_id, point=row.point_id,  # type: ignore[arg-type]
            spending=row.spending_id, field=row.field,
        )
        for row in rows
    }  # fmt: skip


def _form(name: str) -> str:
    """Return the format that a file's name says, as far as the column holds."""
    return PurePosixPath(name).suffix.lstrip(".").lower()[:10] or "?"


def _known(body: str, sha256: str, **owner: Any) -> m.Batch | None:
    """Return the batch of the same file that still waits, so that a second upload makes no second one."""
    return m.Batch.objects.filter(
        body=body, document__sha256=sha256, state="proposed", voided__isnull=True, **owner
    ).first()


def proposed(incoming: Incoming, found: Beside) -> dict[str, Any]:
    """Return what a batch keeps of what came in, with how many changes of each kind it makes now."""
    return {"counts": counts_of(found, incoming), **incoming.kept()}


def counts_of(found: Beside, incoming: Incoming) -> dict[str, int]:
    """Return how many changes of each kind there are."""
    counts = Counter(change.kind for change in found.difference.changes)
    return {**counts, "not_understood": len(incoming.not_understood)}  # type: ignore[dict-item]


def propose_report(
    *,
    by: Person,
    name: str,
    data: bytes,
    year: int | None = None,
    series: str = "",
    plan: Plan | None = None,
) -> Proposal:
    """Read a published report or a plan; return the batch to look at: a difference, or a preview of a new year's book.

    `year`: where the file does not say it, or says another. `plan`: it is a plan, and these are its figures where it
    does not say so. Raises NotAllowed, NothingThere, WhichYear, NoLevels, the errors of reading.
    """
    require(by, "import.propose")
    reading = read_file(name, data, plan)
    if not reading.report.projects:
        raise NothingThere(name=name)
    home = year_of(reading.report, year)
    if home is None:
        raise WhichYear(name=name)
    volume = m.Volume.objects.filter(
        body=by.body, fiscal_year=home, series=series, voided__isnull=True
    ).first()
    if volume is None:
        require(by, "volume.open")
        return _new(by, data, reading, (home, series))
    return _beside(by, data, reading, volume)


def _read_first(by: Person, reading: Reading) -> bool:
    """Whether how a file was read is to be looked at first."""
    if reading.sheets:
        return True
    known = habits_for(by.body, reading.layouts)
    return bool(learned(known, reading.report, reading.figures, reading.spots))


def _new(by: Person, data: bytes, reading: Reading, whose: tuple[int, str]) -> Proposal:
    name, incoming = reading.name, reading.incoming({})
    source = source_of(data, name, _form(name))
    home, series = whose
    if known := _known(by.body, source.sha256, volume=None, fiscal_year=home, series=series):
        return Proposal(name=name, batch=known.pk)
    with act("batch.propose", body=by.body, by=by.pk, subject=f"volume:{home}:{series}") as w:
        batch = w.add(
            m.Batch(
                document=keep(w, name, data, _format(incoming.report, source.format), "import"),
                kind="new", fiscal_year=home, series=series, proposed_by=by,
                difference={
                    "counts": {"added": len(incoming.report.projects)}, **incoming.kept(),
                    **reading.kept(),
                },
            )
        )  # fmt: skip
    return Proposal(name=name, batch=batch.pk, read_first=_read_first(by, reading))


def _beside(by: Person, data: bytes, reading: Reading, volume: m.Volume) -> Proposal:
    name, incoming = reading.name, reading.incoming({})
    kind = "plan" if reading.plan else "report"
    source = source_of(data, name, _form(name))
    if known := _known(by.body, source.sha256, volume=volume):
        return Proposal(name=name, batch=known.pk)
    found = beside(volume, incoming, kind)
    if not _says_anything(found, incoming):
        return Proposal(name=name, same=True)
    with act("batch.propose", body=by.body, by=by.pk, subject=f"ledger.volume:{volume.pk}") as w:
        form = _format(incoming.report, source.format)
        batch = w.add(
            m.Batch(
                volume=volume, document=keep(w, name, data, form, "import", volume),
                kind=kind, proposed_by=by, base=found.base,
                difference={**proposed(incoming, found), **reading.kept()},
            )
        )  # fmt: skip
    return Proposal(name=name, batch=batch.pk, read_first=_read_first(by, reading))


def _says_anything(found: Beside, incoming: Incoming) -> bool:
    kinds = {change.kind for change in found.difference.changes}
    return bool(kinds - {"unchanged"}) or bool(incoming.not_understood)


def _format(report: Report, said: str) -> str:
    return report.sources[0].format if report.sources else said


def with_decisions(incoming: Incoming, decisions: Mapping[str, str | None]) -> Incoming:
    """Return what came in with a person's decisions about what belongs to what."""
    return replace(incoming, decided={**incoming.decided, **decisions})
