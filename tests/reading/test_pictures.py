"""頁の絵. A page is drawn within bounds, and places lie on the picture where the page shows them, turned or cropped."""

import struct
import threading
import zlib
from contextlib import suppress

import pytest

from paperroom import paper
from sosei.core.report import Place
from sosei.reading import drawing, open_document, pictures
from sosei.reading.pictures import NoPicture, Sheet, pages_of, picture, sheet_of, sheets

RED = (255, 0, 0)


def pdf(content: str, page: str = "/MediaBox[0 0 300 200]", *, more: str = "") -> bytes:
    """A PDF of one page, written by hand."""
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{page}/Contents 4 0 R/Resources<<{more}>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
    ]  # fmt: skip
    out, at = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        at.append(len(out))
        out += f"{number} 0 obj{part}endobj\n".encode()
    rows = "".join(f"{one:010d} 00000 n \n" for one in at)
    tail = f"xref\n0 {len(at) + 1}\n0000000000 65535 f \n{rows}trailer<</Size {len(at) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + tail.encode()


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and the colours of a PNG that we wrote."""
    wide, high = struct.unpack(">II", png[16:24])
    size = struct.unpack(">I", png[33:37])[0]
    rows = zlib.decompress(png[41 : 41 + size])
    line = wide * 3 + 1
    return wide, high, b"".join(rows[at + 1 : at + line] for at in range(0, len(rows), line))


def bounds(png: bytes, colour: tuple[int, int, int]) -> tuple[float, float, float, float]:
    """Where a colour stands, as shares of the sides."""
    wide, high, colours = pixels(png)
    found = [n for n in range(wide * high) if colours[3 * n : 3 * n + 3] == bytes(colour)]
    xs, ys = [n % wide for n in found], [n // wide for n in found]
    return min(xs) / wide, min(ys) / high, (max(xs) + 1) / wide, (max(ys) + 1) / high


@pytest.mark.parametrize(
    "page",
    [
        "/MediaBox[0 0 300 200]",
        "/MediaBox[0 0 300 200]/Rotate 90",
        "/MediaBox[0 0 300 200]/Rotate 180",
        "/MediaBox[0 0 300 200]/Rotate 270",
        "/MediaBox[0 0 300 200]/CropBox[20 10 280 190]",
        "/MediaBox[0 0 300 200]/CropBox[20 10 280 190]/Rotate 90",
    ],
)
def test_所在の枠は画像のその場所にある(page: str, monkeypatch) -> None:
    """A red rectangle of known place lies on the picture where its place says: also on turned and cropped pages."""
    monkeypatch.setattr(pictures, "LONGEST", 300)
    data = pdf("1 0 0 rg 60 120 90 30 re f", page)
    sheet = sheets(data, [1])[1]
    stated = 300 if "Rotate 90" in page or "Rotate 270" in page else 200
    if "CropBox" in page:
        stated = 260 if "Rotate" in page else 180
    left, top, wide, high = sheet.on((60, stated - 150, 150, stated - 120))
    said = (left / sheet.wide, top / sheet.high, (left + wide) / sheet.wide, (top + high) / sheet.high)  # fmt: skip
    seen = bounds(picture(data, "赤.pdf", 1), RED)
    assert seen == pytest.approx(said, abs=0.02)


def test_読み手の言う所在がそのまま画像に乗る(monkeypatch) -> None:
    """The reader's own places: under each figure's box there is ink, and beside the table there is none."""
    data = paper("令和4年度")
    document = open_document(data, "見本.pdf")
    cell = next(c for grid in document.grids for c in grid.cells if c.text == "4,012,345")
    [place] = cell.words.places
    sheet = sheets(data, [1])[1]
    left, top, wide, high = sheet.on(place.box)
    across, down, colours = pixels(picture(data, "見本.pdf", 1))
    scale = across / sheet.wide
    inside = [
        colours[3 * (y * across + x)]
        for y in range(int(top * scale), int((top + high) * scale))
        for x in range(int(left * scale), int((left + wide) * scale))
    ]
    assert min(inside) < 90 < max(inside)
    assert down == pytest.approx(across * sheet.high / sheet.wide, abs=1)


def test_紙面は並びに書いて戻せる() -> None:
    sheet = Sheet(841.89, 595.28, (0.001, 0.0, 0.0), (0.0, 0.002, 0.1))
    assert sheet_of(sheet.kept()) == sheet


def test_頁のない所在は数えない() -> None:
    assert pages_of([Place(page=3), Place(sheet="表"), Place(page=1), Place(page=3)]) == [1, 3]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"PK\x03\x04", b"\xff" * 4096])
def test_開けないものは文で断る(data: bytes) -> None:
    assert sheets(data, [1]) == {}
    with pytest.raises(NoPicture, match="画像にできません"):
        picture(data, "壊れた.pdf", 1)


def test_ない頁は断る() -> None:
    with pytest.raises(NoPicture):
        picture(pdf("0 0 1 1 re f"), "一枚.pdf", 2)


@pytest.mark.parametrize(
    ("wide", "high"), [(14400, 1), (1, 14400), (1e9, 1e9), (0, 0), (841.9, 595.3)]
)
def test_どんな大きさの頁も決めた大きさの画像になる(wide: float, high: float) -> None:
    across, down = drawing.shape_of(wide, high, 1800)
    assert 1 <= across <= 1800
    assert 1 <= down <= 1800


def test_時間を過ぎた描画は打ち切って断る(monkeypatch) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 0)
    heavy = pdf(
        "".join(f"{k % 300} 0 m 0 {k % 200} 300 200 {k % 150} 9 c S\n" for k in range(200_000))
    )
    with pytest.raises(NoPicture, match="1ページ"):
        picture(heavy, "重い.pdf", 1)


def test_待ちきれないときは順番が来ないと言う(monkeypatch) -> None:
    monkeypatch.setattr(pictures, "PATIENCE", 0.01)
    monkeypatch.setattr(pictures, "_TURNS", threading.BoundedSemaphore(1))
    with pictures._TURNS, pytest.raises(pictures.NoTurn, match="しばらくしてから"):
        picture(pdf("0 0 1 1 re f"), "混雑.pdf", 1)


def test_記憶を食う絵は別の工程だけを倒す() -> None:
    """An image that says it has two thousand million pixels is not held."""
    image = "/XObject<</I 5 0 R>>"
    data = pdf("300 0 0 200 0 0 cm /I Do", more=image)
    stream = b"5 0 obj<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n"
    packed = zlib.compress(b"\0" * 10_000_000, 9)
    data = data.replace(
        b"xref\n", (stream % len(packed)) + packed + b"\nendstream endobj\nxref\n", 1
    )
    with suppress(NoPicture):
        assert picture(data, "大きな絵.pdf", 1).startswith(b"\x89PNG")
    assert picture(pdf("0 0 9 9 re f"), "次.pdf", 1).startswith(b"\x89PNG"), "the next one is drawn"
