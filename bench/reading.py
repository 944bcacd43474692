"""読み取りの速さ. How fast files are read, beside what others take only to list the cells of the same files.

    python bench/reading.py inputs/*.xlsx --cells 10000 50000 --out bench.json

For each file the processor's seconds of opening it (bytes to cells with places), of understanding it (cells to a
report), both as cells a second, and of each peer in the same process: openpyxl (cells and merged ranges of every
sheet), python-docx (text of every cell of every table), lxml.html and BeautifulSoup (text of every cell). Peers only
list the cells; they neither place nor understand them. Peers that are not installed are left out and named at the end;
they come from requirements/bench.txt. Without files only generated ones are read, one per format and size.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import io
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sosei.core.errors import SoseiError
from sosei.core.report import Report
from sosei.reading import open_document, report_of

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


def main() -> None:
    """Read the files and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--cells", type=int, nargs="*", default=[10_000, 50_000])
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows, missing = [], set()
    for name, data in (*_given(options.files), *_generated(options.cells)):
        row, absent = _measured(name, data)
        missing |= absent
        rows.append(row)
        print(_line(row), flush=True)
    if missing:
        print(f"not installed, left out: {', '.join(sorted(missing))}")
    if options.out:
        options.out.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


def _given(files: Iterable[Path]) -> Iterable[tuple[str, bytes]]:
    return ((path.name, path.read_bytes()) for path in files)


# -- what is measured -------------------------------------------------------------------------------------------------


def _measured(name: str, data: bytes) -> tuple[dict[str, Any], set[str]]:
    """Return a file's row, and the peers that are not here."""
    row: dict[str, Any] = {"file": name, "bytes": len(data)}
    begun = time.process_time()
    try:
        document = open_document(data, name)
        row["open"] = time.process_time() - begun
        if not isinstance(document, Report):
            row["cells"] = sum(len(grid.cells) for grid in document.grids)
            row["lines"] = len(document.lines)
            report_of(document)
        row["read"] = time.process_time() - begun
    except SoseiError as error:
        row["refused"] = error.code
    absent = set()
    for peer, list_cells in PEERS.get(Path(name).suffix, {}).items():
        begun = time.process_time()
        try:
            list_cells(data)
        except ImportError:
            absent.add(peer)
            continue
        row.setdefault("peers", {})[peer] = time.process_time() - begun
    return row, absent


def _line(row: dict[str, Any]) -> str:
    if "refused" in row:
        return f"{row['file']:<24} refused {row['refused']}"
    cells = row.get("cells", 0) + row.get("lines", 0)
    rate = f"{cells / row['read']:>9,.0f}/s" if row["read"] else ""
    peers = "  ".join(f"{peer} {seconds:.2f} s" for peer, seconds in row.get("peers", {}).items())
    return f"{row['file']:<24} {cells:>7,} cells and lines  open {row['open']:.2f} s  read {row['read']:.2f} s {rate}  {peers}"


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


def _csv(data: bytes) -> None:
    list(csv.reader(io.StringIO(data.decode())))


#: What lists a file's cells, by the file's suffix.
PEERS: dict[str, dict[str, Callable[[bytes], None]]] = {
    ".xlsx": {"openpyxl": _openpyxl},
    ".docx": {"python-docx": _python_docx},
    ".html": {"lxml.html": _lxml, "beautifulsoup4": _soup},
    ".csv": {"csv": _csv},
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
    book = importlib.import_module("openpyxl").Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
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
    ".docx": _as_docx,
    ".html": _as_html,
    ".csv": _as_csv,
    ".txt": _as_text,
}


if __name__ == "__main__":
    main()
