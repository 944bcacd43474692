"""守りの試験. Headers, policy, refusals as pages, uploads, and that no page or file of the desk names another host."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

import bookroom
import deskroom
from sosei.core.errors import NoReason, NotAllowed, SoseiError, Stale, UnreadableFigure
from sosei.ledger.halts import Locked
from sosei.offices.models import Person
from sosei.web.desk import refusals, uploads
from sosei.web.desk.refusals import EmptyFile, LargeFile, NoFile, status_of
from sosei.web.desk.uploads import plain_name, taken
from sosei.web.desk.views import errors

DESK = Path(uploads.__file__).parent
DOCS = Path(__file__).resolve().parents[2] / "docs"
TEMPLATES = sorted((DESK / "templates").rglob("*.html"))
STATIC = [p for p in sorted((DESK / "static").rglob("*")) if p.suffix in {".css", ".js", ".svg"}]


def raises(error):
    def view(request):
        raise error

    return view


RAISED = {
    "not-allowed": (NotAllowed(what="公表", who="企画課長"), 403, "E401"),
    "stale": (Stale(what="移住者数"), 409, "E402"),
    "no-reason": (NoReason(what="取消"), 422, "E403"),
    "figure": (UnreadableFigure(text="１２O"), 422, "E102"),
    "internal": (SoseiError(), 500, "E900"),
    "no-row": (Person.DoesNotExist(), 404, "E404"),
    "denied": (PermissionDenied(), 403, "E401"),
    "suspicious": (SuspiciousOperation(), 400, "E406"),
    "broken": (ZeroDivisionError("1/0"), 500, "E900"),
}
urlpatterns = [
    path("", include("sosei.house.urls")),
    path("plain/", lambda request: HttpResponse("x")),
    *[path(f"raise/{name}/", raises(error)) for name, (error, _, _) in RAISED.items()],
]
handler400, handler403 = errors.bad_request, errors.forbidden
handler404, handler500 = errors.not_found, errors.broken


@pytest.fixture
def town(db):
    return bookroom.town()


@pytest.fixture
def visitor(town):
    """A signed-in planner whose server answers for itself instead of raising."""
    client = Client(raise_request_exception=False)
    client.force_login(town.planner, backend=deskroom.BACKEND)
    with override_settings(ROOT_URLCONF="test_security"):
        yield client


@pytest.mark.parametrize("name", RAISED)
def test_断りは番号と受付番号のある落ち着いた画面になる(visitor, name, caplog):
    _, status, code = RAISED[name]
    with caplog.at_level("INFO", logger="sosei.desk"):
        answer = visitor.get(f"/raise/{name}/")
    text = answer.content.decode()
    assert answer.status_code == status
    assert f"番号 {code}" in text
    receipt = re.search(r"受付番号 ([2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4})", text)[1]
    assert f"受付番号 {receipt}: {code} {status} GET /raise/{name}/" in caplog.text
    assert "Traceback" not in text
    assert "ZeroDivision" not in text


def test_内部の誤りは記録に全部残る(visitor, caplog):
    visitor.get("/raise/broken/")
    assert "ZeroDivisionError" in caplog.text


def test_断りは英語でも言える(visitor):
    visitor.post("/language/", {"language": "en"})
    text = visitor.get("/raise/stale/").content.decode()
    assert '<html lang="en">' in text
    assert "was changed by someone else meanwhile" in text


def test_画面の一部を求めたときは知らせだけを返す(visitor):
    answer = visitor.get("/raise/stale/", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "<html" not in answer.content.decode()
    assert "E402" in answer.content.decode()


def test_前の画面へ戻る道は自分の画面だけを指す(visitor):
    own = visitor.get("/raise/stale/", headers={"Referer": "http://testserver/plain/"})
    other = visitor.get("/raise/stale/", headers={"Referer": "https://example.com/x"})
    assert 'href="http://testserver/plain/"' in own.content.decode()
    assert "example.com" not in other.content.decode()


def test_ない画面は見つからないと言う(visitor):
    answer = visitor.get("/doko/nimo/nai/")
    assert answer.status_code == 404
    assert "画面が見つかりません" in answer.content.decode()


def test_受けない操作にも画面で答える(town, client):
    answer = client.post("/accounts/password/reset/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert "番号 E406" in answer.content.decode()


def test_古くなった送信は分かる言葉で断る(town):
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.planner, backend=deskroom.BACKEND)
    answer = client.post("/accounts/logout/")
    assert answer.status_code == 403
    assert "この画面は古くなっている" in answer.content.decode()
    assert "CSRF" not in answer.content.decode()


def test_データベースがなくても誤りの画面は出る(visitor, monkeypatch):
    def gone(*args):
        raise DatabaseError("gone")

    monkeypatch.setattr("sosei.web.desk.frame.office_of", gone)
    answer = visitor.get("/raise/stale/")
    assert answer.status_code == 409
    assert "E402" in answer.content.decode()
    monkeypatch.setattr("sosei.web.desk.frame.only_office", gone)
    assert "E900" in visitor.get("/raise/broken/").content.decode()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RAISED[name][0], RAISED[name][1])
        for name in ("not-allowed", "stale", "no-reason", "figure", "internal")
    ],
)
def test_断りの種類ごとの状態(error, status):
    assert status_of(error) == status


def test_錠の断りは409になる():
    locked = Locked(what="x", why="y", until="z", who="w", why_en="y", who_en="w")
    assert status_of(locked) == 409


def test_状態を決める番号は本当にある():
    known = (DOCS / "manual" / "errors.md").read_text("utf-8")
    assert all(f"### {code}\n" in known for code in refusals._NOT_NOW | refusals._UNKNOWN)


class Marks(HTMLParser):
    """What a page must not hold: code or looks written into it, addresses of others."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.found += [
            f"{tag} {name}" for name in named if name == "style" or name.startswith("on")
        ]
        if tag == "style" or (
            tag == "script" and "src" not in named and named.get("type") != "application/json"
        ):
            self.found.append(tag)
        for name in ("src", "href", "action", "formaction", "srcset", "poster", "data"):
            value = named.get(name) or ""
            if re.match(r"(https?:)?//|javascript:", value):
                self.found.append(f"{tag} {name}={value}")
        if any(name.startswith("hx-on") for name in named) or "js:" in (named.get("hx-vals") or ""):
            self.found.append(f"{tag} hx-on")


