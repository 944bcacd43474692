"""公開フォームの頁: anybody fills in, sees, changes and withdraws his own, without cookie or script; what is attacked stays shut."""

import re
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.test import Client

from bookroom import Town, town
from formroom import DAY, JOIN, MY_NUMBER, POST, STAMP, TAMAO, opened
from sosei.evidence import limits
from sosei.evidence import models as em
from sosei.evidence.actions.publicforms import close_form
from sosei.evidence.publicforms import HELD_DAYS
from sosei.journal.clock import at, now

pytestmark = pytest.mark.django_db
NOSCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def office() -> Iterator[Town]:
    with at(DAY):
        yield town()


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def code_in(page: str) -> str:
    found = re.search(r'class="public-code">([^<]+)<', page)
    assert found
    return found[1]


def typed(said: dict[str, str]) -> dict[str, str]:
    return {f"e-{key}": value for key, value in said.items()}


def send(visitor: Client, said: dict[str, str], slug: str = "kankei", **more: str):
    page = visitor.get(f"/forms/{slug}/").content.decode()
    with at(now() + timedelta(seconds=10)):
        return visitor.post(f"/forms/{slug}/", {"ticket": field(page, "ticket")} | typed(said) | more)  # fmt: skip


def own(visitor: Client, code: str, do: str = "see", slug: str = "kankei", **said: str):
    return visitor.post(f"/forms/{slug}/own/", {"code": code, "do": do} | typed(said))


