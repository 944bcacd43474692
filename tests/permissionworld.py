"""権限の見本. One thing of every kind that a page of the desk is about: of the officers' own department, and of another."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from bookroom import Town, person
from deskroom import PASSWORD
from documentroom import PLAIN, attached, pdf
from evidenceroom import defined, entered, firm, made, member
from formroom import JOIN, TAMAO, sent
from paperroom import paper
from sheetsroom import filled as sheet_filled
from sosei.core.report import Indicator, Project, Report, Said, Value, Year, YearPoint
from sosei.evidence import models as em
from sosei.evidence.actions.closings import ask, close_register
from sosei.evidence.actions.correcting import see_person
from sosei.evidence.actions.foreseeing import foresee
from sosei.evidence.actions.incidents import Leak, close_leak, report_leak
from sosei.evidence.actions.persons import give_consent, hold_person
from sosei.evidence.actions.publicforms import open_form
from sosei.evidence.actions.registers import make_register
from sosei.evidence.actions.returned import hand_in
from sosei.evidence.actions.subjects import set_attribute
from sosei.evidence.actions.uploads import keep_upload, kept_upload
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.kindfiles import written
from sosei.evidence.kinds import catalogue
from sosei.evidence.queries.importing import looked
from sosei.evidence.queries.sheetsout import Words, sheets_made, sheets_page
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.counted import count_by
from sosei.ledger.actions.editions import publish_edition
from sosei.ledger.actions.inquiries import Wording, send_inquiry
from sosei.ledger.actions.locks import lift_lock
from sosei.ledger.actions.mending import mend_batch
from sosei.ledger.actions.money import Line, set_spending
from sosei.ledger.actions.opinionfiles import propose_opinions
from sosei.ledger.actions.opinions import Expert, answer_opinion, ask_experts, give_opinion
from sosei.ledger.actions.proposals import propose_answers, propose_report
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.spent import count_spending_by
from sosei.ledger.actions.strangers import keep_stranger
from sosei.ledger.actions.waivers import waive_finding
from sosei.ledger.mending import Mend
from sosei.ledger.queries.looks import findings_of
from sosei.ledger.queries.opinionsheets import asked_in, file_of
from sosei.ledger.queries.readings import reading_seen
from sosei.offices.actions.assignments import name_deputy
from sosei.offices.actions.departments import add_department, close_department
from sosei.offices.actions.people import leave
from sosei.offices.models import Assignment, Person
from sosei.offices.queries.roster import mark_of, roster_of
from sosei.publishing import publish
from yearbook import book

#: A roster of transfers, and the day from which it holds.
ROSTER = ("kanko\t\t\tものづくり推進課\t担当者", date(2022, 7, 1))
JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)
ROLES = (
    "anonymous", "planner", "planning_head", "officer", "section_head", "expert", "auditor",
    "admin", "leaver",
)  # fmt: skip


@dataclass
class World:
    """The people by role, and the things that are named in the table: numbers, words, files (name and content)."""

    town: Town
    people: dict[str, Person | None]
    things: dict[str, object] = field(default_factory=dict)


def world() -> World:
    """Make it all, in June."""
    with clock.at(JUNE):
        made = book()
        town = made.town
        gone = person("yameta", "退職 した子")
        with act("test.gone", body=gone.body, by=None) as w:
            w.add(
                Assignment(
                    person=gone, role="officer", department=town.it, first_day=date(2020, 4, 1)
                )
            )
        found = World(
            town,
            {role: getattr(town, role) for role in ROLES if hasattr(town, role)}
            | {"anonymous": None, "leaver": gone},
        )
        things = found.things
        things |= {
            "volume": made.volume.pk, "own": made.it.pk, "other": made.tourism.pk,
            "it": town.it.pk, "tourism": town.tourism.pk,
            "own_line": m.Line.objects.filter(entry=made.it).earliest("pk").pk,
            "other_line": m.Line.objects.filter(entry=made.tourism).earliest("pk").pk,
            "myself": 0, "colleague": town.other.pk, "other_officer": town.planner.pk,
            "own_cell": f"A{m.Point.objects.get(indicator=m.Line.objects.filter(entry=made.it).earliest('pk').indicator, fiscal_year=2021).pk}",
            "posting": Assignment.objects.get(person=town.other).pk,
        }  # fmt: skip
        things["deputyship"] = name_deputy(
            by=town.admin, person=town.other.pk, deputy=town.officer.pk,
            first_day=date(2022, 7, 1), last_day=date(2022, 7, 2), reason="休暇",
        ).pk  # fmt: skip
        _decisions(found, made)
        _inquiry(found)
        _flow(found, made)
        _published(found)
        _under_way(found)
        _judged(found)
        _registers(found)
        _measures(found)
        _spent(found)
        _privacy(found)
        _readings(found)
        data = publish(_small(2018), "json")
        things["stranger"] = keep_stranger(by=town.planner, name="他市.json", data=data).pk
        for who in found.people.values():
            if who is not None:
                who.set_password(PASSWORD)
                who.save()
        leave(by=town.admin, person=gone.pk, on=date(2022, 3, 31))
        found.people["leaver"] = Person.objects.get(pk=gone.pk)
        things |= {
            "gone": gone.pk,
            "closed": _closed(found),
            "roster_mark": _roster(town.admin),
            "report_file": ("報告.json", publish(_small(2017), "json")),
        }
    return found


def _roster(by: Person) -> str:
    """Return the mark of the roster that is registered."""
    text, day = ROSTER
    return mark_of(roster_of(by, text, day), day)


def _closed(found: World) -> int:
    """Make a department and close it."""
    by = found.town.admin
    made = add_department(by=by, code="98", name="閉じた課", first_day=date(2020, 4, 1))
    return close_department(by=by, department=made.pk, last_day=date(2022, 5, 31), seen=None).pk


def _decisions(found: World, made) -> None:
    with act("test.decide", body=found.town.planner.body, by=None) as w:
        for name, entry in (("own_decision", made.it), ("other_decision", made.tourism)):
            found.things[name] = w.add(
                m.GrantDecision(
                    project=entry.project, fiscal_year=2021, number=name, decided_on=date(2021, 4, 1),
                    yen=1, report_due=date(2022, 4, 10),
                )
            ).pk  # fmt: skip


def _inquiry(found: World) -> None:
    t = found.town
    sent = send_inquiry(
        by=t.planner, volume=found.things["volume"], departments=[t.it.pk, t.tourism.pk],
        kinds=["values", "missing", "words", "texts"], words=Wording(title="照会", due_on=date(2022, 6, 30)),
    )  # fmt: skip
    found.things["inquiry"] = sent.pk
    for name, department in (("own", t.it), ("other", t.tourism)):
        part = m.InquiryPart.objects.get(inquiry=sent, department=department)
        found.things[f"{name}_part"] = part.pk
        data = bytes(m.Blob.objects.get(sha256=part.workbook.sha256).data)
        [came] = propose_answers(by=t.planner, inquiry=sent.pk, files=[(f"{name}.xlsx", data)])
        assert came.batch is not None, came.error
        found.things[f"{name}_batch"] = came.batch
        found.things[f"{name}_workbook"] = (f"{name}.xlsx", _saved_again(data))


def _readings(found: World) -> None:
    """Two reports of one layout that an officer brought in; the first one's correction is learned."""
    by, read = found.town.officer, []
    for name, city in (("報告書.pdf", "見本市"), ("他所市の報告書.pdf", "他所市")):
        came = propose_report(by=by, name=name, data=paper("令和4年度", city=city), year=2021)
        assert came.batch is not None, came.error
        read.append(came.batch)
    seen = reading_seen(by, read[0])
    figure = next(one for one in seen.reading.figures if one.role == "actual")
    mend = Mend(at=figure.path, year=2020)
    mend_batch(by=by, batch=read[0], mend=mend, alike=True, seen=seen.stamp)
    habit = m.LayoutHabit.objects.get().pk
    found.things |= {"file_reading": read[0], "second_file_reading": read[1], "habit": habit}


