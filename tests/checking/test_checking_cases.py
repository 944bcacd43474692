"""Published reports: every error that the gold names is found, and no row that it calls clean is called wrong."""

import json

import pytest

from sosei.checking import Context, Findings, Severity, check
from sosei.core.errors import SoseiError
from sosei.core.text import fold
from sosei.reading import open_document, read

#: Errors that the sources print, by the gold's words, and the rule that finds them.
RULES = {
    "unit 区 for an oyster quantity": "KPI-UNITODD",
    "misplaced comma": "NUM-COMMA",
    "unit differs between baseline and target": "KPI-UNITDIFF",
}


@pytest.fixture(scope="module")
def cases(shared) -> dict[str, tuple[dict, Findings]]:
    seen = {}
    for file in sorted(shared.glob("cases/*/input.*")):
        if file.suffix == ".pdf":
            continue
        gold = json.loads(file.with_name("gold.json").read_text("utf-8"))
        data = file.read_bytes()
        try:
            context = Context(document=open_document(data, file.name))
            seen[file.parent.name] = gold, check(read(data, file.name), context)
        except SoseiError:
            seen[file.parent.name] = gold, Findings()
    return seen


def _errors(gold):
    return [k for p in gold["projects"] for k in p["kpis"] if "source_error" in k]


def test_出典の誤りは規則の名で見つかる(cases):
    missed = [
        (case, row["name"])
        for case, (gold, findings) in cases.items()
        for row in _errors(gold)
        if not any(
            fold(row["name"]) in fold(f.message_ja) for f in findings.of(RULES[row["source_error"]])
        )
    ]
    assert missed == []
    assert sum(len(_errors(gold)) for gold, _ in cases.values()) == 3


def test_正しい行を誤りと言わない(cases):
    wrong = [
        (case, f.code, f.message_ja)
        for case, (_, findings) in cases.items()
        for f in findings
        if f.severity is Severity.ERROR
    ]
    assert wrong == []
