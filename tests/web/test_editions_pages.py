"""公表版と意見の画面. Files byte for byte, errata, comparison, as of a day; what an expert may see and type; 25 queries."""

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from sosei.core.codec import loads
from sosei.journal.acts import act
from sosei.journal.clock import at, today
from sosei.ledger.actions.editions import correct, publish_edition
from sosei.ledger.actions.opinions import Expert, ask_experts, give_opinion
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.models import Blob, Edition, EditionFile, Opinion, OpinionPaper
from yearbook import Book, book

SOON = today() + timedelta(days=60)
pytestmark = pytest.mark.django_db
BACKEND = "sosei.web.desk.accounts.backend.InService"
TOKYO = ZoneInfo("Asia/Tokyo")
JULY = datetime(2022, 7, 1, 10, tzinfo=TOKYO)
OCTOBER = datetime(2022, 10, 5, 10, tzinfo=TOKYO)
MOST = 25


@pytest.fixture
def made() -> Book:
    with at(datetime(2022, 5, 10, 9, tzinfo=TOKYO)):
        return book()


def desk(person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def text(response) -> str:
    """The words of the page, without marks."""
    return re.sub(r"<[^>]+>|\s+", " ", response.content.decode())


def at_stage(made: Book, stage: str) -> None:
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage=stage)


def twice_published(made: Book) -> tuple[Edition, Edition]:
    """Published in July; in October a name is corrected."""
    t = made.town
    with at(JULY):
        with act("test.stage", body=made.volume.body, by=None) as w:
            for entry in (made.it, made.tourism):
                w.change(entry, stage="accepted")
        at_stage(made, "assembly")
        first = publish_edition(by=t.planning_head, volume=made.volume.pk)
    with at(OCTOBER):
        correct(
            by=t.planning_head, volume=made.volume.pk, entries=[made.it.pk], reason="名称の誤り"
        )
        with act("test.name", body=made.volume.body, by=None) as w:
            w.change(made.fresh().it, name="成長分野の拠点形成支援事業")
        move_entry(by=t.officer, entry=made.it.pk, move="submit")
        move_entry(by=t.section_head, entry=made.it.pk, move="approve")
        move_entry(by=t.planner, entry=made.it.pk, move="accept")
        return first, publish_edition(by=t.planning_head, volume=made.volume.pk)


# -- 公表版 ------------------------------------------------------------------------------------------------------------


def test_公表前の一覧は空でそう言う(made) -> None:
    assert "まだ公表した報告書はありません" in text(
        desk(made.town.planner).get(reverse("desk:editions"))
    )


def test_一覧は版と訂正の理由を示す(made) -> None:
    twice_published(made)
    page = text(desk(made.town.auditor).get(reverse("desk:editions")))
    for said in ("第1版", "第2版", "最新の版", "名称の誤り", "正誤1か所"):
        assert said in page


@pytest.mark.parametrize(
    ("on", "seen", "not_seen"),
    [("2022-06-30", "この日までに公表した報告書はありません", "第1版"),
     ("2022-07-01", "第1版", "第2版"), ("2022-10-04", "第1版", "第2版"), ("2022-10-05", "第2版", "第1版")],
)  # fmt: skip
def test_ある日に有効だった版を窓の両側で正しく答える(made, on, seen, not_seen) -> None:
    twice_published(made)
    page = text(desk(made.town.planner).get(reverse("desk:editions"), {"on": on}))
    assert seen in page
    assert not_seen not in page


def test_読めない日付は422(made) -> None:
    assert desk(made.town.planner).get(reverse("desk:editions"), {"on": "x"}).status_code == 422


def test_版の画面は確認番号と証跡とファイルと正誤表を示す(made) -> None:
    first, second = twice_published(made)
    response = desk(made.town.planner).get(reverse("desk:edition", args=[second.pk]))
    page = text(response)
    for said in (
        second.sha256,
        second.head,
        "正誤表",
        "成長分野拠点形成支援事業",
        "成長分野の拠点形成支援事業",
        "オープンデータ",
        "組み込む本文",
        "この版の記録",
        "形式",
        "公表時の証跡",
        "certutil -hashfile",
    ):
        assert said in page
    assert "先端" not in page
    heads = re.findall(
        r'<th scope="row">([^<]+)</th><td data-label="ファイル">', response.content.decode()
    )
    assert heads[:4] == ["PDF（印刷用）", "Word", "ウェブページ", "正誤表（HTML）"]
    assert heads[-1] == "この版の記録（JSON）"
    old = text(desk(made.town.planner).get(reverse("desk:edition", args=[first.pk])))
    assert "次の版に改められました" in old


