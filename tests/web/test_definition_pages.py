"""定義の頁. A form that was opened before somebody else began a new version does not write over it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from deskclient import client, text
from sosei.ledger import models as m
from yearbook import Book, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Book:
    return book()


def seen_on(person: Client, address: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', person.get(address).content.decode())
    assert found
    return found[1]


def said(made: Book, seen: str, definition: str) -> dict[str, object]:
    return {
        "name": "新規雇用者数", "unit": "人", "direction": "up", "definition": definition,
        "why": "改めた", "from_year": made.volume.fiscal_year, "seen": seen,
    }  # fmt: skip


@pytest.mark.parametrize("page", ["definition_edit", "attributes_edit"])
def test_新しい版ができる前に開いた画面では保存できず新しい内容を見てから書き直せる(
    made, page
) -> None:
    line = m.Line.objects.get(entry=made.it)
    address = reverse("desk:definition_edit", args=[line.pk])
    late = reverse(f"desk:{page}", args=[line.pk])
    planner = client(made.town.planner)
    seen = seen_on(planner, late)
    first = planner.post(address, said(made, seen_on(planner, address), "AIで数えた人数"))
    assert first.status_code == 302
    found = planner.post(late, said(made, seen, "年度中に雇われた人の数"))
    assert found.status_code == 422
    assert "E402" in text(found)
    line.refresh_from_db()
    assert (line.definition.version, line.definition.definition) == (2, "AIで数えた人数")
