"""数えた経費の画面: the count beside the typed amount, recorded by one press or left with a reason, and walked back to who was paid for what."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from bookroom import BODY
from deskclient import client, text
from evidenceroom import defined, entered, firm, made
from formfill import filled
from sosei.evidence.actions.closings import close_register
from sosei.evidence.drafts import Draft
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.money import Line, set_spending
from sosei.ledger.actions.spent import count_spending_by
from sosei.ledger.queries.spent import spent_of_lines, tied_measures
from yearbook import Book, book

pytestmark = pytest.mark.django_db
END = date(2022, 3, 31)
TEXT = 'sum paid of commissions reaching "支払" during fiscal unit "円"'


class Room:
    """A line of money (業務委託) tied to what two contracts were paid, for two activities; and one that is tied to nothing."""

    def __init__(self, book: Book) -> None:
        self.book, t = book, book.town
        self.contracts = made(t, "commissions")
        days = (date(2021, 5, 1), None, date(2022, 2, 1), date(2022, 3, 1))
        entered(t, self.contracts, [
            Draft(who=firm(name), reached=days, values={"title": f"{activity}の業務", "activity": activity, "amount": Decimal(yen), "paid": Decimal(yen)})
            for name, activity, yen in (("株式会社甲", "伴走支援", 6_000_400), ("株式会社乙", "商談会", 4_000_100))
        ])  # fmt: skip
        self.measure = defined(t, "contracts", TEXT)
        rows = set_spending(
            by=t.officer, entry=book.it.pk, seen=None,
            lines=[Line(label="業務委託", amount="9,000"), Line(label="負担金", amount="100")],
        )  # fmt: skip
        self.line, self.other = rows
        count_spending_by(by=t.planner, spending=self.line.pk, measures=[self.measure.pk])

    def close(self) -> None:
        close_register(by=self.book.town.planner, register=self.contracts.pk, until=END)

    def to(self, name: str, *args: int) -> str:
        return reverse(f"desk:{name}", args=args or [self.line.pk])

    def money(self) -> str:
        desk = client(self.book.town.officer)
        return text(desk.get(self.to("money", self.book.it.pk)))

    def now(self):
        return spent_of_lines(BODY, [self.line.pk])[0]


@pytest.fixture
def room():
    with clock.at(datetime(2022, 6, 15, 1, tzinfo=UTC)):
        yield Room(book())


def test_打った額の横に数えと差が並ぶ(room: Room) -> None:
    shown = room.money()
    assert "これまでに10,000.5千円" in shown
    assert "台帳が締まっていない" in shown
    assert "数え方は結び付いていません。" in shown
    room.close()
    shown = room.money()
    assert "数え 10,000.5千円" in shown
    assert "△1,000.5千円" in shown
    assert "どちらが正しいか確かめてください。" in shown


def test_単位の取り違えは言葉で言う(room: Room) -> None:
    set_spending(
        by=room.book.town.officer, entry=room.book.it.pk, seen=None,
        lines=[Line(spending=room.line.pk, label="業務委託", amount="10,000,500")],
    )  # fmt: skip
    open_still = room.money()
    assert (
        "これまでの数えと約1,000倍違います。円と千円を取り違えているかもしれません。" in open_still
    )
    room.close()
    assert "約1,000倍違います。円と千円を取り違えていないか" in room.money()


def test_空の欄は一度押せば記載になる(room: Room) -> None:
    set_spending(
        by=room.book.town.officer, entry=room.book.it.pk, seen=None,
        lines=[Line(spending=room.line.pk, label="業務委託", amount="")],
    )  # fmt: skip
    room.close()
    desk = client(room.book.town.officer)
    assert "数えた額を記載にする" in room.money()
    sent = {"seen": room.now().mark}
    assert f'value="{sent["seen"]}"' in desk.get(room.to("money", room.book.it.pk)).content.decode()
    assert desk.post(room.to("spent_record"), sent).status_code == 302
    assert room.now().counted
    assert "数えた額" in room.money()


def test_数を変えるには理由が要り見た数えでなければ断る(room: Room) -> None:
    room.close()
    desk, address = client(room.book.town.officer), room.to("spent_record")
    form = filled(desk.get(address))
    refused = desk.post(address, form)
    assert refused.status_code == 422
    assert "E403" in text(refused)
    stale = desk.post(address, form | {"reason": "数え直した", "seen": "0"})
    assert stale.status_code == 422
    assert "E402" in text(stale)
    done = desk.post(address, form | {"reason": "数え直した"}, follow=True)
    assert "数えた額を記載にしました。" in text(done)
    assert room.now().recorded == 10_000_500


def test_理由を書いて残すと数えも並ぶ(room: Room) -> None:
    room.close()
    desk, address = client(room.book.town.officer), room.to("spent_keep")
    assert desk.post(address, filled(desk.get(address))).status_code == 422
    desk.post(address, filled(desk.get(address)) | {"reason": "一部は他の事業で払った"})
    shown = room.money()
    assert "理由を添えて残しています：一部は他の事業で払った" in shown
    assert "10,000.5千円" in shown


def test_数え方を選び外すには理由が要る(room: Room) -> None:
    t = room.book.town
    defined(t, "other", 'count of commissions reaching "支払" unit "件"')
    desk, address = client(t.planner), room.to("spent_tie")
    page = text(desk.get(address))
    assert "contracts" in page
    assert "other" not in page, "only what sums money is offered"
    form = filled(desk.get(address))
    assert desk.post(address, form | {"measures": []}).status_code == 422
    assert desk.post(address, form | {"measures": [], "reason": "手で入れる"}).status_code == 302
    assert tied_measures(room.line.pk) == ()
    assert client(t.officer).get(address).status_code == 403
    assert client(t.officer).get(room.to("spent_record", room.other.pk)).status_code == 404


def test_前の報告書の同じ項目の数え方が選んである(room: Room) -> None:
    town, book = room.book.town, room.book
    with act("test.next", body=BODY, by=None) as w:
        volume = w.add(m.Volume(fiscal_year=2022, title="次の年", body=BODY))
        entry = w.add(m.ProjectYear(volume=volume, project=book.it.project, kind="result", name="x", position=0))  # fmt: skip
        line = w.add(m.Spending(entry=entry, position=0, label="業務委託", unit="千円"))
    page = client(town.planner).get(room.to("spent_tie", line.pk))
    assert page.context["suggested"] == (room.measure.pk,)
    assert filled(page)["measures"] == [str(room.measure.pk)]
    assert "印を付けてあります" in text(page)
    assert "印を付けてあります" not in text(client(town.planner).get(room.to("spent_tie", room.other.pk)))  # fmt: skip


def test_どの契約がどの取組に払ったかが分かる(room: Room) -> None:
    t = room.book.town
    address = room.to("spent_paid", room.book.it.pk)
    page = client(t.officer).get(address)
    groups = page.context["groups"]
    assert [(one.name, one.yen, [p.title for p, _ in rows]) for one, rows in groups] == [
        ("伴走支援", 6_000_400, ["伴走支援の業務"]), ("商談会", 4_000_100, ["商談会の業務"]),
    ]  # fmt: skip
    shown = text(page)
    assert "株式会社甲" in shown
    assert "6,000,400円" in shown
    assert "重複" not in shown
    count_spending_by(by=t.planner, spending=room.other.pk, measures=[room.measure.pk])
    shown = text(client(t.officer).get(address))
    assert "二つの項目が同じ登録を数えています" in shown
    assert {one.yen for one, _ in client(t.officer).get(address).context["groups"]} == {6_000_400, 4_000_100}  # fmt: skip


def test_結び付いていなければその頁が言う(room: Room) -> None:
    count_spending_by(by=room.book.town.planner, spending=room.line.pk, measures=[], reason="手で入れる")  # fmt: skip
    shown = text(client(room.book.town.officer).get(room.to("spent_paid", room.book.it.pk)))
    assert "まだ数え方が結び付いていません" in shown


def test_頁の問い合わせは少ない(room: Room, django_assert_max_num_queries) -> None:
    room.close()
    desk = client(room.book.town.planner)
    for name, *args in (("money", room.book.it.pk), ("spent_record",), ("spent_keep",), ("spent_tie",), ("spent_paid", room.book.it.pk)):  # fmt: skip
        with django_assert_max_num_queries(25):
            assert desk.get(room.to(name, *args)).status_code == 200


def test_英語でも出る(room: Room) -> None:
    room.close()
    desk = client(room.book.town.planner)
    desk.cookies["django_language"] = "en"
    said = {
        ("money", room.book.it.pk): "Counted from registers", ("spent_record",): "Record the count",
        ("spent_keep",): "Leave the amount as it is", ("spent_tie",): "Choose measures",
        ("spent_paid", room.book.it.pk): "What was paid for which activity",
    }  # fmt: skip
    for (name, *args), words in said.items():
        assert words in text(desk.get(room.to(name, *args)))
