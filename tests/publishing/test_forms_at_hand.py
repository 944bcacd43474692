"""What an official sees at once in the forms: whole figures, no mark twice, no owed value in a plan, rows that show all."""

import io
import zipfile
from decimal import Decimal

import docx
from docx.oxml.ns import qn
from openpyxl import load_workbook

from sosei.core.report import Indicator, Place, Project, Report, Said, Value, Year, YearPoint
from sosei.publishing import publish
from sosei.publishing.forms import pdfcards
from sosei.publishing.forms.pdfink import Ink


def indicator(name: str, *, actual: bool = True, years: int = 1) -> Indicator:
    points = tuple(
        YearPoint(
            fiscal_year=2021 + at,
            target=Value(number=Decimal(1234567)),
            actual=Value(number=Decimal(1200000)) if actual else None,
        )
        for at in range(years)
    )
    return Indicator(
        name=Said(text=name), unit="人泊", years=points, baseline=Value(number=Decimal(12345678))
    )


SAMPLE = Report(
    fiscal_year=Year(year=2021),
    projects=(
        Project(
            name=Said(text="実績の事業"),
            place=(Place(start=3, end=9),),
            activities=(
                Said(text="・" + "市内の企業を支援した。" * 8),
                Said(text="・催しを開いた。"),
            ),
            indicators=(indicator("宿泊者数", years=3), indicator("抜けた数", actual=False)),
        ),
        Project(
            name=Said(text="計画の事業"),
            kind="plan",
            indicators=(indicator("計画の数", actual=False),),
        ),
    ),
)


def test_ワードの表で数値は折れない() -> None:
    document = docx.Document(io.BytesIO(publish(SAMPLE, "docx")))  # type: ignore[arg-type]
    (table, *_) = [t for t in document.tables if any(c.text == "基準値" for c in t.rows[0].cells)]
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    place = [c.text for c in table.rows[0].cells].index("基準値")
    assert widths[place] >= len("12,345,678") * 120
    assert sum(widths) == 14797


def test_計画の行は実績を求められない() -> None:
    sheet = load_workbook(io.BytesIO(publish(SAMPLE, "xlsx")))["年度別の値"]  # type: ignore[arg-type]
    rows = {row for area in sheet.conditional_formatting for r in area.sqref.ranges for row in range(r.min_row, r.max_row + 1)}  # fmt: skip
    assert rows == {2, 3, 4, 5}
    (rule,) = [r for area in sheet.conditional_formatting for r in area.rules]
    assert "<=2021" in rule.formula[0]


def test_公開用の長い文は行の高さに収まる() -> None:
    sheet = load_workbook(io.BytesIO(publish(SAMPLE, "opendata")))["実施内容"]  # type: ignore[arg-type]
    assert sheet.row_dimensions[2].height > 30
    assert sheet.row_dimensions[3].height is None


def test_PDFは印を二つ付けず_字数だけの場所を刷らず_指標を頁で割らない() -> None:
    blocks = pdfcards.Cards(Ink(), "ja").card(1, SAMPLE.projects[0], 2021)
    text = str(blocks)
    assert "'m': '•'" in text
    assert "・市内" not in text
    assert "出典の箇所" not in text
    assert "'u': True" in text


def test_すべて開ける() -> None:
    for form in ("docx", "xlsx", "opendata"):
        assert zipfile.is_zipfile(io.BytesIO(publish(SAMPLE, form)))  # type: ignore[arg-type]
