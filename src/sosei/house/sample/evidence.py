"""見本の根拠台帳をつくる. Registers that count to what the sample publishes, entered, closed and tied by the actions of any office.

One figure disagrees: its measure is too wide, and the figure that was recorded says why. One survey is open: five of the
firms it asked have not answered. The periods of years that were published are closed by their owners.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from sosei.evidence import models as em
from sosei.evidence.actions.closings import ask, close_register
from sosei.evidence.actions.entries import enter
from sosei.evidence.actions.found import alike
from sosei.evidence.actions.measures import define_measure
from sosei.evidence.actions.registers import make_register
from sosei.evidence.actions.subjects import set_attribute
from sosei.evidence.drafts import Draft
from sosei.house.sample import rows_firms, rows_joint, rows_money, rows_people
from sosei.house.sample.made_up import maker
from sosei.house.sample.papers import attach_papers
from sosei.house.sample.reports import city
from sosei.house.sample.said import THIS, settings
from sosei.house.sample.span import Span
from sosei.house.sample.spent import definition_with_terms, tie_money
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.actions.counted import count_by
from sosei.ledger.actions.figures import record_value
from sosei.ledger.typed import Typed
from sosei.offices.models import Department, Person

Rows = Callable[[Span], list[Draft]]
#: What is entered in a register in a year.
ROWS: Final[Mapping[str, Rows]] = {
    "members": rows_firms.members, "hires": rows_firms.hires, "overseas_sales": rows_firms.overseas_sales,
    "approvals": rows_firms.approvals, "platform": rows_firms.platform, "it_graduates": rows_joint.it_graduates,
    "trials": rows_money.trials, "visits": rows_people.visits, "donations": rows_people.donations,
    "registrants": rows_people.registrants, "consultations": rows_people.consultations,
    "migrations": rows_people.migrations, "guest_nights": rows_joint.guest_nights, "festivals": rows_joint.festivals,
    "checkins": rows_people.checkins, "joint_partners": rows_joint.joint_partners,
    "joint_definitions": rows_joint.joint_definitions, "events": rows_joint.events,
    "commissions": rows_money.commissions, "contributions": rows_money.contributions, "subsidies": rows_money.subsidies,
}  # fmt: skip
_SURVEYS: Final = ("hires", "overseas_sales")


class Evidence:
    """見本の根拠. The registers and measures by key, and who keeps and closes each."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        """Begin: `people` by login name."""
        self.people = people
        self.registers: dict[str, em.Register] = {}
        self.measures: dict[str, em.Measure] = {}

    @property
    def planner(self) -> Person:
        """Return the planning officer."""
        return self._of("01", "planner")

    def _of(self, department: str, *roles: str) -> Person:
        """Return who has a role in a department."""
        return next(
            self.people[one["login"]]
            for one in city()["person"]
            if one.get("department") == department and one["role"] in roles
        )

    def _keeper(self, register: dict[str, str]) -> Person:
        return self._of(register["department"], "officer", "planner")

    def _closer(self, register: dict[str, str]) -> Person:
        return self._of(register["department"], "section_head", "planning_head")

    # -- made once -----------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Make the registers, and say how they are counted."""
        rooms = {room.code: room.pk for room in Department.objects.filter(body=self.planner.body)}
        for said in settings()["register"]:
            self.registers[said["key"]] = make_register(
                by=self.planner, key=said["key"], definition=definition_with_terms(said["key"]),
                department=rooms[said["department"]], keep_years=said.get("keep_years"),
            )  # fmt: skip
        for said in settings()["measure"]:
            self.measures[said["key"]] = define_measure(
                by=self.planner, key=said["key"], name=said["name"], text=said["text"], note=said["note"],
            )  # fmt: skip

    # -- year by year --------------------------------------------------------------------------------------------------

    def enter(self, span: Span) -> None:
        """Enter what a year brought."""
        for said in settings()["register"]:
            drafts = ROWS[said["key"]](span)
            if drafts:
                enter(
                    by=self._keeper(said), register=self.registers[said["key"]].pk, drafts=drafts, way="pasted"
                )  # fmt: skip
            if said["key"] == "members":
                self._say_who_makes()
            if said["key"] in _SURVEYS and drafts:
                self._ask(said, span)
        attach_papers(self.planner, self.registers, span)

    def _say_who_makes(self) -> None:
        """Write of every member whether it makes things, where nobody has said so."""
        keeper = self._of("02", "officer")
        making = {alike(maker(n).name) for n in rows_firms.makers(0) + rows_firms.makers(THIS)}
        members = em.Subject.objects.filter(entries__register=self.registers["members"]).distinct()
        for one in members.exclude(attributes__name="maker"):
            set_attribute(by=keeper, subject=one.pk, name="maker", value=one.alike in making)

    def _ask(self, said: dict[str, str], span: Span) -> None:
        """Say whom a survey asked for the year."""
        names = [alike(who.name) for who in rows_firms.asked(span.at)]
        rows = em.Subject.objects.filter(body=self.planner.body, alike__in=names)
        days = {"sent": today() - timedelta(days=30), "due": today() - timedelta(days=2)}
        pks = list(rows.values_list("pk", flat=True))
        ask(
            by=self._keeper(said), register=self.registers[said["key"]].pk, year=span.told, subjects=pks, **days
        )  # fmt: skip

    def close(self, span: Span) -> None:
        """Close a year: of the years before, every register; of this one, those whose owners are done."""
        for said in settings()["register"]:
            if span.at == THIS and not said.get("close_now"):
                continue
            register, by = self.registers[said["key"]], self._closer(said)
            if said["key"] in _SURVEYS:
                close_register(by=by, register=register.pk, year=span.told)
            else:
                until = date(span.told, 12, 31) if said.get("calendar") else span.last
                if until < today():
                    close_register(by=by, register=register.pk, until=until)

    # -- in the report -------------------------------------------------------------------------------------------------

    def tie(self, volume: m.Volume) -> None:
        """Tie the indicators of a report to their measures, where they are not yet."""
        lines = m.Line.objects.filter(entry__volume=volume, voided=None, definition__voided=None)
        named = {
            one["indicator"]: one["key"] for one in settings()["measure"] if "indicator" in one
        }
        tied = set(m.Counting.objects.values_list("indicator", flat=True))
        for line in lines.filter(definition__name__in=named).exclude(indicator__in=tied):
            key = named[line.definition.name or ""]
            count_by(by=self.planner, line=line.pk, measure=self.measures[key].pk)
        tie_money(self.planner, self.measures, volume)

    def disagree(self, volume: m.Volume) -> None:
        """Let the section mend the figure of the cluster's makers: the bank is a member, and makes nothing."""
        name = settings()["measure"][0]["indicator"]
        line = m.Line.objects.get(entry__volume=volume, definition__name=name, voided=None)
        value = m.Value.objects.get(
            point__indicator=line.indicator, point__fiscal_year=volume.fiscal_year, role="actual",
            until=None,
        )  # fmt: skip
        why = f"会員のうち{rows_firms.BANK}は金融業で、ものづくり企業ではないため、一社を除いた"
        record_value(
            by=self._of("02", "officer"), line=line.pk, seen=value.pk,
            typed=Typed(text=f"{len(rows_firms.makers(THIS))}", state="final", reason=why),
        )  # fmt: skip


__all__ = ["ROWS", "Evidence"]
