"""名称の訂正: an organisation is renamed with its past and a reason; what was counted, closed or not, stays as it was."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from bookroom import BODY
from deskclient import client, text
from evidenceroom import defined, entered, member, same, value
from formfill import filled
from registerroom import Room, room
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register
from sosei.journal.clock import at
from sosei.journal.models import Entry as Line
from sosei.journal.verify import verify

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
NUMBER = "6000020032018"


@pytest.fixture
def office():
    with at(JUNE):
        yield room()


def where(office: Room, n: int = 0) -> str:
    return reverse("desk:subject_rename", args=[office.firms[n]])


def test_名称を直しても締めた期間の値は動かず_前の名称と理由が残る(office: Room) -> None:
    defined(office.town, "firms", 'distinct subject of members at end unit "社"')
    close_register(by=office.town.section_head, register=office.members.pk, until=date(2022, 3, 31))
    before = [value(BODY, "firms", year) for year in (2019, 2020, 2021)]
    desk = client(office.town.officer)
    form = desk.get(where(office))
    done = desk.post(where(office), filled(form, "name", name="株式会社見本鋳造所", number=NUMBER, reason="社名の変更"), follow=True)  # fmt: skip
    page = text(done)
    assert "株式会社見本鋳造所" in page
    assert "見本鋳造株式会社 から直しました" in page
    assert "理由：社名の変更" in page
    assert "物作 太郎" in page
    assert NUMBER in page
    assert [value(BODY, "firms", year) for year in (2019, 2020, 2021)] == before
    same(BODY, "firms", (2019, 2020, 2021))
    assert not verify(BODY).problems


def test_前の名称で来た登録も同じ団体のものになり_外せば別の団体になる(office: Room) -> None:
    desk = client(office.town.officer)
    for n, (keeps, subjects) in enumerate((("on", 0), ("", 1))):
        was = em.Subject.objects.get(pk=office.firms[n]).name
        sent = filled(desk.get(where(office, n)), "name", name=f"新しい名{n}", reason="社名の変更")
        sent["keeps"] = [keeps] if keeps else []
        assert desk.post(where(office, n), sent).status_code == 302
        alone = em.Subject.objects.filter(kind="organisation", into=None)
        there = alone.count()
        entered(office.town, office.members, [member(str(was), date(2022, 4, 1))])
        assert alone.count() - there == subjects
    assert "この団体として扱う名称 見本鋳造株式会社" in text(client(office.town.officer).get(reverse("desk:subject", args=office.firms[:1])))  # fmt: skip


def test_ほかの団体の番号と読めない番号と空の名称は断る(office: Room) -> None:
    desk = client(office.town.officer)
    form = desk.get(where(office))
    assert desk.post(where(office), filled(form, "name", number=NUMBER, reason="確認")).status_code == 302  # fmt: skip
    other = desk.get(where(office, 1))
    for said, words in (
        ({"number": NUMBER, "reason": "確認"}, "E783"),
        ({"number": "6000020032010", "reason": "確認"}, "E"),
        ({"number": "123", "reason": "確認"}, "法人番号"),
        ({"name": "", "reason": "確認"}, "必須"),
        ({"name": "別の名"}, "必須"),
    ):
        refused = desk.post(where(office, 1), filled(other, "name", **said))
        assert refused.status_code == 422, said
        assert words in text(refused), said
    stale = desk.post(where(office), filled(form, "name", name="また別の名", reason="確認"))
    assert stale.status_code == 422
    assert "いまの内容" in text(stale)
    assert Line.objects.filter(verb="subject.rename").count() == 1


def test_変えなければ行もできず_監査は直せない(office: Room) -> None:
    desk = client(office.town.officer)
    assert desk.post(where(office), filled(desk.get(where(office)), "name", reason="確認")).status_code == 302  # fmt: skip
    assert not Line.objects.filter(verb="subject.rename").exists()
    auditor = client(office.town.auditor)
    assert auditor.get(where(office)).status_code == 403
    assert "名称・法人番号を直す" not in text(auditor.get(reverse("desk:subject", args=office.firms[:1])))  # fmt: skip
