from byhand import in_document

ROWS = (["育成", "18"], ["支援", "33"])


def test_単位のない数の列は注意():
    (finding,) = in_document("OD-9", ["事業", "実績"], *ROWS)
    assert finding.raw == "実績"


def test_見出しか列か表の言葉に単位があればよい():
    assert in_document("OD-9", ["事業", "実績（人）"], *ROWS) == []
    assert in_document("OD-9", ["事業", "実績", "単位"], *ROWS) == []


def test_年度や番号やコードは数量ではない():
    for head in ("年度", "番号", "団体コード", "No"):
        assert in_document("OD-9", ["事業", head], *ROWS) == []


def test_丸数字の列は数の列ではない():
    assert in_document("OD-9", ["事業", "順"], ["育成", "①"], ["支援", "②"]) == []
    assert in_document("OD-9", ["事業", "印"], ["育成", "①"], ["支援", "②"]) == []
