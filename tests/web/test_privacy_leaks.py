"""漏えいの画面: whether it must be reported, by when, what is late in words; recorded, reported, closed; the clock stands at home."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from bookroom import BODY
from deskclient import client, text
from formfill import filled
from privacyroom import JUNE, Private, private
from sosei.evidence import models as em
from sosei.evidence.actions.incidents import Leak, change_leak, report_leak
from sosei.evidence.queries.incidents import incidents
from sosei.journal.clock import at
from sosei.journal.models import Entry as Line

pytestmark = pytest.mark.django_db
JAPAN = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def office():
    with at(JUNE):
        yield private()


def to(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def test_登録すると報告が要るかと期限が出る(office: Private) -> None:
    desk = client(office.town.officer)
    form = desk.get(to("leak_new"))
    said = {"title": "名簿の紛失", "known": "2022-06-14T18:00", "persons": "101"}
    assert desk.post(to("leak_new"), filled(form, "title", **said)).status_code == 422
    done = desk.post(to("leak_new"), filled(form, "title", kinds="plain", **said), follow=True)
    page = text(done)
    assert "個人情報保護委員会への報告が要ります" in page
    assert "本人の数が100人を超える（規則第43条第4号）" in page
    assert "令和4年6月18日（土）まで" in page
    assert "令和4年7月13日（水）まで" in page
    assert "あと3日" in page
    assert "速報を送ったと記録する" not in page


def test_百人までで種類もなければ報告の義務はないと言う(office: Private) -> None:
    page = text(client(office.town.officer).get(to("leak", office.leaks[1])))
    assert "委員会への報告の義務はありません" in page
    assert "速報" not in page.replace("100人を超えると", "")


def test_読めない欄と先の日時は断り_組み合わせも確かめる(office: Private) -> None:
    desk = client(office.town.officer)
    base = {"title": "紛失", "known": "2022-06-14T18:00", "kinds": "plain", "persons": "3"}
    for wrong, words in (
        ({"known": "2022-06-16T09:00"}, "E780"),
        ({"persons": "たくさん"}, "0以上の整数"),
        ({"kinds": ["plain", "sensitive"]}, "一緒には選べません"),
        ({"counts_from": "2022-06-13T09:00"}, "E780"),
        ({"title": ""}, "必須"),
    ):
        refused = desk.post(to("leak_new"), {"department": office.town.it.pk} | base | wrong)
        assert refused.status_code == 422, wrong
        assert words in text(refused), wrong
    assert em.Incident.objects.count() == 2


def test_過ぎた期限は言葉でも知らせ_送った日を記録すると済む(office: Private) -> None:
    desk, late = client(office.town.section_head), office.leaks[0]
    page = desk.get(to("leak", late))
    assert "期限を6日過ぎています" in text(page)
    assert "期限の過ぎたものがあります。すぐに報告してください" in text(page)
    assert "badge-late" in page.content.decode()
    before = desk.post(to("leak_sent", late, "first"), {"on": "2022-06-04", "seen": "1"})
    assert before.status_code == 422
    assert "E780" in text(before)
    blank = desk.post(to("leak_sent", late, "first"), {"on": "", "seen": "1"})
    assert blank.status_code == 422
    done = desk.post(to("leak_sent", late, "first"), {"on": "2022-06-15", "seen": "1"}, follow=True)
    assert "6日遅れて済み" in text(done)
    assert Line.objects.filter(verb="leak.sent").get().facts == {"part": "first"}
    stale = desk.post(to("leak_sent", late, "persons"), {"on": "2022-06-15", "seen": "1"})
    assert "E402" in text(stale)
    back = desk.post(to("leak_sent", late, "first"), {"do": "undo", "seen": "2"}, follow=True)
    assert "期限を6日過ぎています" in text(back)
    assert desk.post(to("leak_sent", late, "nothing"), {"on": "2022-06-15"}).status_code == 404


def test_報告の済まない事案は終結にできず_済めば終結し_理由があれば戻る(office: Private) -> None:
    desk, late = client(office.town.section_head), office.leaks[0]
    close = to("leak_close", late)
    refused = desk.post(close, filled(desk.get(close), "outcome", outcome="二人で確かめる"))
    assert "速報、本人への通知、確報がまだなので" in text(refused)
    for n, part in enumerate(("first", "persons", "final"), 1):
        desk.post(to("leak_sent", late, part), {"on": "2022-06-15", "seen": str(n)})
    assert "報告済み。終結を待っています" in text(desk.get(to("leaks")))
    done = desk.post(
        close, filled(desk.get(close), "outcome", outcome="二人で確かめる"), follow=True
    )
    assert "終結にしました" in text(done)
    changed = desk.post(to("leak_change", late), filled(desk.get(to("leak_change", late)), "title", title="別"))  # fmt: skip
    assert "E782" in text(changed)
    reopen = to("leak_reopen", late)
    assert desk.post(reopen, filled(desk.get(reopen), "reason")).status_code == 422
    again = desk.post(
        reopen, filled(desk.get(reopen), "reason", reason="追加の漏えい"), follow=True
    )
    assert "終結を取り消しました" in text(again)


def test_人数が分かって百人を超えると報告の対象になり_その日から数える(office: Private) -> None:
    desk, plain = client(office.town.officer), office.leaks[1]
    where = to("leak_change", plain)
    same = desk.post(where, filled(desk.get(where), "title"), follow=True)
    assert not Line.objects.filter(verb="leak.change").exists(), text(same)
    sent = filled(desk.get(where), "title", persons="150", counts_from="2022-06-15T09:00")
    page = text(desk.post(where, sent, follow=True))
    assert "令和4年6月19日（日）まで" in page
    wrongful = filled(desk.get(where), "title", kinds="wrongful")
    assert "（60日以内、" in text(desk.post(where, wrongful, follow=True))
    stale = desk.post(where, sent)
    assert stale.status_code == 422
    assert "いまの内容" in text(stale)


def test_動いている時計は責任のある人のホームに並ぶ(office: Private) -> None:
    home = client(office.town.section_head).get("/")
    assert "個人情報保護委員会に速報する：案内メールの誤送信" in text(home)
    assert "6日超過" in text(home)
    assert to("leak", office.leaks[0]) in home.content.decode()
    assert "事案を終結にする：名簿の置き忘れ" in text(home)
    assert "案内メールの誤送信" not in text(client(office.town.expert).get("/"))
    assert "案内メールの誤送信" not in text(client(office.town.admin).get("/"))
    english = client(office.town.planner)
    english.cookies["django_language"] = "en"
    assert "First report to the commission" in text(english.get("/"))


def test_ほかの課の事案は見えず_監査は見るだけ(office: Private) -> None:
    with at(JUNE):
        leak = Leak(title="観光課の事案", known=datetime(2022, 6, 14, 9, tzinfo=JAPAN), kinds=("plain",), persons=1)  # fmt: skip
        far = report_leak(by=office.town.planner, department=office.town.tourism.pk, said=leak)
    desk = client(office.town.section_head)
    refused = desk.get(to("leak", far.pk))
    assert refused.status_code == 403
    assert "この事案の閲覧" in text(refused)
    assert "観光課の事案" not in text(desk.get(to("leaks")))
    auditor = client(office.town.auditor)
    page = auditor.get(to("leak", far.pk))
    assert "観光課の事案" in text(page)
    assert "<button" not in page.content.decode().split("<main", 1)[1].split("</main", 1)[0]
    assert auditor.post(to("leak_sent", far.pk, "first"), {"on": "2022-06-15"}).status_code == 403
    assert auditor.get(to("leak_new")).status_code == 403


def test_前の内容は証跡に残る(office: Private) -> None:
    row = em.Incident.objects.get(pk=office.leaks[1])
    said = Leak(title=row.title, known=row.known, kinds=("plain",), persons=6)
    change_leak(by=office.town.officer, incident=row.pk, said=said, seen=1)
    page = text(client(office.town.planner).get("/journal/?verb=leak.change"))
    assert "漏えい等の事案の訂正" in page
    line = Line.objects.get(verb="leak.change")
    shown = text(client(office.town.planner).get(reverse("desk:journal_line", args=[line.seq])))
    assert "本人の数" in shown


def test_事案の画面は25問までで開く(office: Private, django_assert_max_num_queries) -> None:
    desk = client(office.town.planner)
    for where in (to("leaks"), to("leak", office.leaks[0]), to("leak_new"), "/"):
        desk.get(where)
        with django_assert_max_num_queries(25):
            assert desk.get(where).status_code == 200


def test_終結した事案が多くても終わらない事案が先に出る(
    office: Private, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sosei.evidence.queries.incidents._SHOWN", 2)
    first = em.Incident.objects.order_by("known")[0]
    em.Incident.objects.exclude(pk=first.pk).update(closed=JUNE)
    for _ in range(2):
        later = em.Incident.objects.order_by("-known")[0]
        later.pk = None
        later.save(force_insert=True)
    assert incidents(BODY)[0].pk == first.pk
