from byhand import Body, found, indicator, project, report, unexamined

WIDE = project(indicator("高度IT人材の県内就職者数", "人", actual=161))


def test_市の報告にある県の数値は参考():
    seen = report(WIDE, bodies=(Body(name="盛岡市", code="032018"),))
    (finding,) = found("KPI-AREA", seen)
    assert finding.severity == "info"


def test_県の報告なら指摘しない():
    assert found("KPI-AREA", report(WIDE, bodies=(Body(name="岩手県", code="030007"),))) == []


def test_県外から来た人は市の数値():
    row = project(indicator("県外から子どもがいる世帯が移住", "世帯", target=5))
    assert found("KPI-AREA", report(row, bodies=(Body(name="坂井市"),))) == []


def test_団体が分からなければ見ていない():
    assert len(unexamined("KPI-AREA", report(WIDE))) == 1
