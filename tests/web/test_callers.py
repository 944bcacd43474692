"""だれからか: behind trusted proxies the address they answered, from anybody else the one that is connected."""

import os

import pytest
from django.test import RequestFactory

from sosei.core.errors import BadSetting
from sosei.house.environment import networks
from sosei.web.desk.callers import address_of


@pytest.mark.parametrize(
    ("proxies", "connected", "forwarded", "found"),
    [
        ("", "10.1.2.3", "203.0.113.9", "10.1.2.3"),
        ("10.1.2.3", "10.1.2.3", "203.0.113.9", "203.0.113.9"),
        ("10.1.2.3", "198.51.100.1", "203.0.113.9", "198.51.100.1"),
        ("10.1.2.3", "10.1.2.3", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("10.1.2.0/24", "10.1.2.3", "6.6.6.6, 203.0.113.9, 10.1.2.9", "203.0.113.9"),
        ("10.1.2.3", "10.1.2.3", "", "10.1.2.3"),
        ("10.1.2.3", "10.1.2.3", "203.0.113.9:51234", "203.0.113.9"),
        ("10.1.2.3", "::ffff:10.1.2.3", "[2001:db8::7]:443", "2001:db8::7"),
        ("2001:db8:a::/48", "2001:db8:a::1", "2001:db8::7", "2001:db8::7"),
        ("10.1.2.3", "10.1.2.3", "だれか", "だれか"),
    ],
)
def test_信じる中継の言う最後のよその相手を取る(
    settings, monkeypatch: pytest.MonkeyPatch, proxies: str, connected: str, forwarded: str, found: str
) -> None:  # fmt: skip
    monkeypatch.setitem(os.environ, "SOSEI_PROXIES", proxies)
    settings.SOSEI_PROXIES = networks("SOSEI_PROXIES")
    request = RequestFactory().get("/", REMOTE_ADDR=connected, HTTP_X_FORWARDED_FOR=forwarded)
    assert address_of(request) == found


@pytest.mark.parametrize(
    "said",
    ["10.1.2", "だれか", "10.1.2.3/8", "0.0.0.0/0", "::/0", "10.1.2.3,10.0.0.0/8", "2001::/31"],
)
def test_読めない中継の設定では始まらない(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setitem(os.environ, "SOSEI_PROXIES", said)
    with pytest.raises(BadSetting, match="SOSEI_PROXIES"):
        networks("SOSEI_PROXIES")
