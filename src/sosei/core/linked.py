"""関連表. A report as tables linked by key columns: what the tabular forms write and the linked layout reads.

One row per 事業, 指標, 指標 × 年度, 経費 …; the key columns (事業の行番号, 指標の行番号, 順番) stand on the sheet like any
other. One cell holds one datum (DOMAIN §6.3): a value is a group of columns (目標値, 目標値_状態, 目標値_文字値 …), of
which a writer leaves out those that no row uses. Names are those of `core.fields`, in Japanese or English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sosei.core.fields import Lang, label
from sosei.core.text import is_clean

Kind = Literal["key", "text", "said", "whole", "yen", "year", "wareki", "code", "number", "json"]
_ERA: Final = {"ja": "（和暦）", "en": " (Japanese era)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """列. One column: `field` is "Class.field"; `of` says which part of a value, year or period it holds.

    `many`: a column for each entry of a list (担当課1, 担当課2). `always`: written even where every row is blank.
    """

    field: str
    kind: Kind
    of: str | None = None
    many: bool = False
    always: bool = False

    @property
    def attribute(self) -> str:
        """The field's own name, without its class."""
        return self.field.partition(".")[2]

    @property
    def coded(self) -> str:
        """The "Class.field" whose words the column's codes have."""
        return self.of or self.field

    def label(self, lang: Lang = "ja", entry: int | None = None) -> str:
        """Return the heading; `entry` counts the columns of a list from 1.

        >>> Column(field="YearPoint.target", of="Value.gap", kind="code").label()
        '目標値_状態'
        """
        if self.kind == "wareki":
            return label(self.field, lang) + _ERA[lang]
        if self.of is None or self.of == "Value.number":
            return label(self.field, lang) + ("" if entry is None else str(entry))
        if self.of.startswith("Value."):
            return f"{label(self.field, lang)}_{label(self.of, lang)}"
        return label(self.of, lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """表. One table: its keys, what else tells its rows to a person (`told`), and its own columns."""

    name: str
    keys: tuple[Column, ...] = ()
    told: tuple[Column, ...] = ()
    columns: tuple[Column, ...]

    def label(self, lang: Lang = "ja") -> str:
        """Return the table's name: of a sheet, of a file."""
        return label(f"Table.{self.name}", lang)

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Keys, what tells the row, and the table's own, in the order of the sheet."""
        return (*self.keys, *self.told, *self.columns)


def _key(name: str) -> Column:
    return Column(field=f"Key.{name}", kind="key", always=True)


def _text(field: str, *, always: bool = False) -> Column:
    return Column(field=field, kind="text", always=always)


def _said(field: str, *, always: bool = False, many: bool = False) -> Column:
    return Column(field=field, kind="said", always=always, many=many)


def _code(field: str, *, of: str | None = None, always: bool = False) -> Column:
    return Column(field=field, kind="code", of=of, always=always)


def _year(field: str, *, of: str | None = None, always: bool = False) -> tuple[Column, ...]:
    """A western year and, beside it, the same in 和暦 (rule 1-11)."""
    year = Column(field=field, kind="year", of=of, always=always)
    return (year, Column(field=of or field, kind="wareki", always=always))


def _dated(field: str, *, always: bool = False) -> tuple[Column, ...]:
    """A year that says whether it is printed."""
    return (*_year(field, always=always), _code(field, of="Year.basis"))


def _value(field: str, *, always: bool = False) -> tuple[Column, ...]:
    """A figure: the number, or why there is none, or words; then what more is said of it."""
    return (
        Column(field=field, kind="number", of="Value.number", always=always),
        _code(field, of="Value.gap"),
        Column(field=field, kind="text", of="Value.text"),
        _code(field, of="Value.op"),
        Column(field=field, kind="text", of="Value.unit"),
        _code(field, of="Value.state"),
        Column(field=field, kind="text", of="Value.as_of"),
        Column(field=field, kind="text", of="Value.expected"),
        _code(field, of="Value.sure"),
    )


PROJECT: Final = _key("project")
INDICATOR: Final = _key("indicator")
ORDER: Final = _key("order")
#: What stands before the keys in open data (自治体標準オープンデータセット, DOMAIN §6.7).
PREFIX: Final = (_key("code"), _key("id"), _key("body"))
#: The rate that a workbook calculates; never read back, it says nothing new.
RATE: Final = Column(field="Key.rate", kind="number")
_PROJECT_TOLD: Final = (_said("Project.name"),)
_LIST_KEYS: Final = (PROJECT, ORDER)

REPORT: Final = Table(
    name="report",
    columns=(
        _said("Report.title", always=True),
        _said("Report.chapter"),
        *_dated("Report.fiscal_year", always=True),
        Column(field="Report.ext", kind="json"),
    ),
)
BODIES: Final = Table(
    name="bodies",
    keys=_LIST_KEYS,
    columns=(
        _text("Body.code", always=True),
        _text("Body.name", always=True),
        _code("Body.basis"),
    ),
)
PROJECTS: Final = Table(
    name="projects",
    keys=(PROJECT,),
    columns=(
        _text("Project.id"),
        _text("Project.number"),
        _code("Project.kind", always=True),
        _said("Project.group", many=True),
        _said("Project.grant", always=True),
        _said("Project.grant_type"),
        _said("Project.name", always=True),
        _said("Project.departments", many=True),
        Column(field="Project.period", kind="text", of="PeriodSaid.raw"),
        *_year("Project.period", of="PeriodSaid.first"),
        *_year("Project.period", of="PeriodSaid.last"),
        *_dated("Project.fiscal_year"),
        Column(field="Project.ext", kind="json"),
    ),
)
ACTIVITIES: Final = Table(
    name="activities",
    keys=_LIST_KEYS,
    told=_PROJECT_TOLD,
    columns=(_said("Project.activities", always=True),),
)
SPENDING: Final = Table(
    name="spending",
    keys=_LIST_KEYS,
    told=_PROJECT_TOLD,
    columns=(
        _text("Spending.number"),
        _said("Spending.label", always=True),
        _code("Spending.kind"),
        _code("Spending.role"),
        *_year("Spending.fiscal_year"),
        _said("Spending.fund"),
        Column(field="Spending.shared_by", kind="whole"),
        Column(field="Spending.yen", kind="yen", always=True),
        _code("Spending.unit"),
        _said("Spending.note"),
    ),
)
INDICATORS: Final = Table(
    name="indicators",
    keys=(PROJECT, INDICATOR),
    told=_PROJECT_TOLD,
    columns=(
        _text("Indicator.id"),
        _text("Indicator.number"),
        _said("Indicator.parent"),
        _said("Indicator.name", always=True),
        _text("Indicator.unit", always=True),
        _said("Indicator.definition"),
        _said("Indicator.statistic"),
        _code("Indicator.type"),
        _code("Indicator.direction"),
        _code("Indicator.expression"),
        _code("Indicator.year_type"),
        _code("Indicator.count_kind"),
        *_value("Indicator.baseline"),
        *_year("Indicator.baseline_year"),
        *_value("Indicator.increase_total"),
        _said("Indicator.rating"),
        _said("Indicator.note"),
        Column(field="Indicator.ext", kind="json"),
    ),
)
YEARS: Final = Table(
    name="years",
    keys=(PROJECT, INDICATOR, ORDER),
    told=(*_PROJECT_TOLD, _said("Indicator.name"), _text("Indicator.unit")),
    columns=(
        *_year("YearPoint.fiscal_year", always=True),
        _text("YearPoint.label"),
        _text("YearPoint.due"),
        *_value("YearPoint.target", always=True),
        *_value("YearPoint.actual", always=True),
        *_value("YearPoint.cumulative_actual"),
        _said("YearPoint.rate"),
        _said("YearPoint.rating"),
    ),
)
VERIFICATION: Final = Table(
    name="verification",
    keys=(PROJECT,),
    told=_PROJECT_TOLD,
    columns=(
        _said("Verification.body"),
        _text("Verification.date"),
        _said("Verification.grade", always=True),
        _said("Verification.expert_judgement"),
        _said("Verification.expert_opinion"),
        _said("Verification.obstacle"),
        _said("Verification.countermeasure"),
        _said("Verification.next_policy", always=True),
        _said("Verification.next_policy_reason"),
    ),
)
SCALES: Final = Table(
    name="scales",
    keys=_LIST_KEYS,
    told=_PROJECT_TOLD,
    columns=(_text("Key.scale", always=True), _said("Key.scale_said", always=True)),
)
REMARKS: Final = Table(
    name="remarks",
    keys=_LIST_KEYS,
    told=_PROJECT_TOLD,
    columns=(_said("Project.remarks", always=True),),
)
TABLES: Final = (
    REPORT,
    BODIES,
    PROJECTS,
    INDICATORS,
    YEARS,
    SPENDING,
    ACTIVITIES,
    VERIFICATION,
    SCALES,
    REMARKS,
)


def ext_text(ext: Mapping[str, Any]) -> str:
    r"""Return an extension as JSON on one clean line; what no cell can carry stands escaped.

    >>> ext_text({"注": "一行目\n二行目\u3000終"})
    '{"注":"一行目\\n二行目\\u3000終"}'
    """
    text = json.dumps(ext, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub(r"(?<= ) |[^ ]", _escaped, text)


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    return f"\\u{ord(char):04x}" if char == " " or not is_clean(char) else char
