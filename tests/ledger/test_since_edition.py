"""公表した版との違い. A late value that comes with the next year's report moves the live year; the edition stays, and the year says so."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from deskclient import client, text
from sosei.core.codec import loads
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.journal.models import Entry
from sosei.journal.undo import undo
from sosei.ledger import models as m
from sosei.ledger.actions.editions import correct, drop_correction, publish_edition
from sosei.ledger.actions.figures import record_value
from sosei.ledger.actions.rollover import roll_over
from sosei.ledger.queries.since import Since, since_edition
from sosei.ledger.queries.view import report_of
from sosei.ledger.typed import Typed
from yearbook import Book, book

pytestmark = pytest.mark.django_db
TOKYO = ZoneInfo("Asia/Tokyo")
LATER = datetime(2023, 6, 1, 10, tzinfo=TOKYO)


@pytest.fixture
def made() -> Book:
    """The year 2021, published in July 2022; the year 2022 rolled over in April 2023."""
    with at(datetime(2022, 5, 10, 9, tzinfo=TOKYO)):
        found = book()
    with at(datetime(2022, 7, 1, 10, tzinfo=TOKYO)):
        with act("test.stage", body=found.volume.body, by=None) as w:
            for entry in (found.it, found.tourism):
                w.change(entry, stage="accepted")
            w.change(found.fresh().volume, stage="assembly")
        publish_edition(by=found.town.planning_head, volume=found.volume.pk)
    with at(datetime(2023, 4, 3, 10, tzinfo=TOKYO)):
        roll_over(
            by=found.town.planner,
            volume=found.volume.pk,
            answers={found.tourism.pk: "along"},
        )
    with at(LATER):
        yield found.fresh()


def since(made: Book, **more) -> Since:
    found = since_edition(made.volume.body, made.volume.pk, **more)
    assert found is not None
    return found


def late(made: Book, said: str = "48", **more) -> None:
    """The figure that was still being counted comes in with the next year's entry."""
    line = m.Line.objects.get(definition__name="入込客数", entry__volume__fiscal_year=2022)
    value = m.Value.objects.get(
        point__indicator=line.indicator, point__fiscal_year=2021, role="actual", until=None, voided=None
    )  # fmt: skip
    record_value(
        by=made.town.planner, line=line.pk, seen=value.pk, year=2021,
        typed=Typed(text=said, reason="確定値が出た", **more),
    )  # fmt: skip


def test_公表したままなら違いはない(made: Book) -> None:
    assert since(made).figures == ()


def test_次の年度の記載で入った遅い値は公表した年度の違いになり版は変わらない(made: Book) -> None:
    edition = m.Edition.objects.get(volume=made.volume)
    before = (edition.report, edition.sha256, [f.sha256 for f in edition.files.order_by("pk")])
    late(made)
    found = since(made)
    [one] = found.figures
    assert (found.number, found.edition) == (1, edition.pk)
    assert one.name == "六市連携観光事業 ＞ 入込客数 ＞ 令和3年度 実績値"
    assert (one.old, one.new) == ("集計中", "48人")
    assert found.entries == (made.tourism.pk,)
    assert one.line == m.Line.objects.get(entry=made.tourism, definition__name="入込客数").pk
    edition.refresh_from_db()
    assert before == (edition.report, edition.sha256, [f.sha256 for f in edition.files.order_by("pk")])  # fmt: skip
    assert loads(edition.report) != report_of(made.volume)


def test_二度変わっても一つと数える(made: Book) -> None:
    late(made)
    with at(LATER.replace(day=2)):
        late(made, "49")
    [one] = since(made).figures
    assert (one.old, one.new) == ("集計中", "49人")


def test_取り消せば違いはない(made: Book) -> None:
    late(made)
    undo(Entry.objects.get(verb="value.record"), made.town.planner.pk, "誤り")
    assert since(made).figures == ()


def test_事業を名指せばその事業のものだけ_英語では英語で言う(made: Book) -> None:
    late(made)
    assert since(made, entry=made.it.pk).figures == ()
    [one] = since(made, entry=made.tourism.pk, lang="en").figures
    assert one.name == "六市連携観光事業 > 入込客数 > FY2021 Actual"
    assert (one.old, one.new) == ("being counted", "48人")


