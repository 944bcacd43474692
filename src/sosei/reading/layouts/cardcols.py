"""札の見出し. Which column of a card is which: 事業の名称, 実施内容, 実績（KPI等）, 備考 and their wordings elsewhere.

A card keeps a whole list of indicators in one cell. Tables that give each indicator a row or each figure a column
are another family's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sosei.core.money import SCALES
from sosei.core.report import MoneyUnit, ProjectKind
from sosei.core.text import fold
from sosei.reading.grid import Cell, Grid, Words
from sosei.reading.layouts.measures import BareRole
from sosei.reading.vocabulary import role_of as _named

_YEAR: Final = r"(?:[(]?(?:令和|平成|[rh]).{0,6}(?:年度|年)?[)]?の?)?"
_ROLES: Final = (
    ("grant", r"交付金(?:の)?(?:名称?|種類)"),
    ("goal", r"(?:基本目標|施策)(?:等)?(?:の名称|名)"),
    ("name", r"(?:交付(?:金)?対象)?事業(?:の)?名称?(?:[(【].*[)】])?|取組(?:の)?名称?|プロジェクト(?:の)?名称?"),
    ("activities", r"(?:主な)?(?:実施|事業|取組|取り組み)(?:の)?(?:内容|概要|状況)(?:[(].*[)])?|内容|概要"),
    ("kpi", rf"{_YEAR}(?:.*(?:kpi|重要業績評価指標).*|実績|成果|計画|目標|指標|事業実績|成果指標|数値目標|実績・成果|成果・実績)"),
    ("remarks", r"備考(?:欄)?|特記事項|摘要"),
    ("spending", r"(?:総|交付対象|対象)?事業費(?:内訳)?|決算額|経費(?:内訳)?|交付(?:金)?額|執行額|実績額|予算額|交付金充当額|支出額"),
    ("departments", r"(?:担当|所管|主管)(?:部署|課室?|部局課?)?(?:名)?|担当部課名?"),
    ("period", r"(?:事業)?実施期間|事業期間|計画期間"),
    ("number", r"no\.?|№|番号|事業番号|整理番号"),
)  # fmt: skip
_PATTERNS: Final = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
_OTHERS: Final = re.compile(
    rf"{_YEAR}(?:単位|目標値|実績値|基準値|現状値|指標値|達成率|達成度|達成状況|進捗率|事業効果|今後の方針|指標名|目標年月)(?:[(][^()]*[)])?"
    r"|[(].*増加分.*[)]"
)
_NAMES_ONLY: Final = re.compile(r"kpi|(?:成果)?指標|重要業績評価指標(?:[(]kpi[)])?")
_UNIT: Final = re.compile(r"[(](?:単位[:：]?)?(?P<unit>千円|百万円|万円|億円|円)[)]$")
#: Columns beyond which a table is no card.
WIDEST: Final = 9


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a card by role; `kpi` may be several (目標 and 実績)."""

    at: Mapping[str, int]
    kpi: tuple[int, ...]
    headers: Mapping[int, Words]

    def header(self, column: int) -> str:
        """Return a column's header, folded."""
        return fold(self.headers[column].text)


@lru_cache(maxsize=4096)
def role_of(text: str) -> str | None:
    """Return the role that a header's wording names, or None.

    >>> role_of("計画 (K P I 等)")
    'kpi'
    """
    key = _UNIT.sub("", fold(text))
    if not key or len(key) > 30:
        return None
    return next((role for role, pattern in _PATTERNS if pattern.fullmatch(key)), None)


#: Columns that judge or look ahead: a table that has one is more than a card.
_JUDGED: Final = frozenset(
    {"grade", "expert_judgement", "expert_opinion", "next_policy", "next_policy_reason", "scale"}
)


def columns_of(grid: Grid, row: int) -> Columns | None:
    """Return the columns that a row heads, or None where it is no card's header."""
    cells = grid.filled(row)
    if not 3 <= len(cells) <= WIDEST or any(_OTHERS.fullmatch(fold(cell.text)) for cell in cells):
        return None
    at: dict[str, int] = {}
    kpi: list[int] = []
    for cell in cells:
        role = role_of(cell.text)
        if role == "kpi":
            kpi.append(cell.column)
        elif role and role not in at:
            at[role] = cell.column
    if not kpi or not ("name" in at or "goal" in at):
        return None
    if any(role_of(cell.text) is None and _named(cell.text) in _JUDGED for cell in cells):
        return None
    if len(kpi) > 1 and any(_NAMES_ONLY.fullmatch(fold(grid.text(row, c))) for c in kpi):
        return None  # names in one column, figures in another
    return Columns(at, tuple(kpi), {cell.column: cell.words for cell in cells})


def grant_of(cells: Sequence[Cell]) -> Words | None:
    """Return the value of a row 「交付金名称 | 地方創生推進交付金」, empty words where it has none, None elsewhere."""
    if not cells or role_of(cells[0].text) != "grant":
        return None
    filled = [cell.words for cell in cells[1:] if cell.filled]
    return (filled[0] if filled else Words()) if len(filled) <= 1 else None


def unit_of_header(text: str) -> MoneyUnit | None:
    """Return the unit of money that a header gives in brackets."""
    found = _UNIT.search(fold(text))
    return next((unit for unit in SCALES if found and unit == found["unit"]), None)


def kind_of(columns: Columns, *, reference: bool) -> ProjectKind:
    """Return what a card is of, by its headers and whether it stands under a heading 「参考」."""
    if "name" not in columns.at:
        return "goal"
    keys = [columns.header(column) for column in columns.kpi]
    if any("計画" in key or "予定" in key for key in keys) and not any(
        "実績" in key for key in keys
    ):
        return "plan"
    return "plan" if reference and not any("実績" in key for key in keys) else "result"


def bare_role(key: str, kind: ProjectKind) -> tuple[BareRole, bool]:
    """Return the role of a figure without one, and whether the header prints it."""
    said = ("実績" in key or "成果" in key, any(word in key for word in ("計画", "目標", "予定")))
    if said[0] != said[1]:
        return ("actual" if said[0] else "target"), True
    return ("target" if kind == "plan" else "actual"), False
