"""Whatever grid or line comes, the reading of strangers' reports gives a report and drops no figure in silence."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.core.codec import decode, encode
from sosei.core.report import Place, Source
from sosei.reading.grid import Cell, Document, Grid, Line, Words
from sosei.reading.layouts import read_document, strangers

POOL = [
    "指標",
    "KPI",
    "目標値",
    "実績値",
    "基準値",
    "現状値",
    "達成率",
    "単位",
    "事業名",
    "担当課",
    "年度",
    "時点",
    "区分",
    "評価",
    "事業費",
    "決算額（千円）",
    "平成28年度",
    "H30",
    "R3.4",
    "平成28年度目標値",
    "実績値（累計）",
    "1年目",
    "①移住者数",
    "観光客数（人）",
    "12人",
    "1,234",
    "-",
    "〃",
    "集計中",
    "なし",
    "95.0%",
    "12人（H28）",
    "累計515人（うち255人）",
    "10人→20人",
    "設置",
    "合計",
    "備考",
    "※注記",
    "①",
    "②",
    "0",
    "1.5倍",
    "国",
    "その他",
    "計",
    "数値",
    "総合評価",
    "今後の方針",
    "○",
    "A",
]
TEXTS = st.one_of(st.sampled_from(POOL), st.sampled_from(["", " ", "\n"]), st.text(max_size=8))
SOURCE = Source(id="s1", name="x.html", sha256="0" * 64, format="html")


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    cells, taken = [], set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken or draw(st.integers(0, 9)) == 0:
                continue
            down, across = _span(draw, rows - row), _span(draw, columns - column)
            area = {(row + i, column + j) for i in range(down) for j in range(across)}
            if area & taken:
                down, across, area = 1, 1, {(row, column)}
            taken |= area
            words = Words.at(draw(TEXTS), Place(table=1, row=row + 1, column=column + 1))
            cells.append(Cell(row, column, words, down, across))
    return Grid(rows, columns, tuple(cells), number=1)


def _span(draw: st.DrawFn, room: int) -> int:
    return min(room, draw(st.sampled_from([1, 1, 1, 1, 2, 3])))


@st.composite
def lines(draw: st.DrawFn) -> Line:
    text = "".join(draw(st.lists(TEXTS, min_size=1, max_size=5)))
    level = draw(st.sampled_from([None, None, 1, 2]))
    return Line(Words.at(text, Place(start=0, end=len(text)), exact=True), level=level)


DOCUMENTS = st.lists(st.one_of(grids(), lines()), max_size=4).map(
    lambda b: Document(SOURCE, tuple(b))
)


@settings(max_examples=120)
@given(DOCUMENTS)
def test_どんな格子からも報告書ができる(document: Document) -> None:
    report = read_document(document)
    assert decode(encode(report)) == report


@settings(max_examples=60)
@given(DOCUMENTS)
def test_同じ文書はいつも同じに読む(document: Document) -> None:
    assert strangers.read(document) == strangers.read(document)


@settings(max_examples=60)
@given(DOCUMENTS)
def test_読んだ値の綴りは元の文書にある(document: Document) -> None:
    everything = "\n".join(words.text for words in document.words())
    for project in strangers.read(document).projects:
        for point in (point for i in project.indicators for point in i.years):
            for value in filter(None, (point.target, point.actual, point.cumulative_actual)):
                spelled = (
                    value.raw
                    or value.text
                    or (str(value.number) if value.number is not None else "")
                )
                assert spelled in everything


def test_空の文書は空の報告書() -> None:
    report = read_document(Document(SOURCE, ()))
    assert report.projects == ()
    assert report.fiscal_year is None
