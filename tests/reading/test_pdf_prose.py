"""地の文. Lines outside tables become paragraphs: wide leading joined, contents, captions and entries kept apart."""

from __future__ import annotations

import itertools

import pytest
from pdfpages import Page, pdf_of

from sosei.reading import open_document

TEXT = "市長は、特別の事情があると認めるときは、前条第一項の使用料の全部又は一部を減免することができる。ただし、施設の管理上支障があるときは、この限りでない。"


def lines(page: Page) -> list[str]:
    document = open_document(pdf_of(page), "a.pdf")
    return [line.text for line in document.lines]


def block(page: Page, text: str, pitch: float, *, top: float = 100.0, wide: int = 18) -> Page:
    for n, at in enumerate(range(0, len(text), wide)):
        page.text(80, top + pitch * n, text[at : at + wide], 10)
    return page


def test_行間の広い文も一つの段落である() -> None:
    assert lines(block(Page(), TEXT, 22.5)) == [TEXT]


def test_行間の広い一行ずつの文は別々である() -> None:
    texts = [
        "移住者の数は、目標二十人に対して十九人となり、おおむね達成した。",
        "空家バンクの成約件数",
        "成約は目標を超えた。",
    ]
    page = Page()
    for n, text in enumerate(texts):
        page.text(80, 100 + 22.5 * n, text, 10)
    assert lines(page) == texts


def test_目次の行は一つずつである() -> None:
    page = Page()
    texts = [f"{n}.1 背景と目的{'.' * 60}{n}" for n in range(1, 5)]
    for n, text in enumerate(texts):
        page.text(80, 100 + 14 * n, text, 10)
    assert lines(page) == texts


def test_句読点が右にはみ出す行のある段落も一つである() -> None:
    body = "地域の資源を生かした観光の振興に取り組み"
    rows = [body, body + "、", body, body, "ました。"]
    page = Page()
    for number, row in enumerate(rows):
        page.text(80, 100 + 22 * number, row)
    assert lines(page) == ["".join(rows)]


def test_一字下がって折り返す条や項は一つの段落である() -> None:
    full = "公共的又は公益的な目的で使用するときその他"
    page = Page()
    rows = [
        ("第８条", full[2:]),
        ("", full),
        ("", "できる。"),
        ("２", full),
        ("", full),
        ("", "定める。"),
    ]
    for number, (label, text) in enumerate(rows):
        page.text(80, 100 + 22 * number, label)
        page.text(120 if len(label) > 1 else 100, 100 + 22 * number, text)
    assert lines(page) == [
        f"第８条 {full[2:]}{full}できる。",
        f"２ {full}{full}定める。",
    ]


@pytest.mark.parametrize("whole", [True, False])
def test_下線に書き込んだ様式の行は離れていても一行である(whole: bool) -> None:
    page = Page()
    for x, text in ((60, "計画期間：平成"), (170, "29"), (210, "年度"), (290, "～"), (330, "38"), (380, "年度")):  # fmt: skip
        page.text(x, 100, text, 9)
    page.line(58, 114, 400 if whole else 160, 114)
    texts = lines(page)
    assert len(texts) == (1 if whole else 6)
    assert "".join(texts).replace("\u3000", "").replace(" ", "") == "計画期間：平成29年度～38年度"


def test_写真の横の狭い段と下の広い段は一つの段落である() -> None:
    page, text = Page(), TEXT + TEXT
    cuts = [0, 18, 36, 54, 102, len(text)]
    for n, (first, last) in enumerate(itertools.pairwise(cuts)):
        page.text(80, 100 + 16 * n, text[first:last], 10)
    page.text(80, 230, text[:48], 10)
    assert lines(page)[0] == text


def test_離して並べた名の一覧は段落ではない() -> None:
    page = Page()
    rows = [
        ("機械及び装置", "8～20年"),
        ("車輌及び運搬具", "3～ 7年"),
        ("工具器具備品他", "4～10年"),
    ]
    for n, (name, years) in enumerate(rows):
        page.text(80, 100 + 14 * n, name, 10).text(170, 100 + 14 * n, years, 10)
    assert len(lines(page)) == 3


def framed(page: Page, x0: float, top: float, x1: float, bottom: float) -> Page:
    for a, b, c, d in (
        (x0, top, x1, top),
        (x0, bottom, x1, bottom),
        (x0, top, x0, bottom),
        (x1, top, x1, bottom),
    ):
        page.line(a, b, c, d)
    return page


def test_並んだ枠は枠ごとに左から読む() -> None:
    page = Page().text(80, 60, "事業の振り返り")
    left = ["計画", "期間は令和三年度から五年度", "交付金は推進交付金"]
    right = ["実施", "集荷土場を整えボイラーの", "導入に補助を行った。", "負担金も支払った。"]
    for x, texts in ((80, left), (310, right)):
        framed(page, x - 10, 90, x + 215, 200)
        for number, text in enumerate(texts):
            page.text(x, 100 + 16 * number, text)
    page.text(80, 230, "総合評価は順調")
    joined = "集荷土場を整えボイラーの導入に補助を行った。"
    found = lines(page)
    assert found[:4] == ["事業の振り返り", *left]
    assert "".join(found[4:]) == "".join(["実施", joined, "負担金も支払った。", "総合評価は順調"])


def test_枠が並ばなければ行は上から読む() -> None:
    page = framed(Page(), 70, 90, 525, 140)
    for x, text in ((80, "左の上"), (320, "右の上")):
        page.text(x, 100, text)
    for x, text in ((80, "左の下"), (320, "右の下")):
        page.text(x, 120, text)
    assert lines(page) == ["左の上", "右の上", "左の下", "右の下"]


def test_列ごとに色を敷いた表は枠の並びではない() -> None:
    page = Page()
    for x, grey in ((70, 0.9), (200, 0.8), (330, 0.9)):
        page.bar(x, 90, x + 130, 190, grey=grey)
    rows = [("指標", "目標", "実績"), ("来場者数", "多い", "少ない"), ("会員数", "百人", "九十人")]
    for number, row in enumerate(rows):
        for x, text in zip((80, 210, 340), row, strict=True):
            page.text(x, 100 + 30 * number, text, 9)
    assert lines(page) == [text for row in rows for text in row]
