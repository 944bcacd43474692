"""一覧での入力. TypedRow as people type; nothing half saved; nothing overwritten unseen; undone as one."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inquiryroom import JUNE, Room, room
from sosei.core.errors import NotAllowed
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.journal.models import Entry
from sosei.ledger import models as m
from sosei.ledger.actions.grid import TypedRow, save_grid
from sosei.ledger.halts import Locked
from sosei.ledger.objections import GridRefused
from sosei.ledger.queries.grid import Grid, GridRow, grid_of
from sosei.ledger.refusals import NoSuchThing

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    with at(JUNE):
        yield room()


def row(grid: Grid, name: str) -> GridRow:
    return next(r for r in grid.rows if r.name == name)


def typed(r: GridRow, figure: str | None = None, *, sure: bool = False, **cells: str) -> TypedRow:
    cell = replace(r.cell, **cells) if figure is None else replace(r.cell, typed=figure, **cells)
    return TypedRow(key=r.key, cell=cell, was=r.cell, seen=r.seen, note_seen=r.note_seen, sure=sure)


def save(place: Room, *cells: TypedRow, by=None):
    return save_grid(by=by or place.town.planner, volume=place.volume.pk, typed=cells)


def problems(refused: GridRefused) -> dict[str, list[str]]:
    return {key: [p.code for p in several] for key, several in refused.problems.items()}


def test_表は事業ごとに今の値と目標と前年度を並べる(place: Room) -> None:
    grid = grid_of(place.town.planner, place.volume.pk)
    assert [g.name for g in grid.groups] == [
        "成長分野拠点形成支援事業", "夏祭り交流人口拡大事業", "担当のない事業",
    ]  # fmt: skip
    hires = row(grid, "会員企業への就職者数")
    assert (hires.target, hires.last, hires.cell.typed, hires.unit) == ("20", "18", "", "人")
    assert row(grid, "会員企業数").cell.typed == "集計中"
    assert row(grid, "延べ宿泊者数").cell == replace(
        row(grid, "延べ宿泊者数").cell, typed="4,000,000", state="preliminary"
    )
    assert (row(grid, "業務委託").cell.typed, row(grid, "補助金").last) == ("10,010", "17,662")
    assert row(grid, "合計").kind == "total"
    assert grid.missing == 5


def test_課の表には課の行だけがある(place: Room) -> None:
    grid = grid_of(place.town.officer, place.volume.pk, place.town.it.pk)
    assert [g.name for g in grid.groups] == ["成長分野拠点形成支援事業"]
    assert grid.department_name == "ものづくり推進課"
    assert {name for _, name in grid.choices} == {"ものづくり推進課", "観光課"}


@pytest.mark.parametrize(
    ("text", "number", "gap"),
    [
        ("18", 18, None), ("１８", 18, None), ("18人", 18, None), ("1,234", 1234, None),
        ("０", 0, None), ("△5", -5, None), ("集計中", None, "counting"), ("該当なし", None, "not_applicable"),
        ("集計中（7月末）", None, "counting"),
    ],
)  # fmt: skip
def test_人が打つとおりに読む(place: Room, text: str, number: int | None, gap: str | None) -> None:
    hires = row(grid_of(place.town.officer, place.volume.pk), "会員企業への就職者数")
    assert save(place, typed(hires, text, sure=True), by=place.town.officer).changed == 1
    value = m.Value.objects.get(point=hires.point, role="actual", until__isnull=True)
    assert (value.number, value.gap, value.origin) == (number, gap, "typed")


def test_集計中は判明予定日と課を覚える(place: Room) -> None:
    hires = row(grid_of(place.town.officer, place.volume.pk), "会員企業への就職者数")
    save(place, typed(hires, "集計中", expected="7月末"))
    value = m.Value.objects.get(point=hires.point, role="actual", until__isnull=True)
    assert (value.expected, str(value.expected_on), value.owed_by) == (
        "7月末", "2023-07-31", place.town.it,
    )  # fmt: skip


def test_千円は円に直し_円で打った額も読む(place: Room) -> None:
    grid = grid_of(place.town.planner, place.volume.pk)
    save(place, typed(row(grid, "補助金"), "17,662千円"))
    line = m.Spending.objects.get(label="補助金", entry__volume=place.volume)
    assert line.yen == 17_662_000
    subsidy = row(grid_of(place.town.planner, place.volume.pk), "補助金")
    with pytest.raises(GridRefused) as refused:
        save(place, typed(subsidy, "17,663,000円"))
    assert problems(refused.value) == {subsidy.key: ["E630"]}, (
        "a unit that was turned is asked about"
    )
    save(place, typed(subsidy, "17,663,000円", sure=True))
    line.refresh_from_db()
    assert line.yen == 17_663_000


def test_誤りはすべての欄について言い_何も書かない(place: Room) -> None:
    grid = grid_of(place.town.planner, place.volume.pk)
    wrong = [
        typed(row(grid, "会員企業への就職者数"), "だいたい"),
        typed(row(grid, "会員企業数"), "34社"),
        typed(row(grid, "海外売上高"), ""),
        typed(row(grid, "観光消費額"), "12.5人"),
        typed(row(grid, "補助金"), "集計中"),
    ]
    lines = Entry.objects.count()
    with pytest.raises(GridRefused) as refused:
        save(place, *wrong)
    found = problems(refused.value)
    assert [found.get(t.key) for t in wrong] == [["E628"], None, ["E108"], ["E629"], ["E451"]]
    assert Entry.objects.count() == lines


def test_空欄は消さない(place: Room) -> None:
    sales = row(grid_of(place.town.planner, place.volume.pk), "海外売上高")
    with pytest.raises(GridRefused):
        save(place, typed(sales, ""))
    assert m.Value.objects.filter(point=sales.point, role="actual", number=259057).exists()


def test_変えた欄だけを一つの行いで書く(place: Room) -> None:
    grid = grid_of(place.town.planner, place.volume.pk)
    before = Entry.objects.count()
    untouched = [typed(r) for r in grid.rows]
    changed = [
        typed(row(grid, "会員企業への就職者数"), "18"), typed(row(grid, "会員企業数"), "34"),
    ]  # fmt: skip
    assert save(place, *untouched).changed == 0
    assert Entry.objects.count() == before
    saved = save(place, *untouched, *changed)
    assert saved.changed == 2
    assert Entry.objects.count() == before + 1
    line = Entry.objects.latest("seq")
    batch = m.Batch.objects.get(pk=saved.batch)
    assert (line.verb, batch.applied_seq, batch.kind, batch.difference["counts"]) == (
        "grid.save", line.seq, "grid", {"added": 1, "changed": 1},
    )  # fmt: skip


def test_欄が増えても読む回数は増えない(place: Room) -> None:
    def reads(*cells: TypedRow) -> int:
        with CaptureQueriesContext(connection) as seen:
            save(place, *cells)
        return sum(one["sql"].startswith("SELECT") for one in seen)

    grid = grid_of(place.town.planner, place.volume.pk)
    one = reads(typed(row(grid, "会員企業への就職者数"), "18"))
    grid = grid_of(place.town.planner, place.volume.pk)
    three = reads(
        typed(row(grid, "会員企業への就職者数"), "19"), typed(row(grid, "会員企業数"), "34"),
        typed(row(grid, "海外売上高"), "259058"),
    )  # fmt: skip
    assert three == one


def test_同じ値を打ち直しても何も書かない(place: Room) -> None:
    sales = row(grid_of(place.town.planner, place.volume.pk), "海外売上高")
    before = Entry.objects.count()
    assert save(place, typed(sales, "259057")).changed == 0
    assert Entry.objects.count() == before


def test_千倍の値は確かめてから書く(place: Room) -> None:
    hires = row(grid_of(place.town.planner, place.volume.pk), "会員企業への就職者数")
    with pytest.raises(GridRefused) as refused:
        save(place, typed(hires, "18000"))
    assert problems(refused.value) == {hires.key: ["E631"]}
    assert refused.value.problems[hires.key][0].kind == "doubt"
    assert save(place, typed(hires, "18000", sure=True)).changed == 1


def test_合計は内訳の和と比べる(place: Room) -> None:
    grid = grid_of(place.town.planner, place.volume.pk)
    total = row(grid, "合計")
    with pytest.raises(GridRefused) as refused:
        save(place, typed(row(grid, "補助金"), "17,662"), typed(total, "27,627"))
    assert problems(refused.value) == {total.key: ["E452"]}
    assert "差-45千円" in refused.value.problems[total.key][0].ja
    save(place, typed(row(grid, "補助金"), "17,662"), typed(total, "27,672"))
    assert m.Spending.objects.get(label="合計").yen == 27_672_000


def test_ほかの人が変えた欄は並べて見せ_見たうえで書ける(place: Room) -> None:
    first = row(grid_of(place.town.officer, place.volume.pk), "会員企業への就職者数")
    save(place, typed(first, "17"), by=place.town.officer)
    with pytest.raises(GridRefused) as refused:
        save(place, typed(first, "18"))
    conflict = refused.value.problems[first.key][0]
    assert (conflict.kind, conflict.code) == ("conflict", "E402")
    assert "「17」" in conflict.ja
    assert "6月7日10時00分" in conflict.ja
    again = row(grid_of(place.town.planner, place.volume.pk), "会員企業への就職者数")
    save(place, typed(again, "18"))
    assert list(
        m.Value.objects.filter(point=first.point, role="actual").order_by("pk").values_list("number", flat=True)
    ) == [17, 18]  # fmt: skip


def test_ほかの人が同じ値を入れていれば争わない(place: Room) -> None:
    first = row(grid_of(place.town.officer, place.volume.pk), "会員企業への就職者数")
    save(place, typed(first, "18"), by=place.town.officer)
    assert save(place, typed(first, "18")).changed == 0


def test_ほかの課の行は書けない(place: Room) -> None:
    hotel = row(grid_of(place.town.officer, place.volume.pk), "延べ宿泊者数")
    with pytest.raises(NotAllowed):
        save(place, typed(hotel, "4,100,000"), by=place.town.officer)
    assert save(place, typed(hotel, "4,100,000"), by=place.town.other).changed == 1


def test_提出した事業の行は書けない(place: Room) -> None:
    grid = grid_of(place.town.officer, place.volume.pk)
    hires = row(grid, "会員企業への就職者数")
    m.ProjectYear.objects.filter(pk=hires.entry).update(stage="section")
    with pytest.raises(Locked):
        save(place, typed(hires, "18"), by=place.town.officer)
    locked = row(grid_of(place.town.officer, place.volume.pk), "会員企業への就職者数")
    assert locked.lock is not None


def test_備考は報告書の注記になる(place: Room) -> None:
    grid = grid_of(place.town.planner, place.volume.pk)
    save(
        place,
        typed(row(grid, "会員企業数"), note="速報の前の見込み"),
        typed(row(grid, "補助金"), note="精算前"),
    )
    assert m.Line.objects.get(entry__volume=place.volume, number="2").note == "速報の前の見込み"
    assert m.Spending.objects.get(label="補助金", entry__volume=place.volume).note == "精算前"


def test_確報区分だけを変えられる(place: Room) -> None:
    hotel = row(grid_of(place.town.planner, place.volume.pk), "延べ宿泊者数")
    save(place, typed(hotel, state="final"))
    value = m.Value.objects.get(point=hotel.point, role="actual", until__isnull=True)
    assert (value.number, value.state) == (4_000_000, "final")


def test_知らない行は断る(place: Room) -> None:
    hires = row(grid_of(place.town.planner, place.volume.pk), "会員企業への就職者数")
    with pytest.raises(NoSuchThing):
        save(place, replace(typed(hires, "18"), key="A999999"))


def test_確定値を直すには一覧でも理由が要る(place: Room) -> None:
    hotel = row(grid_of(place.town.planner, place.volume.pk), "延べ宿泊者数")
    save(place, typed(hotel, state="final"))
    final = row(grid_of(place.town.planner, place.volume.pk), "延べ宿泊者数")
    with pytest.raises(GridRefused) as refused:
        save(place, typed(final, "3,900,000"))
    assert problems(refused.value) == {final.key: ["E403"]}
    by, book = place.town.planner, place.volume.pk
    save_grid(by=by, volume=book, typed=[typed(final, "3,900,000")], reason="施設の報告の訂正")
    value = m.Value.objects.get(point=final.point, role="actual", until__isnull=True)
    assert (value.number, value.reason) == (3_900_000, "施設の報告の訂正")


def test_課を決めない表は頁に分かれ課の表は分かれない(place: Room, monkeypatch) -> None:
    monkeypatch.setattr("sosei.ledger.queries.grid.PROJECTS_A_PAGE", 2)
    whole = grid_of(place.town.planner, place.volume.pk)
    first, last, beyond = (
        grid_of(place.town.planner, place.volume.pk, page=page) for page in (1, 2, 99)
    )
    assert (whole.page, whole.pages) == (1, 1)
    assert (first.page, first.pages, last.page, beyond.page) == (1, 2, 2, 2)
    assert [*first.rows, *last.rows] == list(whole.rows)
    assert first.choices == last.choices == whole.choices
    assert grid_of(place.town.planner, place.volume.pk, place.town.it.pk, page=2).pages == 1


def both(place: Room) -> tuple[GridRow, GridRow]:
    """The two rows of an indicator that also has a figure of the sum over the years."""
    hires = row(grid_of(place.town.planner, place.volume.pk), "会員企業への就職者数")
    with act("test.cumulative", body=place.volume.body, by=None) as w:
        w.add(m.Value(point_id=hires.point, role="cumulative_actual", number=60))
    grid = grid_of(place.town.planner, place.volume.pk)
    return row(grid, "会員企業への就職者数"), row(grid, "会員企業への就職者数（累計）")


def test_実績と累計の両方の行に書いた同じ備考は一つとして入る(place: Room) -> None:
    actual, cumulative = both(place)
    same = (typed(actual, "18", note="3月末"), typed(cumulative, "78", note=" 3月末"))
    assert save(place, *same).changed == 2
    assert m.Line.objects.get(pk=actual.line).note == "3月末"
    values = m.Value.objects.filter(point=actual.point, until__isnull=True)
    assert dict(values.exclude(role="target").values_list("role", "number")) == {
        "actual": 18, "cumulative_actual": 78,
    }  # fmt: skip


def test_実績と累計の行の違う備考は両方の欄で断り何も入れない(place: Room) -> None:
    actual, cumulative = both(place)
    with pytest.raises(GridRefused) as refused:
        save(place, typed(actual, "18", note="3月末"), typed(cumulative, note="速報"))
    assert problems(refused.value) == {actual.key: ["E457"], cumulative.key: ["E457"]}
    said = refused.value.problems[actual.key][0].ja
    assert "「3月末」と「速報」の二通り" in said
    assert row(grid_of(place.town.planner, place.volume.pk), actual.name).cell == actual.cell
    assert save(place, typed(cumulative, note="速報")).changed == 1
    assert m.Line.objects.get(pk=actual.line).note == "速報"
