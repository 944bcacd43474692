"""だれからか. The address a request came from: of a proxy that is trusted, the one that it says it answered."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


def address_of(request: HttpRequest) -> str:
    """Return the address of who asks: the last in X-Forwarded-For that is no trusted proxy's, else who is connected.

    Nobody who is not trusted is believed: what he writes there stands before what the proxies add.
    """
    connected = str(request.META.get("REMOTE_ADDR") or "")
    trusted: tuple[Network, ...] = settings.SOSEI_PROXIES
    if not trusted:
        return connected
    path = [*_forwarded(request), connected]
    return next((one for one in reversed(path) if not _is_trusted(one, trusted)), path[0])


def _forwarded(request: HttpRequest) -> list[str]:
    said = str(request.META.get("HTTP_X_FORWARDED_FOR") or "")
    return [one for part in said.split(",") if (one := _bare(part))]


def _bare(part: str) -> str:
    """Return an address without the port that some proxies write after it."""
    text = part.strip()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _is_trusted(said: str, trusted: tuple[Network, ...]) -> bool:
    try:
        found: Address = ip_address(said)
    except ValueError:
        return False
    plain = found.ipv4_mapped if isinstance(found, IPv6Address) and found.ipv4_mapped else found
    return any(plain.version == one.version and plain in one for one in trusted)
