"""鍵の引継ぎ. A line says which key sealed it; a newer key comes into force by a line of the older one, and the old one ends there."""

from collections.abc import Callable
from typing import Any

import pytest

from bookroom import BODY, Town, town
from sosei.house.ailments import GOOD, WARN
from sosei.house.checks_book import heads
from sosei.journal.acts import act
from sosei.journal.handover import begin_anew, hand_over
from sosei.journal.keyring import HANDED, LOST, check_all, missing, ring
from sosei.journal.models import Chain, Entry, Past
from sosei.journal.refusals import OtherSealKey, SealKeyLacking
from sosei.journal.seal import fingerprint, seal
from sosei.journal.verify import verify
from sosei.offices.models import Department

pytestmark = pytest.mark.django_db
NEW = b"a newer key"


def rename(made: Town, name: str) -> None:
    with act("department.correct", body=BODY, by=None) as w:
        w.change(Department.objects.get(pk=made.it.pk), name=name)


def codes() -> list[str]:
    found = verify()
    return [problem.code for problem in (*found.problems, *found.unproven)]


@pytest.fixture
def made(settings: Any) -> Town:
    """A town whose fourth line is sealed with the second key, which the third handed over to."""
    it = town()
    rename(it, "前の鍵の名")
    settings.SOSEI_JOURNAL_KEYS = {**ring(), 2: NEW}
    assert hand_over() == 1
    rename(it, "後の鍵の名")
    return it


def line(seq: int) -> Entry:
    return Entry.objects.get(body=BODY, seq=seq)


def test_引継ぎの行は前の鍵が封印し次の行から新しい鍵になる(made: Town) -> None:
    assert [(e.key, e.verb) for e in Entry.objects.order_by("seq")][1:] == [
        (1, "department.correct"), (1, HANDED), (2, "department.correct")
    ]  # fmt: skip
    assert line(3).facts == {"key": 2, "mark": fingerprint(NEW)}
    assert (Chain.objects.get().key, Chain.objects.get().mark) == (2, fingerprint(NEW))
    assert codes() == ["N02"]
    assert hand_over() == 0


def test_引き継ぐまでは新しい鍵があっても前の鍵で封印する(settings: Any) -> None:
    it = town()
    settings.SOSEI_JOURNAL_KEYS = {**ring(), 2: NEW}
    rename(it, "まだ前の鍵")
    assert line(2).key == 1
    assert codes() == ["J40", "N02"]
    hand_over()
    assert codes() == ["N02"]


def test_引継ぎのあとで前の鍵を使った偽りを見破る(made: Town) -> None:
    forged = line(4)
    forged.key, forged.by = 1, 99
    forged.seal = seal(ring()[1], forged.line())
    forged.save()
    Chain.objects.update(head=forged.seal)
    assert "J01" in codes() or "J03" in codes()


def test_前の鍵で前の行から書き直しても引継ぎの先とつながらない(made: Town) -> None:
    second, third = line(2), line(3)
    second.by = 99
    second.seal = seal(ring()[1], second.line())
    third.before = second.seal
    third.seal = seal(ring()[1], third.line())
    second.save()
    third.save()
    assert "J04" in codes()


@pytest.mark.parametrize("old", [True, False], ids=["前の鍵の内容", "今の鍵の内容"])
def test_どの鍵で封印した行の変更も名指す(made: Town, old: bool) -> None:
    row = made.tourism if old else made.it
    Department.objects.filter(pk=row.pk).update(name="影の課")
    assert codes() == ["J10", "N02"]


def test_足りない鍵の行は確かめられないと言いほかは確かめる(made: Town, settings: Any) -> None:
    settings.SOSEI_JOURNAL_KEYS = {2: NEW}
    found = verify()
    assert [(p.code, p.facts["lines"].first, p.facts["lines"].last) for p in found.problems] == [
        ("J09", 1, 3)
    ]
    Department.objects.filter(pk=made.it.pk).update(name="影の課")
    assert codes() == ["J09", "J10", "N02"]


def add(verb: str, key: int, facts: dict[str, Any] | None = None) -> None:
    """What somebody writes himself who has a key and the database."""
    end = Chain.objects.get()
    forged = Entry.objects.get(body=BODY, seq=end.seq)
    forged.pk, forged.seq, forged.before = None, end.seq + 1, end.head
    forged.verb, forged.key, forged.by, forged.facts, forged.rows = verb, key, 99, facts or {}, []
    forged.seal = seal(ring()[key], forged.line())
    forged.save(force_insert=True)
    Chain.objects.update(seq=forged.seq, head=forged.seal)


def found_codes() -> list[tuple[str, int, int]]:
    named = [p for p in verify().problems if p.code.startswith("J0") and "lines" in p.facts]
    return [(p.code, p.facts["lines"].first, p.facts["lines"].last) for p in named]


@pytest.mark.parametrize("number", [1, 2], ids=["前の番号", "今の番号"])
def test_替えた前の鍵では鍵を失ったという行も続きの行も書けない(made: Town, number: int) -> None:
    add(LOST, 1, {"lost": [2], "key": number})
    add("department.correct", 1)
    assert verify().problems
    assert {(first, last) for _, first, last in found_codes()} == {(5, 6)}


def test_今の鍵がここになくても前の鍵では続けられない(made: Town, settings: Any) -> None:
    settings.SOSEI_JOURNAL_KEYS = {1: ring()[1], 3: b"made after the loss"}
    add("department.correct", 1)
    assert ("J09", 4, 4) in found_codes()
    assert {code for code, first, last in found_codes() if (first, last) == (5, 5)} & {"J01", "J03"}


