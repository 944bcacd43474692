"""What the tabular forms look like from outside: bytes, types, formulas, lists, definitions, and the same every time."""

import csv
import io
import os
import re
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from sosei.core import linked
from sosei.core.codec import dumps
from sosei.core.gaps import Gap
from sosei.core.report import (
    PARTS,
    Body,
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Year,
    YearPoint,
    all_fields,
)
from sosei.publishing import FORMS, publish
from sosei.publishing.book import CellTooLong
from sosei.publishing.forms import UnknownForm
from sosei.publishing.forms.opendata import is_unusual


def number(text: str, **more: object) -> Value:
    return Value(number=Decimal(text), **more)


def kpi(name: str, target: Value | None, actual: Value | None, **more: object) -> Indicator:
    point = YearPoint(fiscal_year=2021, target=target, actual=actual)
    return Indicator(name=Said(text=name), unit="人", years=(point,), **more)


RATED = (
    (kpi("達成", number("50"), number("40")), 0.8),
    (kpi("小数", number("0.3"), number("0.1")), 1 / 3),
    (kpi("目標なし", None, number("40")), None),
    (kpi("集計中", number("50"), Value(gap=Gap.COUNTING)), None),
    (kpi("目標が零", number("0"), number("40")), None),
    (kpi("目標が文字", Value(text="策定"), number("1")), None),
    (kpi("減らす目標", number("50"), number("40"), direction="down"), None),
    (kpi("以下の目標", number("50", op="<="), number("40")), None),
    (kpi("単位違い", number("5", unit="千人"), number("4000")), None),
)
SAMPLE = Report(
    title=Said(text="令和3年度 報告 & 検証"),
    bodies=(Body(name="見本市", code="032018"),),
    fiscal_year=Year(year=2021),
    projects=(
        Project(
            name=Said(text="=1+1"),
            number="007",
            grant=Said(text="地方創生推進交付金"),
            departments=(Said(text="企画課"), Said(text="都市戦略室")),
            period=PeriodSaid(raw="R3～R7年度", first=2021, last=2025),
            indicators=tuple(one for one, _ in RATED),
            spending=(Spending(label=Said(text="① 委託"), yen=10_010_000, unit="千円"),),
            remarks=(Said(text="'先頭のアポストロフィ"), Said(text='<b>"引用", とコンマ</b>')),
        ),
    ),
)


def files() -> dict[str, bytes]:
    published = publish(SAMPLE, "csv")
    assert isinstance(published, dict)
    return published


def rows(name: str) -> list[list[str]]:
    data = next(data for file, data in files().items() if file.endswith(f"_{name}.csv"))
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def book(form: str = "xlsx", *, values: bool = False):
    data = publish(SAMPLE, form)
    assert isinstance(data, bytes)
    return load_workbook(io.BytesIO(data), data_only=values)


def column(sheet, label: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == label)


# -- the columns ----------------------------------------------------------------------------------------------


def test_表の列は契約のすべての項目を運ぶ() -> None:
    carried = {c.of or c.field for table in linked.TABLES for c in table.all_columns}
    carried |= {c.field for table in linked.TABLES for c in table.all_columns}
    inside = {
        "Said.text",
        "Year.year",
        "Value.number",
        "PeriodSaid.raw",
        "PeriodSaid.first",
        "PeriodSaid.last",
    }
    by_row = {"Report.bodies", "Report.projects", "Project.bodies", "Project.spending", "Project.indicators",
              "Project.verification", "Indicator.years", "Verification.scales"}  # fmt: skip
    assert all_fields() <= carried | inside | by_row
    assert {cls.__name__ for cls in PARTS} >= {field.split(".")[0] for field in inside | by_row}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("table", linked.TABLES, ids=lambda table: table.name)
def test_一つの表に同じ見出しはない(table: linked.Table, lang: str) -> None:
    prefix = () if table is linked.BODIES else linked.PREFIX
    labels = [column.label(lang) for column in (*prefix, *table.all_columns)]
    assert len(labels) == len(set(labels))


# -- CSV ------------------------------------------------------------------------------------------------------


def test_CSVはBOM付きUTF8でCRLFで全列がそろう() -> None:
    for name, data in files().items():
        assert data.startswith(b"\xef\xbb\xbf"), name
        assert b"\n" not in data.replace(b"\r\n", b""), name
    for name in ("report", "projects", "kpi", "kpi_values", "spending", "remarks"):
        table = rows(name)
        assert table[0][:3] == ["全国地方公共団体コード", "ID", "地方公共団体名"]
        assert {len(line) for line in table} == {len(table[0])}
        assert all(line[0] == "032018" and line[2] == "見本市" for line in table[1:])


