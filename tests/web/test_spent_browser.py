"""数えた経費と補助の定めをブラウザで見る: accessible, within the window, and done without scripts."""

import pytest
from django.urls import reverse
from django.utils import timezone
from test_spent_pages import Room as Money
from test_subsidy_pages import Room as Subsidies

import deskroom
from measureroom import JUNE
from yearbook import book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(390, "light"), (1280, "light"), (1280, "dark")]


@pytest.fixture
def june(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: JUNE)


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_経費の数えの画面も読め_はみ出さない(desk, june, width: int, scheme: str) -> None:
    made = Money(book())
    made.close()
    page = desk.page(made.book.town.planner, width=width, scheme=scheme)
    entry = made.book.it.pk
    for name, *args in (("money", entry), ("spent_paid", entry), ("spent_record",), ("spent_keep",), ("spent_tie",)):  # fmt: skip
        response = page.goto(desk.url + made.to(name, *args))
        assert response is not None
        assert response.status == 200
        deskroom.looked_at(page, f"{name}-counted-{width}-{scheme}")
    page.goto(desk.url + reverse("desk:register_closing", args=[made.contracts.pk]))
    deskroom.looked_at(page, f"closing-spent-{width}-{scheme}")
    assert desk.complaints == []


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_補助の定めの画面も読め_はみ出さない(desk, june, width: int, scheme: str) -> None:
    made = Subsidies()
    page = desk.page(made.town.planner, width=width, scheme=scheme)
    for name in ("register_rules", "register", "register_definition", "register_add"):
        response = page.goto(desk.url + made.to(name))
        assert response is not None
        assert response.status == 200
        deskroom.looked_at(page, f"{name}-subsidies-{width}-{scheme}")
    assert desk.complaints == []


def test_台本なしで定めを書き_超える額は計算を見て直す(desk, june) -> None:
    made = Subsidies()
    page = desk.page(made.town.planner)
    page.goto(desk.url + made.to("register_rules"))
    page.fill("input[name=t-0-rate]", "1/2")
    page.fill("input[name=t-0-cap]", "500,000")
    page.select_option("select[name=t-0-rounding]", "千円未満切捨て")
    page.get_by_label("理由", exact=False).last.fill("要綱の制定")
    page.get_by_role("button", name="定めを変える").click()
    page.goto(desk.url + made.to("register_add"))
    page.fill("[name='e-who']", "株式会社見本")
    page.fill("[name='e-title']", "出展")
    page.fill("[name='e-stage:交付決定']", "2021-06-25")
    page.fill("[name='e-eligible']", "900,500")
    page.fill("[name='e-decided']", "451,000")
    page.get_by_role("button", name="登録する", exact=True).click()
    assert "補助対象経費900,500円×1/2＝450,250円" in page.inner_text("main")
    deskroom.looked_at(page, "subsidy-refused-1280")
    page.fill("[name='e-decided']", "450,000")
    page.get_by_role("button", name="登録する", exact=True).click()
    assert "登録1番として登録しました。" in page.inner_text("main")


def test_差のある経費は理由を書いて記載になる(desk, june) -> None:
    made = Money(book())
    made.close()
    page = desk.page(made.book.town.officer)
    page.goto(desk.url + made.to("money", made.book.it.pk))
    page.locator("#counted a", has_text="数えた額を記載にする").first.click()
    page.get_by_label("理由", exact=False).last.fill("台帳で数え直した")
    page.get_by_role("button", name="数えた額を記載にする").click()
    assert "数えた額を記載にしました。" in page.inner_text("main")
    assert made.now().recorded == 10_000_500
