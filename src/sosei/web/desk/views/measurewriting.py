"""数え方を書く画面. A measure field by field or as its text, with what it would count beside; changed only once the years were compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sosei.evidence.actions.measures import define_measure
from sosei.evidence.binding import misfits
from sosei.evidence.measures import Measure, write
from sosei.evidence.queries.measures import (
    MeasureShown,
    answers_of,
    attribute_names,
    kinds_of,
    measure_shown,
    next_key,
    said,
)
from sosei.evidence.queries.preview import MOST, Preview, preview
from sosei.ledger.actions.counted import redefine_counted
from sosei.ledger.queries.latest import latest
from sosei.offices.permissions import require
from sosei.web.desk.forms.measures import MOST_ROWS, GuidedForm, MeasureForm, TextForm, guided
from sosei.web.desk.measurewords import years_up_to
from sosei.web.desk.saying import lang, say
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.views.measurerows import tables
from sosei.web.desk.views.measures import asked_year_of, usual_year
from sosei.web.desk.who import me, number_of

#: Years that are compared before a measure is changed.
COMPARED: Final = 5
#: Entries that are read each time a field changes; a press of the button reads more.
LIVE: Final = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """試した結果. What a measure would say, or everything that is wrong with it."""

    year: int
    sentence: str = ""
    text: str = ""
    unit: str = ""
    problems: tuple[str, ...] = ()
    preview: Preview | None = None
    tables: list[dict[str, Any]] = field(default_factory=list)


class Desk:
    """書く机. The form of a measure as it is sent, and what it was before (`one`)."""

    def __init__(self, request: HttpRequest, one: MeasureShown | None) -> None:
        self.request, self.one = request, one
        self.body: str = me(request).body
        self.kinds = kinds_of(self.body)
        self.attributes = attribute_names(self.body)
        self.stands = one.tree if one is not None else None
        self.sent: QueryDict | None = request.POST if request.method == "POST" else None

    @property
    def as_text(self) -> bool:
        """Whether the text itself is written: as the form says, or where the fields could not say it."""
        said_ = (self.sent or self.request.GET).get("mode")
        return said_ == "text" or (said_ is None and self.stands is not None and not self._fields())

    def _fields(self) -> dict[str, Any] | None:
        return guided(self.stands, self.kinds, self.attributes) if self.stands is not None else {}

    def bound(self) -> MeasureForm:
        """Return the form with what was sent."""
        if self.as_text:
            return TextForm(self.sent)
        return GuidedForm(
            self.sent, kinds=self.kinds, attributes=self.attributes, stands=self.stands
        )

    def initial(self) -> dict[str, Any]:
        """Return what the form begins with."""
        one = self.one
        if one is None:
            return {}
        words = {"name": one.name, "note": one.note or "", "text": one.text}
        return words | (self._fields() or {})

    def fresh(self, said_: dict[str, Any]) -> MeasureForm:
        """Return a form that says something, nothing of it refused."""
        if self.as_text:
            return TextForm(initial=said_)
        return GuidedForm(
            initial=said_, kinds=self.kinds, attributes=self.attributes, stands=self.stands
        )

    def typed(self, *, rows: int = 0) -> dict[str, Any]:
        """Return what was sent, as a form begins with it; `rows`: so many more conditions."""
        sent = self.sent if self.sent is not None else QueryDict()
        found: dict[str, Any] = {name: sent.get(name) for name in sent if name != "registers"}
        found["registers"] = sent.getlist("registers")
        now = number_of(sent.get("rows")) or 0
        return found | {"rows": str(min(now + rows, MOST_ROWS))}

    def look(self, form: MeasureForm, year: int, *, most: int = MOST) -> Look:
        """Return what a form's measure would say of a year."""
        form.is_valid()
        tree = form.tree
        if tree is None:
            return Look(year=year, problems=tuple(_wrong(form)))
        reasons = tuple(dict.fromkeys(one.said(lang()) for one in misfits(tree, self.kinds)))
        sentence = said(tree, self.kinds, lang()) if set(tree.registers) <= set(self.kinds) else ""
        if reasons:
            return Look(year=year, sentence=sentence, text=write(tree), unit=tree.unit, problems=reasons)  # fmt: skip
        tried_ = preview(self.body, tree, [year], most=most)
        return Look(
            year=year, sentence=sentence, text=write(tree), unit=tree.unit, preview=tried_,
            tables=tables(tried_.page, tree, known=()),
        )  # fmt: skip


def _wrong(form: MeasureForm) -> list[str]:
    """Return what is still to be said, or wrong, name by name; not the name of the measure itself, which counts nothing."""
    found = []
    for name, errors in form.errors.items():
        if name not in ("name", "note", "reason"):
            label = "" if name == "__all__" else f"{form.fields[name].label}："
            found += [f"{label}{error}" for error in errors]
    return found


@login_required
@require_http_methods(["GET", "POST"])
def measure_new(request: HttpRequest) -> HttpResponse:
    """Write a new measure."""
    require(me(request), "measure.define")
    return _written(request, Desk(request, None))


@login_required
@require_http_methods(["GET", "POST"])
def measure_edit(request: HttpRequest, measure: int) -> HttpResponse:
    """Write a measure otherwise; what it said and would say of five years is compared first."""
    person = me(request)
    require(person, "measure.define")
    return _written(request, Desk(request, measure_shown(person.body, measure)))


