"""門. Who must change the password, or set up a second factor, gets no other page until it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.urls.exceptions import Resolver404

from sosei.web.desk.accounts.factor import has_factor, needs_factor
from sosei.web.desk.refusals import FactorDue, PasswordDue
from sosei.web.desk.saying import lang

Answer = Callable[[HttpRequest], HttpResponse]
_ALWAYS: Final = frozenset({"account_logout", "account_login", "set_language"})
_PASSWORD: Final = frozenset({"account_change_password"})
_FACTOR: Final = frozenset(
    {
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)
_SEEN: Final = "sosei_factor_seen"


def duties_first(answer: Answer) -> Answer:
    """Lead to the duty, wherever the person wanted to go."""

    def middleware(request: HttpRequest) -> HttpResponse:
        duty = _duty(request)
        if duty is None:
            return answer(request)
        page, sentence = duty
        messages.warning(request, sentence)
        return redirect(page)

    return middleware


def _duty(request: HttpRequest) -> tuple[str, str] | None:
    """Return the page of the duty that is open, and what to say there; None where there is none, or one is there."""
    person = request.user
    if not person.is_authenticated:
        return None
    name = _name(request.path_info)
    if name in _ALWAYS:
        return None
    if person.must_change_password:
        return (
            None
            if name in _PASSWORD
            else ("account_change_password", PasswordDue().sentence(lang()))
        )
    if name in _FACTOR or not _lacks_factor(request):
        return None
    return "mfa_index", FactorDue().sentence(lang())


def _lacks_factor(request: HttpRequest) -> bool:
    """Whether a needed factor is missing; once it was seen, the session is not asked again."""
    if request.session.get(_SEEN) or not needs_factor(request.user):
        return False
    if has_factor(request.user):
        request.session[_SEEN] = True
        return False
    return True


def _name(path: str) -> str:
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""
