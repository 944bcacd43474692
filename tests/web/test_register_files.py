"""定義のファイルの画面: one city writes a register's definition out, another makes the same register from it, subsidies' terms and all."""

from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bookroom import BODY
from deskclient import client, text
from evidenceroom import made
from formfill import filled
from registerroom import Room, room
from sosei.evidence import models as em
from sosei.evidence.kindfiles import read_kind, written
from sosei.evidence.kinds import catalogue
from sosei.evidence.queries.registers import register as shown_of
from sosei.journal.clock import at

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
WHERE = "/registers/new/file/"


@pytest.fixture
def office():
    with at(JUNE):
        yield room()


def handed_in(desk, data: bytes, name: str = "subsidies.toml"):
    return desk.post(WHERE, {"file": SimpleUploadedFile(name, data)})


def test_書き出した定義から同じ列の台帳を見てから作れる(office: Room) -> None:
    own = made(office.town, "subsidies")
    desk = client(office.town.officer)
    page = desk.get(reverse("desk:register_definition", args=[own.pk]))
    where = reverse("desk:register_file", args=[own.pk])
    assert f'href="{where}"' in page.content.decode()
    file = desk.get(where)
    assert quote(f"{shown_of(BODY, own.pk).kind.ja}.toml") in file["Content-Disposition"]
    assert page.content.decode().index(where) < page.content.decode().index("<details>")
    seen = handed_in(desk, file.content)
    assert seen.status_code == 200
    assert "同じ名前の台帳が、この課にもうあります" in text(seen)
    assert "交付決定額" in text(seen)
    assert em.Register.objects.filter(key__startswith="subsidies").count() == 1
    done = desk.post(WHERE, filled(seen, "name", name="となりの市の補助金台帳"))
    assert done.status_code == 302, text(done)
    other = em.Register.objects.get(key="subsidies_2")
    one, two = shown_of(BODY, own.pk).kind, shown_of(BODY, other.pk).kind
    assert (two.ja, two.fields, two.stages, two.subsidy) == (
        "となりの市の補助金台帳", one.fields, one.stages, one.subsidy,
    )  # fmt: skip


def test_打ち間違えても渡した定義は残りファイルの間違いは言う(office: Room) -> None:
    desk = client(office.town.officer)
    seen = handed_in(desk, written(catalogue()["registrants"]).encode(), "registrants.toml")
    wrong = desk.post(WHERE, filled(seen, "name", name="", keep_years="ずっと"))
    assert wrong.status_code == 422
    assert "1から99までの年数" in text(wrong)
    again = desk.post(WHERE, filled(wrong, "name", name="ファンの名簿", keep_years="5"))
    assert again.status_code == 302, text(again)
    assert em.Register.objects.get(key="registrants").keep_years == 5
    assert "E407" in text(desk.post(WHERE, {}))
    assert "E705" in text(handed_in(desk, b"PK\x03\x04"))
    assert "E704" in text(handed_in(desk, b'kind = "list"'))
    large = text(handed_in(desk, b"#\n" * 33_000))
    assert "E409" in large
    assert "65KBあり、受け取れる大きさ（64KBまで）" in large


def test_尋ねる名簿がまだない調査も作れる(office: Room) -> None:
    desk = client(office.town.officer)
    said = written(catalogue()["hires"]).replace('asks = "members"', 'asks = "their_members"')
    kind = read_kind(said.encode(), "hires.toml")
    assert kind.asks == "their_members"
    assert "their_members" in handed_in(desk, said.encode(), "hires.toml").content.decode()
