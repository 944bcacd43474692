"""根拠台帳の画面: the list, the catalogue, a register made from it, its table of entries, one entry with its past."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from bookroom import BODY
from deskclient import client, text
from evidenceroom import entered, firm, made, member
from formfill import filled
from registerroom import FIRMS, Room, answer, room, supporter
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.entries import correct, take_out
from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import catalogue
from sosei.evidence.queries.registers import history
from sosei.journal.clock import at

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def office():
    with at(JUNE):
        yield room()


def page(office: Room, name: str, *args: object, who: str = "planner", **query: str):
    return client(getattr(office.town, who)).get(reverse(f"desk:{name}", args=args), query)


# -- the list ---------------------------------------------------------------------------------------------------------


def test_一覧に種類と担当課と件数と締めと未回答が出る(office: Room) -> None:
    close_register(by=office.town.section_head, register=office.members.pk, until=date(2022, 3, 31))
    said = text(page(office, "registers"))
    assert "会員名簿 名簿 ものづくり推進課 4件 令和4年3月31日まで －" in said
    assert (
        "就職者調査 調査 ものづくり推進課 2件 まだ締めていません 令和3年度 4者中2者が未回答" in said
    )


def test_自分の課の台帳が先に出る(office: Room) -> None:
    made(office.town, "festivals", office.town.tourism)
    said = text(page(office, "registers", who="other"))
    mine, others = said.index("あなたの課の台帳"), said.index("ほかの課の台帳")
    assert mine < said.index("夏祭り入込調査") < others < said.index("会員名簿")


def test_一覧は台帳がいくつあっても問合せが増えない(
    office: Room, django_assert_max_num_queries
) -> None:
    desk, where = client(office.town.planner), reverse("desk:registers")
    desk.get(where)
    for key in ("events", "media", "visits", "needs", "seeds", "overseas_sales", "subsidies"):
        made(office.town, key)
    with django_assert_max_num_queries(25):
        assert desk.get(where).status_code == 200


def test_道は見られる人にだけある(office: Room) -> None:
    assert 'href="/registers/"' in page(office, "home").content.decode()
    assert 'href="/registers/"' not in page(office, "home", who="expert").content.decode()
    assert page(office, "registers", who="expert").status_code == 403


def test_監査の人は見るだけ(office: Room) -> None:
    assert "台帳を作る" not in text(page(office, "registers", who="auditor"))
    said = page(office, "register", office.members.pk, who="auditor").content.decode()
    assert FIRMS[0] in said
    assert "登録を追加" not in said


# -- made from the catalogue ------------------------------------------------------------------------------------------


def test_見本から選ぶ画面にはどの種類も一行の説明つきで並ぶ(office: Room) -> None:
    said = page(office, "register_choose").content.decode()
    for key, kind in catalogue().items():
        assert reverse("desk:register_take", args=[key]) in said
        assert kind.ja in said
    assert "作成済み" in said


def test_見本から作ると列を見てから作れて台帳の画面に進む(office: Room) -> None:
    desk, where = client(office.town.officer), reverse("desk:register_take", args=["events"])
    shown = desk.get(where)
    assert "催しの記録" in text(shown)
    assert "セミナー、学習会" in text(shown)
    done = desk.post(where, filled(shown, "name"))
    assert done.status_code == 302
    found = em.Register.objects.get(key="events")
    assert done["Location"] == reverse("desk:register", args=[found.pk])
    assert (found.department, found.keep_years) == (office.town.it, None)


def test_同じ種類をもう一つ作ると記号は自動で変わる(office: Room) -> None:
    desk, where = client(office.town.planner), reverse("desk:register_take", args=["members"])
    said = filled(
        desk.get(where), "name", name="観光協議会の会員", department=str(office.town.tourism.pk)
    )
    assert desk.post(where, said).status_code == 302
    found = em.Register.objects.get(key="members_2")
    assert (found.called(), found.definition["en"]) == ("観光協議会の会員", "観光協議会の会員")
    assert "観光協議会の会員（観光課）" in text(page(office, "register_choose"))


def test_個人の台帳は利用目的と保存年数を書いて作る(office: Room) -> None:
    desk, where = client(office.town.officer), reverse("desk:register_take", args=["registrants"])
    form = desk.get(where)
    wrong = desk.post(where, filled(form, "name", purpose="", keep_years="永年"))
    assert wrong.status_code == 422
    assert text(wrong).count("利用目的") >= 2
    assert "1から99までの年数" in text(wrong)
    done = desk.post(where, filled(form, "name", purpose="案内を送るため", keep_years="５年"))
    assert done.status_code == 302
    found = em.Register.objects.get(key="registrants")
    assert (found.keep_years, found.definition["purpose"]) == (5, "案内を送るため")


def test_調査は尋ねる相手の名簿を選んで作る(office: Room) -> None:
    made(office.town, "platform")
    desk, where = (
        client(office.town.officer),
        reverse("desk:register_take", args=["overseas_sales"]),
    )
    form = desk.get(where)
    assert "プラットフォーム参加企業名簿" in text(form)
    assert desk.post(where, filled(form, "name", asks="platform")).status_code == 302
    assert em.Register.objects.get(key="overseas_sales").definition["asks"] == "platform"


def test_名簿がまだなくても調査は作れる(office: Room) -> None:
    em.Register.objects.filter(key="members").update(key="others")
    form = page(office, "register_take", "hires", who="officer")
    assert "会員名簿（これから作る）" in text(form)


def test_担当者は自分の課の台帳だけを作れる(office: Room) -> None:
    desk, where = client(office.town.officer), reverse("desk:register_take", args=["events"])
    form = desk.get(where)
    assert "観光課" not in text(form).split("担当課")[1].split("この課")[0]
    sent = filled(form, "name", department=str(office.town.tourism.pk))
    assert desk.post(where, sent).status_code == 422
    assert not em.Register.objects.filter(key="events").exists()


def test_ない種類の見本は404(office: Room) -> None:
    assert page(office, "register_take", "no_such").status_code == 404


# -- the table --------------------------------------------------------------------------------------------------------


def numbers(response) -> list[int]:
    """The entries on a page, in their order."""
    return [int(n) for n in re.findall(r'/entries/(\d+)/"', response.content.decode())]


def test_登録の表は宣言した列で並び見出しで並べ替えられる(office: Room) -> None:
    shown = page(office, "register", office.members.pk)
    assert "会員の種別" in text(shown)
    assert numbers(shown) == [4, 3, 2, 1]
    up = page(office, "register", office.members.pk, sort="first")
    assert numbers(up) == [1, 2, 3, 4]
    assert 'aria-sort="ascending"' in up.content.decode()
    assert "?sort=-first" in up.content.decode()


def test_二文字の言葉でも探せる(office: Room) -> None:
    assert numbers(page(office, "register", office.members.pk, q="鋳造")) == [1]
    assert numbers(page(office, "register", office.members.pk, q="賛助")) == [3]
    none = page(office, "register", office.members.pk, q="移住")
    assert "当てはまる登録はありません" in text(none)


def test_日と選択肢とある日の会員で絞れる(office: Room) -> None:
    pk = office.members.pk
    assert numbers(page(office, "register", pk, first="R2.4.1", last="2021/4/1")) == [3, 2]
    assert numbers(page(office, "register", pk, **{"f-member_type": "正会員"})) == [2, 1]
    assert numbers(page(office, "register", pk, on="2020-04-01")) == [2, 1]
    entered(
        office.town, office.members, [member("やめた会社", date(2018, 4, 1), date(2019, 3, 31))]
    )
    assert numbers(page(office, "register", pk, on="2020-04-01")) == [2, 1]
    assert 5 in numbers(page(office, "register", pk, on="2019-03-31"))


def test_読めない日は欄で言い他の条件では絞る(office: Room) -> None:
    shown = page(office, "register", office.members.pk, first="来週", q="鋳造")
    assert shown.status_code == 200
    assert "日付として読み取れません" in text(shown)
    assert numbers(shown) == [1]


def test_段階まで至ったものを日で絞れる(office: Room) -> None:
    cases = made(office.town, "subsidies")
    entered(office.town, cases, [
        Draft(who=firm("甲社"), reached=(date(2021, 4, 5), date(2021, 5, 1)), values={"title": "設備"}),
        Draft(who=firm("乙社"), reached=(date(2021, 6, 5),), values={"title": "研修"}),
    ])  # fmt: skip
    assert numbers(page(office, "register", cases.pk, stage="交付決定")) == [1]
    assert numbers(page(office, "register", cases.pk, stage="申請", first="2021-06-01")) == [2]
    assert "交付決定（令和3年5月1日）" in text(page(office, "register", cases.pk))


def test_調査は対象年度で絞れる(office: Room) -> None:
    entered(office.town, office.hires, [answer("見本精機", 9, 2020)])
    assert numbers(page(office, "register", office.hires.pk, year="2020")) == [3]
    assert "9人" in text(page(office, "register", office.hires.pk, year="2020"))


def test_相手で絞ると相手の名が出る(office: Room) -> None:
    shown = page(office, "register", office.members.pk, subject=str(office.firms[1]))
    assert "「見本精機」の登録だけ" in text(shown)
    assert numbers(shown) == [2]


def test_五十件ずつの頁で次の頁へ進める(office: Room, django_assert_max_num_queries) -> None:
    visits = made(office.town, "events")
    entered(office.town, visits, [
        Draft(first=date(2021, 4, 1 + n % 28), values={"title": f"催し{n}", "kind": "セミナー", "place": "盛岡市"}) for n in range(120)
    ])  # fmt: skip
    desk, seen, where = client(office.town.planner), [], reverse("desk:register", args=[visits.pk])
    desk.get(where)
    asked = "?sort=place"
    while asked:
        with django_assert_max_num_queries(25):
            shown = desk.get(where + asked)
        seen += numbers(shown)
        more = re.search(r'rel="next" href="([^"]+)"', shown.content.decode())
        asked = more[1].replace("&amp;", "&") if more else ""
    assert sorted(seen) == list(range(1, 121))
    assert len(seen) == 120
    assert "最初の頁へ" in text(shown)


def test_長い文は切って全文は登録の頁に出す(office: Room) -> None:
    events, long = made(office.town, "events"), "とても長い題名" * 12
    entered(
        office.town,
        events,
        [Draft(first=date(2021, 4, 1), values={"title": long, "kind": "セミナー"})],
    )
    assert long not in text(page(office, "register", events.pk))
    assert long in text(page(office, "register_entry", events.pk, 1))


def test_個人の名は表に出ない(office: Room) -> None:
    people = made(office.town, "registrants")
    entered(office.town, people, [supporter("山田花子", "hanako@example.jp", age_band="30代")])
    for shown in (
        page(office, "register", people.pk),
        page(office, "register_entry", people.pk, 1),
    ):
        assert "山田" not in text(shown)
        assert "hanako" not in text(shown)
        assert "個人 " in text(shown)


def test_秘密の台帳は担当課の人だけが一件ずつ見る(office: Room) -> None:
    sales = made(office.town, "overseas_sales")
    entered(office.town, sales, [Draft(who=firm(FIRMS[0]), year=2021, values={})])
    for who in ("other", "auditor"):
        shown = page(office, "register", sales.pk, who=who)
        assert "担当課（ものづくり推進課）の人だけが見ます" in text(shown)
        assert FIRMS[0] not in text(shown)
        assert page(office, "register_entry", sales.pk, 1, who=who).status_code == 403
    assert FIRMS[0] in text(page(office, "register", sales.pk, who="officer"))


def test_ほかの団体や廃止した台帳は404(office: Room) -> None:
    assert page(office, "register", 999999).status_code == 404
    assert page(office, "register_entry", office.members.pk, 99).status_code == 404


# -- one entry --------------------------------------------------------------------------------------------------------


def test_登録の頁にはすべての経緯がだれがいつなぜと出る(office: Room) -> None:
    t, pk = office.town, office.members.pk
    first = history(BODY, pk, 3)[0]
    draft = Draft(
        subject=first.record.subject, first=date(2021, 4, 1), values={"member_type": "正会員"}
    )
    correct(
        by=t.officer, register=pk, number=3, draft=draft, seen=first.content, reason="種別の誤り"
    )
    said = text(page(office, "register_entry", pk, 3))
    assert "賛助会員 → 正会員" in said
    assert "種別の誤り" in said
    assert "物作 太郎" in said
    assert "企画 花子" in said
    take_out(
        by=t.officer,
        register=pk,
        number=3,
        seen=history(BODY, pk, 3)[0].content,
        reason="二重の登録",
    )
    gone = text(page(office, "register_entry", pk, 3))
    assert "この登録は抹消されています" in gone
    assert "二重の登録" in gone
    assert "訂正する" not in gone


def test_英語でも台帳の画面が出る(office: Room) -> None:
    desk = client(office.town.planner)
    desk.post("/language/", {"language": "en"})
    said = text(desk.get(reverse("desk:register", args=[office.hires.pk])))
    assert "Hires of graduates" in said
    assert "2 of 4 silent" in said
    said = text(desk.get(reverse("desk:register_choose")))
    left = said.replace("日本語", "").replace("ものづくり推進課", "")
    assert re.search("[ぁ-ん]", left) is None
