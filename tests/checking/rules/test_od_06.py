from byhand import in_document


def test_同じを表す記号は注意():
    (finding,) = in_document("OD-6", ["年度", "値"], ["2021", "1"], ["〃", "2"])
    assert finding.raw == "〃"


def test_見出しのない列は注意():
    (finding,) = in_document("OD-6", ["年度", "値", ""], ["2021", "1", "備考の文"])
    assert finding.place[0].range == "C2"


def test_省略がなければ指摘しない():
    assert in_document("OD-6", ["年度", "値"], ["2021", "1"], ["2021", "2"]) == []
