"""変更を台帳に書く. What a merged report says is what the book says afterwards, and nothing more was written."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings

from bookroom import BODY, town
from sosei.core.report import Indicator, Project, Report, Said, Value, Year, YearPoint
from sosei.journal.acts import act
from sosei.journal.models import Entry
from sosei.ledger import models as m
from sosei.ledger.actions.apply import Given, apply_report
from sosei.ledger.actions.record import record_report
from sosei.ledger.queries.view import View, report_of, view_of
from sosei.ledger.refusals import Restates
from strategies import projects, reports

pytestmark = pytest.mark.django_db
SEVEN = Value(number=Decimal(7), raw="７")


class _Undone(Exception):
    """Leave the transaction without a trace."""


def same_paths(report: Report) -> dict[str, str]:
    """Every part comes from where it stood."""
    found = {}
    for i, project in enumerate(report.projects):
        found[f"/projects/{i}"] = f"/projects/{i}"
        for n in range(len(project.spending)):
            found[f"/projects/{i}/spending/{n}"] = f"/projects/{i}/spending/{n}"
        for k, indicator in enumerate(project.indicators):
            path = f"/projects/{i}/indicators/{k}"
            found[path] = path
            for n in range(len(indicator.years)):
                found[f"{path}/years/{n}"] = f"{path}/years/{n}"
    return found


def altered(report: Report, more: Project) -> Report:
    """Other words, other figures, a further year, a further project."""

    def project(p: Project) -> Project:
        return replace(
            p,
            grant=Said(text="別の交付金"),
            activities=(*p.activities, Said(text="加えた文")),
            indicators=tuple(
                replace(
                    k,
                    note=Said(text="注"),
                    baseline=SEVEN,
                    years=(
                        *(replace(y, actual=SEVEN) for y in k.years),
                        YearPoint(fiscal_year=2099, target=SEVEN),
                    ),
                )
                for k in p.indicators
            ),
        )

    return replace(
        report, title=Said(text="別の題名"), projects=(*map(project, report.projects), more)
    )


def applied(by, volume: m.Volume, view: View, report: Report, origins: dict[str, str]) -> None:
    with act("test.apply", body=BODY, by=by.pk) as w:
        apply_report(w, volume, view, report, origins, Given(why="試験", origin="import"))


@settings(max_examples=40, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(report=reports(2), more=projects(2))
def test_書いたあとの台帳は書いた報告書と同じ(report: Report, more: Project) -> None:
    report = replace(report, fiscal_year=Year(year=2021))
    try:
        with transaction.atomic():
            by = town().planner
            volume = record_report(by=by, report=report)
            wanted = altered(report, more)
            applied(by, volume, view_of(volume), wanted, same_paths(report))
            volume.refresh_from_db()
            assert report_of(volume) == wanted
            lines = Entry.objects.count()
            applied(by, volume, view_of(volume), wanted, same_paths(wanted))
            assert Entry.objects.count() == lines, "the same once more writes nothing"
            raise _Undone
    except _Undone:
        pass


def test_以前の姿は書いたあとも見える() -> None:
    by = town().planner
    report = Report(
        fiscal_year=Year(year=2021),
        projects=(Project(name=Said(text="事業"), activities=(Said(text="前"),)),),
    )
    volume = record_report(by=by, report=report)
    moment = volume.since
    wanted = altered(report, Project(name=Said(text="新しい事業")))
    applied(by, volume, view_of(volume), wanted, same_paths(report))
    volume.refresh_from_db()
    assert report_of(volume) == wanted
    assert report_of(volume, moment) == report


def yearly(year: int, *figures: tuple[int, int]) -> Report:
    return Report(
        fiscal_year=Year(year=year),
        projects=(
            Project(
                name=Said(text="続く事業"),
                indicators=(
                    Indicator(
                        name=Said(text="参加者数"),
                        unit="人",
                        years=tuple(
                            YearPoint(fiscal_year=y, actual=Value(number=Decimal(n)))
                            for y, n in figures
                        ),
                    ),
                ),
            ),
        ),
    )


def test_翌年の報告書は同じ事業と指標に続く() -> None:
    by = town().planner
    record_report(by=by, report=yearly(2020, (2020, 10)))
    volume = record_report(by=by, report=yearly(2021, (2020, 10), (2021, 12)))
    assert m.Project.objects.count() == m.Indicator.objects.count() == 1
    assert m.Definition.objects.count() == 1
    assert m.Value.objects.count() == 2
    assert report_of(volume) == yearly(2021, (2020, 10), (2021, 12))


def test_過去の値が違うときは断り全部を名指す() -> None:
    by = town().planner
    record_report(by=by, report=yearly(2020, (2020, 10)))
    with pytest.raises(Restates) as refused:
        record_report(by=by, report=yearly(2021, (2020, 11), (2021, 12)))
    assert refused.value.differing == [("参加者数 R2 実績値", "10", "11")]
    assert m.Volume.objects.count() == 1
    record_report(by=by, report=yearly(2021, (2020, 11), (2021, 12)), restate=True)
    old = m.Value.objects.get(number=10)
    assert old.until is not None
