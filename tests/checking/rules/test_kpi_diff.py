import pytest
from byhand import document, found, project, report, said


@pytest.mark.parametrize(
    "text",
    [
        "来場者数は53,319人から53,833人へと504人増加した。",
        "空き店舗は49件から46件に2件減少",
        "11,861人 → 13,220人（1,339人）",
        "２００人から３００人へ９０人の増",
    ],
)
def test_合わない差は誤り(text):
    (finding,) = found("KPI-DIFF", report(), document=document(lines=(text,)))
    assert finding.severity == "error"
    assert finding.place[0].start == 0


@pytest.mark.parametrize(
    "text",
    [
        "来場者数は53,319人から53,833人へと514人増加した。",
        "49件から46件に3件解消（減少）",
        "11,861人 → 13,220人（1,359人）",
        "50人から100人に2倍増",
        "4月から9月まで5回増やした",
    ],
)
def test_合う差と差でない数は指摘しない(text):
    assert found("KPI-DIFF", report(), document=document(lines=(text,))) == []


def test_文書がなければ報告書の言葉を見る():
    seen = report(project(remarks=(said("10人から15人に4人増"),)))
    assert [f.path for f in found("KPI-DIFF", seen)] == ["/projects/0/remarks/0"]
