"""公開フォームをブラウザで見る: accessible, within a telephone's width, and complete without scripts."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.utils import timezone

import deskroom
from bookroom import town
from formroom import JOIN, STAMP, TAMAO, opened, sent
from sosei.evidence.models import PublicForm
from sosei.journal import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)
SIZES = [(390, "light"), (1280, "light"), (1280, "dark")]


@pytest.fixture
def office(monkeypatch):
    """Two forms in June; each look at the server's clock is five seconds later than the last."""
    looks = count()
    monkeypatch.setattr(timezone, "now", lambda: JUNE + timedelta(seconds=5 * next(looks)))
    with clock.at(JUNE):
        found = town()
        opened(found, "registrants", JOIN, intro="見本市を応援してくださる方の登録です。")
        opened(found, "checkins", STAMP)
        waits = opened(found, "registrants", JOIN, slug="matsu", title="確認を待つ登録", waits=True)
    with clock.at(JUNE):
        sent(waits, TAMAO)
    return found


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_机の公開フォームの画面も見やすく幅に収まる(desk, office, width, scheme) -> None:
    page = desk.page(office.planner, width=width, scheme=scheme)
    form = PublicForm.objects.get(slug="matsu")
    own, of = f"/registers/forms/{form.pk}", f"/registers/{form.register_id}/forms"
    for name, path in {
        "list": f"{of}/", "new": f"{of}/new/", "one": f"{own}/", "change": f"{own}/change/", "preview": f"{own}/preview/", "qr": f"{own}/qr/",
    }.items():  # fmt: skip
        page.goto(desk.url + path)
        deskroom.looked_at(page, f"formdesk-{name}-{width}-{scheme}")
    page.goto(f"{desk.url}{own}/")
    page.get_by_role("button", name="内容を見る").click()
    deskroom.looked_at(page, f"formdesk-submission-{width}-{scheme}")
    assert not desk.complaints


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_送って見て取り下げるまでどの頁も見やすくスクリプトは要らない(
    desk, office, width, scheme
) -> None:
    page = desk.page(width=width, scheme=scheme)

    def look(name: str) -> None:
        deskroom.looked_at(page, f"public-{name}-{width}-{scheme}")

    page.goto(f"{desk.url}/forms/stamp-eki/")
    look("stamp")
    page.goto(f"{desk.url}/forms/nai/")
    look("closed")
    page.goto(f"{desk.url}/forms/kankei/")
    look("form")
    page.get_by_role("button", name="使いみちに同意して送る").click()
    look("slips")
    page.get_by_label("氏名").fill("笹森 珠緒")
    page.get_by_label("メールアドレス").fill("tamao@example.jp")
    page.get_by_role("button", name="使いみちに同意して送る").click()
    look("done")
    code = page.locator(".public-code").inner_text()
    page.get_by_role("link", name="送った内容を見る").click()
    look("code")
    page.get_by_label("確認番号").fill(code)
    page.get_by_role("button", name="内容を見る").click()
    look("own")
    page.get_by_role("button", name="取り下げる").click()
    look("withdraw")
    page.get_by_role("button", name="取り下げる").click()
    assert page.get_by_role("heading", name="取り下げました").is_visible()
    look("withdrawn")
    assert all(url.startswith(desk.url) for url in desk.asked)


def test_見えない欄は人には見えず届かない(desk, office) -> None:
    page = desk.page(width=390)
    page.goto(f"{desk.url}/forms/kankei/")
    box = page.locator(".public-trap").bounding_box()
    assert box["x"] + box["width"] < 0
    assert not page.context.cookies()
