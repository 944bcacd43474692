"""読み取りの直し. What a person corrects of what was read from a file, before it is set beside the book.

Pure: a report as read and corrections give a report; the places and the spelling of the document stay. A correction that
a heading led to is learned for that layout, and proposed when the next such file comes.
"""

from sosei.ledger.mending.applying import Mended, mended
from sosei.ledger.mending.figures import Figure, figures, loose_figures
from sosei.ledger.mending.habits import Habit, Proposed, habit_of, like, proposed
from sosei.ledger.mending.mends import Mend, Role, mend_of, ways

__all__ = [
    "Figure", "Habit", "Mend", "Mended", "Proposed", "Role", "figures", "habit_of", "like", "loose_figures", "mend_of", "mended", "proposed",
    "ways",
]  # fmt: skip
