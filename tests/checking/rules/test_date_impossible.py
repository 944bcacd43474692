import pytest
from byhand import Gap, document, found, indicator, of, point, report, value


@pytest.mark.parametrize(
    "text",
    ["平成29年3月31日年", "令和5年2月30日", "H29.13.1", "2021-02-29", "4月31日", "令和3年13月"],
)
def test_暦にない日付は誤り(text):
    (finding,) = found("DATE-IMPOSSIBLE", report(), document=document(lines=(f"締切は{text}です",)))
    assert finding.severity == "error"
    assert finding.raw == text
    assert (finding.place[0].start, finding.place[0].end) == (3, 3 + len(text))


@pytest.mark.parametrize(
    "text",
    [
        "平成29年3月31日",
        "令和6年2月29日",
        "2月29日",
        "平成35年3月31日",
        "H29.4～6",
        "令和元年5月1日",
        "3月31日年度末",
        "12.5",
        "R3.4",
    ],
)
def test_ある日付は指摘しない(text):
    assert found("DATE-IMPOSSIBLE", report(), document=document(lines=(text,))) == []


def test_報告書の日付の欄も見る():
    row = indicator("数", "人", point(5, value(Gap.COUNTING, expected="R4.6.31"), due="H28.2.30"))
    paths = {f.path.rsplit("/", 1)[-1] for f in found("DATE-IMPOSSIBLE", of(row))}
    assert paths == {"due", "expected"}
