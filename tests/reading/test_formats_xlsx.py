"""Workbooks: as shown and as stored, hidden, merged, computed; the same as openpyxl and calamine see."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from formats_samples import sample_xlsx, saved, workbook
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.report import Place
from sosei.reading.formats import open_document, xlsx
from sosei.reading.formats.refusal import TooManyCells, TooManyColumns
from sosei.reading.formats.workbook import column_letters, exact

PERCENT = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
    "<fonts><font/><font><b/></font></fonts>"
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="1"/><xf numFmtId="14"/></cellXfs>'
)


def grid_of(data, name="a.xlsx"):
    return open_document(data, name).grids[0]


def filled(**cells):
    book = openpyxl.Workbook()
    for reference, value in cells.items():
        book.active[reference] = value
    return book


def test_cells_as_shown_with_the_number_stored_beside():
    book = filled(A1=0.385, B1=1234567, C1=259057.5, D1="集計中", E1=True)
    book.active["A1"].number_format = "0.0%"
    book.active["B1"].number_format = "#,##0"
    grid = grid_of(saved(book))
    assert [cell.text for cell in grid.row(0)] == [
        "38.5%",
        "1,234,567",
        "259057.5",
        "集計中",
        "TRUE",
    ]
    assert [cell.number for cell in grid.row(0)] == [
        Decimal("0.385"),
        Decimal(1234567),
        Decimal("259057.5"),
        None,
        None,
    ]


def test_dates_are_shown_and_are_no_numbers():
    book = filled(A1=date(2021, 4, 1), B1=date(2021, 4, 1))
    book.active["B1"].number_format = '[$-411]ggge"年"m"月"d"日"'
    a, b = grid_of(saved(book)).row(0)
    assert (b.text, b.number) == ("令和3年4月1日", None)
    assert a.number is None
    assert "2021" in a.text


@pytest.mark.parametrize(
    ("stored", "number"),
    [
        ("0.38500000000000001", "0.385"),
        ("0.30000000000000004", "0.3"),
        ("1E+3", "1000"),
        ("-9.5", "-9.5"),
        ("123456789012345678", "123456789012346000"),
        ("0", "0"),
    ],
)
def test_the_shortest_decimal_of_the_stored_double(stored, number):
    assert format(exact(stored), "f") == number


@pytest.mark.parametrize("stored", ["", "abc", "nan", "inf", "1e999"])
def test_what_is_no_number_is_none(stored):
    assert exact(stored) is None


@given(st.floats(-1e300, 1e300))
def test_any_double_is_held_to_fifteen_digits(double):
    number = exact(repr(double))
    assert len(number.normalize().as_tuple().digits) <= 15
    assert float(number) == pytest.approx(double, rel=1e-14)


def test_places_are_sheet_and_range():
    cell = grid_of(saved(filled(B3="値"))).at(2, 1)
    assert cell.words.places == (Place(sheet="Sheet", range="B3"),)


def test_merged_cells_are_spans_cut_to_the_table():
    grid = grid_of(sample_xlsx())
    assert (grid.rows, grid.columns) == (4, 4)
    assert grid.at(3, 0) is grid.at(2, 0)
    assert (grid.at(2, 0).rowspan, grid.at(0, 3).colspan) == (2, 4)
    assert grid.text(3, 3) == "110.0%"


def test_hidden_rows_columns_and_sheets_are_kept_and_marked():
    book = filled(A1="見", B1="隠列", A2="隠行")
    book.active.column_dimensions["B"].hidden = True
    book.active.row_dimensions[2].hidden = True
    book.create_sheet("裏")["A1"] = "隠シート"
    book["裏"].sheet_state = "hidden"
    front, back = open_document(saved(book), "a.xlsx").grids
    assert {c.text: c.hidden for c in (*front.cells, *back.cells)} == {
        "見": False,
        "隠列": True,
        "隠行": True,
        "隠シート": True,
    }
    assert (front.hidden, back.hidden, back.name.text, back.sheet) == (False, True, "裏", "裏")


def test_a_formula_gives_its_stored_value_and_without_one_a_note():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=1+1", None, 2)
    sheet.write_formula("A2", '="集"&"計"', None, "集計")
    book.close()
    a, b = grid_of(out.getvalue()).cells
    assert (a.text, a.number, a.formula) == ("2", Decimal(2), "=1+1")
    assert (b.text, b.number) == ("集計", None)
    document = open_document(saved(filled(A1=1, A2="=SUM(A1:A1)")), "a.xlsx")
    assert document.grids[0].text(1, 0) == ""
    (note,) = document.unread
    assert (note.code, note.raw) == ("formula-without-value", "=SUM(A1:A1)")
    assert note.place == (Place(sheet="Sheet", range="A2"),)


def test_a_formula_that_gives_no_text_is_blank_without_note():
    document = open_document(
        workbook('<sheetData><row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row></sheetData>'),
        "a.xlsx",
    )
    assert document.unread == ()


def test_shared_strings_without_readings_with_escapes_and_runs():
    strings = (
        "<si><t>盛岡市</t><rPh sb='0' eb='2'><t>モリオカ</t></rPh></si>"
        "<si><r><t>成長</t></r><r><t xml:space='preserve'> 分野</t></r></si><si><t>一_x000A_二_x005F_x</t></si>"
    )
    cells = "".join(f'<c r="{c}1" t="s"><v>{n}</v></c>' for n, c in enumerate("ABCD"))
    document = open_document(
        workbook(f"<sheetData><row r='1'>{cells}</row></sheetData>", strings=strings), "a.xlsx"
    )
    assert [c.text for c in document.grids[0].row(0)] == ["盛岡市", "成長 分野", "一\n二_x", ""]
    assert [note.code for note in document.unread] == ["string-missing"]


def test_cells_without_reference_inline_strings_errors_and_styles():
    sheet = (
        "<sheetData><row><c t='inlineStr'><is><t>指標</t></is></c><c t='e'><v>#DIV/0!</v></c>"
        "<c s='1'><v>0.5</v></c><c s='2'><v>44287</v></c><c s='9'><v>7</v></c><c t='d'><v>2021-04-01</v></c></row></sheetData>"
    )
    cells = grid_of(workbook(sheet, styles=PERCENT)).row(0)
    assert [c.text for c in cells] == ["指標", "#DIV/0!", "50.0%", "2021/4/1", "7", "2021-04-01"]
    assert [c.bold for c in cells] == [False, False, True, False, False, False]


def test_prefixed_names_as_other_programs_write_them():
    sheet = """<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>"""
    grid = grid_of(workbook(more={"xl/worksheets/sheet1.xml": sheet}))
    assert grid.text(1, 1) == "5"


def test_workbooks_that_count_days_from_1904():
    sheet = "<sheetData><row r='1'><c r='A1' s='2'><v>42825</v></c></row></sheetData>"
    book = workbook(sheet, styles=PERCENT, workbook_pr='<workbookPr date1904="1"/>')
    assert grid_of(book).text(0, 0) == "2021/4/1"


def test_a_sheet_may_lie_about_its_size():
    sheet = (
        "<dimension ref='A1:XFD1048576'/><sheetData><row r='1'><c r='A1'><v>1</v></c></row>"
        "<row r='2'><c r='B2'><v>2</v></c></row></sheetData>"
    )
    grid = grid_of(workbook(sheet))
    assert (grid.rows, grid.columns, len(grid.cells)) == (2, 2, 2)


def test_a_cell_far_away_is_noted_and_many_are_refused():
    sheet = "<sheetData><row r='1'><c r='A1'><v>1</v></c><c r='XFD1'><v>9</v></c></row></sheetData>"
    document = open_document(workbook(sheet), "a.xlsx")
    assert [(n.code, n.raw) for n in document.unread] == [("cell-too-far", "9")]
    assert document.grids[0].columns == 1
    wide = "".join(f"<c r='{column_letters(n)}1'><v>1</v></c>" for n in range(10_000))
    with pytest.raises(TooManyColumns, match="E213"):
        open_document(workbook(f"<sheetData><row r='1'>{wide}</row></sheetData>"), "a.xlsx")


def test_ranges_merged_over_millions_of_cells_are_left_out_and_said_so():
    merged = "".join(f"<mergeCell ref='A{n}:XFD1048576'/>" for n in range(1, 50))
    cells = "<row r='1'><c r='A1'><v>1</v></c></row><row r='90000'><c r='T90000'><v>2</v></c></row>"
    sheet = f"<sheetData>{cells}</sheetData><mergeCells>{merged}</mergeCells>"
    document = open_document(workbook(sheet), "a.xlsx")
    assert "spans-cut" in {note.code for note in document.unread}
    assert {cell.text for cell in document.grids[0].cells} == {"1", "2", ""}


def test_what_lies_under_merged_cells_is_noted():
    sheet = (
        "<sheetData><row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row></sheetData>"
        "<mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='nonsense'/></mergeCells>"
    )
    document = open_document(workbook(sheet), "a.xlsx")
    assert [(n.code, n.raw) for n in document.unread] == [("cell-under-merged", "2")]


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_CELLS", 5)
    with pytest.raises(TooManyCells, match="E212"):
        open_document(saved(filled(**{f"A{n}": n for n in range(1, 9)})), "a.xlsx")


def test_a_chart_sheet_is_noted():
    book = filled(A1=1)
    book.create_chartsheet("図")
    document = open_document(saved(book), "a.xlsx")
    assert [(n.code, n.raw) for n in document.unread] == [("sheet-without-cells", "図")]


VALUES = st.one_of(
    st.integers(-(10**9), 10**9),
    st.decimals(-(10**6), 10**6, places=3).map(float),
    st.text(st.sampled_from("あ1-=aé<&"), min_size=1, max_size=5).filter(
        lambda t: not t.startswith("=")
    ),
)


@given(st.dictionaries(st.tuples(st.integers(1, 5), st.integers(1, 5)), VALUES, min_size=1))
def test_what_openpyxl_writes_is_read(cells):
    book = openpyxl.Workbook()
    for (row, column), value in cells.items():
        book.active.cell(row, column, value)
    grid = grid_of(saved(book))
    assert len(grid.cells) == len(cells)
    for (row, column), value in cells.items():
        cell = grid.at(row - 1, column - 1)
        assert (cell.text if isinstance(value, str) else float(cell.number)) == value


def test_the_reference_workbooks_hold_what_calamine_and_openpyxl_see(shared):
    files = [*sorted(shared.glob("cases/*/input.xlsx")), shared / "real/056.xlsx"]
    for file in files:
        grids = {g.sheet: g for g in open_document(file.read_bytes(), file.name).grids}
        book = python_calamine.CalamineWorkbook.from_path(str(file))
        for name in book.sheet_names:
            sheet, grid = book.get_sheet_by_name(name), grids[name]
            rows = sheet.to_python(skip_empty_area=False)
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if value == "" or isinstance(value, (bool, date)):
                        continue
                    cell = grid.at(row, column)
                    assert cell is not None, (file, name, row, column)
                    if isinstance(value, str):
                        assert cell.text == value
                    elif cell.number is not None:
                        assert float(cell.number) == pytest.approx(value, rel=1e-12)
            merged = {
                (a, b, c - a + 1, d - b + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or []
            }
            for cell in grid.cells:
                if (cell.rowspan, cell.colspan) != (1, 1):
                    spans = [m for m in merged if m[:2] == (cell.row, cell.column)]
                    assert spans
                    assert cell.rowspan <= spans[0][2]
                    assert cell.colspan <= spans[0][3]


@pytest.mark.parametrize(
    ("written", "text"),
    [("_xD842__xDFB7_", "𠮷"), ("_xD842_野", "\ufffd野"), ("_x3042_", "あ"), ("a_b", "a_b")],
)
def test_half_of_a_character_written_as_an_escape_is_no_character(written, text):
    shown = f'<c r="A1" t="inlineStr"><is><t>{written}</t></is></c>'
    grid = grid_of(workbook(f"<row>{shown}</row>"))
    assert grid.row(0)[0].text == text
    grid.row(0)[0].text.encode("utf-8")
