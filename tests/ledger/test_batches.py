"""取込み. What came back is shown before it is written, applied as one, undone as one; a blank erases nothing."""

from datetime import date, timedelta

import pytest

import answerfiles
from inquiryroom import JUNE, Room, room
from sosei.core.codec import dumps
from sosei.core.errors import NoReason, NotAllowed
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.journal.models import Entry
from sosei.ledger import models as m
from sosei.ledger.actions.batches import apply_batch
from sosei.ledger.actions.grid import TypedRow, save_grid
from sosei.ledger.actions.inquiries import Wording, close_inquiry, send_inquiry
from sosei.ledger.actions.proposals import propose_answers
from sosei.ledger.actions.settling import refuse_batch, undo_batch
from sosei.ledger.halts import Locked
from sosei.ledger.objections import ChangedMeanwhile, InquiryClosed, OtherPart, Settled
from sosei.ledger.queries.batches import BatchSeen, batch_of, batches_of
from sosei.ledger.queries.changes import ChangeRow
from sosei.ledger.queries.grid import grid_of
from sosei.ledger.queries.inquiries import board_of, part_of
from sosei.ledger.queries.questions import USUAL
from sosei.ledger.queries.tasks import todo_of
from sosei.ledger.queries.view import report_of
from sosei.ledger.sheets import sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    with at(JUNE):
        found = room()
        found.inquiry = send_inquiry(
            by=found.town.planner,
            volume=found.volume.pk,
            departments=[found.town.it.pk, found.town.tourism.pk],
            kinds=USUAL,
            words=Wording(title="実績調査", due_on=date(2023, 6, 21)),
        )
        found.parts = {p.department_id: p for p in found.inquiry.parts.all()}
        yield found


def keys(part: m.InquiryPart) -> dict[str, str]:
    return {q.indicator or q.field: q.key for q in sheet_of(part.sheet).questions}


def answer(place: Room, by, fill: dict[str, object], *, department=None, name="回答.xlsx"):
    """Fill in the department's form and take it in."""
    part = place.parts[(department or place.town.it).pk]
    named = keys(part)
    book = answerfiles.filled(sheet_of(part.sheet), {named[k]: v for k, v in fill.items()})
    files = [(name, answerfiles.saved(book))]
    return propose_answers(by=by, inquiry=place.inquiry.pk, files=files)[0]


def rows(seen: BatchSeen) -> dict[str, ChangeRow]:
    return {row.name_ja: row for group in seen.groups for row in (*group.rows, *group.quiet)}


def take(seen: BatchSeen, *, every: bool = False) -> dict[str, str]:
    """What a person who ticks nothing more sends (or, `every`, who ticks all)."""
    return {
        row.id: row.digest
        for group in seen.groups
        for row in group.rows
        if row.acceptable and (row.ticked or every)
    }


def now(place: Room, name: str) -> m.Value | None:
    return m.Value.objects.filter(
        point__indicator__definitions__name=name, role="actual", point__fiscal_year=2022,
        until__isnull=True, voided__isnull=True,
    ).first()  # fmt: skip


FULL = {
    "会員企業への就職者数": 18,
    "会員企業数": ("集計中", "7月末", "照合中"),
    "補助金": 17662,
    "Verification.grade": "地方創生に効果があった",
    "Verification.countermeasure": "合同説明会を増やす",
}


def test_回答は差分になり_反映するまで何も書かない(place: Room) -> None:
    before = dumps(report_of(place.volume))
    found = answer(place, place.town.officer, FULL)
    assert found.error is None
    assert dumps(report_of(place.volume)) == before
    seen = batch_of(place.volume.body, found.batch)
    assert seen.counts["added"] == 4
    shown = {
        name: (row.kind, row.change.before_ja, row.change.after_ja)
        for name, row in rows(seen).items()
    }
    assert shown["会員企業への就職者数 ＞ 令和4年度 実績値"] == ("added", "", "18人")
    assert shown["補助金 ＞ 金額"] == ("added", "", "17,662千円")
    assert {name: row.kind for name, row in rows(seen).items() if row.kind == "changed"} == {
        "会員企業数 ＞ 令和4年度 実績値": "changed"
    }, "the day it is expected is new"
    assert len(seen.unanswered) == 2
    assert "今後の方針" in seen.unanswered[0]
    assert board_of(place.volume.body, place.inquiry.pk).parts[0].state == "received"


