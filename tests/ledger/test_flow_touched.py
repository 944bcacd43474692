"""書き換え. Whatever a report is made of: a row written after a moment is noticed, whichever table it stands in; nothing else is."""

from datetime import timedelta

import pytest

from sosei.journal.acts import act
from sosei.journal.clock import at, now
from sosei.ledger import models as m
from sosei.ledger.actions.record import record_report
from sosei.ledger.queries.fingerprint import fingerprint
from sosei.ledger.queries.touched import touched_since
from sosei.ledger.queries.view import report_of
from yearbook import Book, book, small_report

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=5)


@pytest.fixture
def made() -> Book:
    return book()


def written(made: Book, row, **columns) -> None:
    with at(now() + LATER), act("test.write", body=made.volume.body, by=None) as w:
        w.change(row, **columns)


ROWS = {
    "entry": lambda b: (b.it, {"name": "別の名"}),
    "charge": lambda b: (m.Charge.objects.get(entry=b.it), {"text": "別の課"}),
    "passage": lambda b: (m.Passage.objects.get(entry=b.it), {"text": "別の内容"}),
    "spending": lambda b: (m.Spending.objects.get(entry=b.it), {"yen": 1}),
    "verification": lambda b: (b.tourism.verification, {"obstacle": "別の要因"}),
    "line": lambda b: (m.Line.objects.filter(entry=b.it).first(), {"number": "9"}),
    "shown": lambda b: (m.Shown.objects.filter(line__entry=b.it).first(), {"rate": "9%"}),
    "definition": lambda b: (m.Definition.objects.filter(lines__entry=b.it).first(), {"unit": "件"}),
    "value": lambda b: (m.Value.objects.filter(point__shown__line__entry=b.it).first(), {"number": 7}),
    "baseline": lambda b: (m.Value.objects.filter(of_definition__lines__entry=b.it).first(), {"number": 7}),
    "volume": lambda b: (b.volume, {"title": "別の題"}),
}  # fmt: skip


@pytest.mark.parametrize("kind", ROWS)
def test_報告書のどの行を書き換えても気づく(made, kind) -> None:
    moment, before = now(), fingerprint(report_of(made.volume))
    assert not touched_since(made.volume, moment)
    row, columns = ROWS[kind](made)
    written(made, row, **columns)
    made.volume.refresh_from_db()
    assert fingerprint(report_of(made.volume)) != before
    assert touched_since(made.volume, moment)


def test_新しい行と取り消した行に気づく(made) -> None:
    moment = now()
    with at(now() + LATER), act("test.add", body=made.volume.body, by=None) as w:
        w.add(m.Passage(entry=made.it, part="remark", position=9, text="備考"))
    assert touched_since(made.volume, moment)
    moment = now() + 2 * LATER
    assert not touched_since(made.volume, moment)
    with at(moment + LATER), act("test.void", body=made.volume.body, by=None) as w:
        w.void(m.Spending.objects.get(entry=made.it), reason="重複")
    assert touched_since(made.volume, moment)


def test_報告書の段階が進むだけなら書き換えではない(made) -> None:
    moment = now()
    written(made, made.volume, stage="decided")
    written(made, made.it, stage="accepted")
    made.volume.refresh_from_db()
    assert not touched_since(made.volume, moment)
    written(made, made.it, stage="planning", name="別の名")
    assert touched_since(made.volume, moment)


def test_ほかの年度の書き換えには気づかない(made) -> None:
    moment = now()
    with at(now() + LATER):
        record_report(by=made.town.planner, report=small_report(2018))
    assert not touched_since(made.volume, moment)


def test_問いは三つまで(made, django_assert_max_num_queries) -> None:
    moment = now()
    written(made, made.volume, stage="decided")
    written(made, made.it, stage="accepted")
    made.volume.refresh_from_db()
    with django_assert_max_num_queries(3):
        touched_since(made.volume, moment)
