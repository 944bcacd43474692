"""受け取らないもの. Whatever a file is called, what it holds decides: a picture, a program, another format is kept nowhere."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from deskclient import client, text
from inquiryroom import JUNE, room
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.inquiries import Wording, send_inquiry
from sosei.ledger.actions.opinions import Expert, ask_experts
from sosei.ledger.queries.questions import USUAL

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><text>KPI 10</text></svg>'
#: Content and the code of its refusal; what can be read and is no report is refused for what it lacks.
CONTENTS = {
    "SVG": (SVG, "E217"),
    "宣言のあるSVG": (b'<?xml version="1.0"?>\n<!DOCTYPE svg>\n<!-- x -->' + SVG, "E217"),
    "XML": (b'<?xml version="1.0"?><rss/>', "E217"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(90), "E217"),
    "実行ファイル": (b"MZ\x90" + bytes(range(256)), "E203"),
    "PDF": (b"%PDF-1.7", "E207"),
}
NAMES = ("絵.svg", "報告書.html", "報告書.xlsx", "報告書.csv", "報告書.txt", "報告書.json")


@pytest.fixture
def place():
    with at(JUNE):
        yield room()


def doors(place) -> dict[str, tuple[str, str, dict[str, object]]]:
    """Every address of the desk that takes a file: with the name of its field, and what is sent beside it."""
    t, volume = place.town, place.volume
    inquiry = send_inquiry(
        by=t.planner, volume=volume.pk, departments=[t.it.pk], kinds=USUAL,
        words=Wording(title="実績調査", due_on=date(2023, 6, 21)),
    )  # fmt: skip
    with act("test.stage", body=volume.body, by=None) as w:
        volume = m.Volume.objects.get(pk=volume.pk)
        w.change(volume, stage="experts")
    [paper] = ask_experts(
        by=t.planner, volume=volume.pk, due_on=date(2023, 7, 31), experts=[Expert(name="有識者")]
    )
    return {
        "よその報告書": ("/strangers/", "file", {}),
        "取込み": ("/imports/new/", "files", {"kind": "report", "year": "2022"}),
        "照会の回答": (f"/inquiries/{inquiry.pk}/answers/", "files", {}),
        "有識者の様式": (f"/signoff/opinions/papers/{paper.pk}/read/", "file", {}),
    }


@pytest.mark.parametrize("content", CONTENTS)
def test_報告書でない中身は名前によらずどこからも受け取らない(place, content: str) -> None:
    data, code = CONTENTS[content]
    desk = client(place.town.planner)
    open_doors = doors(place)
    kept = (m.Document.objects.count(), m.Blob.objects.count(), m.Batch.objects.count())
    for where, (address, field, more) in open_doors.items():
        for name in NAMES:
            answer = desk.post(address, {field: SimpleUploadedFile(name, data), **more})
            assert answer.status_code == 422, (where, name)
            assert code in text(answer), (where, name)
    assert (m.Document.objects.count(), m.Blob.objects.count(), m.Batch.objects.count()) == kept


def test_事業の一つもない文書は報告書として預からない(place) -> None:
    for name, data in {"a.txt": "本日は晴天なり\n".encode(), "a.js": b"alert(1)", "a.csv": b"a,b,c\n1,2,3\n4,5,6\n"}.items():  # fmt: skip
        for address, field in (("/strangers/", "file"), ("/imports/new/", "files")):
            answer = client(place.town.planner).post(
                address,
                {field: SimpleUploadedFile(name, data), "kind": "report", "year": "2022"},
            )
            assert answer.status_code == 422, (name, address)
            assert "E434" in text(answer), (name, address)
    assert not m.Document.objects.filter(purpose__in=["stranger", "import"]).exists()
