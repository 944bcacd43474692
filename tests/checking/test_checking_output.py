"""Findings as text, JSON and SARIF say the same things."""

import json

import pytest
from byhand import document, indicator, of, report, seed

from sosei.checking import Context, Finding, Findings, Severity, check, lists, plain, rules, sarif
from sosei.core.report import Place


@pytest.fixture(scope="module")
def findings() -> Findings:
    return check(seed())


def test_文字の出力は数と文と場所と見ていない規則を言う(findings):
    text = plain.text(findings, seed())
    first = text.splitlines()[0]
    assert first == f"点検の結果: {plain.counted(findings)}"
    assert "事業「成長分野拠点形成支援事業」\n  注意" in text
    assert "注意 NUM-DUP  経費で番号「②」" in text
    assert "561字目\n" in text
    assert "/projects/" not in text
    assert "見ていない規則" in text
    assert text.count("台帳の記録がないので、見ていません。") == 1
    assert "EXP-UNPAID、" in text


def test_件数の多い規則から数を言い_同じ文は一度だけ言う(findings):
    text = plain.text(findings, seed())
    sums = [line.split()[:3] for line in text.split("\n\n")[1].splitlines()[1:]]
    assert ["注意", "14件", "KPI-NOBASE"] in sums
    weights = [word for word, _, code in sums if not code.startswith("OD-")]
    assert weights == sorted(weights, key=["誤り", "注意", "参考"].index)
    assert text.count("に基準値（事業開始前の値）がありません。") == 4
    assert text.count("同じ指摘：") >= 4


def test_一つだけの指摘も表だけの指摘も場所を分けて言う():
    hits = [
        Finding(code="OD-12", severity=Severity.WARNING, message_ja=f"{n}番目の表：コードがありません。",
                message_en=f"table {n}: no code.", place=(Place(table=n, row=2),))
        for n in (1, 2, 3)
    ]  # fmt: skip
    text = plain.text(Findings(findings=tuple(hits)))
    assert "まとめ" not in text
    assert "1番目の表：コードがありません。（ほか2個の表も同じ）" in text
    assert "1番目の表の2行目" in text


def test_英語でも言う(findings):
    text = plain.text(findings, lang="en")
    assert text.startswith("Findings: error 0, warning ")
    assert "Rules not examined" in text
    assert "Not looked at for want of facts of the ledger." in text


def test_色は呼ぶ側が決める(findings):
    text = plain.text(findings, paint=lambda word, severity: f"<{severity.value}>{word}")
    assert "<warning>注意 NUM-DUP" in text
    assert "\x1b" not in plain.text(findings)


def test_指摘がなければそう言うが_見ていない規則は隠さない():
    text = plain.text(check(report()))
    assert "指摘はありません。" in text
    assert "見ていない規則" in text


def test_JSONは指摘の並びで契約の形の場所を持つ(findings):
    items = json.loads(lists.dumps(findings))
    keys = {"code", "severity", "message_ja", "message_en", "path", "place", "raw", "source", "fix"}
    assert all(set(item) == keys for item in items)
    (dup,) = [item for item in items if item["code"] == "NUM-DUP"]
    assert dup["place"] == [{"start": 560, "end": 585}]
    assert dup["severity"] == "warning"
    assert dup["fix"] == {
        "path": "/projects/0/spending/2/number", "before": "②", "after": "③", "safe": False,
    }  # fmt: skip


def test_JSONは見ていない規則を指摘と区別する(findings):
    unseen = [item for item in lists.items(findings) if item["severity"] == "not_examined"]
    assert len(unseen) == len(findings.unexamined)
    assert all(item["message_ja"].startswith("見ていません。") for item in unseen)


def test_SARIFは規則と結果と文字の位置を持つ(findings):
    log = json.loads(sarif.dumps(findings, seed(), version="1.0"))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    driver = run["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == [rule.code for rule in rules()]
    assert len(run["results"]) == len(findings)
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["locations"]
    (dup,) = [result for result in run["results"] if result["ruleId"] == "NUM-DUP"]
    physical = dup["locations"][0]["physicalLocation"]
    assert physical["region"] == {"charOffset": 560, "charLength": 25}
    assert physical["artifactLocation"] == {"uri": "report.txt", "index": 0}


def test_SARIFは見ていない規則を知らせる(findings):
    (run,) = sarif.log(findings, seed())["runs"]
    (invocation,) = run["invocations"]
    told = {each["associatedRule"]["id"] for each in invocation["toolExecutionNotifications"]}
    assert told == {each.code for each in findings.unexamined}


def test_SARIFは文字でない場所を名前で言う():
    seen = check(report(), Context(document=document(["事業", "値"], ["〃", "1"])))
    (run,) = sarif.log(seen, report())["runs"]
    (ditto,) = [r for r in run["results"] if r["ruleId"] == "OD-6"]
    assert ditto["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "シート「表」A2"}]}]


def test_SARIFは場所のない指摘に道を書く():
    seen = of(indicator(actual=1))
    (run,) = sarif.log(check(seen), seen)["runs"]
    (base,) = [r for r in run["results"] if r["ruleId"] == "KPI-NOBASE"]
    name = base["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
    assert name == "/projects/0/indicators/0"


def test_重さの数は零も言う():
    assert Findings().counts() == {Severity.ERROR: 0, Severity.WARNING: 0, Severity.INFO: 0}
