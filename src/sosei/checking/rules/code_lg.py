"""団体コード. A municipality's code whose check digit does not fit, or that is another body's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Fix, Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.bodies import by_name, check_digit
from sosei.core.report import Body, Places
from sosei.core.sheets import Box, Table

_HEAD: Final = re.compile(r"団体コード|市区町村コード|市町村コード|地方公共団体コード|自治体コード")
_CODE: Final = re.compile(r"\d{6}")


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at the codes of the report's bodies and below the document's headings for codes."""
    for path, body in _bodies(scene):
        if body.code is not None:
            hit = _checked(body.code, body.name, path, body.place)
            if hit is not None:
                yield hit
    document = scene.context.document
    known = {body.code for _, body in _bodies(scene)}
    for grid in document.grids if document else ():
        for cell in _codes(grid):
            code = unicodedata.normalize("NFKC", cell.words.text).strip()
            hit = None if code in known else _checked(code, None, "", cell.words.places)
            if hit is not None:
                yield hit


def _bodies(scene: Scene) -> Iterator[tuple[str, Body]]:
    for index, body in enumerate(scene.report.bodies):
        yield f"/bodies/{index}", body
    for spot in scene.projects:
        for index, body in enumerate(spot.project.bodies):
            yield f"{spot.path}/bodies/{index}", body


def _codes(grid: Table) -> Iterator[Box]:
    """Yield the six-digit cells below or beside a heading for codes."""
    heads = [cell for cell in grid.cells if _HEAD.search(cell.words.text)]
    columns, rows = {c.column for c in heads}, {c.row for c in heads}
    for cell in grid.cells:
        text = unicodedata.normalize("NFKC", cell.words.text).strip()
        if _CODE.fullmatch(text) and (cell.column in columns or cell.row in rows):
            yield cell


def _checked(code: str, name: str | None, path: str, place: Places) -> Hit | None:
    right = code[:5] + check_digit(code[:5])
    if code != right:
        ja = f"団体コード「{code}」は検査数字が合いません（先頭5桁が正しければ「{right}」）"
        en = f"The check digit of the code “{code}” does not fit (“{right}” if its first five digits are right)"
    elif name and _another(code, name):
        ja = f"団体コード「{code}」は「{name}」のものではありません"
        en = f"The code “{code}” is not that of “{name}”"
    else:
        return None
    own = [each.code for each in by_name(name)] if name else []
    return Hit(
        ja=f"{ja}。数字の写し間違いを確かめてください。",
        en=f"{en}. Look for a copying slip.",
        path=path,
        place=place,
        raw=code,
        fix=Fix(path=f"{path}/code", before=code, after=own[0]) if len(own) == 1 else None,
    )


def _another(code: str, name: str) -> bool:
    """Tell whether a name is known and the code is none of the bodies that bear it."""
    own = {each.code for each in by_name(name)}
    return bool(own) and code not in own


RULE: Final = Rule(
    code="CODE-LG",
    title_ja="全国地方公共団体コード",
    title_en="Code of the municipality",
    severity=Severity.ERROR,
    source="全国地方公共団体コードの検査数字; 紀美野町が030306と公表した例（正しくは303046）",
    why_ja="6桁目は前の5桁から計算される検査数字です。合わないコードは、ほかの団体の数値として集計されるおそれがあります。",
    why_en="The sixth digit follows from the first five. A wrong code books the figures to another body or to none.",
    wrong="030306（紀美野町）",
    right="303046（紀美野町）",
    look=look,
)
