"""Reports in layouts of the world (worlds/*): every fact they state is read, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from worldfacts import facts

from sosei.core.report import Report
from sosei.reading import read

WORLDS = Path(__file__).parent / "worlds"
FILES = sorted(path for path in WORLDS.iterdir() if path.suffix in {".html", ".txt"})


def read_world(path: Path) -> Report:
    return read(path.read_bytes(), path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_様式ごとに書かれた事実だけを読む(path: Path) -> None:
    assert (
        facts(read_world(path)).splitlines()
        == path.with_suffix(".facts").read_text("utf-8").splitlines()
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_値にはどれも場所がある(path: Path) -> None:
    report = read_world(path)
    points = [point for p in report.projects for i in p.indicators for point in i.years]
    values = [
        v for point in points for v in (point.target, point.actual, point.cumulative_actual) if v
    ]
    assert all(value.place for value in values if value.gap != "blank")
    assert all(spent.place for project in report.projects for spent in project.spending)


def test_十二を超える様式を試している() -> None:
    assert len(FILES) >= 12
