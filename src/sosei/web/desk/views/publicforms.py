"""公開フォームの頁. For anybody: no sign-in, no cookie, no script. What protects them is the page's signed ticket, and the code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sosei.core.errors import SoseiError
from sosei.evidence.actions.ownsubmission import Own, change_own, own, withdraw_own
from sosei.evidence.actions.submitting import Received, submit
from sosei.evidence.publicforms import HELD_DAYS
from sosei.evidence.queries.publicforms import FormShown, known_form, public_form
from sosei.evidence.refusals_forms import NoSuchForm, SaidWrong, TooMany
from sosei.evidence.tickets import shown_code, ticket
from sosei.offices.queries.standing import office_of
from sosei.web.desk.callers import address_of
from sosei.web.desk.forms.publicentry import HONEY, PublicForm, initial_said
from sosei.web.desk.saying import LANGS, lang

Answer = Callable[..., HttpResponse]
_STATUS: Final[dict[type[SoseiError], int]] = {NoSuchForm: 404, TooMany: 429}


def public(view: Answer) -> Answer:
    """Let anybody in, in the language that the address or the form names; a refusal is a page of the same calm kind.

    Nobody is known by a cookie here, so none can be made to do something unawares: there is nothing for CSRF to protect.
    """

    @wraps(view)
    def answered(request: HttpRequest, slug: str) -> HttpResponse:
        wanted = request.POST.get("lang") or request.GET.get("lang") or lang()
        with translation.override(wanted if wanted in LANGS else "ja"):
            try:
                response = view(request, slug)
            except SoseiError as error:
                response = _refused(request, slug, error)
            response["Cache-Control"] = "no-store"
            response["Referrer-Policy"] = "no-referrer"
            response["Content-Language"] = lang()
            return response

    return csrf_exempt(require_http_methods(["GET", "POST"])(answered))


def _refused(request: HttpRequest, slug: str, error: SoseiError) -> HttpResponse:
    context = {"slug": slug, "sentence": error.sentence(lang()), "code": error.code}
    return render(request, "desk/public/refused.html", context, status=_STATUS.get(type(error), 422))  # fmt: skip


@public
def fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a form, take what is sent, and show the confirmation code once."""
    shown = public_form(slug)
    form = PublicForm(request.POST or None, kind=shown.kind, columns=shown.columns)
    refusal: SoseiError | None = None
    if request.method == "POST":
        form.is_valid()
        try:
            return _done(request, shown, _submitted(request, shown, form))
        except SaidWrong as wrong:
            form.refused(wrong)
        except (NoSuchForm, TooMany):
            raise
        except SoseiError as error:
            refusal = error
    return _form_page(request, shown, form, refusal)


def _submitted(request: HttpRequest, shown: FormShown, form: PublicForm) -> Received:
    return submit(
        slug=shown.said.slug, said=form.values, ticket=request.POST.get("ticket", ""), address=address_of(request),
        honey=request.POST.get(HONEY, ""),
    )  # fmt: skip


def _form_page(
    request: HttpRequest, shown: FormShown, form: PublicForm, refusal: SoseiError | None
) -> HttpResponse:
    """Show the form; what was refused with the page's ticket is sent again with the same, or with a new one."""
    sent = request.POST.get("ticket", "") if form.errors else ""
    wrong = bool(form.errors) or refusal is not None
    context = _context(shown) | {
        "form": form, "ticket": sent or ticket(shown.pk, shown.stamp), "refusal": refusal.sentence(lang()) if refusal else "",
        "refusal_code": refusal.code if refusal else "", "honey": HONEY,
    }  # fmt: skip
    return render(request, "desk/public/form.html", context, status=422 if wrong else 200)


def _done(request: HttpRequest, shown: FormShown, got: Received) -> HttpResponse:
    context = _context(shown) | {"code": shown_code(got.code), "got": got}
    return render(request, "desk/public/done.html", context)


@public
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the code; with it, show what was sent, change it, withdraw it. The code stands in no address."""
    shown = known_form(slug)
    code, do = request.POST.get("code", ""), request.POST.get("do", "see")
    if request.method != "POST":
        return render(request, "desk/public/code.html", _context(shown))
    try:
        there = own(slug=slug, code=code, address=address_of(request))
    except NoSuchForm:
        raise
    except SoseiError as error:
        context = _context(shown) | {"refusal": error.sentence(lang()), "refusal_code": error.code}
        return render(request, "desk/public/code.html", context, status=_STATUS.get(type(error), 422))  # fmt: skip
    if do == "withdraw" and there.stands:
        withdraw_own(slug=slug, code=code, address=address_of(request))
        return render(request, "desk/public/withdrawn.html", _context(shown) | {"there": there})
    if do == "ask" and there.stands:
        return render(request, "desk/public/withdraw.html", _context(shown) | {"code": code})
    return _own_page(request, shown, there, code, changing=do == "change" and there.stands)


def _own_page(
    request: HttpRequest, shown: FormShown, there: Own, code: str, *, changing: bool
) -> HttpResponse:
    data = request.POST if changing else None
    initial = initial_said(there.said)
    form = PublicForm(data, kind=shown.kind, columns=there.columns, initial=initial)
    refusal, saved = None, False
    if changing:
        form.is_valid()
        try:
            change_own(
                slug=shown.said.slug, code=code, said=form.values, address=address_of(request)
            )
            saved = True
        except SaidWrong as wrong:
            form.refused(wrong)
        except SoseiError as error:
            refusal = error
    context = _context(shown) | {
        "there": there, "form": form, "code": code, "saved": saved, "refusal": refusal.sentence(lang()) if refusal else "",
        "refusal_code": refusal.code if refusal else "",
    }  # fmt: skip
    return render(request, "desk/public/own.html", context, status=422 if form.errors or refusal else 200)  # fmt: skip


def _context(shown: FormShown) -> dict[str, Any]:
    return {
        "one": shown,
        "slug": shown.said.slug,
        "office": office_of(shown.body),
        "held_days": HELD_DAYS,
    }
