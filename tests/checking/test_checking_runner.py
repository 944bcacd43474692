"""The runner looks at every rule or says that it did not, and keeps the order of the report."""

from byhand import document, indicator, of, project, report, seed

from sosei.checking import Context, Ledger, check, rules


def test_どの規則も見たか見ていないかのどちらか():
    findings = check(seed())
    told = set(findings.examined) | {each.code for each in findings.unexamined}
    assert told == {rule.code for rule in rules()}


def test_入力を与えれば見る():
    lean = {u.code for u in check(seed()).unexamined}
    context = Context(
        document=document(["団体名"], ["盛岡市"]),
        ledger=Ledger(),
        previous=seed(),
        others=(seed(),),
    )
    rich = {u.code for u in check(seed(), context).unexamined}
    assert {"OD-3", "EXP-UNPAID", "PII-1000", "KPI-JUMP", "KPI-DISAGREE"} <= lean - rich


def test_指摘は報告書の順に並ぶ():
    seen = report(*(project(indicator(f"指標{n}", actual=n)) for n in range(12)), year=None)
    paths = [f.path for f in check(seen).of("KPI-NOBASE")]
    assert paths == [f"/projects/{n}/indicators/0" for n in range(12)]


def test_同じ報告書に同じ指摘():
    assert check(seed()) == check(seed())


def test_足りない入力の名を言う():
    (unseen,) = [each for each in check(of()).unexamined if each.code == "EXP-UNPAID"]
    assert unseen.reason("ja") == "台帳の記録がないので、見ていません。"
    assert unseen.reason("en") == "Not looked at for want of facts of the ledger."
