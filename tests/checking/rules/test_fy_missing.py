from byhand import found, project, report, said

from sosei.core.report import Place, Year


def test_年度がなければ注意():
    (finding,) = found("FY-MISSING", report(project(), year=None))
    assert finding.severity == "warning"
    assert finding.path == "/fiscal_year"


def test_推定した年度はそう言い元の場所を指す():
    inferred = Year(year=2021, basis="inferred", raw="令和4年度", place=(Place(start=5, end=10),))
    (finding,) = found("FY-MISSING", report(project(), year=None, fiscal_year=inferred))
    assert "令和3年度（2021年度）と推定" in finding.message_ja
    assert finding.place[0].start == 5


def test_年度のあるはずの表題を指す():
    (finding,) = found("FY-MISSING", report(project(), year=None, title=said("実績報告", 7)))
    assert finding.place[0].start == 7


def test_印刷された年度があれば指摘しない():
    assert found("FY-MISSING", report(project())) == []


def test_各事業が年度を持てば報告書の年度はなくてよい():
    own = Year(year=2021, basis="printed")
    assert found("FY-MISSING", report(project(fiscal_year=own), year=None)) == []
