"""同時の行い. Two people at once: what each was told is true of the book as it then is; nobody's words are lost."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError

import answerfiles
from inquiryroom import JUNE, Room, room
from overlap import Overlap, needs_two_writers
from sosei.core.errors import Stale
from sosei.journal import clock
from sosei.journal.verify import verify
from sosei.ledger import models as m
from sosei.ledger.actions import (
    batches,
    editions,
    entries,
    figures,
    inquiries,
    papers,
    record,
    rollover,
    settling,
    verification,
)
from sosei.ledger.actions.locks import lift_lock
from sosei.ledger.actions.proposals import propose_answers
from sosei.ledger.doubts import AlreadyThere
from sosei.ledger.halts import Locked, PapersOutdated, WrongStage
from sosei.ledger.objections import Settled
from sosei.ledger.queries.batches import batch_of
from sosei.ledger.queries.questions import USUAL
from sosei.ledger.refusals import VolumeExists
from sosei.ledger.sheets import sheet_of
from sosei.ledger.turnings import ComesAlready, YearThere
from sosei.ledger.typed import Typed
from yearbook import Book, accept, book, small_report

pytestmark = [needs_two_writers, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def made() -> Book:
    return book()


@pytest.fixture
def asked():
    """A book of June with an inquiry sent, and an answer of each department taken in."""
    with clock.at(JUNE):
        place = room()
        place.inquiry = inquiries.send_inquiry(
            by=place.town.planner, volume=place.volume.pk, kinds=USUAL,
            departments=[place.town.it.pk, place.town.tourism.pk],
            words=inquiries.Wording(title="実績調査", due_on=date(2023, 6, 21)),
        )  # fmt: skip
        place.parts = {p.department_id: p for p in place.inquiry.parts.all()}
        yield place


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Overlap:
    return Overlap(monkeypatch)


def one_refused(found: list, refusal: type[Exception]) -> None:
    """One was done, the other was refused with this; whichever came first."""
    assert not [each for each in found if isinstance(each, OperationalError)], found
    assert [isinstance(each, Exception) for each in found].count(True) == 1, found
    assert [type(each) for each in found if isinstance(each, Exception)] == [refusal], found


def both_done(found: list) -> None:
    assert not [each for each in found if isinstance(each, Exception)], found
    assert verify().fine


# -- the same form twice ----------------------------------------------------------------------------------------------


def test_最初の効果検証を二人が書けば一人は食い違いを知る(made: Book, at_once: Overlap) -> None:
    m.Verification.objects.all().delete()

    def write(who, words: str):
        return lambda: verification.write_verification(
            by=who, entry=made.it.pk, words={"obstacle": words}, seen=0
        )

    found = at_once(
        write(made.town.officer, "甲の記載"), write(made.town.planner, "乙の記載"),
        middle=(verification, "_before"),
    )  # fmt: skip
    one_refused(found, Stale)
    assert m.Verification.objects.get().stamp == 1


def test_同じ名の事業を二人が加えれば一人は断られる(made: Book, at_once: Overlap) -> None:
    def add():
        return entries.add_project(
            by=made.town.planner, volume=made.volume.pk, words={"name": "新しい事業"}
        )

    one_refused(at_once(add, add, middle=(entries, "_not_there")), AlreadyThere)
    assert m.ProjectYear.objects.filter(name="新しい事業").count() == 1


def test_別の事業を二人が加えればどちらも残り番号は別になる(made: Book, at_once: Overlap) -> None:
    def add(name: str):
        return lambda: entries.add_project(
            by=made.town.planner, volume=made.volume.pk, words={"name": name}
        )

    found = at_once(add("甲の事業"), add("乙の事業"), middle=(entries, "_project"))
    both_done(found)
    assert len({entry.project.key for entry in found}) == 2
    assert len({entry.position for entry in found}) == 2


def test_同じ年度を二人が開けば一人は断られる(made: Book, at_once: Overlap) -> None:
    def begin():
        return entries.open_volume(by=made.town.planner, year=2030)

    one_refused(at_once(begin, begin, middle=(entries, "clean")), VolumeExists)


def test_同じ報告書を二人が入れれば一人は断られる(made: Book, at_once: Overlap) -> None:
    def take():
        return record.record_report(by=made.town.planner, report=small_report(2030), restate=True)

    found = at_once(take, take, middle=(record, "_known"))
    one_refused(found, VolumeExists)


def test_同じ報告書を別の系列に二人が入れても事業番号は重ならない(
    made: Book, at_once: Overlap
) -> None:
    def take(series: str):
        return lambda: record.record_report(
            by=made.town.planner, report=small_report(2030), series=series, known={}, restate=True
        )

    both_done(at_once(take("甲"), take("乙"), middle=(record, "Recorder")))


def test_年度更新を二人がすれば一人は断られる(made: Book, at_once: Overlap) -> None:
    def roll():
        return rollover.roll_over(by=made.town.planner, volume=made.volume.pk)

    one_refused(at_once(roll, roll, middle=(rollover, "rollover_of")), YearThere)


def test_続けることを二人が答えれば記載は一つになる(made: Book, at_once: Overlap) -> None:
    rollover.roll_over(by=made.town.planner, volume=made.volume.pk)
    asks = m.ProjectYear.objects.filter(project=made.tourism.project)
    assert asks.count() == 1

    def go_on():
        return rollover.settle(
            by=made.town.planner, volume=made.volume.pk, entry=made.tourism.pk, answer="along"
        )

    one_refused(at_once(go_on, go_on, middle=(rollover, "rollover_of")), ComesAlready)
    assert asks.count() == 2


def test_照会を同時に二度送れば一つだけが出る(at_once: Overlap) -> None:
    with clock.at(JUNE):
        place = room()

        def send():
            return inquiries.send_inquiry(
                by=place.town.planner, volume=place.volume.pk, kinds=USUAL,
                departments=[place.town.it.pk],
                words=inquiries.Wording(title="実績調査", due_on=date(2023, 6, 21)),
            )  # fmt: skip

        one_refused(at_once(send, send, middle=(inquiries, "_next_number")), Stale)
    assert m.InquiryPart.objects.count() == 1


# -- a stage moves meanwhile ------------------------------------------------------------------------------------------


def decide(made: Book):
    return papers.record_decision(
        by=made.town.planner, volume=made.volume.pk, number="企第1号", decided_on=clock.today()
    )


def before_the_decision(made: Book) -> None:
    """Bring the book before the decision, one entry of it open for a day."""
    accept(made, made.it)
    accept(made, made.tourism)
    papers.submit_for_decision(by=made.town.planner, volume=made.volume.pk)
    until = clock.now() + timedelta(days=1)
    lift_lock(by=made.town.planning_head, entry=made.it.pk, until=until, reason="再集計のため")


def write_figure(made: Book):
    line = m.Line.objects.filter(entry=made.it).order_by("pk")[0]
    return figures.record_value(
        by=made.town.planner, line=line.pk, year=2021, typed=Typed(text="19", reason="再集計"),
        seen=None,
    )  # fmt: skip


def test_数値を書いている間に決裁は記録されない(made: Book, at_once: Overlap) -> None:
    before_the_decision(made)
    found = at_once(
        lambda: write_figure(made), lambda: decide(made), middle=(figures, "require_unlocked")
    )
    assert isinstance(found[0], m.Value), found
    assert isinstance(found[1], PapersOutdated), found
    assert made.fresh().volume.stage == "deciding"


def test_決裁を記録している間に事業は加わらない(made: Book, at_once: Overlap) -> None:
    before_the_decision(made)

    def add():
        return entries.add_project(
            by=made.town.planner, volume=made.volume.pk, words={"name": "後から"}
        )

    found = at_once(lambda: decide(made), add, middle=(papers, "newest_paper"))
    assert isinstance(found[0], m.Paper), found
    assert isinstance(found[1], Locked), found


# -- the same rows from two sides -------------------------------------------------------------------------------------


def answered(place: Room) -> tuple[int, dict[str, str]]:
    """Take in an answer; return its batch, and what a person accepts of it."""
    part = place.parts[place.town.it.pk]
    sheet = sheet_of(part.sheet)
    key = next(q.key for q in sheet.questions if q.indicator == "会員企業への就職者数")
    files = [("回答.xlsx", answerfiles.saved(answerfiles.filled(sheet, {key: 18})))]
    [found] = propose_answers(by=place.town.officer, inquiry=place.inquiry.pk, files=files)
    seen = batch_of(place.volume.body, found.batch)
    accepted = {r.id: r.digest for g in seen.groups for r in g.rows if r.acceptable and r.ticked}
    return found.batch, accepted


def test_取込みと訂正の開始は待ち合わせて止まらない(asked: Room, at_once: Overlap) -> None:
    batch, accepted = answered(asked)
    entry = m.ProjectYear.objects.get(volume=asked.volume, position=0)

    def open_it():
        return editions.correct(
            by=asked.town.planning_head, volume=asked.volume.pk, entries=[entry.pk], reason="誤り"
        )

    found = at_once(
        lambda: batches.apply_batch(by=asked.town.officer, batch=batch, accepted=accepted), open_it,
        middle=(batches, "beside"),
    )  # fmt: skip
    assert isinstance(found[0], batches.Applied), found
    assert isinstance(found[1], WrongStage), found


@pytest.mark.parametrize("middle", ["line_to_come", "note_answered"])
def test_取込みと催促は待ち合わせて止まらない(asked: Room, at_once: Overlap, middle: str) -> None:
    batch, accepted = answered(asked)
    parts = [part.pk for part in asked.parts.values()]
    found = at_once(
        lambda: batches.apply_batch(by=asked.town.officer, batch=batch, accepted=accepted),
        lambda: inquiries.remind_parts(by=asked.town.planner, inquiry=asked.inquiry.pk, parts=parts),
        middle=(batches, middle),
    )  # fmt: skip
    assert not [each for each in found if isinstance(each, OperationalError)], found
    assert isinstance(found[0], batches.Applied), found
    assert verify().fine


def test_同じ取込みを二人が反映すれば一人は済んだと知る(asked: Room, at_once: Overlap) -> None:
    batch, accepted = answered(asked)

    def take():
        return batches.apply_batch(by=asked.town.officer, batch=batch, accepted=accepted)

    one_refused(at_once(take, take, middle=(batches, "waiting_batch")), Settled)


def test_反映している間の取りやめは済んだと知る(asked: Room, at_once: Overlap) -> None:
    batch, accepted = answered(asked)
    found = at_once(
        lambda: batches.apply_batch(by=asked.town.officer, batch=batch, accepted=accepted),
        lambda: settling.refuse_batch(by=asked.town.officer, batch=batch, reason="誤送"),
        middle=(batches, "line_to_come"),
    )
    one_refused(found, Settled)
