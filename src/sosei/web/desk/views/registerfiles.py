"""定義のファイルの画面. A register's definition written as a file, and a register made from such a file of another city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.evidence.kindfiles import read_kind, written
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.queries.registers import register as register_shown
from sosei.evidence.shelves import offering
from sosei.offices.permissions import require
from sosei.web.desk.downloads import download
from sosei.web.desk.refusals import LargeFile
from sosei.web.desk.saying import say
from sosei.web.desk.trying import tried
from sosei.web.desk.uploads import plain_name, taken
from sosei.web.desk.views.registers import made_of, take_form
from sosei.web.desk.who import me

#: Kilobytes of a definition, which is a page of text; what is larger is none.
MOST: Final = 64
_KB: Final = 1024


@dataclass(frozen=True, slots=True)
class Given:
    """渡されたもの. The file as it was handed in, kept in the form until the register is made."""

    name: str
    said: str
    kind: RegisterKind


@login_required
@require_GET
def definition_file(request: HttpRequest, register: int) -> HttpResponse:
    """Give the definition of a register as a file."""
    person = me(request)
    shown = register_shown(person.body, register)
    require(person, "register.see")
    return download(f"{shown.kind.ja}.toml", written(shown.kind).encode(), "toml")


@login_required
@require_http_methods(["GET", "POST"])
def from_file(request: HttpRequest) -> HttpResponse:
    """Make a register from a definition file; what it holds is shown before."""
    person = me(request)
    require(person, "register.make")
    if request.method == "GET":
        return render(request, "desk/registers/from_file.html", {})
    given = _given(request)
    form = take_form(person, given.kind, request.POST if "said" in request.POST else None)
    made: list[Any] = []
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        if tried(form, lambda: made.append(made_of(person, given.kind, said))):
            messages.success(
                request, say("「{n}」を作りました。", "“{n}” was made.", n=said["name"])
            )
            return redirect("desk:register", made[0].pk)
    context = {"form": form, "offered": offering(given.kind), "given": given}
    return render(request, "desk/registers/take.html", context, status=422 if form.errors else 200)


def _given(request: HttpRequest) -> Given:
    """Return what was handed in, now or on the page before. Raises NoFile, LargeFile, UnreadableKindFile, BadRegisterKind."""
    if "said" in request.POST:
        name, data = plain_name(request.POST.get("file_name", "")), request.POST["said"].encode()
    else:
        name, data = taken(request.FILES.get("file"))
    if len(data) > MOST * _KB:
        raise LargeFile(name=name, size=f"{-(-len(data) // _KB)}KB", limit=f"{MOST}KB")
    return Given(name, data.decode("utf-8-sig", "replace"), read_kind(data, name))
