"""題名の画面. The form, its reason, and what a published report says instead."""

import re

import pytest
from django.urls import reverse

from deskclient import client, text
from sosei.journal.acts import act
from yearbook import Book, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Book:
    return book()


def stage(made: Book, name: str) -> None:
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage=name)


def url(made: Book) -> str:
    return reverse("desk:volume_title", args=[made.volume.pk])


def test_報告書の画面から題名を直せる(made: Book) -> None:
    desk = client(made.town.planner)
    page = desk.get(reverse("desk:volume", args=[made.volume.pk])).content.decode()
    assert f'href="{url(made)}"' in page
    form = desk.get(url(made)).content.decode()
    assert made.volume.title in form
    seen = re.search(r'name="seen" value="(\d+)"', form)[1]
    said = desk.post(url(made), {"title": "令和3年度の実施結果", "reason": "", "seen": seen})
    assert said.status_code == 302
    assert "令和3年度の実施結果" in text(desk.get(said["Location"]))


def test_決裁に出した後は理由がなければ422(made: Book) -> None:
    stage(made, "decided")
    desk = client(made.town.planner)
    assert desk.post(url(made), {"title": "改題", "reason": ""}).status_code == 422
    assert desk.post(url(made), {"title": "改題", "reason": "誤字"}).status_code == 302


def test_公表済みなら訂正を始める道を示し課長だけが始められる(made: Book) -> None:
    stage(made, "published")
    begin = reverse("desk:volume_correct", args=[made.volume.pk])
    page = client(made.town.planning_head).get(url(made)).content.decode()
    assert f"{begin}?title=1" in page
    assert 'name="title"' not in page
    planner = client(made.town.planner)
    assert begin not in planner.get(url(made)).content.decode()
    assert planner.post(url(made), {"title": "改題", "reason": "誤字"}).status_code == 422


def test_題名だけの訂正を始めると題名の画面に進む(made: Book) -> None:
    stage(made, "published")
    begin = reverse("desk:volume_correct", args=[made.volume.pk])
    head = client(made.town.planning_head)
    form = head.get(begin, {"title": "1"}).content.decode()
    assert re.search(r'name="title"[^>]*checked', form)
    assert head.post(begin, {"reason": "誤字"}).status_code == 422
    said = head.post(begin, {"title": "on", "reason": "題名の誤字"})
    assert said["Location"] == url(made)
    assert "次の版の正誤表に載ります" in text(head.get(url(made)))
