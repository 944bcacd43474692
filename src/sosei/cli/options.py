"""選択肢. Arguments that several commands share, and opening what they name."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import stat
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from sosei.cli import terminal
from sosei.core.errors import BadSetting, Unpublishable, Unreadable
from sosei.core.report import Report
from sosei.core.sheets import Sheets
from sosei.reading import MAX_BYTES, looking, open_document, read, read_files, report_of

SETTINGS: Final = "sosei.toml"
#: The tables that sosei.toml may have; what each may hold is the business of the room it is for.
TABLES: Final = ("check", "judge")


#: Why a file cannot be opened, in Japanese; the system says it in English.
_WHY: Final = {
    errno.ENOENT: "見つかりません",
    errno.EACCES: "許可がないか、ほかのソフトで開いています",
    errno.EPERM: "許可がありません",
    errno.ENOTDIR: "途中の名前がフォルダではありません",
    errno.EEXIST: "同じ名前のファイルがあります",
    errno.EISDIR: "フォルダです",
    errno.ENOSPC: "書き込む場所に空きがありません",
    errno.EROFS: "書き込めない場所です",
    errno.ENAMETOOLONG: "名前が長すぎます",
}


class NoFile(Unreadable):
    """A file or folder that is not there, or may not be opened."""

    code = "E230"
    ja = "「{name}」を開けません（{why}）。名前と場所、読む権限を確かめてください。"
    en = "“{name}” cannot be opened ({why_en}). Check its name, place and permission."


class LockFile(Unreadable):
    """The mark that Excel or Word leaves beside a file while it is open there."""

    code = "E231"
    ja = "「{name}」は、Excel か Word で開いている間だけできる目印のファイルです。元のファイルのほうを渡してください。"
    en = (
        "“{name}” is only the mark of a file that is open in Excel or Word. Give that file instead."
    )


class OverSource(Unpublishable):
    """What is to be written would take the place of what was read."""

    code = "E304"
    ja = "「{name}」は読み込むファイルです。上書きしないよう、別の名前かフォルダに書き出してください。"
    en = "“{name}” is the file that is read. Write to another name or folder, so that it is not replaced."


def seeing() -> contextlib.AbstractContextManager[None]:
    """Let pages that are pictures be looked at, unless SOSEI_OCR=0 says otherwise."""
    return looking(wanted=os.environ.get("SOSEI_OCR") != "0")


def file_argument(parser: argparse.ArgumentParser) -> None:
    """Add FILE: a report, or a folder of CSV files."""
    help_ = "報告書のファイル、またはCSV一式のフォルダ / a report, or a folder of CSV files"
    parser.add_argument("file", metavar="FILE", type=Path, help=help_)


def open_report(path: Path) -> Report:
    """Read the report in a file, or in a folder of CSV files. Raises SoseiError."""
    if is_folder(path):
        return _warned(read_files(files_of(path)))
    with seeing():
        report = read(bytes_of(path), path.name)
    return report if path.suffix == ".json" else _warned(report)


def files_of(path: Path) -> list[tuple[str, bytes]]:
    """Return name and bytes of a file, or of the CSV files of a folder. Raises NoFile, LockFile."""
    if not is_folder(path):
        return [(path.name, bytes_of(path))]
    files = [file for file in sorted(path.glob("*.csv")) if not file.name.startswith("~$")]
    return [(file.name, bytes_of(file)) for file in files]


def open_with_tables(path: Path) -> tuple[Report, Sheets | None]:
    """Read a report, with the document's tables where it has any (a JSON report has none)."""
    if is_folder(path):
        return open_report(path), None
    with seeing():
        document = open_document(bytes_of(path), path.name)
    if isinstance(document, Report):
        return document, None
    return _warned(report_of(document)), document


def _warned(report: Report) -> Report:
    """Say on standard error where no project at all was found: most likely it is not a report."""
    if not report.projects:
        ja = "この文書から事業を一つも読み取れませんでした。報告書のファイルかどうか、表に見出しがあるかを確かめてください。"
        en = "No project was found in this document. Check that it is a report, and that its tables have headings."
        terminal.note(ja if terminal.language() == "ja" else en)
    return report


def spare(source: Path, targets: Iterable[Path]) -> None:
    """Refuse to write over what was read. Raises OverSource."""
    own = os.path.realpath(source)
    for target in targets:
        if os.path.realpath(target) == own:
            raise OverSource(name=target)


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder. Raises NoFile where the system does not take it for a path at all."""
    try:
        return path.is_dir()
    except OSError as fault:
        raise _no_file(path, fault) from None


def bytes_of(path: Path, most: int = MAX_BYTES + 1) -> bytes:
    """Return a file's bytes, one more than are read where there are too many, or its first ones. Raises NoFile, LockFile.

    Only of a plain file: a pipe or a device may never end.
    """
    if path.name.startswith("~$"):
        raise LockFile(name=path.name)
    try:
        with open(path, "rb", opener=_unblocked) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise NoFile(name=path, why="ファイルではありません", why_en="not a regular file")
            return file.read(most)
    except OSError as fault:
        raise _no_file(path, fault) from None


def _unblocked(name: str, flags: int) -> int:
    """Open without waiting for the other end of a pipe."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all. Raises NoFile."""
    with written(path) as file:
        file.write(data)


@contextlib.contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """Open a file to be written, whole or not at all: beside it first, then into its place. Raises NoFile.

    The file beside has a name that nobody can foresee, so that no link laid there leads the bytes elsewhere.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, beside = tempfile.mkstemp(prefix=".sosei-", suffix=".part", dir=path.parent)
    except OSError as fault:
        raise _no_file(path, fault) from None
    try:
        with open(number, "wb") as file:
            yield file
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, path)
    except BaseException as fault:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        if isinstance(fault, OSError):
            raise _no_file(path, fault) from None
        raise


def _umask() -> int:
    """Return which rights new files do not get; asking means setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _no_file(path: Path, fault: OSError) -> NoFile:
    english = fault.strerror or type(fault).__name__
    return NoFile(name=path, why=_WHY.get(fault.errno or 0, english), why_en=english)


def settings(path: Path | None = None) -> dict[str, Any]:
    """Return sosei.toml of this folder (or the file given); nothing where there is none. Raises BadSetting."""
    file = path or Path(SETTINGS)
    if path is None and not file.is_file():
        return {}
    try:
        table = tomllib.loads(bytes_of(file).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise BadSetting(name=file, value="", hint=f"TOML として読めません: {fault}") from None
    for name in table:
        if name not in TABLES:
            raise BadSetting(
                name=f"[{name}]", value=file, hint=f"使えるのは {'・'.join(TABLES)} です。"
            )
        if not isinstance(table[name], dict):
            hint = f"[{name}] という表で書いてください。 Write a table [{name}]."
            raise BadSetting(name=name, value=table[name], hint=hint)
    return table
