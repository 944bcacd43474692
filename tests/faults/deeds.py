"""行いの試し. The acts that are interrupted in tests/faults, each by its real action; more are added to DEEDS.

`do(n)` does the n-th of its kind, in one act or several, whatever state an interrupted one left.
`check()` says what is half done; [] where nothing is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bookroom import BODY
from sosei.house import archive, backup, home
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.journal.models import Chain, Entry
from sosei.journal.undo import undo
from sosei.ledger import models as m
from sosei.ledger.actions.editions import correct, publish_edition
from sosei.ledger.actions.papers import record_decision, submit_for_decision
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.signoff import move_entry, move_volume
from sosei.ledger.actions.values import current, revise
from sosei.offices.models import Assignment, Department, Person
from sosei.publishing import FORMS
from yearbook import small_report

BULK = 200


@dataclass(frozen=True)
class Deed:
    """A kind of act and how to tell a half one."""

    do: Callable[[int], None]
    check: Callable[[], list[str]]


def person(login: str) -> Person:
    return Person.objects.get(login=login)


def volume() -> m.Volume:
    """The volume that the tests' home holds from its making."""
    return m.Volume.objects.get(series="", fiscal_year=2021)


def entries() -> list[m.ProjectYear]:
    return list(m.ProjectYear.objects.filter(volume=volume(), kind="result").order_by("position"))


# -- import -----------------------------------------------------------------------------------------------------------


def import_report(n: int) -> None:
    """A whole report becomes a volume: some forty rows in one act."""
    record_report(
        by=person("kikaku"), report=small_report(2021), series=f"k{n}-{os.getpid()}", restate=True
    )


def half_imports() -> list[str]:
    """Every imported volume has as many entries, lines and spending as the first one."""
    whole = _parts(volume())
    others = m.Volume.objects.exclude(series="")
    return [f"{v.series}: {_parts(v)} of {whole}" for v in others if _parts(v) != whole]


def _parts(one: m.Volume) -> tuple[int, ...]:
    return (
        m.ProjectYear.objects.filter(volume=one).count(),
        m.Line.objects.filter(entry__volume=one).count(),
        m.Shown.objects.filter(line__entry__volume=one).count(),
        m.Spending.objects.filter(entry__volume=one).count(),
    )


# -- bulk and undo ----------------------------------------------------------------------------------------------------


def bulk_and_undo(n: int) -> None:
    """Many rows in one act, all taken back in the next."""
    last = Entry.objects.filter(verb="test.bulk").order_by("-seq").first()
    done = {e.facts["undoes"] for e in Entry.objects.filter(verb="journal.undo")}
    if last is not None and last.seq not in done:
        undo(last, None)
        return
    with act("test.bulk", body=BODY, by=None) as w:
        day, name = clock.today(), f"bulk {os.getpid()}-{n}"
        w.add_all([Department(code=f"{n}-{i}", name=name, first_day=day) for i in range(BULK)])


def half_bulks() -> list[str]:
    """All the rows of an act are there, and all of them voided or none."""
    found: dict[str, list[bool]] = {}
    rows = Department.objects.filter(name__startswith="bulk ").values_list("name", "voided")
    for name, voided in rows:
        found.setdefault(name, []).append(voided is not None)
    return [n for n, each in found.items() if len(each) != BULK or len(set(each)) != 1]


# -- sign-off ---------------------------------------------------------------------------------------------------------


def sign_off(n: int) -> None:
    """An entry goes to its section head and is taken back again."""
    entry = entries()[0]
    move_entry(
        by=person("mono"), entry=entry.pk, move="recall" if entry.stage == "section" else "submit"
    )


def half_steps() -> list[str]:
    """Where an entry and its volume are is where their last step went, and each step began where the last one ended."""
    wrong = []
    steps: dict[tuple[str, int], list[m.Step]] = {}
    for step in m.Step.objects.filter(volume=volume()).order_by("id"):
        owner = ("entry", step.entry_id) if step.entry_id else ("volume", step.volume_id)
        steps.setdefault(owner, []).append(step)
    stages = {("entry", e.pk): e.stage for e in entries()} | {
        ("volume", volume().pk): volume().stage
    }
    for owner, taken in steps.items():
        ends = [step.went_to for step in taken]
        if ends[-1] != stages[owner] or [s.came_from for s in taken][1:] != ends[:-1]:
            wrong.append(f"{owner}: {ends[-1]} but {stages[owner]}")
    return wrong


# -- publishing -------------------------------------------------------------------------------------------------------


