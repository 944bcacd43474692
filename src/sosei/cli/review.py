"""一巡. `sosei review FILE OUT`: read, check, judge and publish in every form, and say what came of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from sosei.checking import Findings, check
from sosei.checking import output as findings_output
from sosei.cli import terminal
from sosei.cli.convert import all_forms
from sosei.cli.options import FileArgument, LangOption, open_report, write_bytes
from sosei.cli.site import serve
from sosei.core.report import Report
from sosei.judging import Verdicts, judge
from sosei.judging.output import to_json, to_text


def command(
    file: FileArgument,
    out: Annotated[Path, typer.Argument(help="書き出すフォルダ / folder to write to")],
    to_be_served: Annotated[bool, typer.Option("--serve", help="終わったら頁を見せる / then show the page")] = False,
    port: Annotated[int, typer.Option("--port", help="頁の番号 / port of the page", min=1, max=65535)] = 8000,
    lang: LangOption = None,
) -> None:
    """報告書を読み、点検し、評価し、すべての形で書き出して、まとめを示す。

    Read, check, judge and publish a report in every form, and sum up.
    """
    report = open_report(file)
    findings, verdicts = check(report), judge(report)
    stem = file.stem if file.is_file() else file.name
    written = all_forms(report, out, stem)
    written += _records(findings, verdicts, out, stem)
    _sum_up(report, findings, verdicts, written)
    if to_be_served:
        serve(out, f"{stem}.html", port)
    raise typer.Exit(int(bool(findings.errors)))
