"""見本の報告書. The stranger's report that the sample shows is the example's, byte for byte."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_見本の報告書は例と同じ() -> None:
    kept = ROOT / "src/sosei/house/sample/morioka.txt"
    assert kept.read_bytes() == (ROOT / "examples/morioka/report.txt").read_bytes()
