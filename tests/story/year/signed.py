"""手続. Grades are decided, entries are submitted, one comes back, a deputy acts, planning accepts all, a lock is lifted, the decision is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sosei.ledger import models as m
from year.books import HEAD, PLANNER, owner, said
from year.desk import Desk, Page

if TYPE_CHECKING:
    from year.rehearsal import Year

#: Level decided, and the reason where it is not the proposed one.
GRADES = {
    "成長分野クラスター": (2, ""), "AI・IoT実証": (2, ""), "関係人口の増加": (2, ""), "六市連携": (2, ""),
    "空き店舗": (2, ""), "子育て世代": (2, ""), "スポーツ合宿": (1, ""), "地域交通": (3, ""),
    "空き家": (1, ""), "地域を学ぶ": (2, ""), "森の恵み": (3, ""),
    "新規就農者": (2, "目標には届かないが、県内の就農者が減るなかで三年続けて増えているため"),
}  # fmt: skip
WHY_RETURNED = "冬の運行をどうするかが書かれていません。対応策に加えてください。"
WINTER = "電話だけで予約できるようにし、冬の運行日を週三日に増やす。"


def accept_findings(year: Year) -> None:
    """The break of definition is right as it is: it is accepted with a reason, and stays in the list."""
    with year.on(2023, 8, 16):
        for name, login, why in (
            (
                "新規就農者",
                "nosei-kacho-r5",
                "定義を改めた年であり、基準値も新しい定義で数え直したため",
            ),
            ("関係人口の増加", PLANNER, "これまでの値に新しく数える人はおらず、比べてよいため"),
        ):
            desk, entry = year.at(login), year.entry(name)
            page = desk.read("entry", entry.pk)
            (link,) = [href for href in page.links("findings/accept") if "KPI-BREAK" in href]
            desk.send(desk.open(link), has="reason", reason=why)


def grades(year: Year) -> None:
    """Each section head decides the grade; another than the proposed one needs a reason."""
    with year.on(2023, 8, 17):
        for name, (level, reason) in GRADES.items():
            desk = year.at(owner(year, name).replace("-r5", "-kacho-r5"))
            page = desk.read("grade_edit", year.entry(name).pk)
            if reason:
                desk.send(page, has="level", level=level, refused=422)
                page = desk.read("grade_edit", year.entry(name).pk)
            desk.send(page, has="level", level=level, reason=reason)


def _move(desk: Desk, page: Page, move: str, entries: list[int], reason: str = "") -> Page:
    return desk.send(page, where=("move", move), entries=entries, reason=reason)


def submit(year: Year) -> None:
    """Each officer submits what is the department's."""
    with year.on(2023, 8, 21):
        for login in sorted({owner(year, name) for name in said()["activities"]}):
            desk = year.at(login)
            desk.open("/")
            page = desk.read("signoff")
            mine = page.doc.xpath("//form[.//input[@name='move' and @value='submit']]//input[@name='entries']/@value")  # fmt: skip
            if mine:  # what two departments share, one of them has submitted already
                _move(desk, page, "submit", mine)


def deputy(year: Year) -> None:
    """A section head who will be away names a deputy, with the days and the reason."""
    with year.on(2023, 8, 18):
        desk = year.at("nosei-kacho-r5")
        page = desk.read("person", desk.person.pk)
        desk.send(
            page, at="/deputy/", deputy=year.at("kankyo-kacho-r5").person.pk, first_day="2023-08-21",
            last_day="2023-09-01", reason="夏季休暇のため",
        )  # fmt: skip


def approve(year: Year) -> None:
    """Section heads approve; one sends the entry back with a reason; for one who is away, a deputy acts."""
    with year.on(2023, 8, 22):
        bus = year.entry("地域交通").pk
        _move_one(year, "kotsu-kacho-r5", bus, "return", WHY_RETURNED)
        for login in sorted({owner(year, name) for name in said()["activities"]}):
            head = login.replace("-r5", "-kacho-r5")
            head = "kankyo-kacho-r5" if head == "nosei-kacho-r5" else head
            if head != "kotsu-kacho-r5":
                _approve_all(year, head)
    with year.on(2023, 8, 23):
        _mend(year, bus)


def _approve_all(year: Year, login: str) -> None:
    desk = year.at(login)
    page = desk.read("signoff")
    waiting = page.doc.xpath("//form[.//input[@name='move' and @value='approve']]//input[@name='entries']/@value")  # fmt: skip
    if waiting:  # a deputy's desk shows both departments at once
        _move(desk, page, "approve", waiting)


def _move_one(year: Year, login: str, entry: int, move: str, reason: str = "") -> None:
    desk = year.at(login)
    page = desk.read("entry", entry)
    desk.send(page, where=("move", move), reason=reason)


def _mend(year: Year, entry: int) -> None:
    """The officer sees why, mends it, submits again; the head approves."""
    desk = year.at("kotsu-r5")
    page = desk.read("entry", entry)
    assert WHY_RETURNED in page.text
    desk.send(desk.read("verification", entry), has="obstacle", countermeasure=WINTER)
    _move_one(year, "kotsu-r5", entry, "submit")
    _move_one(year, "kotsu-kacho-r5", entry, "approve")


def accept(year: Year) -> None:
    """Planning accepts all in one batch."""
    with year.on(2023, 8, 28):
        desk = year.at(PLANNER)
        page = desk.read("signoff")
        waiting = page.doc.xpath("//form[.//input[@name='move' and @value='accept']]//input[@name='entries']/@value")  # fmt: skip
        assert len(waiting) == 12
        _move(desk, page, "accept", waiting)


def lift(year: Year) -> None:
    """A word is wrong in an accepted entry: the head of planning lifts the lock until the next evening."""
    entry = year.entry("地域を学ぶ").pk
    with year.on(2023, 8, 29):
        desk = year.at("shogai-r5")
        page = desk.read("entry_edit", entry)
        refused = desk.send(page, activities="年8回", refused=_LOCKED)
        year.kept["a locked entry"] = refused.text
        head = year.at(HEAD)
        head.send(
            head.read("entry_lift", entry), has="until", until="2023-08-30T17:00",
            reason="講座の回数の誤記（年6回→年8回）を担当課が直すため",
        )  # fmt: skip
        page = desk.read("entry_edit", entry)
        desk.send(page, activities="高校生が地域の企業と課題に取り組む講座を年8回開いた。")
    with year.on(2023, 8, 30, 17, 30):
        desk.send(desk.read("entry_edit", entry), activities="遅すぎる訂正", refused=_LOCKED)


_LOCKED = 422


def decide(year: Year) -> None:
    """The papers for the decision are made, taken along, and decided upon."""
    with year.on(2023, 9, 1):
        desk = year.at(PLANNER)
        volume = year.volume.pk
        page = desk.read("volume_flow", volume)
        desk.send(page, at="/submit/")
        year.kept["papers for the decision"] = desk.fetch(_paper_link(desk.read("volume_flow", volume)))  # fmt: skip
    with year.on(2023, 9, 8):
        page = desk.read("volume_flow", volume)
        desk.send(page, at="/decision/", number="5企第210号", decided_on="2023-09-08")
    assert m.Paper.objects.get(volume=volume).decision_number == "5企第210号"


def _paper_link(page: Page) -> str:
    return page.doc.xpath("//section[h2[@id='papers']]//a/@href")[0]
