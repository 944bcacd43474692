from byhand import found, indicator, money, of, project, report


def _spending(*numbers):
    return report(project(spending=tuple(money(f"経費{n}", 1000, number=n) for n in numbers)))


def test_続けて同じ番号があれば次の番号を提案するが自動では直さない():
    (finding,) = found("NUM-DUP", _spending("①", "②", "②"))
    assert finding.path == "/projects/0/spending/2"
    assert (finding.fix.before, finding.fix.after, finding.fix.safe) == ("②", "③", False)


def test_離れた重複も見つける():
    assert [f.path for f in found("NUM-DUP", _spending("①", "②", "③", "②"))] == [
        "/projects/0/spending/3"
    ]


def test_欠番は参考():
    (finding,) = found("NUM-DUP", _spending("(1)", "(2)", "(4)"))
    assert finding.severity == "info"
    assert "「(2)」から「(4)」" in finding.message_ja


def test_正しい並びと二つ目の並びは指摘しない():
    assert found("NUM-DUP", _spending("①", "②", "①", "②")) == []


def test_すべて同じ番号はまとまりの番号():
    assert found("NUM-DUP", _spending("3", "3", "3")) == []


def test_年度ごとの行は別の並び():
    lines = [money("委託", 1, number="①", fiscal_year=y) for y in (2020, 2021)]
    assert found("NUM-DUP", report(project(spending=tuple(lines)))) == []


def test_指標の番号も見る():
    rows = [indicator(f"指標{n}", "人", number=n, target=1) for n in ("1", "2", "2")]
    assert [f.path for f in found("NUM-DUP", of(*rows))] == ["/projects/0/indicators/2"]


def test_上位の指標が違えば別の並び():
    rows = [indicator("男女", "人", number="1", target=1, parent=p) for p in ("総数", "転入")]
    assert found("NUM-DUP", of(*rows)) == []


def test_丸数字はまとまりの番号とは見ない():
    assert len(found("NUM-DUP", _spending("②", "②"))) == 1
