"""置いたまま. A PDF read where it lies says the same as its bytes, and no more of it than a window is held."""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfpages import Page, even, pdf_of, plain, table

from sosei.reading.formats import pdf
from sosei.reading.formats.pdf import stored
from sosei.reading.formats.pdf.guard import refuse_bombs
from sosei.reading.formats.pdf.stored import Stored
from sosei.reading.formats.refusal import Broken

ROWS = plain([["区分", "目標", "実績"], ["観光客", "100", "98"]])


def file_in(folder: Path, data: bytes) -> Path:
    path = folder / "表.pdf"
    path.write_bytes(data)
    return path


def test_場所を渡しても中身を渡しても同じ表になる(tmp_path: Path) -> None:
    pages = [table(Page(), ROWS, even(60, 90, 3), even(100 + n, 22, 2)) for n in range(5)]
    data = pdf_of(*pages)
    path = file_in(tmp_path, data)
    assert list(pdf.tables(path, path.name)) == list(pdf.tables(data, path.name)) != []


def test_PDFでないものは同じように断る(tmp_path: Path) -> None:
    path = file_in(tmp_path, b"%PDF-1.7 nothing")
    with pytest.raises(Broken):
        list(pdf.tables(path, path.name))


@given(st.binary(max_size=300), st.binary(min_size=1, max_size=3), st.integers(1, 40))
def test_切り出しも探し物も中身と同じ(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, what: bytes, window: int
) -> None:
    path = file_in(tmp_path_factory.mktemp("stored"), data)
    with pytest.MonkeyPatch.context() as patch, Stored(path) as file:
        patch.setattr(stored, "_WINDOW", window + len(what))
        for start in (0, len(data) // 2, len(data)):
            assert file.find(what, start) == data.find(what, start)
            assert file[start : start + window] == data[start : start + window]
        found = file.search(re.compile(re.escape(what)))
        assert (found is not None) == (what in data)


def test_大きな塊のあるファイルも少しずつ見る(tmp_path: Path) -> None:
    size = 40 * 1024**2
    head = b"%%PDF-1.4\n1 0 obj<</Length %d>>stream\n" % size
    path = file_in(tmp_path, head + b"x" * size + b"endstream endobj")
    tracemalloc.start()
    with Stored(path) as file:
        assert file.find(b"endobj") == len(head) + size + len(b"endstream ")
        assert tracemalloc.get_traced_memory()[1] < 4 * 1024**2
    tracemalloc.stop()


def test_用心は置いたままのファイルにも及ぶ(tmp_path: Path) -> None:
    path = file_in(tmp_path, pdf_of(table(Page(), ROWS, even(60, 90, 3), even(100, 22, 2))))
    with Stored(path) as file:
        refuse_bombs(file, path.name)
