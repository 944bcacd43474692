"""監査の画面. What an auditor looks at first: exceptions, figures without a file, who could have changed what, what came after the decision."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from bookroom import Town
from deskclient import client, text
from sosei.core.errors import NotAllowed
from sosei.journal import clock
from sosei.journal.verbs import called
from sosei.ledger import models as m
from sosei.ledger.actions.editions import correct, publish_edition
from sosei.ledger.actions.entries import write_entry
from sosei.ledger.actions.figures import record_value
from sosei.ledger.actions.grid import TypedRow as Cells
from sosei.ledger.actions.grid import save_grid
from sosei.ledger.actions.locks import end_exemption, lift_lock
from sosei.ledger.actions.papers import record_decision, submit_for_decision
from sosei.ledger.actions.settling import undo_batch
from sosei.ledger.actions.signoff import move_entries, move_volume
from sosei.ledger.actions.verification import write_verification
from sosei.ledger.queries.able import able_to_write, entry_then
from sosei.ledger.queries.audit import changed_since_decision, lifted_in, unbacked_in
from sosei.ledger.queries.grid import grid_of
from sosei.ledger.refusals import NoSuchThing
from sosei.ledger.typed import Typed
from sosei.offices.actions.assignments import name_deputy
from sosei.offices.actions.people import leave
from yearbook import Book, accept, book

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)


@pytest.fixture
def made():
    with clock.at(JUNE):
        yield book()


def at(hours: int):
    return clock.at(JUNE + timedelta(hours=hours))


def names(found) -> list[str]:
    return [one.person for one in found]


def lifted(made: Book) -> m.Exemption:
    t = made.town
    for entry in (made.it, made.tourism):
        accept(made, entry)
    with at(1):
        return lift_lock(by=t.planning_head, entry=made.it.pk, until=JUNE + timedelta(days=2), reason="誤記")  # fmt: skip


def test_解除の間に行ったことだけがその解除に付く(made: Book) -> None:
    exemption = lifted(made)
    with at(2):
        write_entry(
            by=made.town.officer, entry=made.it.pk, words={"remarks": ["直した"]}, seen=None
        )
    with at(3):
        end_exemption(by=made.town.planning_head, exemption=exemption.pk, reason="済んだ")
    with at(4):
        write_entry(
            by=made.town.planner, entry=made.it.pk, words={"remarks": ["あとで"]}, seen=None
        )
    (one,) = lifted_in(made.volume)
    assert [(deed.by, deed.ja) for deed in one.deeds] == [(made.town.officer.name, "事業の記載")]
    assert (one.since, one.ended) == (JUNE + timedelta(hours=1), JUNE + timedelta(hours=3))


def test_一覧入力や取込みやまとめた手続もその解除の間の行いに入る(made: Book) -> None:
    t = made.town
    lifted(made)
    with at(1):
        lift_lock(by=t.planning_head, entry=made.tourism.pk, until=JUNE + timedelta(days=1), reason="誤記")  # fmt: skip
    with at(2):
        row = next(r for r in grid_of(t.officer, made.volume.pk).rows if r.name == "新規雇用者数")
        cell = replace(row.cell, typed="19")
        one = Cells(
            key=row.key, cell=cell, was=row.cell, seen=row.seen, note_seen=row.note_seen, sure=True
        )
        saved = save_grid(by=t.officer, volume=made.volume.pk, typed=[one])
    with at(3):
        undo_batch(by=t.planner, batch=saved.batch, reason="取り違え")
    with at(4):
        both = [made.it.pk, made.tourism.pk]
        move_entries(by=t.planner, entries=both, move="reopen", reason="見直す")
        write_entry(by=t.other, entry=made.tourism.pk, words={"remarks": ["直した"]}, seen=None)
    it, tourism = lifted_in(made.volume)
    done = ("grid.save", "batch.undo", "entry.reopen")
    assert [deed.ja for deed in it.deeds] == [called(verb) for verb in done]
    assert [deed.ja for deed in tourism.deeds] == [called("entry.reopen"), called("entry.write")]
    assert it.deeds[0].by == t.officer.name


def test_文書のない値だけを挙げる(made: Book) -> None:
    assert unbacked_in(made.volume) == (), "all came with the report"
    line = m.Line.objects.get(entry=made.tourism, definition__name="入込客数")
    record_value(by=made.town.other, line=line.pk, typed=Typed(text="48人"), seen=None)
    (one,) = unbacked_in(made.volume)
    assert (one.indicator, one.shown, one.recorded.by) == ("入込客数", "48人", "観光 次郎")


def test_変えられた人は役割と段階と解除で決まる(made: Book) -> None:
    t, body = made.town, made.town.planner.body
    planning = sorted([t.planner.name, t.planning_head.name])
    own = sorted([t.officer.name, t.section_head.name])
    lifted(made)

    def able(hours: float, group: str = "value") -> list[str]:
        return names(able_to_write(body, made.it.pk, JUNE + timedelta(hours=hours), group))

    assert able(0.5) == planning, "accepted at once: the section may not"
    assert able(1.5) == sorted(planning + own), "while the lock is lifted"
    assert able(49) == planning, "the lifting is over"
    assert able(1.5, "definition") == planning, "a definition is planning's alone"
    with pytest.raises(NoSuchThing):
        able_to_write(body, made.it.pk, JUNE - timedelta(days=1))


def test_変えられた人はその日に登録されていた人と代理(made: Book) -> None:
    t, body = made.town, made.town.planner.body
    day = JUNE.date()
    with at(1):
        leave(by=t.admin, person=t.officer.pk, on=day)
        name_deputy(by=t.section_head, person=t.section_head.pk, deputy=t.other.pk, first_day=day, last_day=day, reason="出張")  # fmt: skip
    later = able_to_write(body, made.it.pk, JUNE + timedelta(days=1))
    assert t.officer.name not in names(later)
    assert t.other.name not in names(later)
    same_day = able_to_write(body, made.it.pk, JUNE + timedelta(hours=2))
    assert [one.instead for one in same_day if one.person == t.other.name] == [t.section_head.name]
    before = able_to_write(body, made.it.pk, JUNE + timedelta(minutes=30))
    assert t.other.name not in names(before), "not named yet"
    assert t.officer.name in names(before)


def published(made: Book) -> m.Edition:
    t = made.town
    for entry in (made.it, made.tourism):
        accept(made, entry)
    submit_for_decision(by=t.planner, volume=made.volume.pk)
    record_decision(by=t.planner, volume=made.volume.pk, number="第1号", decided_on=JUNE.date())
    with at(1):
        move_volume(by=t.planner, volume=made.volume.pk, move="ask_experts")
        write_verification(by=t.planner, entry=made.it.pk, words={"expert_opinion": "よい"}, seen=None)  # fmt: skip
        move_volume(by=t.planner, volume=made.volume.pk, move="report", reason="会議で聴いた")
        return publish_edition(by=t.planning_head, volume=made.volume.pk)


def test_決裁の後に変わったところがわかる(made: Book) -> None:
    edition = published(made)
    (one,) = changed_since_decision(made.volume.body, edition.pk)
    assert one.subject.endswith("外部有識者の意見")
    assert (one.wrong, one.right) == ("（記載なし）", "よい")
    page = client(made.town.auditor).get(reverse("desk:audit_decision", args=[edition.pk]))
    assert "1か所が、決裁を受けた資料と違います" in text(page)
    m.Paper.objects.update(decided_on=None, decision_number=None)
    with pytest.raises(NoSuchThing):
        changed_since_decision(made.volume.body, edition.pk)


def test_公表の後は誰も変えられず訂正の間は開いた事業だけ(made: Book) -> None:
    published(made)
    t, body = made.town, made.town.planner.body
    assert able_to_write(body, made.it.pk, JUNE + timedelta(hours=2)) == ()
    with at(3):
        correct(by=t.planning_head, volume=made.volume.pk, entries=[made.it.pk], reason="誤り")
    moment = JUNE + timedelta(hours=4)
    assert entry_then(body, made.it.pk, moment).opened
    assert t.officer.name in names(able_to_write(body, made.it.pk, moment))
    assert able_to_write(body, made.tourism.pk, moment) == ()


def test_監査の頁は例外をまとめて問い合わせは少ない(
    made: Book, django_assert_max_num_queries
) -> None:
    lifted(made)
    with at(2):
        write_entry(
            by=made.town.officer, entry=made.it.pk, words={"remarks": ["直した"]}, seen=None
        )
    desk = client(made.town.auditor)
    with django_assert_max_num_queries(25):
        page = desk.get(reverse("desk:audit", args=[made.volume.pk]))
    words = text(page)
    assert "期限付きの解除（1）" in words
    assert "誤記" in words
    assert f"{made.town.officer.name} 事業の記載 証跡" in words
    assert "裏付けの文書がない実績値（0）" in words


def test_変えられた人を頁で調べられる(made: Book) -> None:
    desk = client(made.town.auditor)
    url = reverse("desk:audit_able", args=[made.volume.pk])
    ask = {"entry": made.it.pk, "group": "value", "at": "2022-06-15T12:00"}
    words = text(desk.get(url, ask))
    assert "物作 太郎 ものづくり推進課 担当者" in words
    assert desk.get(url, ask | {"at": "いつか"}).status_code == 422
    assert desk.get(url).status_code == 200


def test_有識者は監査の頁を見られない(made: Book) -> None:
    town: Town = made.town
    answer = client(town.expert).get(reverse("desk:audit", args=[made.volume.pk]))
    assert answer.status_code == 403
    assert NotAllowed.code in answer.content.decode()
