"""団体をまたぐ改ざん. A line, a row, a past content carried from one body's book into another's is named in both."""

import pytest

from bookroom import BODY, START, Town, town
from sosei.journal.acts import act
from sosei.journal.models import Chain, Entry, Past
from sosei.journal.verdict import Verdict
from sosei.journal.verify import verify
from sosei.offices.models import Department

pytestmark = pytest.mark.django_db
OTHER = "990002"


@pytest.fixture
def made() -> Town:
    """Two bodies, each with a journal of five lines in which one department is renamed."""
    it = town()
    with act("test.office", body=OTHER, by=None) as w:
        far = w.add(Department(code="09", name="他市の課", first_day=START))
    for n in range(4):
        for body, row in ((BODY, it.it), (OTHER, far)):
            with act("office.arrange", body=body, by=None, subject="x", facts={"n": n}) as w:
                w.change(row, name=f"産業{n}課")
    return it


def named(verdict: Verdict, body: str | None = None) -> set[str]:
    """The codes of what is found, of one body's journal where one is named."""
    return {p.code for p in verdict.problems if body is None or p.facts.get("body") == body}


def renumber(body: str, after: int, by: int) -> None:
    for entry in Entry.objects.filter(body=body, seq__gt=after).order_by(
        "seq" if by < 0 else "-seq"
    ):
        Entry.objects.filter(pk=entry.pk).update(seq=entry.seq + by)


def test_二つの団体の台帳はそれぞれ合っている(made: Town) -> None:
    assert verify().fine


@pytest.mark.parametrize("seq", [2, 3, 5])
def test_ほかの団体に移された行は両方の団体で名指す(made: Town, seq: int) -> None:
    """As plainly as it can be done: the body of a line is another one's, at the next free number there."""
    Entry.objects.filter(body=BODY, seq=seq).update(body=OTHER, seq=6)
    verdict = verify()
    assert named(verdict, BODY) & {"J02", "J05", "J06"}
    assert named(verdict, OTHER) & {"J01", "J03"}
    assert f"第{seq}行" in " ".join(p.sentence() for p in verdict.problems)


def test_番号を詰め先端の記録も合わせて移しても名指す(made: Town) -> None:
    """As somebody would who knows the tables: the gap closed here, room made there, both ends recorded anew."""
    moved = Entry.objects.get(body=BODY, seq=3)
    renumber(OTHER, 3, 1)
    Entry.objects.filter(pk=moved.pk).update(body=OTHER, seq=4)
    renumber(BODY, 3, -1)
    for body in (BODY, OTHER):
        last = Entry.objects.filter(body=body).latest("seq")
        Chain.objects.filter(body=body).update(seq=last.seq, head=last.seal)
    verdict = verify()
    assert "J02" in named(verdict, BODY)
    assert "J03" in named(verdict, OTHER)
    there = next(p for p in verdict.problems if p.code == "J03")
    assert "第4行" in there.sentence()


def test_鎖ごとほかの団体のものとされても名指す(made: Town) -> None:
    """All lines of a body given to one that has no journal: no seal fits, since each line seals whose it is."""
    Entry.objects.filter(body=BODY).update(body="990003")
    Chain.objects.filter(body=BODY).update(body="990003")
    verdict = verify()
    assert named(verdict, "990003") == {"J08"}
    assert not verdict.fine


@pytest.mark.parametrize("alone", [None, BODY])
def test_ほかの団体に移された台帳の行を名指す(made: Town, alone: str | None) -> None:
    Department.objects.filter(pk=made.it.pk).update(body=OTHER)
    verdict = verify(alone)
    (problem,) = [p for p in verdict.problems if p.code in {"J10", "J11"}]
    assert problem.facts["row"] == made.it.pk
    assert problem.code == ("J10" if alone is None else "J11")


def test_ほかの団体に移された以前の内容を名指す(made: Town) -> None:
    Past.objects.filter(body=BODY, stamp=2).update(body=OTHER)
    assert named(verify()) == {"J20"}
    assert named(verify(BODY)) == {"J21"}
