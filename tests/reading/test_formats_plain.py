"""Rows that are cut out of a sheet's or page's text: the same document as if every element had been parsed."""

import io
from contextlib import contextmanager
from datetime import date
from unittest import mock

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sosei.reading.formats import markup, open_document, plainrows

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["<&>\"'", '=A1&"x"', "=SUM(A1:B2)", "集計中", "a\nb", " 前後 ", "_x000D_"]),
)
ROWS = st.lists(st.lists(VALUES, max_size=6), max_size=6)
FORMATS = ["General", "0.0%", "#,##0", "#,##0.00_ ", "0;△0", "ggge年"]


def seen(document):
    return [
        (
            grid.rows,
            grid.columns,
            [
                (c.row, c.column, c.words, c.rowspan, c.colspan, c.header, c.number, c.formula, c.hidden, c.bold)
                for c in grid.cells
            ],
        )
        for grid in document.grids
    ], document.unread  # fmt: skip


@contextmanager
def parsed_whole():
    """Let nothing be taken for plain."""
    with (
        mock.patch.object(plainrows, "cut", return_value=None),
        mock.patch.object(markup, "plain_cells", lambda text, at: ([], at)),
    ):
        yield


def same_both_ways(data: bytes, name: str) -> None:
    short = open_document(data, name)
    with parsed_whole():
        whole = open_document(data, name)
    assert seen(short) == seen(whole)


def by_openpyxl(rows) -> bytes:
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = book.active.cell(number, column, value)
            cell.number_format = FORMATS[column % len(FORMATS)]
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["C"].hidden = len(rows) > 2
    if len(rows) > 3:
        book.active.merge_cells("A1:B2")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet("表"), book.add_format({"bold": True})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                said = str(value) if isinstance(value, date) else value
                sheet.write(number, column, said, bold if column % 2 else None)
    return out.getvalue()


@given(ROWS)
def test_素直なシートはどちらの読み方でも同じ(rows) -> None:
    same_both_ways(by_openpyxl(rows), "a.xlsx")
    same_both_ways(by_xlsxwriter(rows), "b.xlsx")


@pytest.mark.parametrize("make", [by_openpyxl, by_xlsxwriter])
def test_ふつうのブックの行は文字のまま切り出される(make) -> None:
    data = make([["指標", "目標値"], ["訪問者数", 150]])
    with mock.patch.object(plainrows.PlainSheet, "element", side_effect=AssertionError):
        grid = open_document(data, "a.xlsx").grids[0]
    assert grid.text(1, 0) == "訪問者数"


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "{}</sheetData></worksheet>"
)


@pytest.mark.parametrize(
    "sheet",
    [
        SHEET.replace("<sheetData>", "<!-- 注 --><sheetData>").format("<row/>"),
        SHEET.format('<row r="1"><!-- <row> --></row>'),
        SHEET.format('<row r="1"><c r="A1"><v>1</v></c></row>').replace("</sheetData>", ""),
        SHEET.format("<row>\x01</row>"),
        '<?xml version="1.0" encoding="Shift_JIS"?>' + SHEET.format("<row/>"),
    ],
)
def test_変わった書き方のシートは切り出さない(sheet: str) -> None:
    assert plainrows.cut(sheet.encode()) is None


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1" r="2"/>',
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1"><row r="2"></row></row>',
        "<row><c r='A1'><v>1</v></c></row>余り",
        '<row r="1"><c r="A1"><v>&nbsp;</v></c></row>',
    ],
)
def test_行が思いのほか壊れていれば切り出しをやめる(row: str) -> None:
    sheet = plainrows.cut(SHEET.format(row).encode())
    assert sheet is not None
    with pytest.raises(plainrows.Odd):
        values_of(sheet)


def values_of(sheet: plainrows.PlainSheet) -> list[str]:
    rows = list(sheet.rows())
    [sheet.element(row) for row in rows if row.cells is None]
    cells = [plainrows.said(rest) for row in rows for _, rest, _ in row.cells or ()]
    return [plainrows.resolved(cell.value) for cell in cells]


def test_空のセルも共有の式も行を切り出したまま読む() -> None:
    row = (
        '<row r="1"><c r="A1" s="1"/><c r="B1" s="1" t="n" /><c r="C1"><v>2</v></c><c r="D1"/>'
        '<c r="E1"><f t="shared" ref="E1:E2" si="0">C1*2</f><v>4</v></c></row>'
        '<row r="2"><c r="E2"><f t="shared" si="0"/><v>0</v></c></row>'
    )
    sheet = plainrows.cut(SHEET.format(row).encode())
    assert sheet is not None
    first, second = sheet.rows()
    assert [letters for letters, rest, _ in first.cells or () if rest] == ["C", "E"]
    assert plainrows.said(first.cells[-1][1]).formula == "C1*2"  # type: ignore[index]
    assert plainrows.said(second.cells[0][1]).computed  # type: ignore[index]


STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'


def test_共有の文字列は読みがなを除いて切り出す() -> None:
    found = plainrows.strings(
        STRINGS.format(
            '<si><t>人口</t><rPh sb="0" eb="2"><t>ジンコウ</t></rPh><phoneticPr fontId="2"/></si>'
            '<si><t xml:space="preserve"> A&amp;B </t></si><si><r><t>二つ</t></r><r><t>の</t></r></si>'
        ).encode()
    )
    assert found is not None
    assert found[:2] == ["人口", " A&B "]
    assert [t.text for t in found[2].iter("{*}t")] == ["二つ", "の"]


@pytest.mark.parametrize(
    "inner",
    ["<si><t>一</t></si>余り", "<si><t>&nbsp;</t></si>", "<si><!-- 注 --><t>一</t></si>", "<si><t>一]]></t></si>",
     "<si><r><t>一</r></si>", "<si><t>一\r</t></si>"],
)  # fmt: skip
def test_変わった書き方の共有の文字列は切り出さない(inner: str) -> None:
    assert plainrows.strings(STRINGS.format(inner).encode()) is None


TAGS = st.sampled_from(
    [
        "<td>", "<td class=a>", "<th scope='row'>", "<TD rowspan=2>", '<td colspan="2">', "<td hidden>", "<td title='a>b'>",
        '<td rowspan="1">', "</td>", "</TH>", "<tr>", "<tr hidden>", "</tr>", "<table>", "</table>", "<br>", "<p>", "</p>",
        "訪問者数", "1,234", "&amp;", "&nbsp;", " ", "\n", "　", "<!-- -->", "<ruby>令<rt>れい</rt></ruby>", "<pre>", "<tbody>",
    ]
)  # fmt: skip


@given(st.lists(TAGS, max_size=40))
def test_素直な行はどちらの読み方でも同じ表になる(parts) -> None:
    page = f"<!doctype html><html><body><table><tr><td>表{''.join(parts)}</td></tr></table>"
    same_both_ways(page.encode(), "a.html")


def test_長い始めの印は行ごとに繰り返さない() -> None:
    names = " ".join(f'xmlns:n{number}="urn:{number}"' for number in range(1000))
    sheet = SHEET.replace("<worksheet ", f"<worksheet {names} ").format("<row/>")
    assert plainrows.cut(sheet.encode()) is None
    assert plainrows.cut(SHEET.format("<row/>").encode()) is not None
