"""行い. One act: rows, their past, and one sealed line."""

import pytest

from bookroom import BODY, town
from sosei.core.errors import NoReason, Stale
from sosei.journal.acts import act
from sosei.journal.models import Entry, Past
from sosei.offices.models import Department

pytestmark = pytest.mark.django_db


def test_行いは一つの証跡を残す() -> None:
    made = town()
    before = Entry.objects.count()
    with act("office.rename", body=BODY, by=made.admin.pk, subject="x") as w:
        w.change(made.it, name="産業振興課")
    line = Entry.objects.order_by("-seq").first()
    assert line is not None
    assert Entry.objects.count() == before + 1
    assert line.rows[0][:3] == ["offices.department", made.it.pk, 2]
    assert Past.objects.get().content["name"] == "ものづくり推進課"


def test_変わらない変更は何も残さない() -> None:
    made = town()
    before = Entry.objects.count()
    with act("office.rename", body=BODY, by=None) as w:
        w.change(made.it, name=made.it.name)
    assert Entry.objects.count() == before


def test_先を越された保存は断られ何も書かれない() -> None:
    made = town()
    mine = Department.objects.get(pk=made.it.pk)
    with act("a", body=BODY, by=None) as w:
        w.change(made.it, name="先の人")
    with pytest.raises(Stale), act("b", body=BODY, by=None) as w:
        w.change(mine, name="後の人")
    assert Department.objects.get(pk=mine.pk).name == "先の人"
    assert Past.objects.count() == 1


def test_取消には理由が要る() -> None:
    made = town()
    with pytest.raises(NoReason), act("a", body=BODY, by=None) as w:
        w.void(made.it, reason=" ")