def test_文字の回答は何行目の何列目かとともに残る(place: Room) -> None:
    part = place.parts[place.town.it.pk]
    key = keys(part)["会員企業への就職者数"]
    data = (
        f"照会番号\t{part.mark}\r\n\r\n項目番号\t指標\t実績\r\n{key}\t会員企業への就職者数\t18\r\n"
    )
    [found] = propose_answers(
        by=place.town.officer, inquiry=place.inquiry.pk, files=[("回答.tsv", data.encode())]
    )
    assert found.error is None
    seen = batch_of(place.volume.body, found.batch)
    row = rows(seen)["会員企業への就職者数 ＞ 令和4年度 実績値"]
    assert [(p.row, p.column) for p in row.place] == [(4, 3)]
    apply_batch(by=place.town.officer, batch=found.batch, accepted=take(seen))
    kept = now(place, "会員企業への就職者数").trace[""]["place"][0]
    assert (kept["row"], kept["column"]) == (4, 3)


def test_反映すると値と所在と文書が残り課は回答済みになる(place: Room) -> None:
    found = answer(place, place.town.officer, FULL)
    seen = batch_of(place.volume.body, found.batch)
    lines = Entry.objects.count()
    done = apply_batch(by=place.town.officer, batch=found.batch, accepted=take(seen))
    assert (done.count, Entry.objects.count()) == (5, lines + 1)
    value = now(place, "会員企業への就職者数")
    assert (value.number, value.origin, value.document.name) == (18, "inquiry", "回答.xlsx")
    assert value.trace[""]["place"][0]["sheet"] == "回答"
    counting = now(place, "会員企業数")
    assert (counting.gap, counting.expected, counting.expected_on, counting.reason, counting.owed_by) == (
        "counting", "7月末", date(2023, 7, 31), "照合中", place.town.it,
    )  # fmt: skip
    assert m.Spending.objects.get(label="補助金", entry__volume=place.volume).yen == 17_662_000
    check = m.Verification.objects.get(entry__volume=place.volume)
    assert (check.grade, check.obstacle, check.next_policy) == (
        "地方創生に効果があった", "担い手の不足", None,
    )  # fmt: skip
    part = next(
        p
        for p in board_of(place.volume.body, place.inquiry.pk).parts
        if p.department == place.town.it.pk
    )
    assert (part.state, part.items) == ("partly", {"filled": 4, "counting": 1, "open": 2})
    assert batch_of(place.volume.body, found.batch).row.state == "applied"


def test_空欄は何も消さない(place: Room) -> None:
    full = answer(place, place.town.officer, FULL)
    apply_batch(
        by=place.town.officer,
        batch=full.batch,
        accepted=take(batch_of(place.volume.body, full.batch)),
    )
    before = dumps(report_of(place.volume))
    found = answer(place, place.town.officer, {"会員企業への就職者数": None}, name="空.xlsx")
    seen = batch_of(place.volume.body, found.batch)
    apply_batch(by=place.town.officer, batch=found.batch, accepted=take(seen, every=True))
    assert dumps(report_of(place.volume)) == before


def test_ゼロは結果である(place: Room) -> None:
    found = answer(place, place.town.officer, {"会員企業への就職者数": 0})
    apply_batch(
        by=place.town.officer,
        batch=found.batch,
        accepted=take(batch_of(place.volume.body, found.batch)),
    )
    assert now(place, "会員企業への就職者数").number == 0


def test_印の消えた写しも名前で読む(place: Room) -> None:
    part = place.parts[place.town.it.pk]
    named = keys(part)
    book = answerfiles.filled(sheet_of(part.sheet), {named["会員企業への就職者数"]: 18})
    table = answerfiles.without_ids(answerfiles.values(book))
    files = [
        ("てもとの表.csv", answerfiles.as_csv(table)),
        ("控え.docx", answerfiles.as_docx(table)),
    ]
    found = propose_answers(
        by=place.town.officer, inquiry=place.inquiry.pk, files=files, part=part.pk
    )
    assert [one.error for one in found] == [None, None]
    for one in found:
        assert (
            rows(batch_of(place.volume.body, one.batch))[
                "会員企業への就職者数 ＞ 令和4年度 実績値"
            ].change.after_ja
            == "18人"
        )


def test_読めないファイルはわけを言い_ほかのファイルは進む(place: Room) -> None:
    part = place.parts[place.town.it.pk]
    good = answerfiles.saved(
        answerfiles.filled(sheet_of(part.sheet), {keys(part)["会員企業数"]: 34})
    )
    found = propose_answers(
        by=place.town.planner,
        inquiry=place.inquiry.pk,
        files=[
            ("a.pdf", b"%PDF-1.7 ..."),
            ("b.xlsx", good),
            ("c.txt", "きょうはよい天気".encode()),
        ],
    )
    assert [one.error.code if one.error else None for one in found] == ["E207", None, "E621"]


