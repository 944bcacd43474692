"""証跡の画面をブラウザで見る: accessible, within the window, silent, narrowed and followed without scripts."""

from datetime import timedelta

import pytest
from django.urls import reverse

import deskroom
from bookroom import BODY
from sosei.journal.acts import act
from sosei.journal.clock import today
from sosei.journal.models import Entry
from yearbook import Book, accept, book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(360, "light"), (1280, "light"), (1280, "dark"), (1920, "light")]


@pytest.fixture
def made() -> Book:
    """A book with an accepted entry, and a department that was renamed and voided."""
    made = book()
    accept(made, made.it)
    for n in range(3):
        with act(
            "department.correct",
            body=BODY,
            by=made.town.admin.pk,
            subject=f"offices.department:{made.town.it.pk}",
        ) as w:
            w.change(made.town.it, name=f"産業{n}課")
    return made


def pages(made: Book) -> dict[str, str]:
    last = Entry.objects.order_by("-seq").first()
    imported = Entry.objects.get(verb="volume.record")
    assert last is not None
    return {
        "list": reverse("desk:journal"),
        "narrowed": reverse("desk:journal") + f"?subject=offices.department:{made.town.it.pk}",
        "empty": reverse("desk:journal") + f"?first={today() + timedelta(days=999)}",
        "wrong": reverse("desk:journal") + "?first=2022-06-03&last=2022-06-01",
        "line": reverse("desk:journal_line", args=[last.seq]),
        "import": reverse("desk:journal_line", args=[imported.seq]),
        "row": reverse("desk:journal_row", args=["ledger.projectyear", made.it.pk]),
    }


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_どの画面も見やすくはみ出さず静か(desk, made: Book, width: int, scheme: str) -> None:
    page = desk.page(made.town.auditor, width=width, scheme=scheme)
    for name, address in pages(made).items():
        page.goto(desk.url + address)
        deskroom.looked_at(page, f"journal-{name}-{width}-{scheme}")
    complaints = [c for c in desk.complaints if "422" not in c]
    assert not complaints
    assert all(asked.startswith((desk.url, "data:")) for asked in desk.asked)


def test_台本なしでも絞り込みたどって戻れる(desk, made: Book) -> None:
    page = desk.page(made.town.auditor, scripts=False)
    page.goto(desk.url + reverse("desk:journal"))
    page.select_option("select[name=verb]", "department.correct")
    page.click("form.filter button")
    assert page.locator("tbody tr").count() == 3
    page.click("tbody tr:first-child td a")
    assert page.locator("del.before").inner_text() == "産業1課"
    assert page.locator("ins.after").inner_text() == "産業2課"
    page.click("section h3 a:has-text('経緯')")
    assert page.locator("ol.history > li").count() == 4
    page.click("nav.crumbs a:has-text('証跡')")
    assert page.locator("tbody tr").count() > 3


def test_英語でも同じものが見える(desk, made: Book) -> None:
    page = desk.page(made.town.auditor, english=True)
    page.goto(desk.url + reverse("desk:journal"))
    assert page.locator("h1").inner_text() == "Journal"
    assert "Correct a department" in page.locator("tbody").inner_text()
