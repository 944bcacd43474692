"""PDF をバイトから組む. PDFs written by hand, object by object, so that a test says exactly what a page draws."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

Object = bytes
WIDE, HIGH = 595.0, 842.0
_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/HeiseiKakuGo-W5/Encoding/UniJIS-UTF16-H/DescendantFonts[%d 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiKakuGo-W5/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)"
    b"/Supplement 2>>/FontDescriptor %d 0 R/DW 1000/W[1[500] 2 97 500]>>",
    b"<</Type/FontDescriptor/FontName/HeiseiKakuGo-W5/Flags 4/FontBBox[-92 -250 1010 922]/ItalicAngle 0/Ascent 752"
    b"/Descent -221/CapHeight 737/StemV 114>>",
)


@dataclass
class Page:
    """頁. `draw` in PDF's own words; y counts from the top as people see it."""

    wide: float = WIDE
    high: float = HIGH
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    forms: dict[str, Page] = field(default_factory=dict)
    matrix: tuple[float, ...] | None = None
    words: list[str] = field(default_factory=list)

    def draw(self, *words: str) -> Page:
        """Add operators."""
        self.words.extend(words)
        return self

    def text(
        self, x: float, top: float, text: str, size: float = 10.0, *, turned: bool = False
    ) -> Page:
        """Write text whose body's top left is at a point; `turned`: a quarter against the clock."""
        way = "0 1 -1 0" if turned else "1 0 0 1"
        y = self.high - top - 0.8 * size
        return self.draw(
            f"BT /J {size} Tf {way} {x:.2f} {y:.2f} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
        )

    def line(self, x0: float, top: float, x1: float, bottom: float, *, dash: str = "") -> Page:
        """Stroke a line."""
        return self.draw(
            f"q {dash} 0.5 w {x0:.2f} {self.high - top:.2f} m {x1:.2f} {self.high - bottom:.2f} l S Q"
        )

    def bar(self, x0: float, top: float, x1: float, bottom: float, *, grey: float = 0.0) -> Page:
        """Fill a rectangle."""
        size = f"{x0:.2f} {self.high - bottom:.2f} {x1 - x0:.2f} {bottom - top:.2f}"
        return self.draw(f"q {grey} g {size} re f Q")

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> Page:
        """Draw a rule as office programs do: a thin filled rectangle."""
        if top == bottom:
            return self.bar(x0, top - 0.25, x1, top + 0.25)
        return self.bar(x0 - 0.25, top, x0 + 0.25, bottom)


def pdf_of(*pages: Page, trailer: bytes = b"", packed: bool = False) -> bytes:
    """Return a PDF of pages."""
    objects: list[Object] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    font = len(objects) + 1
    objects += [_FONT[0] % (font + 1), _FONT[1] % (font + 2), _FONT[2]]
    kids = [_page(objects, page, font, packed=packed) for page in pages]
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (
        len(kids), b" ".join(b"%d 0 R" % kid for kid in kids),
    )  # fmt: skip
    return file_of(objects, trailer)


def file_of(objects: Sequence[Object], trailer: bytes = b"") -> bytes:
    """Return a file of objects, the first of which is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, start,
    )  # fmt: skip
    return bytes(out)


def stream_of(data: bytes, more: bytes = b"", *, packed: bool = False) -> Object:
    """Return a stream."""
    if packed:
        data, more = zlib.compress(data, 9), more + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (more, len(data), data)


def _page(objects: list[Object], page: Page, font: int, *, packed: bool) -> int:
    resources = _resources(objects, page, font)
    objects.append(stream_of(" ".join(page.words).encode(), packed=packed))
    content = len(objects)
    crop = b"/CropBox[%g %g %g %g]" % page.crop if page.crop else b""
    objects.append(
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]%s/Rotate %d/Contents %d 0 R/Resources%s>>"
        % (page.wide, page.high, crop, page.rotate, content, resources)
    )
    return len(objects)


def _resources(objects: list[Object], page: Page, font: int) -> bytes:
    named = b"".join(
        b"/%s %d 0 R" % (name.encode(), _form(objects, form, font))
        for name, form in page.forms.items()
    )
    return b"<</Font<</J %d 0 R>>/XObject<<%s>>>>" % (font, named)


def _form(objects: list[Object], form: Page, font: int) -> int:
    resources = _resources(objects, form, font)
    matrix = b"/Matrix[%s]" % b" ".join(b"%g" % v for v in form.matrix) if form.matrix else b""
    more = b"/Type/XObject/Subtype/Form/BBox[0 0 %g %g]%s/Resources%s" % (
        form.wide, form.high, matrix, resources,
    )  # fmt: skip
    objects.append(stream_of(" ".join(form.words).encode(), more))
    return len(objects)


# -- tables ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Box:
    """升. A cell as a test means it: where it begins, how far it reaches, what it says."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1


def plain(rows: Sequence[Sequence[str]], top: int = 0) -> list[Box]:
    """Return the boxes of rows of single cells."""
    return [Box(r, c, text) for r, row in enumerate(rows, top) for c, text in enumerate(row)]


def table(
    page: Page,
    boxes: Sequence[Box],
    xs: Sequence[float],
    ys: Sequence[float],
    *,
    ink: str = "rule",
    size: float = 8.0,
) -> Page:
    """Draw a table: each cell's four sides with a method of the page (rule, line), its text inside."""
    stroke = getattr(page, ink)
    for box in boxes:
        x0, x1 = xs[box.column], xs[box.column + box.colspan]
        top, bottom = ys[box.row], ys[box.row + box.rowspan]
        for a, b, c, d in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):  # fmt: skip
            stroke(a, b, c, d)
        if box.text:
            page.text(x0 + 2, top + 2, box.text, size)
    return page


def cells_of(grid: object) -> list[tuple[int, int, str, int, int]]:
    """Return a grid's cells for comparison."""
    return sorted((c.row, c.column, c.text, c.rowspan, c.colspan) for c in grid.cells)  # type: ignore[attr-defined]


def want(boxes: Sequence[Box]) -> list[tuple[int, int, str, int, int]]:
    """Return boxes for comparison."""
    return sorted((b.row, b.column, b.text, b.rowspan, b.colspan) for b in boxes)


def even(first: float, step: float, count: int) -> list[float]:
    """Return the edges of so many columns or rows of one size."""
    return [first + step * n for n in range(count + 1)]
