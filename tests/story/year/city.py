"""見本市. The rehearsal's city up to 31 March 2023, made through the same actions as any office's book."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sosei.core.gaps import Gap
from sosei.core.report import (
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.house.sample.reports import report as sample_report
from sosei.journal import clock
from sosei.ledger import models as m
from sosei.ledger.actions.editions import publish_edition
from sosei.ledger.actions.opinions import Expert, answer_opinion, ask_experts, give_opinion
from sosei.ledger.actions.papers import record_decision, submit_for_decision
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.signoff import move_entries, move_volume
from sosei.ledger.actions.verification import decide_grade
from sosei.offices.actions.departments import add_department
from sosei.offices.actions.founding import Founding, found_office
from sosei.offices.actions.people import add_person
from sosei.offices.models import Department, Person

HERE = Path(__file__).parent
TOKYO = ZoneInfo("Asia/Tokyo")
GRANT = "地方創生推進交付金"


@cache
def city() -> dict[str, Any]:
    """The city's data."""
    return tomllib.loads((HERE / "city.toml").read_text("utf-8"))


def moment(day: date, hour: int = 9, minute: int = 30) -> datetime:
    """A moment of a day in the city."""
    return datetime.combine(day, time(hour, minute), TOKYO)


@dataclass
class City:
    """The people by login name."""

    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, login: str) -> Person:
        return self.people[login]


def found() -> City:
    """Found the office on 1 April 2020, and publish its books of R2 and R3."""
    made = City()
    with clock.at(moment(date(2020, 4, 1))):
        _office(made)
    _published(made, 2020, sample_report(2022, 2))
    _published(made, 2021, _r3())
    return made


def _office(made: City) -> None:
    data, day = city(), date(2020, 4, 1)
    admin = data["others"]["admin"][0]
    founding = Founding(body=data["body"], name=data["name"], reading="みほんし", prefecture="見本県", fictional=True)  # fmt: skip
    who = found_office(founding=founding, login=admin["login"], name=admin["name"]).person
    made.people[who.login] = who
    rooms = {"01": Department.objects.get(code="01")}
    for room in data["room"]:
        rooms[room["code"]] = add_department(
            by=who, code=room["code"], name=room["name"], first_day=day
        )

    def add(login: str, name: str, role: str, room: str | None) -> None:
        place = rooms[room].pk if room else None
        added = add_person(
            by=who, login=login, name=name, joins_on=day, role=role, department=place
        )
        made.people[login] = added.person

    for role, key in (("planner", "planner"), ("planning_head", "head")):
        add(**data["planning"][key][0], role=role, room="01")
    add(**data["others"]["auditor"][0], role="auditor", room=None)
    add(**data["others"]["expert"], role="expert", room=None)
    for room in data["room"]:
        add(f"{room['login']}-r2", room["officer"][0], "officer", room["code"])
        add(f"{room['login']}-kacho-r2", room["head"][0], "section_head", room["code"])
    Person.objects.update(must_change_password=False)


def _published(made: City, year: int, report: Report) -> None:
    """Record a year's report and take it to its edition."""
    planner, head = made["kikaku-r2"], made["kikaku-kacho-r2"]
    with clock.at(moment(date(year + 1, 6, 3))):
        volume = record_report(by=planner, report=report)
        rows = m.ProjectYear.objects.filter(volume=volume, kind="result")
        entries = {row.name: row.pk for row in rows}
        if year == 2021:
            _overridden(made, entries)
        move_entries(by=planner, entries=entries.values(), move="forward", reason="担当課と確認済みのため")  # fmt: skip
        move_entries(by=planner, entries=entries.values(), move="accept")
    with clock.at(moment(date(year + 1, 6, 24))):
        submit_for_decision(by=planner, volume=volume.pk)
        number = f"見企第{year - 2017}1号"
        record_decision(by=planner, volume=volume.pk, number=number, decided_on=clock.today())
        move_volume(by=planner, volume=volume.pk, move="ask_experts")
    with clock.at(moment(date(year + 1, 7, 20))):
        if year == 2021:
            _promised(made, volume, entries)
        move_volume(by=planner, volume=volume.pk, move="report", reason="意見は会議で聴いたため")
    with clock.at(moment(date(year + 1, 10, 3))):
        publish_edition(by=head, volume=volume.pk)


def _overridden(made: City, entries: dict[str | None, int]) -> None:
    """A grade of R3 that the section head decided otherwise than proposed."""
    decide_grade(
        by=made["kotsu-kacho-r2"], entry=entries["地域交通の共同運行実証事業"], level=3, seen=None,
        reason="利用者は増えたが、二地区のうち一地区でしか運行できなかったため",
    )  # fmt: skip