def test_CSVのファイル名は団体コードで始まる() -> None:
    assert "032018_chihososei_kofukin_kpi.csv" in files()
    assert next(iter(publish(Report(), "csv"))) == "chihososei_kofukin_report.csv"


def test_CSVのIDは表の中で一つだけ() -> None:
    for name in ("projects", "kpi", "kpi_values", "remarks"):
        ids = [line[1] for line in rows(name)[1:]]
        assert len(ids) == len(set(ids))


def test_式のような文字はデータの中でそのまま() -> None:
    texts = {cell for name in ("projects", "remarks") for line in rows(name) for cell in line}
    assert {"=1+1", "007", "'先頭のアポストロフィ", '<b>"引用", とコンマ</b>'} <= texts


def test_年度は西暦と和暦を並べる() -> None:
    head, line = rows("report")
    assert line[head.index("対象年度")] == "2021"
    assert line[head.index("対象年度（和暦）")] == "令和3年度"


def test_項目定義書はすべての表のすべての列を説明する() -> None:
    head, *lines = rows("columns")
    assert head == ["表", "項目名", "項目名（英語）", "型", "単位", "とりうる値", "説明"]
    defined = {(line[0], line[1]) for line in lines}
    for name in ("report", "projects", "kpi", "kpi_values", "spending", "remarks"):
        labels = rows(name)[0]
        assert set(labels) <= {label for _, label in defined}
    state = next(line for line in lines if line[1] == "実績値_状態")
    assert state[5] == "集計中／未定／該当なし／測定不能／－／空欄"
    assert all(line[6] for line in lines)


# -- the workbook to work in ----------------------------------------------------------------------------------


def test_達成率は式であり値も入っている() -> None:
    formulas, values = book()["年度別の値"], book(values=True)["年度別の値"]
    at = column(formulas, "達成率（計算値）")
    for row, (indicator, expected) in enumerate(RATED, 2):
        shown = values.cell(row, at).value or None
        assert shown == (pytest.approx(expected) if expected else None), indicator.name
    assert str(formulas.cell(2, at).value).startswith("=IF(AND(ISNUMBER(")


def test_率が嘘になる行には式も置かない() -> None:
    sheet = book()["年度別の値"]
    at = column(sheet, "達成率（計算値）")
    named = {
        one.name.text: sheet.cell(row, at).value
        for row, (one, _) in enumerate(RATED, 2)
        if one.name
    }
    without = {name for name, value in named.items() if value is None}
    assert without == {"減らす目標", "以下の目標", "単位違い", "目標が零"}


def test_文字は文字で数は数() -> None:
    projects, spending = book()["事業"], book()["経費"]
    name = projects.cell(2, column(projects, "事業の名称"))
    assert (name.value, name.data_type) in {("=1+1", "s"), ("=1+1", "f")}
    assert projects.cell(2, column(projects, "事業番号")).value == "007"
    yen = spending.cell(2, column(spending, "金額（円）"))
    assert (yen.value, yen.number_format) == (10_010_000, "#,##0")
    data = publish(SAMPLE, "xlsx")
    assert isinstance(data, bytes)
    archive = zipfile.ZipFile(io.BytesIO(data))
    sheets = b"".join(archive.read(n) for n in archive.namelist() if "worksheets/sheet" in n)
    assert b"<f>1+1</f>" not in sheets


def test_作業用の表は見出しを固定し印刷の設定を持つ() -> None:
    for sheet in book().worksheets[1:]:
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref.startswith("A1:")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"
        assert "&P" in sheet.oddFooter.center.text


