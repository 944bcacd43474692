"""採点. The scoring of tests/layouts is the contract's own: both count the same facts on every case."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from layouts import readings
from layouts.scoring import score_case, sureness


@pytest.fixture(scope="module")
def contract(shared):
    spec = importlib.util.spec_from_file_location("score", shared / "contract" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _counts(tally):
    return tally.hit, +tally.missed, +tally.invented, tally.whole, tally.rows, tally.figures()


def test_契約の採点と同じに数える(shared, contract) -> None:
    cases = [path for path in sorted(shared.glob("cases/*/input.*")) if path.suffix != ".pdf"]
    for path in (*cases, *(path for path in readings.files() if path.suffix != ".pdf")):
        gold, report = _gold(path), readings.report_of(path)
        said = contract.raw_text(path)
        assert readings.raw_text(path) == said
        ours, theirs = score_case(gold, report, said), contract.score_case(gold, report, said)
        theirs.missed = +theirs.missed
        assert _counts(ours) == _counts(theirs), path


def _gold(path: Path) -> dict:
    return json.loads(path.with_name("gold.json").read_text("utf-8"))


def test_正解どおりの報告は満点である() -> None:
    gold = _gold(next(path for path in readings.files() if path.parent.name == "form_book"))
    row = gold["projects"][0]["kpis"][0]
    indicator = {
        "name": {"text": row["name"]},
        "unit": row["unit"],
        "baseline": {"number": str(row["baseline"])},
        "years": [
            {
                "fiscal_year": 2022,
                "target": {"number": str(row["target"])},
                "actual": {"number": str(row["actual"])},
            }
        ],
    }
    gold["projects"] = [{**gold["projects"][0], "kpis": [row], "expenditures": []}]
    report = {
        "fiscal_year": {"year": 2022},
        "bodies": [{"name": gold["municipality"]}],
        "projects": [
            {
                "kind": "result",
                "name": {"text": gold["projects"][0]["name"]},
                "departments": [{"text": "都市整備課"}],
                "period": {"first": 2020, "last": 2022, "raw": "R2～R4"},
                "indicators": [indicator],
                "verification": {
                    "grade": {"text": "B"},
                    "next_policy": {"text": "事業内容の見直し（改善）"},
                },
            }
        ],
    }
    tally = score_case(gold, report, "令和4年度　鶴ヶ峰市")
    assert tally.figures() == (1.0, 1.0, 1.0, 0.0)
    assert tally.whole == tally.rows == 1
    indicator["years"][0]["actual"]["number"] = "13"
    wrong = score_case(gold, report, "令和4年度　鶴ヶ峰市")
    assert (wrong.missed["actual"], wrong.invented["actual"], wrong.whole) == (1, 1, 0)


def test_確かと言う値は数と役と年と単位が合うときだけ正しい() -> None:
    row = {"name": "来場者数", "unit": "人", "target": 5, "actual": 4, "fiscal_year": "R4"}
    gold = {"fiscal_year": "R4", "projects": [{"name": "催し", "kpis": [row]}]}

    def wrong(role: str, number: str, year: int, unit: str = "人", sure: bool = True) -> tuple:
        point = {"fiscal_year": year, role: {"number": number, "sure": sure}}
        indicator = {"name": {"text": "来場者数"}, "unit": unit, "years": [point]}
        report = {"fiscal_year": {"year": 2022}, "projects": [{"indicators": [indicator]}]}
        return sureness(gold, report)[:3]

    assert wrong("actual", "4", 2022) == (1, 1, 0)
    assert wrong("actual", "5", 2022) == (1, 1, 1)
    assert wrong("target", "4", 2022) == (1, 1, 1)
    assert wrong("actual", "4", 2021) == (1, 1, 1)
    assert wrong("actual", "4", 2022, "社") == (1, 1, 1)
    assert wrong("actual", "9", 2022, sure=False) == (1, 0, 0)