def test_確かめられない引継ぎの行は古い鍵に戻せない(made: Town, settings: Any) -> None:
    settings.SOSEI_JOURNAL_KEYS = {**ring(), 3: b"made later"}
    hand_over()
    end = line(5)
    end.facts = {"key": 1, "mark": ""}
    end.seal = seal(NEW, end.line())
    end.save()
    Chain.objects.update(head=end.seal)
    settings.SOSEI_JOURNAL_KEYS = {1: ring()[1], 3: b"made later"}
    add("department.correct", 1)
    assert {code for code, first, last in found_codes() if (first, last) == (6, 6)} & {"J01", "J03"}


def test_引継ぎから先を切って前の鍵で書き直した証跡を見破る(made: Town) -> None:
    Entry.objects.filter(seq__gte=3).delete()
    Chain.objects.update(seq=2, head=line(2).seal)
    Department.objects.filter(pk=made.it.pk).update(name="前の鍵の名", stamp=2, since=line(2).at)
    Past.objects.filter(seq__gt=2).delete()
    add("department.look", 1)
    found = verify()
    assert [(p.code, p.facts["key"], p.facts["newest"]) for p in found.problems] == [("J40", 1, 2)]
    assert not found.fine
    heads_said = heads()
    assert (heads_said.state, "番号1の鍵" in heads_said.said_ja) == (WARN, True)
    assert "sosei keys rotate journal" in heads_said.todo_ja


def test_鍵を替えた証跡の診断は良い(made: Town) -> None:
    assert heads().state == GOOD


def test_前の鍵だけを失ったときも失ったと言える(made: Town, settings: Any) -> None:
    settings.SOSEI_JOURNAL_KEYS = {2: NEW, 3: b"made after the loss"}
    assert missing(Chain.objects.get()) == [1]
    assert begin_anew() == 1
    assert missing(Chain.objects.get()) == []
    assert (line(5).key, line(5).facts["lost"]) == (3, [1])
    rename(made, "続き")
    assert codes() == ["N04", "N02"]


def test_二度鍵を失っても失ったと記した行までたどれる(made: Town, settings: Any) -> None:
    for number in (3, 4):
        settings.SOSEI_JOURNAL_KEYS = {number: bytes([number])}
        assert begin_anew() == 1
        rename(made, f"番号{number}の鍵の名")
    assert verify().fine
    assert set(codes()) == {"N04", "N02"}


def test_一つの団体の鍵だけを失ったときほかの団体は引き継ぐ(made: Town, settings: Any) -> None:
    with act("department.open", body="990002", by=None, always=True):
        pass
    first = ring()[1]
    Chain.objects.filter(body="990002").update(key=2)
    settings.SOSEI_JOURNAL_KEYS = {1: first, 2: NEW, 3: b"third"}
    assert begin_anew() == 0
    assert set(Chain.objects.values_list("key", flat=True)) == {3}
    assert verify().fine


def test_鍵の番号を書き替えても見破る(made: Town) -> None:
    Entry.objects.filter(seq=4).update(key=9)
    assert codes()[0] == "J01"
    Entry.objects.filter(seq=4).update(key=2)
    Entry.objects.filter(seq=1).update(key=9)
    assert codes()[0] == "J09"


def test_鍵がなければ何も書かない(made: Town, settings: Any) -> None:
    before = Entry.objects.count()
    for keys in ({}, {1: ring()[1]}):
        settings.SOSEI_JOURNAL_KEYS = keys
        with pytest.raises(SealKeyLacking, match="番号2"):
            rename(made, "書けない")
    assert Entry.objects.count() == before


def test_別の台帳の鍵では何も書かない(made: Town, settings: Any) -> None:
    settings.SOSEI_JOURNAL_KEYS = {**ring(), 2: b"another book's"}
    with pytest.raises(OtherSealKey):
        rename(made, "書けない")
    with pytest.raises(OtherSealKey):
        check_all()


def test_失った鍵は行に残り検証は証明できないと言う(made: Town, settings: Any) -> None:
    settings.SOSEI_JOURNAL_KEYS = {3: b"made after the loss"}
    assert begin_anew() == 1
    rename(made, "失ったあと")
    assert (line(5).verb, line(5).facts["lost"], line(6).key) == (LOST, [1, 2], 3)
    assert verify().fine
    assert codes() == ["N04", "N04", "N02"]


@pytest.fixture
def lost(settings: Any) -> Callable[[], None]:
    """A town whose only key was lost, and what brings that key back."""
    it = town()
    rename(it, "失う前")
    old = dict(ring())
    settings.SOSEI_JOURNAL_KEYS = {2: NEW}
    begin_anew()
    rename(it, "失ったあと")

    def found_again() -> None:
        settings.SOSEI_JOURNAL_KEYS = {**old, 2: NEW}

    return found_again


def test_失った鍵が見つかればすべて確かめられる(lost: Callable[[], None]) -> None:
    assert verify().fine
    assert sorted(codes()) == ["N02", "N04"]
    lost()
    assert codes() == ["N02"]


def test_失った鍵の行に紛れ込んだ行は先の行とつながらない(lost: Callable[[], None]) -> None:
    Entry.objects.filter(seq=2).update(seal="0" * 64)
    assert "J04" in codes()