def _saved_again(data: bytes) -> bytes:
    """Return a workbook as a department saves it: what it says is the same, its bytes are others."""
    book, out = load_workbook(BytesIO(data)), BytesIO()
    book.save(out)
    return out.getvalue()


def _flow(found: World, made) -> None:
    t = found.town
    found.things["exemption"] = lift_lock(
        by=t.planning_head, entry=made.it.pk, until=clock.now() + timedelta(days=2), reason="確定値"
    ).pk
    found_in = findings_of(made.volume)
    first = next(f for each in found_in.values() for f in each)
    entry = next(e for e, each in found_in.items() if first in each)
    for name, row in (("own", made.it), ("other", made.tourism)):
        last = found_in[row.pk][-1]
        found.things |= {f"{name}_rule": last.finding.code, f"{name}_about": last.about}
    found.things["waiver"] = waive_finding(
        by=t.planner,
        entry=entry,
        rule=first.finding.code,
        about=first.about,
        reason="そのままでよい",
    ).pk


def _small(year: int) -> Report:
    indicator = Indicator(
        name=Said(text=f"{year}の参加者"), unit="人",
        years=(YearPoint(fiscal_year=year, target=Value(number=Decimal(1)), actual=Value(number=Decimal(2))),),
    )  # fmt: skip
    return Report(
        title=Said(text="実績"),
        fiscal_year=Year(year=year),
        projects=(
            Project(
                name=Said(text=f"{year}の事業"), departments=(Said(text="ものづくり推進課"),),
                indicators=(indicator,),
            ),
        ),
    )  # fmt: skip


