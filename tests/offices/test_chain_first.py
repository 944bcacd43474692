"""鎖が先. What is done to accounts holds the end of the chain before anything else, as every act does: nobody waits in a ring."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookroom import Town, town
from overlap import needs_two_writers
from sosei.offices.actions import accounts, people

pytestmark = [needs_two_writers, pytest.mark.django_db]
HOLDS = ("INSERT", "UPDATE", "DELETE")
DEEDS: dict[str, Callable[[Town], object]] = {
    "change_password": lambda t: accounts.change_password(
        by=t.officer, password="ながい合言葉です"
    ),
    "lift_lockout": lambda t: accounts.lift_lockout(by=t.admin, person=t.officer.pk),
    "lift_address": lambda t: accounts.lift_address(by=t.admin, address="10.0.0.1"),
    "sign_in_refused": lambda t: accounts.sign_in_refused(login="no", way="password", locked=False),
    "add_person": lambda t: people.add_person(
        by=t.admin, login="new", name="新任", joins_on=date(2022, 4, 1)
    ),
    "renew_password": lambda t: people.renew_password(by=t.admin, person=t.officer.pk),
    "leave": lambda t: people.leave(by=t.admin, person=t.officer.pk, on=date(2030, 3, 31)),
}


@pytest.mark.parametrize("name", DEEDS)
def test_最初に待つのは鎖の先端である(name: str) -> None:
    made = town()
    with CaptureQueriesContext(connection) as seen:
        DEEDS[name](made)
    held = [
        one["sql"] for one in seen if one["sql"].startswith(HOLDS) or "FOR UPDATE" in one["sql"]
    ]
    assert "FOR UPDATE" in held[0]
    assert '"journal_chain"' in held[0]
