"""題名の訂正. Planning corrects a title up to publication, with a reason once others saw it; after it, only in a correction."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sosei.core.errors import NoReason, NotAllowed, Stale
from sosei.core.report import Said
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.journal.models import Entry
from sosei.ledger.actions.editions import correct, drop_correction, publish_edition
from sosei.ledger.actions.titles import correct_title
from sosei.ledger.doubts import EmptyProject
from sosei.ledger.halts import NoCorrectionNamed, TitlePublished
from sosei.ledger.models import Erratum
from sosei.ledger.queries.view import report_of
from yearbook import Book, book

pytestmark = pytest.mark.django_db
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def made() -> Book:
    with at(datetime(2022, 5, 10, 9, tzinfo=TOKYO)):
        return book()


def stage(made: Book, name: str) -> None:
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage=name)


def retitle(
    made: Book, title: str = "令和3年度の実施結果", *, by=None, reason: str = "", seen=None
):
    return correct_title(
        by=by or made.town.planner, volume=made.volume.pk, title=title, reason=reason, seen=seen
    )


def published(made: Book) -> None:
    with act("test.stage", body=made.volume.body, by=None) as w:
        for entry in (made.it, made.tourism):
            w.change(entry, stage="accepted")
    stage(made, "assembly")
    with at(datetime(2022, 7, 1, 10, tzinfo=TOKYO)):
        publish_edition(by=made.town.planning_head, volume=made.volume.pk)


def test_公表前の題名は企画が直せ証跡に残る(made: Book) -> None:
    retitle(made, "　令和3年度の 実施結果 ")
    assert made.fresh().volume.title == "令和3年度の 実施結果"
    line = Entry.objects.order_by("-seq").first()
    assert (line.verb, line.subject) == ("volume.retitle", f"ledger.volume:{made.volume.pk}")


def test_元のつづりは新しい題名に残らない(made: Book) -> None:
    with act("test.trace", body=made.volume.body, by=None) as w:
        w.change(made.volume, trace={"title": {"raw": "誤った 題名"}, "chapter": {"raw": "一"}})
    retitle(made)
    assert report_of(made.fresh().volume).title == Said(text="令和3年度の実施結果")
    assert made.volume.trace == {"chapter": {"raw": "一"}}


@pytest.mark.parametrize("name", ["deciding", "decided", "experts", "assembly"])
def test_決裁に出してからは理由が要る(made: Book, name: str) -> None:
    stage(made, name)
    with pytest.raises(NoReason):
        retitle(made, reason=" ")
    retitle(made, reason="年度の打ち誤り")
    assert made.fresh().volume.title == "令和3年度の実施結果"
    assert Entry.objects.order_by("-seq").first().facts == {"reason": "年度の打ち誤り"}


def test_課と監査は直せない(made: Book) -> None:
    for who in (made.town.officer, made.town.section_head, made.town.auditor, made.town.admin):
        with pytest.raises(NotAllowed):
            retitle(made, by=who)


def test_空の題名と先に変わった題名は断る(made: Book) -> None:
    with pytest.raises(EmptyProject):
        retitle(made, " 　")
    seen = made.fresh().volume.stamp
    retitle(made, "一", seen=seen)
    with pytest.raises(Stale):
        retitle(made, "二", seen=seen)


def test_同じ題名なら何も書かない(made: Book) -> None:
    before = Entry.objects.count()
    retitle(made, made.volume.title)
    assert Entry.objects.count() == before


def test_公表後は訂正だけが題名を直し正誤表と理由が残る(made: Book) -> None:
    published(made)
    old, head = made.fresh().volume.title, made.town.planning_head
    with pytest.raises(TitlePublished):
        retitle(made, reason="誤字")
    with pytest.raises(NoCorrectionNamed):
        correct(by=head, volume=made.volume.pk, entries=[], reason="題名の誤字")
    with at(datetime(2022, 10, 5, 10, tzinfo=TOKYO)):
        correct(by=head, volume=made.volume.pk, entries=[], reason="題名の誤字", title=True)
        retitle(made)
        second = publish_edition(by=head, volume=made.volume.pk)
    assert (second.number, second.reason) == (2, "題名の誤字")
    [line] = Erratum.objects.filter(edition=second)
    assert line.subject == "報告書 ＞ 報告書名"
    assert (line.wrong, line.right) == (old, "令和3年度の実施結果")


def test_題名を戻せば訂正を取りやめられる(made: Book) -> None:
    published(made)
    old, head = made.fresh().volume.title, made.town.planning_head
    correct(by=head, volume=made.volume.pk, entries=[], reason="題名の誤字", title=True)
    retitle(made)
    retitle(made, old)
    drop_correction(by=head, volume=made.volume.pk, reason="誤りではなかった")
    assert made.fresh().volume.stage == "published"
