"""格子の速さ. How fast files become grids, beside the libraries that only list the cells of the same files, in one run.

    PYTHONPATH=src python bench/cells.py [--runs 7] [--out cells.json] [FILE …]

Each reader gets the bytes in memory and must name every cell: the text, and where merged the span. Ours is
`open_document` and then the same walk over its grids, which also have places, number formats and hidden rows in them.
openpyxl opens the whole workbook (its read-only way knows no merged cells), python-docx asks each row for its cells,
BeautifulSoup stands on lxml, the fastest of its parsers. No cache outlives a run of ours that a new process would not have.
Wall clock and processor time are each reader's fastest run of several, taken in turns. Peers that are not installed are named.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import io
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sosei.core.report import Report
from sosei.reading import open_document

Reader = Callable[[bytes, str], int]
#: What the files made here hold: name, and the maker's arguments.
_WIDE = [
    "事業名",
    "指標",
    "単位",
    "基準値",
    *(f"H{year}{kind}" for year in range(27, 33) for kind in ("目標", "実績")),
    "達成率",
    "評価",
]


def main() -> None:
    """Measure, print a line for each file, write the figures where asked."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("files", nargs="*", type=Path)
    ask.add_argument("--runs", type=int, default=7)
    ask.add_argument("--out", type=Path)
    options = ask.parse_args()
    files = [(path.name, path.read_bytes()) for path in options.files] or list(_made())
    rows = [_row(name, data, options.runs) for name, data in files]
    if options.out:
        options.out.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", "utf-8")


# -- what is measured -------------------------------------------------------------------------------------------------


def _row(name: str, data: bytes, runs: int) -> dict[str, Any]:
    """Measure ours and the peers of a format on one file, in turns; print and return the figures."""
    peers = PEERS[Path(name).suffix]
    row: dict[str, Any] = {"file": name, "bytes": len(data)}
    readers = {
        "sosei": _ours,
        **{peer: read for peer, read in peers.items() if _is_there(row, peer)},
    }
    for _ in range(runs):
        for reader, read in readers.items():
            gc.collect()
            wall, cpu = time.perf_counter(), time.process_time()
            cells = read(data, name)
            taken = (time.perf_counter() - wall, time.process_time() - cpu)
            best = row.setdefault(reader, {"cells": cells, "wall": taken[0], "cpu": taken[1]})
            best["wall"], best["cpu"] = min(best["wall"], taken[0]), min(best["cpu"], taken[1])
    print(_line(row, peers), flush=True)
    return row


def _is_there(row: dict[str, Any], peer: str) -> bool:
    try:
        importlib.import_module(
            {"python-docx": "docx", "bs4 (lxml)": "bs4", "bs4 (html.parser)": "bs4"}.get(peer, peer)
        )
    except ImportError:
        row.setdefault("not installed", []).append(peer)
        return False
    return True


def _line(row: dict[str, Any], peers: dict[str, Reader]) -> str:
    own = row["sosei"]
    said = [f"{row['file']:<22} {own['cells']:>7,} cells  sosei {own['wall'] * 1000:8.1f} ms"]
    for peer in peers:
        if peer in row:
            other = row[peer]
            times = f"x{other['wall'] / own['wall']:.1f} wall x{other['cpu'] / own['cpu']:.1f} cpu"
            said.append(f"{peer} {other['wall'] * 1000:.1f} ms ({times})")
    return "  ".join(
        [*said, *(f"{peer} is not installed" for peer in row.get("not installed", ()))]
    )


def _ours(data: bytes, name: str) -> int:
    document = open_document(data, name)
    assert not isinstance(document, Report)
    return sum(
        len([(c.row, c.column, c.rowspan, c.colspan, c.text) for c in grid.cells])
        for grid in document.grids
    )


def _openpyxl(data: bytes, name: str) -> int:
    del name
    book = importlib.import_module("openpyxl").load_workbook(io.BytesIO(data), data_only=True)
    count = 0
    for sheet in book.worksheets:
        count += sum(cell.value is not None for row in sheet.iter_rows() for cell in row)
        [merged.bounds for merged in sheet.merged_cells.ranges]
    return count


def _python_docx(data: bytes, name: str) -> int:
    del name
    document = importlib.import_module("docx").Document(io.BytesIO(data))
    return sum(
        len([cell.text for cell in row.cells]) for table in document.tables for row in table.rows
    )


def _soup(parser: str) -> Reader:
    def read(data: bytes, name: str) -> int:
        del name
        soup = importlib.import_module("bs4").BeautifulSoup(data, parser)
        return len(
            [
                (cell.get_text(), cell.get("rowspan"), cell.get("colspan"))
                for cell in soup.find_all(("td", "th"))
            ]
        )

    return read


#: What lists a file's cells, by the file's suffix.
PEERS: dict[str, dict[str, Reader]] = {
    ".xlsx": {"openpyxl": _openpyxl},
    ".docx": {"python-docx": _python_docx},
    ".html": {"bs4 (lxml)": _soup("lxml"), "bs4 (html.parser)": _soup("html.parser")},
}


