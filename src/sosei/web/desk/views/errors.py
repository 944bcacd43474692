"""誤りの画面. What a person sees when something is refused or broke: a sentence, a code, a 受付番号 that the log has too."""

from __future__ import annotations

import logging
import secrets
from typing import Any, Final

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from sosei.core.errors import NotAllowed, SoseiError
from sosei.web.desk.refusals import FormExpired, NoSuchPage, NotUnderstood, status_of
from sosei.web.desk.saying import lang, say

logger = logging.getLogger("sosei.desk")
#: No 0 and O, no 1 and I: the number is read out on the telephone.
_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def receipt() -> str:
    """Return a new 受付番号: eight characters, in two groups."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def refused(request: HttpRequest, error: SoseiError) -> HttpResponse:
    """Answer a refusal with its sentence and code; a part of a page gets the notice alone."""
    status, number = status_of(error), receipt()
    _log(request, number, f"{error.code} {status}", broken=status >= 500)
    return _page(request, status, number, error.code, error.sentence(lang()))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return refused(request, NotUnderstood())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 of Django's own (PermissionDenied)."""
    return refused(
        request,
        NotAllowed(what=say("この操作", "this"), who=say("システム管理者", "the administrator")),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return refused(request, NoSuchPage())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was too old."""
    return refused(request, FormExpired())


def broken(request: HttpRequest) -> HttpResponse:
    """500: nothing that could break again; no database, no person, no office."""
    number = receipt()
    _log(request, number, "E900 500", broken=True)
    return HttpResponse(_bare(500, number, SoseiError.code, _broke()), status=500)


def _broke() -> str:
    return say(
        "処理の途中で問題が起きました。直前の操作は保存されていないことがあります。少し待ってから画面を開き直し、同じことが続くときは、システム管理者に知らせてください。",
        "Something went wrong on the way. What you did last may not have been saved. Wait a moment and open the page again; if it goes on, tell the administrator.",
    )


def unavailable(request: HttpRequest, error: SoseiError) -> HttpResponse:
    """503: the database cannot serve now; nothing of it is needed to say so."""
    number = receipt()
    _log(request, number, f"{error.code} 503", broken=True)
    return HttpResponse(_bare(503, number, error.code, error.sentence(lang())), status=503)


def _log(request: HttpRequest, number: str, what: str, *, broken: bool) -> None:
    """Write the number where the administrator looks; the path, never what was sent."""
    level = logging.ERROR if broken else logging.INFO
    logger.log(
        level, "受付番号 %s: %s %s %s", number, what, request.method, request.path, exc_info=broken
    )


def _page(request: HttpRequest, status: int, number: str, code: str, sentence: str) -> HttpResponse:
    context = {
        "status": status,
        "receipt": number,
        "code": code,
        "sentence": sentence,
        "title": _title(status),
        "back": _back(request),
    }
    part = bool(getattr(request, "htmx", False))
    name = "desk/errors/part.html" if part else "desk/errors/page.html"
    try:
        text: str = render_to_string(name, context, request)
    except DatabaseError:
        text = _bare(status, number, code, sentence)
    return HttpResponse(text, status=status)


def _bare(status: int, number: str, code: str, sentence: str) -> str:
    context: dict[str, Any] = {
        "status": status, "receipt": number, "code": code, "sentence": sentence,
        "title": _title(status), "lang": lang(), "styles": _styles(),
    }  # fmt: skip
    return render_to_string("desk/errors/bare.html", context)


def _styles() -> list[str]:
    try:
        return [
            staticfiles_storage.url(f"desk/{name}.css")
            for name in ("tokens", "base", "frame", "forms", "parts")
        ]
    except ValueError:  # the list of static files was never made: words without colours
        return []


def _title(status: int) -> str:
    if status == 403:
        return say("この操作はできません", "This cannot be done")
    if status == 404:
        return say("画面が見つかりません", "Page not found")
    if status == 409:
        return say("いまは進められません", "Not now")
    if status >= 500:
        return say("処理を終えられませんでした", "Something went wrong")
    return say("内容を確かめてください", "Please check")


def _back(request: HttpRequest) -> str:
    """Return the page the person came from, if it was one of the desk's."""
    came = request.headers.get("Referer", "")
    try:
        host = request.get_host()
    except DisallowedHost:  # what is being refused may be just that
        return ""
    own = url_has_allowed_host_and_scheme(came, {host}, request.is_secure())
    return came if own else ""
