"""報告書と計画の取込み. The same file twice changes nothing; a plan's increases become levels; places and files stay."""

from dataclasses import replace
from decimal import Decimal

import pytest

from inquiryroom import JUNE, Room, indicator, number, room, said, this_year
from sosei.core.codec import dumps
from sosei.core.errors import NotAllowed
from sosei.core.report import Indicator, Project, Report, Year, YearPoint
from sosei.journal.clock import at
from sosei.journal.models import Entry
from sosei.ledger import models as m
from sosei.ledger.actions.batches import apply_batch
from sosei.ledger.actions.proposals import propose_report
from sosei.ledger.actions.settling import allow_restating, decide_batch, undo_batch
from sosei.ledger.objections import NoLevels, NothingChosen, StillUnclear, WhichYear
from sosei.ledger.queries.batches import BatchSeen, batch_of
from sosei.ledger.queries.documents import files_of
from sosei.ledger.queries.view import report_of
from sosei.ledger.refusals import Restates

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    with at(JUNE):
        yield room()


def propose(place: Room, report: Report, name: str = "報告書.json", *, by=None, **more):
    data = dumps(report).encode()
    return propose_report(by=by or place.town.planner, name=name, data=data, **more)


def take(seen: BatchSeen, *, every: bool = False) -> dict[str, str]:
    return {
        row.id: row.digest
        for group in seen.groups
        for row in group.rows
        if row.acceptable and (row.ticked or every)
    }


def apply(place: Room, batch: int, *, every: bool = False, reason: str = ""):
    seen = batch_of(place.volume.body, batch)
    accepted = take(seen, every=every)
    return apply_batch(by=place.town.planner, batch=batch, accepted=accepted, reason=reason)


def one_figure(report: Report, name: str, value) -> Report:
    """The report with another actual for one indicator."""

    def changed(k: Indicator) -> Indicator:
        if k.name and k.name.text == name:
            return replace(k, years=tuple(replace(y, actual=value) for y in k.years))
        return k

    projects = tuple(
        replace(p, indicators=tuple(map(changed, p.indicators))) for p in report.projects
    )
    return replace(report, projects=projects)


def test_同じ報告書は何も変えずそう言う(place: Room) -> None:
    lines = Entry.objects.count()
    found = propose(place, this_year())
    assert (found.same, found.batch, found.error) == (True, None, None)
    assert Entry.objects.count() == lines


def test_違う所だけが差分になり反映される(place: Room) -> None:
    found = propose(place, one_figure(this_year(), "会員企業数", number(34)))
    seen = batch_of(place.volume.body, found.batch)
    loud = [(row.name_ja, row.kind, row.ticked) for g in seen.groups for row in g.rows]
    assert loud == [("会員企業数 ＞ 令和4年度 実績値", "changed", True)]
    assert apply(place, found.batch).count == 1
    value = m.Value.objects.get(number=34, until__isnull=True)
    assert (value.origin, value.document.name, value.reason) == (
        "import", "報告書.json", "「報告書.json」の取込み",
    )  # fmt: skip
    again = propose(place, one_figure(this_year(), "会員企業数", number(34)))
    assert again.same


def test_元のファイルはそのまま残る(place: Room) -> None:
    report = one_figure(this_year(), "会員企業数", number(34))
    batch = m.Batch.objects.get(pk=propose(place, report).batch)
    assert files_of(batch.body, [batch.document_id])[0].data == dumps(report).encode()


def test_何も選ばずには反映できない(place: Room) -> None:
    found = propose(place, one_figure(this_year(), "会員企業数", number(34)))
    with pytest.raises(NothingChosen):
        apply_batch(by=place.town.planner, batch=found.batch, accepted={})


def test_担当者は自分の課の事業だけに反映できる(place: Room) -> None:
    report = one_figure(this_year(), "観光消費額", number(13))
    found = propose(place, report, by=place.town.officer)
    accepted = take(batch_of(place.volume.body, found.batch))
    with pytest.raises(NotAllowed):
        apply_batch(by=place.town.officer, batch=found.batch, accepted=accepted)
    assert apply_batch(by=place.town.other, batch=found.batch, accepted=accepted).count == 1


def test_新しい事業は企画課だけが加えられる(place: Room) -> None:
    more = Project(name=said("まったく新しい取組"), departments=(said("観光課"),))
    report = replace(this_year(), projects=(*this_year().projects, more))
    found = propose(place, report, by=place.town.other)
    accepted = take(batch_of(place.volume.body, found.batch))
    with pytest.raises(NotAllowed):
        apply_batch(by=place.town.other, batch=found.batch, accepted=accepted)
    apply(place, found.batch)
    assert report_of(m.Volume.objects.get(pk=place.volume.pk)).projects[-1].name == more.name


def test_年度のない報告書は年度を尋ねる(place: Room) -> None:
    report = replace(this_year(), fiscal_year=None)
    with pytest.raises(WhichYear):
        propose(place, report)
    assert propose(place, report, year=2022).same


