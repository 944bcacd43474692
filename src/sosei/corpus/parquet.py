"""表. The tables of a corpus as Parquet: the same rows in the same order always give the same bytes.

Every option of the writer is fixed here; nothing in the file tells of the time or the machine. Rows are held only
until a group of them is full, so that memory does not grow with the corpus.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from sosei.corpus.columns import PLACE_FIELDS, TABLES, Column
from sosei.corpus.refusals import NotInstalled

try:
    import pyarrow
    from pyarrow import parquet
except ImportError:
    pyarrow = parquet = None

#: A group is written once it holds so many rows; a file's rows stay together.
GROUP: Final = 20_000
#: Digits of a number in all, and of them behind the point: core.report.DIGITS on either side.
DECIMAL: Final = (30, 15)
FORM: Final = "sosei.corpus/1"
_OPTIONS: Final[dict[str, Any]] = {
    "version": "2.6",
    "compression": "zstd",
    "compression_level": 3,
    "use_dictionary": True,
    "write_statistics": True,
    "data_page_version": "1.0",
    "store_schema": True,
}


def require() -> None:
    """Raise NotInstalled where the package that writes Parquet is not there."""
    if pyarrow is None:
        raise NotInstalled(package="pyarrow", extra="corpus")


def type_of(column: Column) -> Any:
    """Return the Arrow type of a column."""
    if column.kind == "places":
        fields = [pyarrow.field(each.name, type_of(each)) for each in PLACE_FIELDS]
        return pyarrow.list_(pyarrow.struct(fields))
    text = pyarrow.string()
    return {
        "text": text,
        "i32": pyarrow.int32(),
        "i64": pyarrow.int64(),
        "f64": pyarrow.float64(),
        "bool": pyarrow.bool_(),
        "decimal": pyarrow.decimal128(*DECIMAL),
        "texts": pyarrow.list_(text),
        "words": pyarrow.map_(text, text),
    }[column.kind]


def schema_of(table: str) -> Any:
    """Return the schema of a table; each column carries what it means."""
    fields = [
        pyarrow.field(
            column.name,
            type_of(column),
            nullable=not column.needed,
            metadata={"ja": column.ja, "en": column.en},
        )
        for column in TABLES[table]
    ]
    return pyarrow.schema(fields, metadata={"form": FORM, "table": table})


class Table:
    """One table being written beside its place; `publish` puts it there."""

    def __init__(self, folder: Path, table: str) -> None:
        """Begin it."""
        self._columns, self._schema = TABLES[table], schema_of(table)
        self._path, self._beside = folder / f"{table}.parquet", folder / f".{table}.part"
        self._writer = parquet.ParquetWriter(self._beside, self._schema, **_OPTIONS)
        self._held: dict[str, list[Any]] = {column.name: [] for column in self._columns}
        self._count, self.rows = 0, 0

    def add(self, path: str, cells: Mapping[str, list[Any]]) -> None:
        """Add the rows of one file, given by columns; absent columns are null."""
        count = max((len(column) for column in cells.values()), default=0)
        for column in self._columns[1:]:
            self._held[column.name] += cells.get(column.name) or [None] * count
        self._held["path"] += [path] * count
        self._count += count
        self.rows += count
        if self._count >= GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._count:
            arrays = [_array(column, self._held[column.name]) for column in self._columns]
            batch = pyarrow.Table.from_arrays(arrays, schema=self._schema)
            self._writer.write_table(batch, row_group_size=self._count)
        for held in self._held.values():
            held.clear()
        self._count = 0

    def finish(self) -> None:
        """Write what is left, and make sure that it is on the disc."""
        self._flush()
        self._writer.close()
        with open(self._beside, "rb+") as file:
            os.fsync(file.fileno())

    def discard(self) -> None:
        """Take away what was written."""
        self._writer.close()
        self._beside.unlink(missing_ok=True)

    def publish(self) -> None:
        """Put it in its place, at once."""
        os.replace(self._beside, self._path)


def _array(column: Column, cells: list[Any]) -> Any:
    if column.kind == "decimal":
        return pyarrow.array(cells, pyarrow.string()).cast(type_of(column))
    if column.kind == "words":
        cells = [cell and [tuple(pair) for pair in cell] for cell in cells]
    return pyarrow.array(cells, type_of(column))


def write(
    folder: Path, files: Iterable[tuple[str, Mapping[str, Mapping[str, list[Any]]]]]
) -> dict[str, int]:
    """Write all tables from the rows of the files, given in order by path; put them in place when all are whole.

    Return the number of rows by table.
    """
    tables = {name: Table(folder, name) for name in TABLES}
    try:
        for path, cells in files:
            for name, columns in cells.items():
                tables[name].add(path, columns)
        for table in tables.values():
            table.finish()
    except BaseException:
        for table in tables.values():
            table.discard()
        raise
    for table in tables.values():
        table.publish()
    return {name: table.rows for name, table in tables.items()}
