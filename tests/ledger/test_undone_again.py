"""取り消したあと. What was undone is gone from every page, and can be said again: the same answer, or other words by hand."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic

import answerfiles
from inquiryroom import JUNE, Room, room
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.journal.models import Entry
from sosei.journal.refusals import CannotUndo
from sosei.journal.undo import undo
from sosei.journal.verify import verify
from sosei.ledger import models as m
from sosei.ledger.actions.batches import apply_batch
from sosei.ledger.actions.entries import open_volume
from sosei.ledger.actions.figures import record_value
from sosei.ledger.actions.inquiries import Wording, send_inquiry
from sosei.ledger.actions.proposals import propose_answers
from sosei.ledger.actions.settling import undo_batch
from sosei.ledger.actions.verification import decide_grade, write_verification
from sosei.ledger.queries.batches import batch_of
from sosei.ledger.queries.entry import entry_page
from sosei.ledger.queries.entryedit import entry_edit_of
from sosei.ledger.queries.questions import USUAL
from sosei.ledger.queries.view import report_of
from sosei.ledger.sheets import sheet_of
from sosei.ledger.typed import Typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    with at(JUNE):
        yield room()


@pytest.fixture
def festival(place: Room) -> m.ProjectYear:
    return m.ProjectYear.objects.get(volume=place.volume, name="夏祭り交流人口拡大事業")


def said(place: Room, entry: m.ProjectYear):
    page = entry_page(place.town.planner, entry.pk)
    (printed,) = [p for p in report_of(place.volume).projects if str(p.name) == entry.name]
    assert page.project.verification == printed.verification
    return printed.verification


def undo_last(place: Room) -> None:
    undo(Entry.objects.latest("seq"), place.town.planner.pk, reason="取り違え")


def test_取り消した検証はどの画面からも消える(place: Room, festival: m.ProjectYear) -> None:
    write_verification(by=place.town.planner, entry=festival.pk, words={"obstacle": "雨が続いた"}, seen=0)  # fmt: skip
    undo_last(place)
    assert said(place, festival) is None
    edit = entry_edit_of(festival.body, festival.pk)
    assert (edit.verification["obstacle"], edit.verification_seen) == (None, 0)


def test_取り消した検証は書き直せて前の言葉は戻らない(place: Room, festival: m.ProjectYear) -> None:
    planner = place.town.planner
    decide_grade(by=planner, entry=festival.pk, level=2, reason="試し", seen=0)
    undo_last(place)
    write_verification(by=planner, entry=festival.pk, words={"obstacle": "暑さ"}, seen=0)
    found = said(place, festival)
    assert (str(found.obstacle), found.grade) == ("暑さ", None)
    row = m.Verification.objects.get(entry=festival)
    assert (row.decided, row.decided_reason, row.voided, row.void_reason) == (None, None, None, "")
    assert verify().fine


def test_取り消した回答はもう一度反映できる(place: Room, festival: m.ProjectYear) -> None:
    by = place.town.other
    inquiry = send_inquiry(
        by=place.town.planner, volume=place.volume.pk, departments=[place.town.tourism.pk],
        kinds=USUAL, words=Wording(title="実績調査", due_on=date(2023, 6, 21)),
    )  # fmt: skip
    sheet = sheet_of(inquiry.parts.get().sheet)
    keys = {q.indicator or q.field: q.key for q in sheet.questions}
    fill = {keys["観光消費額"]: 13, keys["Verification.obstacle"]: "雨が続いた"}
    data = answerfiles.saved(answerfiles.filled(sheet, fill))

    def bring() -> int:
        (found,) = propose_answers(by=by, inquiry=inquiry.pk, files=[("回答.xlsx", data)])
        seen = batch_of(by.body, found.batch)
        taken = {r.id: r.digest for g in seen.groups for r in g.rows if r.ticked}
        assert apply_batch(by=by, batch=found.batch, accepted=taken).count == 2
        return found.batch

    first = bring()
    once = report_of(place.volume)
    undo_batch(by=by, batch=first, reason="課長の確認の前だった")
    assert said(place, festival) is None
    assert bring() != first
    assert report_of(place.volume) == once
    assert verify().fine


def test_取り消した年度の欄にもう一度値を入れると表にも出る(place: Room) -> None:
    line = m.Line.objects.get(entry__volume=place.volume, definition__name="会員企業数")
    typed = Typed(text="40社", state="final")
    record_value(by=place.town.planner, line=line.pk, typed=typed, seen=0, year=2023)
    undo_last(place)
    point = m.Point.objects.get(indicator=line.indicator, fiscal_year=2023)
    assert point.voided is not None
    record_value(by=place.town.planner, line=line.pk, typed=typed, seen=0, year=2023)
    point.refresh_from_db()
    assert point.voided is None


def test_取り消した年度版と同じものができていれば元には戻さない(place: Room) -> None:
    by, body = place.town.planner, place.volume.body
    opened = open_volume(by=by, year=2030)
    made = Entry.objects.filter(body=body).latest("seq")
    undone = undo(made, by.pk)
    open_volume(by=by, year=2030)
    lines = Entry.objects.count()
    with pytest.raises(CannotUndo, match="同じものがあとから加えられています"), atomic():
        undo(undone, by.pk)
    assert Entry.objects.count() == lines
    opened.refresh_from_db()
    assert opened.voided is not None
    assert verify().fine


def test_一つの事業は年度版に一度だけ立つ(place: Room, festival: m.ProjectYear) -> None:
    with pytest.raises(IntegrityError), act("test.twice", body=festival.body, by=None) as w:
        w.add(m.ProjectYear(volume=festival.volume, project=festival.project, position=9))
