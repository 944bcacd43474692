"""経費と交付決定. Money in the unit typed; the report to the State is looked at before it counts as filed."""

from datetime import date

import pytest

from sosei.core.errors import (
    NoReason,
    NotAllowed,
    Stale,
    UnknownUnit,
    UnreadableFigure,
)
from sosei.journal.acts import act
from sosei.ledger.actions.decisions import (
    Decided,
    Reported,
    file_report,
    record_grant_decision,
    void_decision,
)
from sosei.ledger.actions.entries import write_entry
from sosei.ledger.actions.money import Line, set_spending
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.doubts import (
    AboveCap,
    AlreadyThere,
    AmountJump,
    DaysReversed,
    FundsUnfit,
    SumDiffers,
)
from sosei.ledger.halts import Locked
from sosei.ledger.models import GrantDecision, Spending
from sosei.ledger.queries.money import money_by_year
from sosei.ledger.queries.scene import scene_of
from sosei.ledger.queries.view import report_of
from sosei.ledger.queries.weights import money_weight
from yearbook import Book, book

pytestmark = pytest.mark.django_db
APRIL = date(2021, 4, 1)
DUE = date(2022, 4, 10)


@pytest.fixture
def made() -> Book:
    return book()


def spend(made: Book, *lines: Line, by=None, seen: int | None = None) -> list[Spending]:
    return set_spending(by=by or made.town.officer, entry=made.it.pk, lines=lines, seen=seen)


def own(made: Book) -> Spending:
    return Spending.objects.get(entry=made.it, voided__isnull=True)


def test_打った単位で円にして入れる(made) -> None:
    rows = spend(
        made,
        Line(spending=own(made).pk, label="①業務委託", amount="１０，０１０", number="①", kind="commission"),
        Line(label="協議会負担金", amount="1,333千円", unit="円", source="national", eligible=True),
        Line(label="補助金", amount="1,766万2千円", eligible=False, source="own", year=2021),
        Line(),
        Line(label="合計", amount="", role="total"),
    )  # fmt: skip
    assert [(r.label, r.yen, r.unit) for r in rows] == [
        ("①業務委託", 10_010_000, "千円"),
        ("協議会負担金", 1_333_000, "千円"),
        ("補助金", 17_662_000, "円"),
        ("合計", None, "千円"),
    ]
    assert [(r.eligible, r.source) for r in rows][1:3] == [(True, "national"), (False, "own")]
    shown = report_of(made.volume).projects[0].spending
    assert [s.yen for s in shown] == [10_010_000, 1_333_000, 17_662_000, None]


def test_外した行は取り消され残る(made) -> None:
    first = own(made)
    spend(made, Line(label="補助金", amount="5"))
    first.refresh_from_db()
    assert (first.voided is not None, first.void_reason) == (True, "経費の表から外された")
    assert [r.label for r in Spending.objects.filter(voided__isnull=True, entry=made.it)] == [
        "補助金"
    ]


def test_金額を変えなければ所在は残る(made) -> None:
    Spending.objects.filter(pk=own(made).pk).update(trace={"": {"raw": "10,010 千円"}}, unit="円")
    row = own(made)
    spend(made, Line(spending=row.pk, label="業務委託費", amount="10,010,000", unit="円"))
    assert own(made).trace == {"": {"raw": "10,010 千円"}}
    spend(made, Line(spending=row.pk, label="業務委託費", amount="10,020,000", unit="円"))
    assert own(made).trace == {}


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        (Line(label="委託", amount="多額"), UnreadableFigure),
        (Line(label="委託", amount="1.2345千円"), UnreadableFigure),
        (Line(label="委託", amount="3人"), UnknownUnit),
        (Line(label="委託", amount="3", unit="ドル"), UnknownUnit),
        (Line(label="委託", amount="3", source="loan"), FundsUnfit),
        (Line(label="委託", amount="3", kind="gift"), FundsUnfit),
    ],
)
def test_読めない金額と知らない区分は断り何も変えない(made, line, refusal) -> None:
    with pytest.raises(refusal):
        spend(made, Line(label="先の行", amount="1"), line)
    assert own(made).label == "業務委託"


def test_経費も古い画面と他課と錠を断る(made) -> None:
    seen = money_weight(made.it.pk)
    spend(made, Line(label="委託", amount="1"), seen=seen)
    with pytest.raises(Stale):
        spend(made, Line(label="委託", amount="2"), seen=seen)
    with pytest.raises(NotAllowed):
        spend(made, Line(label="委託", amount="2"), by=made.town.other)
    move_entry(by=made.town.officer, entry=made.it.pk, move="submit")
    with pytest.raises(Locked):
        spend(made, Line(label="委託", amount="2"))


# -- grant decisions --------------------------------------------------------------------------------------------------


def decide(made: Book, amount: str = "5,005千円", **said) -> GrantDecision:
    more = {k: said.pop(k) for k in ("decision", "seen") if k in said}
    given = {
        "number": "府地事第123号",
        "decided_on": APRIL,
        "report_due": DUE,
        "amount": amount,
    } | said
    return record_grant_decision(
        by=made.town.planner, entry=made.it.pk, decided=Decided(**given), **more
    )


def report(made: Book, row: GrantDecision, amount: str, **said) -> GrantDecision:
    given = {"on": date(2022, 4, 8), "amount": amount} | said
    return file_report(
        by=made.town.planner, entry=made.it.pk, decision=row.pk, reported=Reported(**given), seen=None
    )  # fmt: skip


