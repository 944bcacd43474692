"""診断. `sosei doctor`: each check, how long it took, what it found in plain words, and what to do."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from dataclasses import asdict
from typing import Final

from django.db import DatabaseError

from sosei.cli import terminal
from sosei.core.errors import SoseiError
from sosei.house.ailments import BAD, GOOD, WARN, Finding
from sosei.house.checkups import CHECKUPS, Checkup

_MARK: Final = {
    GOOD: ("good", "良", "ok"),
    WARN: ("warning", "注意", "note"),
    BAD: ("error", "悪", "BAD"),
}


def doctor(args: Namespace) -> int:
    """Run every check; 1 where something wants attention."""
    found = [examined(checkup) for checkup in CHECKUPS]
    if args.format == "json":
        terminal.say(
            json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=1)
        )
    else:
        for finding in found:
            _show(finding)
    return 0 if all(finding.state == GOOD for finding in found) else 1


def examined(checkup: Checkup) -> Finding:
    """Run one check; one that cannot be run is itself a bad sign, and stops no other."""
    begun = time.monotonic()
    try:
        finding = checkup.run()
    except SoseiError as refusal:
        finding = Finding(BAD, refusal.sentence("ja"), refusal.sentence("en"))
    except (DatabaseError, OSError, ValueError) as fault:
        finding = Finding(
            BAD, f"調べられません（{fault}）。", f"Could not be examined ({fault}).",
            "ほかの項目を先に直してから、もう一度調べてください。",
            "Put the other items right first, then examine again.",
        )  # fmt: skip
    finding.code, finding.ja, finding.en = checkup.code, checkup.ja, checkup.en
    finding.ms = round((time.monotonic() - begun) * 1000)
    return finding


def _show(finding: Finding) -> None:
    ja = terminal.language() == "ja"
    kind, mark_ja, mark_en = _MARK[finding.state]
    mark = terminal.paint(kind, mark_ja if ja else mark_en, terminal.colourful())
    title = finding.ja if ja else finding.en
    said = finding.said_ja if ja else finding.said_en
    terminal.say(f"{mark} {finding.code} {title}: {said} [{finding.ms:,} ms]")
    todo = finding.todo_ja if ja else finding.todo_en
    if todo:
        terminal.say(f"   → {todo}")
