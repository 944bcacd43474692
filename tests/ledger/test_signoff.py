"""手続. Entries go up and come back, for whom and why; locks hold on both sides; a volume goes on only when it may."""

from datetime import timedelta

import pytest

from sosei.core.errors import NoReason, NotAllowed
from sosei.journal.acts import act
from sosei.journal.clock import at, now, today
from sosei.journal.models import Entry
from sosei.ledger.actions.locks import end_exemption, lift_lock, require_unlocked
from sosei.ledger.actions.signoff import move_entries, move_entry, move_volume
from sosei.ledger.flow import GROUPS
from sosei.ledger.halts import (
    BadExemption,
    Locked,
    NoExemption,
    NoOpinions,
    NotNow,
    NotYours,
    WrongStage,
)
from sosei.ledger.models import Exemption, Step
from sosei.ledger.queries.locks import lock_of
from sosei.ledger.queries.signoff import desk_of, panel
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Assignment, Deputy
from yearbook import Book, accept, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Book:
    return book()


def at_stage(made: Book, stage: str) -> None:
    """Put the volume at a stage, as the flow would have."""
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage=stage)


def test_担当者から企画課まで上がり一歩ごとに証跡が残る(made) -> None:
    t = made.town
    before = Entry.objects.count()
    accept(made, made.it)
    steps = [(s.verb, s.came_from, s.went_to, s.person) for s in Step.objects.filter(entry=made.it)]
    assert steps == [
        ("entry.submit", "draft", "section", t.officer),
        ("entry.approve", "section", "planning", t.section_head),
        ("entry.accept", "planning", "accepted", t.planner),
    ]
    assert made.fresh().it.stage == "accepted"
    assert Entry.objects.count() == before + 3


def test_ほかの課の事業は提出も確認もできない(made) -> None:
    for move, who in (("submit", made.town.other), ("submit", made.town.auditor)):
        with pytest.raises(NotAllowed):
            move_entry(by=who, entry=made.it.pk, move=move)
    assert made.fresh().it.stage == "draft"


def test_差戻しには理由が要り理由は一歩に残る(made) -> None:
    move_entry(by=made.town.officer, entry=made.it.pk, move="submit")
    with pytest.raises(NoReason):
        move_entry(by=made.town.section_head, entry=made.it.pk, move="return", reason="  ")
    move_entry(
        by=made.town.section_head, entry=made.it.pk, move="return", reason=" 単位を確かめて "
    )
    last = Step.objects.filter(entry=made.it).last()
    assert (last.went_to, last.reason) == ("returned", "単位を確かめて")


def test_課長は企画課の段階から差し戻せない(made) -> None:
    move_entry(by=made.town.officer, entry=made.it.pk, move="submit")
    move_entry(by=made.town.section_head, entry=made.it.pk, move="approve")
    with pytest.raises(WrongStage):
        move_entry(by=made.town.section_head, entry=made.it.pk, move="return", reason="もう一度")
    with pytest.raises(NotAllowed) as refused:
        move_entry(by=made.town.section_head, entry=made.it.pk, move="send_down", reason="も")
    assert "企画担当・企画課長" in str(refused.value)


def test_一段だけ戻すことも担当課まで戻すこともできる(made) -> None:
    t = made.town
    accept(made, made.it)
    move_entry(by=t.planner, entry=made.it.pk, move="reopen", reason="確かめ直す")
    move_entry(by=t.planner, entry=made.it.pk, move="step_back", reason="課長に尋ねる")
    assert made.fresh().it.stage == "section"
    move_entry(by=t.section_head, entry=made.it.pk, move="approve")
    move_entry(by=t.planning_head, entry=made.it.pk, move="send_down", reason="金額が違う")
    assert made.fresh().it.stage == "returned"


def test_引戻しは提出した人がだれも動かさないうちだけ(made) -> None:
    t = made.town
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    with pytest.raises(NotYours):
        move_entry(by=t.section_head, entry=made.it.pk, move="recall")
    move_entry(by=t.officer, entry=made.it.pk, move="recall")
    assert made.fresh().it.stage == "draft"
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    move_entry(by=t.section_head, entry=made.it.pk, move="approve")
    with pytest.raises(NotYours):
        move_entry(by=t.officer, entry=made.it.pk, move="recall")
    move_entry(by=t.section_head, entry=made.it.pk, move="recall")
    assert made.fresh().it.stage == "section"


def test_差戻しから出し直して引き戻すと差戻しに戻る(made) -> None:
    t = made.town
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    move_entry(by=t.section_head, entry=made.it.pk, move="return", reason="直す")
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    move_entry(by=t.officer, entry=made.it.pk, move="recall")
    assert made.fresh().it.stage == "returned"


def test_代理の行いはだれの代わりかを言う(made) -> None:
    t = made.town
    with act("test.deputy", body=t.planner.body, by=None) as w:
        w.add(
            Deputy(
                person=t.section_head, deputy=t.other, reason="出張",
                first_day=today() - timedelta(days=1), last_day=today() + timedelta(days=2),
            )
        )  # fmt: skip
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    move_entry(by=t.other, entry=made.it.pk, move="approve")
    last = Step.objects.filter(entry=made.it).last()
    assert (last.person, last.instead_of) == (t.other, t.section_head)


