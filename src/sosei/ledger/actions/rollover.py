"""年度更新. The next year's book is opened from this one: what runs comes along, plans become results, finished ones rest.

Nothing that is written is overwritten: a year that has its book is refused. Definitions, targets and members come
along; what was done, spent and judged stays in its year. What the book does not say is left as a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from sosei.core.errors import NoReason
from sosei.core.fiscal import FiscalYear
from sosei.core.schemes import known_schemes
from sosei.core.years import find_years
from sosei.journal.acts import Act, act
from sosei.ledger import models as m
from sosei.ledger.actions.comealong import Along
from sosei.ledger.actions.entries import open_for
from sosei.ledger.actions.locks import require_unlocked
from sosei.ledger.actions.reach import held_volume, owned
from sosei.ledger.queries.rollover import Coming, RollOver, next_of, rollover_of
from sosei.ledger.refusals import NoSuchThing
from sosei.ledger.turnings import ComesAlready, NoSuchScheme, NoYearYet, StillInWork, YearThere
from sosei.offices.models import Person
from sosei.offices.permissions import require

#: What may be answered where the book does not say what becomes of a project.
ANSWERS: Final = ("along", "rest")
#: Full-width digits and letters of years, as half-width ones.
_HALF: Final = str.maketrans("０１２３４５６７８９ＲＨＳ", "0123456789RHS")
_COME: Final = frozenset({"along", "result", "later"})


def roll_over(*, by: Person, volume: int, answers: Mapping[int, str] | None = None) -> m.Volume:
    """年度を更新する. Open the next year's volume from this one. `answers`: entry → "along" or "rest", for questions.

    Raises NotAllowed, NoSuchThing, YearThere.
    """
    require(by, "year.roll")
    said = answers or {}
    with act("year.roll", body=by.body, by=by.pk, subject=f"ledger.volume:{volume}") as w:
        row = held_volume(by, volume)
        if next_of(row) is not None:
            raise YearThere(year=FiscalYear(row.fiscal_year + 1))
        plan = rollover_of(row)
        made = w.add(_opened(row))
        coming = [each for each in plan.coming if _comes(each, said)]
        Along(w, row, made).bring(coming)
        for each in plan.coming:
            if each.fate == "rests" or said.get(each.entry) == "rest":
                _rest(w, each, plan)
        w.facts |= {
            "year": made.fiscal_year,
            **{fate: len(plan.of(fate)) for fate in ("along", "result", "later", "rests", "asks")},
        }
    return made


def settle(
    *, by: Person, volume: int, entry: int, answer: str, reason: str = ""
) -> m.ProjectYear | m.Project:
    """年度更新の問いに答える. "along": the entry comes into the next book; "rest": its project rests, with a reason.

    Into a book that is past collecting nothing comes along: there a correction is needed.
    Raises NotAllowed, NoSuchThing, NoYearYet, ComesAlready, NoReason, StillInWork, Locked.
    """
    require(by, "year.roll")
    subject = f"ledger.project:{_project_of(by, entry)}"
    with act("year.settle", body=by.body, by=by.pk, subject=subject, facts={"answer": answer}) as w:
        row = held_volume(by, volume)
        plan = rollover_of(row)
        each = _asked(plan, entry, answer)
        if answer == "rest":
            if not reason.strip():
                raise NoReason(what="休止")
            return _rest(w, each, plan)
        assert plan.next_volume is not None  # _asked refuses where there is none
        after = held_volume(by, plan.next_volume)
        open_for(by, after)
        project = m.Project.objects.get(pk=each.project)
        if project.rests_since is not None:
            w.change(project, rests_since=None)
        [made] = Along(w, row, after).bring([each])
        return made


def _project_of(by: Person, entry: int) -> int:
    """Return the project of an entry. Raises NoSuchThing."""
    return owned(m.ProjectYear, by, entry, "年度更新の事業").project_id


def _asked(plan: RollOver, entry: int, answer: str) -> Coming:
    """Return what an answer is about. Raises NoSuchThing, NoYearYet, ComesAlready, StillInWork."""
    each = next((one for one in plan.coming if one.entry == entry), None)
    if each is None or answer not in ANSWERS:
        raise NoSuchThing(what="年度更新の事業")
    if plan.next_volume is None:
        raise NoYearYet(year=FiscalYear(plan.next_year))
    if each.next_entry is not None:
        refusal = ComesAlready if answer == "along" else StillInWork
        raise refusal(what=each.name, year=FiscalYear(plan.next_year))
    return each


def rename_scheme(*, by: Person, entry: int, scheme: str, seen: int | None = None) -> m.ProjectYear:
    """交付金名称を改める. The project goes on under the scheme that took its old one's place.

    Raises NotAllowed, NoSuchScheme, Locked, Stale.
    """
    require(by, "year.roll")
    subject = f"ledger.projectyear:{entry}"
    with act("scheme.rename", body=by.body, by=by.pk, subject=subject) as w:
        [row] = require_unlocked(by, [entry])
        year = row.volume.fiscal_year
        known = {one.id: one for one in known_schemes() if one.in_force(year)}
        if scheme not in known:
            raise NoSuchScheme(what=scheme, year=FiscalYear(year))
        trace = {k: v for k, v in row.trace.items() if k not in ("grant", "grant_type")}
        return w.change(
            row, seen=seen, scheme=scheme, grant=known[scheme].ja, grant_type=None, trace=trace
        )


def _comes(each: Coming, said: Mapping[int, str]) -> bool:
    answer = said.get(each.entry)
    return answer == "along" or (answer != "rest" and each.fate in _COME)


def _rest(w: Act, each: Coming, plan: RollOver) -> m.Project:
    project = m.Project.objects.get(pk=each.project)
    since = project.rests_since
    return w.change(
        project, rests_since=plan.next_year if since is None else min(since, plan.next_year)
    )


def _opened(row: m.Volume) -> m.Volume:
    """Return the next year's volume, not yet written: this one's words with the next year's name."""
    return m.Volume(
        fiscal_year=row.fiscal_year + 1,
        series=row.series,
        title=_of_next_year(row.title, row.fiscal_year),
        chapter=_of_next_year(row.chapter, row.fiscal_year),
        said_year=row.fiscal_year + 1 if row.said_year is not None else None,
        said_basis=row.said_basis,
        bodies=[{k: v for k, v in body.items() if k != "place"} for body in row.bodies],
        publish_due=_year_later(row.publish_due),
    )


