from byhand import Gap, found, indicator, of


def test_目標のない実績は注意():
    (finding,) = found("KPI-NOTARGET", of(indicator(actual=53)))
    assert finding.severity == "warning"
    assert finding.path == "/projects/0/indicators/0"


def test_空欄や未定は目標ではない():
    rows = [indicator(target=gap, actual=1) for gap in (Gap.BLANK, Gap.DASH, Gap.UNDECIDED)]
    assert len(found("KPI-NOTARGET", of(*rows))) == 3


def test_零も言葉も目標である():
    rows = [indicator(target=0), indicator(target="設置"), indicator(increase_total=30)]
    assert found("KPI-NOTARGET", of(*rows)) == []
