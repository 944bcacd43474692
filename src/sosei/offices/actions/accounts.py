"""利用者IDの行い. Signing in and out, passwords, second factors, lockouts: each leaves a line in the journal.

A person is no `Fact` (it is personal), so these acts write no row of the book, only what happened: who, when, in which
way. No login name, no address of a machine, no name stands in the journal.
"""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.db import transaction
from django.db.models import F

from sosei.journal.acts import act, alone
from sosei.offices.models import Person
from sosei.offices.permissions import require
from sosei.offices.queries.lockouts import spelled


def _note(verb: str, person: Person, *, by: Person | None, **facts: object) -> None:
    with act(
        verb, body=person.body, by=by.pk if by else None, subject=f"offices.person:{person.pk}",
        facts=facts, always=True,
    ):  # fmt: skip
        pass


def signed_in(*, by: Person, ways: tuple[str, ...]) -> None:
    """サインインを記録する. `ways`: how the person proved who he is ("password", "totp")."""
    _note("account.sign_in", by, by=by, ways=list(ways))


def signed_out(*, by: Person) -> None:
    """サインアウトを記録する."""
    _note("account.sign_out", by, by=by)


def sign_in_refused(*, login: str, way: str, locked: bool) -> None:
    """失敗したサインインを記録する. An unknown name leaves no line: nobody can fill the journal from outside.

    It costs as much as a known one, so that the time does not tell which names there are. `way`: what was wrong
    ("password", "code", "not_valid": the account is not in use). `locked`: it closed the account.
    """
    person = Person.objects.filter(login__iexact=login.strip()).first()
    if person is None:
        _as_long(login)
        return
    _note("account.refused", person, by=None, way=way, locked=locked)


def _as_long(login: str) -> None:
    """Do what a line in the journal costs, and leave none: the same statements, and one that makes the disk wait."""
    somebody = Person.objects.order_by("pk").first()
    with transaction.atomic():
        if somebody is not None:
            with transaction.atomic():
                _note("account.refused", somebody, by=None)
                transaction.set_rollback(True)
        tried = AccessAttempt.objects.filter(username=spelled(login))
        tried.update(failures_since_start=F("failures_since_start"))


def change_password(*, by: Person, password: str) -> None:
    """パスワードを変更する. The person's own; the duty to change it ends."""
    by.set_password(password)  # takes its time, so before anybody has to wait
    by.must_change_password = False
    with alone(by.body):
        by.save(update_fields=["password", "must_change_password"])
        _note("account.password", by, by=by)


def factor_changed(*, by: Person, change: str) -> None:
    """二段階の確認の変更を記録する. `change`: "totp_activated", "webauthn_removed" …"""
    _note("account.factor", by, by=by, change=change)


def lift_lockout(*, by: Person, person: int) -> None:
    """サインインの停止を解除する. What failed so far is forgotten. Raises NotAllowed."""
    require(by, "person.arrange")
    whose = Person.objects.get(pk=person, body=by.body)
    with alone(whose.body):
        AxesProxyHandler.reset_attempts(username=spelled(whose.login))
        _note("account.unlock", whose, by=by)


def lift_address(*, by: Person, address: str) -> None:
    """端末からのサインインの停止を解除する. All failures from there are forgotten. Raises NotAllowed.

    The address does not stand in the journal: it may be one person's.
    """
    require(by, "person.arrange")
    with alone(by.body):
        if address:
            AxesProxyHandler.reset_attempts(ip_address=address)
        _note("account.unlock_address", by, by=by)
