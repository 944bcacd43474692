"""量. How much may be sent at once, asked before a byte of it is read: a disk is not filled by who has not signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from sosei.web.desk.refusals import TooMuchSent
from sosei.web.desk.uploads import MEGABYTE
from sosei.web.desk.views.errors import refused

Answer = Callable[[HttpRequest], HttpResponse]
#: So many files of the largest size may come at once.
AT_ONCE: Final = 5
#: Megabytes that are enough to sign in.
STRANGER: Final = 1
#: Pages for anybody, at which nobody needs more, whoever he is.
_OPEN: Final = ("/forms/", "/accounts/", "/language/", "/healthz")


def not_too_much(answer: Answer) -> Answer:
    """Refuse what is too much by its own account; without an account of it, Django reads nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length, limit = _length(request), STRANGER
        if length > limit * MEGABYTE and _is_signed_in(request):
            limit = int(settings.SOSEI_UPLOAD_MB) * AT_ONCE
        if length <= limit * MEGABYTE:
            return answer(request)
        page = refused(request, TooMuchSent(limit=limit))
        page.status_code = 413
        return page

    return middleware


def _is_signed_in(request: HttpRequest) -> bool:
    """Whether somebody is who may send more here: a cookie alone is written by anybody, so the session is looked up."""
    return not request.path_info.startswith(_OPEN) and SESSION_KEY in request.session


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 18 else 0
