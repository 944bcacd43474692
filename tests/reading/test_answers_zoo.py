"""回答の変わりよう. The same answers come back whatever an office did to the form before it was sent back."""

import io
import random
import shutil
import subprocess
import zipfile
from decimal import Decimal

import docx
import openpyxl
import pytest

import answerfiles as files
import inquirysample
from sosei.core.gaps import Gap
from sosei.reading.answers import read_answers

FILL = {
    "Q01": 25, "Q02": "243,100千円", "Q03": 78.9, "Q04": 10010, "Q05": "1,333", "Q06": "１７，６６２",
    "Q07": "・拠点を整備した。\n・講座を12回開いた。", "Q09": "事業の継続", "Q10": (61, None, "県の統計による"),
    "Q11": "集計中（7月末）", "Q12": ("集計中", "8月上旬", "県の公表待ち"), "Q13": 0, "Q14": "－",
}  # fmt: skip
WANTED = {
    "Q01": Decimal(25), "Q02": Decimal(243100), "Q03": Decimal("78.9"), "Q04": Decimal(10010), "Q05": Decimal(1333),
    "Q06": Decimal(17662), "Q07": "・拠点を整備した。\n・講座を12回開いた。", "Q09": "事業の継続", "Q10": Decimal(61),
    "Q11": (Gap.COUNTING, "7月末"), "Q12": (Gap.COUNTING, "8月上旬"), "Q13": Decimal(0), "Q14": (Gap.DASH, None),
}  # fmt: skip
BLANK = {"Q08", "Q15"}
SHEET = inquirysample.sheet()


def said(answers, *, flat=False):
    found = {}
    for answer in answers.answers:
        if answer.text is not None:
            found[answer.key] = answer.text.replace("\n", " ") if flat else answer.text
        else:
            value = answer.value
            found[answer.key] = value.number if value.gap is None else (value.gap, value.expected)
    return found


def book():
    return files.filled(SHEET, FILL, by="山田 太郎 内線99")


def rows():
    return files.values(book())


def renamed(page_title="R3実績"):
    open_book = book()
    open_book.worksheets[0].title = page_title
    return files.saved(open_book)


def guide_deleted():
    open_book = book()
    del open_book["記入のしかた"]
    return files.saved(open_book)


def shuffled_with_ids():
    lines = rows()
    head, body = lines[:6], lines[6:]
    random.Random(3).shuffle(body)
    return files.pasted(head + body)


def columns_deleted(*letters):
    open_book = book()
    page = open_book.worksheets[0]
    for area in list(page.merged_cells.ranges):
        page.unmerge_cells(str(area))
    for letter in sorted(letters, reverse=True):
        page.delete_cols(openpyxl.utils.column_index_from_string(letter))
    return files.saved(open_book)


def rows_inserted():
    lines = files.without_ids(rows())
    for at in (7, 12, 20):
        lines.insert(at, [None] * 8)
    lines.insert(3, ["※課長確認済み", *[None] * 7])
    return files.pasted(lines)


def columns_reversed():
    return files.pasted([list(reversed(row)) for row in rows()])


def project_column():
    """A list with the project in a column of its own, as offices make from the form."""
    out = [["事業名", "項目", "単位", "R3実績", "判明予定", "備考"]]
    project = None
    for row in files.without_ids(rows())[6:]:
        if str(row[0] or "").startswith("事業"):
            project = row[0].split("　")[1]
        elif row[1] and row[5] is not None:
            out.append([project, row[1], row[2] if row[0] else None, *row[5:8]])
    return files.pasted(out)


def word_table():
    return files.as_docx(files.without_ids(rows()))


def word_with_headings():
    """A Word file with a heading and a small table for each project."""
    document = docx.Document()
    document.add_heading("令和3年度 実績照会への回答", 1)
    table = None
    for row in files.without_ids(rows())[6:]:
        if str(row[0] or "").startswith("事業"):
            document.add_heading(row[0], 2)
            table = document.add_table(rows=1, cols=3)
            for cell, text in zip(
                table.rows[0].cells, ("指標・項目", "実績", "判明予定日"), strict=True
            ):
                cell.text = text
        elif row[1] and row[5] is not None:
            cells = table.add_row().cells
            for cell, value in zip(cells, (row[1], row[5], row[6]), strict=True):
                cell.text = files.shown(value)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain_letter():
    """A mail that somebody wrote, with the names and the values alone."""
    lines = ["企画課 御中", "ものづくり推進課です。次のとおり回答します。電話 019-651-4111", ""]
    for row in files.without_ids(rows())[6:]:
        name = row[1]
        if str(row[0] or "").startswith("事業"):
            lines += ["", row[0]]
        elif name and row[5] is not None:
            expected = f"（{row[6]}）" if row[6] else ""
            lines.append(f"・{name}：{files.shown(row[5])}{expected}")
    return "\r\n".join([*lines, "よろしくお願いします。"]).encode("cp932")