# -- files of real size -----------------------------------------------------------------------------------------------


def _made() -> Iterator[tuple[str, bytes]]:
    """Yield a list of indicators, forty form sheets, a large list, a long DOCX, and two pages."""
    yield "list-3k.xlsx", _workbook([_list_sheet(205, merged=3)])
    yield "forms-40.xlsx", _workbook([_form_sheet(number) for number in range(40)])
    yield "list-57k.xlsx", _workbook([_list_sheet(3_150, merged=3)])
    yield "tables-25.docx", _document(25)
    yield "page-3k.html", _page(170)
    yield "page-50k.html", _page(3_100)


Rows = list[list[Any]]
Spans = list[tuple[int, int, int, int]]


def _line_of(number: int) -> list[Any]:
    figures = [
        None if (number + at) % 11 == 0 else (number * 37 + at * 113) % 9_000 + at / 4
        for at in range(13)
    ]
    rate = round((number * 7 % 1500) / 1000, 3)
    return [
        f"関係人口創出事業{number // 3}（企画調整課）",
        f"①盛岡を訪問した延べ人数その{number}",
        "人",
        *figures,
        rate,
        "B",
    ]


def _list_sheet(rows: int, merged: int) -> tuple[Rows, Spans]:
    """Return a list of indicators under two header rows, project names merged over `merged` rows each."""
    lines: Rows = [["様式", *[None] * 17], [*_WIDE], *(_line_of(number) for number in range(rows))]
    spans = [(1, 1, 1, 18)]
    spans += [(row, 1, row + merged - 1, 1) for row in range(3, rows + 3 - merged, merged)]
    spans += [(row, 18, row + merged - 1, 18) for row in range(3, rows + 3 - merged, merged)]
    return lines, spans


def _form_sheet(number: int) -> tuple[Rows, Spans]:
    """Return a form on a lattice of twelve columns, 43 merges to a sheet."""
    lines: Rows = []
    spans: Spans = []
    for row in range(1, 23):
        line: list[Any] = [None] * 12
        line[0], line[3] = (
            f"項目{row}",
            "本市の関係人口を増やすための取組を行った。" * 2 if row % 3 else number * 100 + row,
        )
        lines.append(line)
        spans += [(row, 1, row, 3), (row, 4, row, 12)] if row > 1 else [(1, 1, 1, 3)]
    return lines, spans


def _workbook(sheets: list[tuple[Rows, Spans]]) -> bytes:
    openpyxl = importlib.import_module("openpyxl")
    styles = importlib.import_module("openpyxl.styles")
    line = styles.Border(*[styles.Side(style="thin")] * 4)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, (rows, spans) in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"個票{number}")
        for row in rows:
            sheet.append(row)
        for cells in sheet.iter_rows():
            for cell in cells:
                cell.border = line
                cell.number_format = (
                    "0.0%" if cell.column == 17 else "#,##0.0" if cell.column > 3 else "General"
                )
        for first_row, first, last_row, last in spans:
            sheet.merge_cells(None, first_row, first, last_row, last)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _document(tables: int) -> bytes:
    """Return a report of paragraphs and tables, each table with a row across and a cell over two rows."""
    docx = importlib.import_module("docx")
    document = docx.Document()
    for number in range(tables):
        document.add_heading(f"{number + 1}　関係人口創出事業その{number}", 2)
        for _ in range(3):
            document.add_paragraph(
                "事業の概要　首都圏の住民に本市を訪れてもらい、関わりを深めてもらうための取組。" * 2
            )
        table = document.add_table(rows=10, cols=7)
        table.style = "Table Grid"
        for row, line in enumerate(table.rows):
            for column, cell in enumerate(line.cells):
                cell.text = f"{number}-{row}-{column} 実績 {number * row * column:,}人"
        table.cell(0, 0).merge(table.cell(0, 6))
        table.cell(2, 0).merge(table.cell(3, 0))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(rows: int) -> bytes:
    """Return a page of headings, paragraphs and tables of 30 rows and 16 columns."""
    out = [
        '<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8"><title>効果検証</title></head>\n<body>\n<main>'
    ]
    for first in range(0, rows, 30):
        out.append(
            f'<h2>事業{first}</h2>\n<p>取組の概要と成果は次のとおりです。<br>単位：人</p>\n<table class="kpi">'
        )
        for row in range(first, min(first + 30, rows)):
            cells = "\n".join(f"<td>{row * 7 % 900 + at:,}</td>" for at in range(14))
            name = f'<th scope="row" rowspan="1">①盛岡を訪問した延べ人数その{row}</th>'
            out.append(f'<tr>\n{name}\n<td class="unit">人</td>\n{cells}\n</tr>')
        out.append("</table>")
    return "\n".join([*out, "</main></body></html>"]).encode()


if __name__ == "__main__":
    main()
