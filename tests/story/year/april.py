"""四月一日. All staff are replaced, two departments become one, and the new planner opens the hand-over page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sosei.offices.models import Person
from year.city import city

if TYPE_CHECKING:
    from year.rehearsal import Year

ROSTER = ("利用者ID", "氏名", "課", "役割")
PASSWORD = "あたらしい合言葉は長くする2023"


def first_of_april(year: Year) -> None:
    """The old planner prints the paper; the administrators change everybody; the new planner reads."""
    with year.on(2023, 3, 31, 15):
        paper = year.at("kikaku-r2").take("handover_paper", "department", year.room("01").pk, "docx")  # fmt: skip
        year.kept["paper of the old planner"] = paper
        _add(year, "kanri-r2", city()["others"]["admin"][1], "admin", None, "2023-04-01")
    with year.on(2023, 4, 1, 8):
        _password(year, "kanri-r5")
        _everybody_leaves(year)
        _merge(year)
        _everybody_comes(year)
    with year.on(2023, 4, 3):
        for login in year.kept["passwords"]:
            if login != "kanri-r5":
                _password(year, login)
        _read(year)


def _add(year: Year, by: str, who: dict[str, str], role: str, room: str | None, day: str) -> None:
    """An administrator registers somebody, and hands the temporary password over."""
    desk = year.at(by)
    page = desk.send(
        desk.read("person_add"), stays=True, login=who["login"], name=who["name"], joins_on=day, role=role,
        department=year.room(room).pk if room else "",
    )  # fmt: skip
    (password,) = page.doc.xpath("//code[@class='count']/text()")
    year.kept.setdefault("passwords", {})[who["login"]] = password


def _password(year: Year, login: str) -> None:
    """Whoever is new changes the temporary password first: no other page comes before."""
    desk = year.at(login)
    page = desk.open("/")
    assert "password" in page.url, page.url
    temporary = year.kept["passwords"][login]
    desk.send(page, oldpassword=temporary, password1=PASSWORD, password2=PASSWORD)
    assert desk.open("/").title


def _everybody_leaves(year: Year) -> None:
    desk = year.at("kanri-r5")
    for person in Person.objects.filter(login__endswith="-r2"):
        page = desk.read("person", person.pk)
        desk.send(page, at=f"/{person.pk}/leave/", on="2023-03-31")


def _merge(year: Year) -> None:
    """The succession: everything that moves is shown, then done by one button."""
    desk, said = year.at("kanri-r5"), city()["merger"]
    old = [year.room(code).pk for code in said["old"]]
    query: dict[str, Any] = {"old": old, "on": "2023-04-01", "code_0": said["code"], "name_0": said["name"]}  # fmt: skip
    page = desk.read("april", **query)
    year.kept["what the merger moves"] = page.text
    desk.send(page, has="stamp")


def _everybody_comes(year: Year) -> None:
    """The roster of the newcomers is pasted, looked at, registered as one; the passwords are shown once."""
    desk = year.at("kanri-r5")
    text = "\n".join("\t".join(row) for row in (ROSTER, *_newcomers()))
    page = desk.send(desk.read("transfer"), has="text", stays=True, on="2023-04-01", text=text)
    page = desk.send(page, has="text", stays=True, press=("do", "1"))
    for row in page.doc.xpath("//tbody/tr"):
        login, password = row.xpath("./td/code/text()")
        year.kept["passwords"][login] = password


def _newcomers() -> list[tuple[str, str, str, str]]:
    said, merger = city(), city()["merger"]
    planner, head = said["planning"]["planner"][1], said["planning"]["head"][1]
    auditor = said["others"]["auditor"][1]
    rows = [
        (planner["login"], planner["name"], "01", "企画担当"),
        (head["login"], head["name"], "01", "企画課長"),
        (auditor["login"], auditor["name"], "", "監査・閲覧"),
    ]
    rooms = [r for r in said["room"] if r["code"] not in merger["old"]]
    staff = [(r["login"], r["code"], r["officer"][1], r["head"][1]) for r in rooms]
    staff.append((merger["login"], merger["code"], merger["officer"], merger["head"]))
    for login, code, officer, chief in staff:
        rows.append((f"{login}-r5", officer, code, "担当者"))
        rows.append((f"{login}-kacho-r5", chief, code, "担当課長"))
    return rows


def _read(year: Year) -> None:
    desk = year.at("kikaku-r5")
    year.kept["home on the first day"] = desk.open("/").text
    year.kept["handover"] = desk.read("handover", "department", year.room("01").pk).text
