"""部品の検査. Every part of the desk on one page, in a real browser: accessible at every width, in the dark, on paper, by keyboard."""

import os
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

import bookroom
import deskroom
from sosei.core.gaps import Gap
from sosei.core.report import Value
from sosei.web.desk.views import errors

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Entry(forms.Form):
    name = forms.CharField(label="事業の名称", help_text="交付申請書と同じ名称を書いてください。")
    amount = forms.CharField(
        label="決算額（千円）",
        widget=forms.TextInput(attrs={"class": "is-figure is-short", "inputmode": "decimal"}),
    )
    kind = forms.ChoiceField(
        label="今後の方針",
        choices=[("a", "追加等更に発展させる"), ("b", "予定通り継続する"), ("c", "終了する")],
        widget=forms.RadioSelect,
        required=False,
    )
    text = forms.CharField(label="課題と対応", widget=forms.Textarea, required=False)
    file = forms.FileField(label="根拠の資料", required=False)
    agreed = forms.BooleanField(label="課内で内容を確かめました", required=False)


def gallery(request):
    messages.info(request, "お知らせの見え方です。")
    template = engines["django"].from_string(
        (Path(__file__).parent / "gallery.html").read_text("utf-8")
    )
    values = {
        "number": Value(number=Decimal(131)),
        "counting": Value(gap=Gap.COUNTING, expected="7月末"),
    }
    form = Entry({"kind": "b"}) if "bad" in request.GET else Entry(initial={"kind": "b"})
    return HttpResponse(template.render({**values, "form": form}, request))


urlpatterns = [path("gallery/", gallery), path("", include("sosei.house.urls"))]
handler404 = errors.not_found


@pytest.fixture
def desk(browser, live_server, settings, monkeypatch):
    settings.ROOT_URLCONF = "test_look_parts"
    monkeypatch.setattr(
        "sosei.web.desk.frame.quietly",
        lambda name, *args: "/gallery/" if name == "desk:volumes" else f"/{name}/",
    )
    desk = deskroom.Desk(browser, live_server)
    yield desk
    desk.close()


def opened(desk, url="/gallery/", **more):
    page = desk.page(bookroom.town().planner, **more)
    page.goto(desk.url + url)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_すべての部品は利用しやすい(desk, width, scheme):
    page = opened(desk, "/gallery/?bad", width=width, scheme=scheme)
    deskroom.looked_at(page, f"gallery-{width}-{scheme}")
    assert desk.complaints == []


def test_入力の誤りがあればまとめに移る(desk):
    page = opened(desk, "/gallery/?bad")
    page.wait_for_function("() => document.activeElement.classList.contains('error-summary')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_name"


def test_はじめに本文へ移れる(desk):
    page = opened(desk)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_狭い画面のメニューは命令なしで開く(desk):
    page = opened(desk, width=360, scripts=False)
    assert not page.get_by_role("link", name="照会", exact=True).is_visible()
    page.get_by_role("button", name="メニュー").click()
    assert page.get_by_role("link", name="照会", exact=True).is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="照会", exact=True).is_visible()


def test_開いたメニューも利用しやすい(desk):
    page = opened(desk, width=360)
    page.get_by_role("button", name="メニュー").click()
    deskroom.looked_at(page, "menu-360")


def test_広い画面では道が並ぶ(desk):
    page = opened(desk, width=1280)
    assert page.get_by_role("link", name="照会", exact=True).is_visible()
    assert not page.get_by_role("button", name="メニュー").is_visible()


def test_個人のメニューはEscで閉じて元に戻る(desk):
    page = opened(desk)
    page.locator("details.menu summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator("details.menu").evaluate("e => e.open")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_主な押しどころは44ピクセルより小さくない(desk):
    page = opened(desk, width=360)
    small = page.evaluate(
        "() => [...document.querySelectorAll('.button, input:not([type=hidden], [type=radio], [type=checkbox]), select, .tabs a, .pager a, .menu > summary, label.check')]"
        ".filter(e => e.offsetParent).filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"
    )
    assert small == []


def test_印刷は紙の幅に収まり操作は刷らない(desk):
    page = opened(desk)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert not page.locator(".ways-bar").is_visible()
    assert not page.locator(".page-actions").is_visible()
    assert page.locator(".brand-office").is_visible()
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF-")


def test_自分の机のほかには何も問い合わせない(desk):
    page = opened(desk)
    page.wait_for_load_state("networkidle")
    assert desk.asked
    assert all(url.startswith(desk.url) for url in desk.asked)


def test_htmxは様式も命令も書き込まない(desk):
    page = opened(desk)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("typeof htmx") == "object"
    assert page.evaluate("htmx.config.allowEval") is False
    assert page.locator("style").count() == 0
    assert desk.complaints == []


def test_紙の姿を残す(desk, tmp_path):
    import pypdfium2

    page = opened(desk)
    data = page.pdf(format="A4", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(data)
    text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert 2 <= len(document) <= 6
    assert "成長分野拠点形成支援事業" in text
    assert "課長に提出する" not in text
    shots = os.environ.get("SOSEI_SHOTS")
    if shots:
        Path(shots, "gallery.pdf").write_bytes(data)
    document.close()