@login_required
@require_POST
def measure_look(request: HttpRequest) -> HttpResponse:
    """Show what a measure would count while it is written: a piece of its page."""
    require(me(request), "measure.define")
    desk = Desk(request, None)
    look = desk.look(desk.bound(), asked_year_of(request), most=LIVE)
    return render(request, "desk/measures/_look.html", {"look": look, "live": True})


def _written(request: HttpRequest, desk: Desk) -> HttpResponse:
    year, do = asked_year_of(request), request.POST.get("do", "")
    if desk.sent is None:
        return _page(request, desk, desk.fresh(desk.initial()), _standing(desk, year))
    form = desk.bound()
    if do in ("look", "row"):
        look = desk.look(form, year)
        return _page(request, desk, desk.fresh(desk.typed(rows=do == "row")), look)
    if do in ("as_text", "as_fields"):
        return _turned(request, desk, form, year, do)
    if not form.is_valid() or form.tree is None:
        return _page(request, desk, form, desk.look(form, year), status=422)
    if desk.one is None:
        return _defined(request, desk, form, year)
    return _redefined(request, desk, form, year)


def _standing(desk: Desk, year: int) -> Look | None:
    """Return what a measure says as it stands, for who begins to change it."""
    if desk.one is None:
        return None
    form = TextForm({"name": desk.one.name, "text": desk.one.text})
    return desk.look(form, year)


def _turned(
    request: HttpRequest, desk: Desk, form: MeasureForm, year: int, do: str
) -> HttpResponse:
    """Go on writing in the other way, with what was written in this one."""
    form.is_valid()
    typed, tree = desk.typed(), form.tree
    if tree is None:
        return _page(request, desk, form, desk.look(form, year), status=422)
    if do == "as_text":
        shown = TextForm(initial=typed | {"text": write(tree)})
        return _page(request, desk, shown, desk.look(form, year))
    fields = guided(tree, desk.kinds, desk.attributes)
    if fields is None:
        messages.info(request, say("この数え方は欄では書き表せません。文のまま直してください。", "The fields cannot say this measure: go on with the text."))  # fmt: skip
        return _page(request, desk, desk.fresh(typed), desk.look(form, year))
    known = {name: typed.get(name) for name in ("name", "note", "reason")}
    made = GuidedForm(
        initial=known | fields, kinds=desk.kinds, attributes=desk.attributes, stands=desk.stands
    )
    return _page(request, desk, made, desk.look(form, year))


def _defined(request: HttpRequest, desk: Desk, form: MeasureForm, year: int) -> HttpResponse:
    person, tree, given = me(request), form.tree, form.cleaned_data
    assert tree is not None
    made: list[Any] = []
    if tried(
        form,
        lambda: made.append(
            define_measure(
                by=person, key=next_key(person.body), name=given["name"], text=write(tree),
                note=given["note"] or None,
            )
        ),
    ):  # fmt: skip
        messages.success(request, say("数え方を登録しました。", "The measure was saved."))
        return redirect("desk:measure", made[0].pk)
    return _page(request, desk, form, desk.look(form, year), status=422)


def _redefined(request: HttpRequest, desk: Desk, form: MeasureForm, year: int) -> HttpResponse:
    """Save once the person saw what becomes of the years; else show it."""
    person, tree, one, given = me(request), form.tree, desk.one, form.cleaned_data
    assert tree is not None
    assert one is not None
    counts_otherwise = write(tree) != one.text
    if counts_otherwise and request.POST.get("compared") != write(tree):
        return _page(request, desk, form, desk.look(form, year), compare=True)
    mark = number_of(request.POST.get("seen"))
    if tried(
        form,
        lambda: redefine_counted(
            by=person, measure=one.pk, seen=mark or 0, name=given["name"], text=write(tree),
            note=given["note"] or None, reason=given["reason"],
        ),
    ):  # fmt: skip
        messages.success(request, say("数え方を変えました。", "The measure was changed."))
        return redirect("desk:measure", one.pk)
    now = Desk(request, measure_shown(person.body, one.pk))
    return _page(request, now, form, now.look(form, year), compare=counts_otherwise, status=422)


def _page(
    request: HttpRequest, desk: Desk, form: MeasureForm, look: Look | None, *, compare: bool = False, status: int = 200
) -> HttpResponse:  # fmt: skip
    one = desk.one
    year = asked_year_of(request)
    context: dict[str, Any] = {
        "form": form, "one": one, "look": look, "year": year,
        "as_text": isinstance(form, TextForm),
        "years": years_up_to(usual_year(desk.body), [year]),
    }  # fmt: skip
    if one is not None:
        context["seen"] = seen(
            request, form, one.stamp, stands=desk.initial, by=lambda: latest("measure", one.pk)
        )
    if compare and one is not None and form.tree is not None:
        form.fields["reason"].required = True  # said so; the act refuses where there is none
        context["compared"] = _compared(desk, one, form.tree)
        context["compared_text"] = write(form.tree)
    return render(request, "desk/measures/edit.html", context, status=status)


def _compared(desk: Desk, one: MeasureShown, tree: Measure) -> dict[str, Any] | None:
    """Return what five years say now, and would say."""
    if tuple(misfits(tree, desk.kinds)):
        return None
    last = usual_year(desk.body)
    years = list(range(last - COMPARED + 1, last + 1))
    now = answers_of(desk.body, one.pk, years)
    then = preview(desk.body, tree, years)
    rows = [(year, now.answers[year], now.asked[year], then.answers.get(year), then.asked[year]) for year in years]  # fmt: skip
    return {"rows": rows, "unit": one.tree.unit, "new_unit": tree.unit}
