"""見出し. Headers beyond Django's own: no page of a signed-in person is kept by others, no device is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

Answer = Callable[[HttpRequest], HttpResponse]
PERMISSIONS: Final = ", ".join(
    f"{name}=()"
    for name in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
)


def quiet_headers(answer: Answer) -> Answer:
    """Add the headers to every answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        if not response.has_header("Cache-Control"):
            # "no-store" would take away what was typed when somebody goes back.
            response["Cache-Control"] = "private, no-cache"
        if request.method == "POST" and request.path == reverse("account_logout"):
            response["Clear-Site-Data"] = '"cache"'
        return response

    return middleware
