"""わたしたちの様式. Layouts of our own (tests/layouts): how well each format of them is read must not fall."""

from __future__ import annotations

import importlib
import json
from functools import cache
from pathlib import Path

import pytest

from layouts import readings
from sosei.core.bodies import by_name
from sosei.reading import open_document

FILES = readings.files()
#: Of all layouts of a format: F1 at least, and the share invented at most. What the reader has reached; raise it with the reader.
FLOORS = {
    "csv": (0.99, 0.0),
    "docx": (0.99, 0.002),
    "html": (0.98, 0.0),
    "pdf": (0.99, 0.002),
    "tsv": (1.0, 0.0),
    "txt": (0.99, 0.0),
    "xlsx": (0.99, 0.0),
}


@cache
def scored(path: Path):
    return readings.scored(path)


@pytest.mark.parametrize("form", sorted({path.suffix[1:] for path in FILES}))
def test_形式ごとの正しさは下がらない(form: str) -> None:
    tally = readings.total(scored(path) for path in FILES if path.suffix == f".{form}")
    _, _, f1, invented = tally.figures()
    least, most = FLOORS[form]
    assert f1 >= least, "\n".join(tally.notes)
    assert invented <= most, "\n".join(n for n in tally.notes if n.startswith("invented"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}{path.suffix}")
def test_正解にある言葉と数はどれもファイルにある(path: Path) -> None:
    said = readings.fold(readings.words_of(path))
    gold = json.loads(path.with_name("gold.json").read_text("utf-8"))
    missing = [word for word in readings.stated(gold) if readings.fold(word) not in said]
    assert missing == []


def test_様式は三十あり形式はすべてある() -> None:
    assert len({path.parent for path in FILES}) >= 30
    assert {path.suffix for path in FILES} == {f".{form}" for form in FLOORS}


def test_町の名はどれも架空である() -> None:
    golds = {path.with_name("gold.json") for path in FILES}
    towns = {json.loads(path.read_text("utf-8"))["municipality"] for path in golds}
    assert [town for town in towns if by_name(town)] == []


@pytest.mark.parametrize("name", sorted({path.parent.name for path in FILES}))
def test_ファイルと正解はつくり方のとおりである(name: str) -> None:
    """Whoever changes make.py builds the files anew; PDFs of other programs are held to the gold above instead."""
    module = importlib.import_module(f"layouts.{name}.make")
    folder = readings.HERE / name
    assert json.loads((folder / "gold.json").read_text("utf-8")) == module.GOLD
    for file, made in module.files().items():
        kept = (folder / file).read_bytes()
        if file.endswith((".xlsx", ".docx")):
            assert open_document(kept, file).blocks == open_document(made, file).blocks
        elif isinstance(made, bytes) and not file.endswith(".pdf"):
            assert kept == made