def test_課の人は自分の課の回答だけを取り込める(place: Room) -> None:
    found = answer(place, place.town.other, {"会員企業への就職者数": 18})
    assert isinstance(found.error, OtherPart)
    assert "ものづくり推進課" in found.error.sentence()
    mine = answer(place, place.town.officer, {"会員企業への就職者数": 18})
    with pytest.raises(NotAllowed):
        apply_batch(
            by=place.town.other,
            batch=mine.batch,
            accepted=take(batch_of(place.volume.body, mine.batch)),
        )
    with pytest.raises(NotAllowed):
        refuse_batch(by=place.town.other, batch=mine.batch, reason="違う")
    assert (
        apply_batch(
            by=place.town.planner,
            batch=mine.batch,
            accepted=take(batch_of(place.volume.body, mine.batch)),
        ).count
        == 1
    )


def typed(place: Room, name: str, figure: str) -> None:
    row = next(r for r in grid_of(place.town.planner, place.volume.pk).rows if r.name == name)
    cell = type(row.cell)(
        **{**{f: getattr(row.cell, f) for f in ("state", "expected", "note")}, "typed": figure}
    )
    one = TypedRow(
        key=row.key, cell=cell, was=row.cell, seen=row.seen, note_seen=row.note_seen, sure=True
    )
    save_grid(by=place.town.planner, volume=place.volume.pk, typed=[one])


def test_照会のあとに変わった値とは食い違いになる(place: Room) -> None:
    found = answer(place, place.town.officer, {"会員企業への就職者数": 18})
    typed(place, "会員企業への就職者数", "17")
    seen = batch_of(place.volume.body, found.batch)
    row = rows(seen)["会員企業への就職者数 ＞ 令和4年度 実績値"]
    assert (row.kind, row.ticked, row.since_asked, row.was) == ("conflict", False, True, "")
    assert seen.moved
    with pytest.raises(NoReason):
        apply_batch(by=place.town.officer, batch=found.batch, accepted=take(seen, every=True))
    apply_batch(
        by=place.town.officer, batch=found.batch, accepted=take(seen, every=True), reason="数え直し"
    )
    assert (
        now(place, "会員企業への就職者数").number,
        now(place, "会員企業への就職者数").reason,
    ) == (18, "数え直し")


def test_表示したあとに変わった項目は反映せずに言う(place: Room) -> None:
    found = answer(place, place.town.officer, {"会員企業への就職者数": 18, "補助金": 17662})
    seen = batch_of(place.volume.body, found.batch)
    typed(place, "会員企業への就職者数", "17")
    lines = Entry.objects.count()
    with pytest.raises(ChangedMeanwhile) as stale:
        apply_batch(by=place.town.officer, batch=found.batch, accepted=take(seen))
    assert len(stale.value.ids) == 1
    assert Entry.objects.count() == lines
    again = batch_of(place.volume.body, found.batch)
    assert apply_batch(by=place.town.officer, batch=found.batch, accepted=take(again)).count == 1


def test_取り消すと台帳は元に戻り_もう一度は取り消せない(place: Room) -> None:
    before = dumps(report_of(place.volume))
    found = answer(place, place.town.officer, FULL)
    apply_batch(
        by=place.town.officer,
        batch=found.batch,
        accepted=take(batch_of(place.volume.body, found.batch)),
    )
    assert dumps(report_of(m.Volume.objects.get(pk=place.volume.pk))) != before
    undo_batch(by=place.town.officer, batch=found.batch, reason="ファイルの取り違え")
    assert dumps(report_of(m.Volume.objects.get(pk=place.volume.pk))) == before
    batch = m.Batch.objects.get(pk=found.batch)
    assert (batch.state, batch.undone_seq) == ("undone", Entry.objects.latest("seq").seq)
    assert part_of(batch.body, batch.part_id).row.state == "out"
    with pytest.raises(Settled):
        undo_batch(by=place.town.officer, batch=found.batch, reason="もう一度")


def test_一覧での入力も一つとして取り消せる(place: Room) -> None:
    before = dumps(report_of(place.volume))
    typed(place, "会員企業への就職者数", "17")
    batch = m.Batch.objects.get(kind="grid")
    undo_batch(by=place.town.planner, batch=batch.pk, reason="打ち間違い")
    assert dumps(report_of(place.volume)) == before