def marks(text):
    parser = Marks()
    parser.feed(text)
    return parser.found


def test_検査は書き込まれた様式と命令を見つける():
    bad = '<p style="color:red" onclick="x()"><script>1</script><style>a{}</style><img src="//cdn.example/x.png"><a href="https://x.example">x</a>'
    assert marks(bad) == [
        "p style",
        "p onclick",
        "script",
        "style",
        "img src=//cdn.example/x.png",
        "a href=https://x.example",
    ]
    assert (
        marks('<script type="application/json">{}</script><script src="/static/x.js"></script>')
        == []
    )


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda p: p.relative_to(DESK / "templates").as_posix()
)
def test_雛形に様式も命令も外の宛先もない(template):
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", template.read_text("utf-8"))
    assert marks(text) == []


@pytest.mark.parametrize("file", STATIC, ids=lambda p: p.name)
def test_配る部品は外の宛先を名指さない(file):
    text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|@import|//[a-z0-9-]+\.[a-z]", text)
    assert not re.search(r"\b(eval|Function)\(|innerHTML|document\.write", text)


def pages(town):
    yield None, "/accounts/login/"
    yield None, "/accounts/password/reset/"
    for url in (
        "/accounts/2fa/",
        "/accounts/password/change/",
        "/accounts/closed/",
        "/accounts/2fa/webauthn/",
        "/nai/",
    ):
        yield town.admin, url


def test_実際の画面にも様式と命令が書き込まれず方針が付く(town):
    for person, url in pages(town):
        client = Client()
        if person:
            client.force_login(person, backend=deskroom.BACKEND)
        answer = client.get(url)
        assert marks(answer.content.decode()) == [], url
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy, url
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy


def test_見出しで守る(town, client):
    answer = client.get("/accounts/login/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "Strict-Transport-Security" not in answer
    client.force_login(town.planner, backend=deskroom.BACKEND)
    assert client.get("/accounts/2fa/")["Cache-Control"] == "private, no-cache"


def settings_under(**environment):
    """Return some of the desk's settings as a new process would have them."""
    asked = [
        "SECURE_HSTS_SECONDS",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SOSEI_SECOND_FACTOR",
        "SOSEI_UPLOAD_MB",
        "ALLOWED_HOSTS",
    ]
    code = f"import json; import sosei.house.settings as s; print(json.dumps({{n: getattr(s, n) for n in {asked}}}))"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(ran.stdout) if ran.returncode == 0 else ran.stderr


def test_TLSのときだけTLSに留まらせる(tmp_path):
    plain = settings_under(SOSEI_HOME=str(tmp_path), SOSEI_TLS="")
    secure = settings_under(SOSEI_HOME=str(tmp_path), SOSEI_TLS="1")
    assert (plain["SECURE_HSTS_SECONDS"], plain["SESSION_COOKIE_SECURE"]) == (0, False)
    assert (
        secure["SECURE_HSTS_SECONDS"],
        secure["SESSION_COOKIE_SECURE"],
        secure["CSRF_COOKIE_SECURE"],
    ) == (31_536_000, True, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SOSEI_SECOND_FACTOR", "rolls"),
        ("SOSEI_UPLOAD_MB", "二十"),
        ("SOSEI_UPLOAD_MB", "0"),
        ("SOSEI_ADDRESS_FAILURES", "5"),
        ("SOSEI_TLS", "yes"),
    ],
)
def test_分からない設定では始めない(tmp_path, name, value):
    said = settings_under(SOSEI_HOME=str(tmp_path), **{name: value})
    assert "E500" in said
    assert name in said


def upload(name, data):
    return SimpleUploadedFile(name, data)


def test_受け取ったファイルは名前と中身になる():
    assert taken(upload("照会回答.xlsx", b"PK")) == ("照会回答.xlsx", b"PK")


def test_空のファイルも無いファイルも断る():
    with pytest.raises(EmptyFile, match=r"「空\.xlsx」は空のファイルです"):
        taken(upload("空.xlsx", b""))
    with pytest.raises(NoFile):
        taken(None)


def test_大きすぎるファイルは読む前に断る(settings):
    settings.SOSEI_UPLOAD_MB = 1
    file = upload("大きい.pdf", b"x" * (1024 * 1024 + 1))
    file.file.close()  # whoever reads it now fails
    with pytest.raises(LargeFile, match="2MBあり、受け取れる大きさ（1MBまで）"):
        taken(file)


@pytest.mark.parametrize(("name", "plain"), [
    ("C:\\共有\\照会\\回答.xlsx", "回答.xlsx"), ("../../etc/passwd", "passwd"), ("a\x00b\n.csv", "ab.csv"),
    ("\u202exslx.exe", "xslx.exe"), ("...", "file"), ("", "file"), ("x" * 300 + ".xlsx", "x" * 195 + ".xlsx"),
])  # fmt: skip
def test_ファイルの名前は害のないものになる(name, plain):
    assert plain_name(name) == plain
