"""証拠書類の画面をブラウザで見る: accessible, within the window, attached by a person's own hand, all of it without scripts."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

import deskroom
from documentroom import PLAIN, attached, pdf, png
from evidenceroom import entered, made
from registerroom import Room, room
from sosei.evidence import models as em
from sosei.evidence.actions.documents import Handling, Said, change_document, void_document
from sosei.evidence.drafts import Draft, Who

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JUNE = datetime(2022, 6, 15, 1, tzinfo=UTC)
SIZES = [(390, "light"), (1280, "light"), (1280, "dark")]


@pytest.fixture
def office(monkeypatch) -> Room:
    monkeypatch.setattr(timezone, "now", lambda: JUNE)
    return room()


def addresses(office: Room) -> dict[str, str]:
    t, members = office.town, office.members
    people = made(t, "registrants")
    entered(t, people, [Draft(who=Who(kind="person", name="関係 人子"))])
    own = attached(
        t, people, pdf("p"), said=Said(sort="decision", level="3B", year=2021, personal=True)
    )
    row = attached(
        t,
        members,
        pdf("a"),
        name="クラスター形成支援業務委託契約書（変更後・令和三年度・別紙仕様書を含む）.pdf",
        said=PLAIN,
    )
    held = Handling(
        sort="contract", level="3C", keep_years=10, personal=False, held="返還の手続が続いている"
    )
    change_document(by=t.planner, document=row.pk, seen=1, now=held)
    attached(
        t,
        members,
        png(),
        name="会場.png",
        said=Said(sort="photo", level="1", year=2021, note="設立総会の会場"),
    )
    voided = attached(t, members, pdf("b"), name="請求書.pdf")
    void_document(by=t.planner, document=voided.pk, seen=1, reason="裏面がない")
    erase = attached(t, members, pdf("c"), number=2)
    return {
        "documents-entry": reverse("desk:entry_documents", args=[members.pk, 1]),
        "documents-none": reverse("desk:entry_documents", args=[members.pk, 3]),
        "documents-person": reverse("desk:entry_documents", args=[people.pk, 1]),
        "documents-index": reverse("desk:register_documents", args=[members.pk]) + "?state=all",
        "documents-missing": reverse("desk:register_missing", args=[members.pk]),
        "document": reverse("desk:document", args=[row.pk]),
        "document-personal": reverse("desk:document", args=[own.pk]),
        "document-voided": reverse("desk:document", args=[voided.pk]),
        "document-change": reverse("desk:document_change", args=[row.pk]),
        "document-void": reverse("desk:document_void", args=[row.pk]),
        "document-erase": reverse("desk:document_erase", args=[erase.pk]),
        "documents-due": reverse("desk:documents_due"),
        "register-entry-documents": reverse("desk:register_entry", args=[members.pk, 1]),
    }


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_どの画面も読め_はみ出さない(desk, office: Room, width: int, scheme: str) -> None:
    page = desk.page(office.town.planning_head, width=width, scheme=scheme)
    for name, address in addresses(office).items():
        response = page.goto(desk.url + address)
        assert response is not None
        assert response.status == 200, address
        deskroom.looked_at(page, f"{name}-{width}-{scheme}")
    assert desk.complaints == []


def test_台本なしで二つのファイルを付けて一つを保存する(desk, office: Room) -> None:
    page = desk.page(office.town.officer, scripts=False)
    page.goto(desk.url + reverse("desk:register_entry", args=[office.members.pk, 1]))
    page.get_by_role("link", name="証拠書類を見る・付ける").click()
    page.get_by_label("ファイル").set_input_files([
        {"name": "契約書.pdf", "mimeType": "application/pdf", "buffer": pdf()},
        {"name": "会場.png", "mimeType": "image/png", "buffer": png()},
    ])  # fmt: skip
    page.get_by_label("摘要").fill("会費の根拠")
    page.get_by_role("button", name="付ける").click()
    page.get_by_role("link", name="契約書.pdf").click()
    with page.expect_download() as kept:
        page.get_by_role("link", name="ファイルを保存して開く").click()
    assert kept.value.suggested_filename == "契約書.pdf"
    assert kept.value.path().read_bytes() == pdf()
    assert em.Document.objects.count() == 2
