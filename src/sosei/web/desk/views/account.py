"""利用者IDの画面. What allauth has no page for: who is locked out, who lifts it, and that an administrator makes accounts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sosei.offices.actions import accounts
from sosei.offices.permissions import asked, require
from sosei.offices.queries.lockouts import closed_addresses, closing_of, lockouts, typed_login
from sosei.web.desk.saying import lang, say


def locked_out(
    request: HttpRequest, response: Any, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Say until when a sign-in is closed, and who can lift it (axes asks: AXES_LOCKOUT_CALLABLE)."""
    address = getattr(request, "axes_ip_address", None)
    closing = closing_of(typed_login(request, credentials), address)
    context = {"closing": closing, "who": asked("person.arrange", lang())}
    return render(request, "account/locked_out.html", context, status=429)


@require_GET
def no_signup(request: HttpRequest) -> HttpResponse:
    """Say that accounts are made by the administrator."""
    return render(request, "account/no_signup.html", {"who": asked("person.arrange", lang())})


@require_GET
def forgotten(request: HttpRequest) -> HttpResponse:
    """Say what to do about a forgotten password: nothing is sent by mail."""
    return render(request, "account/forgotten.html", {"who": asked("person.arrange", lang())})


@login_required
@require_GET
def closed(request: HttpRequest) -> HttpResponse:
    """List the sign-ins, and the addresses, that are closed after failures."""
    require(request.user, "person.arrange")  # type: ignore[arg-type]
    found = lockouts(request.user.body)  # type: ignore[union-attr]
    context = {"lockouts": found, "addresses": closed_addresses()}
    return render(request, "account/closed.html", context)


@login_required
@require_POST
def lift(request: HttpRequest, person: int) -> HttpResponse:
    """Open a closed sign-in again."""
    accounts.lift_lockout(by=request.user, person=person)  # type: ignore[arg-type]
    messages.success(
        request, say("サインインの停止を解除しました。", "The account can sign in again.")
    )
    return redirect("account_closed")


@login_required
@require_POST
def lift_address(request: HttpRequest) -> HttpResponse:
    """Let people sign in again from an address."""
    accounts.lift_address(by=request.user, address=request.POST.get("address", ""))  # type: ignore[arg-type]
    messages.success(
        request,
        say("この端末からのサインインの停止を解除しました。", "Sign-in is open from there again."),
    )
    return redirect("account_closed")
