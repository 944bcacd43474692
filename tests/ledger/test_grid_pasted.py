"""貼り付け. A block from a spreadsheet finds its rows by name or in order; its total is recognised, checked, written nowhere."""

import pytest

from inquiryroom import JUNE, room
from sosei.journal.clock import at
from sosei.ledger.actions.pasted import block_of, lay, lay_extra
from sosei.ledger.queries.grid import Cell, Grid, grid_of

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


def test_名前のない列は上から順に入る(grid: Grid) -> None:
    laid = lay(grid, {}, "18\t速報\t7月末\t仮\n34\n259,057\n10,010\n17,662\n27,672\n")
    assert named(grid, laid.cells) == {
        "会員企業への就職者数": "18", "会員企業数": "34", "海外売上高": "259,057",
        "業務委託": "10,010", "補助金": "17,662", "合計": "27,672",
    }  # fmt: skip
    first = laid.cells[next(iter(laid.cells))]
    assert (first.state, first.expected, first.note) == ("preliminary", "7月末", "仮")


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
