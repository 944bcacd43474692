"""The command that shows grids: three forms, whole or not at all, table by table."""

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from sosei.cli import options
from sosei.cli.__main__ import main
from sosei.core.report import Indicator, Place, Project, Report, Said, Value, YearPoint
from sosei.publishing import publish
from sosei.reading import tables
from sosei.reading.grid import Cell, Grid, Words

PAGE = """<!DOCTYPE html><html><body><h1>効果検証</h1>
<table><caption>指標</caption><tr><th rowspan=2>指標</th><th colspan=2>令和3年度</th></tr><tr><th>目標</th><th>実績</th></tr>
<tr><td>訪問&lt;者&gt;<table><tr><td>内</td></tr></table></td><td>150人</td><td>集計中</td></tr></table>
<p>間の文</p><table><tr><td>一</td></tr></table></body></html>"""


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    return int(end.value.code or 0)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "頁.html"
    path.write_text(PAGE, "utf-8")
    return path


def test_表はJSONの格子になる(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("tables", page) == 0
    first, inner, last = json.loads(capsys.readouterr().out)["tables"]
    assert set(first) == {"page", "page_last", "rows", "columns", "cells"}
    assert (first["rows"], first["columns"], first["page"]) == (3, 3, None)
    assert first["cells"][0] == {
        "row": 0,
        "column": 0,
        "rowspan": 2,
        "colspan": 1,
        "text": "指標",
        "place": [{"table": 1, "row": 1, "column": 1}],
    }
    assert [cell["text"] for cell in inner["cells"]] == ["内"]
    assert [cell["text"] for cell in last["cells"]] == ["一"]


def test_CSVでは結合の左上に言葉が立つ(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("tables", page, "--format", "csv") == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[:3] == [
        ["指標", "令和3年度", ""],
        ["", "目標", "実績"],
        ["訪問<者>", "150人", "集計中"],
    ]
    assert rows[3] == []


def test_HTMLを読み直すと同じ格子になる(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "表.html"
    assert run("tables", page, "--format", "html", "--out", out) == 0
    before = list(tables.grids_of(PAGE.encode(), "a.html"))
    after = list(tables.grids_of(out.read_bytes(), "b.html"))
    shape = [[(c.row, c.column, c.rowspan, c.colspan, c.text) for c in g.cells] for g in before]
    assert shape == [
        [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in g.cells] for g in after
    ]


def test_読むファイルの上には書かない(page: Path) -> None:
    assert run("tables", page, "--out", page) == 3
    assert page.read_text("utf-8") == PAGE


def test_CSV一式のフォルダは名の順に並ぶ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.csv").write_text(f"{name},1\n", "utf-8")
    assert run("tables", tmp_path, "--format", "csv") == 0
    assert capsys.readouterr().out == "a,1\n\nb,1\n"


def test_頁は最初と最後を言う() -> None:
    cells = tuple(
        Cell(row, 0, Words.at("言葉", Place(page=page))) for row, page in enumerate((3, 4, 5))
    )
    grid = Grid(3, 1, cells)
    assert (tables.encode(grid)["page"], tables.encode(grid)["page_last"]) == (3, 5)
    assert "3～5頁" in "".join(tables.written([grid], "html"))


def test_次の表を読む前に前の表を出す() -> None:
    def endless() -> Iterator[Grid]:
        while True:
            yield Grid(1, 1, (Cell(0, 0, Words("言葉")),))

    for form in tables.FORMS:
        pieces = tables.written(endless(), form)
        assert "言葉" in "".join(next(pieces) for _ in range(4))


def test_途中で断られたら書きかけを残さない(page: Path, tmp_path: Path) -> None:
    page.write_text("<table>" * 300, "utf-8")
    out = tmp_path / "出" / "表.json"
    assert run("tables", page, "--out", out) == 3
    assert list(out.parent.iterdir()) == []


def test_PDFの表は頁と枠を言う(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    point = YearPoint(fiscal_year=2021, target=Value(number=Decimal(150)))
    indicator = Indicator(name=Said(text="訪問者数"), unit="人", years=(point,))
    report = Report(projects=(Project(name=Said(text="関係人口事業"), indicators=(indicator,)),))
    made = publish(report, "pdf")
    assert isinstance(made, bytes)
    path = tmp_path / "報告.pdf"
    path.write_bytes(made)
    assert run("tables", path) == 0
    found = json.loads(capsys.readouterr().out)["tables"]
    assert all(1 <= table["page"] <= table["page_last"] for table in found)
    cells = {cell["text"]: cell["place"] for table in found for cell in table["cells"]}
    assert len(cells["訪問者数"][0]["box"]) == 4


@pytest.mark.parametrize(("said", "wanted"), [(None, True), ("1", True), ("0", False)])
def test_SOSEI_OCRが0のときだけ画像の頁を見ない(monkeypatch, said, wanted):
    asked = []
    monkeypatch.setattr(options, "looking", lambda *, wanted: asked.append(wanted))
    monkeypatch.delenv("SOSEI_OCR", raising=False)
    if said is not None:
        monkeypatch.setenv("SOSEI_OCR", said)
    options.seeing()
    assert asked == [wanted]
