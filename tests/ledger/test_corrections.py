"""訂正の箇所. The parts that are equal need no comparing: what is found without them is what is found with them."""

from dataclasses import replace

from differing import pairs
from hypothesis import given, settings

from sosei.core.codec import dumps
from sosei.core.report import Project, Report, Said
from sosei.ledger.corrections import (
    corrections_among,
    corrections_between,
    corrections_of,
    differing,
)


def named(report: Report) -> Report:
    """The report with a name of its own for each project, as books have."""
    return replace(
        report,
        projects=tuple(
            replace(project, name=Said(text=f"{project.name.text if project.name else ''}{i}事業"))
            for i, project in enumerate(report.projects)
        ),
    )


@settings(max_examples=100)
@given(pairs())
def test_同じ事業を外して比べても訂正の箇所は変わらない(pair) -> None:
    before, after = map(named, pair)
    whole = corrections_among(before, after, range(len(after.projects)))
    assert corrections_of(before, after) == whole
    assert corrections_between(dumps(before), dumps(after)) == whole


def test_訂正の行は報告書全体での事業の場所をいう() -> None:
    one, two, three = (Project(name=Said(text=text)) for text in ("甲事業", "乙事業", "丙事業"))
    changed = replace(three, grant=Said(text="推進交付金"))
    found = corrections_of(Report(projects=(one, two, three)), Report(projects=(one, two, changed)))
    assert [line.project for line in found] == [2]


def test_名のない事業があれば全部を比べる() -> None:
    things = [Project(), Project(name=Said(text="甲事業"))]
    assert differing(things, things, lambda p: p.name and p.name.text) == ([0, 1], [0, 1])
