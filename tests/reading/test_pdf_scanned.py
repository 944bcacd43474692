"""画像の頁. A page that is a picture is read by its look, says so with its confidence, and is never called sure."""

import pytest

pytest.importorskip("rapidocr", reason="rapidocr: not installed")
pytest.importorskip("cv2", reason="opencv: not installed")

import numpy
from hypothesis import given
from hypothesis import strategies as st

from scans import askew, pdf_of_picture, pdf_of_pictures, picture, printed
from sosei.reading import looking, open_document, report_of
from sosei.reading.formats.pdf import raster
from sosei.reading.formats.pdf.engine import View
from sosei.reading.formats.pdf.lookalikes import mended
from sosei.reading.formats.pdf.raster import Bar, Picture
from sosei.reading.formats.pdf.scanned import TiltedView
from sosei.reading.formats.pdf.sight import is_looking

TABLE = """#set page(width: 15cm, height: 8cm, margin: 1cm)
令和4年度 地方創生推進交付金 実績報告
#table(columns: 5,
  [重要業績評価指標], [単位], [基準値（H30）], [目標値（R4）], [実績値（R4）],
  [移住相談件数], [件], [120], [300], [342],
  [新規就農者数], [人], [4], [12], [9],
  [観光消費額], [千円], [25,000], [40,000], [38,500],
)"""


@pytest.fixture(scope="module")
def scan() -> bytes:
    return pdf_of_picture(askew(picture(printed(TABLE)), 0.7))


@pytest.fixture(scope="module")
def document(scan):
    with looking():
        return open_document(scan, "写し.pdf")


def test_頼まれなければ画像の頁は見ない(scan) -> None:
    document = open_document(scan, "写し.pdf")
    assert [note.code for note in document.unread] == ["page-is-picture"]
    assert not document.grids


def test_傾いた写しの表を読む(document) -> None:
    [grid] = document.grids
    assert (grid.rows, grid.columns) == (4, 5)
    body = [[grid.text(row, column) for column in range(5)] for row in range(1, 4)]
    assert body == [
        ["移住相談件数", "件", "120", "300", "342"],
        ["新規就農者数", "人", "4", "12", "9"],
        ["観光消費額", "千円", "25,000", "40,000", "38,500"],
    ]
    assert [note.code for note in document.unread] == ["page-was-seen"]


def test_見て読んだものは確度を言い_確かとは言わない(document) -> None:
    report = report_of(document)
    [project] = report.projects
    values = [
        value
        for one in project.indicators
        for point in one.years
        for value in (point.target, point.actual)
        if value is not None
    ]
    assert sorted(int(value.number) for value in values) == [9, 12, 300, 342, 38500, 40000]
    for value in values:
        assert value.sure is None
        assert all(0.5 < place.ocr <= 1 for place in value.place)


def test_場所は傾いた頁の上の場所である(document, scan) -> None:
    """The ink under a figure's place, on the page as it lies, is not that of the blank beside it."""
    cell = next(cell for cell in document.grids[0].cells if cell.text == "38,500")
    [place] = cell.words.places
    grey = picture(scan)
    x0, top, x1, bottom = (round(edge * 200 / 72) for edge in place.box)
    assert grey[top:bottom, x0:x1].min() < 100
    assert grey[top:bottom, x0:x1].mean() < 235
    assert bottom - top < 60


@pytest.mark.parametrize("degrees", [-2.3, -0.4, 0.0, 0.25, 1.9])
def test_傾きを見つける(degrees: float) -> None:
    grey = askew(picture(printed(TABLE)), degrees)
    assert raster.tilt_of(grey) == pytest.approx(-degrees, abs=0.06)


