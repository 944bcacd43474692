"""シートの単位: what one sheet says of its amounts holds for no other, lest yen become thousands of yen."""

import io

import xlsxwriter

from sosei.core.report import Report
from sosei.reading import read


def book(**sheets: list[list[object]]) -> Report:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return read(data.getvalue(), "見本.xlsx")


def spent(report: Report) -> dict[str, int | None]:
    return {str(one.name): one.spending[0].yen for one in report.projects if one.spending}


HEAD: list[list[object]] = [["令和3年度 見本市 交付金事業の実績"], ["（単位：千円）"]]
TABLE: list[list[object]] = [["事業名", "決算額"], ["交流事業", 1200], ["移住事業", 800]]
OTHER: list[list[object]] = [["事業名", "決算額"], ["広報事業", 350_000], ["相談事業", 120_000]]


def test_前のシートの千円は次のシートの額に掛からない() -> None:
    found = spent(book(総括=[*HEAD, *TABLE], 内訳=OTHER))
    assert (found["交流事業"], found["移住事業"]) == (1_200_000, 800_000)
    assert found.get("広報事業") in (None, 350_000)
    assert found.get("相談事業") in (None, 120_000)


def test_次のシートの千円は前のシートの額に掛からない() -> None:
    found = spent(book(内訳=OTHER, 総括=[*HEAD, *TABLE]))
    assert found["交流事業"] == 1_200_000
    assert found.get("広報事業") in (None, 350_000)


def test_同じシートの注の単位は表に掛かる() -> None:
    found = spent(book(総括=[*HEAD, *TABLE]))
    assert found == {"交流事業": 1_200_000, "移住事業": 800_000}
