"""仕入控除税額. A subsidy case without a day by which input tax is to be settled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for paid cases without a due date for their input tax, and for dates that have passed."""
    ledger, today = scene.context.ledger, scene.context.today
    assert ledger is not None
    for case in ledger.cases:
        if case.tax_due is None and case.paid_on is not None:
            yield _hit(case.name, case.project, "の報告期限が記録されていません", "has no due date")
        elif case.tax_due is not None and today is not None and today > case.tax_due:
            yield _hit(
                case.name,
                case.project,
                f"の報告期限（{case.tax_due}）を過ぎています",
                f"was due on {case.tax_due}",
            )


def _hit(name: str, project: str, ja: str, en: str) -> Hit:
    return Hit(
        ja=f"事業「{project}」の補助案件「{name}」は、仕入控除税額{ja}。事業者に確認してください。",
        en=f"The input tax of case “{name}” of “{project}” {en}. Ask the recipient.",
        raw=name,
    )


RULE: Final = Rule(
    code="EXP-TAX",
    title_ja="仕入控除税額の期限",
    title_en="Input tax to be returned",
    severity=Severity.WARNING,
    source="会計検査院 r04-0288, h24-0453",
    why_ja="補助を受けた事業者が消費税の仕入控除を受けたとき、その分は返還が必要です。繰り返し指摘されているため、案件ごとに期限を持ちます。",
    why_en="Input tax that a recipient deducts is to be returned: a recurring audit finding, so each case keeps a due date.",
    wrong="補助案件に仕入控除税額の報告期限がない",
    right="仕入控除税額の報告期限 令和5年6月30日",
    needs=frozenset({Need.LEDGER}),
    look=look,
)
