"""根拠台帳の証跡. The journal tells in plain words what was done to registers, and leads to their pages."""

from datetime import date

import pytest
from django.urls import reverse

from bookroom import BODY, Town, town
from deskclient import client, text
from evidenceroom import defined, entered, made, member
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.entries import enter
from sosei.evidence.actions.measures import redefine_measure
from sosei.evidence.actions.registers import change_register
from sosei.journal.history import Step, written_by
from sosei.journal.models import Entry
from sosei.ledger.queries.told import Told

pytestmark = pytest.mark.django_db
DAY = date(2019, 5, 1)


@pytest.fixture
def office() -> Town:
    return town()


@pytest.fixture
def members(office: Town) -> em.Register:
    return made(office, "members")


def step(verb: str, table: str, lang: str = "ja") -> Step:
    """Return what the last line of a verb wrote to a table."""
    line = Entry.objects.filter(verb=verb).order_by("seq").last()
    assert line is not None
    return [
        one
        for one in written_by(BODY, line.seq, lang=lang, teller=Told(lang)).steps
        if one.table == table
    ][-1]


def changes(verb: str, table: str, lang: str = "ja") -> dict[str, tuple[str, str]]:
    return {one.column: (one.old, one.new) for one in step(verb, table, lang).changes}


def test_登録の束は台帳と件数と資料で呼ぶ(office: Town, members: em.Register) -> None:
    entered(office, members, [member("甲", DAY)])
    assert step("register.enter", "evidence.batch").name == "会員名簿 1件"
    assert step("register.enter", "evidence.batch", "en").name == "Members, 1 entry"
    enter(
        by=office.planner, register=members.pk, way="file", source={"source": "名簿.xlsx"},
        drafts=[member("甲", DAY) for _ in range(1200)],
    )  # fmt: skip
    assert step("register.enter", "evidence.batch").name == "会員名簿 1,200件（名簿.xlsx）"
    assert (
        step("register.enter", "evidence.batch", "en").name == "Members, 1,200 entries (名簿.xlsx)"
    )
    assert changes("register.enter", "evidence.batch")["方法"] == ("", "ファイルの取込み")


def test_台帳の定義は項目の名で言い変えた理由が残る(office: Town, members: em.Register) -> None:
    said = dict(members.definition)
    rank = {"ja": "等級", "en": "Rank", "type": "choice", "choices": ["甲", "乙"]}
    said["fields"] = {**said["fields"], "rank": rank}
    said["order"] = [*said["order"], "rank"]
    change_register(
        by=office.planner, register=members.pk, seen=1, definition=said, reason="等級を置く"
    )
    old, new = changes("register.change", "evidence.register")["定義"]
    assert "等級" not in old
    assert new == f"{old}、等級（甲・乙）"
    assert new.startswith("会員名簿　項目：会員の種別（正会員・賛助会員・特別会員）")
    english = changes("register.change", "evidence.register", "en")["what it holds"][1]
    assert english.startswith("Members; fields: Kind of member (")
    assert Entry.objects.get(verb="register.change").facts["reason"] == "等級を置く"


def test_段階のある台帳は段階も言う(office: Town) -> None:
    made(office, "commissions")
    assert (
        "段階：契約→変更契約→完了検査→支払"
        in changes("register.make", "evidence.register")["定義"][1]
    )


def test_数え方は文で言う(office: Town, members: em.Register) -> None:
    row = defined(office, "firms", 'count of members at end unit "社"')
    redefine_measure(
        by=office.planner, row=row.pk, seen=1, name="firms", note=None, reason="暦年で数える",
        text='count of members at end calendar unit "社"',
    )  # fmt: skip
    assert changes("measure.change", "evidence.measure")["数え方"] == (
        "「会員名簿」の、年度末現在の数（社）。", "「会員名簿」の、暦年末現在の数（社）。",
    )  # fmt: skip
    assert changes("measure.change", "evidence.measure", "en")["way of counting"][1].startswith(
        "Number of “Members”"
    )
    em.Measure.objects.update(text="unreadable")
    assert changes("measure.change", "evidence.measure")["数え方"][1] == "unreadable"


def test_証跡の画面から台帳の画面へ行ける(office: Town, members: em.Register) -> None:
    entered(office, members, [member("甲", DAY)])
    close_register(by=office.planner, register=members.pk, until=date(2020, 3, 31))
    defined(office, "firms", 'count of members at end unit "社"')
    reader = client(office.auditor)
    seen: set[str] = set()
    for line in Entry.objects.filter(verb__regex="^(register|measure)[.]"):
        page = reader.get(reverse("desk:journal_line", args=[line.seq]))
        assert page.status_code == 200
        assert "{&quot;" not in text(page)
        seen |= {table for table, *_ in line.rows}
        for one in written_by(BODY, line.seq, teller=Told("ja")).steps:
            assert one.ref is not None, one.table
            name, number = one.ref
            assert reader.get(reverse(f"desk:{name}", args=[number])).status_code in (200, 403), (
                one.ref
            )
    assert {
        "evidence.register",
        "evidence.batch",
        "evidence.closing",
        "evidence.measure",
        "evidence.subject",
    } <= seen
