"""見本の年度版. A small book for tests of the flow: two projects of two departments, one plan of next year, in one volume."""

from dataclasses import dataclass
from decimal import Decimal

from bookroom import Town, town
from sosei.core.gaps import Gap
from sosei.core.report import (
    Body,
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.models import ProjectYear, Volume


@dataclass
class Book:
    """A volume with its entries: `it` and `tourism` are results of those departments, `plan` is next year's."""

    town: Town
    volume: Volume
    it: ProjectYear
    tourism: ProjectYear
    plan: ProjectYear

    def fresh(self) -> "Book":
        """The same rows, as they are now."""
        for row in (self.volume, self.it, self.tourism, self.plan):
            row.refresh_from_db()
        return self


def small_report(year: int = 2021) -> Report:
    """A report with a met and a missed indicator, one still being counted, money, and a plan."""
    met = Indicator(
        name=Said(text="新規雇用者数"), unit="人", direction="up",
        definition=Said(text="年度中に新たに雇用された人の数"),
        baseline=Value(number=Decimal(5)),
        years=(
            YearPoint(fiscal_year=year - 1, target=Value(number=Decimal(8)), actual=Value(number=Decimal(9))),
            YearPoint(fiscal_year=year, target=Value(number=Decimal(10)), actual=Value(number=Decimal(18))),
        ),
    )  # fmt: skip
    missed = Indicator(
        name=Said(text="延べ宿泊者数"), unit="人泊", direction="up",
        definition=Said(text="宿泊旅行統計による年間の延べ人数"),
        years=(
            YearPoint(fiscal_year=year - 1, target=Value(number=Decimal(900)), actual=Value(number=Decimal(700))),
            YearPoint(fiscal_year=year, target=Value(number=Decimal(1000)), actual=Value(number=Decimal(600))),
        ),
    )  # fmt: skip
    counting = Indicator(
        name=Said(text="入込客数"), unit="人",
        years=(YearPoint(fiscal_year=year, target=Value(number=Decimal(50)), actual=Value(gap=Gap.COUNTING)),),
    )  # fmt: skip
    return Report(
        title=Said(text="地方創生関連交付金を活用した事業の実績"),
        bodies=(Body(name="見本市"),),
        fiscal_year=Year(year=year),
        projects=(
            Project(
                name=Said(text="成長分野拠点形成支援事業"), grant=Said(text="地方創生推進交付金"),
                departments=(Said(text="ものづくり推進課"),),
                period=PeriodSaid(raw="R1～R3年度", first=2019, last=2021),
                activities=(Said(text="企業の交流会を開いた"),),
                spending=(Spending(label=Said(text="業務委託"), yen=10_010_000),),
                verification=Verification(grade=Said(text="非常に効果的であった")),
                indicators=(met,),
            ),
            Project(
                name=Said(text="六市連携観光事業"), grant=Said(text="地方創生推進交付金"),
                departments=(Said(text="観光課"),),
                verification=Verification(
                    obstacle=Said(text="感染症の拡大で祭りを中止した"),
                    countermeasure=Said(text="屋外の催しに改める"),
                    next_policy=Said(text="事業内容の見直し（改善）"),
                ),
                indicators=(missed, counting),
            ),
            Project(
                kind="plan", name=Said(text="来年度の計画"), departments=(Said(text="観光課"),),
                indicators=(Indicator(name=Said(text="参加者"), unit="人"),),
            ),
        ),
    )  # fmt: skip


def book(year: int = 2021) -> Book:
    """Make the office and its book."""
    made = town()
    volume = record_report(by=made.planner, report=small_report(year))
    it, tourism, plan = ProjectYear.objects.filter(volume=volume).order_by("position")
    return Book(town=made, volume=volume, it=it, tourism=tourism, plan=plan)


def accept(made: Book, entry: ProjectYear) -> None:
    """Have an entry accepted: through its section where that has a head, else passed on by planning."""
    t = made.town
    if entry == made.it:
        move_entry(by=t.officer, entry=entry.pk, move="submit")
        move_entry(by=t.section_head, entry=entry.pk, move="approve")
    else:
        move_entry(by=t.planner, entry=entry.pk, move="forward", reason="課長が空席のため")
    move_entry(by=t.planner, entry=entry.pk, move="accept")
