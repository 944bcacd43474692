"""What a report becomes as rows, and that the same rows are the same bytes however they came."""

import json
import tempfile
import zlib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusroom import parquet
from sosei.core.gaps import Gap
from sosei.core.report import (
    Body,
    Indicator,
    Place,
    Project,
    Report,
    Said,
    Source,
    Spending,
    Unread,
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.corpus.build import _tables
from sosei.corpus.child import packed
from sosei.corpus.columns import TABLES
from sosei.corpus.parquet import write
from sosei.corpus.refusals import Unstorable
from sosei.corpus.rows import cells_of, head_of, rows_of
from sosei.corpus.state import Done, State
from strategies import reports

A1 = Place(sheet="一覧", range="C4", source="s2")
BOX = Place(page=3, box=(1.0, 2.5, 30.0, 40.25))


def sample() -> Report:
    points = (
        YearPoint(
            fiscal_year=2020,
            target=Value(number=Decimal("150"), op=">=", place=(A1,), sure=True),
            actual=Value(gap=Gap.COUNTING, expected="2022-07", raw="集計中※"),
            rate=Said(text="97%"),
        ),
        YearPoint(label="中間", cumulative_actual=Value(number=Decimal("0.5"), unit="％")),
        YearPoint(rating=Said(text="A")),
    )
    kpi = Indicator(
        name=Said(text="登録者数", raw="登録者數"),
        unit="人",
        years=points,
        baseline=Value(number=Decimal(0), place=(BOX, A1)),
        baseline_year=2019,
        direction="up",
    )
    project = Project(
        name=Said(text="関係人口"),
        number="1",
        indicators=(kpi, Indicator()),
        bodies=(Body(name="青森市"), Body(name="盛岡市")),
        spending=(
            Spending(label=Said(text="委託料"), yen=10_010_000, unit="千円", fiscal_year=2018),
            Spending(label=None, yen=None),
        ),
        verification=Verification(grade=Said(text="有効"), scales={"効率性": Said(text="B")}),
    )
    return Report(
        title=Said(text="効果検証"),
        fiscal_year=Year(year=2021, basis="inferred"),
        projects=(project,),
        sources=(Source(id="s1", name="a.csv", sha256="0" * 64, format="csv"), Source(id="s2", name="b.csv", sha256="1" * 64, format="csv")),
        unread=(Unread(code="heading", raw="注"),),
    )  # fmt: skip


def values() -> list[dict[str, object]]:
    return [{name: cell for name, cell in row.items() if cell is not None} for row in rows_of(sample())["values"]]  # fmt: skip


def test_値は一つ一つ一行になり_役割と番号を持つ() -> None:
    keys = [(row["role"], row.get("indicator"), row.get("point")) for row in values()]
    assert keys == [
        ("baseline", 1, None),
        ("target", 1, 1),
        ("actual", 1, 1),
        ("rate", 1, 1),
        ("cumulative_actual", 1, 2),
        ("rating", 1, 3),
        ("spending", None, 1),
        ("spending", None, 2),
    ]


def test_年度は値のもの_なければ報告書のもので推定と言う() -> None:
    years = {(row["role"], row.get("point")): (row.get("fiscal_year"), row.get("inferred")) for row in values()}  # fmt: skip
    assert years["baseline", None] == (2019, False)
    assert years["target", 1] == (2020, False)
    assert years["cumulative_actual", 2] == (None, None)
    assert years["rating", 3] == (2021, True)
    assert years["spending", 1] == (2018, False)
    assert years["spending", 2] == (2021, True)


def test_零と集計中と空欄は別で_単位は値のものが先() -> None:
    found = {(row["role"], row.get("point")): row for row in values()}
    assert found["baseline", None]["number"] == "0"
    assert "number" not in found["actual", 1]
    assert (found["actual", 1]["gap"], found["actual", 1]["raw"]) == ("counting", "集計中※")
    assert (found["target", 1]["unit"], found["cumulative_actual", 2]["unit"]) == ("人", "％")
    assert (found["spending", 1]["yen"], found["spending", 1]["unit"]) == (10_010_000, "千円")
    assert "yen" not in found["spending", 2]


def test_場所は欄に分かれ二つ目からは並びになる() -> None:
    found = {(row["role"], row.get("point")): row for row in values()}
    base = found["baseline", None]
    assert (base["page"], base["x0"], base["y0"], base["x1"], base["y1"]) == (3, 1.0, 2.5, 30.0, 40.25)  # fmt: skip
    (more,) = base["more_places"]
    assert (more["sheet"], more["cell"], more["source"]) == ("一覧", "C4", "b.csv")
    assert found["target", 1]["source"] == "b.csv"


def test_何団体もの事業は誰のものとも言わない() -> None:
    row = rows_of(sample())["projects"][0]
    assert row["municipality"] is None
    assert row["bodies"] == ["青森市", "盛岡市"]
    assert row["scales"] == [["効率性", "B"]]
    head = head_of(sample(), rows_of(sample()))
    assert (head["n_indicators"], head["n_values"], head["n_sure"], head["n_unread"]) == (2, 8, 1, 1)  # fmt: skip


def test_収まらない数は番号で断る() -> None:
    rows = rows_of(sample())
    rows["values"][0]["fiscal_year"] = 10**12
    with pytest.raises(Unstorable):
        cells_of(rows)


def test_行の欄はどれも表にある() -> None:
    for table, rows in rows_of(sample()).items():
        known = {column.name for column in TABLES[table]}
        assert all(set(row) <= known for row in rows)
        assert rows


def test_数は十五桁ずつ正確に残る(tmp_path: Path) -> None:
    found = parquet()
    numbers = ["999999999999999", "-0.000000000000001", "0", None, "12345.678900000000001"[:16]]
    cells = {"project": [1] * 5, "role": ["actual"] * 5, "number": numbers}
    write(tmp_path, [("a", {"values": cells})])
    read = found.read_table(tmp_path / "values.parquet")["number"].to_pylist()
    assert read == [None if text is None else Decimal(text) for text in numbers]


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(reports(2), min_size=1, max_size=5), st.data())
def test_どんな報告書も_どんな順に読み終わっても同じ表になる(many, data) -> None:
    parquet()
    known = []
    for at, report in enumerate(many):
        rows = rows_of(report)
        head = {"status": "read", "bytes": 1} | head_of(report, rows)
        known.append(Done(f"{at}.json".encode(), str(at), head, packed(cells_of(rows))))
    assert len({tables(known), tables(data.draw(st.permutations(known)))}) == 1


def tables(known: list[Done]) -> bytes:
    """Return the bytes of all tables of what was read in this order."""
    with tempfile.TemporaryDirectory() as place:
        state = State(Path(place), "版", "")
        try:
            state.listing(done.path for done in known)
            for done in known:
                state.keep(done)
            counted = write(Path(place), _tables(state, Counter()))
        finally:
            state.close()
        assert counted["values"] == sum(len(next(iter(v.values()), [])) for done in known if (v := json.loads(zlib.decompress(done.cells))["values"]))  # fmt: skip
        return b"".join(path.read_bytes() for path in sorted(Path(place).glob("*.parquet")))