def _at(found: World, year: int, stage: str) -> m.Volume:
    volume = record_report(by=found.town.planner, report=_small(year))
    with act("test.stage", body=volume.body, by=None) as w:
        for entry in m.ProjectYear.objects.filter(volume=volume):
            w.change(entry, stage="accepted")
        return w.change(volume, stage=stage)


def _published(found: World) -> None:
    volume = _at(found, 2019, "assembly")
    edition = publish_edition(by=found.town.planning_head, volume=volume.pk)
    file = m.EditionFile.objects.filter(edition=edition).earliest("pk")
    with act("test.paper", body=volume.body, by=None) as w:
        document = w.add(
            m.Document(
                name="決裁.pdf", sha256=file.sha256, size=file.size, format="pdf", purpose="paper",
                volume=volume,
            )
        )  # fmt: skip
        w.add(m.Paper(volume=volume, document=document))
    found.things |= {
        "published": volume.pk, "edition": edition.pk, "file": file.pk, "decision_paper": document.pk,
        "published_entry": m.ProjectYear.objects.get(volume=volume).pk,
    }  # fmt: skip


def _under_way(found: World) -> None:
    """Make a report at each step: all confirmed, before the decision with its papers, decided, before the assembly."""
    for year, name, stage in (
        (2014, "gathered", "collecting"), (2015, "deciding", "deciding"), (2016, "decided", "decided"), (2013, "ready", "assembly"),
    ):  # fmt: skip
        found.things[name] = _at(found, year, stage).pk
    with act("test.paper", body=found.town.planner.body, by=None) as w:
        document = m.Document.objects.get(pk=found.things["decision_paper"])
        w.add(m.Paper(volume_id=found.things["deciding"], document=document))


def _judged(found: World) -> None:
    t = found.town
    volume = _at(found, 2020, "experts")
    mine, other = ask_experts(
        by=t.planner, volume=volume.pk, due_on=date(2022, 7, 31),
        experts=[Expert(name=t.expert.name, person=t.expert.pk), Expert(name="別の人")],
    )  # fmt: skip
    entry = m.ProjectYear.objects.get(volume=volume)
    opinion = give_opinion(
        by=t.expert, paper=mine.pk, entry=entry.pk, judgement="effective", text="よい"
    )
    answer_opinion(
        by=t.planner, opinion=opinion.pk, response="検討する", department=t.it.pk, due_on=date(2022, 9, 30), seen=None,
    )  # fmt: skip
    found.things["sheet_file"] = file_of(asked_in(volume.body, mine.pk), "xlsx")
    name, data = file_of(asked_in(volume.body, other.pk), "xlsx")
    reading = propose_opinions(by=t.planner, paper=other.pk, name=name, data=data)
    found.things |= {
        "judged": volume.pk, "judged_entry": entry.pk, "my_paper": mine.pk, "other_paper": other.pk,
        "opinion": opinion.pk, "reading": reading.pk,
    }  # fmt: skip


