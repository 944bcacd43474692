"""差分. What one report says otherwise than another, and what accepting some of it gives. Pure: no Django, no clock.

`difference` finds it, `merge` accepts some of it, `errata` prints it, `in_levels` makes a plan comparable first;
`summary`, `by_project` and `inside` are for those who draw pages, `to_json` and `from_json` for those who keep it.
See docs/adr/0011.
"""

from sosei.ledger.difference.comparing import difference
from sosei.ledger.difference.errata import errata
from sosei.ledger.difference.grouping import Group, by_project, inside, summary
from sosei.ledger.difference.merging import merge
from sosei.ledger.difference.model import KINDS, Change, Difference, Erratum, Kind, Merged, Part
from sosei.ledger.difference.plans import InLevels, in_levels, plan_levels
from sosei.ledger.difference.plansaid import Level, PlanLevels, Refusal, Total
from sosei.ledger.difference.storing import from_json, to_json

__all__ = [
    "KINDS",
    "Change",
    "Difference",
    "Erratum",
    "Group",
    "InLevels",
    "Kind",
    "Level",
    "Merged",
    "Part",
    "PlanLevels",
    "Refusal",
    "Total",
    "by_project",
    "difference",
    "errata",
    "from_json",
    "in_levels",
    "inside",
    "merge",
    "plan_levels",
    "summary",
    "to_json",
]
