"""壊れたPDF. What cannot be read is refused with a code or said in the report; nothing hangs, falls or swells."""

from __future__ import annotations

import random

import pytest
from pdfpages import Page, even, file_of, pdf_of, plain, stream_of, table

from sosei.core.errors import SoseiError
from sosei.reading import open_document
from sosei.reading.formats import pdf
from sosei.reading.formats.refusal import Broken, Encrypted, TooManyCells, TooMuchDrawn
from sosei.reading.grid import Document

GOOD = pdf_of(
    table(Page(), plain([["区分", "値"], ["観光", "1"]]), [60, 160, 260], even(100, 20, 2))
)
ONE = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]


def read(data: bytes) -> Document:
    document = open_document(data, "a.pdf")
    assert isinstance(document, Document)
    return document


def codes(data: bytes) -> list[str]:
    return [note.code for note in read(data).unread]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"%PDF-1.7\n" + bytes(range(256)), GOOD[:200], file_of([b"<<>>"])]
)
def test_頁のないPDFは壊れていると言う(data: bytes) -> None:
    with pytest.raises(Broken):
        read(data)


def test_前にごみがあっても読める() -> None:
    assert read(b"\r\n\r\n" + GOOD).grids


def test_パスワードのあるPDFはそう言う() -> None:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"00" * 32, b"11" * 32)  # fmt: skip
    with pytest.raises(Encrypted):
        read(pdf_of(Page().text(60, 60, "秘密"), trailer=lock))


def test_画像だけの頁はそう言う() -> None:
    image = stream_of(
        b"\x80" * 100,
        b"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8",
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
    notes = read(file_of([*ONE, page, stream_of(b"595 0 0 842 0 0 cm /I Do"), image])).unread
    assert [(n.code, n.raw, n.place[0].page) for n in notes] == [
        ("page-is-picture", "この頁は画像です", 1)
    ]


def test_白い頁には何も言わない() -> None:
    document = read(pdf_of(Page(), Page().text(60, 60, "本文")))
    assert (document.unread, [line.text for line in document.lines]) == ((), ["本文"])


def test_自分を含む部品は終わる() -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    form = stream_of(
        b"/F Do 0 0 9 9 re f",
        b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>",
    )
    assert read(file_of([*ONE, page, stream_of(b"/F Do"), form])).blocks == ()


def test_輪になった頁の木は終わる() -> None:
    tree = [
        ONE[0],
        b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    assert set(codes(file_of(tree))) <= {"page-broken", "pages-left"}


def test_頁の数のうそはそこで止まる() -> None:
    kids = b" ".join(b"3 0 R" for _ in range(3))
    tree = [
        ONE[0],
        b"<</Type/Pages/Kids[%s 9 0 R]/Count 1000000000>>" % kids,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    assert len(read(file_of(tree)).unread) <= 60


def test_部品の中の部品が増え続けるものは断る() -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
    forms = [stream_of(b"/F Do " * 20, head % (6 + n)) for n in range(8)]
    last = stream_of(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    with pytest.raises(TooMuchDrawn):
        read(file_of([*ONE, page, stream_of(b"/F Do"), *forms, last]))


def test_膨らむ中身は断る() -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    swollen = stream_of(b"0 0 m 9 9 l S\n" * 2_000_000, packed=True)
    with pytest.raises(TooMuchDrawn):
        list(pdf.tables(file_of([*ONE, page, swollen]), "a.pdf"))


def test_図形の多すぎる頁は途中までと言う() -> None:
    page = Page().text(60, 60, "地図").draw("0 0 m 9 9 l S\n" * 70_000)
    assert codes(pdf_of(page, packed=True)) == ["page-too-full"]


def test_セルの多すぎる文書は断り_表だけなら流して読める(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_CELLS", 100)
    data = pdf_of(
        *[
            table(
                Page().text(60, 60, f"第{n}章"),
                plain([["甲", "乙"]] * 30),
                [60, 160, 260],
                even(100, 20, 30),
            )
            for n in range(3)
        ]
    )
    with pytest.raises(TooManyCells):
        read(data)
    assert len(list(pdf.tables(data, "a.pdf"))) == 3


def test_二千頁は読む分だけ読み_残りを言う(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sosei.reading.formats.pdf.flow.MAX_PAGE_WORK", 500)
    notes = read(pdf_of(*[Page().text(60, 60, f"第{n}条 目的") for n in range(2000)])).unread
    assert [note.code for note in notes] == ["pages-left"]
    assert notes[0].raw.endswith("-2000")


@pytest.mark.parametrize("seed", range(40))
def test_一部を壊したPDFは断るか読むかのどちらか(seed: int) -> None:
    change = random.Random(seed)
    data = bytearray(GOOD)
    for _ in range(change.randint(1, 30)):
        data[change.randrange(9, len(data))] = change.randrange(256)
    answer = answer_to(bytes(data))
    assert isinstance(answer, Document) or answer.startswith("E2")


def answer_to(data: bytes) -> object:
    """Return the document, or the code of its refusal."""
    try:
        return open_document(data, "a.pdf")
    except SoseiError as error:
        return error.code


@pytest.mark.parametrize("far", ["1e30", "-1e30", "999999999", "nan"])
def test_頁のはるか外に引いた線や字は表を乱さない(far: str) -> None:
    xs, ys = even(60, 90, 3), even(100, 22, 3)
    page = table(
        Page(),
        plain([["区分", "目標", "実績"], ["観光客", "100", "98"], ["移住者", "20", "25"]]),
        xs,
        ys,
    )
    page.draw(
        f"0 0 {far} {far} re f 1 g 0 0 {far} 9 re f 0 g {far} 0 m {far} 800 l S 10 {far} m 500 {far} l S"
    )
    page.draw(f"BT /J 9 Tf 1 0 0 1 {far} {far} Tm <6f22> Tj ET")
    assert [(g.rows, g.columns) for g in read(pdf_of(page)).grids] == [(3, 3)]
