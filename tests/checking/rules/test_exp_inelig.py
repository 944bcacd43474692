import pytest
from byhand import found, money, project, report


@pytest.mark.parametrize("label", ["職員旅費", "地域振興基金積立金", "他省庁の補助金充当分"])
def test_対象外とされやすい経費は注意(label):
    (finding,) = found("EXP-INELIG", report(project(spending=(money(label, 1),))))
    assert finding.severity == "warning"
    assert finding.raw == label


@pytest.mark.parametrize("label", ["講師旅費", "活動支援業務委託", "負担金"])
def test_ふつうの経費は指摘しない(label):
    assert found("EXP-INELIG", report(project(spending=(money(label, 1),)))) == []
