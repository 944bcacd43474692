"""照会. Eleven departments are asked; their answers come back in eleven shapes, are looked at, applied, undone, corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sosei.ledger import models as m
from year.altered import altered
from year.books import PLANNER, said
from year.desk import Page

if TYPE_CHECKING:
    from year.rehearsal import Year

WHY_OTHER = "6月14日の朝に電話で伝えた値は速報で、伝票で数え直したところ86トンだった。"


def send(year: Year) -> None:
    """Planning sends the inquiry, and takes the forms along as one archive."""
    with year.on(2023, 6, 1):
        desk = year.at(PLANNER)
        page = desk.read("inquiry_new")
        year.kept["what is asked"] = page.text
        page = desk.send(
            page, has="due_on", due_on="2023-06-15", number="5企第88号", contact="企画課　新谷（内線 1234）"
        )  # fmt: skip
        desk.take("inquiry_papers", _inquiry().pk)


def _inquiry() -> m.Inquiry:
    return m.Inquiry.objects.get(volume__fiscal_year=2022)


def _part(year: Year, code: str) -> m.InquiryPart:
    return m.InquiryPart.objects.get(inquiry=_inquiry(), department=year.room(code))


#: The days of June 2023 on which the departments' answers come back, in the order of answers.toml.
DAYS = (5, 6, 7, 8, 9, 12, 12, 13, 13, 14, 15)


def answers(year: Year) -> None:
    """Each officer downloads the form, fills it, and brings it back in the shape that it has by then."""
    for day, answer in zip(DAYS, said()["answer"], strict=True):
        if answer["way"] == "stale copy":
            _phone(year)
        with year.on(2023, 6, day, 14):
            if answer["way"] == "browser grid":
                _type(year, answer)
            else:
                _bring(year, answer)


def _phone(year: Year) -> None:
    """Before the form of the environment division comes back, planning types what it heard by telephone."""
    with year.on(2023, 6, 14, 9):
        desk = year.at(PLANNER)
        page = desk.read("value_edit", year.line("木質燃料の地元供給量").pk)
        desk.send(page, has="text", text="84トン", state="preliminary")


def _bring(year: Year, answer: dict[str, Any]) -> None:
    if "wrong" in answer:
        _wrong(year, answer)
    page = _upload(year, answer)
    check = {"stale copy": _stale, "full width, 千円, total row": _totalled}.get(answer["way"])
    reason = check(page) if check else ""
    year.kept[f"difference: {answer['way']}"] = page.text
    _apply(year, answer, page, reason or "")
    if answer["way"] == "renamed file and sheet":
        _again(year, answer)


def _upload(year: Year, answer: dict[str, Any]) -> Page:
    """Home, the part's page, the form, the filled file; the difference."""
    code = answer["room"]
    desk, part = year.at(f"{year.logins[code]}-r5"), _part(year, code)
    desk.open("/")
    page = desk.read("inquiry_part", part.pk)
    sent = desk.take("inquiry_workbook", part.pk)
    page = desk.send(page, has="files", files={"files": [altered(*sent, answer)]})
    assert "/imports/" in page.url, page.text
    return page


def _apply(year: Year, answer: dict[str, Any], page: Page, reason: str = "") -> Page:
    """Take what is ticked."""
    desk = year.at(f"{year.logins[answer['room']]}-r5")
    more = {"reason": reason} if reason else {}
    done = desk.send(page, has="take", **more)
    assert "件を台帳に反映しました" in done.text, done.text
    return done


def _wrong(year: Year, answer: dict[str, Any]) -> None:
    """Yen for thousands of yen: the page warns and does not tick it; the officer drops the file, and corrects it."""
    page = _upload(year, answer | {"figures": answer["figures"] | answer["wrong"]})
    year.kept["a figure a thousand times too great"] = page.text
    (box,) = [row for row in page.doc.xpath("//tr[@data-kind]") if "248,120,000" in row.text_content()]  # fmt: skip
    assert not box.xpath(".//input[@name='take']/@checked"), box.text_content()
    assert "E631" in box.text_content()
    desk = year.at("mono-r5")
    desk.send(page, at="/refuse/", reason="売上高の単位を円で書いていた。千円に直して出し直す。")


