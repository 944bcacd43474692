"""有識者意見. Asked, said, answered, promised, kept; each by who may, while it may be."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sosei.core.errors import NoReason, NotAllowed, Stale
from sosei.core.opinions import JUDGEMENTS
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.ledger.actions.opinions import (
    Expert,
    answer_opinion,
    ask_experts,
    give_opinion,
    keep_promise,
    withdraw_opinion,
)
from sosei.ledger.halts import (
    AskedAlready,
    BadDue,
    NoPromise,
    NotAsking,
    NotDoneYet,
    NotYourPaper,
    SaysNothing,
)
from sosei.ledger.judged import kept, sheet_of
from sosei.ledger.models import Opinion, OpinionPaper
from sosei.ledger.queries import opinions as queries
from sosei.ledger.refusals import NoSuchThing
from yearbook import Book, book

pytestmark = pytest.mark.django_db
TOKYO = ZoneInfo("Asia/Tokyo")
DAY = datetime(2022, 7, 20, 10, tzinfo=TOKYO)
DUE = date(2022, 8, 10)


@pytest.fixture
def made() -> Book:
    found = book()
    with act("test.stage", body=found.volume.body, by=None) as w:
        w.change(found.volume, stage="experts")
    return found


@pytest.fixture(autouse=True)
def _summer():
    with at(DAY):
        yield


def asked(made: Book, *, browser: bool = True):
    """Ask one expert."""
    who = made.town.expert.pk if browser else None
    expert = Expert(name="有識 者子", sector="academia", person=who)
    (paper,) = ask_experts(
        by=made.town.planner, volume=made.volume.pk, experts=[expert], due_on=DUE
    )
    return paper


def said(made: Book, paper=None, entry="tourism", **more) -> Opinion:
    facts = {"judgement": "not_effective", "text": "屋外の催しを増やすべき"} | more
    return give_opinion(
        by=made.town.expert, paper=(paper or asked(made)).pk,
        entry=getattr(made, entry).pk if entry else None, **facts,
    )  # fmt: skip


def test_意見書は実績の事業だけを指標と提案の評価とともに示す(made) -> None:
    sheet = sheet_of(asked(made).sheet)
    assert [p.name for p in sheet.projects] == ["成長分野拠点形成支援事業", "六市連携観光事業"]
    first, second = sheet.projects
    assert (first.spent, first.decided) == ("10,010,000円", "非常に効果的であった")
    assert [(i.name, i.target, i.actual, i.rate) for i in first.indicators] == [
        ("新規雇用者数", "10", "18", "180.0%")
    ]
    assert ("阻害要因", "感染症の拡大で祭りを中止した") in second.assessment
    assert second.indicators[1].actual == "集計中"
    assert (sheet.mark, sheet.expert, sheet.due_on, sheet.office) == (
        "R3-X1", "有識 者子", DUE, "企画課",
    )  # fmt: skip


def test_意見書の控えは元どおりに戻る(made) -> None:
    sheet = sheet_of(asked(made).sheet)
    assert sheet_of(kept(sheet)) == sheet


def test_同じ有識者には二度出さない(made) -> None:
    asked(made)
    with pytest.raises(AskedAlready):
        asked(made)
    two = [Expert(name="甲"), Expert(name="甲")]
    with pytest.raises(AskedAlready):
        ask_experts(by=made.town.planner, volume=made.volume.pk, experts=two, due_on=DUE)
    assert len(queries.papers_of(made.volume.pk)) == 1


def test_意見を求めるのは企画課が有識者の段階で先の期限で(made) -> None:
    one = [Expert(name="甲")]
    with pytest.raises(NotAllowed):
        ask_experts(by=made.town.officer, volume=made.volume.pk, experts=one, due_on=DUE)
    with pytest.raises(BadDue):
        ask_experts(
            by=made.town.planner, volume=made.volume.pk, experts=one, due_on=DAY.date() - timedelta(days=1)
        )  # fmt: skip
    with pytest.raises(SaysNothing):
        ask_experts(
            by=made.town.planner, volume=made.volume.pk, experts=[Expert(name=" ")], due_on=DUE
        )
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage="collecting")
    with pytest.raises(NotAsking):
        ask_experts(by=made.town.planner, volume=made.volume.pk, experts=one, due_on=DUE)


def test_有識者は自分の意見書にだけ書ける(made) -> None:
    mine = asked(made)
    (other,) = ask_experts(
        by=made.town.planner, volume=made.volume.pk, experts=[Expert(name="別の人")], due_on=DUE
    )
    opinion = said(made, mine)
    assert (opinion.expert, opinion.sector, opinion.entry) == (
        "有識 者子",
        "academia",
        made.tourism,
    )
    with pytest.raises(NotYourPaper):
        said(made, other)
    with pytest.raises(NotAllowed):
        give_opinion(
            by=made.town.planner, paper=mine.pk, entry=None, judgement=None, text="代わりに"
        )


def test_書き直しは同じ意見を置き換える(made) -> None:
    paper = asked(made)
    first = said(made, paper)
    second = said(made, paper, judgement="effective", text="")
    assert first.pk == second.pk
    assert (second.judgement, second.text) == ("effective", "")
    assert queries.papers_of(made.volume.pk)[0].answered_on == DAY.date()


def test_何も言わない意見と知らない事業は断る(made) -> None:
    paper = asked(made)
    with pytest.raises(SaysNothing):
        said(made, paper, judgement=None, text=" \n ")
    with pytest.raises(NoSuchThing):
        said(made, paper, entry="plan")


def test_公表後は意見を受け付けない(made) -> None:
    paper = asked(made)
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage="published")
    with pytest.raises(NotAsking):
        said(made, paper)


def test_意見への対応は担当課と企画課が書きほかの課は書けない(made) -> None:
    opinion = said(made)
    with pytest.raises(NotAllowed):
        answer_opinion(by=made.town.officer, opinion=opinion.pk, response="増やす")
    answer_opinion(by=made.town.other, opinion=opinion.pk, response=" 増やす ")
    (row,) = queries.opinions_of(made.volume.pk)
    assert (row.response, row.responded_by, row.state) == ("増やす", "観光 次郎", "answered")
    whole = said(made, _paper(made), entry=None, judgement=None, text="全体に良い")
    with pytest.raises(NotAllowed):
        answer_opinion(by=made.town.other, opinion=whole.pk, response="x")
    answer_opinion(by=made.town.planner, opinion=whole.pk, response="続ける")


def _paper(made: Book):
    return OpinionPaper.objects.get(volume=made.volume)


def test_期限のある対応は終えるまで開いたまま(made) -> None:
    opinion, t = said(made), made.town
    with pytest.raises(NoPromise):
        keep_promise(by=t.other, opinion=opinion.pk, note="した")
    answer_opinion(
        by=t.planner, opinion=opinion.pk, response="屋外の催しを2回", due_on=date(2023, 3, 31), department=t.it.pk
    )  # fmt: skip
    body = made.volume.body
    assert [row.state for row in queries.promises(body)] == ["open"]
    assert len(queries.promises(body, [t.it.pk])) == 1
    assert queries.promises(body, [t.tourism.pk]) == ()
    assert queries.promises(body, till=date(2023, 3, 30)) == ()
    with at(datetime(2023, 3, 31, 12, tzinfo=TOKYO)):
        assert queries.promises(body)[0].state == "open"
    with at(datetime(2023, 4, 1, 12, tzinfo=TOKYO)):
        assert queries.promises(body)[0].state == "late"
    with pytest.raises(NotDoneYet):
        keep_promise(
            by=t.officer, opinion=opinion.pk, note="した", done_on=DAY.date() + timedelta(days=1)
        )
    keep_promise(by=t.officer, opinion=opinion.pk, note="10月に2回開いた")
    assert queries.promises(body) == ()
    (row,) = queries.opinions_of(made.volume.pk)
    assert (row.state, row.done_note) == ("done", "10月に2回開いた")


def test_だれに任せるか言わない対応は事業の担当課のもの(made) -> None:
    opinion = said(made)
    answer_opinion(by=made.town.planner, opinion=opinion.pk, response="する", due_on=DUE)
    assert len(queries.promises(made.volume.body, [made.town.tourism.pk])) == 1
    assert queries.promises(made.volume.body, [made.town.it.pk]) == ()


def test_古い対応を見て書いた対応は断る(made) -> None:
    opinion = said(made)
    seen = opinion.stamp
    answer_opinion(by=made.town.other, opinion=opinion.pk, response="先の人", seen=seen)
    with pytest.raises(Stale):
        answer_opinion(by=made.town.planner, opinion=opinion.pk, response="後の人", seen=seen)


def test_対応の期限は先の日に(made) -> None:
    opinion = said(made)
    with pytest.raises(BadDue):
        answer_opinion(
            by=made.town.planner, opinion=opinion.pk, response="する", due_on=date(2022, 7, 19)
        )


def test_取り下げた意見は理由とともに残り数えない(made) -> None:
    opinion = said(made)
    with pytest.raises(NoReason):
        withdraw_opinion(by=made.town.planner, opinion=opinion.pk, reason="")
    withdraw_opinion(by=made.town.planner, opinion=opinion.pk, reason="別の年度の意見だった")
    assert queries.opinions_of(made.volume.pk) == ()
    assert Opinion.objects.get().void_reason == "別の年度の意見だった"


def test_まとめの案は多い方の評価と意見を並べ同数なら評価を言わない(made) -> None:
    paper = asked(made)
    said(made, paper)
    rows = queries.opinions_of(made.volume.pk)
    made_up = queries.summary(rows)
    assert made_up.judgement == JUDGEMENTS["not_effective"]
    assert made_up.opinion == "・屋外の催しを増やすべき"
    split = queries.summary([*rows, replace(rows[0], judgement="effective", text="")])
    assert split.judgement is None
    assert queries.summary([]).opinion is None


def test_答えのない意見は担当課のものとして挙がる(made) -> None:
    said(made)
    body = made.volume.body
    assert len(queries.unanswered(body)) == 1
    assert len(queries.unanswered(body, [made.town.tourism.pk])) == 1
    assert queries.unanswered(body, [made.town.it.pk]) == ()


def test_問いの数は意見の数によらない(made, django_assert_num_queries) -> None:
    paper = asked(made)
    said(made, paper)
    with django_assert_num_queries(1):
        queries.opinions_of(made.volume.pk)
    said(made, paper, entry="it", judgement="effective", text="良い")
    with django_assert_num_queries(1):
        assert len(queries.opinions_of(made.volume.pk)) == 2
    with django_assert_num_queries(2):
        (row,) = queries.papers_of(made.volume.pk)
    assert (row.asked, row.said) == (2, 2)
