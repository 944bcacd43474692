"""数えた行の画面. From a count to the entries it rests on, a page at a time; of confidential registers only breakdowns."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.core.fiscal import RANGE
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.model import Measure
from sosei.evidence.queries.documents import counts
from sosei.evidence.queries.drill import PageCounted, RowCounted, page
from sosei.evidence.queries.measures import MeasureShown, answers_of, measure_shown
from sosei.evidence.queries.strata import strata
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.measurerows import RowsForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.registerwords import cells, heads, who_shown
from sosei.web.desk.views.registers import knows
from sosei.web.desk.who import me


@login_required
@require_GET
def measure_rows(request: HttpRequest, measure: int, year: int) -> HttpResponse:
    """Show the entries that a measure counts for a year."""
    person = me(request)
    require(person, "register.see")
    if year not in RANGE:
        raise NoSuchPage
    one = measure_shown(person.body, measure)
    form = RowsForm(request.GET, tree=one.tree, kinds=kinds_counted(one))
    asked = form.asked()
    found = page(person.body, one.tree, year, asked, open_to=open_to(person, one))
    counted = answers_of(person.body, measure, [year])
    context = {
        "one": one, "year": year, "form": form, "answer": counted.answers[year], "asked_n": counted.asked[year],
        "tables": tables(found, one.tree, known_in(person, one.registers)), "papers": papers(found), "page": found, "first_page": asked.after and _address(request, after=None),
        "more": _address(request, after=found.more) if found.more else "",
        "filtered": any(request.GET.get(name) for name in ("words", "first", "last")),
        "strata": strata(person.body, one.tree, year, [r.kind.key for r in found.registers if r.hidden]),
        "hidden": [r for r in found.registers if r.hidden],
    }  # fmt: skip
    return render(request, "desk/measures/rows.html", context)


def papers(found: PageCounted) -> dict[str, int]:
    """Return how many documents prove each row of a page, by register and number ("5:12")."""
    several = {one.register for one in found.rows}
    told = counts(several, [one.row.record.id for one in found.rows]) if several else {}
    return {f"{register}:{number}": n for (register, number), n in told.items()}


def kinds_counted(one: MeasureShown) -> list[RegisterKind]:
    """Return the registers whose entries a measure counts."""
    return [one.kinds[key] for key in dict.fromkeys(one.tree.registers) if key in one.kinds]


def open_to(person: Any, one: MeasureShown) -> set[int]:
    """Return the registers of which a person sees the rows though they are confidential: those he enters in."""
    return {
        pk for pk, _, department in one.registers if may(person, "register.write", [department])
    }


def known_in(person: Any, registers: Iterable[tuple[int, str, int]]) -> set[int]:
    """Return the registers of which a person may see who the persons in it are."""
    return {pk for pk, _, department in registers if knows(person, department)}


def tables(found: PageCounted, tree: Measure, known: Collection[int]) -> list[dict[str, Any]]:
    """Return the rows of a page as tables, one for each run of rows of one register; columns that say nothing are left out.

    `known`: registers of which the viewer may see who persons are.
    """
    kinds = {one.pk: one.kind for one in found.registers}
    return [
        _table(register, kinds[register], tree, list(several), register in known)
        for register, several in groupby(found.rows, key=lambda one: one.register)
    ]


def _table(
    register: int, kind: RegisterKind, tree: Measure, several: list[RowCounted], told: bool
) -> dict[str, Any]:
    said = [cells(kind, one.row) for one in several]
    # of a case the day of the stage that counts has a column of its own
    shown = [
        n for n, _ in enumerate(heads(kind))
        if any(each[n].words for each in said) and not (tree.stage is not None and n == kind.groups)
    ]  # fmt: skip
    return {
        "register": register, "kind": kind, "stage": tree.stage, "heads": [heads(kind)[n] for n in shown],
        "rows": [
            (one.row, one.day, who_shown(kind, one.row, knows=told), [each[n] for n in shown])
            for one, each in zip(several, said, strict=True)
        ],
    }  # fmt: skip


def _address(request: HttpRequest, **said: str | None) -> str:
    """Return this page's question with some of it said otherwise (None: no longer)."""
    asked = {name: value for name, value in request.GET.items() if value} | said
    return "?" + urlencode({name: value for name, value in asked.items() if value})
