"""保存期間. How long a person's name is kept after he has left."""

from __future__ import annotations

from datetime import date
from typing import Final

from sosei.core.fiscal import FiscalYear

#: Fiscal years after the one in which he left: as long as the grant's papers (DOMAIN §2).
KEPT_YEARS: Final = 5


def kept_until(left: date) -> date:
    """Return the last day on which the name of who left on a day is kept.

    >>> kept_until(date(2022, 3, 31))
    datetime.date(2027, 3, 31)
    """
    return date(FiscalYear.of(left).start + 1 + KEPT_YEARS, 3, 31)
