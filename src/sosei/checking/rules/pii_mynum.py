"""個人番号. A column that looks like My Numbers stands in the document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import TableSpot, folded, tables
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.sheets import Box

_WEIGHTS: Final = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_LEAST: Final = 3


def is_my_number(text: str) -> bool:
    """Tell whether twelve digits carry the check digit of a My Number (at the end).

    >>> is_my_number("123456789018"), is_my_number("123456789012")
    (True, False)
    """
    digits = text.replace("-", "").replace(" ", "")
    if len(digits) != 12 or not (digits.isascii() and digits.isdigit()):
        return False
    rest = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for columns headed 個人番号, and for columns of twelve digits that all bear the check digit."""
    for spot in tables(scene):
        for column, cells in _columns(spot).items():
            if _headed(spot, column) or len(cells) >= _LEAST:
                place = tuple(place for cell in cells[:1] for place in cell.words.places[:1])
                yield Hit(
                    ja=f"{spot.ja}に個人番号（マイナンバー）と見える12桁の番号が{len(cells)}個あります。直ちに取り除いてください。",
                    en=f"In {spot.en} {len(cells)} numbers look like My Numbers. Take them out at once.",
                    place=place,
                )


def _columns(spot: TableSpot) -> dict[int, list[Box]]:
    """Return the columns of which every twelve-digit cell is a My Number, with those cells."""
    found: dict[int, list[Box]] = {}
    other: set[int] = set()
    for cell in spot.body:
        text = folded(cell)
        if is_my_number(text):
            found.setdefault(cell.column, []).append(cell)
        elif len(text) == 12 and text.isascii() and text.isdigit():
            other.add(cell.column)
    return {column: cells for column, cells in found.items() if column not in other}


def _headed(spot: TableSpot, column: int) -> bool:
    heads = (cell.words.text for cell in spot.heads if cell.column == column)
    return any("個人番号" in text or "マイナンバー" in text for text in heads)


RULE: Final = Rule(
    code="PII-MYNUM",
    title_ja="個人番号の混入",
    title_en="My Numbers in the document",
    severity=Severity.ERROR,
    source="行政手続における特定の個人を識別するための番号の利用等に関する法律（検査用数字は同施行令・省令）",
    why_ja="個人番号を交付金の報告や根拠資料に載せることは許されません。番号そのものは指摘にも写しません。",
    why_en="My Numbers must not stand in reports or their evidence. The finding does not repeat them.",
    wrong="列「個人番号」のある名簿",
    right="列「登録番号」（自団体の番号）",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