def _handed_in(t: Town, register: int) -> dict[str, object]:
    """Let the planner hand a sheet in, on its way into a register; `own_import_seen`: what he looked at."""
    data = "団体名,加入日\n新しい会員,2022-05-01\n".encode()
    upload = keep_upload(by=t.planner, register=register, name="会員.csv", data=data)
    file = kept_upload(by=t.planner, register=register, upload=upload)
    opened = looked(t.planner.body, register, file)
    seen = foresee(by=t.planner, register=register, sheet=opened.to_read(None), mapping=opened.mapping)  # fmt: skip
    return {"own_upload": upload, "own_import_seen": seen.mark}


def _documents(t: Town, of: dict[str, em.Register]) -> dict[str, object]:
    """Attach a document to the first entry of each register; that of a person says who he is. And a file to be attached."""
    made = {
        f"{name}_document": attached(
            t, register, pdf(name), said=replace(PLAIN, personal=name == "people")
        ).pk
        for name, register in of.items()
    }
    old = attached(t, of["own"], pdf("old"), said=replace(PLAIN, year=2010)).pk
    return {**made, "due_document": old, "document_file": ("請求書.pdf", pdf("invoice"))}


def _came_back(t: Town, survey: int) -> dict[str, object]:
    """Let the planner hand in a survey sheet that a firm filled in; `returned_file`: its name and bytes."""
    page = sheets_page(t.planner.body, survey, 2021)
    words = Words(purpose="成果を確かめるため", due=None, contact="課の電話")
    (made_,) = sheets_made(page, [row.subject for row in page.firms], words)
    data = sheet_filled(made_.data, {"就職者数": 1, "地元の高等教育機関の卒業生": "はい"})
    upload = hand_in(by=t.planner, register=survey, files=[("回答.xlsx", data)])
    return {"own_returned": upload, "returned_file": ("回答.xlsx", data)}


def _registers(found: World) -> None:
    """Make a register of the officers' own department, one of another, and a confidential one of that."""
    t = found.town
    own, other = made(t, "members"), made(t, "platform", t.tourism)
    quiet = made(t, "overseas_sales", t.tourism)
    members = [member("見本鋳造", date(2021, 4, 1)), member("見本精機", date(2021, 6, 1))]
    batches = [entered(t, register, members) for register in (own, other)]
    entered(t, quiet, [Draft(who=firm("見本鋳造"), year=2021, values={"amount": Decimal(5)})])
    firms = em.Subject.objects.filter(name__in=["見本鋳造", "見本精機"]).order_by("pk")
    found.things |= dict(zip(("firm", "second_firm"), firms.values_list("pk", flat=True), strict=True))  # fmt: skip
    set_attribute(by=t.planner, subject=found.things["firm"], name="trade", value="製造業")
    found.things["register_sheet"] = (
        "会員.csv",
        "企業名,入会日,種別\n甲社,2021/4/1,正会員\n".encode(),
    )
    found.things["own_survey"] = survey = made(t, "hires").pk
    ask(by=t.planner, register=survey, year=2020, subjects=[found.things["firm"]], sent=None, due=None)  # fmt: skip
    ask(by=t.planner, register=survey, year=2021, subjects=[found.things["second_firm"]], sent=None, due=None)  # fmt: skip
    found.things |= _came_back(t, survey)
    found.things["register_definition"] = ("events.toml", written(catalogue()["events"]).encode())
    people = made(t, "registrants")
    entered(t, people, [Draft(who=Who(kind="person", name="関係 人子"), first=date(2021, 4, 1))])
    _forms(found, people)
    closing = close_register(by=t.section_head, register=own.pk, until=date(2021, 3, 31))
    found.things |= {
        "own_register": own.pk, "other_register": other.pk, "quiet_register": quiet.pk, "own_closing": closing.pk,
        **_documents(t, {"own": own, "other": other, "quiet": quiet, "people": people}), **_handed_in(t, own.pk), "own_people": people.pk, "own_register_batch": batches[0].pk, "other_register_batch": batches[1].pk,
    }  # fmt: skip


def _measures(found: World) -> None:
    """Make measures of a register that is closed: one that counts the officers' own indicator, two that count none."""
    t = found.town
    events = made(t, "events")
    entered(
        t, events, [Draft(first=date(2021, 5, 1), values={"title": "催し", "kind": "セミナー"})]
    )
    close_register(by=t.section_head, register=events.pk, until=date(2022, 3, 31))
    for name, unit in (("own_measure", "人"), ("loose_measure", "人"), ("other_measure", "人泊")):
        text = f'count of events during fiscal unit "{unit}"'
        found.things[name] = defined(t, name, text).pk
    count_by(by=t.planner, line=found.things["own_line"], measure=found.things["own_measure"])


