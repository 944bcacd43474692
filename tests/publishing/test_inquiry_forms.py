"""照会の書類. What is sent out: readable at once, protected where it matters, the same bytes every time."""

import dataclasses
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date

import docx
import openpyxl
import pytest

import inquirysample
import opinionsample
from sosei.core.opinions import JUDGEMENTS
from sosei.publishing.book import CellTooLong
from sosei.publishing.inquiry import letter, opinion_paper, opinion_workbook, workbook
from sosei.publishing.inquiry.days import day_shown

SHEET = inquirysample.sheet()
OPINIONS = opinionsample.sheet()
WRITERS = {
    "回答様式": lambda lang: workbook(SHEET, lang), "照会文": lambda lang: letter(SHEET, lang),
    "意見書ワード": lambda lang: opinion_paper(OPINIONS, lang), "意見書エクセル": lambda lang: opinion_workbook(OPINIONS, lang),
}  # fmt: skip


def page(sheet=SHEET):
    return openpyxl.load_workbook(io.BytesIO(workbook(sheet))).worksheets[0]


def words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join((*lines, *cells))


def row_of(sheet_page, key):
    return next(
        row for row in range(1, 99) if sheet_page.cell(row, 1).value == f"{SHEET.mark}:{key}"
    )


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_同じ照会からは同じバイト列になり時刻も作成者も入らない(name, lang):
    data = WRITERS[name](lang)
    assert data == WRITERS[name](lang)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time[:3] for info in package.infolist()} == {(1980, 1, 1)}
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) <= {"2000-01-01"}


@pytest.mark.parametrize("name", WRITERS)
def test_照会番号を印刷して見せ照合用の英数字は返ってくる様式にだけ添える(name):
    data = WRITERS[name]("ja")
    if name.endswith("エクセル") or name == "回答様式":
        sheet_page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        said = "\n".join(
            str(cell.value) for row in sheet_page.iter_rows() for cell in row if cell.value
        )
    else:
        said = words(data)
    sheet = OPINIONS if name.startswith("意見書") else SHEET
    printed = f"{sheet.mark}（照合用 {sheet.base[:8]}）"
    if name == "照会文":
        assert sheet.mark in said
        assert sheet.base[:8] not in said
    else:
        assert printed in said


def test_入力するセルだけが開いていて番号の列は隠れている():
    sheet_page = page()
    opened = {
        cell.coordinate[0] for row in sheet_page.iter_rows(min_row=7) for cell in row if not cell.protection.locked
    }  # fmt: skip
    assert opened == {"H", "I", "J"}
    assert sheet_page.protection.sheet
    assert not sheet_page.protection.password
    first = sheet_page.column_dimensions["A"]
    assert first.hidden
    assert (first.min, first.max) == (1, 2)


def test_どの項目にも番号と目標と前年度の値がある():
    sheet_page = page()
    for question in SHEET.questions:
        row = row_of(sheet_page, question.key)
        assert sheet_page.cell(row, 4).value == SHEET.called(question)
        if not question.is_text:
            assert sheet_page.cell(row, 5).value == question.unit
    row = row_of(sheet_page, "Q02")
    assert (sheet_page.cell(row, 6).value, sheet_page.cell(row, 7).value) == (259057, 243100)
    assert sheet_page.cell(row_of(sheet_page, "Q12"), 7).value == "集計中\n公表予定：7月末"
    assert sheet_page.cell(row_of(sheet_page, "Q07"), 5).value.startswith("・ヘルスケア")


def test_分かっている値は入れておき集計中の予定日も移す():
    questions = tuple(
        dataclasses.replace(q, now="集計中\n公表予定：8月") if q.key == "Q01" else q for q in SHEET.questions
    )  # fmt: skip
    sheet_page = page(inquirysample.sheet(questions=questions))
    row = row_of(sheet_page, "Q01")
    assert [sheet_page.cell(row, column).value for column in (8, 9)] == ["集計中", "8月"]
    assert sheet_page.cell(row_of(sheet_page, "Q13"), 8).value == 2


STANDING = {
    "Q01": "集計中\n公表予定：8月",
    "Q02": "243,000\n確報区分：速報",
    "Q10": "－",
    "Q13": "2",
    "Q08": "見込みを下回った。",
}


def standing_sheet():
    questions = tuple(dataclasses.replace(q, now=STANDING.get(q.key)) for q in SHEET.questions)
    return inquirysample.sheet(questions=questions)


def test_記入済みの数は集計中と速報値と横線を除き照会文も同じ数を言う():
    sheet = standing_sheet()
    assert sheet.standings == {"open": 11, "counting": 1, "preliminary": 1, "filled": 2}
    data = io.BytesIO(workbook(sheet))
    shown = openpyxl.load_workbook(data, data_only=True).worksheets[0]["J3"].value
    assert shown == "15件中 2件 記入済み（ほかに集計中・速報 2件）"
    assert "2事業・15項目（下記のとおり）。うち2項目は、いま台帳で「集計中」または速報値" in words(
        letter(sheet)
    )
    assert "集計中」または速報値のもの" not in words(letter(SHEET))


