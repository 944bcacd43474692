"""氏名の消去. When a person has left and the time of keeping is over, his name goes; what was done stays, by 「退職者 n」.

The journal names people by number alone, so no line of it changes, and it proves what it proved before. Kept until the
end of the fifth fiscal year after the one in which he left: as long as the grant's papers (DOMAIN §2).
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog

from sosei.journal.clock import today
from sosei.offices.actions.chosen import person_of
from sosei.offices.actions.personal import person_act, write
from sosei.offices.keeping import KEPT_YEARS, kept_until
from sosei.offices.models import Person
from sosei.offices.permissions import require
from sosei.offices.proofs import prove
from sosei.offices.queries.lockouts import spelled
from sosei.offices.refusals import StillKept


def forget_person(*, by: Person, person: int) -> Person:
    """退職者の氏名を消す. Raises NotAllowed, NoSuchPerson, StillKept."""
    require(by, "person.arrange")
    row = person_of(by, person)
    until = kept_until(row.leaves_on) if row.leaves_on else None
    if until is None or today() <= until:
        raise StillKept(name=row.name, until=until or f"退職後{KEPT_YEARS}年度")
    login = row.login
    row.set_unusable_password()
    with person_act("person.forget", by=by, person=row) as w:
        row.salt = ""  # so that nobody can try names out on the proofs of old lines
        w.facts["changed"] = ["password", *write(w, row, _nobody(row))]
        row.save(update_fields=["password", "salt"])
        prove(w, row)
        Authenticator.objects.filter(user=row).delete()
        EmailAddress.objects.filter(user=row).delete()
        for trace in (AccessAttempt, AccessFailureLog, AccessLog):
            trace.objects.filter(username__in={login, spelled(login)}).delete()
    return row


def _nobody(row: Person) -> dict[str, object]:
    return {
        "name": f"退職者 {row.pk}",
        "login": f"forgotten-{row.pk}",
        "reading": "",
        "email": "",
        "is_active": False,
        "last_login": None,
    }
