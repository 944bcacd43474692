"""項目定義. What each column of the tables means: name, type, unit, codes, in words that travel with the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sosei.core.fields import Lang, words
from sosei.core.linked import Column
from sosei.publishing.tables import Filled, Head

HEADINGS: Final[dict[Lang, tuple[str, ...]]] = {
    "ja": ("表", "項目名", "項目名（英語）", "型", "単位", "とりうる値", "説明"),
    "en": ("Table", "Column", "Column (Japanese)", "Type", "Unit", "Codes", "Meaning"),
}
_TYPES: Final = {
    "key": ("整数", "integer"),
    "text": ("文字列", "text"),
    "said": ("文字列", "text"),
    "whole": ("整数", "integer"),
    "yen": ("整数", "integer"),
    "year": ("整数（西暦）", "integer (western year)"),
    "wareki": ("文字列（和暦）", "text (Japanese era)"),
    "code": ("符号", "code"),
    "number": ("数値", "number"),
    "json": ("JSON", "JSON"),
}
_BY_KIND: Final = {
    "text": ("文字のまま。空欄は記載なし。", "Words as they are; blank: nothing is said."),
    "said": ("文字のまま。空欄は記載なし。", "Words as they are; blank: nothing is said."),
    "whole": ("空欄は記載なし。", "Blank: nothing is said."),
    "yen": ("円単位の整数。空欄は記載なし、0は零円。", "Whole yen; blank: nothing is said, 0 is nought."),
    "year": ("年度の始まる年（2021は令和3年度）。", "The year in which the fiscal year begins."),
    "wareki": ("左の西暦年度を和暦で書いたもの。", "The year to the left, by Japanese era."),
    "code": ("とりうる値のどれか。空欄は記載なし。", "One of the codes; blank: nothing is said."),
    "number": (
        "単位は指標の単位か「値の単位」。空欄は数値がないこと、0は結果としての零。",
        "In the indicator's unit or the unit of the value; blank: no number, 0 is a result.",
    ),
    "json": ("自由な拡張。", "Room for more."),
}  # fmt: skip
_BY_FIELD: Final = {
    "Key.code": ("報告する団体の6桁の符号（検査数字を含む）。", "Six digits with check digit."),
    "Key.id": ("行を一つに決める番号。", "Identifies the row."),
    "Key.body": ("報告する団体の名称。", "The municipality that reports."),
    "Key.project": (
        "「事業」の表の行。ほかの表はこの番号で事業につながる。空欄は報告全体。",
        "The row of the table Projects that this row belongs to; blank: the report.",
    ),
    "Key.indicator": ("事業の中での指標の番号。", "The indicator's number within its project."),
    "Key.order": ("並び順。", "The order."),
    "Value.gap": ("数値がない理由。", "Why there is no number."),
    "Value.text": ("数値で表さない値（設置、策定など）。", "A value in words."),
    "Value.unit": ("指標の単位と異なるとき。", "Where it differs from the indicator's unit."),
    "Value.sure": ("独立した照合の結果。", "Whether independent checks agree."),
    "Year.basis": (
        "推定は、文書に書かれず他の記載から定めたもの。空欄は記載。",
        "Inferred: not printed in the document. Blank: printed.",
    ),
}


@dataclass(frozen=True, slots=True)
class Definition:
    """One line of the definitions, in the order of HEADINGS."""

    table: str
    name: str
    other: str
    kind: str
    unit: str
    codes: str
    meaning: str

    def line(self) -> tuple[str, ...]:
        """Return the cells."""
        return (self.table, self.name, self.other, self.kind, self.unit, self.codes, self.meaning)


def definitions(tables: Iterable[Filled], lang: Lang = "ja") -> list[Definition]:
    """Return one definition for every column of the tables, in their order."""
    return [
        _definition(table.table.label(lang), head, lang) for table in tables for head in table.heads
    ]


def _definition(table: str, head: Head, lang: Lang) -> Definition:
    column = head.column
    other: Lang = "en" if lang == "ja" else "ja"
    at = 0 if lang == "ja" else 1
    codes = "／".join(words(column.coded, lang).values()) if column.kind == "code" else ""
    unit = {"yen": ("円", "yen"), "year": ("年度", "fiscal year")}.get(column.kind, ("", ""))[at]
    return Definition(
        table,
        head.label(lang),
        head.label(other),
        _kind(column)[at],
        unit,
        codes,
        meaning(column, lang),
    )


def _kind(column: Column) -> tuple[str, str]:
    if column.field in {"Key.code", "Key.id", "Key.body"}:
        return _TYPES["text"]
    return _TYPES[column.kind]


def meaning(column: Column, lang: Lang = "ja") -> str:
    """Return what a column holds, in a sentence."""
    known = _BY_FIELD.get(column.of or column.field) or _BY_KIND[column.kind]
    return known[0 if lang == "ja" else 1]
