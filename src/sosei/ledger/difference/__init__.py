"""差分. What one report says otherwise than another, and what accepting some of it gives. Pure: no Django, no clock.

`difference` finds it, `merge` accepts some of it, `errata` prints it. See docs/adr/0010.
"""

from sosei.ledger.difference.comparing import difference
from sosei.ledger.difference.merging import merge
from sosei.ledger.difference.model import KINDS, Change, Difference, Erratum, Kind, Merged, Part

__all__ = [
    "KINDS",
    "Change",
    "Difference",
    "Erratum",
    "Kind",
    "Merged",
    "Part",
    "difference",
    "merge",
]
