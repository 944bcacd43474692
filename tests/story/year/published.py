"""公表と訂正. The first edition; an error is found; a correction with its reason and 正誤表; the second edition; the next first of April."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sosei.ledger import models as m
from year.books import HEAD, PLANNER

if TYPE_CHECKING:
    from year.rehearsal import Year

WHY = "一時預かりの延べ利用者数に、同じ日の重複した受付11件が含まれていたため"
WHY_MONEY = "備品の購入に、送料11千円が含まれていなかったため"


def edition(year: Year) -> None:
    """The head of planning looks at what would be published, and publishes; all files are taken along."""
    with year.on(2023, 10, 16):
        desk, volume = year.at(HEAD), year.volume.pk
        page = desk.read("volume_publish", volume)
        year.kept["before publishing"] = page.text
        page = desk.send(page, has="published_on")
        _files(year, 1)


def _files(year: Year, number: int) -> None:
    """Planning takes every file of an edition along, for the city's own site."""
    desk = year.at(PLANNER)
    row = m.Edition.objects.get(volume=year.volume, number=number)
    page = desk.read("edition", row.pk)
    links = dict.fromkeys(page.links("/editions/files/"))
    year.kept[f"files of edition {number}"] = dict(desk.fetch(link) for link in links)


def correct(year: Year) -> None:
    """An error is found after publication."""
    entry = year.entry("子育て世代").pk
    with year.on(2023, 11, 20):
        desk = year.at(HEAD)
        page = desk.read("volume_correct", year.volume.pk)
        desk.send(page, has="entries", entries=[entry], reason=f"{WHY}。{WHY_MONEY}")
    with year.on(2023, 11, 21):
        _mend(year, entry)
    with year.on(2023, 11, 22):
        _accepted_again(year, entry)
    with year.on(2023, 11, 27):
        desk = year.at(HEAD)
        page = desk.read("volume_publish", year.volume.pk)
        year.kept["before the second edition"] = page.text
        desk.send(page, has="published_on")
        _files(year, 2)


def _mend(year: Year, entry: int) -> None:
    desk = year.at("kosodate-r5")
    desk.open("/")
    line = year.line("一時預かりの延べ利用者数").pk
    page = desk.read("value_edit", line)
    desk.send(page, has="text", text="1,251", state="final", refused=422)
    page = desk.read("value_edit", line)
    desk.send(page, has="text", text="1,251", state="final", reason=WHY)
    desk.send(desk.read("money", entry), has="form-0-label", **{"form-2-amount": "341"})
    other = year.entry("空き家").pk
    iju = year.at("iju-r5")
    iju.send(iju.read("entry_edit", other), activities="開いていない事業", refused=422)


def _accepted_again(year: Year, entry: int) -> None:
    for login, move in (("kosodate-r5", "submit"), ("kosodate-kacho-r5", "approve"), (PLANNER, "accept")):  # fmt: skip
        desk = year.at(login)
        desk.send(desk.read("entry", entry), where=("move", move))
    desk, volume = year.at(PLANNER), year.volume.pk
    desk.send(desk.read("volume_flow", volume), at="/papers/")
    page = desk.read("volume_flow", volume)
    desk.send(page, at="/decision/", number="5企第301号", decided_on=year.today().isoformat())


def look_back(year: Year) -> None:
    """Editions compared, and what was published on a day between the two."""
    with year.on(2023, 12, 1):
        desk = year.at("kansa-r5")
        first, second = m.Edition.objects.filter(volume=year.volume).order_by("number")
        year.kept["editions compared"] = desk.read("edition_compare", a=first.pk, b=second.pk).text
        year.kept["published on 1 November"] = desk.read("editions", on="2023-11-01").text
        year.kept["the book on 1 July"] = desk.read("volume_at", year.volume.pk, at="2023-07-01T12:00").text  # fmt: skip


def next_april(year: Year) -> None:
    """A promise is kept in March; on 1 April the paper is made for whoever comes next."""
    with year.on(2024, 3, 25):
        desk = year.at("keikan-r5")
        promise = m.Opinion.objects.get(expert="有識 まなぶ", volume__fiscal_year=2022)
        page = desk.read("opinion", promise.pk)
        desk.send(page, at="/done/", note="六市の宿泊事業者17社と、前後泊の商品を4種つくった。")
    with year.on(2024, 4, 1):
        desk = year.at(PLANNER)
        year.kept["handover again"] = desk.read("handover", "department", year.room("01").pk).text
        year.kept["paper again"] = desk.take("handover_paper", "department", year.room("01").pk, "docx")  # fmt: skip
