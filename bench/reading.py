"""読み取りの速さ. How fast files are read, beside what others take only to list the cells of the same files.

    python bench/reading.py inputs/*.xlsx --cells 10000 50000 --runs 3 --out bench.json

For each file the processor's seconds of opening it (bytes to cells with places), of understanding it (cells to a
report), and of each peer in the same process: openpyxl (cells and merged ranges of every sheet), python-docx (text of
every cell of every table), lxml.html and BeautifulSoup on either parser (text of every cell), pdfplumber and tablers (tables of every
page). Peers only list the cells; they neither place nor understand them. The best of the runs counts, for all alike.
The generated workbooks come with borders, as offices publish them (openpyxl then takes three times as long), and plain.
For PDFs `open` is `tables`: pages to logical tables; the last lines give pages a second over all PDFs, how many times
pdfplumber's that is, and the most memory that a process takes that walks the tables of a thousand pages. Peers that
are not installed are left out and named at the end; they come from requirements/bench.txt. Without files the PDFs of
bench/grids are read and generated ones, one per format and size.
"""

from __future__ import annotations

import argparse
import csv
import gc
import importlib
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sosei.core.errors import SoseiError
from sosei.core.report import Report
from sosei.reading import open_document, read

ROOT = Path(__file__).resolve().parents[1]
for folder in ("bench", "tests"):
    sys.path.insert(0, str(ROOT / folder))

HEAD = (
    "事業名",
    "指標",
    "単位",
    "基準値",
    "H28目標値",
    "H28実績値",
    "H29目標値",
    "H29実績値",
    "備考",
    "評価",
)
#: Walks the tables of a file and says the most memory its process has had, in KiB.
WALK = """
import pathlib, sys
from sosei.reading.formats.pdf import tables
path = pathlib.Path(sys.argv[1])
print(sum(len(grid.cells) for grid in tables(path, path.name)))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def main() -> None:
    """Read the files and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--cells", type=int, nargs="*", default=[10_000, 50_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--pages", type=int, default=1000, help="of the PDF that is streamed; 0: none"
    )
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows, missing = [], set()
    files = options.files or _grids()
    for name, data in (*_given(files), *_generated(options.cells)):
        row, absent = _measured(name, data, options.runs)
        missing |= absent
        rows.append(row)
        print(_line(row), flush=True)
    print(_pages(rows))
    if options.pages:
        rows.append(_streamed(options.pages))
    if missing:
        print(f"not installed, left out: {', '.join(sorted(missing))}")
    if options.out:
        options.out.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


def _given(files: Iterable[Path]) -> Iterable[tuple[str, bytes]]:
    return ((path.name, path.read_bytes()) for path in files)


def _grids() -> list[Path]:
    """The PDFs whose cells are known; they are made when they are not there."""
    folder = ROOT / "build" / "grids"
    for missing in importlib.import_module("grids.corpus").write(folder):
        print(f"not made: {missing}")
    return sorted(folder.glob("*.pdf"))


# -- what is measured -------------------------------------------------------------------------------------------------


def _measured(name: str, data: bytes, runs: int) -> tuple[dict[str, Any], set[str]]:
    """Return a file's row, and the peers that are not here."""
    row: dict[str, Any] = {"file": name, "bytes": len(data)}
    if name.endswith(".pdf"):
        row["pages"] = _page_count(data)
    try:
        row["open"] = _best(lambda: _opened(name, data, row), runs)
        row["read"] = _best(lambda: read(data, name), runs)
    except SoseiError as error:
        row["refused"] = error.code
    except ImportError as error:
        row["refused"] = str(error)
    absent = set()
    for peer, list_cells in PEERS.get(Path(name).suffix, {}).items():
        try:
            row.setdefault("peers", {})[peer] = _best(lambda each=list_cells: each(data), runs)
        except ImportError:
            absent.add(peer)
    return row, absent


