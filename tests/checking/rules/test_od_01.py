import pytest
from byhand import in_document, report, unexamined


@pytest.mark.parametrize("form", ["text", "html", "docx", "pdf"])
def test_表計算の形式でなければ注意(form):
    (finding,) = in_document("OD-1", ["a"], form=form)
    assert finding.severity == "warning"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_表計算の形式は指摘しない(form):
    assert in_document("OD-1", ["a"], form=form) == []


def test_文書がなければ見ていない():
    assert len(unexamined("OD-1", report())) == 1
