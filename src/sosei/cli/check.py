"""報告書を規則で点検し、どこで何が起きているかと直し方を示す。指摘があれば 1 で終わる。

Check a report by the rules: what, where, what to do. Ends with 1 where there are findings.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from sosei import __version__
from sosei.checking import Context, Findings, Settings, Severity, check, lists, plain, sarif
from sosei.checking.fix import apply, difference
from sosei.cli import terminal
from sosei.cli.convert import form_for, one_form
from sosei.cli.options import (
    bytes_of,
    file_argument,
    is_folder,
    open_report,
    open_with_tables,
    settings,
    spare,
)
from sosei.core.report import Report
from sosei.reading.lines import in_lines


def configure(parser: argparse.ArgumentParser) -> None:
    """Take FILE, what to look at, what to compare with, and the form of the answer."""
    file_argument(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json", "sarif"),
        default="text",
        help="出し方 / form of the answer",
    )
    parser.add_argument(
        "--select", metavar="CODES", help="見る規則（「,」で並べる）/ rules to look at"
    )
    parser.add_argument("--ignore", metavar="CODES", help="見ない規則 / rules to leave out")
    parser.add_argument(
        "--last-year", metavar="FILE", type=Path, help="前年度の報告書 / last year's report"
    )
    parser.add_argument(
        "--today",
        metavar="YYYY-MM-DD",
        type=date.fromisoformat,
        help="基準日 / day to judge dates by",
    )
    parser.add_argument(
        "--fix", action="store_true", help="直し方の案を差分で出す / show proposed repairs"
    )
    parser.add_argument(
        "--apply",
        metavar="OUT",
        type=Path,
        help="迷いのない案を当てて書き出す / write with the safe repairs",
    )


def run(args: argparse.Namespace) -> int:
    """Print the findings, or the proposals; write the repaired report where that is asked."""
    if args.apply:
        spare(args.file, [args.apply])
    report, document = open_with_tables(args.file)
    previous = open_report(args.last_year) if args.last_year else None
    context = Context(document=document, previous=previous, today=args.today)
    findings = check(report, context, Settings.of(_chosen(args)))
    lang = terminal.language()
    if args.apply:
        for path in one_form(apply(report, findings), form_for(args.apply), args.apply):
            terminal.note(str(path))
    if args.fix:
        terminal.say(difference(findings, lang=lang).rstrip("\n"))
    else:
        shown = _in_lines(findings, args.file) if args.format == "text" else findings
        terminal.say(_answer(report, shown, args.format).rstrip("\n"))
    return int(bool(findings.findings))


def _chosen(args: argparse.Namespace) -> dict[str, Any]:
    """Return the settings of sosei.toml with the options of this run over them."""
    table = dict(settings().get("check", {}))
    for name in ("select", "ignore"):
        if codes := getattr(args, name):
            table[name] = [code.strip() for code in codes.split(",") if code.strip()]
    return table


def _in_lines(findings: Findings, path: Path) -> Findings:
    """Return the findings with the lines that they stand in, where the file is text."""
    return findings if is_folder(path) else in_lines(findings, [(path.name, bytes_of(path))])


def _answer(report: Report, findings: Findings, form: str) -> str:
    lang = terminal.language()
    if form == "json":
        return lists.dumps(findings)
    if form == "sarif":
        return sarif.dumps(findings, report, version=__version__, lang=lang)
    colourful = terminal.colourful()

    def paint(text: str, severity: Severity) -> str:
        return terminal.paint(severity.value, text, colourful)

    return plain.text(findings, report, lang=lang, paint=paint)
