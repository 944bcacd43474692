"""四月の台帳. The year's volume opens from last year's, money and words are typed, grant decisions and reports to the State are kept."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sosei.ledger import models as m
from year.desk import Page

if TYPE_CHECKING:
    from year.rehearsal import Year

PLANNER, HEAD = "kikaku-r5", "kikaku-kacho-r5"


@cache
def said() -> dict[str, Any]:
    """What the departments say."""
    return tomllib.loads((Path(__file__).parent / "answers.toml").read_text("utf-8"))


def roll_over(year: Year) -> None:
    """Open R4's volume from R3's; what the book does not say is answered."""
    with year.on(2023, 4, 3, 10):
        desk = year.at(PLANNER)
        before = m.Volume.objects.get(fiscal_year=2021)
        page = desk.read("rollover", before.pk)
        year.kept["before rolling over"] = page.text
        library = year.entry("図書館", 2021)
        page = desk.send(page, **{f"entry-{library.pk}": "rest"})
        year.kept["after rolling over"] = page.text


def owner(year: Year, name: str) -> str:
    """Return the login of the officer in charge of a project."""
    entry = year.entry(name)
    code = entry.charges.filter(voided=None).order_by("position")[0].department.code
    return f"{year.logins[code]}-r5"


def words(year: Year) -> None:
    """Each officer writes what was done in the year."""
    with year.on(2023, 4, 4, 10):
        for name, lines in said()["activities"].items():
            desk = year.at(owner(year, name))
            page = desk.read("entry_edit", year.entry(name).pk)
            desk.send(page, activities="\n".join(lines))


def money(year: Year) -> None:
    """Each officer types the year's lines of money; what is not settled yet stays blank."""
    with year.on(2023, 4, 4, 13):
        for name, lines in said()["money"].items():
            desk = year.at(owner(year, name))
            page = desk.read("money", year.entry(name).pk)
            desk.send(page, has="form-0-label", **_rows(lines))


def _rows(lines: list[list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for i, (label, amount, kind, source, eligible) in enumerate(lines):
        given = {"label": label, "amount": amount, "unit": "千円", "kind": kind, "role": "line", "source": source, "eligible": eligible}  # fmt: skip
        found |= {f"form-{i}-{name}": value for name, value in given.items()}
    return found


#: Project, number of the decision, amount as the notice writes it, amount reported, reason where it differs.
DECISIONS = (
    ("成長分野クラスター", "府地創第2201号", "13,795,000", "27,590,000", ""),
    ("AI・IoT実証", "府地創第2202号", "6,465千円", "12,930千円", ""),
    ("関係人口の増加", "府地創第2203号", "11,200,000円", "22,395,000", "預金利息5千円を差し引いたため"),
    ("森の恵み", "府地創第2204号", "4,950,000", "9,900,000", ""),
)  # fmt: skip


def decisions(year: Year) -> None:
    """Planning records the State's decisions, and files the reports before 10 April; a slip of 千円 for 円 is stopped."""
    desk = year.at(PLANNER)
    with year.on(2023, 4, 5):
        for name, number, amount, _, _ in DECISIONS:
            page = desk.read("decision_new", year.entry(name).pk)
            desk.send(page, number=number, amount=amount, decided_on="2022-04-01", report_due="2023-04-10")  # fmt: skip
    with year.on(2023, 4, 6):
        _slip(year)
    with year.on(2023, 4, 7):
        for name, number, _, amount, reason in DECISIONS:
            if reason:
                page = _file(year, name, number, amount, refused=422)
                assert "（E611）" in page.text, page.text
            _file(year, name, number, amount, reason=reason)


def _file(year: Year, name: str, number: str, amount: str, **more: Any) -> Page:
    desk, entry = year.at(PLANNER), year.entry(name)
    decision = m.GrantDecision.objects.get(number=number)
    page = desk.read("report_edit", entry.pk, decision.pk)
    refused = more.pop("refused", None)
    day = year.today()
    return desk.send(page, has="on", refused=refused, on=day.isoformat(), amount=amount, **more)


def _slip(year: Year) -> None:
    """35,691 for 35,691 thousand yen: the page asks before it is filed."""
    page = _file(year, "成長分野クラスター", "府地創第2201号", "27,590", refused=422)
    year.kept["千円 for 円"] = page.text
    assert m.GrantDecision.objects.get(number="府地創第2201号").reported_on is None