def test_まとめて進めると一件ずつ結果を言い証跡は一行(made) -> None:
    t = made.town
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    move_entry(by=t.section_head, entry=made.it.pk, move="approve")
    before = Entry.objects.count()
    results = move_entries(
        by=t.planner, entries=[made.it.pk, made.tourism.pk], move="accept", reason="確認した"
    )
    assert [(r.entry, r.to) for r in results] == [(made.it.pk, "accepted"), (made.tourism.pk, None)]
    assert isinstance(results[1].refusal, WrongStage)
    assert Entry.objects.count() == before + 1
    assert Entry.objects.order_by("-seq").first().facts == {"moved": 1}
    assert Step.objects.filter(entry=made.it).last().reason == "確認した"


def test_一件も進まないまとめは証跡を残さない(made) -> None:
    before = Entry.objects.count()
    move_entries(by=made.town.planner, entries=[made.it.pk], move="accept")
    assert Entry.objects.count() == before


def test_ない事業は断る(made) -> None:
    with pytest.raises(NoSuchThing):
        move_entry(by=made.town.planner, entry=0, move="accept")


@pytest.mark.parametrize("stage", ["deciding", "decided", "experts", "assembly", "published"])
def test_とりまとめの後は事業が動かない(made, stage) -> None:
    at_stage(made, stage)
    with pytest.raises(NotNow):
        move_entry(by=made.town.officer, entry=made.it.pk, move="submit")


def test_担当課のない事業は企画課が理由をそえて回せる(made) -> None:
    Assignment.objects.filter(person=made.town.section_head).update(
        last_day=today() - timedelta(days=1)
    )
    with pytest.raises(NoReason):
        move_entry(by=made.town.planner, entry=made.it.pk, move="forward")
    move_entry(by=made.town.planner, entry=made.it.pk, move="forward", reason="課長が空席のため")
    assert made.fresh().it.stage == "planning"


# -- 錠 ----------------------------------------------------------------------------------------------------------------


def test_提出すると担当課は書けず企画課は書ける(made) -> None:
    t = made.town
    assert require_unlocked(t.officer, [made.it], "value") == [made.it]
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    with pytest.raises(Locked) as refused:
        require_unlocked(t.officer, [made.it.pk], "value")
    for said in ("成長分野拠点形成支援事業（実績値・目標値）", "課で確認中", "引戻し"):
        assert said in str(refused.value)
    assert require_unlocked(t.planner, [made.it.pk], "value")


def test_一件でも錠があれば全体を断る(made) -> None:
    move_entry(by=made.town.officer, entry=made.it.pk, move="submit")
    with pytest.raises(Locked):
        require_unlocked(made.town.officer, [made.plan, made.it])


def test_古い行を渡してもいまの段階で断る(made) -> None:
    stale = made.it
    at_stage(made, "decided")
    assert stale.stage == "draft"
    with pytest.raises(Locked):
        require_unlocked(made.town.planner, [stale])


def test_ほかの団体の事業は錠を問う前に断る(made) -> None:
    made.town.planner.body = "990002"
    with pytest.raises(NoSuchThing):
        require_unlocked(made.town.planner, [made.it])


def test_期限付きの解除は期限の直前まで効き期限には切れる(made) -> None:
    t = made.town
    at_stage(made, "decided")
    until = now() + timedelta(days=3)
    lift_lock(by=t.planning_head, entry=made.it.pk, until=until, reason="桁の誤り")
    made.fresh()
    assert lock_of(made.it, t.officer, "value") is None
    assert lock_of(made.tourism, t.officer, "value") is not None
    with at(until - timedelta(microseconds=1)):
        assert lock_of(made.it, t.officer, "value") is None
    with at(until):
        assert lock_of(made.it, t.officer, "value") is not None
    with at(until + timedelta(microseconds=1)):
        assert lock_of(made.it, t.officer, "value") is not None


def test_解除は企画課長だけが理由と期限をそえて行う(made) -> None:
    t, soon = made.town, now() + timedelta(days=1)
    with pytest.raises(NotAllowed):
        lift_lock(by=t.planner, entry=made.it.pk, until=soon, reason="x")
    with pytest.raises(NoReason):
        lift_lock(by=t.planning_head, entry=made.it.pk, until=soon, reason=" ")
    for until in (now() - timedelta(seconds=1), now() + timedelta(days=32)):
        with pytest.raises(BadExemption):
            lift_lock(by=t.planning_head, entry=made.it.pk, until=until, reason="x")
    assert not Exemption.objects.exists()


def test_公表後の解除は断り訂正を案内する(made) -> None:
    at_stage(made, "published")
    with pytest.raises(NoExemption, match="訂正"):
        lift_lock(
            by=made.town.planning_head,
            entry=made.it.pk,
            until=now() + timedelta(days=1),
            reason="x",
        )


