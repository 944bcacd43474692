"""台帳の画面. Every page of the book for every role, what it says, what it refuses and keeps, how much it asks the database."""

import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sosei.core.report import Said
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.decisions import Decided, record_grant_decision
from sosei.ledger.actions.figures import record_value
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.actions.strangers import keep_stranger
from sosei.ledger.actions.waivers import waive_finding
from sosei.ledger.queries.looks import looks_of
from sosei.ledger.typed import Typed
from yearbook import Book, book, small_report

pytestmark = pytest.mark.django_db
BACKEND = "sosei.web.desk.accounts.backend.InService"
DAY = datetime(2022, 6, 1, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
EXAMPLE = Path(__file__).resolve().parents[2] / "examples/morioka/report.txt"
#: What a desk page may ask the database.
MOST = 25


@pytest.fixture
def made() -> Book:
    with at(DAY):
        yield book()


def desk(person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def text(response) -> str:
    """The words of the page, without marks."""
    return re.sub(r"<[^>]+>|\s+", " ", response.content.decode())


def line(made: Book, name: str = "新規雇用者数") -> m.Line:
    return m.Line.objects.get(entry__volume=made.volume, definition__name=name)


def decision(made: Book) -> m.GrantDecision:
    return record_grant_decision(
        by=made.town.planner, entry=made.it.pk,
        decided=Decided(
            number="府地事第1号", decided_on=date(2021, 4, 1), report_due=date(2022, 4, 10),
            amount="5,005千円", eligible="10,010千円",
        ),
    )  # fmt: skip


def jumped(made: Book) -> tuple[str, str]:
    """Make a finding; return its rule and what it is about."""
    for said, year in (("17", 2020), ("17000", 2021)):
        record_value(
            by=made.town.officer, line=line(made).pk, typed=Typed(text=said), seen=None, year=year
        )
    found = next(f for f in looks_of(made.volume)[made.it.pk].open if f.finding.code == "KPI-JUMP")
    return found.finding.code, found.about


def pages(made: Book) -> dict[str, str]:
    """The address of every page of the book that is read."""
    known = decision(made)
    rule, about = jumped(made)
    stranger = keep_stranger(by=made.town.planner, name="morioka.txt", data=EXAMPLE.read_bytes())
    waiver = waive_finding(
        by=made.town.section_head, entry=made.it.pk, rule="KPI-NOEVID", reason="台帳で確かめた",
        about=next(f for f in looks_of(made.volume)[made.it.pk].open if f.finding.code == "KPI-NOEVID").about,
    )  # fmt: skip
    of = {
        "volumes": [], "volume_new": [], "volume": [made.volume.pk], "volume_edit": [made.volume.pk],
        "entry_new": [made.volume.pk], "decisions": [made.volume.pk], "entry": [made.it.pk],
        "entry_edit": [made.it.pk], "members_edit": [made.it.pk], "entry_rest": [made.it.pk],
        "money": [made.it.pk], "decision_new": [made.it.pk], "decision_edit": [made.it.pk, known.pk],
        "report_edit": [made.it.pk, known.pk], "verification": [made.it.pk], "grade_edit": [made.it.pk],
        "waive": [made.it.pk], "unwaive": [waiver.pk], "indicator_new": [made.it.pk],
        "indicator": [line(made).pk], "value_edit": [line(made).pk], "target_edit": [line(made).pk],
        "baseline_edit": [line(made).pk], "attributes_edit": [line(made).pk],
        "definition_edit": [line(made).pk], "indicator_rest": [line(made).pk], "strangers": [],
        "stranger": [stranger.pk], "stranger_file": [stranger.pk], "stranger_drop": [stranger.pk],
    }  # fmt: skip
    found = {name: reverse(f"desk:{name}", args=args) for name, args in of.items()}
    found["waive"] += f"?rule={rule}&about={about}"
    return found


#: Who gets which page: everybody else is refused (403).
SEES = ("planner", "planning_head", "officer", "section_head", "other", "auditor")
WRITES = ("planner", "planning_head", "officer", "section_head")
PLANS = ("planner", "planning_head")
ALLOWED = {
    **dict.fromkeys(
        ("volumes", "volume", "entry", "indicator", "decisions", "strangers", "stranger", "stranger_file"), SEES
    ),
    **dict.fromkeys(("entry_edit", "members_edit", "money", "verification", "value_edit"), WRITES),
    **dict.fromkeys(
        ("volume_new", "volume_edit", "entry_new", "entry_rest", "decision_new", "decision_edit", "report_edit",
         "indicator_new", "target_edit", "baseline_edit", "attributes_edit", "definition_edit", "indicator_rest"),
        PLANS,
    ),
    **dict.fromkeys(("grade_edit", "waive", "unwaive"), (*PLANS, "section_head")),
    "stranger_drop": (*WRITES, "other"),
}  # fmt: skip
ROLES = (*SEES, "expert", "admin")


def test_どの画面も役割のある人にだけ見える(made) -> None:
    addresses = pages(made)
    assert set(addresses) == set(ALLOWED)
    for role in ROLES:
        client = desk(getattr(made.town, role))
        got = {name: client.get(url).status_code for name, url in addresses.items()}
        wanted = {name: 200 if role in ALLOWED[name] else 403 for name in addresses}
        assert got == wanted, role


def test_サインインしていなければどの画面も入口に送られる(made) -> None:
    for name, url in pages(made).items():
        found = Client().get(url)
        assert (found.status_code, found["Location"].startswith("/accounts/login/")) == (302, True), name


def test_どの画面も25問以内(made, django_assert_max_num_queries) -> None:
    addresses = pages(made)
    client = desk(made.town.planner)
    client.get(reverse("desk:volumes"))
    for name, url in addresses.items():
        m.Look.objects.all().delete()
        with django_assert_max_num_queries(MOST, info=name):
            assert client.get(url).status_code == 200


def test_事業が増えても問合せの数は変わらない(made, django_assert_max_num_queries) -> None:
    report = small_report(2022)
    many = tuple(
        p.__class__(
            **{n: getattr(report.projects[i % 2], n) for n in p.__dataclass_fields__} | {"name": Said(text=f"事業{i}")}
        )
        for i, p in enumerate([report.projects[0]] * 30)
    )  # fmt: skip
    wide = report.__class__(title=report.title, fiscal_year=report.fiscal_year, projects=many)
    volume = record_report(by=made.town.planner, report=wide, known={})
    client = desk(made.town.planner)
    url = reverse("desk:volume", args=[volume.pk])
    for _ in range(2):
        with django_assert_max_num_queries(MOST):
            assert client.get(url).status_code == 200


def test_英語でも開ける(made) -> None:
    addresses = pages(made)
    client = desk(made.town.planner)
    client.cookies["django_language"] = "en"
    for name, url in addresses.items():
        assert client.get(url).status_code == 200, name
