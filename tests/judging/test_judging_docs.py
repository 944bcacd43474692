"""The manual of judging names every method, rule and scheme there is."""

import re
from pathlib import Path

from sosei.judging.methods import METHODS, QUALITATIVE
from sosei.judging.ranks import schemes

DOCS = Path(__file__).resolve().parents[2] / "docs"
SOURCE = Path(__file__).resolve().parents[2] / "src/sosei/judging"


def test_どの方法も説明されている() -> None:
    page = (DOCS / "judging/achievement.md").read_text("utf-8")
    assert not [code for code in [*METHODS, QUALITATIVE] if f"`{code}`" not in page]


def test_どの提案の規則も説明されている() -> None:
    page = (DOCS / "judging/criteria.md").read_text("utf-8")
    fired = set(
        re.findall(r'_level\(criteria, \d, "([^"]+)"', (SOURCE / "criteria.py").read_text("utf-8"))
    ) | {"1-reached", "1-exceeded"}
    assert len(fired) == 7
    assert not [rule for rule in fired if rule not in page]


def test_どの体系も手引きで選べる() -> None:
    manual = (DOCS / "manual/commands.md").read_text("utf-8")
    assert not [code for code in schemes() if code not in manual]
