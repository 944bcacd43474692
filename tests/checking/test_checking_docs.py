"""Every rule is documented, tested, in both languages, and the pages are those of the rules as they are."""

import runpy
from pathlib import Path

import pytest

from sosei.checking import Severity, explain, rules
from sosei.core.errors import BadSetting

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "src" / "sosei" / "checking" / "rules"


def _stem(code: str) -> str:
    family, _, rest = code.lower().replace("-", "_").partition("_")
    return f"{family}_{int(rest):02d}" if family == "od" else f"{family}_{rest}"


def test_説明のページは規則のとおり():
    tool = runpy.run_path(str(ROOT / "tools" / "build_rules_docs.py"), run_name="tool")
    assert tool["stale"]() == [], "run: python tools/build_rules_docs.py"


def test_規則は一つ一つファイルと試験を持つ():
    files = {path.stem for path in RULES.glob("[a-z]*.py")}
    tests = {
        path.stem.removeprefix("test_")
        for path in (ROOT / "tests/checking/rules").glob("test_*.py")
    }
    assert files == {_stem(rule.code) for rule in rules()}
    assert files == tests


def test_符号は重ならず並びは決まっている():
    codes = [rule.code for rule in rules()]
    assert len(codes) == len(set(codes)) == 63
    assert codes.index("OD-2") < codes.index("OD-10")


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_説明は両方の言葉と出典と例を持つ(rule):
    assert rule.why_ja.endswith("。")
    assert rule.why_en.endswith(".")
    assert rule.title_ja != rule.title_en
    assert rule.source
    assert rule.wrong != rule.right
    assert isinstance(rule.severity, Severity)
    for text in (explain(rule.code), explain(rule.code.lower(), "en")):
        assert text.startswith(rule.code)
        assert rule.source in text


def test_規則は互いを読み込まない():
    for path in RULES.glob("*.py"):
        assert "sosei.checking.rules" not in path.read_text("utf-8"), path.name


def test_知らない規則は断る():
    with pytest.raises(BadSetting) as refusal:
        explain("KPI-NOTHING")
    assert "KPI-NOTHING" in refusal.value.sentence()


def test_領域の語の規則は領域のすべての検査番号を含む():
    """The catalogue of the field (DOMAIN §9, §10b), by name."""
    wanted = [
        "NUM-DUP",
        "FY-MISSING",
        "PERIOD-FORM",
        "PERIOD-LEN",
        "KPI-NOTARGET",
        "KPI-NOBASE",
        "KPI-NOUNIT",
        "KPI-NOFY",
        "KPI-PENDING",
        "KPI-COUNT",
        "KPI-OUTPUT-ONLY",
        "KPI-OUTPUT",
        "PLAN-ROWS",
        "KPI-INC-SUM",
        "KPI-EXPR",
        "KPI-DIR",
        "KPI-ZERO",
        "KPI-JUMP",
        "KPI-BREAK",
        "KPI-GROSSREAL",
        "KPI-YEARTYPE",
        "KPI-PRELIM",
        "KPI-NOEVID",
        "KPI-DISAGREE",
        "EFF-RULE",
        "EFF-POLICY",
        "EFF-EXPERT",
        "EFF-CAUSE",
        "EXP-TOTAL",
        "EXP-RATE",
        "EXP-PERIOD",
        "EXP-INELIG",
        "EXP-UNPAID",
        "EXP-REPORT",
        "CODE-LG",
        "CODE-HJ",
        "PII-1000",
        "PII-CELL",
    ]
    wanted += [f"OD-{n}" for n in range(1, 13)]
    assert set(wanted) <= {rule.code for rule in rules()}
