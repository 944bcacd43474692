"""個人情報の画面をブラウザで見る: accessible, within the window, late ones in words, and all of it without scripts."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

import deskroom
from privacyroom import JUNE, Private, private
from registerroom import room
from sosei.evidence import models as em
from sosei.evidence.actions.incidents import close_leak
from sosei.evidence.actions.persons import give_consent
from sosei.evidence.actions.subjects import rename
from sosei.journal import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(390, "light"), (1280, "light"), (1280, "dark")]


@pytest.fixture
def office(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: JUNE)
    with clock.at(JUNE):
        yield private()


def addresses(office: Private) -> dict[str, str]:
    over, known = office.persons[:2]
    inside = [known, office.fans.pk]
    at = {
        "overview": ("privacy", []), "due": ("privacy_due", []), "files": ("privacy_files", []), "exports": ("privacy_exports", []),
        "export": ("privacy_export", [office.fans.pk]), "find": ("privacy_find", []), "person": ("privacy_person", [known]),
        "person-held": ("privacy_person", [office.persons[3]]), "person-withdrawn": ("privacy_person", [office.persons[2]]),
        "erase": ("privacy_erase", [over]), "consent": ("privacy_consent", inside), "withdraw": ("privacy_withdraw", inside),
        "hold": ("privacy_hold", inside), "leaks": ("leaks", []), "leak-new": ("leak_new", []), "leak-late": ("leak", office.leaks[:1]),
        "leak-plain": ("leak", office.leaks[1:]), "leak-change": ("leak_change", office.leaks[:1]), "leak-close": ("leak_close", office.leaks[1:]),
        "home": ("home", []),
    }  # fmt: skip
    return {name: reverse(f"desk:{page}", args=args) for name, (page, args) in at.items()}


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_どの画面も見やすく幅に収まる(desk, office: Private, width: int, scheme: str) -> None:
    page = desk.page(office.town.section_head, width=width, scheme=scheme)
    every = list(addresses(office).items())
    for name, path in every if scheme == "light" else every[::4]:
        response = page.goto(desk.url + path)
        assert response is not None
        assert response.status == 200, path
        deskroom.looked_at(page, f"privacy-{name}-{width}-{scheme}")
    assert not desk.complaints
    assert all(url.startswith(desk.url) for url in desk.asked)


@pytest.mark.parametrize("width", [390, 1280])
def test_見て直し_消去し_報告を記録するまでスクリプトなしでできる(
    desk, office: Private, width: int
) -> None:
    page = desk.page(office.town.section_head, width=width, scripts=False)
    page.goto(desk.url + reverse("desk:privacy_find"))
    page.fill("[name=q]", "花子")
    page.click("button:has-text('探す')")
    _looked(desk, page, f"find-found-{width}")
    page.click(f"text=個人 {office.persons[1]}")
    page.click("section:has-text('相談記録') button:has-text('氏名と連絡先を見る・直す')")
    page.click("summary:has-text('氏名と連絡先を訂正する')")
    page.click("summary:has-text('登録1番の項目を訂正する')")
    _looked(desk, page, f"contact-{width}")
    page.fill("[name=e-mail]", "だめ")
    page.fill("form[action$='/correct/'] [name=reason]", "番号の変更")
    page.click("form[action$='/correct/'] button")
    _looked(desk, page, f"correct-refused-{width}")
    page.fill("[name=e-mail]", "hanako@example.jp")
    page.click("main form[action$='/correct/'] button")
    page.wait_for_selector("text=訂正しました")
    page.goto(desk.url + reverse("desk:privacy_due"))
    page.click("button:has-text('選んだ人の消去に進む')")
    _looked(desk, page, f"due-sure-{width}")
    page.click("button:has-text('1人を消去する')")
    page.wait_for_selector("text=1人の個人情報を消去しました")
    page.goto(desk.url + reverse("desk:leak", args=office.leaks[:1]))
    page.click("button:has-text('速報を送ったと記録する')")
    page.wait_for_selector("text=6日遅れて済み")
    _looked(desk, page, f"leak-sent-{width}")
    assert not [said for said in desk.complaints if "422" not in said]


def _looked(desk, page, name: str) -> None:
    """Look at a page without scripts by its picture and width alone: axe needs them."""
    shots = deskroom.os.environ.get("SOSEI_SHOTS")
    if shots:
        page.screenshot(path=f"{shots}/privacy-{name}.png", full_page=True)


@pytest.mark.parametrize("width", [390, 1280])
def test_送った頁も読めてはみ出さない(desk, office: Private, width: int) -> None:
    page = desk.page(office.town.section_head, width=width)
    page.goto(desk.url + reverse("desk:privacy_person", args=[office.persons[1]]))
    page.click("section:has-text('相談記録') button:has-text('氏名と連絡先を見る・直す')")
    deskroom.looked_at(page, f"privacy-contact-axe-{width}")
    page.goto(desk.url + reverse("desk:privacy_due"))
    page.click("button:has-text('選んだ人の消去に進む')")
    deskroom.looked_at(page, f"privacy-due-sure-axe-{width}")
    with clock.at(JUNE):
        close_leak(
            by=office.town.planner, incident=office.leaks[1], outcome="置き場所を決めた", seen=None
        )
    page.goto(desk.url + reverse("desk:leak_reopen", args=office.leaks[1:]))
    deskroom.looked_at(page, f"privacy-leak-reopen-{width}")
    page.goto(desk.url + reverse("desk:leak", args=office.leaks[1:]))
    deskroom.looked_at(page, f"privacy-leak-closed-{width}")


@pytest.mark.parametrize("width", [390, 1280])
def test_名称を直す頁と前の名称も読める(desk, monkeypatch, width: int) -> None:
    monkeypatch.setattr(timezone, "now", lambda: JUNE)
    with clock.at(JUNE):
        made = room()
        rename(by=made.town.planner, subject=made.firms[0], name="見本鋳造所", number="6000020032018", reason="社名の変更", seen=None)  # fmt: skip
        page = desk.page(made.town.planner, width=width)
        for name in ("subject", "subject_rename"):
            page.goto(desk.url + reverse(f"desk:{name}", args=made.firms[:1]))
            deskroom.looked_at(page, f"privacy-{name}-{width}")


@pytest.mark.parametrize("width", [390, 1280])
def test_一つの台帳だけ期限の過ぎた人の項目をスクリプトなしで消去する(
    desk, office: Private, width: int
) -> None:
    who = office.persons[1]
    give_consent(by=office.town.planner, subject=who, register=office.talks.pk, given_on=date(2012, 4, 1))  # fmt: skip
    page = desk.page(office.town.section_head, width=width, scripts=False)
    page.goto(desk.url + reverse("desk:privacy_due"))
    _looked(desk, page, f"due-over-{width}")
    page.click("text=選んだ人の過ぎた項目の消去に進む")
    _looked(desk, page, f"due-over-sure-{width}")
    page.click("text=1人の項目を消去する")
    assert "1人の、期限の過ぎた台帳の個人情報の項目と書類を消去しました" in page.inner_text("body")
    assert not em.Private.objects.exists()
