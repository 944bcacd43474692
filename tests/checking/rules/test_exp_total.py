import pytest
from byhand import found, money, project, report, unexamined


def _of(*lines):
    return report(project(spending=lines))


def _lines(*yen, unit="円", **more):
    return [money(f"経費{n}", each, unit=unit, role="line", **more) for n, each in enumerate(yen)]


def _total(yen, label="計", unit="円", **more):
    return money(label, yen, unit=unit, role="total", **more)


def test_計が内訳の和と違えば誤り():
    (finding,) = found("EXP-TOTAL", _of(*_lines(100, 200), _total(301)))
    assert finding.severity == "error"
    assert finding.path == "/projects/0/spending/2"
    assert "300円" in finding.message_ja


def test_合う計は指摘しない():
    assert found("EXP-TOTAL", _of(*_lines(100, 200), _total(300))) == []
    assert found("EXP-TOTAL", _of(_total(300), *_lines(100, 200))) == []


@pytest.mark.parametrize(
    ("total", "count"), [(343_000, 0), (345_000, 0), (341_000, 0), (346_000, 1)]
)
def test_千円単位では1行につき1単位まで認める(total, count):
    lines = _lines(10_000, 333_000, unit="千円")
    assert len(found("EXP-TOTAL", _of(*lines, _total(total, unit="千円")))) == count


def test_財源の内訳も和とみる():
    funds = [money("内訳", y, unit="円", fund=f) for y, f in ((60, "国費"), (40, "一般財源"))]
    assert found("EXP-TOTAL", _of(_total(100, "総事業費"), *funds)) == []
    assert len(found("EXP-TOTAL", _of(_total(90, "総事業費"), *funds))) == 1


def test_総額を下回る内訳は一部かもしれないので注意():
    seen = _of(_total(500, "総事業費"), *_lines(100, 200))
    assert [f.severity for f in found("EXP-TOTAL", seen)] == ["warning"]
    more = _of(_total(250, "総事業費"), *_lines(100, 200))
    assert [f.severity for f in found("EXP-TOTAL", more)] == ["error"]


def test_予算と繰越しの欄も足す():
    lines = [
        money("当初予算", 100, unit="円", kind="budget"),
        money("補正予算", 20, unit="円", kind="budget"),
        money("翌年度へ繰越し", -30, unit="円"),
        _total(90),
        money("執行額", 80, unit="円", kind="settled"),
    ]
    assert found("EXP-TOTAL", _of(*lines)) == []


def test_年度と単位の違う行は足さない():
    seen = _of(
        *_lines(100, fiscal_year=2020),
        *_lines(200, fiscal_year=2021),
        _total(100, fiscal_year=2020),
    )
    assert found("EXP-TOTAL", seen) == []
    mixed = _of(
        money("委託", 40_000_000, unit="千円"), money("交付", 5, unit="円"), _total(15_000_000)
    )
    assert found("EXP-TOTAL", mixed) == []


def test_合計がなければ見ていないと言う():
    (unseen,) = unexamined("EXP-TOTAL", report(project(spending=tuple(_lines(1, 2))), project()))
    assert "2事業" in unseen.reason_ja
    assert "1事業は経費の記載がありません" in unseen.reason_ja
