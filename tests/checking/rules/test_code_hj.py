from byhand import document, found, in_document, project, report, said

RIGHT, WRONG = "6000020032018", "6000020032019"


def test_検査数字の合わない法人番号は誤り():
    seen = report(project(remarks=(said(f"委託先 法人番号：{WRONG}"),)))
    (finding,) = found("CODE-HJ", seen)
    assert finding.severity == "error"
    assert finding.raw == WRONG


def test_登録番号と見出しの列も見る():
    text = document(lines=(f"登録番号 T{WRONG}", f"T{WRONG}"))
    assert len(found("CODE-HJ", report(), document=text)) == 2
    (finding,) = in_document("CODE-HJ", ["名称", "法人番号"], ["見本社", WRONG])
    assert finding.place[0].range == "B2"


def test_正しい番号とただの13桁は指摘しない():
    assert in_document("CODE-HJ", ["名称", "法人番号"], ["盛岡市", RIGHT]) == []
    assert in_document("CODE-HJ", ["名称", "金額"], ["見本社", WRONG]) == []
