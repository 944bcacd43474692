"""効果検証. The program proposes with the rule that fired, a person decides with a reason where they differ; both stay."""

import pytest

from sosei.core.errors import NoReason, NotAllowed, Stale
from sosei.journal.acts import act
from sosei.ledger.actions.figures import record_value
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.actions.verification import decide_grade, write_verification
from sosei.ledger.actions.waivers import waive_finding, withdraw_waiver
from sosei.ledger.doubts import AlreadyThere, FundsUnfit, NoSuchFinding
from sosei.ledger.halts import Locked
from sosei.ledger.models import Verification, Waiver
from sosei.ledger.queries.looks import looks_of
from sosei.ledger.queries.view import report_of
from sosei.ledger.typed import Typed
from yearbook import Book, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Book:
    return book()


def write(made: Book, by=None, seen: int | None = None, **words: str) -> Verification | None:
    return write_verification(by=by or made.town.officer, entry=made.it.pk, words=words, seen=seen)


def test_書いた欄だけが変わる(made) -> None:
    row = write(
        made, obstacle="感染症で\n祭りを中止した", countermeasure="", next_policy="事業の継続"
    )
    assert (row.obstacle, row.countermeasure, row.next_policy) == (
        "感染症で祭りを中止した", None, "事業の継続",
    )  # fmt: skip
    assert row.grade == "非常に効果的であった"
    said = report_of(made.volume).projects[0].verification
    assert said.obstacle.text == "感染症で祭りを中止した"


def test_何も言わなければ行を作らない(made) -> None:
    Verification.objects.all().delete()
    assert write(made, obstacle=" ") is None
    assert not Verification.objects.exists()
    assert write(made, obstacle="あった", seen=0).obstacle == "あった"
    with pytest.raises(Stale):
        write(made, obstacle="なかった", seen=0)


def test_有識者の欄は決裁の後も企画課が書ける(made) -> None:
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage="experts")
    with pytest.raises(Locked):
        write(made, by=made.town.planner, obstacle="後から")
    with pytest.raises(Locked):
        write(made, expert_opinion="よい")
    row = write(made, by=made.town.planner, expert_opinion="対象を絞ったのがよい")
    assert row.expert_opinion == "対象を絞ったのがよい"


def test_書き直した欄の所在だけが消える(made) -> None:
    Verification.objects.filter(entry=made.it).update(
        trace={"grade": {"raw": "①非常に"}, "obstacle": {"raw": "○"}}, obstacle="前の要因"
    )
    row = write(made, obstacle="今の要因")
    assert row.trace == {"grade": {"raw": "①非常に"}}


def decide(made: Book, level: int | None, *, by=None, entry=None, reason: str = "", seen=None):
    return decide_grade(
        by=by or made.town.section_head, entry=entry or made.it.pk, level=level, reason=reason, seen=seen
    )  # fmt: skip


def test_提案と同じなら理由は要らず規則が残る(made) -> None:
    row = decide(made, 1)
    assert (row.decided, row.proposed, row.proposed_by) == (1, 1, "G2-1-all")
    assert row.grade == "地方創生に非常に効果的であった"
    assert report_of(made.volume).projects[0].verification.grade.text == row.grade


def test_提案と違えば理由が要り両方が残る(made) -> None:
    with pytest.raises(NoReason):
        decide(made, 2)
    row = decide(made, 2, reason="外的な要因が大きい")
    assert (row.decided, row.proposed, row.decided_reason) == (2, 1, "外的な要因が大きい")


def test_提案のできない事業でも人は決められる(made) -> None:
    row = decide(made, 3, by=made.town.planner, entry=made.tourism.pk)
    assert (row.decided, row.proposed, row.proposed_by) == (3, None, None)


def test_決定を取り消すと評価の文言もなくなる(made) -> None:
    decide(made, 1)
    row = decide(made, None)
    assert (row.decided, row.grade) == (None, None)


def test_決めるのは課長か企画課で段階は四つ(made) -> None:
    with pytest.raises(NotAllowed):
        decide(made, 1, by=made.town.officer)
    with pytest.raises(FundsUnfit):
        decide(made, 5)
    row = decide(made, 1, seen=1)
    with pytest.raises(Stale):
        decide(made, 2, seen=1, reason="別の人")
    assert row.stamp == 2
    move_entry(by=made.town.officer, entry=made.it.pk, move="submit")
    with pytest.raises(Locked):
        decide(made, 1)


# -- waivers ----------------------------------------------------------------------------------------------------------


def jump(made: Book, first: str = "17", second: str = "17000") -> None:
    """Record two values a thousandfold apart."""
    row = made.it.lines.get()
    for text, year in ((first, 2020), (second, 2021)):
        record_value(
            by=made.town.officer, line=row.pk, typed=Typed(text=text), seen=None, year=year
        )


def open_found(made: Book, code: str):
    looked = looks_of(made.volume)[made.it.pk]
    return next((f for f in looked.open if f.finding.code == code), None)


def test_指摘は理由を添えて了承でき数から外れる(made) -> None:
    jump(made)
    found = open_found(made, "KPI-JUMP")
    before = sum(looks_of(made.volume)[made.it.pk].counts().values())
    said = {
        "by": made.town.section_head,
        "entry": made.it.pk,
        "rule": found.finding.code,
        "about": found.about,
    }
    with pytest.raises(NoReason):
        waive_finding(reason=" ", **said)
    row = waive_finding(reason="年度の値である", **said)
    looked = looks_of(made.volume)[made.it.pk]
    assert sum(looked.counts().values()) == before - 1
    waived = next(f for f in looked.found if f.waiver == row.pk)
    assert waived.waived == "年度の値である（物作 課長）"
    with pytest.raises(AlreadyThere):
        waive_finding(reason="もう一度", **said)
    withdraw_waiver(by=made.town.section_head, waiver=row.pk, reason="取り違え")
    assert sum(looks_of(made.volume)[made.it.pk].counts().values()) == before
    assert Waiver.objects.get().voided is not None


def test_ない指摘は了承できず担当者は了承できない(made) -> None:
    said = {"entry": made.it.pk, "rule": "KPI-JUMP", "about": "line:1", "reason": "正しい"}
    with pytest.raises(NoSuchFinding):
        waive_finding(by=made.town.section_head, **said)
    with pytest.raises(NotAllowed):
        waive_finding(by=made.town.officer, **said)


def test_値が替われば前の値への了承は効かない(made) -> None:
    jump(made)
    found = open_found(made, "KPI-JUMP")
    assert "value:" in found.about
    waive_finding(
        by=made.town.section_head, entry=made.it.pk, rule="KPI-JUMP", about=found.about, reason="合併で増えた"
    )  # fmt: skip
    assert open_found(made, "KPI-JUMP") is None
    jump(made, second="1700")
    assert open_found(made, "KPI-JUMP") is not None


def test_順が変わっても了承は同じ指摘に付く(made) -> None:
    jump(made)
    found = open_found(made, "KPI-JUMP")
    waive_finding(
        by=made.town.section_head, entry=made.it.pk, rule=found.finding.code, about=found.about, reason="よい"
    )  # fmt: skip
    with act("test.move", body=made.volume.body, by=None) as w:
        w.change(made.fresh().it, position=7)
    assert any(f.waived for f in looks_of(made.volume)[made.it.pk].found)
