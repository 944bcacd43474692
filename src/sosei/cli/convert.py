"""報告書を別の形で書き出す。公開用のExcelは「…公開用.xlsx」か --form opendata、CSVはフォルダになる。

Write a report in another form. Open-data workbooks: --form opendata; CSV becomes a folder.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from sosei.cli import terminal
from sosei.cli.options import file_argument, is_folder, open_report, spare, write_bytes
from sosei.core.errors import Unpublishable
from sosei.core.report import Report
from sosei.publishing import FORMS, publish

#: What each form's file is called in a folder of all: after the report's name.
ENDINGS: Final = {
    "html": ".html",
    "pdf": ".pdf",
    "xlsx": "-作業用.xlsx",
    "opendata": "-公開用.xlsx",
    "docx": ".docx",
    "csv": "-csv",
    "json": ".json",
    "text": ".txt",
}
#: Suffix on the command line → form. The longest that fits decides.
SUFFIXES: Final = {
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    "公開用.xlsx": "opendata",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".csv": "csv",
    ".json": "json",
    ".txt": "text",
    ".tsv": "text",
}


class NoForm(Unpublishable):
    """A name whose suffix says nothing of a form."""

    code = "E303"
    ja = "「{name}」の拡張子では形が分かりません。使えるのは {known} です。--form でも選べます。"
    en = "The suffix of “{name}” names no form. Use one of {known}, or --form."


def configure(parser: argparse.ArgumentParser) -> None:
    """Take FILE, OUT and the form."""
    file_argument(parser)
    out = "書き出す先。形は拡張子で決まる。「/」で終わればすべての形 / the suffix decides; OUT/ gets every form"
    parser.add_argument("out", metavar="OUT", help=out)
    parser.add_argument("--form", choices=tuple(FORMS), help="形 / form")


def run(args: argparse.Namespace) -> int:
    """Write the report and print what was written."""
    target = Path(args.out)
    chosen = args.form or _form_of(args.out, target)
    stem = args.file.stem if args.file.is_file() else args.file.name
    spare(args.file, [target, target.with_suffix("")] if chosen else names_in(target, stem))
    report = open_report(args.file)
    written = one_form(report, chosen, target) if chosen else all_forms(report, target, stem)
    for path in written:
        terminal.say(str(path))
    return 0


def _form_of(out: str, target: Path) -> str | None:
    """Return the form that OUT asks for; None for a folder of all. Raises NoForm."""
    return None if out.endswith("/") or is_folder(target) else form_for(target)


def form_for(target: Path) -> str:
    """Return the form that a file's name asks for. Raises NoForm where its suffix says nothing."""
    fitting = [suffix for suffix in SUFFIXES if target.name.lower().endswith(suffix)]
    if not fitting:
        raise NoForm(name=target.name, known="、".join(SUFFIXES))
    return SUFFIXES[max(fitting, key=len)]


def one_form(report: Report, form: str, target: Path) -> list[Path]:
    """Write one form to a file; a set of files into a folder of the target's name without its suffix."""
    made = publish(report, form, lang=terminal.language())
    if isinstance(made, bytes):
        write_bytes(target, made)
        return [target]
    folder = target.with_suffix("") if target.suffix == ".csv" else target
    for name, data in made.items():
        write_bytes(folder / name, data)
    return [folder / name for name in made]


def names_in(folder: Path, stem: str) -> list[Path]:
    """Return what a folder of all forms will hold."""
    return [folder / f"{stem}{ending}" for ending in ENDINGS.values()]


def all_forms(report: Report, folder: Path, stem: str) -> list[Path]:
    """Write every form into a folder, each under the report's name."""
    written = []
    with terminal.progress("書き出し", len(ENDINGS)) as step:
        for form, ending in ENDINGS.items():
            step(form)
            written += one_form(report, form, folder / f"{stem}{ending}")
    return written
