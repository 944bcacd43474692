"""報告書を読み、点検し、評価し、すべての形で書き出して、まとめを示す。

Read, check, judge and publish a report in every form, and sum up.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Final

from sosei import __version__, judging
from sosei.checking import Context, Findings, Settings, check, plain, sarif
from sosei.cli import terminal
from sosei.cli.convert import ENDINGS, all_forms, names_in
from sosei.cli.judge import wanted_scheme
from sosei.cli.options import file_argument, open_with_tables, settings, spare, write_bytes
from sosei.cli.site import opened, serve
from sosei.core.errors import Unpublishable
from sosei.core.report import Report
from sosei.core.shown import show_year
from sosei.judging import Verdicts, judge
from sosei.judging.output import to_json, to_text
from sosei.publishing import FORMS
from sosei.publishing.book import columns

#: What is written beside the published forms: ending → what it is, in Japanese and English.
RECORDS: Final = {
    "-点検.txt": ("点検の結果（まずこれを読む）", "findings: read this first"),
    "-点検.sarif": ("点検の結果（機械用）", "findings, for machines"),
    "-評価.txt": ("評価の結果", "judgement"),
    "-評価.json": ("評価の結果（機械用）", "judgement, for machines"),
}


class NothingThere(Unpublishable):
    """A document in which no project was found: nothing to publish."""

    code = "E306"
    ja = "「{name}」に事業が見つからないので、何も書き出しません。報告書のファイルか確かめてください（読めた所は「sosei read」で見られます）。"
    en = "No project was found in “{name}”, so nothing is written. Is it a report? “sosei read” shows what was read."


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
    server = opened(out, args.port) if args.serve else None
    wanted, scheme = Settings.of(settings().get("check", {})), wanted_scheme()
    stem = file.stem if file.is_file() else file.name
    spare(file, [*names_in(out, stem), *(Path(f"{out / stem}{name}") for name in RECORDS)])
    report, document = open_with_tables(file)
    if not report.projects:
        raise NothingThere(name=file.name)
    findings = check(report, Context(document=document), wanted)
    verdicts = judge(report, judging.Context(scheme=scheme))
    all_forms(report, out, stem)
    _record(report, findings, verdicts, out / stem)
    terminal.say(_sum(report, findings, verdicts))
    terminal.say(_listed(out, stem))
    if server:
        serve(server, f"{stem}.html")
    return 0


def _record(report: Report, findings: Findings, verdicts: Verdicts, start: Path) -> None:
    """Write what was found and judged beside the published forms."""
    lang = terminal.language()
    texts = (
        plain.text(findings, report, lang=lang),
        sarif.dumps(findings, report, version=__version__, lang=lang),
        to_text(verdicts, lang),
        json.dumps(to_json(verdicts), ensure_ascii=False, indent=2) + "\n",
    )
    for name, text in zip(RECORDS, texts, strict=True):
        write_bytes(Path(f"{start}{name}"), text.encode("utf-8"))


def _listed(folder: Path, stem: str) -> str:
    """Return the files that were written, what to read first on top, each with what it is."""
    ja = terminal.language() == "ja"
    said = {**RECORDS, **{ending: FORMS[form][1:] for form, ending in ENDINGS.items()}}
    said = dict(sorted(said.items(), key=lambda pair: pair[0] in RECORDS and ".txt" not in pair[0]))
    head = f"書き出した所  {folder}" if ja else f"written to  {folder}"
    names = [f"{stem}{ending}" for ending in said]
    wide = max(map(columns, names))
    return "\n".join(
        [head]
        + [
            f"  {name}{' ' * (wide - columns(name) + 2)}{words[0 if ja else 1]}"
            for name, words in zip(names, said.values(), strict=True)
        ]
    )


def _sum(report: Report, findings: Findings, verdicts: Verdicts) -> str:
    """Return the whole in a few lines: whose report, what was read, found, judged."""
    ja = terminal.language() == "ja"
    indicators = sum(len(project.indicators) for project in report.projects)
    year = show_year(report.fiscal_year.year, terminal.language()) if report.fiscal_year else ""
    guessed = bool(report.fiscal_year and report.fiscal_year.basis != "printed")
    whose = "　".join(
        part
        for part in (
            "・".join(body.name for body in report.bodies),
            year + (("（推定）" if ja else " (inferred)") if guessed else ""),
        )
        if part
    )
    title = "\n".join(part for part in (report.title.text if report.title else "", whose) if part)
    counts, unseen = plain.counted(findings, terminal.language()), len(findings.unexamined)
    if ja:
        read = f"読取り  事業 {len(report.projects)}件、指標 {indicators}件、読めなかった所 {len(report.unread)}件"
        judged = f"評価    評価できる指標 {verdicts.total}件中{verdicts.evaluable}件、目標達成 {verdicts.reached}件"
        return f"{title}\n{read}\n点検    {counts}（材料がなく見ていない規則 {unseen}件）\n{judged}"
    read = f"read    {len(report.projects)} projects, {indicators} indicators, {len(report.unread)} places not read"
    judged = (
        f"judged  {verdicts.evaluable} of {verdicts.total} evaluable, {verdicts.reached} reached"
    )
    return f"{title}\n{read}\nchecked {counts} (not examined: {unseen})\n{judged}"
