"""照会の見本. A book with last year's report and this year's half done, for tests of inquiries, imports and the grid."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from bookroom import Town, town
from sosei.core.gaps import Gap
from sosei.core.report import (
    Indicator,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.ledger import models as m
from sosei.ledger.actions.record import record_report

#: A Wednesday in June of the year after the report's.
JUNE = datetime(2023, 6, 7, 1, 0, tzinfo=UTC)
COUNTING = Value(gap=Gap.COUNTING)


def number(n: object, **more: object) -> Value:
    return Value(number=Decimal(str(n)), **more)


def said(text: str) -> Said:
    return Said(text=text)


def indicator(name: str, unit: str, *years: YearPoint, **more: object) -> Indicator:
    return Indicator(name=said(name), unit=unit, years=years, **more)


def this_year() -> Report:
    """FY2022: two departments, figures missing, counting, preliminary and known; money with and without amounts."""
    cluster = Project(
        name=said("成長分野拠点形成支援事業"),
        number="1",
        grant=said("地方創生推進交付金"),
        departments=(said("ものづくり推進課"),),
        indicators=(
            indicator(
                "会員企業への就職者数",
                "人",
                YearPoint(fiscal_year=2022, target=number(20)),
                number="1",
            ),
            indicator(
                "会員企業数",
                "社",
                YearPoint(fiscal_year=2022, target=number(35), actual=COUNTING),
                number="2",
            ),
            indicator(
                "海外売上高",
                "千円",
                YearPoint(fiscal_year=2022, target=number(260000), actual=number(259057)),
                number="3",
            ),
        ),
        spending=(
            Spending(label=said("業務委託"), yen=10_010_000, unit="千円", kind="commission"),
            Spending(label=said("補助金"), yen=None, unit="千円", kind="subsidy"),
            Spending(label=said("合計"), yen=None, unit="千円", role="total"),
        ),
        verification=Verification(obstacle=said("担い手の不足")),
    )
    festival = Project(
        name=said("夏祭り交流人口拡大事業"),
        number="2",
        grant=said("地方創生推進交付金"),
        departments=(said("観光課"),),
        indicators=(
            indicator(
                "延べ宿泊者数",
                "人泊",
                YearPoint(
                    fiscal_year=2022,
                    target=number(4_200_000),
                    actual=number(4_000_000, state="preliminary"),
                ),
            ),
            indicator("観光消費額", "億円", YearPoint(fiscal_year=2022, target=number("12.5"))),
        ),
    )
    plan = Project(
        kind="plan",
        name=said("来年度の事業"),
        departments=(said("観光課"),),
        indicators=(indicator("参加者数", "人", YearPoint(target=number(5))),),
    )
    lost = Project(
        name=said("担当のない事業"),
        indicators=(indicator("件数", "件", YearPoint(fiscal_year=2022)),),
    )
    return Report(
        title=said("令和4年度 事業報告"),
        fiscal_year=Year(year=2022),
        projects=(cluster, festival, plan, lost),
    )


def last_year() -> Report:
    """FY2021: the same two projects, all known."""
    return Report(
        fiscal_year=Year(year=2021),
        projects=(
            Project(
                name=said("成長分野拠点形成支援事業"),
                departments=(said("ものづくり推進課"),),
                indicators=(
                    indicator(
                        "会員企業への就職者数", "人", YearPoint(fiscal_year=2021, actual=number(18))
                    ),
                    indicator("会員企業数", "社", YearPoint(fiscal_year=2021, actual=number(33))),
                ),
                spending=(
                    Spending(label=said("補助金"), yen=17_662_000, unit="千円", kind="subsidy"),
                ),
                verification=Verification(next_policy=said("事業の継続")),
            ),
        ),
    )


@dataclass
class Room:
    """The office, and its volume of this year."""

    town: Town
    volume: m.Volume


def room() -> Room:
    """Record both years."""
    office = town()
    record_report(by=office.planner, report=last_year())
    volume = record_report(by=office.planner, report=this_year())
    return Room(town=office, volume=volume)
