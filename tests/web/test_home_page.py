"""家の画面. What is owed stands on one page: by date, the next thing on top, within its number of queries."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from deskroom import BACKEND
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.opinions import Expert, ask_experts
from sosei.ledger.actions.papers import record_decision, submit_for_decision
from sosei.ledger.actions.signoff import move_entry, move_volume
from sosei.offices.models import Person
from yearbook import Book, accept, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    with clock.at(datetime(2022, 6, 15, 1, tzinfo=UTC)):
        yield book()


def signed(who: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=who.pk), backend=BACKEND)
    return client


def shown(who: Person, path: str = "/") -> str:
    response = signed(who).get(path)
    assert response.status_code == 200
    return response.content.decode()


def inquire(made: Book) -> None:
    with act("test.inquire", body=made.town.planner.body, by=None) as w:
        inquiry = w.add(
            m.Inquiry(
                volume=made.volume, title="実績の照会", sent_on=date(2022, 5, 1), due_on=date(2022, 6, 10)
            )
        )  # fmt: skip
        for department in (made.town.it, made.town.tourism):
            w.add(m.InquiryPart(inquiry=inquiry, department=department, mark=f"q{department.pk}"))


def test_企画課の家には全庁の用件が並び次の一つが上にある(made: Book) -> None:
    inquire(made)
    page = shown(made.town.planner)
    assert "残っている用件（全庁）" in page
    assert page.index("次にすること") < page.index("残っている用件（全庁）")
    assert "5日超過" in page
    assert "期限を過ぎています。督促してください" in page
    assert "?who=%E8%A6%B3%E5%85%89%E8%AA%B2" in page


def test_同じ照会の回答は一行に課の名とともにまとめる(made: Book) -> None:
    inquire(made)
    rows = shown(made.town.auditor).split("<tbody>")[1].split("</tbody>")[0]
    assert rows.count("照会「実績の照会」の回答") == 1
    assert "の回答　2課</a>" in rows
    assert "ものづくり推進課、観光課" in rows
    assert "の回答　2課" not in shown(made.town.auditor, "/?who=観光課")


def test_課の家には自分の課のものだけが並ぶ(made: Book) -> None:
    inquire(made)
    page = shown(made.town.officer)
    assert "照会「実績の照会」に回答する" in page
    assert "観光課" not in page.split("<main")[1]
    assert "担当ごと" not in page


def test_担当を選ぶとその課の用件だけになる(made: Book) -> None:
    inquire(made)
    page = shown(made.town.planner, "/?who=観光課").split("<main")[1].split("<aside")[0]
    rows = page.split("<tbody>")[1]
    assert "観光課" in rows
    assert "ものづくり推進課" not in rows


def test_何もなければその旨を書く(made: Book) -> None:
    page = shown(made.town.admin)
    assert "いま残っている用件はありません。" in page
    assert "次にすること" not in page


def test_英語でも読める(made: Book) -> None:
    inquire(made)
    client = signed(made.town.officer)
    client.cookies["django_language"] = "en"
    page = client.get("/").content.decode()
    assert "Answer the inquiry “実績の照会”" in page
    assert "5 days late" in page


def test_指摘の数は別の便りで届きJavaScriptがなくても見られる(made: Book) -> None:
    client = signed(made.town.planner)
    assert 'hx-get="/findings/"' in client.get("/").content.decode()
    piece = client.get("/findings/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece
    assert "令和3年度の報告書" in piece
    whole = client.get("/findings/").content.decode()
    assert "<html" in whole
    own = signed(made.town.officer).get("/findings/", headers={"HX-Request": "true"})
    assert "（記載1件）" in own.content.decode()
    assert signed(made.town.expert).get("/findings/").status_code == 403


def test_問い合わせは25以内(made: Book, django_assert_max_num_queries) -> None:
    inquire(made)
    move_entry(by=made.town.officer, entry=made.it.pk, move="submit")
    for who in (made.town.planner, made.town.officer, made.town.section_head, made.town.expert):
        client = signed(who)
        with django_assert_max_num_queries(25):
            client.get("/")
        with django_assert_max_num_queries(25):
            client.get("/findings/")


def test_有識者の家には自分の意見書への道がある(made: Book) -> None:
    t = made.town
    for entry in (made.it, made.tourism):
        accept(made, entry)
    submit_for_decision(by=t.planner, volume=made.volume.pk)
    record_decision(
        by=t.planner, volume=made.volume.pk, number="企第1号", decided_on=date(2022, 6, 15)
    )
    move_volume(by=t.planner, volume=made.volume.pk, move="ask_experts")
    ask_experts(
        by=t.planner, volume=made.volume.pk, due_on=date(2022, 6, 30), contact="企画課",
        experts=[Expert(name="有識 者子", person=t.expert.pk)],
    )  # fmt: skip
    page = shown(made.town.expert).split("<main")[1]
    assert "あなたへの意見書" in page
    paper = m.OpinionPaper.objects.get()
    assert f'<a href="/signoff/opinions/papers/{paper.pk}/">' in page
    assert 'href="/signoff/opinions/mine/"' in page
    assert "2事業中0事業に記入済み" in page
    assert "あなたへの意見書" not in shown(made.town.planner)
