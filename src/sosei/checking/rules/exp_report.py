"""実績報告との照合. The ledger and the report to the State differ, or its last day is near."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from sosei.checking.context import ProjectFacts
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.text import fold

_NOTICE: Final = (30, 14, 7)


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare what was settled with what was reported, and count the days that are left."""
    ledger = scene.context.ledger
    assert ledger is not None
    for known in ledger.projects:
        yield from _amounts(scene, known)
        yield from _days(scene, known)
    if scene.context.today is None:
        yield Skip(
            ja="点検する日付が与えられていないため、実績報告の期限までの日数を見ていません。",
            en="The date of the check was not given: days to the report's deadline were not counted.",
        )


def _amounts(scene: Scene, known: ProjectFacts) -> Iterator[Hit]:
    if known.settled is None or known.reported is None or known.settled == known.reported:
        return
    slip = (
        " 千円と円の取り違えと見えます。"
        if known.settled == known.reported * 1000 or known.reported == known.settled * 1000
        else ""
    )
    yield _hit(
        scene,
        known,
        f"は、台帳の決算額{known.settled:,}円と実績報告{known.reported:,}円が違います。{slip}期限までに正してください",
        f"has settled {known.settled:,} yen but reported {known.reported:,} yen. Correct it before the deadline",
        Severity.ERROR,
    )


def _days(scene: Scene, known: ProjectFacts) -> Iterator[Hit]:
    today, due = scene.context.today, known.report_due
    if today is None or due is None or known.reported_on is not None:
        return
    left = (due - today).days
    if left < 0:
        ja, en = (
            f"は実績報告の期限（{_day(due)}）を{-left}日過ぎています。直ちに提出してください",
            f"is {-left} days past the deadline of its report ({due}). File it now",
        )
        yield _hit(scene, known, ja, en, Severity.WARNING)
    elif left <= max(_NOTICE):
        severity = Severity.WARNING if left <= min(_NOTICE) else Severity.INFO
        ja, en = (
            f"は実績報告の期限（{_day(due)}）まで{left}日です。金額を照合して提出してください",
            f"has {left} days left for its report ({due}). Compare the amounts and file it",
        )
        yield _hit(scene, known, ja, en, severity)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _hit(scene: Scene, known: ProjectFacts, ja: str, en: str, severity: Severity) -> Hit:
    key = fold(known.name)
    spot = next(
        (s for s in scene.projects if s.project.name and fold(s.project.name.text) == key), None
    )
    return Hit(
        ja=f"事業「{known.name}」{ja}。",
        en=f"The project “{known.name}” {en}.",
        path=f"{spot.path}/spending" if spot else "",
        place=spot.place if spot else (),
        raw=known.name,
        severity=severity,
    )


RULE: Final = Rule(
    code="EXP-REPORT",
    title_ja="実績報告との照合",
    title_en="Ledger against the report to the State",
    severity=Severity.ERROR,
    source="島根県（35,691千円を35,691円と報告、約1,780万円を喪失）、和歌山県（1,600万円の記載漏れ）; 実績報告は遅くとも4月10日",
    why_ja="期限を過ぎて見つかった誤りは直せません。台帳の決算額と実績報告の額が違えば誤りです。期限の30日・14日・7日前に知らせます。",
    why_en="Errors found after the deadline are not repaired. Ledger and report must agree; from 30, 14 and 7 days before the deadline it reminds.",
    wrong="台帳 35,691,000円、実績報告 35,691円",
    right="台帳 35,691,000円、実績報告 35,691,000円",
    needs=frozenset({Need.LEDGER}),
    look=look,
)
