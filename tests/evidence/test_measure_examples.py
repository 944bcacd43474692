"""数え方の見本. The measures that the documentation shows are measures, written as they would be written, and can be said."""

import re
from pathlib import Path

import pytest

from sosei.evidence.binding import bound
from sosei.evidence.kinds import catalogue
from sosei.evidence.measures import days, parse, sentence, write

_PAGE = Path(__file__).parents[2] / "docs" / "dev" / "measures.md"
_ROWS = [
    (cells[1].strip(), re.findall(r"`([^`]+)`", cells[2])[0])
    for line in _PAGE.read_text("utf-8").splitlines()
    if len(cells := line.split("|")) == 5 and "`" in cells[2]
]


def test_十四の指標のすべてに数え方がある() -> None:
    assert len(_ROWS) == len({name for name, _ in _ROWS}) == 14


@pytest.mark.parametrize(("name", "text"), _ROWS)
def test_見本の数え方は読めて文になる(name: str, text: str) -> None:
    measure = parse(text)
    assert write(measure) == text.replace("round down unit", "round down 0 unit")
    for lang in ("ja", "en"):
        assert measure.unit in sentence(measure, lambda register, column: column or register, lang)
    kinds = catalogue()
    assert bound(measure, kinds) is measure
    assert kinds[measure.registers[0]].ja in sentence(measure, lambda r, c: kinds[r].called(c))
    assert days(measure.window, 2021).last.year in (2021, 2022)