@pytest.mark.office
def test_記入済みの数の式は表計算でも同じ数になる(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("office: soffice is not on this machine")
    book = openpyxl.load_workbook(io.BytesIO(workbook(standing_sheet())))
    book.worksheets[0].cell(row_of(book.worksheets[0], "Q12"), 8).value = "1,074,983（速報値）"
    book.worksheets[0].cell(row_of(book.worksheets[0], "Q03"), 8).value = 0
    book.save(tmp_path / "kaitou.xlsx")
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1",
         "--outdir", str(tmp_path), str(tmp_path / "kaitou.xlsx")],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    said = (tmp_path / "kaitou.csv").read_text("utf-8")
    assert "15件中 3件 記入済み（ほかに集計中・速報 3件）" in said


def test_照会文は机での読み取りと送付の二つの返し方を言う():
    said = words(letter(SHEET))
    assert "サインインし、「照会」の画面で、入力したファイルを読み取らせる" in said
    assert "電子メールまたは庁内の共有フォルダーで企画課へ送る" in said
    assert "版 " not in said


def test_値の欄では集計中と該当なしを選べて数も入る():
    rules = [
        rule for rule in page().data_validations.dataValidation if "集計中" in str(rule.formula1)
    ]
    figures = [question for question in SHEET.questions if not question.is_text]
    assert len(rules) == len(figures)
    assert all("該当なし" in rule.formula1 and not rule.showErrorMessage for rule in rules)


def test_方針は一覧から選べる():
    rules = [
        rule
        for rule in page().data_validations.dataValidation
        if "事業の継続" in str(rule.formula1)
    ]
    assert [str(rule.sqref) for rule in rules] == [f"H{row_of(page(), 'Q09')}"]


def test_A4横で見出しの行を繰り返し一枚の幅に収まる():
    sheet_page = page()
    assert sheet_page.page_setup.orientation == "landscape"
    assert sheet_page.page_setup.paperSize == 9
    assert sheet_page.print_title_rows == "$6:$6"
    assert sheet_page.freeze_panes == "A7"
    assert sheet_page.sheet_properties.pageSetUpPr.fitToPage
    assert sheet_page.page_setup.fitToHeight == 0
    assert sum(sheet_page.column_dimensions[column].width for column in "CDEFGHIJ") < 155


def test_経費には合計の式があり一行だけのときはない():
    sheet_page = page()
    totals = [row for row in range(1, 60) if sheet_page.cell(row, 4).value == "合計"]
    assert [sheet_page.cell(row, 8).value for row in totals] == [
        '=IF(COUNT(H13:H15)=0,"",SUM(H13:H15))'
    ]


def test_等号で始まる名前は式にならない():
    question = dataclasses.replace(SHEET.questions[0], indicator="=1+1", last_year="=2+2")
    sheet_page = page(inquirysample.sheet(questions=(question,)))
    row = row_of(sheet_page, "Q01")
    assert (sheet_page.cell(row, 4).data_type, sheet_page.cell(row, 7).data_type) == ("s", "s")


def test_セルに入らない長さの文章は断る():
    question = dataclasses.replace(SHEET.questions[6], last_year="あ" * 33_000)
    with pytest.raises(CellTooLong):
        workbook(inquirysample.sheet(questions=(question,)))


def test_照会文は宛先と期限と問合せ先を言う():
    said = words(letter(SHEET))
    for part in (
        "4企第123号", "令和4年6月1日", "ものづくり推進課長　様", "見本市（架空）　企画課長",
        "令和3年度地方創生関連交付金活用事業の実績について（照会）", "記", "令和4年6月24日（金）", "内線 1234",
        "成長分野拠点形成支援事業　9項目", "2事業・15項目", "以上",
    ):  # fmt: skip
        assert part in said, part


def test_照会文は決めた本文があればそれを使い題を重ねない():
    said = words(
        letter(inquirysample.sheet(letter="本文です。\n二行目です。", title="実績について（照会）"))
    )
    assert "本文です。\n二行目です。" in said
    assert "業務御多用" not in said
    assert "について（照会）について" not in said


def test_意見書は事業ごとに実績と二つの選択肢を見せる():
    said = words(opinion_paper(OPINIONS))
    for part in (
        "市内ものづくり企業の新規雇用者数",
        "83.3%",
        "集計中",
        "提案：地方創生に相当程度効果があった",
        "阻害要因",
        *JUDGEMENTS.values(),
    ):
        assert part in said, part
    body = docx.Document(io.BytesIO(opinion_paper(OPINIONS))).element.body
    assert sum(t.text == "☐" for t in body.iter("{*}t")) == 2 * len(OPINIONS.projects)


def test_意見書のエクセルは評価を一覧から選べる():
    sheet_page = openpyxl.load_workbook(io.BytesIO(opinion_workbook(OPINIONS))).worksheets[0]
    rules = sheet_page.data_validations.dataValidation
    assert len(rules) == len(OPINIONS.projects)
    assert all(JUDGEMENTS["not_effective"] in rule.formula1 for rule in rules)
    assert sheet_page.column_dimensions["A"].hidden


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2022, 6, 24), "令和4年6月24日（金）"), (date(2019, 5, 1), "令和元年5月1日（水）"), (date(2019, 4, 30), "平成31年4月30日（火）"),
        (date(1989, 1, 7), "昭和64年1月7日（土）"), (date(1926, 12, 24), "1926年12月24日（金）"),
    ],
)  # fmt: skip
def test_日付は元号と曜日で書く(day, shown):
    assert day_shown(day) == shown


def test_英語の日付():
    assert day_shown(date(2022, 6, 24), "en") == "Friday, 24 June 2022"