def test_符号の列には一覧があり数値の列は文字を断る() -> None:
    sheet = book()["年度別の値"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    state, actual = (get_column_letter(column(sheet, label)) for label in ("実績値_状態", "実績値"))
    last = len(RATED) + 200
    assert (
        rules[f"{state}2:{state}{last + 1}"].formula1 == '"集計中,未定,該当なし,測定不能,－,空欄"'
    )
    assert rules[f"{actual}2:{actual}{last + 1}"].type == "decimal"


def test_複数の担当課は番号付きの列になる() -> None:
    sheet = book()["事業"]
    assert sheet.cell(2, column(sheet, "担当課1")).value == "企画課"
    assert sheet.cell(2, column(sheet, "担当課2")).value == "都市戦略室"


# -- the workbook for machines --------------------------------------------------------------------------------


def test_公開用は機械判読の規則に従う() -> None:
    for sheet in book("opendata").worksheets:
        assert not sheet.merged_cells.ranges, "1-4 結合なし"
        assert sheet.cell(1, 1).value, "表はA1から"
        cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
        assert all(cell.data_type in "sn" or cell.value == "=1+1" for cell in cells), "1-7 数式なし"
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
        assert all(text == text.strip() and "\n" not in text for text in texts), (
            "1-5 体裁の空白なし"
        )
        numbers = [cell for cell in cells if isinstance(cell.value, int | float)]
        assert all(re.fullmatch(r"0(\.0+)?", cell.number_format) for cell in numbers), "1-3"
    data = publish(SAMPLE, "opendata")
    assert isinstance(data, bytes)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not [name for name in names if "drawing" in name or "media" in name], (
        "1-8 オブジェクトなし"
    )


def test_公開用の見出しと符号に機種依存文字はない() -> None:
    report = Report(projects=(Project(),))
    data = publish(report, "opendata")
    assert isinstance(data, bytes)
    workbook = load_workbook(io.BytesIO(data))
    texts = [
        str(c.value) for sheet in workbook for line in sheet.iter_rows() for c in line if c.value
    ]
    assert not [text for text in texts if any(is_unusual(ch) for ch in text)]
    assert "機種依存文字" not in workbook.sheetnames


def test_公開用は原文の機種依存文字を変えずに一覧で知らせる() -> None:
    workbook = book("opendata")
    listed = {
        line[0].value: line[2].value for line in workbook["機種依存文字"].iter_rows(min_row=2)
    }
    assert listed == {"①": "1"}
    spending = workbook["経費"]
    assert spending.cell(2, column(spending, "経費の名称")).value == "① 委託"


# -- refusals, and the same bytes every time ------------------------------------------------------------------


def test_ない形は断る() -> None:
    with pytest.raises(UnknownForm) as refusal:
        publish(SAMPLE, "xls")
    assert "xlsx" in refusal.value.sentence("ja")
    assert set(FORMS) >= {"json", "csv", "xlsx", "opendata"}


@pytest.mark.parametrize("form", ["xlsx", "opendata"])
def test_セルに入らない長さは断る(form: str) -> None:
    long = Report(projects=(Project(remarks=(Said(text="長" * 32768),)),))
    with pytest.raises(CellTooLong):
        publish(long, form)
    publish(Report(projects=(Project(remarks=(Said(text="長" * 32767),)),)), form)


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "opendata"])
def test_同じ報告書は何度でも同じバイト列(form: str) -> None:
    assert publish(SAMPLE, form) == publish(SAMPLE, form)


_PRINT = """
import hashlib, sys
from sosei.core.codec import loads
from sosei.publishing import publish
report = loads(sys.stdin.buffer.read().decode("utf-8"))
for form in ("json", "csv", "xlsx", "opendata"):
    made = publish(report, form)
    parts = made.items() if isinstance(made, dict) else [("", made)]
    print(form, [(name, hashlib.sha256(data).hexdigest()) for name, data in parts])
"""


def printed(home: Path, **environment: str) -> str:
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONUTF8": "1",
        "HOME": str(home),
        **environment,
    }
    done = subprocess.run(
        [sys.executable, "-c", _PRINT],
        input=dumps(SAMPLE).encode(),
        env=env,
        capture_output=True,
        check=True,
        cwd=home,
    )
    return done.stdout.decode()


def test_時計も場所も言語も違う機械で同じバイト列(tmp_path: Path) -> None:
    here = printed(tmp_path, TZ="Asia/Tokyo", LC_ALL="C.UTF-8", PYTHONHASHSEED="0")
    other = tmp_path / "もう一つの家"
    other.mkdir()
    there = printed(
        other, TZ="Pacific/Honolulu", LC_ALL="tr_TR.UTF-8", PYTHONHASHSEED="4242", USER="someone"
    )
    assert here == there
    assert here.count("\n") == 4


def test_手引きはすべての表とそのファイル名を載せる() -> None:
    manual = (Path(__file__).parents[2] / "docs/manual/tables.md").read_text("utf-8")
    for table in linked.TABLES:
        assert f"| {table.label('ja')} / {table.label('en')} |" in manual
    names = {name.removeprefix("032018_chihososei_kofukin") for name in files()} - {"README.txt"}
    assert all(f"`…{name}`" in manual for name in names)
