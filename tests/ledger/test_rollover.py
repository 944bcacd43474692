"""年度更新. Plans become results, running projects come along, finished ones rest, what nobody knows is asked."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bookroom import town
from sosei.core.errors import NoReason, NotAllowed
from sosei.core.gaps import Gap
from sosei.core.report import (
    Body,
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.journal.models import Entry
from sosei.journal.undo import undo
from sosei.ledger import models as m
from sosei.ledger.actions.entries import rest_project
from sosei.ledger.actions.reassign import succeed
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.rollover import rename_scheme, roll_over, settle
from sosei.ledger.halts import Locked
from sosei.ledger.queries.rollover import rollover_of, scheme_over
from sosei.ledger.queries.view import report_of
from sosei.ledger.turnings import ComesAlready, NoSuchScheme, NoYearYet, StillInWork, YearThere
from sosei.offices.succession import NewDepartment
from sosei.reading import read
from yearbook import small_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    with clock.at(datetime(2022, 4, 4, 1, tzinfo=UTC)):
        yield town()


def number(n: int) -> Value:
    return Value(number=Decimal(n))


def project(name: str, **more: object) -> Project:
    return Project(name=Said(text=name), **{"departments": (Said(text="観光課"),), **more})


def period(raw: str, first: int | None, last: int | None) -> PeriodSaid:
    return PeriodSaid(raw=raw, first=first, last=last)


def report(*projects: Project) -> Report:
    return Report(
        title=Said(text="令和３年度 実績（2021年度）"),
        bodies=(Body(name="見本市"),),
        fiscal_year=Year(year=2021),
        projects=projects,
    )


def rolled(office, *projects: Project, **more: object) -> tuple[m.Volume, Report]:
    volume = record_report(by=office.planner, report=report(*projects))
    made = roll_over(by=office.planner, volume=volume.pk, **more)
    return volume, report_of(made)


RUNNING = project(
    "走る事業",
    grant=Said(text="地方創生推進交付金"),
    number="2",
    group=(Said(text="基本目標1"),),
    bodies=(Body(name="見本市"), Body(name="隣市")),
    period=period("R3～R7", 2021, 2025),
    activities=(Said(text="催しを開いた"),),
    spending=(Spending(label=Said(text="委託"), yen=1000),),
    verification=Verification(next_policy=Said(text="事業の継続"), grade=Said(text="効果があった")),
    indicators=(
        Indicator(
            name=Said(text="参加者数"), unit="人", number="1", definition=Said(text="延べ"),
            baseline=number(3), years=(YearPoint(target=number(10), actual=number(12)),),
        ),
    ),
)  # fmt: skip


def test_走る事業は定義と担当をもって次の年度に来る(office) -> None:
    volume, after = rolled(office, RUNNING)
    [came] = after.projects
    assert (came.name, came.grant, came.number) == (RUNNING.name, RUNNING.grant, "2")
    assert (came.period, came.group, came.bodies) == (RUNNING.period, RUNNING.group, RUNNING.bodies)
    assert came.departments == RUNNING.departments
    assert came.indicators[0].definition == Said(text="延べ")
    assert came.indicators[0].baseline == number(3)
    assert (came.activities, came.spending, came.verification) == ((), (), None)
    assert came.indicators[0].years == (YearPoint(),)
    assert report_of(volume).projects == (RUNNING,), "前の年度はそのまま"


def test_前年度の値は新しい記載の横に見える(office) -> None:
    _, _ = rolled(office, RUNNING)
    indicator = m.Indicator.objects.get()
    values = m.Value.objects.filter(point__indicator=indicator).order_by("point__fiscal_year")
    assert {(v.point.fiscal_year, v.role, int(v.number)) for v in values} == {
        (2021, "target", 10),
        (2021, "actual", 12),
    }
    assert m.Line.objects.filter(indicator=indicator).count() == 2
    assert m.Definition.objects.count() == 1


def test_来年度から休むと言った事業は計画があっても次の年度に来ない(office) -> None:
    volume = record_report(by=office.planner, report=report(RUNNING, replace(RUNNING, kind="plan")))
    entry = m.ProjectYear.objects.get(volume=volume, kind="result")
    plan = m.ProjectYear.objects.get(volume=volume, kind="plan")
    for row in (entry, plan):
        rest_project(by=office.planner, entry=row.pk, year=2022, reason="終わる")
    assert {each.fate for each in rollover_of(volume).coming} == {"rests"}
    made = roll_over(by=office.planner, volume=volume.pk)
    assert not m.ProjectYear.objects.filter(volume=made).exists()


def test_題名の年度だけが次の年度になる(office) -> None:
    _, after = rolled(office, RUNNING)
    assert after.title == Said(text="令和4年度 実績（2022年度）")
    assert after.fiscal_year == Year(year=2022)
    assert after.bodies == (Body(name="見本市"),)


def test_計画は次の年度の実績となり計画値が目標になる(office) -> None:
    plan = project(
        "来年度の事業", kind="plan", fiscal_year=Year(year=2022), period=period("R4~R6", 2022, 2024),
        indicators=(
            Indicator(name=Said(text="宿泊者数"), unit="人泊", years=(YearPoint(target=number(4200000)),)),
        ),
    )  # fmt: skip
    volume, after = rolled(office, plan)
    [came] = after.projects
    assert came.kind == "result"
    assert came.fiscal_year is None
    assert came.indicators[0].years == (YearPoint(target=number(4200000)),)
    assert report_of(volume).projects == (plan,)
    assert m.Value.objects.count() == 1, "計画値は写さず、同じ欄の目標として見える"


def test_年度のない計画の計画値も次の年度の目標になる(office) -> None:
    plan = project(
        "来年度の事業", kind="plan",
        indicators=(Indicator(name=Said(text="参加者"), years=(YearPoint(target=number(7)),)),),
    )  # fmt: skip
    volume, after = rolled(office, plan)
    assert after.projects[0].indicators[0].years == (YearPoint(target=number(7)),)
    assert report_of(volume).projects == (plan,)


def test_翌々年度の計画は計画のまま残る(office) -> None:
    plan = project(
        "先の事業", kind="plan", fiscal_year=Year(year=2023),
        indicators=(Indicator(name=Said(text="参加者"), years=(YearPoint(target=number(7)),)),),
    )  # fmt: skip
    _, after = rolled(office, plan)
    assert after.projects == (plan,)


def test_同じ事業の実績と計画は一つの記載になる(office) -> None:
    plan = project(
        "走る事業", kind="plan", fiscal_year=Year(year=2022),
        grant=Said(text="デジタル田園都市国家構想交付金"),
        indicators=(
            Indicator(name=Said(text="参加者数"), unit="人", years=(YearPoint(target=number(15)),)),
            Indicator(name=Said(text="新しい指標"), unit="件", baseline=number(1), years=(YearPoint(target=number(2)),)),
        ),
    )  # fmt: skip
    volume, after = rolled(office, RUNNING, plan)
    [came] = after.projects
    assert came.grant == plan.grant
    first, second = came.indicators
    assert (first.definition, first.years) == (Said(text="延べ"), (YearPoint(target=number(15)),))
    assert (second.baseline, second.years) == (number(1), (YearPoint(target=number(2)),))
    assert report_of(volume).projects == (RUNNING, plan)
    assert m.Indicator.objects.filter(project=m.ProjectYear.objects.first().project).count() == 2


def test_前から決めてあった目標と違う計画値は変更後の目標になる(office) -> None:
    ahead = replace(
        RUNNING,
        indicators=(
            Indicator(
                name=Said(text="参加者数"), unit="人",
                years=(
                    YearPoint(fiscal_year=2021, target=number(10), actual=number(12)),
                    YearPoint(fiscal_year=2022, target=number(14)),
                    YearPoint(label="最終", target=number(20)),
                ),
            ),
        ),
    )  # fmt: skip
    plan = project(
        "走る事業", kind="plan", fiscal_year=Year(year=2022),
        indicators=(Indicator(name=Said(text="参加者数"), unit="人", years=(YearPoint(target=number(15)),)),),
    )  # fmt: skip
    _, after = rolled(office, ahead, plan)
    years = after.projects[0].indicators[0].years
    assert [(y.fiscal_year, y.label, y.target) for y in years] == [
        (2021, None, number(10)),
        (2022, None, number(15)),
        (None, "最終", number(20)),
    ]
    changed = m.Value.objects.get(plan="changed")
    assert changed.reason == "令和4年度の計画の記載による"
    assert m.Value.objects.get(number=14).until is not None


def test_何年分も並ぶ表には次の年度の欄が足りなければ足される(office) -> None:
    columns = replace(
        RUNNING,
        indicators=(
            Indicator(
                name=Said(text="参加者数"),
                years=(
                    YearPoint(fiscal_year=2020, actual=number(9)),
                    YearPoint(fiscal_year=2021, actual=Value(gap=Gap.COUNTING)),
                ),
            ),
        ),
    )
    _, after = rolled(office, columns)
    assert [y.fiscal_year for y in after.projects[0].indicators[0].years] == [2020, 2021, 2022]


def test_名のある次の年度の欄があればそれを使う(office) -> None:
    named = replace(
        RUNNING,
        indicators=(
            Indicator(
                name=Said(text="参加者数"),
                years=(
                    YearPoint(fiscal_year=2021, label="R3実績", actual=number(9)),
                    YearPoint(fiscal_year=2022, label="R4目標", target=number(11)),
                ),
            ),
        ),
    )
    _, after = rolled(office, named)
    assert [(y.label, y.target) for y in after.projects[0].indicators[0].years] == [
        ("R3実績", None),
        ("R4目標", number(11)),
    ]


def test_終わった事業は休む(office) -> None:
    done = project("終わった事業", period=period("R1～R3", 2019, 2021))
    volume, after = rolled(office, done, RUNNING)
    assert [p.name.text for p in after.projects] == ["走る事業"]
    rests = rollover_of(volume).of("rests")
    assert [(each.name, each.rests_since) for each in rests] == [("終わった事業", 2022)]


def test_期間のない事業は黙って決めずに問う(office) -> None:
    unknown = project("期間のない事業")
    volume, after = rolled(office, unknown)
    assert after.projects == ()
    [asked] = rollover_of(volume).open
    assert (asked.name, asked.ja) == ("期間のない事業", "実施期間が記載されていません")
    assert m.Project.objects.get().rests_since is None
    settle(by=office.planner, volume=volume.pk, entry=asked.entry, answer="along")
    assert rollover_of(volume).open == ()
    assert m.ProjectYear.objects.filter(volume__fiscal_year=2022).count() == 1
    with pytest.raises(ComesAlready):
        settle(by=office.planner, volume=volume.pk, entry=asked.entry, answer="along")
    with pytest.raises(StillInWork):
        settle(by=office.planner, volume=volume.pk, entry=asked.entry, answer="rest", reason="終了")


def test_休止の答えには理由が要る(office) -> None:
    volume, _ = rolled(office, project("期間のない事業"))
    [asked] = rollover_of(volume).open
    with pytest.raises(NoReason):
        settle(by=office.planner, volume=volume.pk, entry=asked.entry, answer="rest")
    settle(by=office.planner, volume=volume.pk, entry=asked.entry, answer="rest", reason="終了した")
    assert rollover_of(volume).open == ()
    assert m.Project.objects.get().rests_since == 2022
    settle(by=office.planner, volume=volume.pk, entry=asked.entry, answer="along")
    assert m.Project.objects.get().rests_since is None


@pytest.mark.parametrize("stage", ["decided", "published"])
def test_取りまとめの済んだ年度には事業が続かない(office, stage: str) -> None:
    volume, _ = rolled(office, project("期間のない事業"), RUNNING)
    [asked] = rollover_of(volume).open
    settle(by=office.planner, volume=volume.pk, entry=asked.entry, answer="rest", reason="休む")
    assert rollover_of(volume).takes
    after = m.Volume.objects.get(fiscal_year=2022)
    with act("test.stage", body=after.body, by=None) as w:
        w.change(after, stage=stage)
    assert not rollover_of(volume).takes
    before = (m.ProjectYear.objects.count(), m.Value.objects.count())
    with pytest.raises(Locked):
        settle(by=office.planner, volume=volume.pk, entry=asked.entry, answer="along")
    assert m.Project.objects.get(pk=asked.project).rests_since == 2022
    assert (m.ProjectYear.objects.count(), m.Value.objects.count()) == before


def test_更新のときに答えておける(office) -> None:
    volume = record_report(
        by=office.planner, report=report(project("続ける"), project("休む"), project("後で"))
    )
    go, stop, later = rollover_of(volume).coming
    roll_over(by=office.planner, volume=volume.pk, answers={go.entry: "along", stop.entry: "rest"})
    assert [each.name for each in rollover_of(volume).open] == [later.name]
    assert m.ProjectYear.objects.get(volume__fiscal_year=2022).name == "続ける"


def test_終了の方針なのに期間が続く事業も問う(office) -> None:
    ending = replace(RUNNING, verification=Verification(next_policy=Said(text="④ 事業の中止")))
    volume, after = rolled(office, ending)
    assert after.projects == ()
    assert rollover_of(volume).open[0].ja == "実施期間は続きますが、今後の方針は終了・中止です"


def test_終わりのない期間は続く(office) -> None:
    _, after = rolled(office, project("続く事業", period=period("H30～", 2018, None)))
    assert len(after.projects) == 1


def test_ある年度の報告書は上書きしない(office) -> None:
    volume, _ = rolled(office, RUNNING)
    before = Entry.objects.count()
    with pytest.raises(YearThere):
        roll_over(by=office.planner, volume=volume.pk)
    assert Entry.objects.count() == before


def test_更新していない年度の問いには答えられない(office) -> None:
    volume = record_report(by=office.planner, report=report(project("期間のない事業")))
    [asked] = rollover_of(volume).open
    with pytest.raises(NoYearYet):
        settle(by=office.planner, volume=volume.pk, entry=asked.entry, answer="along")


def test_担当課は年度を更新できない(office) -> None:
    volume = record_report(by=office.planner, report=report(RUNNING))
    with pytest.raises(NotAllowed):
        roll_over(by=office.section_head, volume=volume.pk)


def test_一度に取り消せて元のとおりになる(office) -> None:
    done = project("終わった事業", period=period("R1～R3", 2019, 2021))
    volume, _ = rolled(office, done, RUNNING)
    undo(Entry.objects.get(verb="year.roll"), office.planner.pk, "早すぎた")
    assert m.Project.objects.filter(rests_since__isnull=False).count() == 0
    plan = rollover_of(volume)
    assert plan.next_volume is None
    assert not any(each.next_entry for each in plan.coming)
    again = roll_over(by=office.planner, volume=volume.pk)
    assert [p.name.text for p in report_of(again).projects] == ["走る事業"]


def test_もうない課は承継先の名前で来る(office) -> None:
    volume = record_report(by=office.planner, report=report(RUNNING))
    with act("test.publish", body=office.planner.body, by=None) as w:
        w.change(volume, stage="published")
    succeed(
        by=office.planner, old=[office.tourism.pk], new=[NewDepartment("10", "観光交流課")],
        on=date(2022, 4, 1),
    )  # fmt: skip
    made = roll_over(by=office.planner, volume=volume.pk)
    [came] = report_of(made).projects
    assert came.departments == (Said(text="観光交流課"),)
    assert m.Line.objects.get(entry__volume=made).owed_by.name == "観光交流課"
    assert m.Charge.objects.get(entry__volume=volume).text == "観光課"


def test_先に引き継いだ仕事も承継先の名前で来る(office) -> None:
    counting = Indicator(
        name=Said(text="宿泊者数"), unit="人泊",
        years=(YearPoint(fiscal_year=2021, actual=Value(gap=Gap.COUNTING)),),
    )  # fmt: skip
    volume = record_report(by=office.planner, report=report(replace(RUNNING, indicators=(counting,))))  # fmt: skip
    m.Volume.objects.filter(pk=volume.pk).update(stage="published")
    succeed(
        by=office.planner, old=[office.tourism.pk], new=[NewDepartment("04", "経済観光課")],
        on=date(2022, 4, 1),
    )  # fmt: skip
    charge = m.Charge.objects.get(entry__volume=volume)
    assert (charge.text, charge.department.name) == ("観光課", "経済観光課")
    made = roll_over(by=office.planner, volume=volume.pk)
    assert report_of(made).projects[0].departments == (Said(text="経済観光課"),)
    assert report_of(volume).projects[0].departments == (Said(text="観光課"),), (
        "公表した言葉はそのまま"
    )


def test_休んでいる指標は来ない(office) -> None:
    volume = record_report(by=office.planner, report=report(RUNNING))
    with act("test.rest", body=office.planner.body, by=None) as w:
        w.change(m.Indicator.objects.get(), rests_since=2022)
    made = roll_over(by=office.planner, volume=volume.pk)
    assert report_of(made).projects[0].indicators == ()


def test_定義が変わっていれば新しい定義で来る(office) -> None:
    volume = record_report(by=office.planner, report=report(RUNNING))
    old = m.Definition.objects.get()
    with act("test.define", body=office.planner.body, by=None) as w:
        w.add(
            m.Definition(
                indicator=old.indicator, version=2, from_year=2022, name=old.name, unit=old.unit,
                definition="実人数", why="延べでは測れないため",
            )
        )  # fmt: skip
    made = roll_over(by=office.planner, volume=volume.pk)
    assert report_of(made).projects[0].indicators[0].definition == Said(text="実人数")
    assert report_of(volume).projects[0].indicators[0].definition == Said(text="延べ")


def test_終わった制度は名前を改める案が出て黙って変えない(office) -> None:
    report_2022 = replace(
        report(RUNNING), fiscal_year=Year(year=2022), title=Said(text="令和4年度実績")
    )
    volume = record_report(by=office.planner, report=report_2022)
    made = roll_over(by=office.planner, volume=volume.pk)
    entry = m.ProjectYear.objects.get(volume=made)
    [each] = rollover_of(volume).coming
    assert each.scheme.last == 2022
    assert [code for code, _ in each.scheme.following] == ["denen-suishin"]
    assert entry.grant == "地方創生推進交付金"
    with pytest.raises(NoSuchScheme):
        rename_scheme(by=office.planner, entry=entry.pk, scheme="kasoku")
    rename_scheme(by=office.planner, entry=entry.pk, scheme="denen-suishin", seen=entry.stamp)
    assert report_of(made).projects[0].grant.text == (
        "デジタル田園都市国家構想交付金（地方創生推進タイプ）"
    )
    assert rollover_of(volume).coming[0].scheme is None


def test_改称を重ねた制度もいまの名前に届く() -> None:
    assert scheme_over("suishin", 2022) is None
    assert scheme_over("知らない", 2030) is None
    assert [code for code, _ in scheme_over("suishin", 2025).following] == ["dai2sedai"]


def test_種の報告書を更新すると四つのうち三つが続き一つが休む(office, shared) -> None:
    data = (shared / "seed/morioka-r3.txt").read_bytes()
    volume = record_report(by=office.planner, report=read(data, "morioka-r3.txt"))
    made = roll_over(by=office.planner, volume=volume.pk)
    plan = rollover_of(volume)
    assert {f: len(plan.of(f)) for f in ("along", "result", "rests", "asks")} == {
        "along": 2,
        "result": 1,
        "rests": 1,
        "asks": 0,
    }
    after = report_of(made)
    festival = after.projects[-1]
    assert festival.kind == "result"
    assert [i.years[0].target.number for i in festival.indicators] == [4200000, 8790000, 2, 1000]
    assert after.sources == ()


def test_何年続けて更新しても同じ指標であり続ける(office) -> None:
    volume, _ = rolled(office, RUNNING)
    for year in (2023, 2024, 2025):
        last = m.Volume.objects.get(fiscal_year=year - 1)
        roll_over(by=office.planner, volume=last.pk)
    assert m.Indicator.objects.count() == 1
    assert m.Line.objects.count() == 5
    last = roll_over(by=office.planner, volume=m.Volume.objects.get(fiscal_year=2025).pk)
    assert report_of(last).projects == ()
    assert m.Project.objects.get().rests_since == 2026
    assert volume.fiscal_year == 2021


def test_問い合わせの数は事業の数によらない(office, django_assert_max_num_queries) -> None:
    volume = record_report(by=office.planner, report=small_report())
    with django_assert_max_num_queries(4):
        rollover_of(volume)