def _best(work: Callable[[], Any], runs: int) -> float:
    """The least seconds of the processor that some work took."""
    times = []
    for _ in range(runs):
        gc.collect()  # nobody pays for what another left behind
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def _opened(name: str, data: bytes, row: dict[str, Any]) -> None:
    """Open a file, and note how much was in it."""
    if name.endswith(".pdf"):
        tables = importlib.import_module("sosei.reading.formats.pdf").tables
        row["cells"] = sum(len(grid.cells) for grid in tables(data, name))
        return
    document = open_document(data, name)
    if not isinstance(document, Report):
        row["cells"] = sum(len(grid.cells) for grid in document.grids)
        row["lines"] = len(document.lines)


def _page_count(data: bytes) -> int:
    return len(importlib.import_module("pypdfium2").PdfDocument(data))


def _line(row: dict[str, Any]) -> str:
    peers = "  ".join(f"{peer} {seconds:.3f} s" for peer, seconds in row.get("peers", {}).items())
    if "refused" in row:
        return f"{row['file']:<24} refused {row['refused']}  {peers}"
    cells = row.get("cells", 0) + row.get("lines", 0)
    rate = f"{cells / row['read']:>9,.0f}/s" if row["read"] else ""
    times = "".join(
        f"  ({seconds / row['open']:.1f}x {peer})"
        for peer, seconds in row.get("peers", {}).items()
        if row["open"]
    )
    return f"{row['file']:<24} {cells:>7,} cells and lines  open {row['open']:.3f} s  read {row['read']:.3f} s {rate}  {peers}{times}"


def _pages(rows: list[dict[str, Any]]) -> str:
    """Pages a second over all PDFs, of ours and of each peer."""
    rows = [row for row in rows if "pages" in row]
    pages = sum(row["pages"] for row in rows)
    sums = {
        peer: sum(row["peers"].get(peer, 0.0) for row in rows if "peers" in row)
        for peer in PEERS[".pdf"]
    }
    if not any("refused" in row for row in rows):
        sums |= {f"sosei {key}": sum(row[key] for row in rows) for key in ("open", "read")}
    base = sums.get("pdfplumber") or 0.0
    shares = "".join(
        f"  {peer} {pages / seconds:.1f}/s ({base / seconds:.1f}x)"
        for peer, seconds in sums.items()
        if seconds
    )
    return f"PDF: {pages} pages{shares}"


