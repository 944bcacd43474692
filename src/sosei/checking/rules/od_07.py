"""数式. Formulas left in the cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES, tables
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for cells with a formula."""
    for spot in tables(scene):
        formulas = [cell for cell in spot.table.cells if cell.formula]
        if formulas:
            yield spot.hit(
                formulas,
                "数式の残るセルが{n}個あります",
                "{n} cells hold formulas",
                "公開用のファイルでは値に置き換えてください",
                "Replace them by their values in the published file",
            )


RULE: Final = Rule(
    code="OD-7",
    title_ja="数式は値にする",
    title_en="Values instead of formulas",
    why_ja="数式は、参照先のない環境では壊れ、計算値を持たないファイルでは0に読まれます。",
    why_en="Formulas break away from what they refer to, and read as 0 where no value is stored.",
    wrong="=SUM(C3:C5)",
    right="29005",
    severity=Severity.WARNING,
    source=f"{RULES}1-7",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