WAYS = {
    "そのまま": (lambda: files.saved(book()), "回答.xlsx"),
    "名前を変えて": (lambda: files.saved(book()), "【ものづくり】R3照会(最終)(2).xlsx"),
    "シートの名前を変えて": (renamed, "回答.xlsx"),
    "記入のしかたを消して": (guide_deleted, "回答.xlsx"),
    "番号ごと行を混ぜて": (shuffled_with_ids, "回答.xlsx"),
    "番号の列を消して": (lambda: columns_deleted("A", "B"), "回答.xlsx"),
    "目標の列を消して": (lambda: columns_deleted("F"), "回答.xlsx"),
    "番号と目標と前年度の列を消して": (lambda: columns_deleted("A", "B", "C", "F", "G"), "回答.xlsx"),
    "値だけを新しいブックに": (lambda: files.pasted(files.without_ids(rows())), "Book1.xlsx"),
    "見出しより上を消して": (lambda: files.pasted(files.without_ids(rows())[5:]), "Book1.xlsx"),
    "行を足して": (rows_inserted, "Book1.xlsx"),
    "列を逆に": (columns_reversed, "Book1.xlsx"),
    "事業名の列を作って": (project_column, "一覧.xlsx"),
    "CSVで": (lambda: files.as_csv(rows()), "回答.csv"),
    "番号のないCSVで": (lambda: files.as_csv(files.without_ids(rows())), "回答.csv"),
    "CSVをTXTの名前で": (lambda: files.as_csv(rows()), "回答.txt"),
    "タブ区切りで": (lambda: files.as_tsv(files.without_ids(rows())), "回答.txt"),
    "HTMLで": (lambda: files.as_html(files.without_ids(rows())), "回答.htm"),
    "ワードの表で": (word_table, "回答.docx"),
    "見出しのあるワードで": (word_with_headings, "回答.docx"),
    "メールの文で": (plain_letter, "回答.txt"),
}  # fmt: skip
FLAT = {"タブ区切りで", "HTMLで"}


@pytest.mark.parametrize("way", WAYS)
def test_どう変えられても同じ回答が戻る(way):
    make, name = WAYS[way]
    answers = read_answers(make(), name, [SHEET])
    wanted = dict(WANTED)
    if way in FLAT:
        wanted["Q07"] = wanted["Q07"].replace("\n", "" if way == "HTMLで" else " ")
    assert said(answers) == wanted
    assert {question.key for question in answers.unanswered} == BLANK
    assert not answers.not_understood


@pytest.mark.parametrize("way", WAYS)
def test_どの回答も元の場所を言う(way):
    make, name = WAYS[way]
    answers = read_answers(make(), name, [SHEET])
    for answer in answers.answers:
        assert answer.raw
        place = answer.place[0]
        assert place.range or place.table or place.start is not None


def test_番号があれば番号で名前だけなら名前で見つける():
    by_id = read_answers(files.saved(book()), "a.xlsx", [SHEET])
    assert {answer.how for answer in by_id.answers} == {"id"}
    by_name = read_answers(files.pasted(files.without_ids(rows())), "a.xlsx", [SHEET])
    assert {answer.how for answer in by_name.answers} == {"reading"}
    assert by_id.base == SHEET.base
    assert by_name.base == SHEET.base[:8]


def test_記入者と備考と判明予定日も読む():
    answers = read_answers(files.saved(book()), "a.xlsx", [SHEET])
    assert answers.respondent == "山田 太郎 内線99"
    assert answers.by_key["Q10"].note == "県の統計による"
    assert str(answers.by_key["Q12"].expected_on) == "2022-08-10"


KINDS = {
    "xlsx": "xlsx", "html": "html",
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1",
}  # fmt: skip


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx", "csv", "html"])
def test_リブレオフィスで保存し直しても同じ回答が戻る(kind, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("office: soffice is not on this machine")
    given = tmp_path / "in" / "kaitou.xlsx"
    given.parent.mkdir()
    given.write_bytes(files.saved(book()))
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", KINDS[kind],
         "--outdir", str(tmp_path), str(given)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    answers = read_answers((tmp_path / f"kaitou.{kind}").read_bytes(), f"kaitou.{kind}", [SHEET])
    assert said(answers, flat=kind == "html") == WANTED | (
        {"Q07": "・拠点を整備した。 ・講座を12回開いた。"} if kind == "html" else {}
    )
    assert not answers.not_understood


def test_様式にはマクロも外の宛先もない():
    with zipfile.ZipFile(io.BytesIO(files.saved(book()))) as package:
        assert not [
            name
            for name in package.namelist()
            if "vba" in name.lower() or "external" in name.lower()
        ]
