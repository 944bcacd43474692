"""評価する. `sosei judge FILE`: achievement, ranks and proposals, or why not."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from sosei.cli import terminal
from sosei.cli.options import FileArgument, LangOption, open_report, settings
from sosei.judging import Context, judge
from sosei.judging.output import to_json, to_text
from sosei.judging.ranks import scheme as named

SchemeOption = Annotated[
    str | None, typer.Option("--scheme", help="階級の体系（nagano など）/ rank scheme, e.g. nagano")
]


def command(
    file: FileArgument,
    scheme: SchemeOption = None,
    form: Annotated[str, typer.Option("--format", help="text | json")] = "text",
    lang: LangOption = None,
) -> None:
    """指標ごとに達成率と方法、または出せない理由を示し、四段階の評価を提案する。決めるのは人。

    Judge every indicator, or say why not, and propose the four-level grade; a person decides.
    """
    if form not in ("text", "json"):
        raise typer.BadParameter(
            "text か json を選んでください / choose text or json", param_hint="--format"
        )
    wanted = scheme or settings().get("judge", {}).get("scheme")
    verdicts = judge(open_report(file), Context(scheme=named(wanted) if wanted else None))
    if form == "json":
        terminal.say(json.dumps(to_json(verdicts), ensure_ascii=False, indent=2))
    else:
        terminal.say(to_text(verdicts, terminal.language()).rstrip("\n"))
