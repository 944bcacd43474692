"""見本の役所. A small office for tests: two departments, a person for each role, made through the same door as everything."""

from dataclasses import dataclass
from datetime import date

from sosei.journal.acts import act
from sosei.offices.models import Assignment, Department, Office, Person
from sosei.offices.proofs import prove

BODY = "990001"
START = date(2020, 4, 1)


@dataclass
class Town:
    """A body with its people by role; `officer` and `section_head` are of `it`, `other` of `tourism`."""

    planning: Department
    it: Department
    tourism: Department
    planner: Person
    planning_head: Person
    officer: Person
    section_head: Person
    other: Person
    expert: Person
    auditor: Person
    admin: Person


def person(login: str, name: str, *, password: str | None = None) -> Person:
    """Return a new account; without a password nobody can sign in with it."""
    made = Person(body=BODY, login=login, name=name, joins_on=START)
    made.set_unusable_password() if password is None else made.set_password(password)
    made.save()
    return made


def town() -> Town:
    """Make the office."""
    with act("test.office", body=BODY, by=None) as w:
        w.add(Office(name="見本市", reading="みほんし", prefecture="見本県", fictional=True))
        planning, it, tourism = (
            w.add(Department(code=code, name=name, planning=code == "01", first_day=START))
            for code, name in (("01", "企画課"), ("02", "ものづくり推進課"), ("03", "観光課"))
        )
        people = {
            role: person(login, name)
            for role, login, name in (
                ("planner", "kikaku", "企画 花子"),
                ("planning_head", "kikaku-kacho", "企画 課長"),
                ("officer", "mono", "物作 太郎"),
                ("section_head", "mono-kacho", "物作 課長"),
                ("other", "kanko", "観光 次郎"),
                ("expert", "yushiki", "有識 者子"),
                ("auditor", "kansa", "監査 委員"),
                ("admin", "kanri", "管理 者男"),
            )
        }
        for who in people.values():
            prove(w, who)
        places = {
            "planner": planning,
            "planning_head": planning,
            "officer": it,
            "section_head": it,
            "other": tourism,
        }
        for role, who in people.items():
            w.add(
                Assignment(
                    person=who,
                    role="officer" if role == "other" else role,
                    department=places.get(role),
                    first_day=START,
                )
            )
    return Town(planning=planning, it=it, tourism=tourism, **people)