def test_罫線は点線も途切れた線も見つけ_字の画は線としない() -> None:
    grey = numpy.full((600, 900), 255, dtype="uint8")
    grey[100:103, 50:850] = 0
    grey[300:302, 50:850:6] = 0
    grey[300:302, 51:850:6] = 0
    grey[100:500, 50:53] = 0
    grey[100:290, 400:403] = 0
    grey[296:500, 400:403] = 0
    ink = raster._ink(grey)
    across = raster._bars(ink, 200 / 72, 22.0, 2.0)
    down = raster._bars(ink, 200 / 72, 11.0, 2.0, upright=True)
    assert sorted(round(bar.at, -1) for bar in across) == [100, 300]
    assert all(bar.end - bar.start > 780 for bar in across)
    assert sorted({round(bar.at, -1) for bar in down}) == [50, 400]


def test_線を消しても字は残る() -> None:
    grey = numpy.full((100, 300), 255, dtype="uint8")
    grey[50:52, :] = 0
    grey[20:40, 10:20] = 0
    bars = (Bar(51, 0, 300),)
    plain = raster.without_rules(Picture(grey, 200 / 72, 0.0, bars, bars, ()))
    assert plain[50:52].min() == 255
    assert plain[30, 15] == 0


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("スーパ一マーケット", "スーパーマーケット"), ("ー般会計", "一般会計"), ("第一ホール", "第一ホール"),
        ("人ロ", "人口"), ("労カ", "労力"), ("口ボット", "ロボット"), ("加エ品", "加工品"), ("エ事", "工事"),
        ("负担金", "負担金"), ("実绩值", "実績値"), ("1,2O0人", "1,200人"), ("KPI", "KPI"), ("2ー", "2ー"),
        ("一", "－"), ("ー", "－"), ("十二", "十二"), ("市ヘ", "市へ"), ("ペット", "ペット"),
    ],
)  # fmt: skip
def test_似た字を前後で見分ける(seen: str, meant: str) -> None:
    assert mended(seen) == meant


@given(st.text(max_size=40))
def test_似た字を直しても字の数は変わらない(text: str) -> None:
    assert len(mended(text)) == len(text)


@given(st.floats(-3, 3), st.floats(0, 500), st.floats(0, 700), st.integers(0, 3))
def test_傾いた見え方の場所は元の箱を囲む(tilt: float, x: float, y: float, turn: int) -> None:
    view = TiltedView(turn, (0.0, 0.0, 600.0, 800.0), 800.0, tilt)
    flat = View(turn, (0.0, 0.0, 600.0, 800.0), 800.0)
    box, plain = view.place(x, y, x + 50, y + 10), flat.place(x, y, x + 50, y + 10)
    assert (box[2] - box[0]) * (box[3] - box[1]) >= 0.98 * (plain[2] - plain[0]) * (
        plain[3] - plain[1]
    )
    if abs(tilt) < 1e-9:
        assert box == pytest.approx(plain, abs=0.11)


def test_見るのは囲んだ間だけである() -> None:
    assert not is_looking()
    with looking():
        assert is_looking()
        with looking(wanted=False):
            assert not is_looking()
    assert not is_looking()


MARKS = """#set page(width: 12cm, height: 6cm, margin: 1cm)
#table(columns: (4cm, 1.1cm, 1.1cm, 1cm), inset: (x: 1.5pt, y: 4pt), align: (left, right, right, left),
  [重要業績評価指標], [目標値], [実績値], [評価],
  [移住相談件数], [12,300], [12,342], [Ａ],
  [新規就農者数], [1,234], [－], [Ｃ],
  [観光消費額], [5,678], [－], [Ｂ],
)"""


def test_升に一つだけ立つ横線も読み_次の頁も読む() -> None:
    marks, plain = (askew(picture(printed(text)), -0.5) for text in (MARKS, TABLE))
    with looking():
        document = open_document(pdf_of_pictures(marks, plain), "写し.pdf")
    grid, after = document.grids
    assert after.text(1, 4) == "342"
    assert [grid.text(row, 2) for row in range(1, 4)] == ["12,342", "－", "－"]
