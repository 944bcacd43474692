"""環境変数. Settings that come from outside, read strictly: what is not understood stops the start, and says what would be."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sosei.core.errors import BadSetting


def choice(name: str, among: Sequence[str]) -> str:
    """Return a variable's value among those known; the first where it is not set. Raises BadSetting."""
    value = os.environ.get(name) or among[0]
    if value not in among:
        raise BadSetting(
            name=name, value=value, hint=f"{'・'.join(among)} のどれかにしてください。"
        )
    return value


def whole(name: str, usual: int, *, least: int, most: int) -> int:
    """Return a variable's value as a whole number within bounds; `usual` where it is not set. Raises BadSetting."""
    text = os.environ.get(name) or str(usual)
    value = int(text) if text.isascii() and text.isdigit() else None
    if value is None or not least <= value <= most:
        raise BadSetting(name=name, value=text, hint=f"{least}から{most}までの整数にしてください。")
    return value
