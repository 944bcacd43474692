"""貼り付け. A block from a spreadsheet finds its rows by name or in order; its total is recognised, checked, written nowhere."""

from dataclasses import replace

import pytest

from inquiryroom import JUNE, room
from sosei.journal.clock import at
from sosei.ledger.actions.pasted import Laid, block_of, lay, lay_extra
from sosei.ledger.flow import lock
from sosei.ledger.queries.grid import Cell, Grid, GridGroup, GridRow, grid_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def grid():
    with at(JUNE):
        place = room()
        yield grid_of(place.town.planner, place.volume.pk, place.town.it.pk)


def named(grid: Grid, cells: dict[str, Cell]) -> dict[str, str]:
    return {grid.by_key[key].name: cell.typed for key, cell in cells.items()}


def test_表計算の写しをそのまま分ける() -> None:
    assert block_of('a\tb\r\n"x\ny"\t"say ""hi"""\r\n\t\r\n') == [["a", "b"], ["x y", 'say "hi"']]


def test_名前のある表は順が違っても入る(grid: Grid) -> None:
    laid = lay(grid, {}, "指標\t単位\t実績\n会員企業数\t社\t３４\n会員企業への就職者数\t人\t18人\n")
    assert named(grid, laid.cells) == {"会員企業数": "３４", "会員企業への就職者数": "18人"}
    assert laid.problems == []


def test_見出しが列を教える(grid: Grid) -> None:
    laid = lay(
        grid, {}, "指標\t目標\t今年度実績\n会員企業数\t35\t34\n会員企業への就職者数\t20\t18\n"
    )
    assert named(grid, laid.cells) == {"会員企業数": "34", "会員企業への就職者数": "18"}


def test_どの列か分からない行は入れずに言う(grid: Grid) -> None:
    laid = lay(grid, {}, "会員企業数\t35\t34\n")
    assert laid.cells == {}
    assert [p.code for p in laid.problems] == ["E453"]


def sent(grid: Grid, *entries: int) -> dict[str, Cell]:
    """What a form holds that shows these projects alone (none: all)."""
    return {r.key: r.cell for r in grid.rows if not entries or r.entry in entries}


HIRES = "新規雇用者数"


def twice(*, locked: bool = False) -> Grid:
    """Two projects that both count hires and spend on 業務委託; the first one closed where `locked`."""
    rows = {
        entry: [
            GridRow(key=f"A{entry}", kind="figure", role="actual", entry=entry, name=HIRES, unit="人", cell=Cell()),
            GridRow(key=f"S{entry}", kind="money", role="line", entry=entry, name="業務委託", unit="千円", cell=Cell()),
            GridRow(key=f"T{entry}", kind="total", role="total", entry=entry, name="合計", unit="千円", cell=Cell()),
        ]
        for entry in (1, 2)
    }  # fmt: skip
    if locked:
        why = lock(volume="collecting", entry="accepted", planning=False)
        rows[1] = [replace(row, lock=why) for row in rows[1]]
    groups = tuple(
        GridGroup(entry=entry, number=None, name=f"{'甲乙'[entry - 1]}事業", stage="draft", rows=tuple(several), departments=frozenset())
        for entry, several in rows.items()
    )  # fmt: skip
    return Grid(
        volume=1, fiscal_year=2021, series="", stage="collecting", department=None,
        department_name=None, groups=groups,
    )  # fmt: skip


def typed(laid: Laid) -> dict[str, str]:
    return {key: cell.typed for key, cell in laid.cells.items()}


def codes(laid: Laid) -> list[str]:
    return [problem.code for problem in laid.problems]


def test_同じ名前の行が二つあれば上から順に入る() -> None:
    laid = lay(twice(), {}, f"{HIRES}\t11\n業務委託\t100\n{HIRES}\t22\n業務委託\t200\n合計\t300\n")
    assert typed(laid) == {"A1": "11", "S1": "100", "A2": "22", "S2": "200"}
    assert (laid.problems, laid.totals) == ([], 1)