def test_英語の画面の正誤表は英語で_公表した正誤表は日本語のまま(made) -> None:
    first, second = twice_published(made)
    client = desk(made.town.planner)
    client.cookies["django_language"] = "en"
    page = text(client.get(reverse("desk:edition", args=[second.pk])))
    assert "拠点形成支援事業 &gt; Project" in page
    assert "事業の名称" not in page
    compared = text(client.get(reverse("desk:edition_compare"), {"a": first.pk, "b": second.pk}))
    assert "拠点形成支援事業 &gt; Project" in compared
    published = EditionFile.objects.get(edition=second, form="errata.html")
    assert "事業の名称" in bytes(Blob.objects.get(sha256=published.sha256).data).decode()
    assert "事業の名称" in text(
        desk(made.town.planner).get(reverse("desk:edition", args=[second.pk]))
    )


def test_前の版のファイルも公表したときのバイトのまま取り出せる(made) -> None:
    first, _ = twice_published(made)
    client = desk(made.town.expert)
    for row in EditionFile.objects.filter(edition=first):
        got = client.get(reverse("desk:edition_file", args=[row.pk]))
        assert got.content == bytes(Blob.objects.get(sha256=row.sha256).data)
        assert "attachment" in got["Content-Disposition"]
        assert got["X-Content-Type-Options"] == "nosniff"


def test_二つの版を順序によらず比べる(made) -> None:
    first, second = twice_published(made)
    client = desk(made.town.planner)
    for a, b in ((first.pk, second.pk), (second.pk, first.pk)):
        page = text(client.get(reverse("desk:edition_compare"), {"a": a, "b": b}))
        assert "第1版と第2版の比較" in page
        assert "1か所が違います" in page
    assert client.get(reverse("desk:edition_compare"), {"a": first.pk}).status_code == 404
    assert (
        client.get(reverse("desk:edition_compare"), {"a": first.pk, "b": first.pk}).status_code
        == 404
    )


def test_ある時点の報告書とその後の変更を取り出す(made) -> None:
    first, _ = twice_published(made)
    client, url = desk(made.town.planner), reverse("desk:volume_at", args=[made.volume.pk])
    got = client.get(url, {"at": "2022-08-01T12:00", "form": "json"})
    assert loads(got.content.decode()) == loads(first.report)
    changes = client.get(url, {"at": "2022-08-01T12:00", "form": "changes"}).content.decode()
    assert "成長分野の拠点形成支援事業" in changes
    assert client.get(url, {"at": "2022-08-01T12:00", "form": "csv"}).content.startswith(b"PK")
    before = client.get(url, {"at": "2020-01-01T00:00", "form": "json"})
    assert (before.status_code, "E655" in text(before)) == (422, True)
    assert client.get(url, {"at": "いつか", "form": "json"}).status_code == 422


# -- 有識者意見 --------------------------------------------------------------------------------------------------------


def asked(made: Book) -> OpinionPaper:
    at_stage(made, "experts")
    (paper,) = ask_experts(
        by=made.town.planner, volume=made.volume.pk, due_on=SOON,
        experts=[Expert(name="有識 者子", sector="academia", person=made.town.expert.pk)],
    )  # fmt: skip
    return paper


def test_有識者は自分の意見書に画面で書く(made) -> None:
    paper, client = asked(made), desk(made.town.expert)
    assert "令和3年度" in text(client.get(reverse("desk:opinions_mine")))
    url = reverse("desk:opinion_paper", args=[paper.pk])
    page = text(client.get(url))
    for said in ("六市連携観光事業", "延べ宿泊者数", "60.0%", "全体について", "来年度の計画"):
        assert (said in page) == (said != "来年度の計画")
    entry = made.tourism.pk
    sent = client.post(url, {"entry": entry, f"e{entry}-judgement": "not_effective", f"e{entry}-text": "冬の催しを"})  # fmt: skip
    assert sent.url == f"{url}#e{entry}"
    said = Opinion.objects.get()
    assert (said.entry_id, said.judgement, said.text) == (entry, "not_effective", "冬の催しを")
    empty = client.post(url, {"entry": "", "whole-judgement": "", "whole-text": " "})
    assert (empty.status_code, "E650" in text(empty)) == (422, True)
    assert client.post(url, {"entry": entry, f"e{entry}-judgement": "よい"}).status_code == 422


def test_有識者はほかの人の意見書も台帳も見られない(made) -> None:
    asked(made)
    (other,) = ask_experts(
        by=made.town.planner, volume=made.volume.pk, due_on=SOON, experts=[Expert(name="甲")]
    )  # fmt: skip
    client = desk(made.town.expert)
    for name, args in (("opinion_paper", [other.pk]), ("opinions", [made.volume.pk]), ("opinions_ask", [made.volume.pk])):  # fmt: skip
        assert client.get(reverse(f"desk:{name}", args=args)).status_code == 403
    assert desk(made.town.planner).get(reverse("desk:opinions_mine")).status_code == 403


