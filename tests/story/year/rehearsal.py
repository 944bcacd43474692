"""一年. The year itself: the city, its people at their desks, the clock, and what the steps remember for one another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sosei.journal import clock
from sosei.ledger import models as m
from sosei.offices.models import Department, Person
from year import april, asked, books, changed, experts, published, signed
from year.city import City, city, found, moment
from year.desk import Desk, Page, Tally

STEPS = (
    ("1 四月一日", april.first_of_april),
    ("2 年度更新", books.roll_over),
    ("2 年度更新", books.words),
    ("5 経費と実績報告", books.money),
    ("5 経費と実績報告", books.decisions),
    ("4 定義と目標の変更", changed.definitions),
    ("4 定義と目標の変更", changed.target),
    ("3 照会", asked.send),
    ("3 照会", asked.answers),
    ("3 照会", asked.remind),
    ("4 遅れて分かる値", asked.late),
    ("6 手続", signed.accept_findings),
    ("6 手続", signed.grades),
    ("6 手続", signed.deputy),
    ("6 手続", signed.submit),
    ("6 手続", signed.approve),
    ("6 手続", signed.accept),
    ("6 手続", signed.lift),
    ("6 手続", signed.decide),
    ("7 有識者と議会", experts.ask),
    ("7 有識者と議会", experts.answer),
    ("7 有識者と議会", experts.respond),
    ("7 有識者と議会", experts.report),
    ("8 公表と訂正", published.edition),
    ("8 公表と訂正", published.correct),
    ("8 公表と訂正", published.look_back),
    ("9 次の四月一日", published.next_april),
)  # fmt: skip


@dataclass
class Year:
    """一年. `kept`: what a step leaves for those after it and for the questions."""

    people: City = field(default_factory=City)
    tally: Tally = field(default_factory=Tally)
    kept: dict[str, Any] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)

    def run(self) -> None:
        """Do the whole year."""
        self.people = found()
        for name, step in STEPS:
            with self.tally.of(name):
                step(self)

    @contextmanager
    def on(self, year: int, month: int, day: int, hour: int = 9, minute: int = 30) -> Iterator[None]:  # fmt: skip
        """Do what is inside at a moment."""
        with clock.at(moment(date(year, month, day), hour, minute)):
            yield

    def at(self, login: str) -> Desk:
        """Return the desk of a person."""
        if login not in self.desks:
            person = Person.objects.get(login=login)
            self.desks[login] = Desk(person, _role(login), self.tally)
        return self.desks[login]

    def today(self) -> date:
        """Return the day that the clock says."""
        return clock.today()

    @property
    def logins(self) -> dict[str, str]:
        """By code of a department, how the logins of its people begin."""
        merger = city()["merger"]
        return {r["code"]: r["login"] for r in (*city()["room"], merger)}

    def room(self, code: str) -> Department:
        """Return a department by its code."""
        return Department.objects.get(code=code, voided=None)

    def entry(self, name: str, year: int = 2022) -> m.ProjectYear:
        """Return the entry of a project whose name begins so."""
        return m.ProjectYear.objects.get(
            name__startswith=name, volume__fiscal_year=year, kind="result", voided=None
        )

    def line(self, name: str, year: int = 2022) -> m.Line:
        """Return the line of an indicator whose name begins so."""
        return m.Line.objects.get(
            definition__name__startswith=name, entry__volume__fiscal_year=year, voided=None,
            entry__kind="result", entry__voided=None,
        )  # fmt: skip

    @property
    def volume(self) -> m.Volume:
        """R4's volume."""
        return m.Volume.objects.get(fiscal_year=city()["reported"], voided=None)


_ROLES = {
    "kikaku": "企画担当",
    "kikaku-kacho": "企画課長",
    "kanri": "システム管理者",
    "kansa": "監査",
}


def _role(login: str) -> str:
    """Return by which role somebody is counted."""
    name = login.rpartition("-")[0]
    if login == "yushiki":
        return "有識者"
    return _ROLES.get(name) or ("担当課長" if name.endswith("kacho") else "担当者")


__all__ = ["Page", "Year"]
