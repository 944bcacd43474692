from byhand import in_document


def test_団体の分からない表は注意():
    assert len(in_document("OD-12", ["事業", "実績"], ["育成", "18"])) == 1


def test_コードか名称の列か団体名があればよい():
    assert in_document("OD-12", ["全国地方公共団体コード", "実績"], ["032018", "18"]) == []
    assert in_document("OD-12", ["事業", "実績"], ["盛岡市", "18"]) == []


def test_項目の説明の表はデータではない():
    assert in_document("OD-12", ["項目名", "説明"], ["実績", "その年の値"]) == []
