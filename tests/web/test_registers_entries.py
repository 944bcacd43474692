"""登録を書く画面: added, corrected, taken out by forms that are made from the definition; nothing passes over somebody else's word."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from bookroom import BODY
from deskclient import client, text
from evidenceroom import entered, firm, made
from formfill import filled
from registerroom import Room, room, supporter
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.persons import erase
from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import catalogue
from sosei.evidence.queries.registers import history
from sosei.journal.clock import at
from sosei.journal.models import Entry as Line

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
LATER = JUNE + timedelta(minutes=5)


@pytest.fixture
def office():
    with at(JUNE):
        yield room()


def to(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def own(**said: str) -> dict[str, str]:
    """Fields of a register's own columns, as forms name them."""
    return {f"e-{name}": words for name, words in said.items()}


def record(register: em.Register, number: int):
    return history(BODY, register.pk, number)[0].record


# -- added ------------------------------------------------------------------------------------------------------------


def test_登録を追加すると番号が付きその登録の頁に進む(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_add", office.members.pk)
    form = desk.get(where)
    said = filled(form, "e-who", **own(who="南見本工業", first="R3.10.1", member_type="正会員"))
    done = desk.post(where, said)
    assert done["Location"] == to("register_entry", office.members.pk, 5)
    assert (record(office.members, 5).first, record(office.members, 5).values) == (
        date(2021, 10, 1),
        {"member_type": "正会員"},
    )
    assert Line.objects.latest("seq").verb == "register.enter"


def test_知っている団体は名称で同じ相手になり名称の候補も出る(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_add", office.hires.pk)
    form = desk.get(where)
    assert '<option value="北見本テック">' in form.content.decode()
    said = filled(
        form,
        "e-who",
        **own(who="㈱北見本テック", year="2021", headcount="4", local_school="いいえ"),
    )
    said["e-who"] = ["北見本テック"]
    assert desk.post(where, said).status_code == 302
    assert record(office.hires, 3).subject == office.firms[2]
    assert "4者中1者が未回答" in text(desk.get(to("registers")))


def test_単位が出て全角や単位つきの数も読める(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_add", office.hires.pk)
    form = desk.get(where)
    assert "就職者数（人）" in text(form)
    said = filled(
        form,
        "e-who",
        **own(who="北見本テック", year="2021", headcount="１２人", local_school="はい"),
    )
    assert desk.post(where, said).status_code == 302
    assert record(office.hires, 3).values == {"headcount": Decimal(12), "local_school": True}


def test_間違いは一度に欄ごとに出て打ち込んだものは残る(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_add", office.hires.pk)
    wrong = desk.post(
        where, own(who="", number="123", year="", headcount="たくさん", local_school="")
    )
    assert wrong.status_code == 422
    said = text(wrong)
    assert "「たくさん」を数として読めません" in said
    assert "13桁の数字で書いてください" in said
    assert "必須" in said
    assert 'value="たくさん"' in wrong.content.decode()
    assert em.Entry.objects.filter(register=office.hires).count() == 2


def test_続けて追加すると次の入力欄が出る(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_add", office.members.pk)
    said = filled(desk.get(where), "e-who", **own(who="甲社"), do="more")
    done = desk.post(where, said, follow=True)
    assert done.redirect_chain[-1][0] == where
    assert "登録5番として登録しました" in text(done)
    assert filled(done, "e-who")["e-who"] == [""]


def test_どの種類の台帳にも入力欄ができる(office: Room) -> None:
    desk = client(office.town.planner)
    for key, kind in catalogue().items():
        register = made(office.town, key) if key not in ("members", "hires") else office.kept(key)
        form = desk.get(to("register_add", register.pk))
        assert form.status_code == 200, key
        for field in kind.fields.values():
            assert field.ja in text(form), (key, field.key)


def test_欄は定義の順に並ぶ(office: Room) -> None:
    register = made(office.town, "registrants")
    said = text(client(office.town.planner).get(to("register_add", register.pk)))
    order = [field.ja for field in catalogue()["registrants"].fields.values()]
    assert sorted(order, key=said.index) == order


def test_個人は氏名と連絡先を利用目的を見ながら書き画面にも証跡にも残らない(office: Room) -> None:
    people = made(office.town, "registrants")
    desk, where = client(office.town.officer), to("register_add", people.pk)
    form = desk.get(where)
    assert "市の情報を届け" in text(form)
    said = filled(
        form,
        "e-name",
        **own(name="山田花子", mail="hanako@example.jp", first="2022-05-01", age_band="30代"),
    )
    done = desk.post(where, said, follow=True)
    assert "登録1番として登録しました" in text(done)
    assert "山田" not in text(done)
    assert "山田" not in str(list(Line.objects.values()))
    assert em.Contact.objects.count() == 1


def test_個人番号は断り打ち込んだ番号も繰り返さない(office: Room) -> None:
    people = made(office.town, "registrants")
    wrong = client(office.town.officer).post(
        to("register_add", people.pk),
        own(name="山田花子", first="2022-05-01", address="123456789018"),
    )
    assert wrong.status_code == 422
    assert "E721" in text(wrong)
    assert "123456789018" not in wrong.content.decode()
    assert 'value="山田花子"' in wrong.content.decode()
    assert not em.Entry.objects.filter(register=people).exists()


def test_同じ相手の同じ年度の回答は二重でないか確かめてから登録する(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_add", office.hires.pk)
    said = filled(
        desk.get(where),
        "e-who",
        **own(who="見本精機", year="2021", headcount="5", local_school="はい"),
    )
    asked = desk.post(where, said)
    assert asked.status_code == 422
    assert "もう登録されているかもしれません" in text(asked)
    assert to("register_entry", office.hires.pk, 2) in asked.content.decode()
    assert em.Entry.objects.filter(register=office.hires).count() == 2
    done = desk.post(where, filled(asked, "e-who", sure="on"))
    assert done.status_code == 302
    assert desk.post(where, said | own(year="2020")).status_code == 302


def test_退会した会社の再入会は二重とはみない(office: Room) -> None:
    entered(
        office.town,
        office.members,
        [Draft(who=firm("やめた社"), first=date(2018, 4, 1), last=date(2019, 3, 31))],
    )
    desk, where = client(office.town.officer), to("register_add", office.members.pk)
    said = filled(desk.get(where), "e-who", **own(who="やめた社", first="2022-04-01"))
    assert desk.post(where, said).status_code == 302
    assert desk.post(where, said).status_code == 422


def test_統計は同じ期間と場所と区分だけを二重とみる(office: Room) -> None:
    nights = made(office.town, "guest_nights")
    desk, where = client(office.town.officer), to("register_add", nights.pk)
    said = filled(
        desk.get(where),
        "e-first",
        **own(first="2021-05", quantity="100", place="盛岡市", state="速報"),
    )
    assert desk.post(where, said).status_code == 302
    assert "もう登録されている" in text(desk.post(where, said))
    assert desk.post(where, said | own(place="滝沢市")).status_code == 302


def test_締めた期間には登録できず打ち込んだものは残る(office: Room) -> None:
    close_register(by=office.town.planner, register=office.members.pk, until=date(2022, 3, 31))
    desk, where = client(office.town.officer), to("register_add", office.members.pk)
    wrong = desk.post(
        where, filled(desk.get(where), "e-who", **own(who="甲社", first="2021-05-01"))
    )
    assert wrong.status_code == 422
    assert "E743" in text(wrong)
    assert 'value="甲社"' in wrong.content.decode()
    assert desk.post(where, filled(wrong, "e-who", **own(first="2022-04-01"))).status_code == 302


@pytest.mark.parametrize("name", ["register_add", "register_correct", "register_out"])
def test_書けるのは担当課と企画課の人だけ(office: Room, name: str) -> None:
    args = [office.members.pk] if name == "register_add" else [office.members.pk, 1]
    for who, status in (
        ("other", 403),
        ("auditor", 403),
        ("admin", 403),
        ("officer", 200),
        ("planner", 200),
    ):
        assert client(getattr(office.town, who)).get(to(name, *args)).status_code == status, who


def test_入力欄の問合せは二十五まで(office: Room, django_assert_max_num_queries) -> None:
    events = made(office.town, "events")
    desk = client(office.town.officer)
    for where in (to("register_add", events.pk), to("register_correct", office.members.pk, 1)):
        desk.get(where)
        with django_assert_max_num_queries(25):
            assert desk.get(where).status_code == 200


# -- corrected --------------------------------------------------------------------------------------------------------


def test_訂正は理由とともに残り相手は変わらない(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_correct", office.members.pk, 3)
    form = desk.get(where)
    before = record(office.members, 3)
    assert desk.post(where, filled(form, "reason", **own(member_type="正会員"))).status_code == 422
    done = desk.post(
        where, filled(form, "reason", **own(member_type="正会員"), reason="種別の誤り"), follow=True
    )
    assert "種別の誤り" in text(done)
    now = record(office.members, 3)
    assert (now.values, now.first, now.subject) == (
        {"member_type": "正会員"},
        before.first,
        before.subject,
    )


def test_何も直さず保存しても何も書かれない(office: Room) -> None:
    t = office.town
    cases, nights, people = made(t, "subsidies"), made(t, "guest_nights"), made(t, "registrants")
    entered(t, cases, [Draft(who=firm("甲"), reached=(date(2021, 4, 5), None, date(2021, 9, 1)), values={"title": "設備", "decided": Decimal(1_500_000)})])  # fmt: skip
    entered(t, nights, [Draft(first=date(2021, 5, 1), last=date(2021, 5, 31), values={"quantity": Decimal("12.5"), "place": "盛岡市", "state": "速報"})])  # fmt: skip
    entered(t, people, [supporter("山田花子", "hanako@example.jp", age_band="30代")])
    attendance = made(t, "attendance")
    entered(t, attendance, [Draft(first=date(2021, 10, 2), size=25, values={"event": "学習会"})])
    desk = client(t.planner)
    for register in (office.members, office.hires, cases, nights, people, attendance):
        where = to("register_correct", register.pk, 1)
        lines = Line.objects.count()
        done = desk.post(where, filled(desk.get(where), "reason", reason="見直した"), follow=True)
        assert "何も変えませんでした" in text(done), (register.key, text(done))
        assert Line.objects.count() == lines, register.key


def test_団体を取り違えたときは相手を直せる(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_correct", office.hires.pk, 1)
    done = desk.post(
        where, filled(desk.get(where), "reason", **own(who="見本信用金庫"), reason="企業の取り違え")
    )
    assert done.status_code == 302
    assert record(office.hires, 1).subject == office.firms[3]
    assert "見本鋳造株式会社 → 見本信用金庫" in text(
        desk.get(to("register_entry", office.hires.pk, 1))
    )


def test_個人の登録を直しても氏名は消えず欄にも出ない(office: Room) -> None:
    people = made(office.town, "registrants")
    entered(office.town, people, [supporter("山田花子", "hanako@example.jp", age_band="30代")])
    desk, where = client(office.town.officer), to("register_correct", people.pk, 1)
    form = desk.get(where)
    assert "e-name" not in form.content.decode()
    before, sealed = record(people, 1).subject, em.Contact.objects.get().sealed
    assert (
        desk.post(
            where, filled(form, "reason", **own(age_band="40代"), reason="誕生日")
        ).status_code
        == 302
    )
    assert (record(people, 1).subject, em.Contact.objects.get().sealed) == (before, sealed)


def test_ほかの人が先に直していたら今の内容を見せてから決めてもらう(office: Room) -> None:
    where = to("register_correct", office.members.pk, 3)
    mine, other = client(office.town.officer), client(office.town.planner)
    opened = mine.get(where)
    begun = filled(opened, "reason", **own(member_type="正会員"), reason="甲の理由")
    with at(LATER):
        other.post(
            where, filled(other.get(where), "reason", **own(first="2021-06-01"), reason="乙の理由")
        )
        refused = mine.post(where, begun)
    assert refused.status_code == 422
    said = text(refused)
    assert "E402" in said
    assert "企画 花子さんが" in said
    assert "いまの内容 2021-06-01" in said
    again = mine.post(where, filled(refused, "reason"))
    assert again.status_code == 302
    now = record(office.members, 3)
    assert (now.first, now.values["member_type"]) == (date(2021, 4, 1), "正会員")


def test_締めた期間の訂正は断られ書き間違いの後も先の人の記載を消さない(office: Room) -> None:
    where = to("register_correct", office.members.pk, 1)
    desk, other = client(office.town.officer), client(office.town.planner)
    begun = filled(desk.get(where), "reason", **own(first="来週"), reason="誤り")
    with at(LATER):
        other.post(
            where, filled(other.get(where), "reason", **own(member_type="賛助会員"), reason="乙")
        )
        slipped = desk.post(where, begun)
        assert slipped.status_code == 422
        assert "E402" not in text(slipped)
        mended = desk.post(where, filled(slipped, "reason", **own(first="2019-05-01")))
        assert "E402" in text(mended)
    close_register(by=office.town.planner, register=office.members.pk, until=date(2022, 3, 31))
    closed = desk.post(
        where, filled(desk.get(where), "reason", **own(first="2018-04-01"), reason="誤り")
    )
    assert "E743" in text(closed)


# -- taken out --------------------------------------------------------------------------------------------------------


def test_抹消は理由が要り数えから外れる(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_out", office.members.pk, 4)
    form = desk.get(where)
    assert "見本信用金庫" in text(form)
    assert desk.post(where, filled(form, "reason")).status_code == 422
    done = desk.post(where, filled(form, "reason", reason="会員ではなかった"), follow=True)
    assert "この登録は抹消されています" in text(done)
    assert "会員名簿 名簿 ものづくり推進課 3件" in text(desk.get(to("registers")))
    assert desk.get(where).status_code == 404


def test_開いている間に直された登録は見直してから抹消する(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_out", office.members.pk, 3)
    sent = filled(desk.get(where), "reason", reason="二重")
    with at(LATER):
        other, correcting = (
            client(office.town.planner),
            to("register_correct", office.members.pk, 3),
        )
        other.post(
            correcting,
            filled(other.get(correcting), "reason", **own(member_type="正会員"), reason="乙"),
        )
        refused = desk.post(where, sent)
        assert "E402" in text(refused)
        assert desk.post(where, filled(refused, "reason")).status_code == 302
    assert history(BODY, office.members.pk, 3)[0].gone


# -- whose name it is -------------------------------------------------------------------------------------------------


def test_氏名と連絡先は見たことを証跡に残して見る(office: Room) -> None:
    people = made(office.town, "registrants")
    entered(office.town, people, [supporter("山田花子", "hanako@example.jp", age_band="30代")])
    desk, where = client(office.town.officer), to("register_entry", people.pk, 1)
    assert "氏名と連絡先を見る" in text(desk.get(where))
    lines = Line.objects.count()
    said = text(desk.post(to("register_contact", people.pk, 1)))
    assert "山田花子" in said
    assert "hanako@example.jp" in said
    assert Line.objects.count() == lines + 1
    assert "山田" not in text(desk.get(where))


def test_氏名を見られない人には釦もない(office: Room) -> None:
    people = made(office.town, "registrants")
    entered(office.town, people, [supporter("山田花子", "hanako@example.jp")])
    for who in ("other", "auditor"):
        desk = client(getattr(office.town, who))
        assert "氏名と連絡先を見る" not in text(desk.get(to("register_entry", people.pk, 1)))
        assert desk.post(to("register_contact", people.pk, 1)).status_code == 403


def test_消去した人の氏名と連絡先は見ることを勧めない(office: Room) -> None:
    people = made(office.town, "registrants")
    entered(office.town, people, [supporter("笹森 珠緒", "t@example.jp")])
    desk, where = client(office.town.section_head), to("register_entry", people.pk, 1)
    assert "氏名と連絡先を見る" in text(desk.get(where))
    whose = em.Subject.objects.get(kind="person").pk
    erase(by=office.town.section_head, subject=whose, reason="申出")
    said = text(desk.get(where))
    assert "氏名と連絡先を見る" not in said
    assert "氏名と連絡先は消去されています" in said
