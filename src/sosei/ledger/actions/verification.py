"""効果検証を書く. What is said of a project's effect; the program proposes a level, a person decides, both stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sosei.core.errors import NoReason, Stale
from sosei.core.text import join_lines
from sosei.journal.acts import Act, act
from sosei.judging.criteria import Proposal, level_name
from sosei.ledger import models as m
from sosei.ledger.actions.drafts import Columns
from sosei.ledger.actions.locks import require_unlocked
from sosei.ledger.actions.reach import charge_of, entry_of
from sosei.ledger.actions.verified import put_verification, verification_of
from sosei.ledger.doubts import FundsUnfit
from sosei.ledger.flow import Group
from sosei.ledger.queries.scene import scene_of
from sosei.offices.models import Person
from sosei.offices.permissions import require

#: What the department says, and what stands under the experts' own lock.
OWN: Final = (
    "verifier", "date", "obstacle", "countermeasure", "next_policy", "next_policy_reason",
)  # fmt: skip
EXPERTS: Final = ("expert_judgement", "expert_opinion")
_GROUPS: Final[tuple[tuple[Group, tuple[str, ...]], ...]] = (
    ("verification", OWN),
    ("experts", EXPERTS),
)


def write_verification(
    *, by: Person, entry: int, words: Mapping[str, str], seen: int | None
) -> m.Verification | None:
    """効果検証を書く. `words`: of OWN and EXPERTS, what is not named stays. `seen`: the row's stamp, 0 where there is none.

    None where nothing is said. Raises NotAllowed, Locked, Stale.
    """
    row = entry_of(by, entry)
    require(by, "verification.write", charge_of(row))
    said: Columns = {
        name: join_lines(text) or None
        for name, text in words.items()
        if name in (*OWN, *EXPERTS)
    }  # fmt: skip
    subject = f"ledger.projectyear:{entry}"
    with act("verification.write", body=by.body, by=by.pk, subject=subject) as w:
        before = _before(row, seen)
        for group, names in _GROUPS:
            if any(name in said and said[name] != getattr(before, name, None) for name in names):
                require_unlocked(by, [row], group)
        return _write(w, row, before, said)


def decide_grade(
    *, by: Person, entry: int, level: int | None, reason: str, seen: int | None
) -> m.Verification | None:
    """事業効果を決める. Decide a level (1 to 4; None: none yet). What the program proposes, and by which rule, stays beside it.

    Another level than the proposed one needs a reason. `seen`: the verification's stamp, 0 where there is none.
    Raises NotAllowed, Locked, Stale, NoReason, FundsUnfit.
    """
    row = entry_of(by, entry)
    require(by, "grade.decide", charge_of(row))
    if level is not None and level not in (1, 2, 3, 4):
        raise FundsUnfit(column="事業効果", column_en="the grade", value=level)
    with act("grade.decide", body=by.body, by=by.pk, subject=f"ledger.projectyear:{entry}") as w:
        require_unlocked(by, [row], "verification")
        before = _before(row, seen)
        proposed = _proposal(entry)
        if level is not None and proposed and proposed.level != level and not reason.strip():
            raise NoReason(what=f"提案（{level_name(proposed.level)}）と違う事業効果の決定")
        columns: Columns = {
            "decided": level,
            "decided_reason": reason.strip() or None,
            "grade": level_name(level) if level is not None else None,
            "proposed": proposed.level if proposed else None,
            "proposed_by": proposed.rule if proposed else None,
        }
        w.facts |= {"level": level, "proposed": columns["proposed"]}
        return _write(w, row, before, columns)


def _proposal(entry: int) -> Proposal | None:
    scene = scene_of(entry)
    found = scene.verdict().proposal if scene else None
    return found if isinstance(found, Proposal) else None


def _before(entry: m.ProjectYear, seen: int | None) -> m.Verification | None:
    """Return the verification as it is. Raises Stale where it is not as it was seen."""
    before = verification_of(entry)
    if seen is not None and seen != (before.stamp if before else 0):
        raise Stale(what=f"{entry.called()}の効果検証")
    return before


def _write(
    w: Act, entry: m.ProjectYear, before: m.Verification | None, columns: Columns
) -> m.Verification | None:
    if before is not None:
        trace = {k: v for k, v in before.trace.items() if not _rewritten(before, k, columns)}
        return w.change(before, **columns, trace=trace)
    if not any(value is not None for value in columns.values()):
        return None
    return put_verification(w, entry, columns)


def _rewritten(before: m.Verification, name: str, columns: Columns) -> bool:
    """Tell whether a column is written anew, so that it no longer stands where it stood."""
    column = "verifier" if name == "body" else name
    return column in columns and columns[column] != getattr(before, column)
