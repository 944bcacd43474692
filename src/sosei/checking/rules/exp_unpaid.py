"""未払の補助. A subsidy case that was not paid when the report was filed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.context import CaseFacts, Ledger
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.text import fold


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare each case's day of payment with the day on which its project was reported complete."""
    ledger = scene.context.ledger
    assert ledger is not None
    for case in ledger.cases:
        if _late(case, ledger):
            yield _hit(scene, case)


def _late(case: CaseFacts, ledger: Ledger) -> bool:
    """Tell whether a case was unpaid at the report; without a report date every unpaid case counts."""
    dates = [p.reported_on for p in ledger.projects if fold(p.name) == fold(case.project)]
    reported = next((day for day in dates if day), None)
    if case.paid_on is None:
        return True
    return reported is not None and case.paid_on > reported


def _hit(scene: Scene, case: CaseFacts) -> Hit:
    key = fold(case.project)
    spot = next(
        (s for s in scene.projects if s.project.name and fold(s.project.name.text) == key), None
    )
    paid = f"{case.paid_on}に支払" if case.paid_on else "支払の記録なし"
    paid_en = f"paid on {case.paid_on}" if case.paid_on else "no payment recorded"
    return Hit(
        ja=f"事業「{case.project}」の補助案件「{case.name}」（{case.yen:,}円）は、実績報告の時点で支払われていません（{paid}）。実績額から除くか、支払を確かめてください。",
        en=f"The case “{case.name}” ({case.yen:,} yen) of “{case.project}” was unpaid when the report was filed ({paid_en}). Take it out or check the payment.",
        path=f"{spot.path}/spending" if spot else "",
        place=spot.place if spot else (),
        raw=case.name,
    )


RULE: Final = Rule(
    code="EXP-UNPAID",
    title_ja="未払の補助案件",
    title_en="Subsidies not paid",
    severity=Severity.ERROR,
    source="会計検査院 h28-0068（間接補助が未払のまま完了と報告: 3県5市 19事業 9.1億円）",
    why_ja="事業者への支払が済んでいない補助を実績に含めた報告は、不当とされています。",
    why_en="Reports that counted subsidies not yet paid out were found improper.",
    wrong="実績報告 4月8日、補助金の支払 4月25日",
    right="補助金の支払 3月28日、実績報告 4月8日",
    needs=frozenset({Need.LEDGER}),
    look=look,
)