def _streamed(pages: int) -> dict[str, Any]:
    """The most memory of a process that walks the tables of a PDF of many pages."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        path.write_bytes(_long(pages))
        done = subprocess.run(
            [sys.executable, "-c", WALK, str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        print(f"streaming {pages} pages: {done.stderr.strip().splitlines()[-1]}")
        return {"stream": pages, "refused": done.stderr[-200:]}
    cells, peak = map(int, done.stdout.split())
    print(f"streaming {pages} pages: {cells:,} cells, at most {peak / 1024:.0f} MiB")
    return {"stream": pages, "cells": cells, "peak_mib": peak / 1024}


def _long(pages: int) -> bytes:
    """A PDF of that many pages, a table of its own on each."""
    contents, drawn = (
        importlib.import_module("grids.contents"),
        importlib.import_module("grids.drawn"),
    )
    canvas = importlib.import_module("layouts.producers").RawPdf(595, 842)
    drawing = drawn.Drawing(canvas)
    blocks = contents.plain_list(1, 45)
    for number in range(pages):
        if number:
            canvas.page()
        drawing.blocks(blocks)
    return bytes(canvas.made())


# -- peers ------------------------------------------------------------------------------------------------------------


def _openpyxl(data: bytes) -> None:
    book = importlib.import_module("openpyxl").load_workbook(io.BytesIO(data), data_only=True)
    for sheet in book.worksheets:
        [[cell.value for cell in row] for row in sheet.iter_rows()]
        [merged.bounds for merged in sheet.merged_cells.ranges]


def _python_docx(data: bytes) -> None:
    document = importlib.import_module("docx").Document(io.BytesIO(data))
    for table in document.tables:
        [[cell.text for cell in row.cells] for row in table.rows]


def _lxml(data: bytes) -> None:
    tree = importlib.import_module("lxml.html").fromstring(data)
    [cell.text_content() for cell in tree.iter("td", "th")]


def _soup(data: bytes) -> None:
    soup = importlib.import_module("bs4").BeautifulSoup(data, "html.parser")
    [cell.get_text() for cell in soup.find_all(("td", "th"))]


def _soup_on_lxml(data: bytes) -> None:
    soup = importlib.import_module("bs4").BeautifulSoup(data, "lxml")
    [cell.get_text() for cell in soup.find_all(("td", "th"))]


def _csv(data: bytes) -> None:
    list(csv.reader(io.StringIO(data.decode())))


def _pdfplumber(data: bytes) -> None:
    with importlib.import_module("pdfplumber").open(io.BytesIO(data)) as document:
        for page in document.pages:
            [table.extract() for table in page.find_tables()]
            page.close()


def _tablers(data: bytes) -> None:
    module = importlib.import_module("tablers")
    with module.Document(bytes=data) as document:
        for page in document.pages():
            [[cell.text for cell in table.cells] for table in module.find_tables(page)]


#: What lists a file's cells, by the file's suffix.
PEERS: dict[str, dict[str, Callable[[bytes], None]]] = {
    ".xlsx": {"openpyxl": _openpyxl},
    ".docx": {"python-docx": _python_docx},
    ".html": {"lxml.html": _lxml, "beautifulsoup4": _soup, "bs4 on lxml": _soup_on_lxml},
    ".csv": {"csv": _csv},
    ".pdf": {"pdfplumber": _pdfplumber, "tablers": _tablers},
}


# -- generated files --------------------------------------------------------------------------------------------------


def _generated(sizes: Iterable[int]) -> Iterable[tuple[str, bytes]]:
    """Yield a report of one table in every format, for each number of cells."""
    for cells in sizes:
        rows = [HEAD, *(_row(number) for number in range(cells // len(HEAD)))]
        for suffix, make in MAKERS.items():
            yield f"generated-{cells}{suffix}", make(rows)


def _row(number: int) -> tuple[object, ...]:
    figures = (number, number + 5, number + 3, number + 9, number + 8)
    return (f"事業{number // 3}", f"指標{number}", "人", *figures, f"備考の言葉{number}", "A")


def _as_csv(rows: list[tuple[object, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _as_html(rows: list[tuple[object, ...]]) -> bytes:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<!doctype html><html><body><table>{body}</table></body></html>".encode()


def _as_xlsx(rows: list[tuple[object, ...]]) -> bytes:
    """A workbook with borders, as published ones have."""
    return _workbook(rows, {"border": 1})


def _as_plain_xlsx(rows: list[tuple[object, ...]]) -> bytes:
    """A workbook without any style, as programs write data: the least that openpyxl can have to do."""
    return _workbook(rows, {})


def _workbook(rows: list[tuple[object, ...]], style: dict[str, int]) -> bytes:
    """A workbook in which the project's name is merged over its three rows, and stands in the first of them only."""
    out = io.BytesIO()
    book = importlib.import_module("xlsxwriter").Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("表")
    look = book.add_format(style) if style else None
    merged = range(1, len(rows) - 2, 3)
    under = {number + more for number in merged for more in (1, 2)}
    for number, row in enumerate(rows):
        sheet.write_row(number, number in under, row[number in under :], look)
    for number in merged:
        sheet.merge_range(number, 0, number + 2, 0, rows[number][0], look)
    book.close()
    return out.getvalue()


def _as_docx(rows: list[tuple[object, ...]]) -> bytes:
    docx = importlib.import_module("docx")
    parse = importlib.import_module("docx.oxml").parse_xml
    space = importlib.import_module("docx.oxml.ns").nsdecls("w")
    document = docx.Document()
    table = document.add_table(rows=0, cols=len(HEAD))
    for row in rows:
        cells = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row)
        table._tbl.append(parse(f"<w:tr {space}>{cells}</w:tr>"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _as_text(rows: list[tuple[object, ...]]) -> bytes:
    return "\n".join(f"・{row[1]} {row[5]}人（目標 {row[4]}人）" for row in rows).encode()


MAKERS: dict[str, Callable[[list[tuple[object, ...]]], bytes]] = {
    ".xlsx": _as_xlsx,
    "-plain.xlsx": _as_plain_xlsx,
    ".docx": _as_docx,
    ".html": _as_html,
    ".csv": _as_csv,
    ".txt": _as_text,
}


if __name__ == "__main__":
    main()
