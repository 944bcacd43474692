"""表を開く. CSV in the encodings of offices, pasted blocks and workbooks become rows; what cannot be read is refused with what to do."""

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheetroom import block, read, register, workbook

from sosei.core.errors import SoseiError
from sosei.evidence.sheets import books, sources
from sosei.evidence.sheets.cells import Typed, shown
from sosei.evidence.sheets.refusals import MergedTooMuch, WorkbookTooLarge
from sosei.evidence.sheets.sources import open_sheets, pasted
from sosei.reading.formats import office
from sosei.reading.formats.refusal import (
    Broken,
    Empty,
    Encrypted,
    LongLine,
    Macro,
    NotSheet,
    OldOffice,
    OtherFormat,
    TooLarge,
    TooManyColumns,
    TooManyLines,
    UnknownEncoding,
)

ROWS = [
    ["企業名", "加入日", "備考"],
    ["見本鋳造", "R3.4.1", "一行目\n二行目"],
    ["見本銀行", "", 'いわゆる"見本"、ほか'],
]


def written(rows=ROWS, delimiter=",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def rows_of(data: bytes, name: str = "名簿.csv") -> list[list[str]]:
    [sheet] = open_sheets(data, name)
    return [list(row) for row in sheet.rows()]


# -- CSV ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_どの文字コードと区切りと改行のCSVも同じ表になる(
    encoding: str, delimiter: str, end: str
) -> None:
    data = written(delimiter=delimiter).replace("\r\n", end).encode(encoding)
    assert rows_of(data) == ROWS


def test_英字だけの長い頭のあとにCP932が来ても読む() -> None:
    rows = [["a", "b"]] * 20_000 + [["見本", "市"]]
    data = written(rows).encode("cp932")
    assert rows_of(data)[-1] == ["見本", "市"]
    assert open_sheets(data, "a.csv")[0].top(2) == [["a", "b"], ["a", "b"]]


def test_区切りはセルの中に多い記号ではなくどの行にもある記号() -> None:
    assert rows_of("企業名,分野\n甲,a;b;c;d\n乙,e;f;g;h\n".encode())[1] == ["甲", "a;b;c;d"]
    assert rows_of("企業名;金額\n甲;1,234,567\n乙;2,345,678\n".encode())[1] == ["甲", "1,234,567"]
    assert rows_of("一列だけ\n甲\n".encode()) == [["一列だけ"], ["甲"]]


def test_表は何度でも途中からでも読める() -> None:
    [sheet] = open_sheets(written().encode(), "C:\\work\\会員名簿.csv")
    assert sheet.name == "会員名簿"
    assert list(sheet.rows(1)) == ROWS[1:]
    assert list(sheet.rows()) == ROWS
    assert not sheet.hidden


@given(
    st.lists(
        st.lists(st.text(alphabet="見本a\",;\t\n '1=", max_size=6), min_size=2, max_size=4),
        min_size=1,
        max_size=5,
    )
)
def test_書いたCSVは読むと同じになる(rows) -> None:
    data = written([["見出し,", "b,", "c,", "d,", "e,"], *rows]).encode()
    assert rows_of(data)[1:] == rows


@pytest.mark.parametrize(
    ("data", "name", "refusal"),
    [
        (b"", "a.csv", Empty), (b"\xef\xbb\xbf\r\n\r\n", "a.csv", Empty), (b"a,b\n\xff\xfd\xff,\xff\n", "a.csv", UnknownEncoding), (b"%PDF-1.7", "a.pdf", NotSheet), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", OldOffice),
        (b"<html><body><table></table></body></html>", "a.csv", OtherFormat), (b'{"a": 1}', "a.json", OtherFormat), (b"PK\x03\x04abc", "a.xlsx", Broken), (b"\x89PNG\r\n", "a.png", OtherFormat),
    ],
)  # fmt: skip
def test_表でないファイルは番号のある文で断る(
    data: bytes, name: str, refusal: type[SoseiError]
) -> None:
    with pytest.raises(refusal) as caught:
        rows_of(data, name)
    assert name in caught.value.sentence()


def test_閉じない引用符は行を言って断り行をのみ込まない() -> None:
    with pytest.raises(Broken) as caught:
        rows_of(b'a,b\nc,"d\ne,f\n')
    assert "2行目" in caught.value.sentence()
    with pytest.raises(Broken):
        rows_of(b'a,b\nc,"d"e\n')
    with pytest.raises(LongLine):
        rows_of(('a,b\nc,"' + "d,e\n" * 50_000).encode())


