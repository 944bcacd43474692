"""値の登録. Typed as offices write, kept as what was meant; what was there stays; zero, blank and 集計中 are three things."""

from datetime import date
from decimal import Decimal

import pytest

from sosei.core.errors import NoReason, NotAllowed, Stale, UnreadableFigure
from sosei.core.gaps import Gap
from sosei.journal.clock import now
from sosei.journal.models import Entry
from sosei.ledger.actions.figures import change_baseline, change_target, is_closed, record_value
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.doubts import BlankFigure, OtherUnit, Resting, WhenCounted
from sosei.ledger.halts import Locked
from sosei.ledger.models import Edition, Line, Point, Shown, Value
from sosei.ledger.queries.view import report_of
from sosei.ledger.refusals import NoSuchThing
from sosei.ledger.typed import Typed, figure_of
from yearbook import Book, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Book:
    return book()


def line(made: Book, name: str) -> Line:
    return Line.objects.get(entry__volume=made.volume, definition__name=name)


def now_in(made: Book, name: str, role: str = "actual", year: int = 2021) -> Value | None:
    return Value.objects.filter(
        point__indicator=line(made, name).indicator, point__fiscal_year=year, role=role,
        until__isnull=True,
    ).first()  # fmt: skip


def record(made: Book, text: str, *, name: str = "新規雇用者数", seen: int | None = None, **said):
    row = line(made, name)
    by = said.pop("by", made.town.officer if name == "新規雇用者数" else made.town.other)
    at = {k: said.pop(k) for k in ("point", "year", "role") if k in said}
    return record_value(by=by, line=row.pk, typed=Typed(text=text, **said), seen=seen, **at)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("１８", "人", "18"),
        ("1,234", "人", "1234"),
        ("１．２万人", "人", "12000"),
        ("18名", "人", "18"),
        ("△5.6", "%", "-5.6"),
        ("259,057千円", "千円", "259057"),
        ("2億5,905万7千円", "千円", "259057"),
        ("0", "人", "0"),
        ("635万人回", "万人回", "635"),
    ],
)
def test_事務所の書き方の数を指標の単位で読む(text, unit, number) -> None:
    found = figure_of(text, unit=unit, what="値")
    assert found.number == Decimal(number)
    assert found.unit is None


@pytest.mark.parametrize(
    ("text", "unit", "refusal"),
    [
        ("", "人", BlankFigure),
        ("　", "人", BlankFigure),
        ("18社", "人", OtherUnit),
        ("5%", "人", OtherUnit),
        ("多数", "人", UnreadableFigure),
        ("1,23", "人", UnreadableFigure),
        ("33社（うち新規5社）", "社", UnreadableFigure),
        ("1 8", "人", UnreadableFigure),
    ],
)
def test_数でないものや別の単位は断る(text, unit, refusal) -> None:
    with pytest.raises(refusal):
        figure_of(text, unit=unit, what="値")


def test_空欄はゼロにならずゼロはゼロのまま(made) -> None:
    with pytest.raises(BlankFigure):
        record(made, "", name="入込客数")
    assert now_in(made, "入込客数").gap == "counting"
    record(made, "0", name="入込客数")
    assert now_in(made, "入込客数").number == 0


def test_打ったとおりの書き方が値のそばに残る(made) -> None:
    record(made, "１．２万人", name="入込客数", by=made.town.other)
    row = now_in(made, "入込客数")
    assert row.number == 12000
    assert row.trace[""]["raw"] == "１．２万人"
    assert row.origin == "typed"


def test_同じ値を入れても何も変わらない(made) -> None:
    before = Entry.objects.count()
    assert record(made, "18人") is None
    assert Entry.objects.count() == before


def test_速報から確定へ値が替わり前の値が残る(made) -> None:
    first = record(made, "17", state="preliminary", reason="訂正")
    second = record(made, "17", state="final")
    assert (first.state, second.state) == ("preliminary", "final")
    first.refresh_from_db()
    assert first.until is not None
    rows = Value.objects.filter(point=second.point, role="actual").order_by("pk")
    assert [(v.number, v.state) for v in rows] == [(18, None), (17, "preliminary"), (17, "final")]
    assert Entry.objects.order_by("seq").last().verb == "value.record"


def test_数字に付いた速報の語は確度になる(made) -> None:
    assert record(made, "17人（速報値）").state == "preliminary"


def test_確定した値を替えるには理由が要る(made) -> None:
    record(made, "17", state="final")
    with pytest.raises(NoReason):
        record(made, "16")
    assert record(made, "16", reason="二重に数えていた").reason == "二重に数えていた"


def test_数を集計中に戻すには理由が要る(made) -> None:
    said = {"expected_on": date(2022, 8, 31), "owed_by": made.town.it.pk}
    with pytest.raises(NoReason):
        record(made, "集計中", **said)
    assert record(made, "集計中", reason="学校からの回答が遅れた", **said).gap == "counting"


