"""指標ごとに達成率と方法、または出せない理由を示し、四段階の評価を提案する。決めるのは人。

Judge every indicator, or say why not, and propose the four-level grade; a person decides.
"""

from __future__ import annotations

import argparse
import json

from sosei.cli import terminal
from sosei.cli.options import file_argument, open_report, settings
from sosei.judging import Context, judge
from sosei.judging.output import to_json, to_text
from sosei.judging.ranks import scheme


def configure(parser: argparse.ArgumentParser) -> None:
    """Take FILE, the rank scheme and the form of the answer."""
    file_argument(parser)
    parser.add_argument(
        "--scheme", metavar="CODE", help="階級の体系（nagano など）/ rank scheme, such as nagano"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="出し方 / form of the answer"
    )


def run(args: argparse.Namespace) -> int:
    """Print the verdicts."""
    wanted = args.scheme or settings().get("judge", {}).get("scheme")
    given = Context(scheme=scheme(wanted) if wanted else None)
    verdicts = judge(open_report(args.file), given)
    if args.format == "json":
        terminal.say(json.dumps(to_json(verdicts), ensure_ascii=False, indent=2))
    else:
        terminal.say(to_text(verdicts, terminal.language()).rstrip("\n"))
    return 0
