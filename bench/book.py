"""大きな台帳. Fills a book for the benches: a city (100 projects × 10 years) or the nation (30,000 projects), through
the same actions as any office, so that every row has its line in the journal.

    python bench/book.py city|nation [--bodies N]      (SOSEI_HOME names where it goes)
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sosei.house.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from sosei.core.bodies import all_bodies  # noqa: E402
from sosei.core.gaps import Gap  # noqa: E402
from sosei.core.report import (  # noqa: E402
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Year,
    YearPoint,
)
from sosei.journal.acts import act  # noqa: E402
from sosei.ledger.actions.record import record_report  # noqa: E402
from sosei.offices.models import Assignment, Department, Office, Person  # noqa: E402

FIRST, LAST = 2016, 2025
DEPARTMENTS = tuple(
    f"{name}課"
    for name in (
        "企画",
        "産業",
        "情報",
        "都市",
        "移住",
        "観光",
        "商業",
        "農政",
        "子育て",
        "文化",
        "交通",
        "環境",
    )
)
GRANTS = (
    (2025, "新しい地方経済・生活環境創生交付金"),
    (2023, "デジタル田園都市国家構想交付金（地方創生推進タイプ）"),
    (2016, "地方創生推進交付金"),
)
UNITS = (("人", "up"), ("社", "up"), ("千円", "up"), ("人泊", "up"), ("%", "down"))


def office(body: str, name: str) -> Person:
    """Make an office with twelve departments; return its planning officer."""
    with act("bench.office", body=body, by=None) as w:
        w.add(Office(body=body, name=name))
        rows = [
            Department(
                body=body, code=f"{i:02}", name=d, planning=i == 0, first_day=date(2010, 4, 1)
            )
            for i, d in enumerate(DEPARTMENTS)
        ]
        w.add_all(rows)
        who = Person(body=body, login=f"kikaku-{body}", name="企画担当", joins_on=date(2010, 4, 1))
        who.set_unusable_password()
        who.save()
        w.add(
            Assignment(
                body=body,
                person=who,
                role="planning_head",
                department=rows[0],
                first_day=date(2010, 4, 1),
            )
        )
    return who


def report(year: int, projects: int, rng: random.Random, history: int = 0) -> Report:
    """Return a report of so many projects; `history`: years before that each indicator shows as well."""
    grant = next(name for first, name in GRANTS if year >= first)
    return Report(
        title=Said(text="地方創生関連交付金の効果検証"),
        fiscal_year=Year(year=year),
        projects=tuple(_project(i, year, grant, rng, history) for i in range(projects)),
    )


def _project(i: int, year: int, grant: str, rng: random.Random, history: int) -> Project:
    return Project(
        name=Said(text=f"地域の魅力を高める事業その{i + 1}"),
        grant=Said(text=grant),
        departments=(Said(text=DEPARTMENTS[1 + i % 11]),),
        period=PeriodSaid(raw="H28～R8年度", first=2016, last=2026),
        activities=(Said(text="関係する団体と協力し、催しと情報の発信を行い、相談の窓口を設けた。"),),
        spending=tuple(
            Spending(label=Said(text=label), yen=rng.randrange(500, 20000) * 1000, unit="千円", kind=kind, role="line")
            for label, kind in (("業務委託", "commission"), ("補助金", "subsidy"))
        ),
        indicators=tuple(_indicator(i, k, year, rng, history) for k in range(4)),
    )  # fmt: skip


def _indicator(i: int, k: int, year: int, rng: random.Random, history: int) -> Indicator:
    unit, direction = UNITS[(i + k) % len(UNITS)]
    return Indicator(
        name=Said(text=f"成果を表す指標その{k + 1}"),
        unit=unit,
        type="outcome",
        direction=direction,  # type: ignore[arg-type]
        expression="single_year",
        year_type="fiscal",
        baseline=Value(number=Decimal(100)),
        baseline_year=2015,
        years=tuple(_year(y, year, rng) for y in range(year - history, year + 1)),
    )


def _year(y: int, year: int, rng: random.Random) -> YearPoint:
    counting = y == year and rng.random() < 0.1
    actual = Value(gap=Gap.COUNTING) if counting else Value(number=Decimal(rng.randrange(50, 900)))
    return YearPoint(
        fiscal_year=y, target=Value(number=Decimal(100 + 40 * (y - 2015))), actual=actual
    )


def city() -> None:
    """100 projects × 10 years in one body."""
    who = office("990001", "見本市")
    rng = random.Random(1)
    for year in range(FIRST, LAST + 1):
        begun = time.perf_counter()
        record_report(by=who, report=report(year, 100, rng))
        print(f"{year}: {time.perf_counter() - begun:.1f} s", flush=True)


def nation(bodies: int) -> None:
    """30,000 projects, 120,000 indicators, 600,000 values over 1,788 bodies (fewer where `bodies` says so)."""
    rng = random.Random(2)
    for n, body in enumerate(all_bodies()[:bodies]):
        who = office(body.code, body.name)
        record_report(by=who, report=report(LAST, 17 if n % 9 else 15, rng, history=2))
        if n % 100 == 0:
            print(n, flush=True)


def main() -> None:
    """Fill the book."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", choices=("city", "nation"))
    parser.add_argument("--bodies", type=int, default=1788)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    city() if options.size == "city" else nation(options.bodies)


if __name__ == "__main__":
    main()
