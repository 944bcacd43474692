"""つくり手. What makes a layout's files: each returns the bytes of one file; those that need a program say which.

typst, python-docx and openpyxl come with the project; WeasyPrint and ReportLab with requirements/bench.txt; Debian's
chromium and LibreOffice are found on the path. No file carries the day it was made.
"""

from __future__ import annotations

import base64
import importlib
import importlib.resources
import io
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any

FIXED = "2024-01-01T00:00:00Z"


def typeset(source: str) -> bytes:
    """PDF by typst."""
    return importlib.import_module("typst").compile(source.encode(), timestamp=0)


def weasyprint(html: str) -> bytes:
    """PDF by WeasyPrint."""
    return importlib.import_module("weasyprint").HTML(string=face(html)).write_pdf()


def face(page: str) -> str:
    """The page with a typeface in it that holds its own letters alone, as font family JP: whole ones make files large."""
    data = base64.b64encode(letters(page)).decode()
    rule = f'@font-face {{ font-family: JP; src: url("data:font/ttf;base64,{data}") }}'
    return page.replace("<style>", f"<style>{rule}", 1)


def letters(words: str) -> bytes:
    """The project's own typeface, cut to the letters of some words (and figures), as a TrueType file."""
    instancer = importlib.import_module("fontTools.varLib.instancer")
    subset = importlib.import_module("fontTools.subset")
    folder = importlib.resources.files("justmytype_intl_cjk") / "fonts/ofl/notosansjp"
    font = importlib.import_module("fontTools.ttLib").TTFont(str(folder / "NotoSansJP[wght].ttf"))
    font = instancer.instantiateVariableFont(font, {"wght": 400})
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=f"{words}0123456789－ ")
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def chromium(html: str, *more: str) -> bytes:
    """PDF as Debian's chromium prints a page."""
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(face(html), "utf-8")
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={folder}/profile",
                "--no-pdf-header-footer",
                f"--print-to-pdf={out}",
                *more,
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return out.read_bytes()


def office(data: bytes, suffix: str) -> bytes:
    """PDF as LibreOffice exports a workbook or a document."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"input{suffix}"
        source.write_bytes(data)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return source.with_suffix(".pdf").read_bytes()


def saved(book_or_document: Any) -> bytes:
    """The bytes of an openpyxl workbook or a python-docx document, without the picture and the second styles that its template brings."""
    out = io.BytesIO()
    book_or_document.save(out)
    slim = io.BytesIO()
    with zipfile.ZipFile(out) as whole, zipfile.ZipFile(slim, "w") as less:
        for name in whole.namelist():
            content = whole.read(name)
            if name.endswith((".rels", "[Content_Types].xml")):
                content = re.sub(
                    rb"<(?:Relationship|Override) [^>]*(?:thumbnail|WithEffects)[^>]*/>",
                    b"",
                    content,
                )
            if not name.endswith(("thumbnail.jpeg", "WithEffects.xml")):
                less.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return slim.getvalue()


class RawPdf:
    """手書きの PDF. A PDF written by hand: text in a Japanese font that is not embedded, rules as lines or thin boxes.

    `x` and `y` are points from the top left of the page as it is shown, `y` the base line of text. `rotate`: 90 stores
    the page lying on its side, with /Rotate to set it upright.
    """

    def __init__(self, width: float = 595, height: float = 842, rotate: int = 0) -> None:
        self.size, self.rotate = (width, height), rotate
        self.pages: list[list[str]] = [[]]

    def page(self) -> None:
        """Begin a page."""
        self.pages.append([])

    def text(self, x: float, y: float, words: str, size: float = 9) -> None:
        """Write a line; half-width letters take half the width, as in MS Gothic."""
        spelled = words.encode("utf-16-be").hex()
        self._put(f"BT /F1 {size} Tf 1 0 0 1 {x:.2f} {self.size[1] - y:.2f} Tm <{spelled}> Tj ET")

    def width(self, words: str, size: float) -> float:
        """How wide a line is."""
        return sum(size * (0.5 if letter.isascii() else 1) for letter in words)

    def line(self, x0: float, y0: float, x1: float, y1: float, dash: str = "") -> None:
        """Draw a rule as a stroke."""
        high = self.size[1]
        self._put(f"q 0.5 w [{dash}] 0 d {x0:.2f} {high - y0:.2f} m {x1:.2f} {high - y1:.2f} l S Q")

    def box(self, x: float, y: float, width: float, height: float, grey: float = 0) -> None:
        """Fill a rectangle; a thin one is a rule."""
        self._put(
            f"q {grey} g {x:.2f} {self.size[1] - y - height:.2f} {width:.2f} {height:.2f} re f Q"
        )

    def _put(self, operators: str) -> None:
        self.pages[-1].append(operators)

    def made(self) -> bytes:
        """The file."""
        count = len(self.pages)
        kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(count))
        widths = "/DW 1000 /W [1 [278] 231 632 500]"
        objects = [
            "<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Count {count}/Kids[{kids}]>>",
            "<</Type/Font/Subtype/Type0/BaseFont/HeiseiKakuGo-W5/Encoding/UniJIS-UCS2-HW-H"
            "/DescendantFonts[4 0 R]>>",
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiKakuGo-W5"
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>{widths}"
            "/FontDescriptor<</Type/FontDescriptor/FontName/HeiseiKakuGo-W5/Flags 4/FontBBox[-92 -250 1010 922]"
            "/ItalicAngle 0/Ascent 752/Descent -221/CapHeight 737/StemV 114>>>>",
        ]
        box = self.size[::-1] if self.rotate else self.size
        for operators in self.pages:
            stream = "\n".join(operators)
            if self.rotate == 90:
                stream = f"0 1 -1 0 {box[0]} 0 cm\n{stream}"
            number = len(objects) + 2
            rotate = f"/Rotate {self.rotate}" if self.rotate else ""
            objects += [
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {box[0]} {box[1]}]{rotate}"
                f"/Resources<</Font<</F1 3 0 R>>>>/Contents {number} 0 R>>",
                f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
            ]
        return _filed(objects)


def _filed(objects: list[str]) -> bytes:
    """Number the objects and write the table of where each begins."""
    out, starts = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + tail.encode() + end.encode()


def rows_of(lines: str) -> list[list[str]]:
    """A table written as lines of cells parted by bars."""
    return [re.split(r"\s*\|\s*", line.strip()) for line in lines.strip().splitlines()]
