"""写しの読み取り. How well pages that are pictures are read, beside RapidOCR's own lines of the very same pictures.

    python bench/scans.py build/grids/g01.pdf build/grids/g04.pdf --pages 2 --tilt 0.4 --dust 10

Printed PDFs are drawn at 200 to the inch, turned and dusted, and read again as pictures. What the printed page says is
the truth: characters (recall and precision, whatever their order; width and spaces aside) and cells of tables that say
exactly the same. RapidOCR gives no cells. Prints the seconds of the processor for a page, too.
"""

from __future__ import annotations

import argparse
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "reading")]

from scans import askew, pdf_of_picture, picture  # noqa: E402
from sosei.reading import looking, open_document  # noqa: E402

#: Signs that look the same and mean the same in a table.
ALIKE = str.maketrans("―‐－ー−～〜", "-----~~")


def plain(text: str) -> str:
    """Return what is compared: width, spaces, dashes and waves aside."""
    return "".join(unicodedata.normalize("NFKC", text).translate(ALIKE).split())


def said(data: bytes, number: int | None = None) -> tuple[Counter[str], Counter[str]]:
    """Return the characters and the cells of a PDF, or of one of its pages."""
    with looking():
        document = open_document(data, "a.pdf")
    words = [w for w in document.words() if number is None or w.places[0].page == number]
    cells = [c.words for grid in document.grids for c in grid.cells if c.text.strip()]
    own = [c for c in cells if number is None or c.places[0].page == number]
    return Counter(plain("".join(w.text for w in words))), Counter(plain(c.text) for c in own)


def raw(grey: Any) -> Counter[str]:
    """Return the characters that RapidOCR gives by itself."""
    from sosei.reading.formats.pdf.sight import _recogniser

    found = _recogniser()(grey, use_det=True, use_cls=False, use_rec=True)
    return Counter(plain("".join(found.txts or ())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=1)
    parser.add_argument("--tilt", type=float, default=0.4)
    parser.add_argument("--dust", type=float, default=10.0)
    args = parser.parse_args()
    # All are drawn before anything is read: the reader gives PDFium a stand-in for typefaces that a file lacks.
    pages = list(_pages(args))
    total: Counter[str] = Counter()
    for file, number, grey in pages:
        total += _page(file, number, grey)
    print("all  ", _rates(total))


def _pages(args: argparse.Namespace) -> Iterator[tuple[Path, int, Any]]:
    for file in args.files:
        for number in range(1, args.pages + 1):
            try:
                yield (
                    file,
                    number,
                    askew(picture(file.read_bytes(), number - 1), args.tilt, args.dust),
                )
            except (IndexError, RuntimeError):
                break


def _page(file: Path, number: int, grey: Any) -> Counter[str]:
    truth, cells = said(file.read_bytes(), number)
    begun = time.process_time()
    ours, own = said(pdf_of_picture(grey))
    spent = time.process_time() - begun
    theirs = raw(grey)
    counts = Counter(
        truth=truth.total(), ours=ours.total(), theirs=theirs.total(), cells=cells.total(),
        hit=(truth & ours).total(), peer=(truth & theirs).total(), same=(cells & own).total(),
        pages=1, ms=round(spent * 1000),
    )  # fmt: skip
    print(f"{file.name} {number}", _rates(counts), flush=True)
    return counts


def _rates(n: Counter[str]) -> str:
    def share(part: str, whole: str) -> str:
        return f"{n[part] / n[whole]:.3f}" if n[whole] else "–"

    return (
        f"characters {share('hit', 'truth')} (precision {share('hit', 'ours')})"
        f"  RapidOCR {share('peer', 'truth')} (precision {share('peer', 'theirs')})"
        f"  cells {share('same', 'cells')}  {n['ms'] / max(1, n['pages']) / 1000:.1f} s a page"
    )


if __name__ == "__main__":
    main()