def test_企画課は意見書を出し状況を見る(made) -> None:
    at_stage(made, "experts")
    client, url = desk(made.town.planner), reverse("desk:opinions_ask", args=[made.volume.pk])
    assert "有識 者子" in text(client.get(url))
    facts = {
        "name": "有識 者子",
        "sector": "academia",
        "person": made.town.expert.pk,
        "due_on": SOON.isoformat(),
    }
    assert client.post(url, facts | {"name": ""}).status_code == 422
    assert client.post(url, facts).status_code == 302
    again = client.post(url, facts)
    assert (again.status_code, "E648" in text(again)) == (422, True)
    assert "回答待ち" in text(client.get(reverse("desk:opinions", args=[made.volume.pk])))
    assert desk(made.town.officer).get(url).status_code == 403


def test_意見への対応と約束と完了を画面で書く(made) -> None:
    paper = asked(made)
    said = give_opinion(by=made.town.expert, paper=paper.pk, entry=made.tourism.pk, judgement="not_effective", text="冬の催しを")  # fmt: skip
    client, url = desk(made.town.other), reverse("desk:opinion", args=[said.pk])
    assert client.post(url, {"response": ""}).status_code == 422
    facts = {
        "response": "冬の催しを開く",
        "due_on": SOON.isoformat(),
        "department": made.town.tourism.pk,
        "stamp": said.stamp,
    }
    assert client.post(url, facts).status_code == 302
    stale = client.post(url, facts)
    assert (stale.status_code, "E402" in text(stale)) == (422, True)
    page = text(client.get(reverse("desk:opinions", args=[made.volume.pk])))
    assert "冬の催しを開く" in page
    assert "対応中" in page
    done = reverse("desk:opinion_done", args=[said.pk])
    assert client.post(done, {"note": "", "done_on": "2022-12-01"}).status_code == 422
    assert client.post(done, {"note": "2月に開いた", "done_on": "2022-12-01"}).status_code == 302
    said.refresh_from_db()
    assert said.done_note == "2月に開いた"
    refused = desk(made.town.officer).post(url, facts | {"stamp": said.stamp})
    assert (refused.status_code, "E401" in text(refused)) == (403, True)


def test_取り下げは企画課が理由をそえて行う(made) -> None:
    paper = asked(made)
    said = give_opinion(by=made.town.expert, paper=paper.pk, entry=None, judgement=None, text="全体に良い")  # fmt: skip
    url = reverse("desk:opinion_withdraw", args=[said.pk])
    assert desk(made.town.other).post(url, {"withdraw-reason": "x"}).status_code == 403
    client = desk(made.town.planner)
    assert client.post(url, {"withdraw-reason": ""}).status_code == 422
    assert client.post(url, {"withdraw-reason": "年度違い"}).status_code == 302
    assert "まだ意見はありません" in text(
        client.get(reverse("desk:opinions", args=[made.volume.pk]))
    )


def test_報告書に載せる評価は案から始まり決裁後も書ける(made) -> None:
    paper = asked(made)
    give_opinion(by=made.town.expert, paper=paper.pk, entry=made.tourism.pk, judgement="not_effective", text="冬の催しを")  # fmt: skip
    client, url = desk(made.town.planner), reverse("desk:opinion_print", args=[made.tourism.pk])
    page = client.get(url)
    assert "・冬の催しを" in page.content.decode()
    stamp = re.search(r'name="stamp" value="(\d+)"', page.content.decode())[1]
    facts = {
        "expert_judgement": "総合戦略のKPI達成に有効とは言えない",
        "expert_opinion": "冬の催しを",
        "stamp": stamp,
    }
    assert client.post(url, facts).status_code == 302
    made.tourism.verification.refresh_from_db()
    assert made.tourism.verification.expert_opinion == "冬の催しを"
    assert client.post(url, facts | {"expert_opinion": "別"}).status_code == 422
    assert client.get(reverse("desk:opinion_print", args=[made.it.pk])).status_code == 404


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_意見と対応の表はどの形でも取り出せる(made, form) -> None:
    paper = asked(made)
    give_opinion(by=made.town.expert, paper=paper.pk, entry=made.tourism.pk, judgement=None, text="冬の催しを")  # fmt: skip
    got = desk(made.town.planner).get(reverse("desk:opinions_table", args=[made.volume.pk, form]))
    assert got.status_code == 200
    assert len(got.content) > 1000
    assert desk(made.town.planner).get(reverse("desk:opinions_table", args=[made.volume.pk, "exe"])).status_code == 404  # fmt: skip


