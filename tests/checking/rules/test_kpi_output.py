import pytest
from byhand import found, indicator, of


@pytest.mark.parametrize(
    "name", ["セミナー開催回数", "実証実験補助件数", "観光物産プロモーション実施回数（年間）"]
)
def test_活動を数える名称は参考(name):
    (finding,) = found("KPI-OUTPUT", of(indicator(name, "回", target=2)))
    assert finding.severity == "info"


@pytest.mark.parametrize("name", ["用具等利用回数", "参加企業数", "移住相談から移住した件数"])
def test_成果を数える名称は指摘しない(name):
    assert found("KPI-OUTPUT", of(indicator(name, "件", target=2))) == []


def test_報告書が種類を言えばそれに従う():
    assert found("KPI-OUTPUT", of(indicator("セミナー開催回数", "回", type="outcome"))) == []
    assert len(found("KPI-OUTPUT", of(indicator("売上高", "円", type="output")))) == 1
