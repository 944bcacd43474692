"""公表した版との違いを見る. The notice on a published year in a real browser: readable, within the window, the way to the correction."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

import deskroom
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.editions import publish_edition
from sosei.ledger.actions.figures import record_value
from sosei.ledger.actions.rollover import roll_over
from sosei.ledger.typed import Typed
from yearbook import Book, book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def made() -> Book:
    """The year 2021 published, and a figure that came in with 2022's entry."""
    with at(datetime(2022, 5, 10, 9, tzinfo=TOKYO)):
        found = book()
    t = found.town
    with at(datetime(2022, 7, 1, 10, tzinfo=TOKYO)):
        with act("test.stage", body=found.volume.body, by=None) as w:
            for entry in (found.it, found.tourism):
                w.change(entry, stage="accepted")
            w.change(found.fresh().volume, stage="assembly")
        publish_edition(by=t.planning_head, volume=found.volume.pk)
    with at(datetime(2023, 4, 3, 10, tzinfo=TOKYO)):
        roll_over(by=t.planner, volume=found.volume.pk, answers={found.tourism.pk: "along"})
        line = m.Line.objects.get(definition__name="入込客数", entry__volume__fiscal_year=2022)
        value = m.Value.objects.get(point__indicator=line.indicator, point__fiscal_year=2021, role="actual")  # fmt: skip
        record_value(
            by=t.planner, line=line.pk, seen=value.pk, year=2021,
            typed=Typed(text="48", reason="確定値が出た"),
        )  # fmt: skip
    return found


@pytest.mark.parametrize("width", [1280, 360])
def test_公表した年度の画面と事業の画面が違いを見せ訂正へ進める(
    desk, made: Book, width: int
) -> None:
    page = desk.page(made.town.planning_head, width=width)
    page.goto(desk.url + reverse("desk:entry", args=[made.tourism.pk]))
    page.wait_for_selector(".since")
    assert "集計中 → 48人" in page.inner_text(".since")
    deskroom.looked_at(page, f"since-entry-{width}")
    page.goto(desk.url + reverse("desk:volume", args=[made.volume.pk]))
    deskroom.looked_at(page, f"since-volume-{width}")
    page.click(".since a.button")
    assert page.is_checked(f"input[name=entries][value='{made.tourism.pk}']")
    assert not page.is_checked(f"input[name=entries][value='{made.it.pk}']")
    deskroom.looked_at(page, f"since-correct-{width}")
    assert not desk.complaints
