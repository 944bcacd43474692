"""小さい数の秘匿. A published breakdown that lets a person or firm be told, or the hidden cell be reckoned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.context import TableFacts
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene

LEAST: Final = 3


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for cells below three, and for a single hidden cell beside a total."""
    ledger = scene.context.ledger
    assert ledger is not None
    for table in ledger.tables:
        small = [label for label, n in table.cells if n is not None and 0 < n < LEAST]
        if small:
            yield _hit(table, small[0], f"{LEAST}未満の値があります", f"is below {LEAST}")
        elif _complementary(table):
            hidden = next(label for label, n in table.cells if n is None)
            yield _hit(
                table,
                hidden,
                "秘匿した値が合計との差から分かります",
                "can be reckoned from the total",
            )


def _complementary(table: TableFacts) -> bool:
    """Tell whether exactly one cell is hidden while a total is shown."""
    hidden = sum(n is None for _, n in table.cells)
    return hidden == 1 and any("計" in label and n is not None for label, n in table.cells)


def _hit(table: TableFacts, label: str, ja: str, en: str) -> Hit:
    return Hit(
        ja=f"公開する内訳表「{table.name}」の「{label}」に{ja}。秘匿するか、区分をまとめてください。",
        en=f"“{label}” of the published breakdown “{table.name}” {en}. Suppress it or join categories.",
        raw=label,
    )


RULE: Final = Rule(
    code="PII-CELL",
    title_ja="小さい数の秘匿",
    title_en="Small cells",
    severity=Severity.ERROR,
    source="個人・企業の内訳で3未満のセルは特定のおそれ",
    why_ja="内訳の小さい数から個人や企業が特定されます。1つだけ秘匿しても合計との差で分かります。対象は個人・企業の内訳だけで、指標の合計（2件など）は対象にしません。",
    why_en="Small numbers of a breakdown let persons or firms be told, and one hidden cell follows from the total. An indicator's own total is never meant.",
    wrong="年代別 20代 2人、計 31人",
    right="年代別 20～30代 14人、計 31人",
    needs=frozenset({Need.LEDGER}),
    look=look,
)
