"""往復. A report recorded in the ledger and shown again is the same report."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings

from bookroom import town
from sosei.core.gaps import Gap
from sosei.core.report import Indicator, Project, Report, Said, Value, YearPoint
from sosei.ledger import models as m
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.refuse import year_of
from sosei.ledger.queries.view import report_of
from sosei.ledger.refusals import Unrecordable
from sosei.offices.models import Office, Person
from sosei.reading import read
from strategies import reports

pytestmark = pytest.mark.django_db


class _Undone(Exception):
    """Leave the transaction without a trace."""


def there_and_back(report: Report, year: int | None = None) -> Report | None:
    """Record a report in a book of its own and show it; None where the ledger refuses it."""
    found = None
    try:
        with transaction.atomic():
            office = town()
            try:
                volume = record_report(by=office.planner, report=report, year=year)
            except Unrecordable:
                raise _Undone from None
            volume.refresh_from_db()
            found = report_of(volume)
            raise _Undone
    except _Undone:
        return found


@settings(max_examples=60)
@given(report=reports())
def test_どの報告書も台帳を通して同じ(report: Report) -> None:
    found = there_and_back(report)
    if found is None:
        assert report.fiscal_year is None
        return
    assert found == report


def test_種の報告書は所在もふくめて同じ(shared) -> None:
    data = (shared / "seed/morioka-r3.txt").read_bytes()
    report = read(data, "morioka-r3.txt")
    assert there_and_back(report) == report
    assert not Office.objects.exists()
    assert not Person.objects.exists()


def test_実例の報告書はどれも台帳を通して同じ(shared) -> None:
    files = sorted(p for p in (shared / "cases").glob("case*/input.*") if p.suffix != ".pdf")
    assert len(files) > 15
    for path in files:
        report = read(path.read_bytes(), path.name)
        year = None if year_of(report, None) else 2020
        assert there_and_back(report, year) == report, path


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("7月末", date(2022, 7, 31)), ("2月中旬", date(2023, 2, 20)), ("令和5年6月30日", date(2023, 6, 30)),
        ("秋頃", None), (None, None),
    ],
)  # fmt: skip
def test_集計中の判明予定は言葉も日付も残る(words, day) -> None:
    counting = YearPoint(fiscal_year=2021, actual=Value(gap=Gap.COUNTING, expected=words))
    indicator = Indicator(name=Said(text="入込客数"), years=(counting,))
    report = Report(projects=(Project(name=Said(text="観光"), indicators=(indicator,)),))
    record_report(by=town().planner, report=report, year=2021)
    row = m.Value.objects.get()
    assert (row.expected, row.expected_on) == (words, day)


def test_年度のない欄の集計中は報告書の年度から判明予定日を数える() -> None:
    fifth = YearPoint(label="5年目", actual=Value(gap=Gap.COUNTING, expected="7月末"))
    indicator = Indicator(name=Said(text="入込客数"), years=(fifth,))
    report = Report(projects=(Project(name=Said(text="観光"), indicators=(indicator,)),))
    volume = record_report(by=town().planner, report=report, year=2021)
    assert m.Value.objects.get().expected_on == date(2022, 7, 31)
    assert report_of(volume).projects == report.projects
