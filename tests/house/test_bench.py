"""測る道具. The commands behind every figure that is claimed can still be started, and prepare what they measure."""

import json
import subprocess
import sys
from pathlib import Path
from runpy import run_path

import pytest

BENCH = Path(__file__).parents[2] / "bench"


@pytest.mark.parametrize("name", sorted(path.name for path in BENCH.glob("*.py")))
def test_どの道具も使い方を言う(name: str, tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, str(BENCH / name), "--help"], env={"SOSEI_HOME": str(tmp_path), "PATH": ""},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert name in done.stdout


def test_印刷の速さを測るものが用意される(tmp_path) -> None:
    run_path(str(BENCH / "publishing.py"))["_prepare"](2, tmp_path)
    written = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert set(written) == {"report.json", "bare.typ", "page.html"}
    assert all("地方創生関連交付金を活用した事業" in text for text in written.values())


def test_根拠台帳の速さを小さな台帳で測れる(tmp_path) -> None:
    """What is counted is the same as by plain SQL, and all of it is proven: the bench asserts both."""
    out = tmp_path / "bench.json"
    done = subprocess.run(
        [sys.executable, str(BENCH / "evidence.py"), "--entries", "1320", "--runs", "1", "--home", str(tmp_path), "--out", str(out)],
        env={"PATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = json.loads(out.read_text("utf-8"))
    said = {row["what"] for row in rows}
    assert {
        "KPI firms, 10 years",
        "an insert alone",
        "  beside it: firms by SQL GROUP BY (sqlite)",
    } <= said
    assert all(row["p50"] > 0 for row in rows if not row["what"].startswith("  more"))
    assert any(row["what"].startswith("import: entries a second, 1,230 in all") for row in rows)