def test_解除は前もって終えられる(made) -> None:
    t = made.town
    at_stage(made, "decided")
    given = lift_lock(
        by=t.planning_head, entry=made.it.pk, until=now() + timedelta(days=1), reason="桁の誤り"
    )
    end_exemption(by=t.planning_head, exemption=given.pk, reason="直った")
    assert lock_of(made.fresh().it, t.officer) is not None


# -- 報告書 ------------------------------------------------------------------------------------------------------------


def test_決裁の差戻しには理由が要りとりまとめに戻る(made) -> None:
    at_stage(made, "deciding")
    with pytest.raises(NoReason):
        move_volume(by=made.town.planner, volume=made.volume.pk, move="return")
    move_volume(by=made.town.planner, volume=made.volume.pk, move="return", reason="金額の確認")
    last = Step.objects.filter(volume=made.volume, entry=None).last()
    assert (last.verb, last.went_to, last.reason) == ("volume.return", "collecting", "金額の確認")


def test_意見がないまま議会へ進むには理由が要る(made) -> None:
    at_stage(made, "decided")
    move_volume(by=made.town.planner, volume=made.volume.pk, move="ask_experts")
    with pytest.raises(NoOpinions):
        move_volume(by=made.town.planner, volume=made.volume.pk, move="report")
    move_volume(
        by=made.town.planner, volume=made.volume.pk, move="report", reason="今年度は会議を開かない"
    )
    assert made.fresh().volume.stage == "assembly"


def test_報告書の段階をとばせない(made) -> None:
    with pytest.raises(WrongStage):
        move_volume(by=made.town.planner, volume=made.volume.pk, move="report", reason="x")
    with pytest.raises(NotAllowed):
        move_volume(by=made.town.officer, volume=made.volume.pk, move="ask_experts")


# -- 手続の机と欄 ------------------------------------------------------------------------------------------------------


def test_机は自分の番のものとほかの人の番のものを分ける(made) -> None:
    t = made.town
    mine = desk_of(t.officer)
    assert [one.entry for one in mine.mine["submit"]] == [made.it.pk]
    assert mine.others == ()
    move_entry(by=t.officer, entry=made.it.pk, move="submit", reason="よろしく")
    later = desk_of(t.officer)
    assert later.mine == {}
    (other,) = later.others
    assert (other.stage, other.pending_on, other.last.reason) == (
        "section",
        ("物作 課長",),
        "よろしく",
    )
    assert [move.name for move in other.moves] == ["recall"]
    assert [one.entry for one in desk_of(t.section_head).mine["approve"]] == [made.it.pk]


def test_企画課の机では作成中のものはほかの人の番(made) -> None:
    t = made.town
    desk = desk_of(t.planner)
    assert desk.mine == {}
    assert {one.entry for one in desk.others} == {made.it.pk, made.tourism.pk}
    assert {one.name for one in desk.others[0].moves} == {"submit", "forward"}
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    move_entry(by=t.section_head, entry=made.it.pk, move="approve")
    assert [one.entry for one in desk_of(t.planner).mine["accept"]] == [made.it.pk]
    assert desk_of(t.planning_head).count == 1


def test_机に監査の番はない(made) -> None:
    desk = desk_of(made.town.auditor)
    assert desk.mine == {}
    assert all(not one.moves for one in desk.others)


def test_代理は代わりの人の番を見る(made) -> None:
    t = made.town
    with act("test.deputy", body=t.planner.body, by=None) as w:
        w.add(
            Deputy(
                person=t.section_head, deputy=t.other, reason="出張",
                first_day=today() - timedelta(days=1), last_day=today() + timedelta(days=2),
            )
        )  # fmt: skip
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    assert [one.entry for one in desk_of(t.other).mine["approve"]] == [made.it.pk]


def test_欄は段階と歩みと錠とできることを言う(made) -> None:
    t = made.town
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    move_entry(by=t.section_head, entry=made.it.pk, move="return", reason="単位を確かめて")
    seen = panel(made.it.pk, t.officer)
    assert (seen.stage, seen.returned.reason, seen.returned.person) == (
        "returned", "単位を確かめて", "物作 課長",
    )  # fmt: skip
    assert seen.lock is None
    assert [move.name for move in seen.moves] == ["submit"]
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    seen = panel(made.it.pk, t.officer)
    assert seen.returned is None
    assert set(seen.locks) == set(GROUPS)
    assert seen.lock.cause == "section"
    assert panel(made.it.pk, t.planner).locks == {}
    with pytest.raises(NoSuchThing):
        panel(0, t.planner)


def test_欄は解除の期限を言い企画課長だけに解除を許す(made) -> None:
    t = made.town
    at_stage(made, "decided")
    until = now() + timedelta(days=2)
    given = lift_lock(by=t.planning_head, entry=made.it.pk, until=until, reason="桁の誤り")
    seen = panel(made.it.pk, t.planning_head)
    assert (seen.exempt, seen.exemption, seen.locks, seen.may_lift) == (until, given.pk, {}, True)
    assert not panel(made.it.pk, t.planner).may_lift


def test_問いの数は事業の数によらない(made, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(9):
        desk_of(made.town.planner)
    with django_assert_max_num_queries(9):
        panel(made.it.pk, made.town.officer)
