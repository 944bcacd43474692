import pytest
from byhand import found, indicator, of, point, value


def _of(target, actual, rate, **more):
    return of(indicator("参加者数", "人", point(target, actual, rate=rate), **more))


def test_再現できない率は誤りで正しい率を言う():
    (finding,) = found("KPI-RATE", _of(150, 131, "78.3%"))
    assert finding.severity == "error"
    assert "87.3%" in finding.message_ja
    assert finding.fix.after == "87.3%"
    assert not finding.fix.safe


@pytest.mark.parametrize("rate", ["87.3%", "87.33％", "87%", "８７．３％", "87.3", "達成率 87.3%"])
def test_丸めた率は正しい(rate):
    assert found("KPI-RATE", _of(150, 131, rate)) == []


def test_四捨五入も切捨ても認める():
    assert found("KPI-RATE", _of(300, 200, "66.7%")) == []
    assert found("KPI-RATE", _of(300, 200, "66.6%")) == []
    assert len(found("KPI-RATE", _of(300, 200, "66.8%"))) == 1


@pytest.mark.parametrize(
    "rate", ["前年度比 101.0%", "増減 5%", "執行率 90%", "達成", "80%～90%", "－"]
)
def test_達成率でないものは見ない(rate):
    assert found("KPI-RATE", _of(150, 131, rate)) == []


def test_基準値からの増減と減少の指標の方法も認める():
    assert found("KPI-RATE", _of(200, 150, "50%", baseline=100)) == []
    assert found("KPI-RATE", _of(25, 30, "83.3%", direction="down")) == []
    assert found("KPI-RATE", _of(25, 30, "80%", direction="down")) == []


def test_累計の実績による率も認める():
    row = indicator("効果額", "百万円", point(3297, 1092, rate="137.5%", cumulative_actual=None))
    assert len(found("KPI-RATE", of(row))) == 1

    row = indicator(
        "効果額", "百万円", point(3297, 1092, rate="137.5%", cumulative_actual=value(4533))
    )
    assert found("KPI-RATE", of(row)) == []
