"""ほかの団体のもの. Whoever signs in for another body finds nothing of this one by any number: not there, nothing said, nothing changed."""

import pytest
from django.db import transaction

from bookroom import START
from permissiontable import DATA, address, client_of, rows, sent, standing
from permissionworld import JUNE
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.journal.models import Chain
from sosei.offices.models import Assignment, Department, Office, Person

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
OTHER = "999999"
ROLES = ("planner", "planning_head", "officer", "section_head", "expert", "auditor", "admin")
#: Numbers that are not of a row of a body: a line of one's own journal, one's own keys.
_OWN = frozenset({"desk:journal_line", "mfa_remove_webauthn", "mfa_edit_webauthn"})
#: What stands in the names of this body's things alone.
WORDS = (
    "見本市", "ものづくり推進課", "観光課", "成長分野", "企画 花子", "物作 太郎", "有識 者子",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The world, and another body with somebody in every role; nothing of it stays."""
    with standing(django_db_blocker) as (found, _):
        yield found, {role: client_of(who) for role, who in others().items()}


def others() -> dict[str, Person]:
    """Make another body with a department and a person for each role."""
    with act("test.other", body=OTHER, by=None) as w:
        w.add(Office(name="他所町", reading="よそちょう", prefecture="他所県"))
        place = w.add(Department(code="01", name="よその課", planning=True, first_day=START))
        people = {}
        for role in ROLES:
            who = Person(body=OTHER, login=f"yoso-{role}", name="他所 の人", joins_on=START)
            who.set_unusable_password()
            who.save()
            own = None if role in ("expert", "auditor", "admin") else place
            w.add(Assignment(person=who, role=role, department=own, first_day=START))
            people[role] = who
    return people


def named(row: dict[str, str], things: dict[str, object]) -> bool:
    """Whether a row's address names a thing of this body."""
    said = [pair.partition("=")[2] for pair in row["about"].split()]
    return row["page"] not in _OWN and any(one in things and one != "myself" for one in said)


def named_in(row: dict[str, str], things: dict[str, object]) -> bool:
    """Whether what is sent names a thing of this body."""
    if row["method"] == "GET" or row["page"] in _OWN:
        return False
    said = DATA.get(f"{row['page']} {row['about']}", DATA.get(row["page"], {})).values()
    flat = [one for each in said for one in (each if isinstance(each, list) else [each])]
    return any(one in things for one in flat)


def answers(client, row: dict[str, str], things: dict[str, object]):
    """What comes, with everything left as it was; and whether anything of this body was written."""
    path = address(row, things, 0)
    with clock.at(JUNE), transaction.atomic():
        before = state()
        response = (
            client.get(path) if row["method"] == "GET" else client.post(path, sent(row, things))
        )
        body = b"".join(response.streaming_content) if response.streaming else response.content
        written = state() != before
        transaction.set_rollback(True)
    return response.status_code, body.decode(errors="ignore"), written


def state() -> list[object]:
    """All that could be written of this body: the end of its journal, and its people."""
    people = Person.objects.exclude(body=OTHER).order_by("pk").values_list()
    return [*Chain.objects.exclude(body=OTHER).values_list("seq", "head"), *people]


@pytest.mark.parametrize(
    "row", rows(), ids=lambda row: f"{row['method']} {row['page']} {row['about']}"
)
def test_ほかの団体の番号では何も見えず何も変わらない(made, row: dict[str, str]) -> None:
    found, clients = made
    if not (there := named(row, found.things)) and not named_in(row, found.things):
        return
    allowed = (403, 404) if there else (200, 302, 403, 404, 409, 422)  # by a form: refused in it
    typed = str(sent(row, found.things))  # what one typed oneself is given back
    wrong = {}
    for role, client in clients.items():
        status, body, written = answers(client, row, found.things)
        told = [word for word in WORDS if word in body and word not in typed]
        if status not in allowed or written or told:
            wrong[role] = (status, written, told)
    assert not wrong


def test_問いの欄の番号でもほかの団体のものは見えない(made) -> None:
    """Numbers that stand behind the question mark, or in the form, and not in the path."""
    found, clients = made
    things = found.things
    asked = {
        "planner": (
            f"/editions/compare/?old={things['edition']}&new={things['edition']}",
            f"/journal/?person={things['colleague']}", f"/?who={things['it']}",
            f"/imports/?state=proposed&inquiry={things['inquiry']}",
        ),
        "auditor": (f"/volumes/{things['volume']}/audit/able/?entry={things['own']}&at=2022-06-01T00:00&group=value",),
        "admin": (f"/people/?q={things['colleague']}", "/people/?q=物作"),
    }  # fmt: skip
    for role, paths in asked.items():
        for path in paths:
            with clock.at(JUNE):
                body = clients[role].get(path).content.decode()
            assert not [word for word in WORDS if word in body.replace("?q=", "")], path


def test_見張りは見つけるべきものを見つける(made) -> None:
    """The same questions, asked by this body's own planner, do get through: the watch is not blind."""
    found, _ = made
    own = client_of(found.people["planner"])
    through = [
        row
        for row in rows()
        if named(row, found.things)
        and row["method"] == "GET"
        and answers(own, row, found.things)[0] == 200
    ]
    assert len(through) > 40
