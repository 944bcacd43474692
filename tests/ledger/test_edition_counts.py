"""版の数えた値: from a published edition one comes to the rows behind its figures, and sees what became other since."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from test_editions import JULY, MAY, ready

from deskclient import client, text
from evidenceroom import defined, entered, firm, made, member
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register, reopen_register
from sosei.evidence.drafts import Draft
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.counted import count_by, record_counts
from sosei.ledger.actions.editions import publish_edition
from sosei.ledger.actions.money import Line, set_spending
from sosei.ledger.actions.spent import count_spending_by, record_spent
from yearbook import Book, book

pytestmark = pytest.mark.django_db
END = date(2022, 3, 31)
DAYS = (date(2021, 5, 1), None, date(2022, 2, 1), date(2022, 3, 1))


class Room:
    """A published report with a figure and a line of money that are counted."""

    def __init__(self, book: Book) -> None:
        self.book, t = book, book.town
        self.members, self.contracts = made(t, "members"), made(t, "commissions")
        entered(
            t,
            self.members,
            [member("見本鋳造", date(2020, 4, 1)), member("見本精機", date(2021, 6, 1))],
        )
        paid = {"title": "支援業務", "amount": Decimal(5_000), "paid": Decimal(5_000)}
        entered(t, self.contracts, [Draft(who=firm("株式会社甲"), reached=DAYS, values=paid)])
        self.heads = defined(t, "heads", 'count of members at end unit "人"')
        self.paid = defined(
            t, "paid", 'sum paid of commissions reaching "支払" during fiscal unit "円"'
        )
        line = m.Line.objects.filter(entry=book.it).order_by("position")[0]
        count_by(by=t.planner, line=line.pk, measure=self.heads.pk)
        [money] = set_spending(
            by=t.officer, entry=book.it.pk, seen=None, lines=[Line(label="業務委託", amount="")]
        )
        count_spending_by(by=t.planner, spending=money.pk, measures=[self.paid.pk])
        self.closing = close_register(by=t.planner, register=self.members.pk, until=END)
        close_register(by=t.planner, register=self.contracts.pk, until=END)
        record_counts(by=t.officer, lines=[line.pk], reason="数えたため")
        record_spent(by=t.officer, lines=[money.pk])

    def page(self, name: str = "edition_counts", who=None):
        edition = m.Edition.objects.get().pk
        return client(who or self.book.town.planner).get(reverse(f"desk:{name}", args=[edition]))


@pytest.fixture
def room() -> Room:
    with at(MAY):
        found = Room(book())
    with at(JULY):
        ready(found.book)
        publish_edition(by=found.book.town.planning_head, volume=found.book.volume.pk)
    return found


def test_版の頁から数えた値の行へ行ける(room: Room, django_assert_max_num_queries) -> None:
    with at(JULY + timedelta(days=1)):
        desk, edition = client(room.book.town.planner), m.Edition.objects.get().pk
        address = reverse("desk:edition_counts", args=[edition])
        assert f'href="{address}"' in room.page("edition").content.decode()
        with django_assert_max_num_queries(25):
            found = desk.get(address)
    said, page = text(found), found.content.decode()
    assert "新規雇用者数 令和3年度（2021年度） 2人（確定） 変わっていません 「heads」の2件" in said
    assert "経費：業務委託 令和3年度（2021年度） 5千円 変わっていません 「paid」の1件" in said
    for measure in (room.heads, room.paid):
        address = reverse("desk:measure_rows", args=[measure.pk, 2021])
        assert f'href="{address}"' in page
        assert client(room.book.town.planner).get(address).status_code == 200


def test_公表の後に数えが変わればそれも並ぶ(room: Room) -> None:
    with at(JULY + timedelta(days=1)):
        reopen_register(by=room.book.town.planner, closing=room.closing.pk, reason="届けが遅れた")
        entered(room.book.town, room.members, [member("見本電子", date(2021, 7, 1))])
        assert "2人（確定） 変わっていません" in text(room.page())
        close_register(by=room.book.town.planner, register=room.members.pk, until=END)
        assert em.Entry.objects.filter(register=room.members).count() == 3
        assert "2人（確定） いまの数えは3人" in text(room.page())


def test_台帳を見られない有識者には出ない(room: Room) -> None:
    with at(JULY + timedelta(days=1)):
        assert "数えた値" not in text(room.page("edition", room.book.town.expert))
        assert room.page(who=room.book.town.expert).status_code == 403
