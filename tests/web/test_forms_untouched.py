"""何も直さずに保存する. A form that is opened and saved as it stands writes nothing, whatever the row holds that no form offers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from deskclient import client
from formfill import filled
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.journal.models import Entry
from sosei.ledger import models as m
from sosei.ledger.actions.decisions import Decided, record_grant_decision
from sosei.ledger.actions.entries import Body, set_members
from yearbook import Book, book

pytestmark = pytest.mark.django_db
DAY = datetime(2022, 6, 1, 10, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def made() -> Book:
    with at(DAY):
        found = book()
        odd(found)
        yield found


def odd(made: Book) -> None:
    """Let the entry hold what imported reports hold: funds, no unit, a year out of the period, words that are no department."""
    t = made.town
    with act("test.odd", body=t.planner.body, by=None) as w:
        first = m.Spending.objects.get(entry=made.it)
        w.change(
            first, fund="国費1/2、一般財源1/2", fiscal_year=2015, trace={"yen": {"raw": "10,010"}}
        )
        w.add(m.Spending(entry=made.it, position=7, fund="企業版ふるさと納税", unit="百万円"))
        old = w.add(
            type(t.it)(
                code="09", name="商工課", first_day=date(2010, 4, 1), last_day=date(2021, 3, 31)
            )
        )
        own = m.Charge.objects.get(entry=made.it)
        w.change(own, text="ものづくり推進課（主担当）", position=1)
        w.add(m.Charge(entry=made.it, department=t.tourism, text="観光課", position=0))
        w.add(m.Charge(entry=made.it, text="市観光協会", position=2))
        w.add(m.Charge(entry=made.it, department=old, text="商工課", position=3))
    set_members(
        by=t.planner, entry=made.it.pk, bodies=[Body(name="ある協議会", lead=True)], seen=None
    )
    record_grant_decision(
        by=t.planner, entry=made.it.pk,
        decided=Decided(
            number="府地事第1号", decided_on=date(2021, 4, 1), report_due=date(2022, 4, 10), amount="5,005千円"
        ),
    )  # fmt: skip


def addresses(made: Book) -> dict[str, str]:
    line = m.Line.objects.get(entry=made.it).pk
    decision = m.GrantDecision.objects.get().pk
    of = {
        "entry_edit": [made.it.pk], "members_edit": [made.it.pk], "money": [made.it.pk],
        "verification": [made.it.pk], "volume_edit": [made.volume.pk],
        "decision_edit": [made.it.pk, decision], "attributes_edit": [line], "value_edit": [line],
        "target_edit": [line], "baseline_edit": [line],
    }  # fmt: skip
    return {name: reverse(f"desk:{name}", args=args) for name, args in of.items()}


@pytest.mark.parametrize(
    "name",
    [
        "entry_edit", "members_edit", "money", "verification", "volume_edit", "decision_edit",
        "attributes_edit", "value_edit", "target_edit", "baseline_edit",
    ],
)  # fmt: skip
def test_開いて何も直さず保存しても何も書かれない(made: Book, name: str) -> None:
    desk, address = client(made.town.planner), addresses(made)[name]
    before = Entry.objects.count()
    saved = desk.post(address, filled(desk.get(address), "seen"))
    assert saved.status_code == 302, saved.content.decode()[-3000:]
    assert [(e.verb, e.rows) for e in Entry.objects.order_by("seq")[before:]] == []


def test_経費の一つを直しても財源と単位と年度はそのまま(made: Book) -> None:
    desk, address = client(made.town.planner), addresses(made)["money"]
    sent = filled(desk.get(address), "seen")
    first, second = m.Spending.objects.filter(entry=made.it).order_by("position")
    assert sent["form-0-fund"] == ["国費1/2、一般財源1/2"]
    assert desk.post(address, sent | {"form-0-note": "確認済み"}).status_code == 302
    now = m.Spending.objects.get(pk=first.pk)
    assert (now.note, now.fund, now.unit, now.fiscal_year) == ("確認済み", first.fund, None, 2015)
    assert now.trace == first.trace
    assert m.Spending.objects.get(pk=second.pk).content() == second.content()


def test_備考を直しても担当は触らない(made: Book) -> None:
    desk, address = client(made.town.planner), addresses(made)["entry_edit"]
    before = charges(made)
    assert [text for text, _ in before] == [
        "観光課",
        "ものづくり推進課（主担当）",
        "市観光協会",
        "商工課",
    ]
    page = desk.get(address)
    assert "商工課（廃止）" in page.content.decode()
    assert desk.post(address, filled(page, "seen", remarks="直した備考")).status_code == 302
    assert m.Passage.objects.get(entry=made.it, part="remark").text == "直した備考"
    assert charges(made) == before


def charges(made: Book) -> list[tuple[str, int]]:
    rows = m.Charge.objects.filter(entry=made.it, voided__isnull=True).order_by("position", "pk")
    return [(row.text, row.stamp) for row in rows]


def test_課を足して外してもほかの担当の順と言葉は残る(made: Book) -> None:
    t = made.town
    desk, address = client(t.planner), addresses(made)["entry_edit"]
    ticked = [str(t.planning.pk), str(t.it.pk)]
    sent = filled(desk.get(address), "seen", departments=ticked)
    assert desk.post(address, sent).status_code == 302
    assert charges(made) == [("ものづくり推進課（主担当）", 2), ("市観光協会", 1), ("企画課", 1)]
    assert m.Charge.objects.get(text="企画課").position == 4


def test_課でない担当は選んだときだけ外れる(made: Book) -> None:
    desk, address = client(made.town.planner), addresses(made)["entry_edit"]
    page = desk.get(address)
    assert "市観光協会" in page.content.decode()
    words = m.Charge.objects.get(text="市観光協会")
    assert desk.post(address, filled(page, "seen", drop=[str(words.pk)])).status_code == 302
    assert [text for text, _ in charges(made)] == ["観光課", "ものづくり推進課（主担当）", "商工課"]


def test_担当を渡せない人の保存も担当を触らない(made: Book) -> None:
    desk, address = client(made.town.officer), addresses(made)["entry_edit"]
    before = charges(made)
    page = desk.get(address)
    assert 'name="departments"' not in page.content.decode()
    sent = filled(page, "seen", remarks="直した", departments=[str(made.town.it.pk)])
    assert desk.post(address, sent).status_code == 302
    assert charges(made) == before
