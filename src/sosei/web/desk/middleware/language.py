"""言葉. Japanese, whatever the browser asks for; English only where the person chose it (a cookie, set by `set_language`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]
CHOICES: Final = frozenset({"ja", "en"})


def chosen_language(answer: Answer) -> Answer:
    """Speak the chosen language for the length of a request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(cookie if cookie in CHOICES else "ja"):
            request.LANGUAGE_CODE = translation.get_language()
            response = answer(request)
            response.setdefault("Content-Language", str(translation.get_language()))
            return response

    return middleware
