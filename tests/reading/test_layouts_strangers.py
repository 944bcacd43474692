"""Lists as municipalities publish them (strangers/*): every fact they state is read, and what is sure is most of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from worldfacts import facts

from sosei.core.report import Report, Value
from sosei.reading import read
from sosei.reading.vocabulary import is_mark

STRANGERS = Path(__file__).parent / "strangers"
FILES = sorted(path for path in STRANGERS.iterdir() if path.suffix in {".html", ".tsv"})


def read_path(path: Path) -> Report:
    return read(path.read_bytes(), path.name)


def page(*rows: str) -> Report:
    """Return the report of a page with one table: a row a text, its cells by 「|」."""
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    html = f"<h1>総合戦略の進捗状況（令和4年度）</h1><table>{table}</table>"
    return read(html.encode(), "page.html")


def values(report: Report) -> list[Value]:
    indicators = [i for project in report.projects for i in project.indicators]
    found = [i.baseline for i in indicators]
    for point in (point for i in indicators for point in i.years):
        found += [point.target, point.actual, point.cumulative_actual]
    return [value for value in found if value is not None and value.number is not None]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_一覧に書かれた事実だけを読む(path: Path) -> None:
    read_facts = facts(read_path(path)).splitlines()
    assert read_facts == path.with_suffix(".facts").read_text("utf-8").splitlines()


def test_一覧の値のおおかたは確かと言える() -> None:
    found = [value for path in FILES for value in values(read_path(path))]
    assert sum(value.sure is True for value in found) >= 0.85 * len(found)


HEAD = "指標|単位|基準値（H30）|目標値（R6）|実績値（R4）"


def test_見出しと単位と値がそろえば確か() -> None:
    report = page(HEAD, "移住者数|人|30|50|42", "空き家成約件数|件|8|12|9")
    assert [value.sure for value in values(report)] == [True] * 6


def test_桁の合わない値は確かと言わない() -> None:
    report = page(HEAD, "観光客数|万人|30|40|3", "移住者数|人|30|50|420000")
    sure = [value.sure for value in values(report)]
    assert sure == [True, True, True, True, True, None]


def test_単位の分からない値は確かと言わない() -> None:
    report = page(
        "指標|基準値（H30）|目標値（R6）|実績値（R4）", "移住者数|30|50|42", "起業数|3|5|4"
    )
    assert [value.sure for value in values(report)] == [None] * 6


def test_先の年の実績は確かと言わない() -> None:
    report = page("指標|単位|目標値（R6）|R4実績|R5実績", "移住者数|人|50|42|44", "起業数|件|5|4|4")
    assert [value.sure for value in values(report)] == [True, True, None] * 2


def test_語で分かれた事業番号の表は関連表と取り違えない() -> None:
    head = "事業No.|事業名|担当課|予算額（千円）|指標名|単位|目標|実績|達成度|今後の方針"
    report = page(head, "1|移住促進事業|企画課|1,200|移住者数|人|50|42|84.0%|継続")
    assert report.projects[0].indicators[0].name.text == "移住者数"  # type: ignore[union-attr]
    assert [spent.yen for spent in report.projects[0].spending] == [1_200_000]


@pytest.mark.parametrize(
    "text", ["A", "Ｂ", "B*", "A′", "◎", "〇", "×", "概ね順調", "達成見込み", "未達成"]
)
def test_評価の記号と語を知る(text: str) -> None:
    assert is_mark(text)


@pytest.mark.parametrize("text", ["設置", "策定", "なし", "12", "農林課", "AI"])
def test_評価でない語を評価としない(text: str) -> None:
    assert not is_mark(text)