def test_公表前と訂正中とほかの団体には何も言わない(made: Book) -> None:
    late(made)
    following = m.Volume.objects.get(fiscal_year=2022)
    assert since_edition(made.volume.body, following.pk) is None
    assert since_edition("990002", made.volume.pk) is None
    correct(
        by=made.town.planning_head, volume=made.volume.pk, entries=[made.tourism.pk], reason="確定"
    )
    assert since_edition(made.volume.body, made.volume.pk) is None


def test_問合せの数(made: Book, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(2):
        since(made)
    late(made)
    with django_assert_max_num_queries(7):
        since(made)


def test_公表した年度の画面は変わった値と訂正への道を出す(made: Book) -> None:
    page = reverse("desk:volume_since", args=[made.volume.pk])
    head, officer = client(made.town.planning_head), client(made.town.other)
    year = head.get(reverse("desk:volume", args=[made.volume.pk])).content.decode()
    assert f'hx-get="{page}"' in year
    assert f'<a href="{page}">' in year
    assert "変わっています" not in text(head.get(page))
    late(made)
    begin = reverse("desk:volume_correct", args=[made.volume.pk])
    words = text(head.get(page))
    assert "公表した第1版から、1つの値が変わっています" in words
    assert "集計中 → 48人" in words
    assert f'href="{begin}?entry={made.tourism.pk}"' in head.get(page).content.decode()
    assert begin not in officer.get(page).content.decode()
    form = head.get(begin, {"entry": made.tourism.pk}).content.decode()
    assert re.search(f'value="{made.tourism.pk}"[^>]*checked', form)
    assert not re.search(f'value="{made.it.pk}"[^>]*checked', form)


def test_公表した事業の画面は違いを後から読み込み台本なしでは頁で見る(made: Book) -> None:
    late(made)
    desk = client(made.town.other)
    piece = reverse("desk:entry_since", args=[made.tourism.pk])
    page = desk.get(reverse("desk:entry", args=[made.tourism.pk])).content.decode()
    assert f'hx-get="{piece}"' in page
    assert f'<a href="{piece}">' in page
    loaded = desk.get(piece, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in loaded
    assert "1つの値が変わっています" in loaded
    alone = text(desk.get(piece))
    assert "1つの値が変わっています" in alone
    assert "企画課長が訂正を始めます" in alone
    same = text(desk.get(reverse("desk:entry_since", args=[made.it.pk])))
    assert "公表した第1版のままです" in same
    plan = m.ProjectYear.objects.filter(volume__fiscal_year=2022).first()
    assert "比べる公表版がない" in text(desk.get(reverse("desk:entry_since", args=[plan.pk])))


def test_最新の版の画面も台帳で変わったことを言う(made: Book) -> None:
    edition = m.Edition.objects.get(volume=made.volume)
    late(made)
    page = reverse("desk:edition", args=[edition.pk])
    assert "公表後に1つの値が変わっています" in text(client(made.town.planner).get(page))
    assert "公表後に" not in text(client(made.town.expert).get(page))


def test_変わった値のある公表済みの画面も25問以内(
    made: Book, django_assert_max_num_queries
) -> None:
    late(made)
    desk = client(made.town.planning_head)
    for name, about in (
        ("volume", made.volume), ("volume_since", made.volume),
        ("entry", made.tourism), ("entry_since", made.tourism),
    ):  # fmt: skip
        page = reverse(f"desk:{name}", args=[about.pk])
        m.Look.objects.all().delete()  # nothing is kept of what was looked at
        with django_assert_max_num_queries(25):
            desk.get(page)


def test_遅れて出た値の後に始めた訂正も取りやめられる(made: Book) -> None:
    late(made)
    said = {"by": made.town.planning_head, "volume": made.volume.pk}
    with at(LATER + timedelta(days=1)):
        correct(entries=[made.it.pk], reason="氏名を誤ったという申出", **said)
        drop_correction(reason="誤りではなかった", **said)
    assert made.fresh().volume.stage == "published"
    assert len(since(made).figures) == 1
