from byhand import Gap, found, indicator, of


def test_基準値がないか空欄なら注意():
    seen = of(indicator(target=1), indicator(target=1, baseline=Gap.DASH))
    assert [f.severity for f in found("KPI-NOBASE", seen)] == ["warning", "warning"]


def test_零も言葉も基準値である():
    assert found("KPI-NOBASE", of(indicator(baseline=0), indicator(baseline="なし"))) == []