def test_交付決定を登録して直す(made) -> None:
    row = decide(made, eligible="10,010千円")
    assert (row.yen, row.eligible_yen, row.scheme, row.fiscal_year) == (
        5_005_000, 10_010_000, "suishin", 2021,
    )  # fmt: skip
    changed = decide(made, "5,000千円", decision=row.pk, seen=row.stamp)
    assert (changed.pk, changed.yen) == (row.pk, 5_000_000)
    with pytest.raises(Stale):
        decide(made, "4,000千円", decision=row.pk, seen=1)
    with pytest.raises(AlreadyThere):
        decide(made)
    with pytest.raises(DaysReversed):
        decide(made, number="別", report_due=date(2021, 3, 1))
    with pytest.raises(NotAllowed):
        record_grant_decision(
            by=made.town.officer, entry=made.it.pk,
            decided=Decided(number="1", decided_on=APRIL, report_due=DUE, amount="1"),
        )  # fmt: skip


def test_知られた上限を超える決定額は理由が要る(made) -> None:
    with pytest.raises(NotAllowed):
        write_entry(by=made.town.other, entry=made.it.pk, words={}, seen=None)
    write_entry(
        by=made.town.planner,
        entry=made.it.pk,
        words={"grant": "地方創生推進交付金", "grant_type": "横展開タイプ"},
        seen=None,
    )
    decide(made, "5千万円")
    made.volume.__class__.objects.filter(pk=made.volume.pk).update(fiscal_year=2017)
    with pytest.raises(AboveCap):
        decide(made, "5,001万円", number="二")
    assert (
        decide(made, "5,001万円", number="二", reason="広域の特例").decided_reason == "広域の特例"
    )
    assert decide(made, "5千万円", number="三").yen == 50_000_000


def test_千円と円の取り違えを受け取らない(made) -> None:
    row = decide(made)
    for amount in ("10,010", "10,010,000千円", "5,005"):
        with pytest.raises(AmountJump):
            report(made, row, amount)
    row.refresh_from_db()
    assert row.reported_on is None


def test_経費の合計と合わない報告額を受け取らない(made) -> None:
    row = decide(made)
    with pytest.raises(SumDiffers):
        report(made, row, "9,000千円")
    with pytest.raises(SumDiffers):
        report(made, row, "10,010千円", settled="10,000千円")
    filed = report(made, row, "10,010千円", settled="10,010千円")
    assert (filed.reported_yen, filed.settled_yen, filed.reported_reason) == (
        10_010_000, 10_010_000, None,
    )  # fmt: skip


def test_対象外の経費は合計に入れない(made) -> None:
    spend(
        made, Line(label="委託", amount="9,000", eligible=True),
        Line(label="職員旅費", amount="1,010", eligible=False), Line(label="決算額", amount="10,010", kind="settled"),
    )  # fmt: skip
    assert report(made, decide(made), "9,000千円").reported_yen == 9_000_000


def test_人は理由を添えて違う額を確かめられる(made) -> None:
    filed = report(made, decide(made), "9,000千円", reason="繰越分を除いた")
    assert (filed.reported_yen, filed.reported_reason) == (9_000_000, "繰越分を除いた")


def test_報告日は決定日より前にならない(made) -> None:
    with pytest.raises(DaysReversed):
        report(made, decide(made), "10,010千円", on=date(2021, 3, 31))


def test_決定の取消には理由が要る(made) -> None:
    row = decide(made)
    with pytest.raises(NoReason):
        void_decision(by=made.town.planner, decision=row.pk, reason="")
    void_decision(by=made.town.planner, decision=row.pk, reason="二重登録")
    row.refresh_from_db()
    assert row.voided is not None
    assert decide(made).pk != row.pk


def test_点検は決算額と報告額の違いと期限を知る(made) -> None:
    row = decide(made)
    report(made, row, "9,000千円", settled="10,010千円", reason="後で直す")
    found = scene_of(made.it.pk).findings().of("EXP-REPORT")
    assert any("10,010,000円と実績報告9,000,000円が違います" in f.message_ja for f in found)


def test_点検は国費が補助率を超えることを知る(made) -> None:
    decide(made, "6,000千円", eligible="10,010千円")
    (found,) = scene_of(made.it.pk).findings().of("EXP-RATE")
    assert "6,000,000円" in found.message_ja


def test_実績と計画が同じ年度のお金を言っても混ぜて足さない(made) -> None:
    project = made.it.project
    with act("test.change", body=project.body, by=None) as w:
        w.change(made.plan, project=project)
        w.void(own(made), reason="試験のため")
        for entry, yen in ((made.it, 100), (made.plan, 40)):
            for i in range(2):
                w.add(Spending(entry=entry, position=i, label=f"経費{i}", yen=yen))
    [year] = money_by_year(project.body, project.pk)
    assert (year.year, year.lines) == (2021, 200)
    with act("test.change", body=project.body, by=None) as w:
        w.change(made.it, position=9)  # wherever they stand in the report
        w.change(Spending.objects.filter(entry=made.plan).first(), yen=41)
        w.add(Spending(entry=made.it, position=2, label="経費2", yen=1))
    assert money_by_year(project.body, project.pk)[0].lines == 201
