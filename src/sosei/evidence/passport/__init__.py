"""数字のパスポート. What every edition carries so that anybody can count its KPIs again: pure, no database, no clock."""

from sosei.evidence.passport.bundle import (
    SmallLine,
    bundle,
    entries_behind,
    passport_sha256,
    small_lines,
)
from sosei.evidence.passport.contents import (
    EditionFacts,
    Head,
    Kpi,
    MeasureVersion,
    Passport,
    RegisterPart,
)
from sosei.evidence.passport.refusals import IncompletePassport

__all__ = [
    "EditionFacts",
    "Head",
    "IncompletePassport",
    "Kpi",
    "MeasureVersion",
    "Passport",
    "RegisterPart",
    "SmallLine",
    "bundle",
    "entries_behind",
    "passport_sha256",
    "small_lines",
]
