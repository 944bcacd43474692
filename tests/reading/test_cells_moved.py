"""動かした升. A cell set at another place of a grid still says where it stands in its file."""

import io

import openpyxl

from sosei.core.report import Place
from sosei.reading import read
from sosei.reading.grid import Cell


class Sheet:
    """A sheet whose places are made once somebody asks."""

    exact = False

    def place(self, row: int, column: int) -> Place:
        return Place(row=row, column=column)


def test_動かした升の場所は元の場所である() -> None:
    cell = Cell(6, 1, "Ａ", spot=Sheet()).moved(2, 0)
    assert (cell.row, cell.column) == (2, 0)
    assert cell.words.places == (Place(row=6, column=1),)


def test_左右に並ぶ表の値も元のセルを指す() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [
        ("事業名", "椿の里づくり事業", None, "指標名", "単位", "目標値", "実績値"),
        ("所管課", "農林課", None, "椿油の出荷額", "千円", 25000, 27300),
        ("事業期間", "令和3年度", None, "新商品の数", "個", 5, 7),
        ("総合評価", "Ａ", None, "雇用者数", "人", 10, 6),
    ]
    sheet.append(["令和3年度 地方創生推進交付金 事業評価シート"])
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    [project] = read(file.getvalue(), "評価.xlsx").projects
    actuals = {
        int(point.actual.number): point.actual.place[0].range
        for one in project.indicators
        for point in one.years
        if point.actual is not None
    }
    assert actuals == {27300: "G3", 7: "G4", 6: "G5"}
    assert project.verification.grade.place[0].range == "B5"
