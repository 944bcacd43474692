"""有識者意見. Experts are asked, give their opinions, the office answers and keeps what it promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sosei.core.fiscal import FiscalYear
from sosei.core.opinions import JUDGEMENTS, JudgedProject, Judgement, OpinionSheet
from sosei.core.text import join_lines
from sosei.journal.acts import Act, act
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.actions.inquiries import asking_office
from sosei.ledger.actions.reach import held_volume, volume_of
from sosei.ledger.flow import stage_name
from sosei.ledger.halts import (
    AskedAlready,
    BadDue,
    NoPromise,
    NotAsking,
    NotDoneYet,
    NotYourPaper,
    SaysNothing,
)
from sosei.ledger.judged import SECTORS, judged_projects, kept, sheet_of
from sosei.ledger.queries.charge import in_charge
from sosei.ledger.queries.fingerprint import fingerprint
from sosei.ledger.queries.view import view_of
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Department, Office, Person
from sosei.offices.permissions import Need, require

#: Stages of a volume in which opinions are asked for and given.
OPEN = frozenset({"experts", "assembly"})
_PLANNERS = frozenset({"planner", "planning_head"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expert:
    """有識者. A name as it is printed, the sector (産官学金労言), the account if there is one."""

    name: str
    sector: str | None = None
    person: int | None = None


def ask_experts(
    *, by: Person, volume: int, experts: Sequence[Expert], due_on: date, contact: str = ""
) -> list[m.OpinionPaper]:
    """意見を求める. Make a sheet for each expert, of all results as the report has them now.

    Raises NotAllowed, NotAsking, AskedAlready, BadDue, SaysNothing (a nameless expert), NoSuchThing.
    """
    require(by, "opinion.collect")
    row = volume_of(by, volume)
    must_be_open(row)
    if due_on < today():
        raise BadDue(due=due_on.isoformat(), today=today().isoformat())
    view = view_of(row)
    projects = judged_projects(view.report, [keys.entry for keys in view.entries])
    with act("opinion.ask", body=by.body, by=by.pk, subject=f"ledger.volume:{volume}") as w:
        row = held_volume(by, volume)
        must_be_open(row)
        first = m.OpinionPaper.objects.filter(
            body=by.body, volume__fiscal_year=row.fiscal_year
        ).count()
        made: list[m.OpinionPaper] = []
        for i, expert in enumerate(experts, first + 1):
            _new_expert(by, row, expert, [paper.expert for paper in made])
            sheet = _sheet(
                by, row, expert, i, (due_on, contact, projects, fingerprint(view.report))
            )
            made.append(w.add(_paper(row, sheet, expert)))
        w.facts |= {"papers": len(made)}
    return made


def must_be_open(row: m.Volume) -> None:
    """Refuse to take opinions of a volume at another stage. Raises NotAsking."""
    if row.stage not in OPEN:
        raise NotAsking(
            what=row.called(), stage=stage_name(row.stage), stage_en=stage_name(row.stage, "en")
        )


def _new_expert(by: Person, row: m.Volume, expert: Expert, made: Sequence[str]) -> None:
    name = expert.name.strip()
    if not name:
        raise SaysNothing(what="有識者の氏名")
    papers = m.OpinionPaper.objects.filter(volume=row, voided__isnull=True)
    if name in made or papers.filter(expert=name).exists():
        raise AskedAlready(expert=name)
    if expert.person and not Person.objects.filter(pk=expert.person, body=by.body).exists():
        raise NoSuchThing(what="有識者の利用者")


Given = tuple[date, str, tuple[JudgedProject, ...], str]


def _sheet(by: Person, row: m.Volume, expert: Expert, number: int, given: Given) -> OpinionSheet:
    due_on, contact, projects, base = given
    year = FiscalYear(row.fiscal_year)
    return OpinionSheet(
        mark=f"{year.short}-X{number}",
        body=Office.objects.get(body=by.body, voided__isnull=True).name,
        office=asking_office(by),
        fiscal_year=row.fiscal_year,
        title=row.title or f"{year}　地方創生関連交付金を活用した事業の効果検証",
        due_on=due_on,
        contact=contact,
        projects=projects,
        base=base,
        expert=expert.name.strip(),
        sector=SECTORS[expert.sector][0] if expert.sector in SECTORS else expert.sector,
    )


def _paper(row: m.Volume, sheet: OpinionSheet, expert: Expert) -> m.OpinionPaper:
    return m.OpinionPaper(
        volume=row, expert=sheet.expert or "", sector=expert.sector, person_id=expert.person,
        mark=sheet.mark, sheet=kept(sheet), sent_on=today(), due_on=sheet.due_on,
    )  # fmt: skip


def paper_of(by: Person, paper: int) -> m.OpinionPaper:
    """Return an expert's paper of the person's body. Raises NoSuchThing."""
    found = m.OpinionPaper.objects.select_related("volume").filter(
        pk=paper, body=by.body, voided__isnull=True
    ).first()  # fmt: skip
    if found is None:
        raise NoSuchThing(what="意見書")
    return found


def give_opinion(
    *, by: Person, paper: int, entry: int | None, judgement: Judgement | None, text: str
) -> m.Opinion:
    """意見を述べる. What an expert types in the browser, of an entry or (None) of the whole; saying it again replaces it.

    Raises NotAllowed, NotYourPaper, NotAsking, SaysNothing, NoSuchThing.
    """
    require(by, "opinion.give")
    row = paper_of(by, paper)
    if row.person_id != by.pk:
        raise NotYourPaper(expert=row.expert)
    _asked_of(row, entry)
    with act("opinion.give", body=by.body, by=by.pk, subject=f"ledger.opinionpaper:{paper}") as w:
        must_be_open(held_volume(by, row.volume_id))
        return write_opinion(w, row, entry, judgement, text)


def _asked_of(paper: m.OpinionPaper, entry: int | None) -> None:
    keys = {project.key for project in sheet_of(paper.sheet).projects}
    if entry is not None and f"E{entry}" not in keys:
        raise NoSuchThing(what="意見を求めている事業")


def write_opinion(
    w: Act,
    paper: m.OpinionPaper,
    entry: int | None,
    judgement: Judgement | None,
    text: str,
    document: m.Document | None = None,
) -> m.Opinion:
    """Write an opinion in an act: a new one, or in the place of what the same paper said of the same thing."""
    said = join_lines(text)
    if judgement is None and not said:
        raise SaysNothing(what=paper.called())
    if judgement is not None and judgement not in JUDGEMENTS:
        raise NoSuchThing(what=f"評価「{judgement}」")
    before = m.Opinion.objects.filter(paper=paper, entry=entry, voided__isnull=True).first()
    if before is not None:
        w.change(before, judgement=judgement, text=said, document=document)
    else:
        before = w.add(
            m.Opinion(
                volume=paper.volume, paper=paper, entry_id=entry, expert=paper.expert,
                sector=paper.sector, judgement=judgement, text=said, document=document,
            )
        )  # fmt: skip
    w.change(paper, answered_on=today())
    return before


def opinion_of(by: Person, opinion: int) -> m.Opinion:
    """Return an opinion of the person's body. Raises NoSuchThing."""
    found = m.Opinion.objects.select_related("entry", "volume").filter(
        pk=opinion, body=by.body, voided__isnull=True
    ).first()  # fmt: skip
    if found is None:
        raise NoSuchThing(what="有識者意見")
    return found