@pytest.mark.parametrize(
    "block",
    [
        f"乙事業\t{HIRES}\t22\n甲事業\t{HIRES}\t11\n",
        f"事業\t指標\t実績\n乙事業\t{HIRES}\t22\n甲事業\t{HIRES}\t11\n",
        f"乙事業\n{HIRES}\t22\n甲事業\n{HIRES}\t11\n",
    ],
)
def test_同じ名前の行は事業の名前で見分ける(block: str) -> None:
    laid = lay(twice(), {}, block)
    assert (typed(laid), laid.problems) == ({"A2": "22", "A1": "11"}, [])


def test_事業の名前は続く行にも及ぶ() -> None:
    laid = lay(
        twice(), {}, f"乙事業\t{HIRES}\t22\n\t業務委託\t200\n\t合計\t200\n甲事業\t業務委託\t100\n"
    )
    assert (typed(laid), laid.problems) == ({"A2": "22", "S2": "200", "T2": "200", "S1": "100"}, [])


def test_どちらの行か分からなければ入れずに言う() -> None:
    laid = lay(twice(), {}, f"{HIRES}\t11\n業務委託\t100\n業務委託\t200\n")
    assert typed(laid) == {"S1": "100", "S2": "200"}
    assert codes(laid) == ["E458"]
    assert laid.problems[0].ja.startswith(
        f"貼り付けた行「{HIRES} 11」が、どの事業の行か分かりません（「{HIRES}」という行が2行あります）。事業の名称の列"
    )
    assert f"{HIRES} 11" in laid.problems[0].ja


def test_一つの行に二度は入らない(grid: Grid) -> None:
    laid = lay(grid, {}, "会員企業数\t34\n会員企業数\t35\n")
    assert named(grid, laid.cells) == {"会員企業数": "34"}
    assert codes(laid) == ["E453"]


def test_書けない事業の行はほかの事業の同じ名前の行に入らない() -> None:
    for block in (f"{HIRES}\t11\n{HIRES}\t22\n", f"甲事業\t{HIRES}\t11\n乙事業\t{HIRES}\t22\n"):
        laid = lay(twice(locked=True), {}, block)
        assert (typed(laid), codes(laid)) == ({"A2": "22"}, ["E453"])


def test_名前のない列は上から順に入る(grid: Grid) -> None:
    laid = lay(grid, sent(grid), "18\t速報\t7月末\t仮\n34\n259,057\n10,010\n17,662\n27,672\n")
    assert named(grid, laid.cells) == {
        "会員企業への就職者数": "18", "会員企業数": "34", "海外売上高": "259,057",
        "業務委託": "10,010", "補助金": "17,662", "合計": "27,672",
    }  # fmt: skip
    first = laid.cells[next(iter(laid.cells))]
    assert (first.state, first.expected, first.note) == ("preliminary", "7月末", "仮")


def test_名前のない列は送られてきた行だけに入る() -> None:
    grid = twice()
    laid = lay(grid, sent(grid, 2), "22\n200\n200\n")
    assert {key: cell.typed for key, cell in laid.cells.items()} == {"A2": "22", "S2": "200", "T2": "200"}  # fmt: skip
    assert codes(lay(grid, sent(grid, 2), "22\n200\n200\n9\n")) == ["E453"]
    assert codes(lay(grid, {}, "22\n")) == ["E453"]


def test_余った合計は確かめるだけ(grid: Grid) -> None:
    figures = {row.key: Cell(typed=t) for row, t in zip(grid.rows, ["18", "34", "9", "10,010", "17,662", ""], strict=True)}  # fmt: skip
    right = lay_extra(grid, figures, "合計\t27,672\n")
    assert (right.totals, right.problems) == (1, [])
    wrong = lay_extra(grid, figures, "合計\t27,627\n")
    assert [p.code for p in wrong.problems] == ["E452"]
    lost = lay_extra(grid, figures, "99\n")
    assert [p.code for p in lost.problems] == ["E453"]
    assert named(grid, wrong.cells) == named(grid, figures)


def test_空の写しは何もしない(grid: Grid) -> None:
    assert lay(grid, {}, "\t\n\n").cells == {}
