"""The story whole: a report goes in, is understood, judged as far as it honestly can be, published, and reads back."""

import json
from collections import Counter
from pathlib import Path

import pytest

from sosei.checking import Context, Severity, check
from sosei.core.codec import dumps, encode
from sosei.core.report import Report, bare, restrict
from sosei.judging import judge
from sosei.judging.outcome import Refusal
from sosei.publishing import form_of, publish
from sosei.reading import open_document, read, read_files, report_of

ROOT = Path(__file__).resolve().parents[2]
OWN = [ROOT / "examples/morioka/report.txt", ROOT / "examples/mihon/report.json"]
BACK = ("json", "csv", "xlsx", "opendata", "html", "docx", "text")


def of(path: Path) -> Report:
    return read(path.read_bytes(), path.name)


def back(report: Report, form: str) -> Report:
    made = publish(report, form)
    if isinstance(made, dict):
        return read_files([(name, data) for name, data in made.items() if name.endswith(".csv")])
    return read(made, f"report{form_of(form).SUFFIX}")


def same(report: Report, form: str) -> bool:
    carried = form_of(form).CARRIES
    return bool(restrict(bare(back(report, form)), carried) == restrict(bare(report), carried))


@pytest.mark.parametrize("form", BACK)
@pytest.mark.parametrize("path", OWN, ids=lambda path: path.parent.name)
def test_見本はどの形でも読み戻すと同じ(path: Path, form: str) -> None:
    assert same(of(path), form)


@pytest.mark.parametrize("form", BACK)
def test_種の報告はどの形でも読み戻すと同じ(shared: Path, form: str) -> None:
    assert same(of(shared / "seed/morioka-r3.txt"), form)


@pytest.mark.slow
@pytest.mark.parametrize("form", BACK)
def test_実例はどの形でも読み戻すと同じ(shared: Path, form: str) -> None:
    inputs = [p for p in sorted(shared.glob("cases/*/input.*")) if p.suffix != ".pdf"]
    assert inputs
    assert [p.parent.name for p in inputs if not same(of(p), form)] == []


def morioka(shared: Path | None = None) -> Path:
    return shared / "seed/morioka-r3.txt" if shared else OWN[0]


def found_in(path: Path) -> Counter[str]:
    document = open_document(path.read_bytes(), path.name)
    assert not isinstance(document, Report)
    findings = check(report_of(document), Context(document=document))
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]
    assert all(finding.place for finding in findings if not finding.code.startswith("OD-"))
    return Counter(finding.code for finding in findings)


EXPECTED = {
    "NUM-DUP": 1,
    "FY-MISSING": 1,
    "KPI-NOTARGET": 6,
    "KPI-NOBASE": 14,
    "KPI-PENDING": 4,
    "PLAN-ROWS": 1,
    "KPI-OUTPUT": 2,
    "KPI-OUTPUT-ONLY": 0,
}


def test_見本の癖がすべて見つかる() -> None:
    found = found_in(morioka())
    assert {code: found[code] for code in EXPECTED} == EXPECTED
    assert found["PERIOD-FORM"] > 0


def test_種の癖がすべて見つかる(shared: Path) -> None:
    found = found_in(morioka(shared))
    assert {code: found[code] for code in EXPECTED} == EXPECTED
    assert found["PERIOD-FORM"] > 0


def test_見本は十四件のどれも評価せず_それぞれ理由を言う() -> None:
    verdicts = judge(of(morioka()))
    outcomes = [
        verdict.case.outcome for project in verdicts.projects for verdict in project.indicators
    ]
    assert (verdicts.evaluable, verdicts.total) == (0, 14)
    assert Counter(o.code for o in outcomes if isinstance(o, Refusal)) == {
        "NO_TARGET": 6,
        "COUNTING": 4,
        "PLAN": 4,
    }


def test_見市の報告は評価できる() -> None:
    verdicts = judge(of(OWN[1]))
    assert verdicts.total > verdicts.evaluable > 0


def test_実例に印刷された率と評価はすべて再現できる(shared: Path) -> None:
    results: Counter[str] = Counter()
    for path in sorted(shared.glob("cases/*/input.*")):
        if path.suffix == ".pdf":
            continue
        for project in judge(of(path)).projects:
            for verdict in project.indicators:
                results.update(p.result for p in (verdict.rate, verdict.rating) if p)
    assert results["reproduced"] >= 7
    assert set(results) == {"reproduced"}


def test_読んだ実例はすべて契約に合う(shared: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((shared / "contract/report.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for path in [*sorted(shared.glob("cases/*/input.*")), morioka(shared)]:
        if path.suffix != ".pdf":
            assert list(validator.iter_errors(encode(of(path)))) == [], path


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.parent.name)
def test_二度読んでも同じバイトになる(path: Path) -> None:
    assert dumps(of(path)) == dumps(of(path))
