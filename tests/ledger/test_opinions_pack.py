"""議会資料. Per missed indicator: definition, history, cause, last year's answer, countermeasure; and the table 意見と対応."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.ledger.actions.opinions import (
    Expert,
    answer_opinion,
    ask_experts,
    give_opinion,
    keep_promise,
)
from sosei.ledger.actions.record import record_report
from sosei.ledger.models import ProjectYear
from sosei.ledger.queries.pack import pack_of, said_of
from sosei.publishing.assembly import pack_page
from sosei.publishing.opiniontable import opinions_page
from sosei.publishing.paper import MEDIA_TYPES, write_paper
from yearbook import Book, book, small_report

pytestmark = pytest.mark.django_db
DAY = datetime(2022, 9, 1, 10, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def made() -> Book:
    """A book of FY2021, and one of FY2019 on whose projects an expert spoke."""
    with at(DAY):
        found = book()
        t = found.town
        before = record_report(by=t.planner, report=small_report(2019))
        with act("test.stage", body=before.body, by=None) as w:
            w.change(before, stage="experts")
        (paper,) = ask_experts(
            by=t.planner, volume=before.pk, due_on=date(2022, 9, 30),
            experts=[Expert(name="有識 者子", sector="academia", person=t.expert.pk)],
        )  # fmt: skip
        entry = ProjectYear.objects.get(volume=before, project=found.tourism.project)
        said = give_opinion(
            by=t.expert,
            paper=paper.pk,
            entry=entry.pk,
            judgement="not_effective",
            text="冬の催しを",
        )
        answer_opinion(
            by=t.planner, opinion=said.pk, response="冬の催しを開く", due_on=date(2022, 12, 1)
        )
        keep_promise(by=t.planner, opinion=said.pk, note="2月に開いた")
    return found


def test_資料は目標に届かなかった指標だけを数えてすべてを言う(made) -> None:
    with at(DAY):
        pack = pack_of(made.volume)
    assert (pack.projects, pack.total, pack.judged, pack.reached) == (2, 3, 2, 1)
    (missed,) = pack.missed
    assert (missed.project, missed.name) == ("六市連携観光事業", "延べ宿泊者数")
    assert (missed.target, missed.actual, missed.rate) == ("1,000", "600", "60.0%")
    assert missed.definition == "宿泊旅行統計による年間の延べ人数"
    assert (missed.obstacle, missed.countermeasure) == (
        "感染症の拡大で祭りを中止した", "屋外の催しに改める",
    )  # fmt: skip
    assert missed.next_policy == "事業内容の見直し（改善）"
    assert [name for _, name, _ in pack.open] == ["入込客数"]


def test_推移は台帳にあるすべての年度を古い順に言う(made) -> None:
    (missed,) = pack_of(made.volume).missed
    assert [(row.year, row.target, row.actual, row.rate) for row in missed.history] == [
        (2018, "900", "700", None),
        (2019, "1,000", "600", None),
        (2020, "900", "700", "77.8%"),
        (2021, "1,000", "600", "60.0%"),
    ]


def test_前回の意見と対応とその後が載る(made) -> None:
    (missed,) = pack_of(made.volume).missed
    (answer,) = missed.answers
    assert (answer.year, answer.expert, answer.opinion) == (2019, "有識 者子", "冬の催しを")
    assert (answer.response, answer.state) == ("冬の催しを開く", "対応済み：2月に開いた")


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_資料はどの形でも作れる(made, form) -> None:
    page = pack_page(pack_of(made.volume))
    data = write_paper(page, form, day=DAY.date())
    assert len(data) > 1000
    if form == "html":
        text = data.decode()
        for word in (
            "延べ宿泊者数（六市連携観光事業）",
            "冬の催しを開く",
            "77.8%",
            "判定できる2件",
        ):
            assert word in text


def test_届かなかった指標がなければそう言う(made) -> None:
    pack = replace(pack_of(made.volume), missed=())
    assert (
        "目標に届かなかった指標はありません。"
        in write_paper(pack_page(pack), "html", day=DAY.date()).decode()
    )


def test_意見と対応の表は前回のものも今回のものもそれぞれ作れる(made) -> None:
    entry = ProjectYear.objects.exclude(volume=made.volume).first()
    rows = said_of(entry.volume_id)
    page = opinions_page("題", "見本市", 2019, DAY.date(), rows)
    text = write_paper(page, "html", day=DAY.date()).decode()
    for word in (
        "有識 者子（学（教育機関））",
        "KPI達成に有効とは言えない",
        "冬の催しを開く",
        "2022年12月1日",
        "対応済み",
    ):
        assert word in text


def test_資料の問いの数は事業の数によらない(made, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(20):
        pack_of(made.volume)