def _spent(found: World) -> None:
    """Tie a line of money of each department to a measure of contracts that is counted to the end."""
    t = found.town
    contracts = made(t, "commissions")
    found.things["case_register"] = contracts.pk
    paid = {"title": "業務", "amount": Decimal(9_000_000), "paid": Decimal(9_000_000)}
    days = (date(2021, 5, 1), None, date(2022, 2, 1), date(2022, 3, 1))
    entered(t, contracts, [Draft(who=firm("見本鋳造"), reached=days, values=paid)])
    close_register(by=t.section_head, register=contracts.pk, until=date(2022, 3, 31))
    text = 'sum paid of commissions reaching "支払" during fiscal unit "円"'
    found.things["spent_measure"] = measure = defined(t, "spent", text).pk
    set_spending(
        by=t.planner, entry=found.things["other"], seen=None, lines=[Line(label="委託", amount="8,000")]
    )  # fmt: skip
    for name in ("own", "other"):
        line = m.Spending.objects.filter(entry=found.things[name], voided=None).earliest("pk").pk
        found.things[f"{name}_spending"] = line
        count_spending_by(by=t.planner, spending=line, measures=[measure])


def _privacy(found: World) -> None:
    """Make persons of whom one's time is over and one is held, a leak that is open, one that is closed."""
    t = found.town
    talks = {
        "kind": "log", "ja": "相談記録", "en": "Talks", "subject": "person", "purpose": "相談に応じるため",
        "fields": {"needs": {"ja": "配慮", "en": "Needs", "type": "text", "personal": True}},
    }  # fmt: skip
    kept = make_register(by=t.planner, key="privatetalks", definition=talks, department=t.it.pk, keep_years=1)  # fmt: skip
    persons = [Who(kind="person", name=name) for name in ("期限 過ぎ子", "保存 続く子")]
    entered(t, kept, [Draft(who=who, first=date(2021, 4, 1), values={"needs": "静かな部屋"}) for who in persons])  # fmt: skip
    over, held = em.Entry.objects.filter(register=kept).order_by("number").values_list("subject", flat=True)  # fmt: skip
    give_consent(by=t.planner, subject=over, register=kept.pk, given_on=date(2015, 4, 1))
    hold_person(by=t.planner, subject=held, register=kept.pk, reason="返還の義務が残る")
    other = make_register(by=t.planner, key="othertalks", definition=talks | {"ja": "観光の相談"}, department=t.tourism.pk)  # fmt: skip
    entered(t, other, [Draft(who=Who(kind="person", name="観光 好子"), first=date(2021, 4, 1))])
    leak = Leak(
        title="案内メールの誤送信", known=JUNE - timedelta(days=2), kinds=("plain",), persons=3
    )
    open_ = report_leak(by=t.planner, department=t.it.pk, said=replace(leak, kinds=("sensitive",)))
    plain, shut = (report_leak(by=t.planner, department=t.it.pk, said=leak) for _ in range(2))
    close_leak(by=t.planner, incident=shut.pk, outcome="宛先を二人で確かめる", seen=None)
    far = report_leak(by=t.planner, department=t.tourism.pk, said=leak)
    known = see_person(by=t.planner, subject=over, register=kept.pk)
    found.things |= {
        "kept_register": kept.pk, "due_person": over, "held_person": held, "other_talks": other.pk,
        "other_person": em.Entry.objects.get(register=other).subject_id, "own_leak": open_.pk, "plain_leak": plain.pk,
        "closed_leak": shut.pk, "other_leak": far.pk, "contact_mark": known.marks[0], "private_mark": known.marks[1],
    }  # fmt: skip


def _forms(found: World, people: em.Register) -> None:
    """Make a form that the public fills in, and one of which something waits."""
    t = found.town
    form = open_form(by=t.planner, register=people.pk, said=JOIN)
    waits = open_form(by=t.planner, register=people.pk, said=replace(JOIN, slug="kankei-2", waits=True))  # fmt: skip
    sent(waits, TAMAO)
    found.things |= {
        "own_form": form.pk, "waiting_form": waits.pk, "own_submission": em.Submission.objects.get(form=waits).pk,
    }  # fmt: skip