def publish_on(n: int) -> None:
    """The next step on the way to an edition, then to its correction, and so on for ever."""
    book = volume()
    step = {
        "collecting": _to_decision, "deciding": _decided, "decided": _experts, "experts": _assembly,
        "assembly": _publish, "published": _open, "correcting": _corrected,
    }  # fmt: skip
    step[book.stage](book)


def _to_decision(book: m.Volume) -> None:
    if not _accept_one():
        submit_for_decision(by=person("kikaku"), volume=book.pk)


def _accept_one() -> bool:
    """Move the first entry that is not accepted one step on; False where all are."""
    for entry in entries():
        if entry.stage in ("draft", "returned", "correcting"):
            move_entry(by=person("kikaku"), entry=entry.pk, move="forward", reason="課長不在のため")
            return True
        if entry.stage in ("section", "planning"):
            head = entry.stage == "section"
            who = person("mono-kacho" if head else "kikaku")
            move_entry(by=who, entry=entry.pk, move="approve" if head else "accept")
            return True
    return False


def _decided(book: m.Volume) -> None:
    record_decision(by=person("kikaku"), volume=book.pk, number="企第1号", decided_on=clock.today())


def _experts(book: m.Volume) -> None:
    move_volume(by=person("kikaku"), volume=book.pk, move="ask_experts")


def _assembly(book: m.Volume) -> None:
    move_volume(by=person("kikaku"), volume=book.pk, move="report", reason="会議なし")


def _publish(book: m.Volume) -> None:
    publish_edition(by=person("kikaku-kacho"), volume=book.pk)


def _open(book: m.Volume) -> None:
    correct(by=person("kikaku-kacho"), volume=book.pk, entries=[entries()[1].pk], reason="転記誤り")


def _corrected(book: m.Volume) -> None:
    """Change a figure once, have the entry accepted, publish again."""
    edition = m.Edition.objects.filter(volume=book).order_by("-number").first()
    assert edition is not None
    point = m.Point.objects.get(
        indicator__project=entries()[1].project, indicator__key="K1", fiscal_year=2021
    )
    value = current(point, "actual")
    assert value is not None
    if value.number != Decimal(1000 + edition.number):
        with act("test.value", body=BODY, by=None) as w:
            columns = {"number": Decimal(1000 + edition.number), "gap": None, "text": None}
            same = ("op", "unit", "state", "as_of", "expected", "sure", "trace")
            revise(w, point, "actual", columns | {c: getattr(value, c) for c in same}, before=value)
    elif not _accept_one():
        _publish(book)


def half_editions() -> list[str]:
    """Every edition has all its forms with their bytes; the numbers have no hole; a later one has its errata."""
    wrong = half_steps()
    editions = list(m.Edition.objects.filter(volume=volume()).order_by("number"))
    if [e.number for e in editions] != list(range(1, len(editions) + 1)):
        wrong.append(f"numbers: {[e.number for e in editions]}")
    stored = set(m.Blob.objects.values_list("pk", flat=True))
    for edition in editions:
        files = {f.form: f.sha256 for f in m.EditionFile.objects.filter(edition=edition)}
        if not files.keys() >= {*FORMS, "fragment", "manifest"} or not stored >= set(
            files.values()
        ):
            wrong.append(f"edition {edition.number}: {sorted(files)}")
        if (edition.number > 1) != m.Erratum.objects.filter(edition=edition).exists():
            wrong.append(f"errata of edition {edition.number}")
    return wrong


# -- backup -----------------------------------------------------------------------------------------------------------


def _backups() -> Path:
    folder = home.home() / "out"
    folder.mkdir(exist_ok=True)
    return folder


def back_up(n: int) -> None:
    """A backup over the last one of this kind, noted in the journal."""
    backup.note(backup.write(_backups() / f"{n % 3}.sosei"))


def half_backups() -> list[str]:
    """What stands under a backup's name is a whole one."""
    target = _backups() / "unpacked"
    wrong = []
    for path in _backups().glob("*.sosei"):
        try:
            archive.unpack(path, archive.read_manifest(path), target)
        except archive.NotABackup as refusal:
            wrong.append(str(refusal))
    target.unlink(missing_ok=True)
    return wrong


DEEDS = {
    "import": Deed(import_report, half_imports),
    "sign-off": Deed(sign_off, half_steps),
    "publish": Deed(publish_on, half_editions),
    "backup": Deed(back_up, half_backups),
    "bulk": Deed(bulk_and_undo, half_bulks),
}


def reached() -> int:
    """How far the journal is."""
    chain = Chain.objects.filter(body=BODY).first()
    return chain.seq if chain else 0


def half_done(kind: str) -> Iterator[str]:
    """What is half done, of this kind and in the book at all."""
    yield from DEEDS[kind].check()
    if Assignment.objects.count() < 8:
        yield "the office itself is not whole"
