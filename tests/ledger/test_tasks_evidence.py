"""根拠台帳の用件: silent firms of a survey and what waits from public forms stand on the desks that can do something."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bookroom import BODY
from evidenceroom import entered
from formroom import JOIN, POST, TAMAO, opened, sent
from registerroom import Room, answer, room
from sosei.evidence.actions.closings import close_register
from sosei.evidence.queries.pending import pending, waiting_in
from sosei.journal.clock import at
from sosei.ledger.queries.tasks import Task, todo_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Iterator[Room]:
    with at(datetime(2022, 6, 14, 1, tzinfo=UTC)):
        yield room()


def of(who, kind: str) -> list[Task]:
    return [task for task in todo_of(type(who).objects.get(pk=who.pk)).tasks if task.kind == kind]


def test_期限を過ぎた調査の未回答は担当課と企画課の用件になる(office: Room) -> None:
    [own] = of(office.town.officer, "survey")
    assert own.ja == "就職者調査（令和3年度）：2者が未回答"
    assert own.en == "Hires of graduates (FY2021): 2 silent"
    assert (own.due, own.note_ja, own.late_by) == (date(2022, 6, 10), "期限を4日過ぎています", 4)
    assert (own.page, own.numbers, own.mine) == ("survey", (office.hires.pk, 2021), True)
    [whole] = of(office.town.planner, "survey")
    assert (whole.who, whole.mine) == (own.who, True)
    assert not of(office.town.other, "survey")


def test_皆が答えるか締めるか期限が遠ければ用件にならない(office: Room) -> None:
    entered(office.town, office.hires, [answer("北見本テック", 1)])
    assert ["：1者が未回答" in task.ja for task in of(office.town.officer, "survey")] == [True]
    with at(datetime(2022, 5, 20, 1, tzinfo=UTC)):
        assert not of(office.town.officer, "survey")
    with at(datetime(2022, 6, 1, 1, tzinfo=UTC)):
        [near] = of(office.town.officer, "survey")
    assert near.note_ja == ""
    close_register(by=office.town.planner, register=office.hires.pk, year=2021)
    assert not of(office.town.officer, "survey")


def test_公開フォームの確認待ちは消える日とともに担当課の用件になる(office: Room) -> None:
    form = opened(office.town, "registrants", JOIN, waits=True)
    sent(form, TAMAO)
    with at(datetime(2022, 6, 20, 1, tzinfo=UTC)):
        sent(form, TAMAO | {"name": "別の 人", "mail": "other@example.jp"})
    [own] = of(office.town.officer, "form")
    assert own.ja == "公開フォーム「関係人口の登録」：確認待ち2件を確かめる"
    assert (own.due, own.page, own.numbers, own.mine) == (
        date(2022, 9, 12),
        "form",
        (form.pk,),
        True,
    )
    assert "9月12日を過ぎると" in own.note_ja
    assert "笹森" not in own.ja + own.note_ja
    assert waiting_in(BODY) == {form.register_id: 2}


def test_どちらも一度の問い合わせで日の順に出る(office: Room, django_assert_num_queries) -> None:
    sent(opened(office.town, "registrants", JOIN, waits=True), TAMAO)
    sent(opened(office.town, "needs", POST), {"who": "見本精機", "title": "加工先を探している"})
    with django_assert_num_queries(1):
        found = pending(BODY, date(2022, 6, 28))
    assert [(one.what, one.n) for one in found] == [("survey", 2), ("form", 1), ("form", 1)]
