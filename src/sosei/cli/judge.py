"""指標ごとに達成率と方法、または出せない理由を示し、四段階の評価を提案する。決めるのは人。

Judge every indicator, or say why not, and propose the four-level grade; a person decides.
"""

from __future__ import annotations

import argparse
import json

from sosei.cli import terminal
from sosei.cli.options import file_argument, open_report, settings
from sosei.core.errors import BadSetting
from sosei.judging import Context, judge
from sosei.judging.output import to_json, to_text
from sosei.judging.ranks import Scheme, scheme


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
    verdicts = judge(open_report(args.file), Context(scheme=wanted_scheme(args.scheme)))
    if args.format == "json":
        terminal.say(json.dumps(to_json(verdicts), ensure_ascii=False, indent=2))
    else:
        terminal.say(to_text(verdicts, terminal.language()).rstrip("\n"))
    return 0


def wanted_scheme(code: str | None = None) -> Scheme | None:
    """Return the rank scheme of a code, else of sosei.toml, None where neither names one. Raises BadSetting."""
    table = settings().get("judge", {})
    for name in table:
        if name != "scheme":
            raise BadSetting(
                name=f"judge.{name}", value=table[name], hint="使えるのは scheme です。"
            )
    wanted = code or table.get("scheme")
    return scheme(str(wanted)) if wanted else None
