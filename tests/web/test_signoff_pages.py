"""手続の画面. What each role sees and may press, refusals as sentences, reasons asked for, 25 queries at most."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from sosei.journal.acts import act
from sosei.journal.clock import at, now
from sosei.ledger.actions.editions import correct, publish_edition
from sosei.ledger.actions.locks import lift_lock
from sosei.ledger.actions.papers import record_decision, submit_for_decision
from sosei.ledger.actions.signoff import move_entry, move_volume
from sosei.ledger.models import Edition, Exemption, Paper, Step
from sosei.publishing.inquiry.days import day_shown as day
from yearbook import Book, accept, book

pytestmark = pytest.mark.django_db
BACKEND = "sosei.web.desk.accounts.backend.InService"
DAY = datetime(2022, 7, 1, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
#: What a desk page may ask the database.
MOST = 25


@pytest.fixture
def made() -> Book:
    with at(DAY):
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


def up_to_assembly(made: Book) -> None:
    with at(DAY):
        for entry in (made.it, made.tourism):
            accept(made, entry)
        t = made.town
        submit_for_decision(by=t.planner, volume=made.volume.pk)
        record_decision(
            by=t.planner, volume=made.volume.pk, number="企第1号", decided_on=DAY.date()
        )
        move_volume(by=t.planner, volume=made.volume.pk, move="ask_experts")
        move_volume(by=t.planner, volume=made.volume.pk, move="report", reason="会議なし")


def published(made: Book) -> Edition:
    up_to_assembly(made)
    with at(DAY):
        return publish_edition(by=made.town.planning_head, volume=made.volume.pk)


# -- 手続の机 ----------------------------------------------------------------------------------------------------------


def test_担当者は自分の番のものを選んで提出する(made) -> None:
    client = desk(made.town.officer)
    page = client.get(reverse("desk:signoff"))
    assert "あなたの番のもの" in text(page)
    assert "成長分野拠点形成支援事業" in text(page)
    assert "六市連携観光事業" not in text(page)
    sent = client.post(
        reverse("desk:signoff_move"), {"move": "submit", "entries": [made.it.pk], "reason": "お願いします"}
    )  # fmt: skip
    assert (sent.status_code, sent.url) == (302, reverse("desk:signoff"))
    assert made.fresh().it.stage == "section"
    assert "お願いします" in text(client.get(reverse("desk:signoff")))


def test_まとめて進めて断られたものは理由とともに並ぶ(made) -> None:
    t = made.town
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    move_entry(by=t.section_head, entry=made.it.pk, move="approve")
    sent = desk(t.planner).post(
        reverse("desk:signoff_move"), {"move": "accept", "entries": [made.it.pk, made.tourism.pk]}
    )
    assert sent.status_code == 200
    assert "E421" in text(sent)
    assert made.fresh().it.stage == "accepted"


def test_一件も進まなければ422で断る(made) -> None:
    sent = desk(made.town.planner).post(
        reverse("desk:signoff_move"), {"move": "accept", "entries": [made.it.pk]}
    )
    assert sent.status_code == 422
    assert "いまの段階を確かめてください" in text(sent)


def test_理由の要る手続は理由を書く画面で尋ねる(made) -> None:
    t = made.town
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    client = desk(t.section_head)
    asked = client.post(reverse("desk:signoff_move"), {"move": "return", "entries": [made.it.pk]})
    assert asked.status_code == 422
    assert "成長分野拠点形成支援事業" in text(asked)
    client.post(
        reverse("desk:signoff_move"), {"move": "return", "entries": [made.it.pk], "reason": "単位を確かめて"}
    )  # fmt: skip
    assert made.fresh().it.stage == "returned"
    assert "単位を確かめて" in text(
        desk(t.officer).get(reverse("desk:entry_flow", args=[made.it.pk]))
    )


def test_知らない手続と外への戻り先は受けない(made) -> None:
    client = desk(made.town.officer)
    url = reverse("desk:signoff_move")
    assert client.post(url, {"move": "open", "entries": [made.it.pk]}).status_code == 400
    assert client.post(url, {"move": "x", "entries": [made.it.pk]}).status_code == 400
    sent = client.post(
        url, {"move": "submit", "entries": [made.it.pk], "next": "https://example.org/"}
    )
    assert sent.url == reverse("desk:signoff")
    none = client.post(url, {"move": "submit"})
    assert none.status_code == 302


def test_有識者は手続の代わりに自分の意見書を見る(made) -> None:
    client = desk(made.town.expert)
    assert client.get(reverse("desk:signoff")).url == reverse("desk:opinions_mine")
    assert client.get(reverse("desk:volume_flow", args=[made.volume.pk])).status_code == 403
    assert client.get(reverse("desk:entry_flow", args=[made.it.pk])).status_code == 403


def test_錠の欄は理由と期限と解除できる人を言う(made) -> None:
    move_entry(by=made.town.officer, entry=made.it.pk, move="submit")
    page = text(desk(made.town.officer).get(reverse("desk:entry_flow", args=[made.it.pk])))
    for said in (
        "いまは変えられません",
        "課で確認中",
        "担当課長が確認するか差し戻すまで",
        "物作 課長",
        "引き戻す",
    ):
        assert said in page


def test_企画課長は期限付きで解除し終えられる(made) -> None:
    at_stage(made, "decided")
    client = desk(made.town.planning_head)
    url = reverse("desk:entry_lift", args=[made.it.pk])
    assert client.get(url).status_code == 200
    late = (now() + timedelta(days=90)).strftime("%Y-%m-%dT%H:%M")
    refused = client.post(url, {"until": late, "reason": "桁の誤り"})
    assert (refused.status_code, "E425" in text(refused)) == (422, True)
    assert client.post(url, {"until": "", "reason": ""}).status_code == 422
    soon = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(url, {"until": soon, "reason": "桁の誤り"}).status_code == 302
    given = Exemption.objects.get()
    assert "期限付きで解除されています" in text(
        client.get(reverse("desk:entry_flow", args=[made.it.pk]))
    )
    end = reverse("desk:exemption_end", args=[made.it.pk, given.pk])
    assert client.post(end, {"reason": ""}).status_code == 422
    assert client.post(end, {"reason": "直った"}).status_code == 302
    given.refresh_from_db()
    assert given.voided is not None
    assert desk(made.town.planner).get(url).status_code == 403


# -- 報告書の手続 ------------------------------------------------------------------------------------------------------


def test_確認の済んでいない事業があれば決裁に出せず名指しで断る(made) -> None:
    client = desk(made.town.planner)
    page = client.get(reverse("desk:volume_flow", args=[made.volume.pk]))
    assert "あと2事業です" in text(page)
    assert "決裁資料を作り、決裁に出す" not in text(page), "offered only when it will succeed"
    assert f'href="{reverse("desk:signoff")}">確認を待っている事業を見る' in page.content.decode()
    sent = client.post(reverse("desk:volume_submit", args=[made.volume.pk]))
    assert sent.status_code == 422
    assert "E423" in text(sent)
    assert "六市連携観光事業" in text(sent)


def test_すべて確認すると決裁に出すボタンが出る_実績の事業がなければ出ない(made) -> None:
    client, flow = desk(made.town.planner), reverse("desk:volume_flow", args=[made.volume.pk])
    for entry in (made.it, made.tourism):
        accept(made, entry)
    assert "決裁資料を作り、決裁に出す" in text(client.get(flow))
    made.fresh()
    with act("test.void", body=made.volume.body, by=None) as w:
        for entry in (made.it, made.tourism):
            w.change(entry, kind="plan")
    page = text(client.get(flow))
    assert "決裁資料を作り、決裁に出す" not in page
    assert "この報告書に事業を加える" in page
    assert client.post(reverse("desk:volume_submit", args=[made.volume.pk])).status_code == 422


def test_決裁から公表までを画面で進める(made) -> None:
    t, pk = made.town, made.volume.pk
    for entry in (made.it, made.tourism):
        accept(made, entry)
    client, flow = desk(t.planner), reverse("desk:volume_flow", args=[pk])
    assert client.post(reverse("desk:volume_submit", args=[pk])).url == flow
    paper = Paper.objects.get()
    got = client.get(reverse("desk:paper", args=[paper.document_id]))
    assert got.content.startswith(b"%PDF")
    today = now().astimezone(ZoneInfo("Asia/Tokyo")).date().isoformat()
    decision = reverse("desk:volume_decision", args=[pk])
    assert client.post(decision, {"number": "", "decided_on": today}).status_code == 422
    assert (
        client.post(decision, {"number": "企第1号", "decided_on": "2001-01-01"}).status_code == 422
    )
    assert client.post(decision, {"number": "企第1号", "decided_on": today}).status_code == 302
    step = reverse("desk:volume_step", args=[pk])
    assert client.post(step, {"move": "ask_experts"}).status_code == 302
    assert "任意" not in text(client.get(step + "?move=report"))
    refused = client.post(step, {"move": "report"})
    assert (refused.status_code, "E427" in text(refused)) == (422, True)
    assert client.post(step, {"move": "report", "reason": "会議なし"}).status_code == 302
    assert client.get(reverse("desk:volume_publish", args=[pk])).status_code == 403
    head = desk(t.planning_head)
    page = head.get(reverse("desk:volume_publish", args=[pk]))
    seen = text(page)
    assert "令和3年度の報告書：第1版を公表する" in seen
    assert f"企第1号 {day(date.fromisoformat(today))}" in seen
    paper = reverse("desk:paper", args=[Paper.objects.get().document_id])
    assert f'href="{paper}">決裁資料（PDF）で見る' in page.content.decode()
    assert "決裁のときから変わっていません" in seen
    assert "集計中のまま公表される指標" in seen
    assert "六市連携観光事業：入込客数" in seen
    done = head.post(reverse("desk:volume_publish", args=[pk]), {"published_on": today})
    assert done.url == reverse("desk:edition", args=[Edition.objects.get().pk])


def test_決裁の後に変わった報告書は決裁資料で見るとは言わない(made) -> None:
    up_to_assembly(made)
    with act("test.change", body=made.volume.body, by=None) as w:
        w.change(made.fresh().it, number="9")
    page = text(
        desk(made.town.planning_head).get(reverse("desk:volume_publish", args=[made.volume.pk]))
    )
    assert "決裁を受けた資料から、報告書が変わっています" in page
    assert "決裁資料（PDF）で見る" not in page
    assert "報告書の画面で値と指摘を確かめる" in page


def test_版の比較は年度と版の番号で名乗り_正誤とは言わない(made) -> None:
    up_to_assembly(made)
    head = made.town.planning_head
    with at(DAY):
        first = publish_edition(by=head, volume=made.volume.pk, published_on=DAY.date())
        correct(by=head, volume=made.volume.pk, entries=[made.it.pk], reason="誤記")
        with act("test.change", body=made.volume.body, by=None) as w:
            w.change(made.fresh().it, name="別の名称", stage="accepted")
        second = publish_edition(by=head, volume=made.volume.pk, published_on=DAY.date())
    page = (
        desk(head)
        .get(reverse("desk:edition_compare"), {"a": first.pk, "b": second.pk})
        .content.decode()
    )
    assert re.search(r"<h1>\s*令和3年度（2021年度）：第1版と第2版の比較", page)
    assert '<th scope="col">第1版</th><th scope="col">第2版</th>' in page
    assert "））" not in page
    shown = desk(head).get(reverse("desk:edition", args=[second.pk])).content.decode()
    assert '<th scope="col">誤</th><th scope="col">正</th>' in shown


def test_差戻しは理由の画面を通る(made) -> None:
    at_stage(made, "decided")
    client = desk(made.town.planner)
    step = reverse("desk:volume_step", args=[made.volume.pk])
    assert "決裁を差し戻す" in text(client.get(step + "?move=return"))
    assert client.post(step, {"move": "return", "reason": ""}).status_code == 422
    assert client.post(step, {"move": "return", "reason": "金額"}).status_code == 302
    assert Step.objects.filter(verb="volume.return").get().reason == "金額"
    assert client.post(step, {"move": "publish"}).status_code == 400


def test_決裁資料の後に変わったことを画面が言う(made) -> None:
    for entry in (made.it, made.tourism):
        accept(made, entry)
    client = desk(made.town.planner)
    client.post(reverse("desk:volume_submit", args=[made.volume.pk]))
    flow = reverse("desk:volume_flow", args=[made.volume.pk])
    assert "同じです" in text(client.get(flow))
    with act("test.change", body=made.volume.body, by=None) as w:
        w.change(made.fresh().it, number="9")
    assert "決裁資料を作った後に、報告書が変わっています" in text(client.get(flow))
    assert client.post(reverse("desk:volume_papers", args=[made.volume.pk])).status_code == 302
    assert "同じです" in text(client.get(flow))


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_議会報告資料はどの形でも取り出せる(made, form) -> None:
    url = reverse("desk:volume_pack", args=[made.volume.pk, form])
    client = desk(made.town.planner)
    assert client.get(url).status_code == 404
    at_stage(made, "assembly")
    got = client.get(url)
    assert got.status_code == 200
    assert "attachment" in got["Content-Disposition"]
    assert len(got.content) > 1000


def test_訂正は事業と理由を選んで始め取りやめられる(made) -> None:
    published(made)
    client = desk(made.town.planning_head)
    url = reverse("desk:volume_correct", args=[made.volume.pk])
    assert client.post(url, {"reason": "桁"}).status_code == 422
    assert client.post(url, {"entries": [made.it.pk], "reason": ""}).status_code == 422
    assert client.post(url, {"entries": [made.it.pk], "reason": "桁の誤り"}).status_code == 302
    page = text(client.get(reverse("desk:volume_flow", args=[made.volume.pk])))
    assert "訂正の対象" in page
    publish = client.get(reverse("desk:volume_publish", args=[made.volume.pk]))
    assert "公表した版から変わった所がありません" in text(publish)
    drop = reverse("desk:volume_drop", args=[made.volume.pk])
    assert client.post(drop, {"reason": "誤りではなかった"}).status_code == 302
    assert made.fresh().volume.stage == "published"
    assert desk(made.town.planner).get(url).status_code == 403


def test_ほかの団体の報告書は見えない(made) -> None:
    made.town.planner.body = "990002"
    made.town.planner.save()
    with act("test.move", body="990002", by=None) as w:
        from sosei.offices.models import Assignment

        w.add(Assignment(person=made.town.planner, role="planner", first_day=date(2020, 4, 1)))
    client = desk(made.town.planner)
    for name, args in (("volume_flow", [made.volume.pk]), ("entry_flow", [made.it.pk])):
        assert client.get(reverse(f"desk:{name}", args=args)).status_code == 404


# -- 問いの数 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["planner", "planning_head", "officer", "section_head", "auditor"])
def test_机の問いの数(made, role, django_assert_max_num_queries) -> None:
    client = desk(getattr(made.town, role))
    with django_assert_max_num_queries(MOST):
        assert client.get(reverse("desk:signoff")).status_code == 200
    with django_assert_max_num_queries(MOST):
        assert client.get(reverse("desk:entry_flow", args=[made.it.pk])).status_code == 200


@pytest.mark.parametrize(
    "stage",
    ["collecting", "deciding", "decided", "experts", "assembly", "published", "correcting"],
)
def test_報告書の手続の問いの数(made, stage, django_assert_max_num_queries) -> None:
    published(made)
    with at(DAY + timedelta(days=30)):
        correct(
            by=made.town.planning_head, volume=made.volume.pk, entries=[made.it.pk], reason="桁"
        )
    lift_lock_if = stage in {"decided"}
    at_stage(made, stage)
    if lift_lock_if:
        lift_lock(
            by=made.town.planning_head,
            entry=made.it.pk,
            until=now() + timedelta(days=1),
            reason="x",
        )
    client = desk(made.town.planning_head)
    with django_assert_max_num_queries(MOST):
        assert client.get(reverse("desk:volume_flow", args=[made.volume.pk])).status_code == 200


def test_公表の下見の問いの数(made, django_assert_max_num_queries) -> None:
    published(made)
    with at(DAY + timedelta(days=30)):
        correct(
            by=made.town.planning_head, volume=made.volume.pk, entries=[made.it.pk], reason="桁"
        )
    client = desk(made.town.planning_head)
    for name in ("volume_publish", "volume_correct", "volume_drop", "volume_step"):
        url = reverse(f"desk:{name}", args=[made.volume.pk])
        with django_assert_max_num_queries(MOST):
            got = client.get(url, {"move": "return"} if name == "volume_step" else {})
            assert got.status_code == 200, name