def _stale(page: Page) -> str:
    """The book has moved on since it was asked: the value is a conflict, and is not taken without a reason."""
    (row,) = page.doc.xpath("//tr[@data-kind='conflict']")
    assert "照会したあとに、台帳の値が変わっています" in row.text_content(), row.text_content()
    box = row.xpath(".//input[@name='take']")[0]
    assert box.get("checked") is None
    box.set("checked", "checked")  # the officer decides for the new figure
    return WHY_OTHER


def _totalled(page: Page) -> str:
    assert "15,400" in page.text, page.text
    return ""


def _again(year: Year, answer: dict[str, Any]) -> None:
    """An applied answer is undone as one, and applied again."""
    desk = year.at(f"{year.logins[answer['room']]}-r5")
    batch = m.Batch.objects.get(part=_part(year, answer["room"]), state="applied")
    page = desk.read("batch", batch.pk)
    desk.send(page, at="/undo/", reason="課長の確認の前に反映してしまったため")
    line = year.line("場に参加する企業数")
    assert not m.Value.objects.filter(point__indicator=line.indicator, point__fiscal_year=2022, role="actual", voided=None).exists()  # fmt: skip
    _apply(year, answer, _upload(year, answer))


def _type(year: Year, answer: dict[str, Any]) -> None:
    """One department types into the grid, and writes its words on the project's page."""
    login = f"{year.logins[answer['room']]}-r5"
    desk = year.at(login)
    page = desk.read("grid", year.volume.pk, department=year.room(answer["room"]).pk)
    given = {}
    for name, text in answer["figures"].items():
        (field,) = page.doc.xpath(f"//input[starts-with(@aria-label, '{name}') and starts-with(@name, 'typed-')]/@name")  # fmt: skip
        given[field] = text
    desk.send(page, has=next(iter(given)), **given)
    words = {"阻害要因": "obstacle", "対応策": "countermeasure", "今後の方針": "next_policy"}
    for project, texts in answer["texts"].items():
        page = desk.read("verification", year.entry(project).pk)
        desk.send(page, has="obstacle", **{words[name]: text for name, text in texts.items()})


def remind(year: Year) -> None:
    """One department is late: planning grants it a later day and says so; then the inquiry is closed."""
    with year.on(2023, 6, 16):
        desk = year.at(PLANNER)
        board = desk.read("inquiry", _inquiry().pk)
        year.kept["board of the inquiry"] = board.text
        late = board.doc.xpath("//input[@name='parts' and @checked]/@value")
        if late:
            desk.send(board, has="parts")
    with year.on(2023, 6, 30, 16):
        desk = year.at(PLANNER)
        board = desk.read("inquiry", _inquiry().pk)
        desk.send(board, at="/close/")


#: Line, day, login, what is typed: 速報 first, 確定 later.
LATE = (
    ("六市の延べ宿泊者数", (2023, 6, 30, 17), "keikan-r5", {"text": "4,061,300人泊", "state": "preliminary", "as_of": "令和4年（速報）"}),
    ("六市の延べ宿泊者数", (2023, 7, 31), "keikan-r5", {"text": "4,058,700", "state": "final", "as_of": "令和4年"}),
    ("事業を通してふるさと納税を行った人数", (2023, 7, 31), "senryaku-r5", {"text": "503人", "state": "final"}),
    ("会員企業への地元高等教育機関卒業生の就職者数", (2023, 8, 10), "mono-r5", {"text": "１９", "state": "final"}),
)  # fmt: skip


def late(year: Year) -> None:
    """What was being counted becomes known."""
    for name, day, login, typed in LATE:
        with year.on(*day):
            desk = year.at(login)
            desk.open("/")
            page = desk.read("value_edit", year.line(name).pk)
            desk.send(page, has="text", **typed)
