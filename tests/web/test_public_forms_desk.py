"""公開フォームの机: made from a register, looked through, opened and closed; what waits is seen, accepted or refused."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client

from bookroom import BODY, Town, town
from deskroom import BACKEND
from evidenceroom import made
from formroom import DAY, JOIN, TAMAO, opened, sent
from sosei.evidence import models as em
from sosei.journal.clock import at
from sosei.journal.models import Entry as Line
from sosei.offices import permissions
from sosei.web.desk.qr import qr_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Iterator[Town]:
    with at(DAY):
        yield town()


def signed_in(who) -> Client:
    client = Client()
    client.force_login(who, backend=BACKEND)
    return client


def test_台帳から公開フォームを作り公開すると頁が開く(office: Town) -> None:
    register = made(office, "registrants")
    desk = signed_in(office.planner)
    page = desk.get(f"/registers/{register.pk}/forms/new/").content.decode()
    assert "市の情報を届け、催しを案内し、登録者の数を公表するため" in page
    typed = {
        "title": "関係人口の登録", "slug": "kankei", "mode": "join", "asked": ["name", "age_band"], "required": ["name"],
        "notice": "催しの案内のため", "waits": "on",
    }  # fmt: skip
    answer = desk.post(f"/registers/{register.pk}/forms/new/", typed)
    form = em.PublicForm.objects.get()
    assert answer["Location"] == f"/registers/forms/{form.pk}/"
    assert Client().get("/forms/kankei/").status_code == 404
    desk.post(f"/registers/forms/{form.pk}/change/", typed | {"published": "on", "seen": "1"})
    assert Client().get("/forms/kankei/").status_code == 200
    desk.post(f"/registers/forms/{form.pk}/close/", {"seen": "2"})
    assert Client().get("/forms/kankei/").status_code == 404


def test_アドレスの案があり説明を示さなかった受付に同意とは言わない(office: Town) -> None:
    register = made(office, "registrants")
    desk = signed_in(office.planner)
    page = desk.get(f"/registers/{register.pk}/forms/new/").content.decode()
    assert f'value="registrants-{register.pk}"' in page
    form = opened(office, "registrants", JOIN, waits=True)
    sent(form, TAMAO)
    where = f"/registers/forms/{form.pk}/"
    assert "説明の第" in desk.get(where).content.decode()
    em.PublicForm.objects.update(notice=None)
    assert "説明の第" not in desk.get(where).content.decode()
    again = desk.get(f"/registers/{form.register_id}/forms/new/").content.decode()
    assert f'value="registrants-{form.register_id}-2"' in again


def test_作れない設定はどこが違うかを言う(office: Town) -> None:
    register = made(office, "registrants")
    desk = signed_in(office.planner)
    typed = {
        "title": "登録",
        "slug": "Kankei!",
        "mode": "join",
        "asked": ["name"],
        "notice": "案内",
    }
    answer = desk.post(f"/registers/{register.pk}/forms/new/", typed)
    assert (answer.status_code, "E758" in answer.content.decode()) == (422, True)
    answer = desk.post(f"/registers/{register.pk}/forms/new/", typed | {"slug": "ok-1", "asked": ["first"]})  # fmt: skip
    assert answer.status_code == 422
    assert not em.PublicForm.objects.exists()


def test_一覧と頁には氏名が出ず見ると証跡に残り登録できる(office: Town) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    sent(form, TAMAO)
    desk = signed_in(office.officer)
    for path in (f"/registers/{form.register_id}/forms/", f"/registers/forms/{form.pk}/"):
        assert "笹森" not in desk.get(path).content.decode()
    row = em.Submission.objects.get()
    page = desk.post(f"/registers/submissions/{row.pk}/", {"do": "see"}).content.decode()
    assert "笹森 珠緒" in page
    assert Line.objects.filter(body=BODY, verb="form.see", by=office.officer.pk).count() == 1
    desk.post(f"/registers/submissions/{row.pk}/", {"do": "accept"})
    assert em.Entry.objects.count() == 1


def test_登録せずに消せる(office: Town) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    sent(form, TAMAO)
    row = em.Submission.objects.get()
    signed_in(office.officer).post(f"/registers/submissions/{row.pk}/", {"do": "refuse"})
    assert not em.Held.objects.exists()
    assert not em.Entry.objects.exists()


def test_QRコードはこの宛先を指し宛先も文字で出る(office: Town) -> None:
    form = opened(office, "registrants", JOIN)
    page = signed_in(office.officer).get(f"/registers/forms/{form.pk}/qr/").content.decode()
    path = re.search(r'<path d="([^"]+)"', page)
    assert path
    assert path[1] == qr_path("http://testserver/forms/kankei/")[1]
    assert "http://testserver/forms/kankei/" in page


def test_見え方の頁は公開しなくても出て送る欄はない(office: Town) -> None:
    form = opened(office, "registrants", JOIN, published=False)
    page = signed_in(office.officer).get(f"/registers/forms/{form.pk}/preview/").content.decode()
    assert "市の情報を届け" in page
    assert 'name="ticket"' not in page


def test_連絡先を見る権限がなければ内容を見るボタンは出ない(
    office: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = opened(office, "registrants", JOIN, waits=True)
    sent(form, TAMAO)
    desk, row = signed_in(office.officer), em.Submission.objects.get()
    assert f"/submissions/{row.pk}/" in desk.get(f"/registers/forms/{form.pk}/").content.decode()
    seeing = permissions.verbs()["person.contact.see"]
    monkeypatch.setitem(permissions.verbs(), seeing.code, replace(seeing, roles=frozenset()))
    page = desk.get(f"/registers/forms/{form.pk}/").content.decode()
    assert f"/submissions/{row.pk}/" not in page
    assert desk.post(f"/registers/submissions/{row.pk}/", {"do": "see"}).status_code == 403
