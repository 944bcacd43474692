"""格子の物差し. What bench/accuracy.py counts: a reader that is right gets everything, one that errs loses just that."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

BENCH = str(Path(__file__).parents[2] / "bench")
if BENCH not in sys.path:
    sys.path.append(BENCH)

from grids import contents, corpus, measure  # noqa: E402
from grids.peers import Found  # noqa: E402
from grids.tables import Cell, Table, gold_of  # noqa: E402


def gold(*tables: Table) -> dict:
    return {"tables": gold_of(list(tables))}


def found(said: dict) -> list[Found]:
    return [
        Found(table["rows"], table["columns"], tuple(Cell(**cell) for cell in table["cells"]))
        for table in said["tables"]
    ]


def table(*rows: tuple, head: int = 1) -> Table:
    made = Table([1] * len(rows[0]), head=head)
    for row in rows:
        made.add(*row)
    return made


PLAIN = gold(table(("名", "値"), ("甲の長い長い長い名前である", "1"), ("乙", "2")))


@pytest.mark.parametrize("paper", corpus.papers(), ids=lambda paper: paper.name)
def test_正解のとおりなら満点である(paper: corpus.Paper) -> None:
    said = {"tables": gold_of(paper.blocks)}
    score = measure.score(said, found(said), [])
    assert (score.right, score.spans, score.said) == (score.cells, score.merged, score.cells)
    assert score.false_joins == 0


def test_列がずれれば正しくない() -> None:
    [right] = found(PLAIN)
    shifted = replace(right, cells=tuple(replace(c, column=c.column + 1) for c in right.cells))
    score = measure.score(PLAIN, [shifted], [])
    assert (score.right, score.borne, score.cells) == (0, 0, 6)


def test_頁ごとに繰り返す見出しは数えない() -> None:
    [right] = found(PLAIN)
    twice = [replace(c, row=c.row + 2) for c in right.cells if c.row > 1]
    head = [replace(c, row=2) for c in right.cells if c.row == 0]
    cells = [c for c in right.cells if c.row < 2]
    score = measure.score(PLAIN, [Found(4, 2, (*cells, *head, *twice))], [])
    assert (score.right, score.said) == (6, 6)


def test_頁に切られたセルをつなげたかを数える() -> None:
    pages = ["名値甲の長い長い", "長い名前である1乙2"]
    [right] = found(PLAIN)
    whole = measure.score(PLAIN, [right], pages)
    assert (whole.cut, whole.joined) == (1, 1)
    first = replace(right.cells[2], text="甲の長い長い")
    cut = measure.score(
        PLAIN, [replace(right, cells=(*right.cells[:2], first, *right.cells[3:]))], pages
    )
    assert (cut.cut, cut.joined) == (1, 0)


def test_別の表や別のセルをつなげば誤りと数える() -> None:
    two = gold(table(("名", "値"), ("甲", "1")), table(("名", "値"), ("乙", "2")))
    first, second = found(two)
    below = [replace(c, row=c.row + 2) for c in second.cells]
    assert measure.score(two, [Found(4, 2, (*first.cells, *below))], []).false_joins == 1
    glued = replace(found(PLAIN)[0].cells[2], text="甲の長い長い長い名前である乙")
    assert measure.score(PLAIN, [Found(2, 2, (glued,))], []).false_joins == 1


def test_見えない列と行は正解に数えない() -> None:
    made = Table([1] * 4, head=0)
    made.add(("甲", 2), None, ("乙", 2, 2), None)
    made.add(("丙", 2), None, None, None)
    [said] = gold_of([made])
    assert (said["rows"], said["columns"]) == (2, 2)
    assert [(c["column"], c["colspan"], c["rowspan"]) for c in said["cells"]] == [
        (0, 1, 1),
        (1, 1, 2),
        (0, 1, 1),
    ]


def test_同じ種から同じ中身ができる() -> None:
    assert gold_of(contents.kpi_list(3, 5)) == gold_of(contents.kpi_list(3, 5))
    assert gold_of(contents.kpi_list(3, 5)) != gold_of(contents.kpi_list(4, 5))
