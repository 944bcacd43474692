"""錨. The editions of the book itself and their files hold the journal to what was published."""

import json
from pathlib import Path

import pytest

from sosei.house import anchors
from sosei.house.verifying import whole
from sosei.journal.acts import act
from sosei.journal.clock import today
from sosei.journal.models import Chain, Entry
from sosei.ledger.actions.editions import publish_edition
from sosei.ledger.actions.papers import record_decision, submit_for_decision
from sosei.ledger.actions.signoff import move_volume
from sosei.ledger.models import Blob, Edition, EditionFile
from yearbook import Book, accept, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    """A published edition, and two more lines after it."""
    made: Book = book()
    t, volume = made.town, made.volume.pk
    for entry in (made.it, made.tourism):
        accept(made, entry)
    submit_for_decision(by=t.planner, volume=volume)
    record_decision(by=t.planner, volume=volume, number="企第1号", decided_on=today())
    move_volume(by=t.planner, volume=volume, move="ask_experts")
    move_volume(by=t.planner, volume=volume, move="report", reason="会議なし")
    published = publish_edition(by=t.planning_head, volume=volume)
    for n in range(2):
        with act("department.correct", body=volume_body(made), by=None) as w:
            w.change(t.it, name=f"産業{n}課")
    return published


def volume_body(made: Book) -> str:
    return made.volume.body


def cut(after: int) -> None:
    """Cut the journal's tail, and its recorded end along with it."""
    Entry.objects.filter(seq__gt=after).delete()
    Chain.objects.update(seq=after, head=Entry.objects.get(seq=after).seal)


def said(found) -> list[str]:
    return [problem.code for problem in found.problems]


def test_台帳の版がそのまま錨になる(edition: Edition) -> None:
    found = whole(None, [])
    assert found.fine
    (unproven,) = found.unproven
    assert unproven.code == "N01"
    assert f"第{edition.seq + 1}行から" in unproven.sentence()
    (anchor,) = anchors.of_editions()
    assert (anchor.seq, anchor.head) == (edition.seq, edition.head)
    assert anchor.label.startswith("2021年度の第1版（")


def test_版より手前まで切られた末尾は版の名で言う(edition: Edition) -> None:
    cut(edition.seq - 1)
    cuts = [p for p in whole(None, []).problems if p.code == "J06"]
    assert len(cuts) == 1
    assert (
        f"2021年度の第1版（{edition.published_on}公表）には第{edition.seq}行まで"
        in cuts[0].sentence()
    )


def test_台帳から版ごと消しても持ち出した版のJSONが言う(edition: Edition, tmp_path: Path) -> None:
    row = EditionFile.objects.get(edition=edition, form="manifest")
    file = tmp_path / row.name
    file.write_bytes(bytes(Blob.objects.get(sha256=row.sha256).data))
    assert whole(None, anchors.of_file(file)).fine
    EditionFile.objects.all().delete()
    edition.errata.all().delete()
    Edition.objects.all().delete()
    cut(edition.seq - 1)
    found = whole(None, anchors.of_file(file))
    assert f"{row.name}には第{edition.seq}行まで" in next(
        p.sentence() for p in found.problems if p.code == "J06"
    )


def test_版の報告書が書き替えられれば行として名指す(edition: Edition) -> None:
    data = json.loads(edition.report)
    data["title"] = {"text": "別の題"}
    Edition.objects.filter(pk=edition.pk).update(report=json.dumps(data))
    assert said(whole(None, [])) == ["J10"]


def test_公表したファイルの中身が書き替えられれば名指す(edition: Edition) -> None:
    row = EditionFile.objects.get(edition=edition, form="pdf")
    Blob.objects.filter(pk=row.sha256).update(data=b"%PDF forged")
    found = whole(None, [])
    assert said(found) == ["J31"]
    assert row.name in found.problems[0].sentence()
