"""台帳の画面. Every page of the book for every role, what it says, what it refuses and keeps, how much it asks the database."""

import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sosei.core.report import Said
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.decisions import Decided, record_grant_decision
from sosei.ledger.actions.figures import record_value
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.actions.strangers import keep_stranger
from sosei.ledger.actions.waivers import waive_finding
from sosei.ledger.queries.looks import looks_of
from sosei.ledger.queries.volumes import volume_page
from sosei.ledger.typed import Typed
from yearbook import Book, book, small_report

pytestmark = pytest.mark.django_db
BACKEND = "sosei.web.desk.accounts.backend.InService"
DAY = datetime(2022, 6, 1, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
EXAMPLE = Path(__file__).resolve().parents[2] / "examples/morioka/report.txt"
#: What a desk page may ask the database.
MOST = 25


@pytest.fixture
def made() -> Book:
    with at(DAY):
        yield book()


def desk(person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def text(response) -> str:
    """The words of the page, without marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def line(made: Book, name: str = "新規雇用者数") -> m.Line:
    return m.Line.objects.get(entry__volume=made.volume, definition__name=name)


def decision(made: Book) -> m.GrantDecision:
    return record_grant_decision(
        by=made.town.planner, entry=made.it.pk,
        decided=Decided(
            number="府地事第1号", decided_on=date(2021, 4, 1), report_due=date(2022, 4, 10),
            amount="5,005千円", eligible="10,010千円",
        ),
    )  # fmt: skip


def jumped(made: Book) -> tuple[str, str]:
    """Make a finding; return its rule and what it is about."""
    for said, year in (("17", 2020), ("17000", 2021)):
        record_value(
            by=made.town.officer, line=line(made).pk, typed=Typed(text=said), seen=None, year=year
        )
    found = next(f for f in looks_of(made.volume)[made.it.pk].open if f.finding.code == "KPI-JUMP")
    return found.finding.code, found.about


def pages(made: Book) -> dict[str, str]:
    """The address of every page of the book that is read."""
    known = decision(made)
    rule, about = jumped(made)
    stranger = keep_stranger(by=made.town.planner, name="morioka.txt", data=EXAMPLE.read_bytes())
    waiver = waive_finding(
        by=made.town.section_head, entry=made.it.pk, rule="KPI-NOEVID", reason="台帳で確かめた",
        about=next(f for f in looks_of(made.volume)[made.it.pk].open if f.finding.code == "KPI-NOEVID").about,
    )  # fmt: skip
    of = {
        "volumes": [], "volume_new": [], "volume": [made.volume.pk], "volume_edit": [made.volume.pk],
        "entry_new": [made.volume.pk], "decisions": [made.volume.pk], "entry": [made.it.pk],
        "entry_edit": [made.it.pk], "members_edit": [made.it.pk], "entry_rest": [made.it.pk],
        "money": [made.it.pk], "decision_new": [made.it.pk], "decision_edit": [made.it.pk, known.pk], "decision_void": [made.it.pk, known.pk],
        "report_edit": [made.it.pk, known.pk], "verification": [made.it.pk], "grade_edit": [made.it.pk],
        "waive": [made.it.pk], "unwaive": [waiver.pk], "indicator_new": [made.it.pk],
        "indicator": [line(made).pk], "value_edit": [line(made).pk], "target_edit": [line(made).pk],
        "baseline_edit": [line(made).pk], "attributes_edit": [line(made).pk],
        "definition_edit": [line(made).pk], "indicator_rest": [line(made).pk], "strangers": [],
        "stranger": [stranger.pk], "stranger_file": [stranger.pk], "stranger_drop": [stranger.pk],
    }  # fmt: skip
    found = {name: reverse(f"desk:{name}", args=args) for name, args in of.items()}
    found["waive"] += f"?rule={rule}&about={about}"
    return found


#: Who gets which page: everybody else is refused (403).
SEES = ("planner", "planning_head", "officer", "section_head", "other", "auditor")
WRITES = ("planner", "planning_head", "officer", "section_head")
PLANS = ("planner", "planning_head")
ALLOWED = {
    **dict.fromkeys(
        ("volumes", "volume", "entry", "indicator", "decisions", "strangers", "stranger", "stranger_file"), SEES
    ),
    **dict.fromkeys(("entry_edit", "members_edit", "money", "verification", "value_edit"), WRITES),
    **dict.fromkeys(
        ("volume_new", "volume_edit", "entry_new", "entry_rest", "decision_new", "decision_edit", "decision_void", "report_edit",
         "indicator_new", "target_edit", "baseline_edit", "attributes_edit", "definition_edit", "indicator_rest"),
        PLANS,
    ),
    **dict.fromkeys(("grade_edit", "waive", "unwaive"), (*PLANS, "section_head")),
    "stranger_drop": PLANS,
}  # fmt: skip
ROLES = (*SEES, "expert", "admin")


def test_どの画面も役割のある人にだけ見える(made) -> None:
    addresses = pages(made)
    assert set(addresses) == set(ALLOWED)
    for role in ROLES:
        client = desk(getattr(made.town, role))
        got = {name: client.get(url).status_code for name, url in addresses.items()}
        wanted = {name: 200 if role in ALLOWED[name] else 403 for name in addresses}
        assert got == wanted, role


def test_サインインしていなければどの画面も入口に送られる(made) -> None:
    for name, url in pages(made).items():
        found = Client().get(url)
        assert (found.status_code, found["Location"].startswith("/accounts/login/")) == (
            302,
            True,
        ), name


def test_どの画面も25問以内(made, django_assert_max_num_queries) -> None:
    addresses = pages(made)
    client = desk(made.town.planner)
    client.get(reverse("desk:volumes"))
    for name, url in addresses.items():
        m.Look.objects.all().delete()
        with django_assert_max_num_queries(MOST, info=name):
            assert client.get(url).status_code == 200


def test_事業が増えても問合せの数は変わらない(made, django_assert_max_num_queries) -> None:
    report = small_report(2022)
    many = tuple(
        p.__class__(
            **{n: getattr(report.projects[i % 2], n) for n in p.__dataclass_fields__} | {"name": Said(text=f"事業{i}")}
        )
        for i, p in enumerate([report.projects[0]] * 30)
    )  # fmt: skip
    wide = report.__class__(title=report.title, fiscal_year=report.fiscal_year, projects=many)
    volume = record_report(by=made.town.planner, report=wide, known={})
    client = desk(made.town.planner)
    url = reverse("desk:volume", args=[volume.pk])
    for _ in range(2):
        with django_assert_max_num_queries(MOST):
            assert client.get(url).status_code == 200


def test_英語でも開ける(made) -> None:
    addresses = pages(made)
    client = desk(made.town.planner)
    client.cookies["django_language"] = "en"
    for name, url in addresses.items():
        assert client.get(url).status_code == 200, name


# -- what the pages say -----------------------------------------------------------------------------------------------


def test_年度の表は評価できる数と未報告と指摘を言う(made) -> None:
    words = text(desk(made.town.auditor).get(reverse("desk:volume", args=[made.volume.pk])))
    assert "評価できる指標 2 ／4件" in words
    assert "未報告の値 1 件" in words
    assert "2件中1件" in words
    assert "令和3年度（2021年度）" in words


def test_公表した年度の表は計画の行を作成中とは言わない(made) -> None:
    with act("test.change", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage="published")
    plan = next(
        row for row in volume_page(made.volume.body, made.volume.pk).rows if row.kind == "plan"
    )
    assert plan.stage == "published"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("department={it}", {"成長分野拠点形成支援事業"}),
        ("department={tourism}", {"六市連携観光事業", "来年度の計画"}),
        ("owed=1", {"六市連携観光事業"}),
        ("stage=section", set()),
        ("finding=KPI-PENDING", {"六市連携観光事業"}),
        ("finding=error", set()),
        ("department=x", {"成長分野拠点形成支援事業", "六市連携観光事業", "来年度の計画"}),
    ],
)
def test_年度の表は宛先の言葉で絞り込める(made, query, shown) -> None:
    query = query.format(it=made.town.it.pk, tourism=made.town.tourism.pk)
    client = desk(made.town.planner)
    found = client.get(reverse("desk:volume", args=[made.volume.pk]) + f"?{query}")
    names = set(re.findall(r'<a href="/entries/\d+/">([^<]+)</a>', found.content.decode()))
    assert names == shown


def test_事業の画面は不在の値を言葉で見せる(made) -> None:
    words = text(desk(made.town.auditor).get(reverse("desk:entry", args=[made.tourism.pk])))
    assert "集計中" in words
    assert "2件中1件を評価できます。達成は0件です。" in words
    assert "提案なし：" in words


def links(response) -> list[str]:
    """The words of the links within the page's own part, as they are read out."""
    body = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    found = re.findall(r"<a [^>]*>(.*?)</a>", body, re.DOTALL)
    return [re.sub(r"<[^>]+>|\s+", "", words) for words in found]


def test_指標と事業の画面のリンクは行き先を言う(made) -> None:
    client = desk(made.town.planner)
    said = links(client.get(reverse("desk:indicator", args=[line(made).pk])))
    assert {"実績を直す：R3", "目標を直す：R3", "R4の目標", "基準値を書く", "R3の報告書"} <= set(
        said
    )
    said += links(client.get(reverse("desk:entry", args=[made.it.pk])))
    assert {"効果検証を書く", "経費を書く", "事業効果を決める"} <= set(said)
    assert not {"書く", "決める", "実績", "目標", "詳細", "こちら", "再開する", "R3"} & set(said)
    assert not [words for words in said if len(words) < 3]


def test_事業の頁の指摘は事業と指標の名を繰り返さない(made) -> None:
    page = text(desk(made.town.planner).get(reverse("desk:entry", args=[made.tourism.pk])))
    assert "値は集計中です" in page
    assert "事業「六市連携観光事業」" not in page
    assert "の指標「入込客数」" not in page


def test_狭い画面で積む表の欄は名前を持つ(made) -> None:
    client = desk(made.town.planner)
    for name, about in (
        ("indicator", line(made).pk),
        ("money", made.it.pk),
        ("members_edit", made.it.pk),
    ):
        page = client.get(reverse(f"desk:{name}", args=[about])).content.decode()
        tables = re.findall(r'<table class="[^"]*is-cards.*?</table>', page, re.DOTALL)
        assert tables
        cells = re.findall(r"<td[^>]*>", "".join(tables))
        named = [cell for cell in cells if 'data-label="' in cell and 'data-label=""' not in cell]
        assert [
            cell
            for cell in cells
            if cell not in named and "actions" not in cell and "colspan" not in cell
        ] == []


def test_書けない人には書く所が出ない(made) -> None:
    address = reverse("desk:entry", args=[made.it.pk])
    assert "実績を直す" in text(desk(made.town.officer).get(address))
    for who in (made.town.auditor, made.town.other):
        words = text(desk(who).get(address))
        assert "実績を直す" not in words
        assert "記載を書く" not in words
    move_entry(by=made.town.officer, entry=made.it.pk, move="submit")
    assert "実績を直す" not in text(desk(made.town.officer).get(address))
    assert "実績を直す" in text(desk(made.town.planner).get(address))


def test_年度は団体の決めた書き方になる(made) -> None:
    with act("test.style", body=made.volume.body, by=None) as w:
        office = made.town.it.__class__._meta.apps.get_model("offices", "Office").objects.get()
        w.change(office, years_shown="wareki")
    words = text(desk(made.town.auditor).get(reverse("desk:volumes")))
    assert "令和3年度" in words
    assert "2021年度" not in words


def test_指標の画面は定義の版と初めの計画と前の値をだれがいつの記録とともに見せる(made) -> None:
    record_value(
        by=made.town.officer,
        line=line(made).pk,
        typed=Typed(text="17", state="preliminary"),
        seen=None,
    )
    record_value(
        by=made.town.officer, line=line(made).pk, typed=Typed(text="16", state="final"), seen=None
    )
    client = desk(made.town.planner)
    client.post(
        reverse("desk:target_edit", args=[line(made).pk]),
        {"text": "12", "reason": "変更申請による", "seen": now_of(made, "target")},
    )
    client.post(
        reverse("desk:definition_edit", args=[line(made).pk]),
        {
            "name": "新規雇用者数",
            "unit": "人",
            "definition": "新しい数え方",
            "from_year": 2021,
            "why": "調査を改めた",
        },
    )
    words = text(client.get(reverse("desk:indicator", args=[line(made).pk])))
    assert "第2版" in words
    assert "調査を改めた" in words
    assert "変更：変更申請による" in words
    assert "物作 太郎" in words
    assert re.search(r"実績 17 確報区分：速報", words)
    assert "令和3年度（2021年度） 10 12" in words


def test_報告額の画面は提出前におかしな額を言う(made) -> None:
    known = decision(made)
    client = desk(made.town.planner)
    address = reverse("desk:report_edit", args=[made.it.pk, known.pk])
    data = {
        "on": "2022-04-08",
        "amount": "10,010",
        "settled": "",
        "reason": "",
        "seen": known.stamp,
    }
    found = client.post(address, data)
    assert found.status_code == 422
    assert "E610" in text(found)
    assert 'value="10,010"' in found.content.decode()
    assert client.post(address, data | {"amount": "10,010千円"}).status_code == 302
    words = text(client.get(reverse("desk:decisions", args=[made.volume.pk])))
    assert "報告済" in words
    assert "これから報告 0" in words


def test_誤って登録した交付決定は理由を書いて取り消せる(made) -> None:
    known = decision(made)
    client = desk(made.town.planner)
    address = reverse("desk:decision_void", args=[made.it.pk, known.pk])
    assert address in client.get(reverse("desk:decision_edit", args=[made.it.pk, known.pk])).content.decode()  # fmt: skip
    page = text(client.get(address))
    assert known.number in page
    assert client.post(address, {"reason": "", "seen": known.stamp}).status_code == 422
    assert "E402" in text(client.post(address, {"reason": "二重の登録", "seen": known.stamp + 1}))
    assert known.number in text(client.get(reverse("desk:decisions", args=[made.volume.pk])))
    assert client.post(address, {"reason": "二重の登録", "seen": known.stamp}).status_code == 302
    known.refresh_from_db()
    assert known.void_reason == "二重の登録"
    assert known.number not in text(client.get(reverse("desk:decisions", args=[made.volume.pk])))
    assert client.get(address).status_code == 404


def test_よその報告書は読まれ台帳には入らない(made) -> None:
    client = desk(made.town.planner)
    before = (m.Volume.objects.count(), m.ProjectYear.objects.count())
    found = client.post(
        reverse("desk:strangers"), {"file": SimpleUploadedFile("盛岡.txt", EXAMPLE.read_bytes())}
    )
    assert found.status_code == 302
    words = text(client.get(found["Location"]))
    assert "成長分野拠点" in words
    assert "集計中" in words
    assert "目標のない指標 6件" in words
    assert "7行目 3列目" in words
    assert "文字目" not in words
    assert "テキスト 3.9" in words
    assert (m.Volume.objects.count(), m.ProjectYear.objects.count()) == before
    again = client.post(reverse("desk:strangers"), {"example": "1"})
    assert again["Location"] == found["Location"]


def test_読めないファイルは断り一覧に戻す(made) -> None:
    client = desk(made.town.planner)
    for data in (b"%PDF-1.4 broken", b""):
        found = client.post(reverse("desk:strangers"), {"file": SimpleUploadedFile("x.pdf", data)})
        assert found.status_code == 422
    assert client.post(reverse("desk:strangers"), {}).status_code == 422
    assert not m.Document.objects.exists()


# -- what the forms do ------------------------------------------------------------------------------------------------


def now_of(made: Book, role: str = "actual", year: int = 2021) -> int:
    found = m.Value.objects.filter(
        point__indicator=line(made).indicator,
        point__fiscal_year=year,
        role=role,
        until__isnull=True,
    ).first()
    return found.pk if found else 0


def test_実績値を登録し断りのときは打った文字が残る(made) -> None:
    client = desk(made.town.officer)
    address = reverse("desk:value_edit", args=[line(made).pk])
    for said, code in (("たくさん", "E102"), ("18社", "E605"), ("", "空欄です")):
        found = client.post(address, {"text": said, "seen": now_of(made)})
        assert found.status_code == 422
        assert code in text(found)
        if said:
            assert f'value="{said}"' in found.content.decode()
    assert client.post(address, {"text": "１９人", "seen": now_of(made)}).status_code == 302
    assert m.Value.objects.get(pk=now_of(made)).number == 19


def test_先に変わっていれば断りいまの値を見せて二度目は通る(made) -> None:
    client = desk(made.town.officer)
    address = reverse("desk:value_edit", args=[line(made).pk])
    seen = now_of(made)
    record_value(by=made.town.planner, line=line(made).pk, typed=Typed(text="25"), seen=None)
    found = client.post(address, {"text": "19", "seen": seen})
    assert found.status_code == 422
    assert "E402" in text(found)
    fresh = re.search(r'name="seen" value="(\d+)"', found.content.decode())[1]
    assert int(fresh) == now_of(made) != seen
    assert client.post(address, {"text": "19", "seen": fresh}).status_code == 302


def test_年度の欄も累計も宛先で選べる(made) -> None:
    client = desk(made.town.officer)
    address = reverse("desk:value_edit", args=[line(made).pk])
    assert client.post(address + "?year=2019", {"text": "4", "seen": 0}).status_code == 302
    assert (
        client.post(address + "?role=cumulative_actual", {"text": "40", "seen": 0}).status_code
        == 302
    )
    rows = m.Value.objects.filter(point__indicator=line(made).indicator, until__isnull=True)
    assert {(v.role, v.point.fiscal_year, v.number) for v in rows} >= {
        ("actual", 2019, 4), ("cumulative_actual", 2021, 40),
    }  # fmt: skip
    assert client.get(address + "?role=target").status_code == 404
    assert client.get(address + "?point=999999").status_code == 404


def test_経費の表を保存し読めない金額なら全部を断る(made) -> None:
    client = desk(made.town.officer)
    address = reverse("desk:money", args=[made.it.pk])
    page = client.get(address).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    first = m.Spending.objects.get(entry=made.it)
    rows = {
        "seen": seen, "form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 1,
        "form-0-spending": first.pk, "form-0-label": "業務委託", "form-0-amount": "10,010", "form-0-unit": "千円",
        "form-1-label": "負担金", "form-1-amount": "多め", "form-1-unit": "千円", "form-1-eligible": "no",
        "form-2-unit": "千円",
    }  # fmt: skip
    found = client.post(address, rows)
    assert found.status_code == 422
    assert 'value="多め"' in found.content.decode()
    assert m.Spending.objects.filter(voided__isnull=True).count() == 1
    assert client.post(address, rows | {"form-1-amount": "1,333"}).status_code == 302
    kept = m.Spending.objects.filter(voided__isnull=True).order_by("position")
    assert [(s.yen, s.eligible) for s in kept] == [(10_010_000, None), (1_333_000, False)]
    assert client.post(address, rows | {"form-1-amount": "5"}).status_code == 422


def test_事業の記載と構成団体と検証と評価を書く(made) -> None:
    client = desk(made.town.section_head)
    edit = reverse("desk:entry_edit", args=[made.it.pk])
    seen = re.search(r'name="seen" value="(\d+)"', client.get(edit).content.decode())[1]
    data = {
        "name": "成長分野の事業",
        "grant": "地方創生推進交付金",
        "period": "いつか",
        "activities": "一\n二",
        "seen": seen,
    }
    found = client.post(edit, data)
    assert (found.status_code, "E103" in text(found)) == (422, True)
    assert client.post(edit, data | {"period": "R3～R5年度"}).status_code == 302
    bodies = reverse("desk:members_edit", args=[made.it.pk])
    seen = re.search(r'name="seen" value="(\d+)"', client.get(bodies).content.decode())[1]
    rows = {
        "seen": seen,
        "form-TOTAL_FORMS": 2,
        "form-INITIAL_FORMS": 0,
        "form-0-code": "041009",
        "form-1-code": "032018",
        "form-1-lead": "on",
        "form-1-yen": "500,000",
    }
    assert client.post(bodies, rows | {"form-0-code": "041008"}).status_code == 422
    assert client.post(bodies, rows).status_code == 302
    words = text(client.get(reverse("desk:entry", args=[made.it.pk])))
    assert words.index("盛岡市") < words.index("仙台市")
    verify = reverse("desk:verification", args=[made.it.pk])
    assert (
        client.post(
            verify, {"obstacle": "感染症", "next_policy": "事業の継続", "seen": 1}
        ).status_code
        == 302
    )
    grade = reverse("desk:grade_edit", args=[made.it.pk])
    found = client.post(grade, {"level": "2", "reason": "", "seen": 2})
    assert (found.status_code, "E403" in text(found)) == (422, True)
    assert client.post(grade, {"level": "2", "reason": "外的な要因", "seen": 2}).status_code == 302
    words = text(client.get(reverse("desk:entry", args=[made.it.pk])))
    assert "地方創生に相当程度効果があった" in words
    assert "提案：地方創生に非常に効果的であった" in words


def test_年度を開き事業と指標を加える(made) -> None:
    client = desk(made.town.planner)
    found = client.post(reverse("desk:volume_new"), {"year": 2022, "title": "令和4年度の報告"})
    assert found.status_code == 302
    assert client.post(reverse("desk:volume_new"), {"year": 2022}).status_code == 422
    volume = m.Volume.objects.get(fiscal_year=2022)
    found = client.post(
        reverse("desk:entry_new", args=[volume.pk]),
        {"name": "新しい事業", "grant": "第2世代交付金", "departments": [made.town.it.pk]},
    )
    entry = m.ProjectYear.objects.get(volume=volume)
    assert (found.status_code, entry.scheme) == (302, "dai2sedai")
    found = client.post(
        reverse("desk:indicator_new", args=[entry.pk]),
        {"name": "会員企業数", "unit": "社", "adds_over_years": "no"},
    )
    made_line = m.Line.objects.get(entry=entry)
    assert found["Location"] == reverse("desk:indicator", args=[made_line.pk])
    assert made_line.definition.adds_over_years is False
    found = client.post(
        reverse("desk:attributes_edit", args=[made_line.pk]),
        {
            "name": "会員企業数",
            "unit": "社",
            "direction": "up",
            "owed_by": made.town.it.pk,
            "seen": f"{made_line.definition_id}.1",
        },
    )
    assert found.status_code == 302
    assert m.Definition.objects.get(pk=made_line.definition_id).direction == "up"


def test_指摘を了承し取り消す(made) -> None:
    rule, about = jumped(made)
    client = desk(made.town.section_head)
    address = reverse("desk:waive", args=[made.it.pk])
    data = {"rule": rule, "about": about}
    assert client.post(address, data).status_code == 422
    assert client.post(address, data | {"reason": "合併による"}).status_code == 302
    words = text(client.get(reverse("desk:entry", args=[made.it.pk])))
    assert "了承の理由：合併による（物作 課長）" in words
    row = m.Waiver.objects.get()
    assert (
        client.post(reverse("desk:unwaive", args=[row.pk]), {"reason": "取り違え"}).status_code
        == 302
    )
    assert client.get(address + "?rule=NO&about=x").status_code == 404


def test_公表した年度には加える道も期限も出さない(made) -> None:
    client, url = desk(made.town.planner), reverse("desk:volume", args=[made.volume.pk])
    ways = ("事業を加える", "公表の期限を書く")
    assert all(way in client.get(url).content.decode() for way in ways)
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage="published")
    assert not any(way in client.get(url).content.decode() for way in ways)