def test_だれでも頁を開け目的が項目より先にありクッキーもスクリプトも要らない(
    office: Town, visitor: Client
) -> None:
    opened(office, "registrants", JOIN)
    answer = visitor.get("/forms/kankei/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "<script" not in page
    assert "見本市" in page
    assert "架空" in page
    assert page.index("市の情報を届け") < page.index('name="e-name"')
    assert "ものづくり推進課" in page
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert 'autocomplete="email"' in page
    english = visitor.get("/forms/kankei/?lang=en").content.decode()
    assert "What your answers are for" in english
    assert '<html lang="en">' in english


def test_送ると番号が出て自分の頁で見て直して取り下げられる(office: Town, visitor: Client) -> None:
    opened(office, "registrants", JOIN)
    done = send(visitor, TAMAO)
    assert done.status_code == 200
    assert not done.cookies
    code = code_in(done.content.decode())
    assert re.fullmatch(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){2}", code)
    assert visitor.get("/forms/kankei/own/").status_code == 200
    page = own(visitor, code).content.decode()
    assert 'value="笹森 珠緒"' in page
    changed = own(visitor, code, "change", **TAMAO | {"age_band": "40代"})
    assert "直しました。" in changed.content.decode()
    assert "40代" in str(em.Entry.objects.get(until=None).more) + str(em.Entry.objects.get(until=None).sort)  # fmt: skip
    assert "取り下げますか" in own(visitor, code, "ask").content.decode()
    assert "取り下げました" in own(visitor, code, "withdraw").content.decode()
    after = own(visitor, code).content.decode()
    assert "取下げ済み" in after
    assert "笹森" not in after
    assert "取り下げました" not in own(visitor, code, "withdraw").content.decode()


def test_書き間違いは項目で言われ打ったものが残る(office: Town, visitor: Client) -> None:
    opened(office, "registrants", JOIN)
    answer = send(visitor, TAMAO | {"mail": "わからない"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="笹森 珠緒"' in page
    assert page.count('class="field has-error"') == 1
    blank = send(visitor, {"name": "", "mail": ""}).content.decode()
    assert blank.count('class="field has-error"') == 2
    assert not em.Submission.objects.exists()


def test_個人番号は繰り返さない(office: Town, visitor: Client) -> None:
    opened(office, "needs", POST)
    page = send(
        visitor, {"who": "見本鋳造", "title": f"番号は{MY_NUMBER}"}, "needs"
    ).content.decode()
    assert MY_NUMBER not in page
    assert "見本鋳造" in page
    assert not em.Submission.objects.exists()


def test_スクリプトは文字として示される(office: Town, visitor: Client) -> None:
    opened(office, "needs", POST, title=f"投稿{NOSCRIPT}", intro=NOSCRIPT, notice=NOSCRIPT)
    done = send(visitor, {"who": "見本鋳造", "title": NOSCRIPT}, "needs")
    pages = [done, visitor.get("/forms/needs/"), own(visitor, code_in(done.content.decode()), slug="needs")]  # fmt: skip
    for page in pages:
        assert page.status_code == 200
        assert NOSCRIPT not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()


def test_機械と早すぎる送信と偽の札は断られ次にすることが分かる(
    office: Town, visitor: Client
) -> None:
    opened(office, "registrants", JOIN)
    assert "E763" in send(visitor, TAMAO, homepage="https://spam.example").content.decode()
    page = visitor.get("/forms/kankei/").content.decode()
    quick = visitor.post("/forms/kankei/", {"ticket": field(page, "ticket")} | typed(TAMAO))
    assert (quick.status_code, "E761" in quick.content.decode()) == (422, True)
    assert 'value="笹森 珠緒"' in quick.content.decode()
    with at(now() + timedelta(seconds=10)):
        again = visitor.post("/forms/kankei/", {"ticket": field(quick.content.decode(), "ticket")} | typed(TAMAO))  # fmt: skip
    assert again.status_code == 200
    forged = visitor.post("/forms/kankei/", {"ticket": "x:y:z"} | typed(TAMAO))
    assert "E760" in forged.content.decode()
    assert em.Submission.objects.count() == 1


def test_二度送っても同じ番号で一件のまま(office: Town, visitor: Client) -> None:
    opened(office, "registrants", JOIN)
    page = visitor.get("/forms/kankei/").content.decode()
    sent = {"ticket": field(page, "ticket")} | typed(TAMAO)
    with at(now() + timedelta(seconds=10)):
        first, second = (visitor.post("/forms/kankei/", sent).content.decode() for _ in range(2))
        other = visitor.post("/forms/kankei/", sent | typed({"name": "次の人", "mail": "n@example.jp"}))  # fmt: skip
    assert code_in(first) == code_in(second)
    assert "E762" in other.content.decode()
    assert code_in(first) not in other.content.decode()
    assert em.Submission.objects.count() == 1


def test_番号が違えば何も見えず当て続けると止まる(office: Town, visitor: Client) -> None:
    opened(office, "registrants", JOIN)
    other = opened(office, "registrants", JOIN, slug="betsu")
    code = code_in(send(visitor, TAMAO).content.decode())
    for wrong in ("", "AAAA-AAAA-AAAA", "' OR 1=1 --", "\x00" * 12):
        answer = own(visitor, wrong)
        assert (answer.status_code, "E765" in answer.content.decode()) == (422, True)
        assert "笹森" not in answer.content.decode()
    assert "E765" in own(visitor, code, slug=other.slug).content.decode()
    for _ in range(16):
        own(visitor, "AAAA-AAAA-AAAA")
    stopped = own(visitor, code)
    assert (stopped.status_code, "E764" in stopped.content.decode()) == (429, True)


def test_閉じた受付と無い宛先は静かな頁になる(office: Town, visitor: Client) -> None:
    form = opened(office, "registrants", JOIN)
    close_form(by=office.planner, form=form.pk, seen=form.stamp)
    for slug in ("kankei", "nai", "a" * 300):
        answer = visitor.get(f"/forms/{slug}/")
        assert answer.status_code == 404
        assert "E757" in answer.content.decode()
        assert not answer.cookies
    assert visitor.get("/forms/kankei/own/").status_code == 200


def test_スタンプは場所を示し二度目は断る(office: Town, visitor: Client) -> None:
    opened(office, "checkins", STAMP)
    assert "見本駅" in visitor.get("/forms/stamp-eki/").content.decode()
    assert send(visitor, {"name": "旅人"}, "stamp-eki").status_code == 200
    twice = send(visitor, {"name": "旅人", "residence": "域内"}, "stamp-eki")
    assert "E766" in twice.content.decode()


def test_打ったものはログに残らない(
    office: Town, visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    opened(office, "registrants", JOIN)
    send(visitor, TAMAO | {"mail": "わからない"})
    code = code_in(send(visitor, TAMAO).content.decode())
    own(visitor, code, "withdraw")
    own(visitor, "AAAA-AAAA-AAAA")
    assert not [word for word in ("笹森", "tamao", code, "わからない") if word in caplog.text]


def test_すぐ登録する頁の答えは知られた人かどうかで変わらない(
    office: Town, visitor: Client
) -> None:
    opened(office, "registrants", JOIN)
    pages = []
    for said in (TAMAO, TAMAO, TAMAO | {"mail": "x@example.jp", "name": "新しい人"}):
        page = send(visitor, said).content.decode()
        code = code_in(page)
        shown = own(visitor, code).content.decode()
        for own_word in (code, code.replace("-", ""), *said.values()):
            page, shown = page.replace(own_word, ""), shown.replace(own_word, "")
        pages.append((page, re.sub(r"受付[0-9]+番", "", shown)))
    assert em.Held.objects.count() == 1
    assert pages[0] == pages[1] == pages[2]


def test_中継の後ろでは中継ごとでなく回線ごとに限る(
    office: Town, visitor: Client, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(office, "registrants", JOIN)
    settings.SOSEI_PROXIES = (ip_network("127.0.0.1"),)
    monkeypatch.setattr(limits, "LINE", {"join": 1})

    def answered(n: int, line: str) -> int:
        page = visitor.get("/forms/kankei/").content.decode()
        said = typed(TAMAO | {"mail": f"{n}@example.jp", "name": f"人{n}"})
        with at(now() + timedelta(seconds=10)):
            sent = {"ticket": field(page, "ticket")} | said
            return visitor.post("/forms/kankei/", sent, HTTP_X_FORWARDED_FOR=f"6.6.6.{n}, {line}").status_code  # fmt: skip

    assert [answered(1, "203.0.113.1"), answered(2, "203.0.113.2")] == [200, 200]
    assert answered(3, "203.0.113.2") == 429


def test_確かめられないままの内容が何日で消えるかを頁が言う(office: Town, visitor: Client) -> None:
    opened(office, "registrants", JOIN, waits=True)
    assert f"{HELD_DAYS}日たっても" in visitor.get("/forms/kankei/").content.decode()
    assert f"{HELD_DAYS}日のうちに" in send(visitor, TAMAO).content.decode()
    assert f"within {HELD_DAYS} days" in visitor.get("/forms/kankei/?lang=en").content.decode()
