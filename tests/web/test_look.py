"""見た目の試験. The frame of every page, both languages, the words of the templates, the order of a form."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

import bookroom
import deskroom
import sosei
from sosei.checking.finding import Severity
from sosei.core.gaps import Gap
from sosei.core.report import Place, Value
from sosei.journal.acts import act
from sosei.ledger.flow import stages
from sosei.offices.models import Deputy, Office
from sosei.offices.permissions import roles
from sosei.web.desk import frame
from sosei.web.desk.saying import said, say, tongue
from sosei.web.desk.stages import TONES, shown

SOURCE = Path(sosei.__file__).parent
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def town(db):
    return bookroom.town()


def rendered(text, **context):
    return Template(text).render(Context(context))


def page_for(person, path="/"):
    request = RequestFactory().get(path)
    request.user = person
    return render_to_string("desk/base.html", {}, request)


def links(text):
    nav = re.search(r'<nav id="ways".*?</nav>', text, re.DOTALL)[0]
    return re.findall(r">([^<>]+)</a>", nav)


@pytest.fixture
def all_ways(monkeypatch):
    """As if every page were built."""
    monkeypatch.setattr(frame, "reverse", lambda name, args=(): f"/{name}/")


@pytest.mark.parametrize(("role", "seen"), [
    ("planner", ["ホーム", "報告書", "照会", "取込み", "根拠台帳", "個人情報", "手続", "公表版", "組織", "証跡"]),
    ("officer", ["ホーム", "報告書", "照会", "取込み", "根拠台帳", "個人情報", "手続", "公表版", "組織"]),
    ("auditor", ["ホーム", "報告書", "根拠台帳", "個人情報", "手続", "公表版", "組織", "証跡"]),
    ("expert", ["ホーム", "手続", "公表版"]),
    ("admin", ["ホーム", "組織", "証跡"]),
])  # fmt: skip
def test_道は使える人にだけ見える(town, all_ways, role, seen):
    assert links(page_for(getattr(town, role))) == seen


def test_まだない画面への道は出ない(town, monkeypatch):
    assert frame.quietly("desk:no-such-page") is None
    monkeypatch.setattr(
        frame,
        "WAYS",
        (
            frame.Way(name="desk:home", ja="ホーム", en="Home"),
            frame.Way(name="desk:nowhere", ja="なし", en="None"),
        ),
    )
    assert links(page_for(town.planner)) == ["ホーム"]


def test_いまいる画面が分かる(town, all_ways):
    text = page_for(town.planner, "/desk:inquiries/5/")
    assert re.findall(r'href="([^"]+)" aria-current="page"', text) == ["/desk:inquiries/"]


def test_団体の名と架空の印と人の役割が出る(town):
    text = page_for(town.planner)
    assert "見本市" in text
    assert "架空" in text
    assert "企画 花子" in text
    assert "企画課 企画担当" in text


def test_架空でない団体には印がない(town):
    Office.objects.update(fictional=False)
    assert "架空" not in page_for(town.planner)


def test_代理のときは誰の代理かをどの画面でも言う(town):
    with act("test.deputy", body=bookroom.BODY, by=None) as w:
        w.add(
            Deputy(
                person=town.planning_head,
                deputy=town.planner,
                first_day=date(2020, 4, 1),
                last_day=date(2099, 3, 31),
                reason="出張",
            )
        )
    text = page_for(town.planner)
    assert "企画 課長（企画課長）の代理として操作しています" in text
    assert "の代理として" not in page_for(town.officer)


def test_枠は少ない問合せで出る(town, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        page_for(town.planner)


def test_日本語が既定で英語は選んだときだけ(town):
    client = Client(headers={"Accept-Language": "en-US,en;q=0.9"})
    first = client.get("/accounts/login/")
    assert first["Content-Language"] == "ja"
    assert "サインイン" in first.content.decode()
    client.post("/language/", {"language": "en", "next": "/accounts/login/"})
    assert '<html lang="en">' in client.get("/accounts/login/").content.decode()
    client.post("/language/", {"language": "ja"})
    assert '<html lang="ja">' in client.get("/accounts/login/").content.decode()


def test_知らない言葉を選んでも日本語のまま(town):
    client = Client()
    client.cookies["django_language"] = "fr"
    assert '<html lang="ja">' in client.get("/accounts/login/").content.decode()


def test_英語の画面に日本語の文が残らない(town):
    client = Client()
    client.force_login(town.admin, backend=deskroom.BACKEND)
    client.post("/language/", {"language": "en"})
    for url in (
        "/accounts/2fa/",
        "/accounts/password/change/",
        "/accounts/closed/",
        "/accounts/logout/",
        "/accounts/2fa/webauthn/",
    ):
        text = re.sub(r"<[^>]+>", " ", client.get(url).content.decode())
        left = set(re.findall(r"[ぁ-んァ-ヶ一-龠ー]+", text)) - {
            "日本語",
            "見本県見本市",
            "見本市",
            "管理",
            "者男",
        }
        assert not left, (url, left)


def test_言葉は二つ並べて書く():
    assert say("保存", "Save") == "保存"
    assert say("あと{n}件", "{n} left", n=3) == "あと3件"
    later = said("保存", "Save")
    with translation.override("en"):
        assert (say("保存", "Save"), str(later), tongue(roles()["planner"])) == (
            "Save",
            "Save",
            "planning officer",
        )


def test_文の中の事実は文字として出る():
    text = rendered(
        '{% say "「{name}」を消しました" "{name} is gone" name=name %}', name="<b>x</b>"
    )
    assert text == "「&lt;b&gt;x&lt;/b&gt;」を消しました"


@pytest.mark.parametrize(
    ("style", "shown"),
    [("both", "令和4年度（2022年度）"), ("wareki", "令和4年度"), ("western", "2022年度")],
)
def test_年度は団体の書き方で出る(town, style, shown):
    Office.objects.update(years_shown=style)
    request = RequestFactory().get("/")
    request.user = town.planner
    assert Template("{% wareki 2022 %}").render(Context(frame.frame(request))) == shown


def test_雛形の言葉():
    assert rendered("{% wareki 2019 %}") == "令和元年度（2019年度）"
    assert rendered("{{ 2022|era }}") == "R4"
    assert rendered('{{ 10010000|yen:"千円" }} {{ None|yen }}') == "10,010千円 －"
    assert rendered("{{ n|number }}", n=Decimal("1234.50")) == "1,234.5"
    assert rendered('{{ "counting"|gap }}{{ None|gap }}') == "集計中"
    assert (
        rendered("{{ p|place }}", p=(Place(sheet="実績", range="C7"), Place(page=3)))
        == "シート「実績」C7、ページ3"
    )
    assert (
        rendered("{% severity s %}", s=Severity.ERROR)
        == '<span class="badge badge-error">誤り</span>'
    )
    assert rendered('{% stage "draft" %}') == '<span class="badge badge-quiet">作成中</span>'
    with translation.override("en"):
        assert (
            rendered('{% wareki 2022 %} {{ "counting"|gap }} {% severity "info" %}')
            == 'FY2022 being counted <span class="badge badge-info">Note</span>'
        )


@pytest.mark.parametrize(("value", "kind", "first"), [
    (Value(number=Decimal(0)), "number", "0"), (Value(gap=Gap.COUNTING), "gap", "集計中"),
    (Value(text="設置"), "text", "設置"), (None, "blank", "－"),
])  # fmt: skip
def test_値はゼロと空欄と集計中を別に見せる(value, kind, first):
    assert rendered("{{ v|figure }}", v=value).startswith(f'<span class="figure is-{kind}">{first}')


def test_値の続きは次の行に出る():
    text = rendered("{{ v|figure }}", v=Value(gap=Gap.COUNTING, expected="7月末"))
    assert '<span class="figure-more">公表予定：7月末</span>' in text


class Entry(forms.Form):
    name = forms.CharField(label="事業の名称", help_text="正式な名称を書いてください。")
    note = forms.CharField(label="備考", required=False)
    kind = forms.ChoiceField(label="種類", choices=[("a", "新規")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="確かめました")


def test_欄は名前_要否_説明_欄_誤りの順に並ぶ():
    text = str(Entry({})["name"].as_field_group())
    order = ["事業の名称", "※必須", "正式な名称を書いてください。", "<input", "入力してください。"]
    places = [text.index(word) for word in order]
    assert places == sorted(places)
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert 'id="id_name_error"' in text


def test_任意の欄はそう書く():
    text = str(Entry({})["note"].as_field_group())
    assert "任意" in text
    assert "※必須" not in text


def test_誤りは上にまとめて欄へつなぐ():
    text = str(Entry({}))
    assert text.index("入力を確かめてください。") < text.index("<input")
    targets = re.findall(r'<a href="#([^"]+)">', text)
    assert len(targets) == 3
    assert all(f'id="{target}"' in text for target in targets)
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_誤りのない入力に上のまとめはない():
    assert "入力を確かめてください。" not in str(Entry())


def test_環境変数はすべて手引にある():
    named = {
        name
        for file in SOURCE.rglob("*.py")
        for name in re.findall(r'"(SOSEI_[A-Z_]+)"', file.read_text("utf-8"))
    }
    told = set(
        re.findall(r"`(SOSEI_[A-Z_]+)`", (DOCS / "manual" / "settings.md").read_text("utf-8"))
    )
    assert "SOSEI_HOME" in named
    assert named - told == set()


def test_部品の説明にある名前は本当にある():
    text = (DOCS / "dev" / "desk.md").read_text("utf-8")
    css = " ".join(
        file.read_text("utf-8")
        for file in (SOURCE / "web" / "desk" / "static" / "desk").glob("*.css")
    )
    section = text[text.index("## Classes") : text.index("## `<sosei-grid>`")]
    named = {
        word
        for quoted in re.findall(r"`([^`]+)`", section)
        for word in re.findall(r"^[a-z]+(?:-[a-z]+)+$", quoted)
    }
    assert len(named) > 20
    parts = {name for name in named if not name.startswith("aria-") and f".{name}" not in css}
    assert parts <= {"data-label"}, parts


def test_どの段階にも言葉と色がある():
    for kind in ("entry", "volume"):
        for stage in stages(kind):
            tone, word = shown(stage)
            assert tone in {"quiet", "doing", "waiting", "done", "warning"}
            assert word != stage
    assert set(TONES) == {*stages("entry"), *stages("volume")}
    assert shown("applied") == ("done", "反映済")