def _of_next_year(text: str | None, year: int) -> str | None:
    """Return words in which the year is the next one's, as it was written; other years stay.

    >>> _of_next_year("令和３年度 実績（R3、2021年度）と平成30年度との比較", 2021)
    '令和4年度 実績（R4、2022年度）と平成30年度との比較'
    """
    if text is None:
        return None
    for found in reversed(find_years(text, near=year)):
        if found.fiscal_year == year and found.kind in ("fiscal", "calendar"):
            words = _renamed(text[found.start : found.end].translate(_HALF), year)
            text = text[: found.start] + words + text[found.end :]
    return text


def _renamed(words: str, year: int) -> str:
    """Return one mention of a year as the next one's: 令和3年度（2021年度） → 令和4年度（2022年度）."""
    before, after = FiscalYear(year), FiscalYear(year + 1)
    for was, now in (
        (str(before).removesuffix("年度"), str(after).removesuffix("年度")),
        (before.short, after.short),
        (before.western.removesuffix("年度"), after.western.removesuffix("年度")),
    ):
        spaced = r"[ .]*".join(
            (re.escape(was.rstrip("元0123456789")), was[len(was.rstrip("元0123456789")) :])
        )
        words = re.sub(rf"(?<![0-9]){spaced}(?![0-9])", now, words)
    return words


def _year_later(day: date | None) -> date | None:
    if day is None:
        return None
    return date(day.year + 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def answered(pairs: Iterable[tuple[str, Any]]) -> dict[int, str]:
    """Return the answers of a form: fields named entry-12 with "along" or "rest"."""
    return {
        int(name.removeprefix("entry-")): str(value)
        for name, value in pairs
        if name.startswith("entry-")
        and name.removeprefix("entry-").isdecimal()
        and value in ANSWERS
    }
