"""補助の定めの画面: rules changed without code, told as sentences, and what they give shown beside the fields and on the entry."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from bookroom import BODY, Town, town
from deskclient import client, text
from evidenceroom import entered, firm, made
from formfill import filled
from sosei.evidence import models as em
from sosei.evidence.drafts import Draft
from sosei.evidence.queries.registers import register as shown_of
from sosei.journal import clock

pytestmark = pytest.mark.django_db
HALF = {"t-0-rate": "1/2", "t-0-cap": "500,000", "t-0-rounding": "千円未満切捨て"}


class Room:
    """A register of subsidies of the catalogue."""

    def __init__(self) -> None:
        self.town: Town = town()
        self.register: em.Register = made(self.town, "subsidies")

    def to(self, name: str, *args: int) -> str:
        return reverse(f"desk:{name}", args=[self.register.pk, *args])

    def kind(self):
        return shown_of(BODY, self.register.pk).kind

    def sent(self, name: str, said: dict[str, str], *args: int, who=None):
        desk = client(who or self.town.planner)
        return desk.post(self.to(name, *args), filled(desk.get(self.to(name, *args))) | said)

    def ruled(self, **more: str) -> None:
        done = self.sent("register_rules", HALF | {"reason": "要綱の制定"} | more)
        assert done.status_code == 302, text(done)


@pytest.fixture
def office():
    with clock.at(datetime(2022, 6, 15, 1, tzinfo=UTC)):
        yield Room()


def test_要綱の定めを画面で書くと版になり文で読める(office: Room) -> None:
    office.ruled(**{"t-0-scheme": "出展補助金", "t-0-since": "2021-04-01", "t-0-exceptions": "on"})
    rules = office.kind().subsidy
    assert rules is not None
    assert [one.table() for one in rules.terms] == [
        {"scheme": "出展補助金", "since": "2021-04-01", "rate": "1/2", "cap": 500_000, "rounding": "千円未満切捨て", "exceptions": True}
    ]  # fmt: skip
    assert rules.fields["decided"] == "decided"
    desk = client(office.town.planner)
    for name in ("register", "register_definition", "register_rules", "register_add"):
        assert "2021-04-01から、「出展補助金」は、欄「補助対象経費」×補助率（1/2）、上限500,000円" in text(desk.get(office.to(name)))  # fmt: skip
    assert shown_of(BODY, office.register.pk).stamp == 2
    again = filled(desk.get(office.to("register_rules")))
    assert again["t-0-cap"] == ["500,000"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"t-0-rate": "2倍"}, "補助率「2倍」は、1/2 のように"),
        ({"t-0-cap": "たくさん"}, "たくさん"),
        ({"t-0-since": "いつか"}, "日"),
        ({"f-decided": "fixed"}, "二つの役割"),
        ({"f-scheme": "", "t-0-scheme": "出展補助金"}, "補助金の名称（scheme）の項目が要る"),
        ({"paid": ""}, "支払（paid）の段階が要る"),
        ({"reason": ""}, "理由"),
    ],
)
def test_おかしな定めはその欄で言う(office: Room, said: dict[str, str], words: str) -> None:
    refused = office.sent("register_rules", HALF | {"reason": "要綱の制定"} | said)
    assert refused.status_code == 422
    assert words in text(refused)
    assert shown_of(BODY, office.register.pk).stamp == 1


def test_列をどれも選ばなければ計算をやめる(office: Room) -> None:
    rules = office.kind().subsidy
    assert rules is not None
    none = {f"f-{role}": "" for role in rules.fields}
    assert office.sent("register_rules", none | {"reason": "補助金ではない"}).status_code == 302
    assert office.kind().subsidy is None
    desk = client(office.town.planner)
    assert "計算をしていません" in text(desk.get(office.to("register_rules")))


def test_列の定義を変えても定めは残り使う列は除けない(office: Room) -> None:
    office.ruled()
    assert office.sent("register_change", {"ja": "補助金", "reason": "名前"}).status_code == 302
    kind = office.kind()
    assert kind.ja == "補助金"
    assert kind.subsidy is not None
    assert kind.subsidy.terms
    desk = client(office.town.planner)
    form = filled(desk.get(office.to("register_change")))
    n = next(name.split("-")[1] for name, value in form.items() if value == ["decided"])
    gone = {f"c-{n}-{part}": "" for part in ("key", "ja", "en")}
    refused = desk.post(office.to("register_change"), form | gone | {"reason": "使わない"})
    assert refused.status_code == 422
    assert "補助の定めの項目「decided」は、台帳の項目にない" in text(refused)


def test_入力の欄の横に上限が出て超えれば計算を言う(office: Room) -> None:
    office.ruled()
    said = {
        "e-who": "株式会社見本", "e-title": "出展", "e-stage:交付決定": "2021-06-25", "e-eligible": "900,500",
        "e-decided": "451,000",
    }  # fmt: skip
    refused = office.sent("register_add", said)
    assert refused.status_code == 422
    shown = text(refused)
    assert (
        "「交付決定額」の451,000円は、上限の450,000円を超えています（補助対象経費900,500円×1/2＝450,250円"
        in shown
    )
    assert "交付できる上限 450,000円" in shown
    assert em.Entry.objects.count() == 0
    assert office.sent("register_add", said | {"e-decided": "450,000"}).status_code == 302
    desk = client(office.town.planner)
    assert "交付できる上限 450,000円" in text(desk.get(office.to("register_correct", 1)))


def test_定めのない名称は選べる名称を示し上限を計算していないと言う(office: Room) -> None:
    office.ruled(**{"t-0-scheme": "出展補助金", "t-0-exceptions": "on"})
    desk = client(office.town.officer)
    assert '<option value="出展補助金">' in desk.get(office.to("register_add")).content.decode()
    own = {"e-who": "見本鋳造", "e-title": "出展", "e-scheme": "出店補助金", "e-eligible": "900,000", "e-stage:交付決定": "2022-05-01", "e-decided": "400,000"}  # fmt: skip
    done = desk.post(office.to("register_add"), own, follow=True)
    said = text(done)
    assert "この名称の定めがないため、上限を計算していません" in said
    assert "交付できる上限" not in said
    keys = dict(filled(desk.get(office.to("register_correct", 1))))
    assert "この名称の定めがないため、上限を計算していません" in text(desk.get(office.to("register_correct", 1)))  # fmt: skip
    wrong = desk.post(office.to("register_correct", 1), keys | {"e-scheme": "出展補助金", "e-decided": "600,000", "reason": "誤り"})  # fmt: skip
    assert "要綱の特例によるときは、「" in text(wrong)


def test_登録の頁に返還を要する額が出る(office: Room) -> None:
    office.ruled()
    values = {"title": "出展", "eligible": 800_000, "decided": 400_000, "reported": 600_000, "fixed": 300_000, "paid": 400_000, "returned_tax": 20_000}  # fmt: skip
    draft = Draft(
        who=firm("株式会社見本"), reached=(None, date(2021, 6, 25), None, None, None, None, None),
        values={k: Decimal(v) if isinstance(v, int) else v for k, v in values.items()},
    )  # fmt: skip
    entered(office.town, office.register, [draft])
    shown = text(client(office.town.planner).get(office.to("register_entry", 1)))
    assert "払い過ぎた額（返還を要する） 100,000円 支払額400,000円－確定額300,000円" in shown
    assert "仕入控除税額の返還 20,000円" in shown


def test_案件でない台帳にはその頁がない(office: Room) -> None:
    events = made(office.town, "events")
    desk = client(office.town.planner)
    assert desk.get(reverse("desk:register_rules", args=[events.pk])).status_code == 404
    assert client(office.town.other).get(office.to("register_rules")).status_code == 403


def test_もとにして作ると定めも付いてくる(office: Room) -> None:
    desk = client(office.town.planner)
    address = reverse("desk:register_blank") + "?from=trials"
    form = filled(desk.get(address)) | {"department": str(office.town.it.pk)}
    assert desk.post(address, form).status_code == 302
    made_ = em.Register.objects.latest("pk")
    assert "subsidy" in made_.definition


def test_英語の文でも出る(office: Room) -> None:
    office.ruled()
    desk = client(office.town.planner)
    desk.cookies["django_language"] = "en"
    assert "cap ¥500,000" in text(desk.get(office.to("register_rules")))
