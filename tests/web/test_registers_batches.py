"""登録の束の画面: what came by one act, and taken back as one."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from bookroom import BODY
from deskclient import client, text
from evidenceroom import entered, made, member
from formfill import filled
from registerroom import Room, room
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.entries import enter, take_out
from sosei.evidence.queries.registers import history
from sosei.journal.clock import at

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def office():
    with at(JUNE):
        yield room()


def to(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def imported(office: Room) -> em.Batch:
    batch = enter(
        by=office.town.officer, register=office.members.pk, way="file",
        drafts=[member("甲", date(2022, 5, 1), at="名簿!A2"), member("乙", date(2022, 5, 2), at="名簿!A3")],
        source={"source": "会員名簿.xlsx", "sha256": "ab" * 32, "mapping": {"who": 0}},
    )  # fmt: skip
    assert batch is not None
    return batch


def test_束の一覧に方法と資料と人と件数が出る(office: Room) -> None:
    imported(office)
    said = text(client(office.town.auditor).get(to("register_batches", office.members.pk)))
    assert "物作 太郎" in said
    assert "ファイルの取込み 2件 会員名簿.xlsx" in said
    assert "画面での入力 4件" in said


def test_束の頁にファイルのどこから来たかが出る(
    office: Room, django_assert_max_num_queries
) -> None:
    batch = imported(office)
    desk, where = client(office.town.planner), to("register_batch", batch.pk)
    desk.get(where)
    with django_assert_max_num_queries(25):
        said = text(desk.get(where))
    assert "名簿!A3" in said
    assert "abababababab" in said
    assert "このまま" in said
    assert "証跡" in said


def test_束は理由を書いて取り消せて前の内容に戻る(office: Room) -> None:
    batch = imported(office)
    desk, where = client(office.town.officer), to("register_undo", batch.pk)
    form = desk.get(where)
    assert desk.post(where, filled(form, "reason")).status_code == 422
    done = desk.post(where, filled(form, "reason", reason="去年の名簿だった"), follow=True)
    assert "束を取り消しました。2件が前の内容に戻りました" in text(done)
    assert "取消済み" in text(done)
    assert em.Entry.objects.filter(em.entries.CURRENT, register=office.members).count() == 4
    again = desk.get(where)
    assert "E746" in text(again)
    assert 'name="reason"' not in again.content.decode()
    entry = text(desk.get(to("register_entry", office.members.pk, 5)))
    assert "束の取消により抹消" in entry
    assert "去年の名簿だった" in entry


def test_その後に直された束は取り消せずわけが分かる(office: Room) -> None:
    batch = imported(office)
    seen = history(BODY, office.members.pk, 5)[0].content
    take_out(by=office.town.officer, register=office.members.pk, number=5, seen=seen, reason="二重")
    desk = client(office.town.officer)
    page = text(desk.get(to("register_batch", batch.pk)))
    assert "1件がその後に直されている" in page
    assert "その後に変更" in page
    assert "この束を取り消す" not in page
    assert "E746" in text(desk.post(to("register_undo", batch.pk), {"reason": "やはり"}))


def test_締めた期間の束は取り消せない(office: Room) -> None:
    close_register(by=office.town.planner, register=office.members.pk, until=date(2022, 3, 31))
    first = em.Batch.objects.filter(register=office.members).earliest("pk")
    refused = client(office.town.officer).post(to("register_undo", first.pk), {"reason": "誤り"})
    assert refused.status_code == 422
    assert "E743" in text(refused)


def test_取り消せるのは担当課と企画課の人だけ(office: Room) -> None:
    batch = imported(office)
    for who, status in (("other", 403), ("auditor", 403), ("officer", 200), ("planner", 200)):
        desk = client(getattr(office.town, who))
        assert desk.get(to("register_undo", batch.pk)).status_code == status
        assert ("この束を取り消す" in text(desk.get(to("register_batch", batch.pk)))) == (
            status == 200
        )


def test_秘密の台帳の束は担当課の人だけが見る(office: Room) -> None:
    sales = made(office.town, "overseas_sales")
    batch = entered(office.town, sales, [member("甲", None, year=2021)])
    assert batch is not None
    for name, pk in (("register_batches", sales.pk), ("register_batch", batch.pk)):
        assert client(office.town.auditor).get(to(name, pk)).status_code == 403
        assert client(office.town.officer).get(to(name, pk)).status_code == 200


def test_束も登録も多ければ頁に分かれる(office: Room) -> None:
    batch = entered(
        office.town, office.members, [member(f"会社{n}", date(2022, 4, 1)) for n in range(60)]
    )
    assert batch is not None
    desk = client(office.town.planner)
    page = desk.get(to("register_batch", batch.pk)).content.decode()
    last = page.split('rel="next" href="')[1].split('"')[0]
    rest = text(desk.get(to("register_batch", batch.pk) + last))
    assert "会社59" in rest
    assert "会社49 " not in rest
    for n in range(50):
        entered(office.town, office.members, [member(f"後{n}", date(2022, 4, 2))])
    first = desk.get(to("register_batches", office.members.pk)).content.decode()
    older = first.split('rel="next" href="')[1].split('"')[0]
    assert "60件" in text(desk.get(to("register_batches", office.members.pk) + older))


def test_ない束は404(office: Room) -> None:
    assert client(office.town.planner).get(to("register_batch", 999999)).status_code == 404
