"""家と台帳の一覧: what waits in registers is led to from home, and marked in the list of registers."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from deskclient import client, text
from formroom import JOIN, TAMAO, opened, sent
from registerroom import Room, room
from sosei.evidence import models as em
from sosei.journal.clock import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Iterator[Room]:
    with at(datetime(2022, 6, 14, 1, tzinfo=UTC)):
        yield room()


@pytest.fixture
def form(office: Room) -> em.PublicForm:
    found = opened(office.town, "registrants", JOIN, waits=True)
    sent(found, TAMAO)
    return found


def test_家から未回答の相手の頁と確認待ちの頁へ行ける(office: Room, form: em.PublicForm) -> None:
    asked = reverse("desk:register_asked", args=[office.hires.pk]) + "?year=2021"
    for who in (office.town.officer, office.town.planner):
        desk = client(who)
        page = desk.get("/").content.decode()
        for address in (asked, reverse("desk:form", args=[form.pk])):
            assert f'href="{address}"' in page
            assert desk.get(address).status_code == 200
    assert "4者中2者が未回答です" in text(client(office.town.officer).get(asked))


def test_台帳の一覧に確認待ちの件数が出る(
    office: Room, form: em.PublicForm, django_assert_max_num_queries
) -> None:
    desk = client(office.town.officer)
    with django_assert_max_num_queries(25):
        page = desk.get(reverse("desk:registers")).content.decode()
    assert page.count("確認待ち1件") == 1
    assert f'href="{reverse("desk:forms", args=[form.register_id])}">確認待ち1件' in page
