"""選択肢. Arguments that several commands share, and opening what they name."""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path
from typing import Any, Final

from sosei.core.errors import BadSetting, Unreadable
from sosei.core.report import Report
from sosei.core.sheets import Sheets
from sosei.reading import open_document, read, read_files, report_of

SETTINGS: Final = "sosei.toml"
#: The tables that sosei.toml may have; what each may hold is the business of the room it is for.
TABLES: Final = ("check", "judge")


class NoFile(Unreadable):
    """A file or folder that is not there, or may not be opened."""

    code = "E230"
    ja = "「{name}」を開けません（{why}）。名前と場所、読む権限を確かめてください。"
    en = "“{name}” cannot be opened ({why}). Check its name, place and permission."


def file_argument(parser: argparse.ArgumentParser) -> None:
    """Add FILE: a report, or a folder of CSV files."""
    help_ = "報告書のファイル、またはCSV一式のフォルダ / a report, or a folder of CSV files"
    parser.add_argument("file", metavar="FILE", type=Path, help=help_)


def open_report(path: Path) -> Report:
    """Read the report in a file, or in a folder of CSV files. Raises SoseiError."""
    if path.is_dir():
        return read_files([(file.name, bytes_of(file)) for file in sorted(path.glob("*.csv"))])
    return read(bytes_of(path), path.name)


def open_with_tables(path: Path) -> tuple[Report, Sheets | None]:
    """Read a report, with the document's tables where it has any (a JSON report has none)."""
    if path.is_dir():
        return open_report(path), None
    document = open_document(bytes_of(path), path.name)
    return (document, None) if isinstance(document, Report) else (report_of(document), document)


def bytes_of(path: Path) -> bytes:
    """Return a file's bytes. Raises NoFile."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise NoFile(name=path, why=fault.strerror or type(fault).__name__) from None


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all: beside it first, then into its place. Raises NoFile."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise NoFile(name=path, why=fault.strerror or type(fault).__name__) from None


def settings(path: Path | None = None) -> dict[str, Any]:
    """Return sosei.toml of this folder (or the file given); nothing where there is none. Raises BadSetting."""
    file = path or Path(SETTINGS)
    if path is None and not file.is_file():
        return {}
    try:
        table = tomllib.loads(bytes_of(file).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadSetting(name=file, value="", hint=f"TOML として読めません: {fault}") from None
    for name in table:
        if name not in TABLES:
            raise BadSetting(
                name=f"[{name}]", value=file, hint=f"使えるのは {'・'.join(TABLES)} です。"
            )
    return table
