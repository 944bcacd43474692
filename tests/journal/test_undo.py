"""取消. What an act wrote is taken back as one, or nothing is, and everything in the way is named."""

from datetime import date

import pytest

from bookroom import BODY, START, Town, town
from sosei.journal.acts import act
from sosei.journal.models import Entry
from sosei.journal.refusals import CannotUndo, NothingToUndo
from sosei.journal.undo import revert, undo
from sosei.journal.verify import verify
from sosei.offices.models import Assignment, Department, Succession

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Town:
    return town()


def last() -> Entry:
    entry = Entry.objects.order_by("-seq").first()
    assert entry is not None
    return entry


def merged(made: Town) -> Entry:
    """Two departments become one: one line that adds two rows and changes two, one of them twice."""
    with act("office.arrange", body=BODY, by=made.admin.pk) as w:
        new = w.add(Department(code="10", name="産業観光課", first_day=date(2026, 4, 1)))
        w.change(made.it, last_day=date(2026, 3, 31))
        w.change(made.tourism, last_day=date(2026, 3, 1))
        w.add(Succession(old=made.it, new=new, on=date(2026, 4, 1)))
        w.change(made.tourism, last_day=date(2026, 3, 31))
    return last()


def test_加えた行は取り消され変えた行は元に戻る(made: Town) -> None:
    entry = merged(made)
    line = undo(entry, made.admin.pk, "統合は見送り")
    new = Department.objects.get(code="10")
    assert new.voided is not None
    assert new.void_reason == "統合は見送り"
    assert Succession.objects.get().voided is not None
    kept = Department.objects.filter(pk__in=[made.it.pk, made.tourism.pk])
    assert [row.last_day for row in kept] == [None, None]
    assert [row.stamp for row in kept.order_by("code")] == [3, 4]
    assert (line.verb, line.facts["undoes"], line.seq) == ("journal.undo", entry.seq, entry.seq + 1)
    assert verify().fine


def test_取消の取消で元に戻る(made: Town) -> None:
    line = undo(merged(made), made.admin.pk)
    undo(line, made.admin.pk)
    assert Department.objects.get(code="10").voided is None
    assert Department.objects.get(pk=made.it.pk).last_day == date(2026, 3, 31)
    assert verify().fine


def test_あとから変えられた行をすべて名指して何も書かない(made: Town) -> None:
    entry = merged(made)
    with act("office.arrange", body=BODY, by=None) as w:
        w.change(made.it, name="ものづくり課")
        w.change(made.tourism, name="観光交流課")
    before = last().seq
    with pytest.raises(CannotUndo) as refused:
        undo(entry, made.admin.pk)
    assert [where for where, _ in refused.value.problems] == [
        f"課「観光交流課」（番号{made.tourism.pk}）",
        f"課「ものづくり課」（番号{made.it.pk}）",
    ]
    assert f"証跡の第{before}行で変えられています" in refused.value.sentence()
    assert last().seq == before
    assert Department.objects.get(code="10").voided is None


def test_二度は取り消せない(made: Town) -> None:
    entry = merged(made)
    undo(entry, None)
    with pytest.raises(CannotUndo):
        undo(entry, None)


def test_あとから使われた行は取り消さずそれを言う(made: Town) -> None:
    entry = merged(made)
    new = Department.objects.get(code="10")
    with act("office.arrange", body=BODY, by=None) as w:
        w.add(Assignment(person=made.other, role="officer", department=new, first_day=START))
    with pytest.raises(CannotUndo) as refused:
        undo(entry, None)
    (problem,) = refused.value.problems
    assert problem[0].startswith("課「産業観光課」")
    assert "配属" in problem[1]


def test_使っていた行が取り消されていれば差し支えない(made: Town) -> None:
    entry = merged(made)
    new = Department.objects.get(code="10")
    with act("office.arrange", body=BODY, by=None) as w:
        used = w.add(Assignment(person=made.other, role="officer", department=new, first_day=START))
    with act("office.arrange", body=BODY, by=None) as w:
        w.void(used, reason="誤り")
    undo(entry, None)
    assert Department.objects.get(code="10").voided is not None


def test_何も書いていない行は取り消すものがないと言う(made: Town) -> None:
    with act("journal.export", body=BODY, by=None, always=True):
        pass
    with pytest.raises(NothingToUndo):
        undo(last(), None)


def test_自分の行いの中で一部を除いて取り消せる(made: Town) -> None:
    entry = merged(made)
    new = Department.objects.get(code="10")
    with act("office.rearrange", body=BODY, by=None) as w:
        assert revert(w, entry, leave=[("offices.department", new.pk)]) == 3
        w.change(new, name="産業課")
    assert Department.objects.get(pk=new.pk).voided is None
    assert Department.objects.get(pk=made.it.pk).last_day is None
    assert verify().fine
