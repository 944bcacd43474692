"""The manual says what the tables are, and its queries run and answer."""

import re
from decimal import Decimal
from pathlib import Path
from runpy import run_path

import pytest

from corpusroom import ROOT
from sosei.core.codec import dumps
from sosei.core.gaps import Gap
from sosei.core.report import (
    Body,
    Indicator,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Year,
    YearPoint,
)
from sosei.corpus.build import build

PAGE = ROOT / "docs" / "manual" / "corpus.md"
QUERIES = re.findall(r"<!-- query -->\n```sql\n(.*?)```", PAGE.read_text("utf-8"), re.S)
pytest.importorskip("pyarrow", reason="pyarrow: not installed")
duckdb = pytest.importorskip("duckdb", reason="duckdb: not installed")


def kpi(name: str, target: Value, actual: Value, **more) -> Indicator:
    point = YearPoint(fiscal_year=2021, target=target, actual=actual)
    return Indicator(name=Said(text=name), unit="人", years=(point,), **more)


def number(text: str, **more) -> Value:
    return Value(number=Decimal(text), **more)


def report(body: Body, *indicators: Indicator, spending: tuple[Spending, ...] = ()) -> Report:
    project = Project(name=Said(text="移住推進事業"), indicators=indicators, spending=spending)
    return Report(bodies=(body,), fiscal_year=Year(year=2021), projects=(project,))


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    """Two cities: what misses its target, what reaches it, what is to shrink, what is not known yet."""
    place = tmp_path_factory.mktemp("corpus")
    morioka, aomori = Body(name="盛岡市", code="032018"), Body(name="青森市", code="022012")
    yen = (
        Spending(label=Said(text="委託料"), yen=3_000_000),
        Spending(label=Said(text="旅費"), yen=500_000),
        Spending(label=Said(text="計"), yen=3_500_000, role="total"),
        Spending(label=Said(text="6市の負担金"), yen=9_000_000, shared_by=6),
    )
    (place / "盛岡.json").write_text(dumps(report(
        morioka,
        kpi("移住者数", number("150"), number("149.5")),
        kpi("相談件数", number("10"), number("10")),
        kpi("空き家", number("5"), number("9"), direction="down"),
        kpi("待機者", number("3", op="<="), number("2")),
        kpi("来訪者数", number("80"), Value(gap=Gap.COUNTING)),
        kpi("満足度", number("80", unit="％"), number("1")),
        spending=yen,
    )), "utf-8")  # fmt: skip
    (place / "青森.json").write_text(dumps(report(
        aomori, kpi("移住者数", number("20"), number("0")), kpi("参加者", number("1"), Value(gap=Gap.DASH))
    )), "utf-8")  # fmt: skip
    build(place, place / "out")
    return place / "out"


def ask(out: Path, query: str) -> list[dict[str, object]]:
    found = duckdb.sql(query.replace("OUT/", f"{out}/"))
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def test_手引きの問いは三つある() -> None:
    assert len(QUERIES) == 3


def test_目標に届かない指標を団体ごとに一つのSQLで答える(out) -> None:
    found = ask(out, QUERIES[0])
    assert [(row["municipality"], row["kpi_name"], row["target"], row["actual"]) for row in found] == [
        ("盛岡市", "移住者数", Decimal(150), Decimal("149.5")),
        ("盛岡市", "空き家", Decimal(5), Decimal(9)),
        ("青森市", "移住者数", Decimal(20), Decimal(0)),
    ]  # fmt: skip
    counted = ask(
        out, f"SELECT municipality, count(*) AS n FROM ({QUERIES[0]}) GROUP BY ALL ORDER BY n"
    )
    assert [(row["municipality"], row["n"]) for row in counted] == [("青森市", 1), ("盛岡市", 2)]


def test_集計中の数を年度で答える(out) -> None:
    (row,) = ask(out, QUERIES[1])
    assert row == {
        "fiscal_year": 2021,
        "actuals": 8,
        "counting": 1,
        "nothing_said": 1,
        "municipalities": 1,
    }


def test_経費の合計と一番大きな一件を答える(out) -> None:
    (row,) = ask(out, QUERIES[2])
    assert (row["municipality"], row["fiscal_year"], row["yen"], row["lines"]) == ("盛岡市", 2021, 3_500_000, 2)  # fmt: skip
    assert row["largest"]["label"] == "委託料"
    assert row["largest"]["path"] == "盛岡.json"


def test_列の名は引用符なしで書ける(out) -> None:
    for table in out.glob("*.parquet"):
        names = duckdb.sql(f"SELECT * FROM '{table}'").columns
        duckdb.sql(f"SELECT {', '.join(names)} FROM '{table}'").fetchall()


def test_手引きの列は今の列と同じ() -> None:
    text = PAGE.read_text("utf-8")
    assert run_path(str(ROOT / "tools" / "build_corpus_docs.py"))["page"](text) == text
