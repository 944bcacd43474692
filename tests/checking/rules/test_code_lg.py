from byhand import Body, document, found, in_document, project, report


def _of(code, name="盛岡市"):
    return report(bodies=(Body(name=name, code=code),))


def test_検査数字が違えば誤りで正しいコードを示す():
    (finding,) = found("CODE-LG", _of("032019"))
    assert finding.severity == "error"
    assert finding.fix.after == "032018"
    assert not finding.fix.safe


def test_ほかの団体のコードは誤り():
    (finding,) = found("CODE-LG", _of("022012"))
    assert "盛岡市" in finding.message_ja


def test_正しいコードとコードのない団体は指摘しない():
    assert found("CODE-LG", _of("032018")) == []
    assert found("CODE-LG", _of(None)) == []


def test_連携団体も見る():
    seen = report(project(bodies=(Body(name="紀美野町", code="030306"),)))
    (finding,) = found("CODE-LG", seen)
    assert finding.path == "/projects/0/bodies/0"
    assert finding.fix.after == "303046"


def test_文書のコードの列を見る():
    (finding,) = in_document("CODE-LG", ["全国地方公共団体コード", "値"], ["030306", "123456"])
    assert finding.raw == "030306"
    assert finding.place[0].range == "A2"


def test_コードの列でない数は見ない():
    assert in_document("CODE-LG", ["金額", "値"], ["030306", "123456"]) == []


def test_報告書にあるコードを二度言わない():
    seen = document(["団体コード"], ["032019"])
    assert len(found("CODE-LG", _of("032019"), document=seen)) == 1
