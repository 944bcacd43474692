"""LibreOffice で保存し直した回答. What comes back from an office without Excel makes the same difference as what was filled in."""

import shutil
from pathlib import Path

import pytest
from year import april, asked, books
from year.altered import filled, resaved
from year.city import found
from year.rehearsal import Year

import answerfiles
from sosei.ledger import models as m
from sosei.ledger.queries.batches import batch_of

pytestmark = [pytest.mark.django_db, pytest.mark.office, pytest.mark.slow]


@pytest.fixture
def year() -> Year:
    """The year up to the inquiry."""
    if shutil.which("soffice") is None:
        pytest.skip("office: soffice is not on this machine")
    made = Year()
    made.people = found()
    for step in (april.first_of_april, books.roll_over, books.money, asked.send):
        step(made)
    return made


def difference(year: Year, login: str, part: m.InquiryPart, data: bytes) -> list[tuple[str, ...]]:
    """What a file proposes, as the officer sees it; dropped again."""
    desk = year.at(login)
    page = desk.read("inquiry_part", part.pk)
    page = desk.send(page, has="files", files={"files": [("回答.xlsx", data)]})
    batch = m.Batch.objects.latest("pk")
    seen = batch_of(batch.body, batch.pk)
    assert not seen.not_understood
    rows = [
        (row.kind, row.name_ja, row.change.before_ja, row.change.after_ja, str(row.ticked))
        for group in seen.groups
        for row in group.rows
    ]
    desk.send(page, at="/refuse/", reason="比べるため")
    return rows


def test_保存し直した様式からも同じ差分が出る(year: Year, tmp_path: Path) -> None:
    for code in ("02", "11", "14"):
        (answer,) = [one for one in books.said()["answer"] if one["room"] == code]
        with year.on(2023, 6, 5):
            part = m.InquiryPart.objects.get(department=year.room(code))
            login = f"{year.logins[code]}-r5"
            _, sent = year.at(login).take("inquiry_workbook", part.pk)
            data = answerfiles.saved(filled(sent, answer))
            once = difference(year, login, part, data)
            folder = tmp_path / code
            folder.mkdir()
            again = difference(year, login, part, resaved(data, folder))
        assert once == again
        assert len(once) >= 7
