from byhand import in_document

from sosei.checking.rules.pii_mynum import is_my_number

VALID = ("123456789018", "111111111118", "234567890123")


def _valid(stem):
    return next(stem + str(d) for d in range(10) if is_my_number(stem + str(d)))


NUMBERS = [_valid(stem) for stem in ("12345678901", "98765432109", "55555555555")]


def test_検査用数字の合う番号が並ぶ列は誤りで番号は写さない():
    (finding,) = in_document("PII-MYNUM", ["氏名", "番号"], *(["見本", n] for n in NUMBERS))
    assert finding.severity == "error"
    assert finding.raw is None
    assert not any(n in finding.message_ja for n in NUMBERS)


def test_個人番号と書かれた列は一つでも誤り():
    assert len(in_document("PII-MYNUM", ["氏名", "個人番号"], ["見本", NUMBERS[0]])) == 1


def test_12桁のほかの番号は指摘しない():
    rows = [["見本", n] for n in (*NUMBERS, "123456789012")]
    assert in_document("PII-MYNUM", ["氏名", "番号"], *rows) == []
    assert in_document("PII-MYNUM", ["氏名", "番号"], ["見本", NUMBERS[0]]) == []


def test_公表された計算例():
    assert is_my_number("123456789018")
    assert not is_my_number("123456789019")
