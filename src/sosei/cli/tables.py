"""文書の表を、読んだとおりの格子で出す。行と列は 0 から数え、頁をまたぐ表も一つの表になる。

Show the tables of a document as the grids that were read. Rows and columns count from 0; a table over several pages is one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from sosei.cli import terminal
from sosei.cli.options import bytes_of, file_argument, is_folder, seeing, spare, written
from sosei.reading import MAX_BYTES, tables
from sosei.reading.formats import sniff
from sosei.reading.grid import Grid


def configure(parser: argparse.ArgumentParser) -> None:
    """Take FILE, the form and where it goes."""
    file_argument(parser)
    parser.add_argument(
        "--format", choices=tuple(tables.FORMS), default="json", help="出し方 / form of the answer"
    )
    parser.add_argument(
        "--out", metavar="OUT", type=Path, help="書き出すファイル / file to write to"
    )


def run(args: argparse.Namespace) -> int:
    """Write the tables one by one, each as soon as it is read."""
    with seeing():
        return _write(args)


def _write(args: argparse.Namespace) -> int:
    pieces = tables.written(_grids(args.file), args.format)
    if args.out is None:
        for piece in pieces:
            sys.stdout.write(terminal.tame(piece) if sys.stdout.isatty() else piece)
        return 0
    spare(args.file, [args.out])
    with written(args.out) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", "replace"))
    terminal.say(str(args.out))
    return 0


def _grids(path: Path) -> Iterator[Grid]:
    """Yield the tables of a file, or of the CSV files of a folder in the order of their names."""
    if not is_folder(path):
        yield from tables.grids_of(_source(path), path.name)
        return
    for file in sorted(path.glob("*.csv")):
        if not file.name.startswith("~$"):
            yield from tables.grids_of(bytes_of(file), file.name)


def _source(path: Path) -> bytes | Path:
    """Return what is read of a file: a PDF stays where it lies, so that its length takes no memory."""
    if sniff.is_pdf(bytes_of(path, sniff.PDF_HEAD)) and path.stat().st_size <= MAX_BYTES:
        return path
    return bytes_of(path)
