"""Settings select, ignore and weigh rules; what is not known is refused with a sentence."""

import pytest
from byhand import indicator, of, report, seed

from sosei.checking import Settings, Severity, check, rules
from sosei.core.errors import BadSetting


def _codes(table):
    findings = check(seed(), settings=Settings.of(table))
    return {f.code for f in findings} | {u.code for u in findings.unexamined}


def test_選んだ規則だけを見る():
    assert _codes({"select": ["NUM-DUP"]}) == {"NUM-DUP"}
    assert all(code.startswith("KPI-") for code in _codes({"select": ["kpi"]}))


def test_除いた規則は見ない():
    assert "KPI-NOBASE" not in _codes({"ignore": ["KPI-NO"]})
    assert "KPI-PENDING" in _codes({"ignore": ["KPI-NO"]})


def test_長い指定が勝つ():
    assert _codes({"select": ["KPI-NOBASE"], "ignore": ["KPI"]}) == {"KPI-NOBASE"}
    assert "KPI-NOBASE" not in _codes({"select": ["KPI"], "ignore": ["KPI-NOBASE"]})
    assert _codes({"select": ["KPI"], "ignore": ["KPI"]}) == set()


def test_何も指定しなければすべて():
    assert all(Settings().wants(rule.code) for rule in rules())


@pytest.mark.parametrize("word", ["error", "誤り"])
def test_重さを変えられる(word):
    settings = Settings.of({"severity": {"KPI": "info", "KPI-NOBASE": word}})
    findings = check(of(indicator(actual=1)), settings=settings)
    assert findings.of("KPI-NOBASE")[0].severity is Severity.ERROR
    assert findings.of("KPI-NOTARGET")[0].severity is Severity.INFO


@pytest.mark.parametrize(
    "table",
    [
        {"select": ["KPI-NOPE"]},
        {"ignore": ["XYZ"]},
        {"ignore": [""]},
        {"select": 5},
        {"severity": {"KPI-DIR": "fatal"}},
        {"severity": {"NOPE": "info"}},
        {"severity": ["KPI"]},
        {"exclude": ["KPI"]},
    ],
)
def test_分からない設定は文で断る(table):
    with pytest.raises(BadSetting) as refusal:
        Settings.of(table)
    assert "check." in refusal.value.sentence()
    assert refusal.value.sentence("en").endswith(".")


def test_近い名前を挙げる():
    with pytest.raises(BadSetting) as refusal:
        Settings.of({"select": ["KPI-NOTARGT"]})
    assert "KPI-NOTARGET" in refusal.value.sentence()


def test_一つの文字列でもよい():
    assert Settings.of({"select": "OD-1"}).select == ("OD-1",)
    assert len(check(report(), settings=Settings.of({"select": "NUM-DUP"}))) == 0
