"""台帳への取込みをブラウザで見る: accessible, within the window, without scripts too, from the paste to the entries."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

import deskroom
from registerroom import room
from sosei.evidence.queries.registers import entries
from sosei.journal import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)
ROWS = "\n".join(f"見本企業{n}\t令和3年4月{n}日\t\t正会員\t担当は{n}係" for n in range(1, 15))
PASTED = f"会員一覧（令和3年度）\n企業名\t加入日\t退会日\t会員種別\t備考\n{ROWS}\n合計\t14社\n"
WRONG = PASTED.replace("令和3年4月3日", "令和3年13月3日").replace("見本企業5\t", "\t").replace("正会員\t担当は7係", "準会員\t担当は7係")  # fmt: skip
OVER = "登録番号（上書き用）\t団体名\t加入日\n1\t見本鋳造株式会社\t2019-04-01\n2\t見本精機\t2020-04-01\n"


@pytest.fixture
def office(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: JUNE)
    with clock.at(JUNE):
        yield room()


@pytest.mark.parametrize(("width", "scheme", "scripts"), [(1280, "light", True), (390, "light", True), (1280, "dark", True), (1280, "light", False)])  # fmt: skip
def test_貼付けから登録までどの画面も見やすく台本なしでも進める(
    desk, office, width, scheme, scripts
) -> None:
    page = desk.page(office.town.planner, width=width, scheme=scheme, scripts=scripts)

    def looked(name: str) -> None:
        if scripts:
            deskroom.looked_at(page, f"imports-{name}-{width}-{scheme}")

    def handed(body: str) -> None:
        page.goto(desk.url + reverse("desk:register_import", args=[office.members.pk]))
        page.fill("textarea[name=text]", body)
        page.click("main button:has-text('次へ')")

    handed("")
    looked("new")
    handed(WRONG)
    looked("columns")
    page.click("main button:has-text('次へ')")
    looked("problems")
    handed(OVER)
    page.click("main button:has-text('次へ')")
    looked("over")
    handed(PASTED)
    page.click("main button:has-text('次へ')")
    looked("check")
    page.click("main button:has-text('取り込む')")
    looked("done")
    assert entries(office.members.body, office.members.pk).total == 18
    page.goto(desk.url + reverse("desk:register", args=[office.members.pk]))
    looked("register")
    assert not [one for one in desk.complaints if "422" not in one]