def test_上限を超える行と列と大きさは断る(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_ROWS", 3)
    assert len(rows_of(b"a\nb\nc\n")) == 3
    with pytest.raises(TooManyLines):
        rows_of(b"a\nb\nc\nd\n")
    with pytest.raises(TooManyColumns) as caught:
        rows_of(b"a,b\n" + b"," * 2000 + b"\n")
    assert "2行目" in caught.value.sentence()
    monkeypatch.setattr(sources, "MAX_CSV", 3)
    with pytest.raises(TooLarge):
        rows_of(b"a,b\n")


# -- pasted ---------------------------------------------------------------------------------------------------


def test_貼り付けた表は引用符の中の改行も読む() -> None:
    sheet = pasted('企業名\t備考\r\n見本\t"一行目\n二行目"\r\n""\t"いわゆる""見本"""\r\n')
    assert list(sheet.rows()) == [
        ["企業名", "備考"],
        ["見本", "一行目\n二行目"],
        ["", 'いわゆる"見本"'],
    ]
    assert sheet.notes == ()


@pytest.mark.parametrize(
    "text", ['企業名\t備考\n"見本\tx\n乙\ty\n', '企業名\t備考\n"特急"号\tx\n乙\ty\n']
)
def test_貼り付けた表の対でない引用符は文字として読み知らせる(text: str) -> None:
    sheet = pasted(text)
    assert len(list(sheet.rows())) == 3
    assert list(sheet.rows())[1][0].startswith('"')
    assert [note.kind for note in sheet.notes] == ["quotes"]


def test_タブのない貼り付けはカンマで分け空の貼り付けは断る() -> None:
    assert list(pasted("a,b\nc,d").rows()) == [["a", "b"], ["c", "d"]]
    assert list(pasted("\ufeffa\nb").rows()) == [["a"], ["b"]]
    with pytest.raises(Empty):
        pasted(" \r\n\t\u3000\n")


# -- workbooks ------------------------------------------------------------------------------------------------


def fill(book, sheet) -> None:
    day = book.add_format({"num_format": 'ggge"年"m"月"d"日"'})
    thousands = book.add_format({"num_format": "#,##0,"})
    sheet.merge_range(0, 0, 0, 3, "会員名簿")
    sheet.write_row(2, 0, ["企業名", "加入日", "会費", "会員の種別"])
    sheet.write_string(3, 0, "見本鋳造")
    sheet.write_datetime(3, 1, datetime(2021, 4, 1), day)  # noqa: DTZ001 - no zone in a sheet
    sheet.write_number(3, 2, 12345, thousands)
    sheet.write_string(3, 3, "正会員")
    sheet.merge_range(4, 0, 5, 0, "見本銀行")
    sheet.write_number(4, 1, 44287)
    sheet.write_number(5, 1, 44288)
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.write_string(8, 0, "=1+1")
    hidden = book.add_worksheet("控え")
    hidden.write(0, 0, True)
    hidden.hide()


def test_ブックは行と日と数と結合と隠れた所を読む() -> None:
    front, back = open_sheets(workbook(fill), "会員.xlsx")
    assert [(s.name, s.hidden) for s in (front, back)] == [("名簿", False), ("控え", True)]
    rows = [list(row) for row in front.rows()]
    assert rows == [list(row) for row in front.rows()]
    assert len(rows) == 9
    assert rows[0] == ["会員名簿", *[Typed("会員名簿", under=True)] * 3]
    assert rows[3] == [
        "見本鋳造",
        Typed("令和3年4月1日", day=date(2021, 4, 1)),
        Typed("12", number=Decimal(12345)),
        "正会員",
    ]
    assert rows[4][0] == "見本銀行"
    assert rows[5][0] == Typed("見本銀行", under=True)
    assert rows[6] == rows[7] == []
    assert rows[8] == ["=1+1"]
    assert [note.kind for note in front.notes] == ["hidden", "merged"]
    assert list(back.rows()) == [["TRUE"]]


def test_ブックは見出しから案まで読める() -> None:
    [front, _] = open_sheets(workbook(fill), "会員.xlsx")
    found = read(register("members"), front)
    assert [(d.at, d.who.name, d.first) for d in found.drafts] == [
        ("名簿!A4", "見本鋳造", date(2021, 4, 1)), ("名簿!A5", "見本銀行", date(2021, 4, 1)), ("名簿!A6", "見本銀行", date(2021, 4, 2)), ("名簿!A9", "=1+1", None),
    ]  # fmt: skip


def test_式の結果がないセルと失敗した式は計算し直しを求める() -> None:
    def formulas(book, sheet) -> None:
        sheet.write_row(0, 0, ["氏名", "購入日", "金額"])
        sheet.write_row(1, 0, ["見本太郎", "2021/4/1"])
        sheet.write_formula(1, 2, "=1+1", None, "")
        sheet.write_row(2, 0, ["見本花子", "2021/4/1"])
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.write_row(3, 0, ["見本次郎", "2021/4/1"])
        sheet.write_formula(3, 2, "=1+1", None, 2)

    found = read(register("purchases"), open_sheets(workbook(formulas), "a.xlsx")[0])
    assert [d.values["amount"] for d in found.drafts] == [2]
    assert [(p.at, "計算し直し" in p.sentence()) for p in found.problems] == [
        ("名簿!C2", True),
        ("名簿!C3", True),
    ]


def test_大きなブックも少しずつ読み覚えすぎない(monkeypatch: pytest.MonkeyPatch) -> None:
    def many(book, sheet) -> None:
        sheet.write_row(0, 0, ["企業名", "加入日"])
        for n in range(1, 2001):
            sheet.write_string(n, 0, f"社{n}")
            sheet.write_number(n, 1, 44287 + n)

    monkeypatch.setattr(books, "_MOST_KNOWN", 100)
    [sheet] = open_sheets(workbook(many), "a.xlsx")
    rows = sheet.rows()
    assert [shown(cell) for cell in next(rows)] == ["企業名", "加入日"]
    assert sum(1 for _ in rows) == 2000
    assert len(read(register("members"), sheet).drafts) == 2000


def test_展開して大きすぎるブックはCSVを勧めて断る(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook(fill)
    monkeypatch.setattr(office, "MAX_UNPACKED", 900)
    with pytest.raises(WorkbookTooLarge) as caught:
        open_sheets(data, "会員.xlsx")
    assert "CSV UTF-8" in caught.value.sentence()


def repacked(data: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            new.writestr(item.filename, parts.pop(item.filename, old.read(item)))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def test_マクロと壊れたシートと文書は断る() -> None:
    data = workbook(fill)
    with pytest.raises(Macro):
        open_sheets(repacked(data, **{"xl/vbaProject.bin": b"x"}), "a.xlsm")
    with pytest.raises(Broken):
        open_sheets(
            repacked(data, **{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"}), "a.xlsx"
        )
    document = b"<w:document xmlns:w='urn:w'/>"
    with pytest.raises(OtherFormat):
        open_sheets(repacked(data, **{"xl/workbook.xml": document}), "a.xlsx")
    with pytest.raises(Encrypted):
        open_sheets(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx"
        )


def odd_sheet(rows: str) -> bytes:
    head = (
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    )
    return repacked(
        workbook(fill),
        **{"xl/worksheets/sheet1.xml": f"{head}{rows}</sheetData></worksheet>".encode()},
    )


def test_行や列の番号がおかしいシートでも止まらない() -> None:
    [sheet, _] = open_sheets(
        odd_sheet(
            "<row r='2'><c r='B2'><v>1</v></c><c r='A2'><v>2</v></c><c><v>3</v></c></row><row r='1'><c r='A1'><v>9</v></c></row>"
        ),
        "a.xlsx",
    )
    assert [[shown(cell) for cell in row] for row in sheet.rows()] == [[], ["2", "3"]]
    [far, _] = open_sheets(odd_sheet("<row r='900000'><c r='A900000'><v>1</v></c></row>"), "a.xlsx")
    with pytest.raises(TooManyLines):
        list(far.rows())
    [wide, _] = open_sheets(odd_sheet("<row r='1'><c r='XFD1'><v>1</v></c></row>"), "a.xlsx")
    with pytest.raises(TooManyColumns):
        list(wide.rows())


def test_結合は表の端や列の上限を越えない() -> None:
    merged = "</sheetData><mergeCells><mergeCell ref='A1:XFD9'/><mergeCell ref='B1:B3'/><mergeCell ref='A2'/></mergeCells><sheetData>"
    [sheet, _] = open_sheets(
        odd_sheet(
            f"<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>5</v></c></row><row r='2'><c r='A2'><v>2</v></c></row>{merged}"
        ),
        "a.xlsx",
    )
    rows = [list(row) for row in sheet.rows()]
    assert [shown(cell) for cell in rows[1]] == ["2", "5"]


def test_重なり合う結合が覆う欄には限りがある(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sosei.evidence.sheets.books.MAX_COVERED", 50)
    ranges = "".join(f"<mergeCell ref='A1:C{n}'/>" for n in range(2, 30))
    rows = "".join(f"<row r='{n}'><c r='A{n}'><v>{n}</v></c></row>" for n in range(1, 31))
    [sheet, _] = open_sheets(
        odd_sheet(f"{rows}</sheetData><mergeCells>{ranges}</mergeCells><sheetData>"), "a.xlsx"
    )
    with pytest.raises(MergedTooMuch) as refused:
        list(sheet.rows())
    assert "a.xlsx" in refused.value.sentence("ja")


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.txt", "名簿"]))
def test_どんなバイト列も表か番号のある断りになる(data: bytes, name: str) -> None:
    try:
        for sheet in open_sheets(data, name):
            for row in sheet.rows():
                assert all(isinstance(cell, str) for cell in row)
    except SoseiError as refusal:
        assert refusal.sentence()  # noqa: PT017 - either is right


@given(st.text(max_size=80))
def test_どんな文字の貼り付けも表か断りになる(text: str) -> None:
    try:
        list(pasted(text).rows())
    except SoseiError as refusal:
        assert refusal.sentence()  # noqa: PT017 - either is right


def test_貼り付けた一覧とCSVは同じ案になる() -> None:
    rows = [["企業名", "加入日"], ["見本鋳造", "R3.4.1"]]
    ways = (
        read(register("members"), block(*rows)),
        read(register("members"), open_sheets(written(rows).encode("cp932"), "貼り付け.csv")[0]),
    )
    assert ways[0].drafts == ways[1].drafts
