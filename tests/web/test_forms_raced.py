"""二人で同じ様式を開く. Who saves second never passes over the first: refused for a slip or not, until he has seen what stands."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from deskclient import client, text
from formfill import filled
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.decisions import Decided, record_grant_decision
from sosei.ledger.actions.entries import Body, set_members
from yearbook import Book, book

pytestmark = pytest.mark.django_db
DAY = datetime(2022, 6, 1, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
LATER = DAY + timedelta(minutes=5)

#: Page → what B saves, what A types with a slip, how he mends it, and the words of B that must not be lost.
RACES = {
    "entry_edit": ({"remarks": "乙の備考"}, {"name": "", "activities": "甲の実施内容"}, {"name": "甲の事業"}, "乙の備考"),
    "members_edit": ({"form-0-name": "乙の協議会"}, {"form-0-yen": "千円"}, {"form-0-yen": "5"}, "乙の協議会"),
    "money": ({"form-0-note": "乙の注記"}, {"form-0-amount": "たくさん"}, {"form-0-amount": "5"}, "乙の注記"),
    "verification": ({"obstacle": "乙の阻害要因"}, {"date": "長" * 41}, {"date": "R4.5.1"}, "乙の阻害要因"),
    "grade_edit": ({"level": "1", "reason": "乙の理由"}, {"level": "9"}, {"level": "2", "reason": "甲の理由"}, "乙の理由"),
    "volume_edit": ({"publish_due": "2022-08-08"}, {"publish_due": "08/09/2022"}, {"publish_due": "2022-09-09"}, "2022-08-08"),
    "volume_title": ({"title": "乙の題名"}, {"title": ""}, {"title": "甲の題名"}, "乙の題名"),
    "decision_edit": ({"number": "乙第2号"}, {"amount": "たくさん"}, {"amount": "6,000円"}, "乙第2号"),
    "report_edit": ({"on": "2022-04-08", "amount": "5,005,000円", "settled": "7,777,777", "reason": "確かめた"}, {"on": "来週"}, {"on": "2022-04-07", "amount": "5,005,000円", "reason": "確かめた"}, "7,777,777"),
    "attributes_edit": ({"area": "乙の地域"}, {"unit": "単" * 21}, {"unit": "人"}, "乙の地域"),
    "value_edit": ({"text": "777", "reason": "乙の訂正"}, {"text": "たくさん"}, {"text": "19"}, "777"),
    "target_edit": ({"text": "777", "reason": "乙の変更"}, {"text": "たくさん"}, {"text": "12", "reason": "甲"}, "777"),
    "baseline_edit": ({"text": "777", "reason": "乙の変更"}, {"text": "たくさん"}, {"text": "6", "reason": "甲"}, "777"),
}  # fmt: skip


@pytest.fixture
def made() -> Book:
    with at(DAY):
        found = book()
        t = found.town
        set_members(by=t.planner, entry=found.it.pk, bodies=[Body(name="甲の協議会")], seen=None)
        record_grant_decision(
            by=t.planner, entry=found.it.pk,
            decided=Decided(
                number="第1号", decided_on=date(2021, 4, 1), report_due=date(2022, 4, 10), amount="5,005千円"
            ),
        )  # fmt: skip
        yield found


def address(made: Book, name: str) -> str:
    line, decision = m.Line.objects.get(entry=made.it).pk, m.GrantDecision.objects.get().pk
    of = {"volume_edit": [made.volume.pk], "volume_title": [made.volume.pk], "decision_edit": [made.it.pk, decision], "report_edit": [made.it.pk, decision]}  # fmt: skip
    figures = ("attributes_edit", "value_edit", "target_edit", "baseline_edit")
    return reverse(f"desk:{name}", args=[line] if name in figures else of.get(name, [made.it.pk]))


@pytest.mark.parametrize("name", RACES)
def test_書き間違いで断られた後も先に保存した人の記載を消さない(made: Book, name: str) -> None:
    theirs, slip, mended, kept = RACES[name]
    where, mine, other = address(made, name), client(made.town.planner), client(made.town.planning_head)  # fmt: skip
    opened = mine.get(where)
    begun = filled(opened, "seen")
    with at(LATER):
        before = other.post(where, filled(other.get(where), "seen", **theirs))
    assert before.status_code == 302, text(before)

    slipped = mine.post(where, begun | slip)
    assert slipped.status_code == 422
    assert "E402" not in text(slipped)
    assert filled(slipped, "seen")["seen"] == begun["seen"]

    late = mine.post(where, filled(slipped, "seen", **mended))
    assert late.status_code == 422, "B's words are lost"
    words = text(late)
    assert "E402" in words
    assert made.town.planning_head.name in words
    assert "いまの内容" in words
    assert kept in late.content.decode()

    last = (
        theirs if name == "attributes_edit" else {}
    )  # what was said is not unsaid without a version
    decided = mine.post(where, filled(late, "seen", **last))
    assert decided.status_code == 302, text(decided)


def test_並んだ行は相手の加えた行も外した行も見てから決める(made: Book) -> None:
    where = address(made, "money")
    mine, other = client(made.town.planner), client(made.town.planning_head)
    begun = filled(mine.get(where), "seen")
    theirs = filled(other.get(where), "seen") | {
        "form-0-label": [""], "form-0-amount": [""],
        "form-1-label": ["乙の加えた行"], "form-1-amount": ["1,234"],
    }  # fmt: skip
    assert other.post(where, theirs).status_code == 302
    late = mine.post(where, begun | {"form-0-note": "甲の注記"})
    words = text(late)
    assert "この行はありません" in words
    assert "この行があります" in words
    sent = filled(late, "seen")
    assert "乙の加えた行" in [value for key, values in sent.items() if key.endswith("label") for value in values]  # fmt: skip
    assert mine.post(where, sent).status_code == 302
    rows = m.Spending.objects.filter(entry=made.it, voided__isnull=True)
    assert sorted(rows.values_list("label", "yen", "note")) == [
        ("乙の加えた行", 1_234_000, None), ("業務委託", 10_010_000, "甲の注記"),
    ]  # fmt: skip


def test_直していない欄に印は付かない(made: Book) -> None:
    where = address(made, "entry_edit")
    mine, other = client(made.town.planner), client(made.town.planning_head)
    begun = filled(mine.get(where), "seen")
    other.post(where, filled(other.get(where), "seen", remarks="乙の備考"))
    late = mine.post(where, begun)
    assert late.content.decode().count('class="stands"') == 1
