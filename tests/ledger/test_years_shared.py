"""ほかの年度の欄. A figure of an earlier year lies once, in all reports that show it: that year's own report has a say."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from sosei.core.errors import NoReason
from sosei.core.report import Report, Value
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.batches import apply_batch
from sosei.ledger.actions.editions import correct, publish_edition
from sosei.ledger.actions.figures import change_baseline, change_target, record_value
from sosei.ledger.actions.locks import lift_lock
from sosei.ledger.actions.papers import record_decision, submit_for_decision
from sosei.ledger.actions.proposals import propose_report
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.settling import undo_batch
from sosei.ledger.actions.signoff import move_volume
from sosei.ledger.halts import Locked
from sosei.ledger.queries.batches import batch_of
from sosei.ledger.queries.view import report_of
from sosei.ledger.typed import Typed
from sosei.publishing import publish
from yearbook import Book, accept, book, small_report

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 1, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
HIRES = "新規雇用者数"


@pytest.fixture
def made() -> Book:
    with at(JUNE):
        yield book()


def next_report(**hires: int) -> Report:
    """Next year's report; of its first indicator, 2021's figures are what that year's report says, but for `hires`."""
    report = small_report(2022)
    whole = report.projects[0]
    (one,) = whole.indicators
    said = {"target": 10, "actual": 18} | hires
    last = replace(one.years[0], **{role: Value(number=Decimal(n)) for role, n in said.items()})
    one = replace(one, years=(last, one.years[1]))
    return replace(report, projects=(replace(whole, indicators=(one,)),))


def next_line(made: Book) -> m.Line:
    """Next year's line of the indicator, in a draft of the same department."""
    volume = record_report(by=made.town.planner, report=next_report())
    return m.Line.objects.get(entry__volume=volume, definition__name=HIRES)


def decide(made: Book) -> None:
    for entry in (made.it, made.tourism):
        accept(made, entry)
    submit_for_decision(by=made.town.planner, volume=made.volume.pk)
    record_decision(by=made.town.planner, volume=made.volume.pk, number="企第12号", decided_on=JUNE.date())  # fmt: skip


def published(made: Book) -> m.Edition:
    decide(made)
    for move in ("ask_experts", "report"):
        move_volume(by=made.town.planner, volume=made.volume.pk, move=move, reason="会議なし")
    return publish_edition(by=made.town.planning_head, volume=made.volume.pk)


def write(made: Book, line: m.Line, text: str, *, by=None, year: int = 2021, **said: str):
    typed = Typed(text=text, **said)
    return record_value(by=by or made.town.officer, line=line.pk, typed=typed, seen=None, year=year)


def test_決裁を終えた年度の値は次の年度の記載からも変わらない(made) -> None:
    line = next_line(made)
    decide(made)
    before = report_of(made.volume)
    with pytest.raises(
        Locked, match=r"令和3年度の報告書の成長分野拠点形成支援事業.*決裁が済んでいる.*決裁の差戻し"
    ):
        write(made, line, "19", reason="あとで分かった")
    with pytest.raises(Locked):
        change_target(
            by=made.town.planner, line=line.pk, typed=Typed(text="12", reason="変更"), seen=None, year=2021
        )  # fmt: skip
    with pytest.raises(Locked):
        change_baseline(
            by=made.town.planner, line=line.pk, typed=Typed(text="6", reason="変更"), seen=None
        )
    assert report_of(made.volume) == before
    assert write(made, line, "20", year=2022).number == 20, "その年度の値は書ける"


