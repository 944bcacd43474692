"""先を越された様式をブラウザで見る. What stands is beside what was typed: accessible, within the window, saved after a decision."""

import pytest
from django.urls import reverse

import deskroom
from sosei.ledger import models as m
from sosei.ledger.actions.entries import write_entry
from sosei.ledger.actions.money import Line, set_spending
from yearbook import Book, book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def made() -> Book:
    return book()


@pytest.mark.parametrize("width", [360, 1280])
def test_先を越されたら相手の記載を見て決める(desk, made: Book, width: int) -> None:
    t = made.town
    page = desk.page(t.planner, width=width)
    page.goto(desk.url + reverse("desk:entry_edit", args=[made.it.pk]))
    words = {"remarks": ["乙の備考。", "二つ目の段落。"], "grant": "デジタル田園都市国家構想交付金"}
    write_entry(by=t.planning_head, entry=made.it.pk, words=words, seen=None)
    page.get_by_label("備考").fill("甲の備考。")
    page.get_by_role("button", name="保存する").click()
    assert page.locator(".stands").all_inner_texts() == [
        "いまの内容\nデジタル田園都市国家構想交付金", "いまの内容\n乙の備考。\n二つ目の段落。",
    ]  # fmt: skip
    assert "企画 課長さんが" in page.locator("main").inner_text()
    deskroom.looked_at(page, f"raced-entry-{width}")
    page.get_by_label("交付金名称").fill("デジタル田園都市国家構想交付金")
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url("**/entries/*/")
    now = m.ProjectYear.objects.get(pk=made.it.pk)
    assert now.grant == "デジタル田園都市国家構想交付金"

    page.goto(desk.url + reverse("desk:money", args=[made.it.pk]))
    mine = m.Spending.objects.get(entry=made.it)
    lines = [
        Line(spending=mine.pk, label="業務委託", amount="9,000", unit="千円"), Line(label="乙の行", amount="5"),
    ]  # fmt: skip
    set_spending(by=t.planning_head, entry=made.it.pk, lines=lines, seen=None)
    page.locator("[name=form-0-note]").fill("甲の注記")
    page.get_by_role("button", name="保存する").click()
    assert page.locator(".stands").count() == 4  # amount, unit, note; a row that came since
    deskroom.looked_at(page, f"raced-money-{width}")
