"""検証の命令. `sosei verify`: what was examined, every problem, and what is not proven."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from itertools import chain
from pathlib import Path

from sosei.cli import terminal
from sosei.core.fields import Lang
from sosei.house import anchors, blobs, documented, evidenced, persons, ready
from sosei.house.refusals import NotReady
from sosei.journal.verdict import NAMED, Anchor, Found, Problem, Verdict
from sosei.journal.verify import verify as examine


def verify(args: Namespace) -> int:
    """Verify the book against its journal, its own editions, and the files given; 1 where something is wrong.

    Raises NotReady, NoAnchor.
    """
    lacking = ready.pending()
    if lacking:
        raise NotReady(count=len(lacking))
    outside = [anchor for name in args.against for anchor in anchors.of_file(Path(name))]
    verdict = whole(args.body, outside)
    lang = terminal.language()
    if args.format == "json":
        terminal.say(json.dumps(_data(verdict), ensure_ascii=False, indent=1))
    else:
        for line in _lines(verdict, lang):
            terminal.say(line)
    return 0 if verdict.fine else 1


def whole(body: str | None, outside: list[Anchor]) -> Verdict:
    """Examine the rows, the journal, the bytes of files, who people are, and what is entered and counted."""
    own = [anchor for anchor in anchors.of_editions() if body in (None, anchor.body)]
    wanted = [anchor for anchor in outside if body in (None, anchor.body)]
    verdict = examine(body, [*own, *wanted])
    more = Found()
    examined = (blobs, documented, persons, evidenced)
    for problem in chain.from_iterable(one.problems(body) for one in examined):
        more.note(problem.code, **problem.facts)
    return replace(
        verdict, problems=(*verdict.problems, *more.problems), unproven=(*verdict.unproven, *more.unproven),
        counts={**verdict.counts, **more.counts}, contents=evidenced.examined(body),
    )  # fmt: skip


def _lines(verdict: Verdict, lang: Lang) -> list[str]:
    ja = lang == "ja"
    named = (*verdict.problems, *verdict.unproven)
    lines = [f"{_painted(problem)} {problem.sentence(lang)}" for problem in named]
    for code, count in verdict.counts.items():
        if count > NAMED:
            more = f"ほかに{count - NAMED:,}件" if ja else f"and {count - NAMED:,} more"
            lines.append(f"{code} {more}")
    for head in verdict.heads:
        end = (
            f"団体{head.body}: 第{head.seq}行まで"
            if ja
            else f"body {head.body}: to line {head.seq}"
        )
        lines.append(f"{end} {head.head}")
    return [*lines, _summary(verdict, ja)]


def _painted(problem: Problem) -> str:
    kind = "warning" if problem.code.startswith("N") else "error"
    return terminal.paint(kind, problem.code, terminal.colourful())


def _summary(verdict: Verdict, ja: bool) -> str:
    wrong = sum(n for code, n in verdict.counts.items() if code.startswith("J"))
    if ja:
        seen = f"証跡{verdict.lines:,}行、台帳の行{verdict.rows:,}件、以前の内容{verdict.pasts:,}件、登録の内容{verdict.contents:,}件を確かめました。"
        if wrong:
            return (
                f"{seen}合わないところが{wrong:,}件あります。"
                "このまま公表や復元をせず、台帳の写しを取ってシステム管理者に知らせてください。"
            )
        return seen + (
            "合わないところはありません。" if verdict.lines else "証跡はまだありません。"
        )
    seen = (
        f"Examined {verdict.lines:,} lines, {verdict.rows:,} rows, {verdict.pasts:,} earlier contents, "
        f"{verdict.contents:,} contents of registers."
    )
    if wrong:
        return f"{seen} {wrong:,} do not agree. Publish and restore nothing; copy the book and tell the administrator."
    return f"{seen} {'All agree.' if verdict.lines else 'There is no journal yet.'}"


def _data(verdict: Verdict) -> dict[str, object]:
    def said(problem: Problem) -> dict[str, str]:
        return {"code": problem.code, "ja": problem.sentence("ja"), "en": problem.sentence("en")}

    return {
        "fine": verdict.fine,
        "lines": verdict.lines,
        "rows": verdict.rows,
        "pasts": verdict.pasts,
        "contents": verdict.contents,
        "counts": dict(verdict.counts),
        "problems": [said(problem) for problem in verdict.problems],
        "unproven": [said(problem) for problem in verdict.unproven],
        "heads": [{"body": h.body, "seq": h.seq, "head": h.head} for h in verdict.heads],
    }