def test_解除した決裁済の年度の値は次の年度の記載から書ける(made) -> None:
    line = next_line(made)
    decide(made)
    until = datetime(2022, 6, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
    lift_lock(by=made.town.planning_head, entry=made.it.pk, until=until, reason="誤記")
    assert write(made, line, "19").number == 19


def test_確認の済んだ前の年度の値は課が次の年度の記載から変えられない(made) -> None:
    line = next_line(made)
    accept(made, made.it)
    with pytest.raises(Locked, match="企画課の確認が済んでいる"):
        write(made, line, "19")
    assert write(made, line, "19", by=made.town.planner).number == 19


def test_公表した年度の遅れた確定値は理由を書いて記録され公表した版は変わらない(made) -> None:
    line = next_line(made)
    edition = published(made)
    kept = edition.report
    with pytest.raises(NoReason):
        write(made, line, "19", state="final")
    found = write(made, line, "19", state="final", reason="令和4年9月の確定値")
    assert (found.number, found.state, found.reason) == (19, "final", "令和4年9月の確定値")
    past = m.Value.objects.get(point=found.point, role="actual", until__isnull=False)
    assert past.number == 18
    edition.refresh_from_db()
    assert edition.report == kept
    assert made.fresh().volume.stage == "published"


def test_公表した年度に値がなかったときも理由が要る(made) -> None:
    line = next_line(made)
    published(made)
    m.Value.objects.filter(point__shown__line=line, point__fiscal_year=2021, role="actual").update(
        until=JUNE
    )
    with pytest.raises(NoReason):
        write(made, line, "19")
    assert write(made, line, "19", reason="あとで分かった").number == 19


def test_訂正中の年度の値は訂正の対象に入っていなければ変えられない(made) -> None:
    line = next_line(made)
    published(made)
    said = {"by": made.town.planning_head, "volume": made.volume.pk}
    correct(entries=[made.tourism.pk], reason="別の誤り", **said)
    with pytest.raises(Locked, match="訂正の対象"):
        write(made, line, "19", reason="確定値")
    correct(entries=[made.it.pk], reason="確定値", **said)
    assert write(made, line, "19", reason="確定値").number == 19


def propose(made: Book, line: m.Line, **hires: int) -> int:
    data = publish(next_report(**hires), "xlsx")
    return propose_report(by=made.town.planner, name="r4.xlsx", data=data).batch


def take(made: Book, batch: int, **more: str):
    seen = batch_of(made.volume.body, batch)
    every = {row.id: row.digest for g in seen.groups for row in g.rows if row.acceptable}
    return apply_batch(by=made.town.planner, batch=batch, accepted=every, **more)


def test_取込みも決裁を終えた年度の値を変えない(made) -> None:
    line = next_line(made)
    batch = propose(made, line, actual=19)
    decide(made)
    with pytest.raises(Locked, match="令和3年度の報告書"):
        take(made, batch, reason="確定値")
    assert m.Batch.objects.get(pk=batch).state == "proposed"


def test_取込みで公表した年度の値を変えるには理由が要る(made) -> None:
    line = next_line(made)
    batch = propose(made, line, actual=19)
    published(made)
    with pytest.raises(NoReason):
        take(made, batch)
    take(made, batch, reason="令和4年9月の確定値")
    value = m.Value.objects.get(
        point__shown__line=line, point__fiscal_year=2021, role="actual", until__isnull=True
    )
    assert (value.number, value.reason) == (19, "令和4年9月の確定値")


def test_取込みの取消も決裁を終えた年度の値を戻さない(made) -> None:
    line = next_line(made)
    batch = propose(made, line, actual=19)
    take(made, batch, reason="確定値")
    decide(made)
    with pytest.raises(Locked, match="令和3年度の報告書"):
        undo_batch(by=made.town.planner, batch=batch, reason="取り違え")


def test_新しい年度の報告書も決裁を終えた年度の値を改めない(made) -> None:
    decide(made)
    with pytest.raises(Locked, match="令和3年度の報告書"):
        record_report(by=made.town.planner, report=next_report(actual=19), restate=True)
    assert not m.Volume.objects.filter(fiscal_year=2022).exists()
    assert record_report(by=made.town.planner, report=next_report()).fiscal_year == 2022
