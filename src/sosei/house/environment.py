"""環境変数. Settings that come from outside, read strictly: what is not understood stops the start, and says what would be."""

from __future__ import annotations

import os
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final

from sosei.core.errors import BadSetting

#: The widest networks of one's own, by the version: in wider ones are not only proxies.
_NARROWEST: Final = {4: 16, 6: 32}


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


def networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return a variable's addresses and networks, set apart by commas; none where it is not set. Raises BadSetting."""
    text = os.environ.get(name) or ""
    try:
        found = tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError:
        hint = "「10.1.2.3,10.1.4.0/24」のように、アドレスか範囲をコンマで区切って書いてください。"
        raise BadSetting(name=name, value=text, hint=hint) from None
    wide = next((one for one in found if one.prefixlen < _NARROWEST[one.version]), None)
    if wide is not None:
        hint = f"{wide} は広すぎ、だれもが中継になれます。中継だけのアドレスを書いてください（範囲は/16、IPv6は/32まで）。"
        raise BadSetting(name=name, value=text, hint=hint)
    return found
