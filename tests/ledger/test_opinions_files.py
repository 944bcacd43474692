"""意見書の往復. The sheet goes out as Word and Excel, comes back filled, is looked at, and only then taken in."""

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from sosei.core.errors import NotAllowed, SoseiError
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.journal.models import Entry
from sosei.ledger.actions.opinionfiles import apply_opinions, propose_opinions, refuse_opinions
from sosei.ledger.actions.opinions import Expert, ask_experts
from sosei.ledger.halts import AlreadySettled, NotAsking, SaysNothing
from sosei.ledger.models import Opinion, OpinionReading
from sosei.ledger.queries.opinionsheets import asked_in, file_of, reading_seen
from yearbook import Book, book

pytestmark = pytest.mark.django_db
DAY = datetime(2022, 7, 20, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
BAD = "総合戦略のKPI達成に有効とは言えない"


@pytest.fixture(autouse=True)
def _summer():
    with at(DAY):
        yield


@pytest.fixture
def made() -> Book:
    found = book()
    with act("test.stage", body=found.volume.body, by=None) as w:
        w.change(found.volume, stage="experts")
    return found


def paper_of(made: Book):
    (paper,) = ask_experts(
        by=made.town.planner, volume=made.volume.pk, due_on=date(2022, 8, 10),
        experts=[Expert(name="有識 者子", sector="academia")],
    )  # fmt: skip
    return paper


def filled(made: Book, paper, **said: tuple[str | None, str | None]) -> bytes:
    """The Excel sheet with judgement and opinion written at projects, and a remark on the whole (`whole`)."""
    _, data = file_of(asked_in(made.volume.body, paper.pk), "xlsx")
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    page = workbook.active
    heads = {
        cell.value: cell
        for line in page.iter_rows()
        for cell in line
        if cell.value in ("評価", "意見")
    }
    for name, (judgement, text) in said.items():
        key = f"{paper.mark}:E{getattr(made, name).pk}"
        row = next(c.row for line in page.iter_rows() for c in line if c.value == key)
        page.cell(row, heads["評価"].column, judgement)
        page.cell(row, heads["意見"].column, text)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def read(made: Book, paper, data: bytes, name: str = "意見書 (2).xlsx") -> OpinionReading:
    return propose_opinions(by=made.town.planner, paper=paper.pk, name=name, data=data)


def test_返ってきた意見書は読み取られただけでは取り込まれない(made) -> None:
    paper = paper_of(made)
    reading = read(made, paper, filled(made, paper, tourism=(BAD, "冬の催しを")))
    assert not Opinion.objects.exists()
    seen = reading_seen(made.volume.body, reading.pk)
    (one,) = seen.understood
    assert (one.entry, one.judgement, one.text, one.sure, one.change) == (
        made.tourism.pk, "not_effective", "冬の催しを", True, "added",
    )  # fmt: skip
    assert one.places[0].sheet
    assert seen.unanswered == ("成長分野拠点形成支援事業",)
    assert (seen.open, seen.file) == (True, "意見書 (2).xlsx")


def test_選んだ意見だけが一度に取り込まれる(made) -> None:
    paper = paper_of(made)
    reading = read(
        made, paper, filled(made, paper, tourism=(BAD, "冬の催しを"), it=(None, "良い取組"))
    )
    seen = reading_seen(made.volume.body, reading.pk)
    chosen = [one.number for one in seen.understood if one.entry == made.it.pk]
    before = Entry.objects.count()
    apply_opinions(by=made.town.planner, reading=reading.pk, chosen=chosen)
    said = Opinion.objects.get()
    assert (said.entry, said.text, said.document, said.sector) == (
        made.it, "良い取組", reading.document, "academia",
    )  # fmt: skip
    assert Entry.objects.count() == before + 1
    paper.refresh_from_db()
    assert paper.answered_on == DAY.date()
    with pytest.raises(AlreadySettled):
        apply_opinions(by=made.town.planner, reading=reading.pk, chosen=chosen)


def test_二度目の意見書は前の意見との違いを示し置き換える(made) -> None:
    paper = paper_of(made)
    data = filled(made, paper, tourism=(BAD, "冬の催しを"), it=(None, "良い取組"))
    apply_opinions(by=made.town.planner, reading=read(made, paper, data).pk, chosen=[0, 1])
    again = read(
        made, paper, filled(made, paper, tourism=(BAD, "春の催しを"), it=(None, "良い取組"))
    )
    seen = reading_seen(made.volume.body, again.pk)
    assert {one.entry: one.change for one in seen.understood} == {
        made.tourism.pk: "changed", made.it.pk: "unchanged",
    }  # fmt: skip
    apply_opinions(
        by=made.town.planner, reading=again.pk, chosen=[one.number for one in seen.understood]
    )
    assert Opinion.objects.get(entry=made.tourism).text == "春の催しを"
    assert Opinion.objects.count() == 2


def test_取り込まないと決めた読取りは閉じる(made) -> None:
    paper = paper_of(made)
    reading = read(made, paper, filled(made, paper, tourism=(BAD, "冬の催しを")))
    refuse_opinions(by=made.town.planner, reading=reading.pk)
    assert not reading_seen(made.volume.body, reading.pk).open
    with pytest.raises(AlreadySettled, match="取りやめ"):
        refuse_opinions(by=made.town.planner, reading=reading.pk)
    assert not Opinion.objects.exists()


def test_何も選ばなければ取り込まない(made) -> None:
    paper = paper_of(made)
    reading = read(made, paper, filled(made, paper, tourism=(BAD, "冬の催しを")))
    for chosen in ([], [7], [-1]):
        with pytest.raises(SaysNothing):
            apply_opinions(by=made.town.planner, reading=reading.pk, chosen=chosen)


def test_読み取れない評価は取り込まれず指摘になる(made) -> None:
    paper = paper_of(made)
    reading = read(made, paper, filled(made, paper, tourism=("まあまあ", None)))
    seen = reading_seen(made.volume.body, reading.pk)
    assert seen.not_understood
    assert all(one.judgement is None for one in seen.understood)
    assert "まあまあ" in str(seen.not_understood)


def test_意見書でないファイルは断り何も残さない(made) -> None:
    paper = paper_of(made)
    before = Entry.objects.count()
    for name, data in (("a.xlsx", b"PK\x03\x04x"), ("b.txt", "関係のない文".encode())):
        with pytest.raises(SoseiError):
            read(made, paper, data, name)
    assert Entry.objects.count() == before
    assert not OpinionReading.objects.exists()


def test_読み取りは企画課が有識者の段階で(made) -> None:
    paper = paper_of(made)
    data = filled(made, paper, tourism=(BAD, "冬の催しを"))
    with pytest.raises(NotAllowed):
        propose_opinions(by=made.town.officer, paper=paper.pk, name="a.xlsx", data=data)
    reading = read(made, paper, data)
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage="published")
    with pytest.raises(NotAsking):
        read(made, paper, data)
    with pytest.raises(NotAsking):
        apply_opinions(by=made.town.planner, reading=reading.pk, chosen=[0])


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_意見書の名には番号と氏名があり分野は言葉で載る(made, form) -> None:
    paper = paper_of(made)
    name, data = file_of(asked_in(made.volume.body, paper.pk), form)
    assert name == f"R3-X1_意見書_有識 者子.{form}"
    assert data == file_of(asked_in(made.volume.body, paper.pk), form)[1]
    assert asked_in(made.volume.body, paper.pk).sheet.sector == "学（教育機関）"


def test_読取りの問いの数(made, django_assert_max_num_queries) -> None:
    paper = paper_of(made)
    reading = read(made, paper, filled(made, paper, tourism=(BAD, "冬の催しを")))
    with django_assert_max_num_queries(6):
        reading_seen(made.volume.body, reading.pk)