def test_集計中は予定日とだれが出すかを伴う(made) -> None:
    made.it.lines.update(owed_by=None)
    with pytest.raises(WhenCounted):
        record(made, "集計中", reason="調査中")
    with pytest.raises(WhenCounted):
        record(made, "集計中", reason="調査中", expected_on=date(2022, 8, 31))
    row = record(
        made, "集計中", reason="調査中", expected_on=date(2022, 8, 31), owed_by=made.town.it.pk
    )
    assert (row.owed_by, row.expected_on) == (made.town.it, date(2022, 8, 31))
    shown = report_of(made.volume).projects[0].indicators[0].years[1].actual
    assert (shown.gap, shown.expected) == (Gap.COUNTING, "令和4年8月31日")


def test_公表した年度の値を替えるには理由が要る(made) -> None:
    point = Point.objects.get(indicator=line(made, "新規雇用者数").indicator, fiscal_year=2020)
    assert not is_closed(point)
    Edition.objects.create(
        body=made.volume.body, since=now(), volume=made.volume, number=1, published_on=date(2022, 9, 1),
        report="{}", sha256="0", seq=1, head="0",
    )  # fmt: skip
    assert is_closed(point)
    with pytest.raises(NoReason):
        record(made, "8", point=point.pk)
    assert record(made, "8", point=point.pk, reason="誤記の訂正").number == 8


def test_年度の欄がなければ作る(made) -> None:
    row = record(made, "12", year=2019)
    assert row.point.fiscal_year == 2019
    assert Shown.objects.filter(line=line(made, "新規雇用者数")).count() == 3
    assert record(made, "13", year=2019).point == row.point


def test_欄のない指標の値は断る(made) -> None:
    elsewhere = Point.objects.get(indicator=line(made, "入込客数").indicator)
    with pytest.raises(NoSuchThing):
        record(made, "12", point=elsewhere.pk)


def test_先に変えた人がいれば断り何も上書きしない(made) -> None:
    seen = now_in(made, "新規雇用者数").pk
    record(made, "20", seen=seen)
    with pytest.raises(Stale):
        record(made, "21", seen=seen)
    assert now_in(made, "新規雇用者数").number == 20


def test_担当の課と企画課だけが登録できる(made) -> None:
    for who in (made.town.other, made.town.auditor, made.town.expert, made.town.admin):
        with pytest.raises(NotAllowed):
            record(made, "20", by=who)
    assert record(made, "20", by=made.town.planner) is not None
    assert record(made, "21", by=made.town.section_head) is not None


def test_提出した後は登録できない(made) -> None:
    move_entry(by=made.town.officer, entry=made.it.pk, move="submit")
    with pytest.raises(Locked):
        record(made, "20")
    assert record(made, "20", by=made.town.planner) is not None


def test_休止した指標には書けない(made) -> None:
    made.it.lines.get().indicator.__class__.objects.filter(
        pk=line(made, "新規雇用者数").indicator_id
    ).update(rests_since=2021)
    with pytest.raises(Resting):
        record(made, "20")


def test_ほかの団体の指標はないものとして断る(made) -> None:
    with pytest.raises(NoSuchThing):
        record_value(by=made.town.officer, line=0, typed=Typed(text="1"), seen=None)


# -- targets ----------------------------------------------------------------------------------------------------------


def target(made: Book, text: str, *, by=None, seen=None, **said):
    row = line(made, "新規雇用者数")
    at = {k: said.pop(k) for k in ("point", "year") if k in said}
    return change_target(
        by=by or made.town.planner, line=row.pk, typed=Typed(text=text, **said), seen=seen, **at
    )


def test_目標を変えるには理由が要り初めの計画が残る(made) -> None:
    with pytest.raises(NoReason):
        target(made, "15")
    changed = target(made, "15", reason="計画の変更申請による")
    assert (changed.plan, changed.reason) == ("changed", "計画の変更申請による")
    first = Value.objects.get(point=changed.point, role="target", until__isnull=False)
    assert (first.plan, first.number) == ("first", 10)


def test_新しい年度の目標は初めの計画で理由が要らない(made) -> None:
    first = target(made, "30", year=2023)
    assert (first.plan, first.number, first.point.fiscal_year) == ("first", 30, 2023)


def test_担当者は目標を変えられない(made) -> None:
    with pytest.raises(NotAllowed):
        target(made, "15", by=made.town.officer, reason="楽にしたい")


def test_基準値を変えるには理由が要る(made) -> None:
    row = line(made, "新規雇用者数")
    said = {"by": made.town.planner, "line": row.pk, "seen": None}
    with pytest.raises(NoReason):
        change_baseline(typed=Typed(text="6"), **said)
    assert change_baseline(typed=Typed(text="6", reason="転記の誤り"), **said).number == 6
    fresh = line(made, "延べ宿泊者数")
    first = change_baseline(
        by=made.town.planner, line=fresh.pk, typed=Typed(text="500"), seen=0
    )  # fmt: skip
    assert first.of_definition == fresh.definition
