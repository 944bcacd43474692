"""消した後のパスポート: when everybody of a book is erased, its bundles say what they said, and verify to the same figures."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from test_edition_passports import published, verified
from test_editions import JULY, MAY, files_of

from bookroom import BODY
from evidenceroom import defined, entered, made
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.erasing import erase
from sosei.evidence.actions.subjects import set_attribute
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.passport import EditionFacts, Head
from sosei.evidence.passport.bundle import passport_sha256
from sosei.house import evidenced
from sosei.journal.clock import at
from sosei.journal.verify import verify
from sosei.ledger import models as m
from sosei.ledger.actions.counted import count_by, record_counts
from sosei.ledger.queries.counted import counts_of_lines
from sosei.ledger.queries.passports import passport_of
from yearbook import Book, book

pytestmark = pytest.mark.django_db
END = date(2022, 3, 31)
#: Everything that a measure may ask of persons: who they are, what they were, how often, what came before, until when.
TEXTS = (
    'distinct subject of visits during fiscal having count >= 2 unit "人"',
    'count of registrants where subject.student = yes at end after visits within 24 months unit "人"',
)
PERSONS = tuple(
    Who(kind="person", name=f"{family} {n}", mail=f"p{n}@example.jp")
    for n, family in enumerate(["盛岡", "青森", "仙台", "秋田", "山形", "福島"])
)
FACTS = EditionFacts(
    title="実績", year=2021, number=1, published_on=date(2022, 7, 1), report_sha256="ab" * 32,
    head=Head(body=BODY, seq=1, seal="cd" * 32),
)  # fmt: skip


@pytest.fixture
def counted() -> Iterator[tuple[Book, list[m.Line]]]:
    """A book of which two indicators are counted from persons."""
    with at(MAY):
        found = book()
        town = found.town
        visits, joined = made(town, "visits"), made(town, "registrants")
        entered(town, visits, [
            Draft(who=who, first=date(2021, 4 + n + 2 * k, 9), values={"route": "移住フェア"})
            for n, who in enumerate(PERSONS) for k in range(1 + n % 2)
        ])  # fmt: skip
        entered(town, joined, [Draft(who=who, first=date(2021, 12, 1)) for who in PERSONS])
        for one in em.Subject.objects.order_by("pk")[:4]:
            set_attribute(by=town.planner, subject=one.pk, name="student", value=True)
        own = m.Line.objects.filter(entry__in=[found.it, found.tourism]).order_by("pk")
        lines = [line for line in own if line.definition.unit in (None, "人")][:2]
        for n, (line, text) in enumerate(zip(lines, TEXTS, strict=True)):
            measure = defined(town, f"persons{n}", text)
            count_by(by=town.planner, line=line.pk, measure=measure.pk)
        for register in (visits, joined):
            close_register(by=town.planner, register=register.pk, until=END)
        record_counts(by=town.planner, lines=[line.pk for line in lines], reason="数えたため")
    return found, lines


def erase_all(found: Book) -> None:
    with at(JULY):
        for one in em.Subject.objects.filter(kind="person", into=None):
            erase(by=found.town.planning_head, subject=one.pk, reason="保存の期限が過ぎたため")
    assert not em.Contact.objects.exists()
    assert em.Subject.objects.filter(erased=None, kind="person").count() == 0


def test_すべての人を消しても公表した束は同じ値に検算できる(counted, tmp_path: Path) -> None:
    found, lines = counted
    figures = [one.answer.value for one in counts_of_lines([line.pk for line in lines])]
    assert all(figures), figures
    edition = published(found)
    _, bundle = files_of(edition)["passport"]
    erase_all(found)
    assert files_of(edition)["passport"][1] == bundle
    code, said = verified(bundle, tmp_path, "--expect", passport_sha256(bundle))
    assert code == 0, said
    assert said.count("○ 指標") == 2
    assert [one.answer.value for one in counts_of_lines([line.pk for line in lines])] == figures
    assert list(evidenced.problems()) == []
    assert not verify(BODY).problems


def test_すべての人を消してから作る束も一字も違わない(counted, tmp_path: Path) -> None:
    found, _ = counted
    before = passport_of(found.volume, FACTS)
    assert before.data is not None
    assert before.left_out == ()
    erase_all(found)
    after = passport_of(found.volume, FACTS)
    assert after.data == before.data
    assert verified(after.data, tmp_path)[0] == 0
