"""照会. What is asked of whom, how it goes out, who is late, and what a closed inquiry no longer takes."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from inquiryroom import JUNE, Room, room
from sosei.core.errors import NotAllowed, Stale
from sosei.journal.clock import at
from sosei.journal.models import Entry
from sosei.ledger import models as m
from sosei.ledger.actions.inquiries import (
    Wording,
    close_inquiry,
    extend_inquiry,
    remind_parts,
    reopen_inquiry,
    send_inquiry,
)
from sosei.ledger.objections import (
    DueBeforeSending,
    InquiryClosed,
    NotCollecting,
    NothingToAsk,
)
from sosei.ledger.queries.asking import asking_of
from sosei.ledger.queries.documents import files_of
from sosei.ledger.queries.inquiries import board_of, inquiries_of, part_of
from sosei.ledger.queries.questions import KINDS, USUAL
from sosei.ledger.refusals import NoSuchThing
from sosei.ledger.sheets import kept, sheet_of
from sosei.offices.workdays import after, is_open, open_days_between

pytestmark = pytest.mark.django_db
DUE = date(2023, 6, 21)


@pytest.fixture
def place():
    with at(JUNE):
        yield room()


def send(place: Room, *, due: date = DUE, kinds=USUAL, by=None) -> m.Inquiry:
    return send_inquiry(
        by=by or place.town.planner,
        volume=place.volume.pk,
        departments=[place.town.it.pk, place.town.tourism.pk],
        kinds=kinds,
        words=Wording(title="令和4年度 KPI実績調査", due_on=due, contact="企画課 内線 2345"),
    )


def test_課ごとに足りないものだけを尋ねる(place: Room) -> None:
    asking = asking_of(place.volume)
    by = {part.name: part for part in asking.parts}
    assert list(by) == ["ものづくり推進課", "観光課"]
    cluster = [(q.indicator or q.field, q.role, q.now) for q in by["ものづくり推進課"].questions]
    assert cluster == [
        ("会員企業への就職者数", "actual", None),
        ("会員企業数", "actual", "集計中"),
        ("補助金", "spending", None),
        ("Verification.grade", "text", None),
        ("Verification.countermeasure", "text", None),
        ("Verification.next_policy", "text", None),
        ("Verification.next_policy_reason", "text", None),
    ]
    festival = [(q.indicator, q.now) for q in by["観光課"].questions if not q.is_text]
    assert festival == [("延べ宿泊者数", "4,000,000\n確報区分：速報"), ("観光消費額", None)]
    assert asking.nobody == ("担当のない事業",)


def test_前年度の値と目標が横にある(place: Room) -> None:
    cluster = asking_of(place.volume).parts[0]
    by = {q.indicator or q.field: q for q in cluster.questions}
    assert (by["会員企業への就職者数"].target, by["会員企業への就職者数"].last_year) == ("20", "18")
    assert (by["補助金"].unit, by["補助金"].last_year) == ("千円", "17,662")
    assert by["Verification.next_policy"].last_year == "事業の継続"
    assert "事業の継続" in by["Verification.next_policy"].choices


def test_尋ねる内容は選べる(place: Room) -> None:
    def figures(kinds: set[str]) -> Counter[str]:
        parts = asking_of(place.volume, kinds).parts
        return Counter(q.role for part in parts for q in part.questions)

    assert figures({"missing"}) == {"actual": 3}
    assert figures({"final"}) == {"actual": 1}
    assert figures({"values"}) == {"actual": 2}, "the preliminary one and the known one"
    assert figures({"money"}) == {"spending": 1}
    assert figures({"amounts"}) == {"spending": 1}, "the total is never asked"
    assert figures({"texts"}) == {"text": 1}
    assert figures(set(KINDS))["actual"] == 5
    assert figures(set()) == {}


def test_発出は一つの行いで課ごとに様式がつく(place: Room) -> None:
    before = Entry.objects.count()
    inquiry = send(place)
    assert Entry.objects.count() == before + 1
    line = Entry.objects.latest("seq")
    assert (line.verb, line.facts) == ("inquiry.send", {"parts": 2, "items": 14})
    parts = list(inquiry.parts.order_by("mark"))
    assert [part.mark for part in parts] == ["R4-1-02", "R4-1-03"]
    files = files_of(inquiry.body, [part.workbook_id for part in parts])
    assert [f.name for f in files] == [
        "R4-1-02_ものづくり推進課_回答様式.xlsx",
        "R4-1-03_観光課_回答様式.xlsx",
    ]
    assert all(f.data.startswith(b"PK") for f in files)
    assert m.Owed.objects.filter(part=parts[0]).count() == 7


def test_二度目の照会は番号が進む(place: Room) -> None:
    send(place)
    again = send(place, kinds={"missing"})
    assert {part.mark for part in again.parts.all()} == {"R4-2-02", "R4-2-03"}


def test_様式の控えは元に戻る(place: Room) -> None:
    part = send(place).parts.first()
    sheet = sheet_of(part.sheet)
    assert sheet.due_on == DUE
    assert sheet.department == "ものづくり推進課"
    assert sheet.office == "企画課"
    assert kept(sheet) == part.sheet


def test_担当者は照会を出せない(place: Room) -> None:
    with pytest.raises(NotAllowed):
        send(place, by=place.town.officer)
    assert not m.Inquiry.objects.exists()


def test_期限は発出日より後(place: Room) -> None:
    with pytest.raises(DueBeforeSending, match="令和5年6月7日"):
        send(place, due=date(2023, 6, 7))
    assert send(place, due=date(2023, 6, 8)).due_on == date(2023, 6, 8)


def test_尋ねることがなければ出さない(place: Room) -> None:
    with pytest.raises(NothingToAsk):
        send(place, kinds=set())


def test_公表した報告書には照会を出せない(place: Room) -> None:
    m.Volume.objects.filter(pk=place.volume.pk).update(stage="published")
    with pytest.raises(NotCollecting, match="令和4年度"):
        send(place)


def test_ほかの団体の年度版には出せない(place: Room) -> None:
    m.Volume.objects.filter(pk=place.volume.pk).update(body="990002")
    with pytest.raises(NoSuchThing):
        send(place)


def test_状況表は期限の前と後で変わる(place: Room) -> None:
    inquiry = send(place)
    assert {p.state for p in board_of(inquiry.body, inquiry.pk).parts} == {"out"}
    with at(JUNE.replace(day=21)):
        assert {p.late_by for p in board_of(inquiry.body, inquiry.pk).parts} == {0}, "due today"
    with at(JUNE.replace(day=24)):
        late = board_of(inquiry.body, inquiry.pk).parts
        assert [(p.state, p.late_by) for p in late] == [("late", 3), ("late", 3)]
        assert inquiries_of(inquiry.body)[0].late_by == 3


def test_状況表は台帳の今の値を数える(place: Room) -> None:
    inquiry = send(place)
    first = board_of(inquiry.body, inquiry.pk).parts[0]
    assert first.items == {"open": 6, "counting": 1}
    assert board_of(inquiry.body, inquiry.pk).items["preliminary"] == 1
    value = m.Value.objects.get(gap="counting")
    m.Value.objects.filter(pk=value.pk).update(gap=None, number=34)
    assert board_of(inquiry.body, inquiry.pk).parts[0].items == {"open": 6, "filled": 1}


def test_一課の画面には様式どおりの項目が並ぶ(place: Room) -> None:
    part = send(place).parts.order_by("mark").first()
    seen = part_of(part.body, part.pk)
    assert [item.question.key for item in seen.items] == [q.key for q in seen.sheet.questions]
    assert [item.state for item in seen.items][:3] == ["open", "counting", "open"]


def test_延長は一課だけにも全体にもできる(place: Room) -> None:
    inquiry = send(place)
    one = inquiry.parts.order_by("mark").first()
    extend_inquiry(by=place.town.planner, inquiry=inquiry.pk, part=one.pk, due_on=date(2023, 6, 28))
    assert [p.due_on.day for p in sorted(board_of(inquiry.body, inquiry.pk).parts, key=lambda p: p.code)] == [28, 21]  # fmt: skip
    with pytest.raises(DueBeforeSending):
        extend_inquiry(by=place.town.planner, inquiry=inquiry.pk, part=one.pk, due_on=date(2023, 6, 28))  # fmt: skip
    extend_inquiry(by=place.town.planner, inquiry=inquiry.pk, due_on=date(2023, 6, 30))
    assert {p.due_on.day for p in board_of(inquiry.body, inquiry.pk).parts} == {30}


def test_過ぎた日には延長できない(place: Room) -> None:
    inquiry = send(place)
    part = inquiry.parts.order_by("mark").first()
    with at(datetime(2023, 7, 20, 1, tzinfo=UTC)):
        for one in (None, part.pk):
            with pytest.raises(DueBeforeSending, match="7月20日"):
                extend_inquiry(by=place.town.planner, inquiry=inquiry.pk, part=one, due_on=date(2023, 7, 1))  # fmt: skip
        extend_inquiry(by=place.town.planner, inquiry=inquiry.pk, due_on=date(2023, 7, 21))


def test_延長は見ていた版が古いと断る(place: Room) -> None:
    inquiry = send(place)
    extend_inquiry(by=place.town.planner, inquiry=inquiry.pk, due_on=date(2023, 6, 26), seen=1)
    with pytest.raises(Stale):
        extend_inquiry(by=place.town.planner, inquiry=inquiry.pk, due_on=date(2023, 6, 28), seen=1)


def test_督促した日が残る(place: Room) -> None:
    inquiry = send(place)
    parts = [part.pk for part in inquiry.parts.all()]
    assert remind_parts(by=place.town.planner, inquiry=inquiry.pk, parts=parts[:1]) == 1
    days = [p.reminded_on for p in inquiry.parts.order_by("pk")]
    assert days == [date(2023, 6, 7), None]


def test_締め切ると答えも督促も受けない(place: Room) -> None:
    inquiry = send(place)
    close_inquiry(by=place.town.planner, inquiry=inquiry.pk)
    assert {p.state for p in board_of(inquiry.body, inquiry.pk).parts} == {"closed"}
    with pytest.raises(InquiryClosed, match="令和5年6月7日"):
        remind_parts(by=place.town.planner, inquiry=inquiry.pk, parts=[])
    reopen_inquiry(by=place.town.planner, inquiry=inquiry.pk, due_on=date(2023, 6, 30))
    assert {p.due_on.day for p in board_of(inquiry.body, inquiry.pk).parts} == {30}


def test_開庁日は土日と祝日と年末年始を除く() -> None:
    assert after(date(2023, 12, 27), 2) == date(2024, 1, 4)
    assert after(date(2023, 5, 2), 1) == date(2023, 5, 8), "three holidays and a weekend"
    assert not is_open(date(2019, 4, 30)), "the holiday of the accession"
    day = date(2023, 6, 7)
    assert [open_days_between(day, after(day, n)) for n in range(1, 30)] == list(range(1, 30))
    assert open_days_between(day, day - timedelta(days=3)) == 0