def _promised(made: City, volume: m.Volume, entries: dict[str | None, int]) -> None:
    """An opinion of R3 whose promise is open when everybody leaves."""
    expert = made["yushiki"]
    day = date(2022, 7, 29)
    (paper,) = ask_experts(
        by=made["kikaku-r2"], volume=volume.pk, due_on=day, contact="企画課",
        experts=[Expert(name=expert.name, sector="academia", person=expert.pk)],
    )  # fmt: skip
    opinion = give_opinion(
        by=expert, paper=paper.pk, entry=entries["六市連携による夏祭り交流拡大事業"],
        judgement="not_effective", text="スタンプラリーの参加者の居住地を調べ、次の年度の報告に示すこと。",
    )  # fmt: skip
    kanko = Department.objects.get(code="06")
    answer_opinion(
        by=made["kikaku-r2"], opinion=opinion.pk, due_on=date(2023, 9, 29), department=kanko.pk,
        response="参加者の居住地を調べ、令和4年度の報告書に示す。",
    )  # fmt: skip


# -- R3's report ----------------------------------------------------------------------------------------------------


def _r3() -> Report:
    """The sample's report of R3 with its definitions, the projects the rehearsal adds, and R4's plans."""
    told = sample_report(2022, 1)
    projects = [replace(p, indicators=tuple(map(_described, p.indicators))) for p in told.projects]
    added = [_project(data) for data in city()["project"]]
    plans = [_plan(project) for project in (*projects, *added) if str(project.name) in city()["plan"]]  # fmt: skip
    begins = [_begins(data) for data in city()["begins"]]
    return replace(told, projects=(*projects, *added, *plans, *begins))


def _described(indicator: Indicator) -> Indicator:
    """The sample's indicator with its definition; of a baseline nothing but the figure is said."""
    name = str(indicator.name)
    indicator = replace(indicator, baseline=plain(indicator.baseline.number))
    if words := city()["definition"].get(name):
        indicator = replace(indicator, definition=Said(text=words))
    if when := city()["counting"].get(name):
        counting = Value(gap=Gap.COUNTING, expected=when)
        indicator = replace(indicator, years=(replace(indicator.years[0], actual=counting),))
    return indicator


def number(n: Any) -> Value:
    """A final figure."""
    return Value(number=Decimal(str(n)), state="final")


def plain(n: Any) -> Value:
    """A figure of which nothing more is said."""
    return Value(number=Decimal(str(n)))


def _period(data: dict[str, Any]) -> PeriodSaid:
    shown = {2019: "R1", 2020: "R2", 2021: "R3", 2022: "R4", 2023: "R5", 2024: "R6"}
    raw = f"{shown[data['first']]}～{shown[data['last']]}年度"
    return PeriodSaid(raw=raw, first=data["first"], last=data["last"])


def _indicator(data: dict[str, Any], year: int) -> Indicator:
    said = {k: v for k, v in data.items() if k not in ("name", "baseline", "target", "actual")}
    actual = number(data["actual"]) if "actual" in data else None
    point = YearPoint(fiscal_year=year, target=plain(data["target"]), actual=actual)
    return Indicator(
        name=Said(text=data["name"]), baseline=plain(data["baseline"]), baseline_year=2019,
        year_type="fiscal", years=(point,), **said,
    )  # fmt: skip


def _project(data: dict[str, Any]) -> Project:
    return Project(
        grant=Said(text=GRANT), name=Said(text=data["name"]), departments=(Said(text=data["department"]),),
        period=_period(data), activities=tuple(Said(text=words) for words in data["activities"]),
        spending=tuple(
            Spending(label=Said(text=s["label"]), yen=s["yen"], kind=s["kind"], role="line", unit="千円")
            for s in data["spending"]
        ),
        verification=Verification(
            grade=Said(text="地方創生に相当程度効果があった"), next_policy=Said(text=data["policy"]),
            expert_judgement=Said(text="総合戦略のKPI達成に有効であった"),
        ),
        indicators=tuple(_indicator(k, 2021) for k in data["indicator"]),
    )  # fmt: skip


def _plan(project: Project) -> Project:
    """R4's row of a project in R3's book: its targets, nothing else."""
    targets = city()["plan"][str(project.name)]
    return Project(
        kind="plan", grant=project.grant, name=project.name, departments=project.departments,
        period=project.period, fiscal_year=Year(year=2022),
        indicators=tuple(
            Indicator(
                name=k.name, unit=k.unit,
                years=(YearPoint(fiscal_year=2022, target=plain(targets[str(k.name)])),),
            )
            for k in project.indicators
        ),
    )  # fmt: skip


def _begins(data: dict[str, Any]) -> Project:
    return Project(
        kind="plan", grant=Said(text=GRANT), name=Said(text=data["name"]),
        departments=(Said(text=data["department"]),), period=_period(data), fiscal_year=Year(year=2022),
        indicators=tuple(_indicator(k, 2022) for k in data["indicator"]),
    )  # fmt: skip