def test_まだない年度の報告書は見てから登録する(place: Room) -> None:
    report = replace(
        this_year(), fiscal_year=Year(year=2023), projects=(Project(name=said("新規")),)
    )
    volumes = m.Volume.objects.count()
    found = propose(place, report)
    seen = batch_of(place.volume.body, found.batch)
    assert (m.Volume.objects.count(), seen.row.kind) == (volumes, "new")
    assert seen.report.projects == report.projects
    done = apply_batch(by=place.town.planner, batch=found.batch, accepted={})
    book = report_of(m.Volume.objects.get(pk=done.volume))
    assert (book.projects, book.sources[0].name) == (report.projects, "報告書.json")
    batch = m.Batch.objects.get(pk=found.batch)
    line = Entry.objects.get(body=batch.body, seq=batch.applied_seq)
    assert (batch.volume_id, line.verb) == (done.volume, "volume.record")
    undo_batch(by=place.town.planner, batch=found.batch, reason="年度の取り違え")
    assert not m.Volume.objects.filter(fiscal_year=2023, voided__isnull=True).exists()


def test_担当者は新しい年度を登録できない(place: Room) -> None:
    report = replace(this_year(), fiscal_year=Year(year=2023))
    with pytest.raises(NotAllowed):
        propose(place, report, by=place.town.officer)


def test_過去の値を書き換える報告書は断り_許せば入る(place: Room) -> None:
    restating = indicator(
        "会員企業への就職者数", "人", YearPoint(fiscal_year=2021, actual=number(19))
    )
    project = Project(name=said("成長分野拠点形成支援事業"), indicators=(restating,))
    found = propose(place, Report(fiscal_year=Year(year=2023), projects=(project,)))
    with pytest.raises(Restates, match="19"):
        apply_batch(by=place.town.planner, batch=found.batch, accepted={})
    assert not m.Volume.objects.filter(fiscal_year=2023).exists()
    allow_restating(by=place.town.planner, batch=found.batch)
    apply_batch(by=place.town.planner, batch=found.batch, accepted={})
    values = m.Value.objects.filter(point__fiscal_year=2021, role="actual", until__isnull=True)
    assert Decimal(19) in set(values.values_list("number", flat=True))


def test_同じ名の事業が二つあれば人が選ぶ(place: Room) -> None:
    twins = replace(
        this_year(),
        fiscal_year=Year(year=2024),
        projects=(
            Project(name=said("共通事業"), number="1", remarks=(said("甲"),)),
            Project(name=said("共通事業"), number="2", remarks=(said("乙"),)),
        ),
    )
    apply_batch(by=place.town.planner, batch=propose(place, twins).batch, accepted={})
    one = Report(
        fiscal_year=Year(year=2024),
        projects=(Project(name=said("共通事業"), activities=(said("実施した"),)),),
    )
    found = propose(place, one, "一つ.json")
    row = next(r for g in batch_of(place.volume.body, found.batch).groups for r in g.rows)
    assert (row.kind, [c.name for c in row.choices]) == ("unclear", ["1 共通事業", "2 共通事業"])
    with pytest.raises(StillUnclear):
        decide_batch(by=place.town.planner, batch=found.batch, decisions={row.id: "entry:1"})
    decide_batch(by=place.town.planner, batch=found.batch, decisions={row.id: row.choices[1].value})
    apply(place, found.batch)
    book = report_of(m.Volume.objects.get(fiscal_year=2024))
    assert [[a.text for a in p.activities] for p in book.projects] == [[], ["実施した"]]


def plan() -> Report:
    """A plan of FY2022: baseline 30 members, +2, +3 and a total of 6, which is wrong."""
    steps = [YearPoint(fiscal_year=2022 + n, target=number(step)) for n, step in enumerate((2, 3))]
    member = Indicator(
        name=said("会員企業数"), unit="社", baseline=number(30), years=tuple(steps),
        increase_total=number(6),
    )  # fmt: skip
    return Report(
        fiscal_year=Year(year=2022),
        projects=(
            Project(kind="plan", name=said("成長分野拠点形成支援事業"), indicators=(member,)),
        ),
    )


def test_計画の増加分は水準の目標になる(place: Room) -> None:
    found = propose(place, plan(), "実施計画.json", plan="increment")
    seen = batch_of(place.volume.body, found.batch)
    hows = {row.name_ja: row.aside.how for g in seen.groups for row in g.rows if row.aside}
    assert hows == {
        "会員企業数 ＞ 令和4年度 目標値": "30＋2＝32社",
        "会員企業数 ＞ 令和5年度 目標値": "30＋2＋3＝35社",
    }
    total = [n.ja for g in seen.groups for row in g.rows for n in row.notices]
    assert total == ["2＋3＝5、記載の累計 6（不一致）"]
    apply(place, found.batch, every=True)
    targets = m.Value.objects.filter(
        point__indicator__definitions__name="会員企業数", role="target", until__isnull=True,
        point__fiscal_year__gte=2022,
    ).distinct().order_by("point__fiscal_year")  # fmt: skip
    assert [(t.number, t.plan) for t in targets] == [(32, "changed"), (35, "first")]


def test_増加分か水準か言わない計画は断る(place: Room) -> None:
    with pytest.raises(NoLevels):
        propose(place, plan(), plan="said")


def test_計画でないものを計画としては読まない(place: Room) -> None:
    report = Report(fiscal_year=Year(year=2022), projects=(Project(name=said("空")),))
    with pytest.raises(NoLevels):
        propose(place, report, plan="increment")
