"""手続の画面を見る. Every page of sign-off, editions and opinions in Chromium: axe, no page wider than its window, a story by mouse."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

import deskroom
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.ledger.actions.editions import correct, publish_edition
from sosei.ledger.actions.opinions import Expert, answer_opinion, ask_experts, give_opinion
from sosei.ledger.actions.papers import submit_for_decision
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.models import Edition
from yearbook import Book, book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOKYO = ZoneInfo("Asia/Tokyo")
JULY = datetime(2022, 7, 1, 10, tzinfo=TOKYO)


@pytest.fixture
def room(browser, live_server):
    found = deskroom.Desk(browser, live_server)
    yield found
    found.close()


@pytest.fixture
def made() -> Book:
    with at(datetime(2022, 5, 10, 9, tzinfo=TOKYO)):
        return book()


def at_stage(made: Book, stage: str) -> None:
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage=stage)


def both_accepted(made: Book) -> None:
    with act("test.accepted", body=made.volume.body, by=None) as w:
        for entry in (made.fresh().it, made.tourism):
            w.change(entry, stage="accepted")


def asked(made: Book):
    (paper,) = ask_experts(
        by=made.town.planner, volume=made.volume.pk, due_on=date(2099, 8, 10), contact="企画課 内線1234",
        experts=[Expert(name="有識 者子", sector="academia", person=made.town.expert.pk)],
    )  # fmt: skip
    return paper


def look(room, person, name, shot, args=(), query="", width=1280) -> None:
    page = room.seat(person, width=width)
    page.goto(room.url + reverse(f"desk:{name}", args=args) + query)
    deskroom.looked_at(page, f"{shot}-{width}")


def test_手続の画面はどの幅でも読める(room, made) -> None:
    t = made.town
    move_entry(by=t.officer, entry=made.it.pk, move="submit", reason="単位を確かめました。")
    move_entry(
        by=t.section_head, entry=made.it.pk, move="return", reason="千円と円を確かめてください。"
    )
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    for width in (1280, 360):
        look(room, t.section_head, "signoff", "signoff", width=width)
        look(room, t.planner, "signoff", "signoff-planner", width=width)
        look(room, t.officer, "entry_flow", "entry-flow", [made.it.pk], width=width)
        look(room, t.planning_head, "entry_lift", "entry-lift", [made.it.pk], width=width)
        look(room, t.section_head, "signoff_move", "signoff-step", query=f"?move=return&entries={made.it.pk}", width=width)  # fmt: skip
    assert room.complaints == []


def test_報告書の手続の画面はどの段階でも読める(room, made) -> None:
    t = made.town
    look(room, t.planner, "volume_flow", "flow-collecting", [made.volume.pk])
    both_accepted(made)
    submit_for_decision(by=t.planner, volume=made.volume.pk)
    for width in (1280, 360):
        look(room, t.planner, "volume_flow", "flow-deciding", [made.volume.pk], width=width)
    at_stage(made, "experts")
    paper = asked(made)
    said = give_opinion(by=t.expert, paper=paper.pk, entry=made.tourism.pk, judgement="not_effective", text="冬の催しを増やすべき。")  # fmt: skip
    answer_opinion(by=t.planner, opinion=said.pk, response="冬の催しを2回開く。", due_on=date(2099, 12, 1), department=t.tourism.pk)  # fmt: skip
    for width in (1280, 360):
        look(room, t.planner, "volume_flow", "flow-experts", [made.volume.pk], width=width)
        look(room, t.planner, "opinions", "opinions", [made.volume.pk], width=width)
        look(room, t.planner, "opinions_ask", "opinions-ask", [made.volume.pk], width=width)
        look(room, t.expert, "opinions_mine", "opinions-mine", width=width)
        look(room, t.expert, "opinion_paper", "opinion-paper-expert", [paper.pk], width=width)
        look(room, t.planner, "opinion_paper", "opinion-paper-planner", [paper.pk], width=width)
        look(room, t.planner, "opinion", "opinion", [said.pk], width=width)
        look(room, t.planner, "opinion_print", "opinion-print", [made.tourism.pk], width=width)
    at_stage(made, "assembly")
    for width in (1280, 360):
        look(room, t.planning_head, "volume_flow", "flow-assembly", [made.volume.pk], width=width)
        look(room, t.planning_head, "volume_publish", "publish", [made.volume.pk], width=width)
    assert room.complaints == []


def test_公表版と訂正の画面はどの幅でも読める(room, made) -> None:
    t = made.town
    both_accepted(made)
    at_stage(made, "assembly")
    with at(JULY):
        first = publish_edition(by=t.planning_head, volume=made.volume.pk)
    look(room, t.planning_head, "volume_flow", "flow-published", [made.volume.pk])
    look(room, t.planning_head, "volume_correct", "correct", [made.volume.pk])
    with at(JULY + timedelta(days=90)):
        correct(
            by=t.planning_head, volume=made.volume.pk, entries=[made.it.pk], reason="名称の誤り"
        )
        with act("test.name", body=made.volume.body, by=None) as w:
            w.change(made.fresh().it, name="成長分野の拠点形成支援事業", stage="accepted")
        look(room, t.planning_head, "volume_flow", "flow-correcting", [made.volume.pk])
        look(room, t.planning_head, "volume_publish", "publish-correction", [made.volume.pk])
        second = publish_edition(by=t.planning_head, volume=made.volume.pk)
    for width in (1280, 360):
        look(room, t.planner, "editions", "editions", width=width)
        look(room, t.planner, "editions", "editions-on", query="?on=2022-08-01", width=width)
        look(room, t.planner, "edition", "edition", [second.pk], width=width)
        look(room, t.planner, "edition_compare", "compare", query=f"?a={first.pk}&b={second.pk}", width=width)  # fmt: skip
        look(room, t.planner, "volume_at", "moment", [made.volume.pk], width=width)
    assert room.complaints == []


@pytest.mark.parametrize("scripts", [True, False])
def test_筋書きなしでも提出から公表まで押していける(room, made, scripts) -> None:
    t = made.town
    page = room.page(t.officer, scripts=scripts)
    page.goto(room.url + reverse("desk:signoff"))
    page.get_by_label("成長分野拠点形成支援事業").check()
    page.get_by_role("button", name="選んだ事業：課長に提出する").click()
    assert "1件を「課で確認中」に進めました" in page.inner_text("main")
    page = room.page(t.section_head, scripts=scripts)
    page.goto(room.url + reverse("desk:signoff"))
    page.get_by_label("成長分野拠点形成支援事業").check()
    page.get_by_role("button", name="選んだ事業：課として確認する").click()
    page = room.page(t.planner, scripts=scripts)
    page.goto(room.url + reverse("desk:entry_flow", args=[made.it.pk]))
    page.get_by_role("button", name="企画課として確認する").click()
    both_accepted(made)
    page.goto(room.url + reverse("desk:volume_flow", args=[made.volume.pk]))
    page.get_by_role("button", name="決裁資料を作り、決裁に出す").click()
    page.get_by_label("決裁番号（文書番号）").fill("企第12号")
    page.get_by_role("button", name="決裁を記録する").click()
    page.get_by_role("button", name="有識者の検証に進む").click()
    page.get_by_role("link", name="議会への報告に進む").click()
    page.get_by_label("理由").fill("今年度は会議を開かないため")
    page.get_by_role("button", name="議会への報告に進む").click()
    page = room.page(t.planning_head, scripts=scripts)
    page.goto(room.url + reverse("desk:volume_flow", args=[made.volume.pk]))
    page.get_by_role("link", name="公表の内容を確かめる").click()
    page.get_by_role("button", name="公表する").click()
    assert "第1版を公表しました" in page.inner_text("main")
    assert Edition.objects.get().number == 1
    assert room.complaints == []
