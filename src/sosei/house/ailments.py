"""所見. What one check of the doctor found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GOOD: Final = "good"
WARN: Final = "warn"
BAD: Final = "bad"


@dataclass(slots=True)
class Finding:
    """所見. `state`: good, warn, bad. What was found and what to do, in both languages; the check adds its name and time."""

    state: str
    said_ja: str
    said_en: str
    todo_ja: str = ""
    todo_en: str = ""
    code: str = ""
    ja: str = ""
    en: str = ""
    ms: int = 0
