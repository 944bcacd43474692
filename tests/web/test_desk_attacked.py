"""攻めの試験. What an outsider, or an insider of a small role, tries: other bodies' numbers, endless numbers, hosts, blocks, names."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

import deskroom
from bookroom import person
from permissionworld import World, world
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.pasted import ROWS, block_of
from sosei.ledger.objections import TooMuchPasted
from sosei.offices.models import Assignment
from sosei.offices.queries.lockouts import spelled

NOW = datetime(2022, 6, 15, 1, tzinfo=UTC)


@pytest.fixture
def made(db):
    made = world()
    with clock.at(NOW):
        yield made


def signed_in(who) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(who, backend=deskroom.BACKEND)
    return client


@pytest.fixture
def auditor(made: World) -> Client:
    return signed_in(made.town.auditor)


def test_ほかの団体の有識者意見は見えない(made: World) -> None:
    said = m.Opinion.objects.filter(entry__isnull=False).first()
    assert said is not None
    address = reverse("desk:opinion_print", args=[said.entry_id])
    assert signed_in(made.town.planner).get(address).status_code == 200
    stranger = person("yoso", "他所 の人")
    stranger.body = "999999"
    stranger.save()
    with act("test.stranger", body=stranger.body, by=None) as w:
        w.add(Assignment(person=stranger, role="planner", first_day=date(2020, 4, 1)))
    assert signed_in(stranger).get(address).status_code == 404


@pytest.mark.parametrize("page", ["entry", "grade_edit", "opinion_print"])
def test_どの行にもならない番号はない画面(made: World, page: str) -> None:
    answer = signed_in(made.town.planner).get(reverse(f"desk:{page}", args=[10**30]))
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "address", ["/journal/?first=0001-01-01&last=9999-12-31", "/signoff/volumes/{}/at/?at=0001-01-01T00:00&form=json"]
)  # fmt: skip
def test_暦の果ての日は断る(made: World, auditor: Client, address: str) -> None:
    assert auditor.get(address.format(made.things["volume"])).status_code == 422


def test_知らない名前のサーバーへの要求は断る(made: World) -> None:
    answer = Client(raise_request_exception=False).get("/accounts/login/", headers={"Host": "x.test"})  # fmt: skip
    assert answer.status_code == 400


@pytest.mark.parametrize("block", ["1\n" * (ROWS + 2), "9" * 200_000, '"' * 150_000])
def test_大きすぎる貼付けは見る前に断る(made: World, block: str) -> None:
    with pytest.raises(TooMuchPasted):
        block_of(block)
    officer, address = signed_in(made.town.officer), f"/volumes/{made.things['volume']}/grid/"
    for field in ("pasted", "extra"):
        answer = officer.post(address, {field: block})
        assert (answer.status_code, "E456" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("name", ["KIKAKU", " kikaku ", "kıkaku", "\u212ai\u212aa\u212au"])
def test_失敗は利用者IDのどの書き方でも一つに数える(name: str) -> None:
    assert spelled(name) == spelled("kikaku")
    assert spelled("ſenryaku") == "senryaku"


@pytest.mark.parametrize(("signed", "megabytes", "status"), [(False, 2, 413), (True, 2, 200), (True, 101, 413)])  # fmt: skip
def test_送りすぎは読む前に断る(made: World, signed: bool, megabytes: int, status: int) -> None:
    """The length is said, and the bytes never come: what reads them would fail."""
    client = signed_in(made.town.officer) if signed else Client(raise_request_exception=False)
    answer = client.get("/", headers={"Content-Length": str(megabytes * 1024**2)})
    assert answer.status_code == status
    assert ("E419" in answer.content.decode()) == (status == 413)


@pytest.mark.parametrize("where", ["/", "/accounts/login/", "/forms/x/"])
def test_クッキーの名だけでは多くは送れない(made: World, where: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    answer = client.get(where, headers={"Content-Length": str(2 * 1024**2)})
    assert answer.status_code == 413


@pytest.mark.parametrize("name", ["account_login", "public:fill", "set_language"])
def test_だれでも開ける頁へはサインインしていても多くは送れない(made: World, name: str) -> None:
    where = reverse(name, args=["abc"] if ":" in name else [])
    answer = signed_in(made.town.officer).get(where, headers={"Content-Length": str(2 * 1024**2)})
    assert answer.status_code == 413
