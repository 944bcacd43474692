"""書き出す. `sosei convert FILE OUT`: a report in another form, by OUT's suffix; `OUT/` gets them all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from sosei.cli import terminal
from sosei.cli.options import FileArgument, LangOption, open_report, write_bytes
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


def command(
    file: FileArgument,
    out: Annotated[
        str,
        typer.Argument(
            help="書き出す先。形は拡張子で決まる。「/」で終わればすべての形 / the suffix decides; a folder gets every form"
        ),
    ],
    form: Annotated[str | None, typer.Option("--form", help=" | ".join(FORMS))] = None,
    lang: LangOption = None,
) -> None:
    """報告書を別の形で書き出す。公開用のExcelは「…公開用.xlsx」か --form opendata、CSVはフォルダになる。

    Write a report in another form. Open-data workbooks: --form opendata; CSV becomes a folder.
    """
    target = Path(out)
    chosen = form or _form_of(out, target)
    report = open_report(file)
    if chosen is None:
        for path in all_forms(report, target, file.stem if file.is_file() else file.name):
            terminal.say(str(path))
        return
    for path in one_form(report, chosen, target):
        terminal.say(str(path))


def _form_of(out: str, target: Path) -> str | None:
    """Return the form that OUT asks for; None for a folder of all. A usage error where the suffix says nothing."""
    if out.endswith("/") or target.is_dir():
        return None
    fitting = [suffix for suffix in SUFFIXES if target.name.lower().endswith(suffix)]
    if not fitting:
        known = "、".join(SUFFIXES)
        raise typer.BadParameter(
            f"「{target.name}」の拡張子では形が分かりません（使えるのは {known}）。--form で選べます。",
            param_hint="OUT",
        )
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


def all_forms(report: Report, folder: Path, stem: str) -> list[Path]:
    """Write every form into a folder, each under the report's name."""
    written = []
    with terminal.progress("書き出し", len(ENDINGS)) as step:
        for form, ending in ENDINGS.items():
            step(form)
            written += one_form(report, form, folder / f"{stem}{ending}")
    return written
