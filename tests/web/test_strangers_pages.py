"""よその報告書の取下げ. Who read a report in may take it off the list, and planning; nobody else, and nobody else sees the way there."""

from dataclasses import replace

import pytest

from bookroom import town
from deskclient import client, text
from permissionworld import JUNE
from sosei.core.errors import NotAllowed
from sosei.core.report import Said
from sosei.journal import clock
from sosei.ledger.actions.strangers import drop_stranger, keep_stranger
from sosei.ledger.models import Document
from sosei.publishing import publish
from yearbook import small_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    with clock.at(JUNE):
        yield town()


def kept(by) -> Document:
    return keep_stranger(by=by, name="他市.json", data=publish(small_report(), "json"))


def test_読み込んだ人と企画課だけが外せる(office) -> None:
    row = kept(office.officer)
    for who in (office.other, office.section_head, office.auditor):
        with pytest.raises(NotAllowed):
            drop_stranger(by=who, document=row.pk, reason="試し")
        assert client(who).post(f"/strangers/{row.pk}/drop/", {"reason": "試し"}).status_code == 403
    assert Document.objects.get().voided is None
    drop_stranger(by=office.officer, document=row.pk, reason="取り違え")
    again = kept(office.other)
    drop_stranger(by=office.planner, document=again.pk, reason="古い版")


def test_外せない人には外す道を見せない(office) -> None:
    row = kept(office.officer)
    shown = {
        who.login: "一覧から外す" in text(client(who).get(f"/strangers/{row.pk}/"))
        for who in (office.officer, office.other, office.section_head, office.planner, office.auditor)
    }  # fmt: skip
    assert shown == {
        "mono": True, "kanko": False, "mono-kacho": False, "kikaku": True, "kansa": False,
    }  # fmt: skip


def test_同じ瞬間の行いがほかにあっても読み込んだ人を取り違えない(office) -> None:
    """The clock of a test stands still: both were read in at one moment, each by his own line of the journal."""
    mine = kept(office.officer)
    other = keep_stranger(
        by=office.other, name="別.json",
        data=publish(replace(small_report(), title=Said(text="別")), "json"),
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        drop_stranger(by=office.officer, document=other.pk, reason="試し")
    drop_stranger(by=office.officer, document=mine.pk, reason="取り違え")
