"""根拠の検証. Whatever is changed behind the program's back in registers and sums is named; whatever was done by acts is fine."""

import tracemalloc
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from bookroom import BODY, Town, town
from evidenceroom import defined, entered, firm, made, member
from sosei.evidence import models as em
from sosei.evidence.actions.entries import correct, enter, take_out, undo
from sosei.evidence.actions.measures import drop_measure
from sosei.evidence.actions.subjects import merge, set_attribute
from sosei.evidence.drafts import Draft
from sosei.evidence.queries.registers import history
from sosei.house import evidenced
from sosei.house.verifying import whole
from sosei.journal import clock
from sosei.journal.verdict import Problem

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 1, 3, tzinfo=UTC)
DAY = date(2021, 5, 1)
CITIES = ("盛岡市", "青森市")


@pytest.fixture
def office():
    with clock.at(JUNE):
        yield town()


@contextmanager
def later(days: int):
    with clock.at(JUNE + timedelta(days=days)):
        yield


def problems() -> list[Problem]:
    return list(evidenced.problems())


def only(code: str) -> Problem:
    [problem] = problems()
    assert problem.code == code
    return problem


def sql(statement: str, *values: object) -> None:
    """Do what a person with the database in hand would do."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def seen(register: em.Register, number: int) -> int:
    return history(BODY, register.pk, number)[0].content


@pytest.fixture
def members(office: Town) -> em.Register:
    """A register to which everything was done that acts can do: 700 entries from a file, some of them corrected."""
    members = made(office, "members")
    defined(office, "makers", 'count of members where subject.maker = yes at end unit "社"')
    defined(office, "different", 'distinct subject of members during fiscal unit "社"')
    enter(
        by=office.planner, register=members.pk, way="file", source={"source": "名簿.xlsx"},
        drafts=[member(f"会社{n}", DAY - timedelta(days=n), at=f"名簿!A{n}") for n in range(1, 701)],
    )  # fmt: skip
    one, two = em.Subject.objects.order_by("pk")[:2]
    with later(1):
        set_attribute(by=office.planner, subject=one.pk, name="maker", value=True)
        correct(
            by=office.officer, register=members.pk, number=5, seen=seen(members, 5), reason="入会の日の誤り",
            draft=member("会社5", DAY),
        )  # fmt: skip
    with later(2):
        take_out(
            by=office.planner, register=members.pk, number=6, seen=seen(members, 6), reason="二重"
        )
    with later(3):
        batch = entered(office, members, [member("取消会社", DAY), member("会社8", DAY, entry=8)])
        assert batch is not None
    with later(4):
        undo(by=office.planner, batch=batch.pk, reason="別の台帳のもの")
    with later(5):
        merge(by=office.planner, subject=two.pk, into=one.pk, reason="同じ会社")
    return members


@pytest.fixture
def nights(office: Town) -> em.Register:
    """A statistic of which the latest value and a grid are kept."""
    nights = made(office, "guest_nights")
    grid = ", ".join(f'"{city}"' for city in CITIES)
    defined(
        office, "nights",
        f'sum quantity of guest_nights during calendar over place in ({grid}) monthly unit "人泊"',
    )  # fmt: skip
    defined(office, "latest", 'latest quantity of guest_nights during calendar unit "人泊"')
    entered(office, nights, [
        Draft(first=date(2021, n, 1), last=date(2021, n, 28), values={"quantity": Decimal(n) / 10, "place": city})
        for city in CITIES for n in range(1, 13)
    ])  # fmt: skip
    return nights


def test_行いだけで変わった台帳はすべて合う(members: em.Register, nights: em.Register) -> None:
    assert problems() == []
    assert list(evidenced.problems("990002")) == []
    verdict = whole(None, [])
    assert verdict.fine
    assert verdict.contents == em.Entry.objects.count() > 700


# -- contents ----------------------------------------------------------------------------------------------------------


#: What of a content may be changed, and to what.
CHANGES = {
    "first": "'2018-05-01'", "last": "'2022-03-31'", "year": "2020", "size": "9", "quantity": "1", "amount": "1",
    "place": "'東京'", "sort": "'甲'", **{f"reached{n}": "'2018-05-01'" for n in range(1, 9)}, "at": "'別の欄'",
    "reason": "'別の理由'", "gone": "true", "more": """'{"x": 1}'""", "subject_id": "NULL",
    "since": "'2020-01-01 00:00:00+00:00'",
}  # fmt: skip
#: What makes no content another one: it says whose it is, which batch and register it is of, or follows from the next one.
APART = {"id", "body", "batch_id", "register_id", "number", "until"}


def test_変えられる欄はすべて試す() -> None:
    assert {field.column for field in em.Entry._meta.concrete_fields} - APART == set(CHANGES)


@pytest.mark.parametrize("column", CHANGES)
def test_一件だけの束の内容が変えられれば登録を名指す(members: em.Register, column: str) -> None:
    em.Tally.objects.all().delete()
    em.Measure.objects.all().delete()
    where = "WHERE number = 5 AND until IS NULL"
    sql(f'UPDATE evidence_entry SET "{column}" = {CHANGES[column]} {where}')
    named = [problem for problem in problems() if problem.code == "J50"]
    assert [problem.facts["entries"].ja for problem in named] == ["登録5番"]
    assert {problem.code for problem in problems()} <= {"J50", "J54"}


def test_束の中の内容が変えられれば束と番号の範囲と資料を言う(members: em.Register) -> None:
    sql("UPDATE evidence_entry SET \"at\" = '別の欄' WHERE number = 300")
    said = only("J50").sentence()
    assert "台帳「会員名簿」の登録257番から512番までに" in said
    assert "（2022-06-01 12:00:00、企画 花子、ファイル「名簿.xlsx」）" in said
    line = only("J50").facts["lines"]
    assert f"証跡の{line.said('ja')}（" in said
    english = only("J50").sentence("en")
    assert "of entries 257 to 512 something is not what line" in english
    assert "企画 花子, a file, “名簿.xlsx”" in english


def test_団体や台帳や束が変えられても登録を名指す(members: em.Register) -> None:
    other = em.Batch.objects.order_by("pk").last()
    assert other is not None
    sql("UPDATE evidence_entry SET body = '990002' WHERE number = 10")
    assert only("J50").facts["entries"].ja == "登録10番"
    sql("UPDATE evidence_entry SET body = %s WHERE number = 10", BODY)
    sql("UPDATE evidence_entry SET batch_id = %s WHERE number = 10", other.pk)
    assert [problem.code for problem in problems()] == ["J51", "J52"]
    assert [problem.facts["entries"].ja for problem in problems()] == ["登録10番", "登録10番"]


def test_番号が変えられればなくなったことと加わったことを言う(members: em.Register) -> None:
    sql("UPDATE evidence_entry SET number = 9999 WHERE number = 10")
    found = {problem.code: problem for problem in problems()}
    assert found["J51"].facts["entries"].ja == "登録10番"
    assert found["J52"].facts["entries"].ja == "登録9999番"


def test_消された内容は番号まで名指す(members: em.Register) -> None:
    em.Measure.objects.all().delete()
    sql("DELETE FROM evidence_entry WHERE number IN (300, 302, 600)")
    assert [(p.code, p.facts["entries"].ja, p.facts["n"]) for p in problems()] == [
        ("J51", "登録300・302番", 2), ("J51", "登録600番", 1),
    ]  # fmt: skip


def test_束の内容がすべて消されても番号を名指す(members: em.Register) -> None:
    sql("DELETE FROM evidence_entry WHERE number = 5 AND until IS NULL")
    found = {problem.code: problem for problem in problems()}
    assert found["J51"].facts["entries"].ja == "登録5番"
    assert found["J54"].facts["entries"].ja == "登録5番", "前の内容は置き換えられたままになっている"


def test_訂正が消され前の内容が戻されても分かる(members: em.Register) -> None:
    sql("DELETE FROM evidence_entry WHERE number = 5 AND until IS NULL")
    sql("UPDATE evidence_entry SET until = NULL WHERE number = 5")
    assert [p.facts["entries"].ja for p in problems() if p.code == "J51"] == ["登録5番"]
    assert not [p for p in problems() if p.code == "J54"]


COPIED = [f.column for f in em.Entry._meta.concrete_fields if f.column not in ("id", "number")]


@pytest.mark.parametrize(
    ("number", "called"), [("901", "登録901番"), ("number", "登録257番から512番まで")]
)
def test_加えられた内容を名指す(members: em.Register, number: str, called: str) -> None:
    columns = ", ".join(f'"{column}"' for column in COPIED)
    values = columns if number != "number" else columns.replace('"until"', '"since"')
    sql(
        f"INSERT INTO evidence_entry (number, {columns}) SELECT {number}, {values} FROM evidence_entry WHERE number = 300"
    )
    found = {problem.code: problem for problem in problems()}
    assert found["J52"].facts["entries"].ja == called
    assert found["J52"].facts["n"] == 1


def test_束のない内容を名指す(members: em.Register) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets nobody but its administrator take a batch from its contents")
    batch = em.Batch.objects.get(way="merge")
    sql("DELETE FROM evidence_batch WHERE id = %s", batch.pk)
    assert only("J53").facts["entries"].ja == "登録2番"
    assert "J11" in [problem.code for problem in whole(None, []).problems]
    sql(
        "UPDATE evidence_entry SET batch_id = (SELECT MIN(id) FROM evidence_batch) WHERE batch_id = %s",
        batch.pk,
    )


def test_読み取れない値も名指して先へ進む(members: em.Register, nights: em.Register) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no date that is none")
    sql(
        "UPDATE evidence_entry SET first = '2021-13-45' WHERE number = 5 AND until IS NULL AND place IS NULL"
    )
    sql("UPDATE evidence_entry SET quantity = 7 WHERE number = 3 AND place IS NOT NULL")
    found = [(problem.code, str(problem.facts.get("measure", ""))) for problem in problems()]
    assert [code for code, _ in found if code == "J50"] == ["J50", "J50"]
    assert [name for code, name in found if code == "J57"] == ["makers", "different"]
    assert ("J56", "nights") in found


# -- until when, and in which order ------------------------------------------------------------------------------------


def test_いつまでかが変えられれば名指す(members: em.Register) -> None:
    sql(
        "UPDATE evidence_entry SET until = '2022-06-01 09:00:00+00:00' WHERE number = 5 AND until IS NOT NULL"
    )
    said = only("J54").sentence()
    assert (
        "登録5番の2022-06-01 12:00:00からの内容は、2022-06-01 18:00:00までとされていますが、正しくは2022-06-02 12:00:00まで"
        in said
    )
    assert "is said to hold until" in only("J54").sentence("en")


def test_置き換えられたことにして隠された登録を名指す(members: em.Register) -> None:
    sql("UPDATE evidence_entry SET until = '2022-06-01 09:00:00+00:00' WHERE number = 400")
    problem = next(problem for problem in problems() if problem.code == "J54")
    assert problem.facts["entries"].ja == "登録400番"
    assert "正しくはいままで" in problem.sentence()


def test_並びが変えられれば名指す(members: em.Register) -> None:
    first, last = em.Entry.objects.filter(number=5).order_by("pk").values_list("pk", flat=True)
    for old, new in ((first, 10**6), (last, first), (10**6, last)):
        sql("UPDATE evidence_entry SET id = %s WHERE id = %s", new, old)
    assert "J55" in {problem.code for problem in problems()}
    assert {problem.facts["entries"].ja for problem in problems()} == {"登録5番"}


# -- sums --------------------------------------------------------------------------------------------------------------


def test_控えた合計が変えられれば年度と欄と値を言う(nights: em.Register) -> None:
    tally = em.Tally.objects.get(measure__key="nights", cell="1 2021-03")
    em.Tally.objects.filter(pk=tally.pk).update(total=30000, n=2)
    said = only("J56").sentence()
    assert said == (
        "数え方「nights」の2021年度の「青森市 2021-03」の控えた合計は2件・計3ですが、登録から数え直すと1件・計0.3です。"
    )
    assert "fiscal year 2021, “青森市 2021-03”: the kept sum is 2 entries, total 3" in only(
        "J56"
    ).sentence("en")


def test_控えた合計が消されても加えられても名指す(
    members: em.Register, nights: em.Register
) -> None:
    measure = em.Measure.objects.get(key="different")
    em.Tally.objects.filter(measure=measure, year=2021).delete()
    em.Tally.objects.create(measure=measure, year=1999, cell="", n=1, total=0)
    em.Tally.objects.filter(measure__key="latest", cell="=").update(total=1)
    found = [(p.facts["measure"], p.facts["year"], p.facts["cell"].ja) for p in problems()]
    assert found == [
        ("different", 1999, ""),
        ("different", 2021, ""),
        ("latest", 2021, "の最新の値"),
    ]
    assert {problem.code for problem in problems()} == {"J56"}


def test_無い合計と零の合計は同じ(members: em.Register) -> None:
    measure = em.Measure.objects.get(key="different")
    em.Tally.objects.create(measure=measure, year=1999, cell="", n=0, total=0)
    assert problems() == []


def test_やめた数え方に控えが残っていれば名指す(office: Town, members: em.Register) -> None:
    measure = em.Measure.objects.get(key="different")
    drop_measure(by=office.planner, row=measure.pk, reason="やめた指標")
    assert problems() == []
    em.Tally.objects.create(measure=measure, year=2021, cell="", n=1, total=1)
    assert only("J56").facts["measure"] == "different"


def test_属性が変えられれば合計も合わない(members: em.Register) -> None:
    assert em.Attribute.objects.update(value=False) == 1
    assert "makers" in {problem.facts["measure"] for problem in problems()}
    assert "J10" in {problem.code for problem in whole(None, []).problems}


def test_数えられない数え方は理由を言う(members: em.Register) -> None:
    em.Measure.objects.filter(key="makers").update(text="count of nothing")
    assert only("J57").facts["measure"] == "makers"
    em.Measure.objects.filter(key="makers").update(text='count of nothing unit "社"')
    assert only("J57").facts["measure"] == "makers"


# -- on a large book ---------------------------------------------------------------------------------------------------


def test_何千件あっても一つの変更を名指しそれだけを言う(office: Town) -> None:
    events = made(office, "events")
    defined(office, "events", 'count of events during fiscal unit "回"')
    for part in range(3):
        entered(office, events, [
            Draft(first=DAY + timedelta(days=n % 700), values={"title": f"催し{part}-{n}", "kind": "セミナー"})
            for n in range(3000)
        ])  # fmt: skip
    for n in range(40):
        entered(office, events, [Draft(first=DAY, values={"title": f"一件{n}", "kind": "その他"})])
    assert problems() == []
    sql("UPDATE evidence_entry SET sort = 'その他' WHERE number = 4444")
    assert only("J50").facts["entries"].ja == "登録4281番から4536番まで"
    sql("UPDATE evidence_entry SET sort = 'セミナー' WHERE number IN (4444, 9007)")
    assert only("J50").facts["entries"].ja == "登録9007番"


def test_点検の記憶は台帳の大きさで増えない(office: Town) -> None:
    events = made(office, "events")
    defined(office, "events", 'count of events during fiscal unit "回"')

    def grown(n: int) -> None:
        entered(office, events, [
            Draft(first=DAY, values={"title": f"催し{k}" * 20, "kind": "セミナー"}) for k in range(n)
        ])  # fmt: skip

    def most(look: Callable[[], list[Problem]]) -> int:
        tracemalloc.start()
        assert look() == []
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    grown(4000)
    small = most(problems)
    for _ in range(4):
        grown(4000)
    assert most(problems) < 1.3 * small


def test_多くの変更は数えて百件だけ名指す(office: Town) -> None:
    members = made(office, "members")
    for n in range(120):
        enter(
            by=office.planner,
            register=members.pk,
            drafts=[Draft(who=firm("甲"), first=DAY, at=str(n))],
        )
    sql("UPDATE evidence_entry SET size = 2")
    verdict = whole(None, [])
    assert verdict.counts["J50"] == 120
    assert len(verdict.problems) == 100
