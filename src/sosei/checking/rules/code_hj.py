"""法人番号. A corporate number whose check digit does not fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene, Text
from sosei.core.corporate import is_valid

#: Thirteen digits are a corporate number where the words say so, or where T stands before them (適格請求書).
_NAMED: Final = re.compile(r"(?:法人番号|登録番号)[^\d]{0,12}(?:T\s?)?(\d{13})(?!\d)")
_INVOICE: Final = re.compile(r"(?<![A-Za-z\d])T\s?(\d{13})(?!\d)")
_ALONE: Final = re.compile(r"T?\s?(\d{13})")


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at every corporate number of the document, or of the report's words."""
    for text in scene.texts:
        folded = text.wide
        numbers = dict.fromkeys([*_NAMED.findall(folded), *_INVOICE.findall(folded)])
        yield from (_hit(text, number) for number in numbers if not is_valid(number))
    yield from _columns(scene)


def _columns(scene: Scene) -> Iterator[Hit]:
    """Look below and beside headings that say 法人番号."""
    document = scene.context.document
    for grid in document.grids if document else ():
        heads = [c for c in grid.cells if c.words.text.strip() in {"法人番号", "登録番号"}]
        columns, rows = {c.column for c in heads}, {c.row for c in heads}
        for cell in grid.cells:
            found = _ALONE.fullmatch(unicodedata.normalize("NFKC", cell.words.text).strip())
            beside = cell.column in columns or cell.row in rows
            if found and beside and "T" not in cell.words.text and not is_valid(found[1]):
                yield _hit(Text(cell.words.text, cell.words.places, ""), found[1])


def _hit(text: Text, number: str) -> Hit:
    return Hit(
        ja=f"法人番号「{number}」は検査数字（先頭の1桁）が合いません。数字の写し間違いを確かめてください。",
        en=f"The check digit (the first) of the corporate number “{number}” does not fit. Look for a copying slip.",
        path=text.path,
        place=text.place,
        raw=number,
    )


RULE: Final = Rule(
    code="CODE-HJ",
    title_ja="法人番号の検査数字",
    title_en="Check digit of a corporate number",
    severity=Severity.ERROR,
    source="法人番号の指定等に関する省令（検査用数字）",
    why_ja="13桁の先頭は残り12桁から計算される検査数字です。合わなければ必ずどこかの桁が誤りです。任意団体には番号がないため、空欄は指摘しません。",
    why_en="The first of the thirteen digits follows from the others. Where it does not fit, some digit is wrong. Associations may have no number.",
    wrong="法人番号 6000020032019",
    right="法人番号 6000020032018",
    look=look,
)