def _answering(row: m.Opinion) -> Need:
    """Return what answering needs: to be of a department in charge (or told to act), or of planning."""
    if row.entry_id is None and row.department_id is None:
        return Need("opinion.answer", among=_PLANNERS)
    charge = in_charge([row.entry_id])[row.entry_id] if row.entry_id else frozenset()
    told = frozenset({row.department_id}) if row.department_id else frozenset()
    return Need("opinion.answer", charge | told)


def may_answer(by: Person, opinion: int) -> bool:
    """Whether a person may answer an opinion, or say that what was promised is done. Raises NoSuchThing."""
    return _answering(opinion_of(by, opinion)).met(by)


def require_answering(by: Person, opinion: int) -> None:
    """Ask for the right to answer an opinion. Raises NotAllowed, NoSuchThing."""
    _answering(opinion_of(by, opinion)).require(by)


def answer_opinion(
    *,
    by: Person,
    opinion: int,
    response: str,
    due_on: date | None = None,
    department: int | None = None,
    seen: int | None = None,
) -> m.Opinion:
    """意見に対応を書く. What the office answers; with a day, it is a promise that stays open until it is kept.

    `department`: who is to do it. `seen`: the opinion's stamp. Raises NotAllowed, SaysNothing, BadDue, Stale.
    """
    row = opinion_of(by, opinion)
    _answering(row).require(by)
    said = join_lines(response)
    if not said:
        raise SaysNothing(what="対応")
    if due_on is not None and due_on != row.response_due and due_on < today():
        raise BadDue(due=due_on.isoformat(), today=today().isoformat())
    if department is not None and not _stands(by, department):
        raise NoSuchThing(what="担当課")
    with act("opinion.answer", body=by.body, by=by.pk, subject=f"ledger.opinion:{opinion}") as w:
        return w.change(
            row, seen=seen, response=said, response_due=due_on, responded_by=by,
            department_id=department,
        )  # fmt: skip


def _stands(by: Person, department: int) -> bool:
    found = Department.objects.filter(pk=department, body=by.body, voided__isnull=True).first()
    return found is not None and found.stands_on(today())


def keep_promise(
    *, by: Person, opinion: int, note: str, done_on: date | None = None, seen: int | None = None
) -> m.Opinion:
    """対応を終える. Say what was done about a promise, and when (None: today).

    Raises NotAllowed, NoPromise, SaysNothing, NotDoneYet, Stale.
    """
    row = opinion_of(by, opinion)
    _answering(row).require(by)
    if row.response is None or row.done_on is not None:
        raise NoPromise(what=row.entry.called() if row.entry else row.volume.called())
    said, day = join_lines(note), done_on or today()
    if not said:
        raise SaysNothing(what="対応の結果")
    if day > today():
        raise NotDoneYet(day=day.isoformat(), today=today().isoformat())
    with act("opinion.done", body=by.body, by=by.pk, subject=f"ledger.opinion:{opinion}") as w:
        return w.change(row, seen=seen, done_on=day, done_note=said)


def withdraw_opinion(*, by: Person, opinion: int, reason: str) -> m.Opinion:
    """意見を取り下げる. Take an opinion out, with the reason; planning for an expert. Raises NotAllowed, NoReason."""
    require(by, "opinion.collect")
    row = opinion_of(by, opinion)
    with act("opinion.withdraw", body=by.body, by=by.pk, subject=f"ledger.opinion:{opinion}") as w:
        return w.void(row, reason=reason)