def test_取りやめるには理由が要る(place: Room) -> None:
    found = answer(place, place.town.officer, {"会員企業への就職者数": 18})
    with pytest.raises(NoReason):
        refuse_batch(by=place.town.officer, batch=found.batch, reason=" ")
    refuse_batch(by=place.town.officer, batch=found.batch, reason="古い様式")
    with pytest.raises(Settled, match="取りやめ"):
        apply_batch(by=place.town.officer, batch=found.batch, accepted={})
    assert [b.state for b in batches_of(place.volume.body)] == ["refused"]


def test_締め切った照会の回答は受けない(place: Room) -> None:
    found = answer(place, place.town.officer, {"会員企業への就職者数": 18})
    close_inquiry(by=place.town.planner, inquiry=place.inquiry.pk)
    with pytest.raises(InquiryClosed):
        answer(place, place.town.officer, {"会員企業への就職者数": 18})
    with pytest.raises(InquiryClosed):
        apply_batch(by=place.town.officer, batch=found.batch, accepted={})


def test_提出した事業には反映できない(place: Room) -> None:
    found = answer(place, place.town.officer, {"会員企業への就職者数": 18})
    seen = batch_of(place.volume.body, found.batch)
    m.ProjectYear.objects.filter(volume=place.volume).update(stage="section")
    with pytest.raises(Locked):
        apply_batch(by=place.town.officer, batch=found.batch, accepted=take(seen))
    assert now(place, "会員企業への就職者数") is None


def test_同じファイルは二度待たせない(place: Room) -> None:
    part = place.parts[place.town.it.pk]
    data = answerfiles.saved(
        answerfiles.filled(sheet_of(part.sheet), {keys(part)["会員企業数"]: 34})
    )
    first, second = (
        propose_answers(by=place.town.officer, inquiry=place.inquiry.pk, files=[(name, data)])[0]
        for name in ("回答.xlsx", "回答 (1).xlsx")
    )
    assert first.batch == second.batch


def test_経費に集計中は入らず_そう言う(place: Room) -> None:
    found = answer(place, place.town.officer, {"補助金": "集計中", "会員企業への就職者数": 18})
    seen = batch_of(place.volume.body, found.batch)
    assert [n.code for n in seen.not_understood] == ["E451"]
    assert seen.row.counts["not_understood"] == 1


def test_千倍の値には印が付き_はじめは選ばれない(place: Room) -> None:
    found = answer(place, place.town.officer, {"会員企業への就職者数": 18000})
    row = rows(batch_of(place.volume.body, found.batch))["会員企業への就職者数 ＞ 令和4年度 実績値"]
    assert [n.code for n in row.notices] == ["E631"]
    assert not row.ticked


def test_速報の入った様式はそのまま返しても速報のまま(place: Room) -> None:
    found = answer(place, place.town.other, {"観光消費額": "12.8"}, department=place.town.tourism)
    seen = batch_of(place.volume.body, found.batch)
    assert seen.not_understood == ()
    assert rows(seen)["観光消費額 ＞ 令和4年度 実績値"].change.after_ja == "12.8億円"
    final = answer(
        place, place.town.other, {"延べ宿泊者数": 4100000}, department=place.town.tourism
    )
    row = rows(batch_of(place.volume.body, final.batch))["延べ宿泊者数 ＞ 令和4年度 実績値"]
    assert (row.kind, row.change.after_ja) == ("changed", "4,100,000人泊")


def test_取り込んだ日は何をしたあとも届いた日のまま(place: Room) -> None:
    batch = answer(place, place.town.officer, FULL).batch
    day = JUNE.date()
    with at(JUNE + timedelta(days=5)):
        row = m.Batch.objects.get(pk=batch)
        with act(
            "test.change", body=row.body, by=None
        ) as w:  # as a decision on what belongs to what
            w.change(row, difference={**row.difference, "restate": True})
        [task] = [t for t in todo_of(place.town.planner).tasks if t.kind == "batch"]
        assert task.came == day
        refuse_batch(by=place.town.officer, batch=batch, reason="取り違え")
        [seen] = batches_of(place.inquiry.body)
        assert seen.came.date() == day
        assert batch_of(place.inquiry.body, batch).row.came.date() == day
        [brief] = part_of(place.inquiry.body, place.parts[place.town.it.pk].pk).batches
        assert (brief.came, brief.state) == (day, "refused")