# -- 問いの数 ----------------------------------------------------------------------------------------------------------


def test_どの画面も問いは25まで(made, django_assert_max_num_queries) -> None:
    first, second = twice_published(made)
    with at(OCTOBER + timedelta(days=1)):
        paper = asked(made)
        said = give_opinion(by=made.town.expert, paper=paper.pk, entry=made.tourism.pk, judgement="effective", text="良い")  # fmt: skip
    client, expert = desk(made.town.planner), desk(made.town.expert)
    pages = [
        ("editions", [], {}), ("editions", [], {"on": "2022-10-04"}), ("edition", [second.pk], {}),
        ("edition_compare", [], {"a": first.pk, "b": second.pk}), ("volume_at", [made.volume.pk], {}),
        ("opinions", [made.volume.pk], {}), ("opinions_ask", [made.volume.pk], {}),
        ("opinion_paper", [paper.pk], {}), ("opinion", [said.pk], {}), ("opinion_print", [made.tourism.pk], {}),
    ]  # fmt: skip
    for name, args, query in pages:
        with django_assert_max_num_queries(MOST):
            assert client.get(reverse(f"desk:{name}", args=args), query).status_code == 200, name
    for name, args in (("opinions_mine", []), ("opinion_paper", [paper.pk]), ("editions", [])):
        with django_assert_max_num_queries(MOST):
            assert expert.get(reverse(f"desk:{name}", args=args)).status_code == 200, name


# -- 意見書のファイル --------------------------------------------------------------------------------------------------


def filled(client: Client, paper: OpinionPaper, entry: int, text_: str) -> io.BytesIO:
    """The Excel sheet as downloaded, with an opinion on one project."""
    got = client.get(reverse("desk:opinion_paper_file", args=[paper.pk, "xlsx"]))
    workbook = openpyxl.load_workbook(io.BytesIO(got.content))
    page = workbook.active
    column = next(c.column for line in page.iter_rows() for c in line if c.value == "意見")
    row = next(
        c.row for line in page.iter_rows() for c in line if c.value == f"{paper.mark}:E{entry}"
    )
    page.cell(row, column, text_)
    out = io.BytesIO()
    workbook.save(out)
    out.seek(0)
    out.name = "返信.xlsx"
    return out


def test_意見書のファイルを読み取り確かめてから取り込む(made) -> None:
    paper, client = asked(made), desk(made.town.planner)
    url = reverse("desk:opinion_read", args=[paper.pk])
    assert client.post(url).status_code == 422
    bad = io.BytesIO("関係のない文".encode())
    bad.name = "a.txt"
    assert client.post(url, {"file": bad}).status_code == 422
    sent = client.post(url, {"file": filled(client, paper, made.tourism.pk, "冬の催しを")})
    assert sent.status_code == 302
    page = client.get(sent.url)
    for said in ("冬の催しを", "何も書かれていない事業（1）", "追加", "返信.xlsx"):
        assert said in text(page)
    assert client.post(sent.url, {}).status_code == 422
    assert client.post(sent.url, {"chosen": ["0"]}).url == reverse(
        "desk:opinion_paper", args=[paper.pk]
    )
    assert Opinion.objects.get().text == "冬の催しを"
    settled = client.post(sent.url, {"chosen": ["0"]})
    assert (settled.status_code, "E652" in text(settled)) == (422, True)
    assert desk(made.town.officer).get(sent.url).status_code == 403


def test_読取りは取りやめられる(made, django_assert_max_num_queries) -> None:
    paper, client = asked(made), desk(made.town.planner)
    url = reverse("desk:opinion_read", args=[paper.pk])
    sent = client.post(url, {"file": filled(client, paper, made.tourism.pk, "冬の催しを")})
    with django_assert_max_num_queries(MOST):
        client.get(sent.url)
    assert client.post(sent.url, {"refuse": "1"}).status_code == 302
    assert not Opinion.objects.exists()


def test_有識者は自分の意見書のファイルを取り出せる(made) -> None:
    paper = asked(made)
    (other,) = ask_experts(
        by=made.town.planner, volume=made.volume.pk, due_on=SOON, experts=[Expert(name="甲")]
    )  # fmt: skip
    client = desk(made.town.expert)
    for form in ("docx", "xlsx"):
        assert (
            client.get(reverse("desk:opinion_paper_file", args=[paper.pk, form])).content[:2]
            == b"PK"
        )
    assert client.get(reverse("desk:opinion_paper_file", args=[paper.pk, "pdf"])).status_code == 404
    assert (
        client.get(reverse("desk:opinion_paper_file", args=[other.pk, "docx"])).status_code == 403
    )
