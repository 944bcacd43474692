"""報告書を読み、点検し、評価し、すべての形で書き出して、まとめを示す。

Read, check, judge and publish a report in every form, and sum up.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sosei import __version__, judging
from sosei.checking import Context, Findings, Settings, check, plain, sarif
from sosei.cli import terminal
from sosei.cli.convert import all_forms
from sosei.cli.judge import wanted_scheme
from sosei.cli.options import file_argument, open_with_tables, settings, write_bytes
from sosei.cli.site import serve
from sosei.core.report import Report
from sosei.judging import Verdicts, judge
from sosei.judging.output import to_json, to_text


def configure(parser: argparse.ArgumentParser) -> None:
    """Take FILE, the folder to write to, and whether to show the page."""
    file_argument(parser)
    parser.add_argument(
        "out", metavar="OUT", type=Path, help="書き出すフォルダ / folder to write to"
    )
    parser.add_argument(
        "--serve", action="store_true", help="終わったら頁を見せる / then show the page"
    )
    parser.add_argument("--port", type=int, default=8000, help="頁の番号 / port of the page")


def run(args: argparse.Namespace) -> int:
    """Do it all, by the settings of sosei.toml, and sum up."""
    file, out = args.file, args.out
    wanted, scheme = Settings.of(settings().get("check", {})), wanted_scheme()
    report, document = open_with_tables(file)
    findings = check(report, Context(document=document), wanted)
    verdicts = judge(report, judging.Context(scheme=scheme))
    stem = file.stem if file.is_file() else file.name
    written = [*all_forms(report, out, stem), *_records(report, findings, verdicts, out / stem)]
    terminal.say(_sum(report, findings, verdicts))
    for path in written:
        terminal.say(f"  {path}")
    if args.serve:
        serve(out, f"{stem}.html", args.port)
    return 0


def _records(report: Report, findings: Findings, verdicts: Verdicts, start: Path) -> list[Path]:
    """Write what was found and judged beside the published forms."""
    lang = terminal.language()
    records = {
        "-点検.txt": plain.text(findings, report, lang=lang),
        "-点検.sarif": sarif.dumps(findings, report, version=__version__, lang=lang),
        "-評価.txt": to_text(verdicts, lang),
        "-評価.json": json.dumps(to_json(verdicts), ensure_ascii=False, indent=2) + "\n",
    }
    for name, text in records.items():
        write_bytes(Path(f"{start}{name}"), text.encode("utf-8"))
    return [Path(f"{start}{name}") for name in records]


def _sum(report: Report, findings: Findings, verdicts: Verdicts) -> str:
    """Return the whole in a few lines: what was read, found, judged."""
    ja = terminal.language() == "ja"
    counts = findings.counts()
    indicators = sum(len(project.indicators) for project in report.projects)
    title = report.title.text if report.title else ""
    weights = "、".join(f"{s.ja if ja else s.value} {n}" for s, n in counts.items())
    if ja:
        read = f"読取り  事業 {len(report.projects)}件、指標 {indicators}件、読めなかった所 {len(report.unread)}件"
        judged = f"評価    {verdicts.evaluable}／{verdicts.total}件が評価可能、目標達成 {verdicts.reached}件"
        return f"{title}\n{read}\n点検    {weights}（見ていない規則 {len(findings.unexamined)}）\n{judged}\n公表"
    read = f"read    {len(report.projects)} projects, {indicators} indicators, {len(report.unread)} places not read"
    judged = (
        f"judged  {verdicts.evaluable} of {verdicts.total} evaluable, {verdicts.reached} reached"
    )
    return f"{title}\n{read}\nchecked {weights} (not examined: {len(findings.unexamined)})\n{judged}\npublished"
