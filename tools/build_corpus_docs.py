"""Write the columns of a corpus's tables into docs/manual/corpus.md, from sosei.corpus.columns.

Usage: build_corpus_docs.py
"""

from __future__ import annotations

import re
from pathlib import Path

from sosei.corpus.columns import PLACE_FIELDS, TABLES, Column
from sosei.corpus.parquet import DECIMAL

PAGE = Path(__file__).parents[1] / "docs" / "manual" / "corpus.md"
TYPES = {
    "text": "文字列", "i32": "整数", "i64": "整数（64ビット）", "f64": "小数", "bool": "真偽", "decimal": f"DECIMAL{DECIMAL}".replace(" ", ""),
    "texts": "文字列の並び", "words": "文字列→文字列", "places": "場所の並び",
}  # fmt: skip
_PLACES = frozenset(column.name for column in PLACE_FIELDS)


def page(text: str) -> str:
    """Return the page with its columns as they are."""
    columns = "\n".join(_table(name) for name in TABLES)
    return re.sub(
        r"(?s)(<!-- columns -->\n).*(<!-- /columns -->)", lambda found: found[1] + columns + found[2], text
    )  # fmt: skip


def _table(name: str) -> str:
    """Return one table; its place columns are told once, under `values`."""
    told = [c for c in TABLES[name] if name == "values" or c.name not in _PLACES]
    lines = [
        f"### {name}.parquet\n",
        "| 列 / column | 型 / type | 意味 | meaning |",
        "|---|---|---|---|",
    ]
    lines += [_line(column) for column in told]
    if len(told) < len(TABLES[name]):
        lines.append(
            "\n場所の列（source～ocr）は values と同じです。 *Columns of the place: as in values.*"
        )
    return "\n".join(lines) + "\n"


def _line(column: Column) -> str:
    kind = TYPES[column.kind] + ("（空なし）" if column.needed else "")
    return f"| `{column.name}` | {kind} | {column.ja} | {column.en} |"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
