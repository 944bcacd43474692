from byhand import in_document, report, unexamined


def test_見出しの誤字は参考で正しい語を言う():
    (finding,) = in_document(
        "HEAD-MISPRINT", ["重要業務評価指標（KPI）", "値"], ["重要業務評価指標", "5"]
    )
    assert finding.severity == "info"
    assert "重要業績評価指標" in finding.message_ja
    assert finding.place[0].range == "A1"


def test_正しい見出しは指摘しない():
    assert in_document("HEAD-MISPRINT", ["重要業績評価指標（KPI）", "担当課"], ["数", "5"]) == []


def test_誤字の最後の字が次の語の初めなら指摘しない():
    heads = ["実績直近値", "目標 直前の値", "担当化学課"]
    assert in_document("HEAD-MISPRINT", heads, ["5", "6", "7"]) == []
    (finding,) = in_document("HEAD-MISPRINT", [*heads, "実績直"], ["5", "6", "7", "8"])
    assert finding.raw == "実績直"


def test_文書がなければ見ていない():
    assert len(unexamined("HEAD-MISPRINT", report())) == 1
