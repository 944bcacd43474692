"""台帳の定義の画面: a register drawn without code, its columns added, moved, taken away by buttons; changed as far as entries let it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bookroom import BODY
from deskclient import client, text
from evidenceroom import defined, entered, made, member
from formfill import filled
from registerroom import Room, room, supporter
from sosei.evidence import models as em
from sosei.evidence.kinds import catalogue
from sosei.evidence.queries.registers import register as shown_of
from sosei.journal.clock import at
from sosei.journal.models import Entry as Line

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 15, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
BLANK = "/registers/new/blank/"


@pytest.fixture
def office():
    with at(JUNE):
        yield room()


def to(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def row(n: int, **said: str) -> dict[str, str]:
    """Fields of a row of the form."""
    return {f"c-{n}-{name}": words for name, words in said.items()}


def labels(response) -> list[str]:
    """The names of the columns in a form, in their order."""
    sent = filled(response, "ja")
    return [sent[f"c-{n}-ja"][0] for n in range(int(sent["c-TOTAL_FORMS"][0]))]


SEMINAR = {
    "ja": "出前講座の記録",
    "kind": "log",
    "subject": "none",
    "about": "学校で開いた出前講座",
}


# -- drawn ------------------------------------------------------------------------------------------------------------


def test_何もないところから台帳を作れて記号はだれも考えない(office: Room) -> None:
    desk = client(office.town.officer)
    said = filled(desk.get(BLANK), "ja", **SEMINAR) | row(0, ja="学校", type="place", required="on") | row(
        1, ja="学年", type="choice", choices="一年\r\n二年\r\n"
    ) | row(2, ja="受講者", type="number", unit="人")  # fmt: skip
    done = desk.post(BLANK, said)
    assert done.status_code == 302, text(done)
    register = em.Register.objects.get(key="register")
    kind = shown_of(BODY, register.pk).kind
    assert [(key, one.ja, one.en, one.type) for key, one in kind.fields.items()] == [
        ("field1", "学校", "学校", "place"), ("field2", "学年", "学年", "choice"), ("field3", "受講者", "受講者", "number"),
    ]  # fmt: skip
    assert (kind.en, kind.about["ja"], kind.fields["field2"].choices) == (
        "出前講座の記録",
        "学校で開いた出前講座",
        ("一年", "二年"),
    )
    assert (register.department, kind.fields["field1"].required) == (office.town.it, True)


def test_間違いは一度に欄ごとに言い打ち込んだものは残る(office: Room) -> None:
    desk = client(office.town.officer)
    said = filled(desk.get(BLANK), "ja", ja="", kind="case", subject="person", keep_years="ずっと") | row(
        0, ja="", type="number", unit="人"
    ) | row(1, ja="区分", type="choice") | row(2, ja="区分", type="text", unit="件")  # fmt: skip
    wrong = desk.post(BLANK, said)
    assert wrong.status_code == 422
    words = text(wrong)
    for sentence in (
        "台帳の名前 ：", "段階を、一行に一つずつ", "利用目的を書いてください", "1から99までの年数", "名前を書いてください。",
        "選択肢を、一行に一つずつ", "単位を書けるのは", "同じ名前の列が二つあります",
    ):  # fmt: skip
        assert sentence in words, sentence
    assert "field1" not in words.replace("id_", "")
    assert labels(wrong) == ["", "区分", "区分"]
    assert em.Register.objects.count() == 2


def test_列は釦で足し並べ替え除ける(office: Room) -> None:
    desk = client(office.town.officer)
    said = (
        filled(desk.get(BLANK), "ja", **SEMINAR)
        | row(0, ja="甲")
        | row(1, ja="乙")
        | row(2, ja="丙")
    )
    page = desk.post(BLANK, said | {"row": "add"})
    assert page.status_code == 200
    assert labels(page) == ["甲", "乙", "丙", ""]
    page = desk.post(BLANK, filled(page, "ja") | {"row": "up-2"})
    page = desk.post(BLANK, filled(page, "ja") | {"row": "remove-0"})
    assert labels(page) == ["丙", "乙", ""]
    page = desk.post(BLANK, filled(page, "ja") | {"row": "down-0"})
    assert labels(page) == ["乙", "丙", ""]
    assert filled(page, "ja")["about"] == ["学校で開いた出前講座"]
    assert filled(page, "ja")["kind"] == ["log"]
    assert em.Register.objects.count() == 2
    assert desk.post(BLANK, filled(page, "ja")).status_code == 302
    kind = shown_of(BODY, em.Register.objects.get(key="register").pk).kind
    assert [one.ja for one in kind.fields.values()] == ["乙", "丙"]


def test_見本の列を変えてから作れる(office: Room) -> None:
    desk = client(office.town.officer)
    where = f"{BLANK}?from=events"
    page = desk.get(where)
    assert labels(page) == [one.ja for one in catalogue()["events"].fields.values()]
    done = desk.post(where, filled(page, "ja", ja="市民講座の記録") | row(1, ja="講座の種類"))
    assert done.status_code == 302
    kind = shown_of(BODY, em.Register.objects.get(key="events").pk).kind
    assert (kind.ja, list(kind.fields)) == ("市民講座の記録", list(catalogue()["events"].fields))
    assert kind.fields["kind"].ja == "講座の種類"


def test_表の見出しから案を作り直してから台帳を作れる(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_from_sheet")
    data = (
        "企業名,入会日,退会日,会員の種別\n甲社,2021/4/1,,正会員\n乙社,2021/5/1,,正会員\n".encode()
    )
    page = desk.post(where, {"file": SimpleUploadedFile("会員.csv", data)})
    assert page.status_code == 200, text(page)
    assert labels(page) == ["会員の種別"]
    assert filled(page, "ja")["kind"] == ["roster"]
    assert "除いた列：企業名、入会日、退会日" in text(page)
    assert not em.Register.objects.filter(key="register").exists()
    assert f'action="{BLANK}"' in page.content.decode()
    done = desk.post(BLANK, filled(page, "ja", ja="協議会の会員", subject="organisation"))
    assert done.status_code == 302
    kind = shown_of(BODY, em.Register.objects.get(key="register").pk).kind
    assert (kind.ja, kind.kind, kind.fields["field1"].ja) == (
        "協議会の会員",
        "roster",
        "会員の種別",
    )


def test_読めない表は断りファイルがなければ言う(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_from_sheet")
    assert "E407" in text(desk.post(where, {}))
    wrong = desk.post(where, {"file": SimpleUploadedFile("数.csv", b"1,2\n3,4\n")})
    assert wrong.status_code == 422
    assert "E769" in text(wrong)


def test_作れるのは台帳を作れる人だけ(office: Room) -> None:
    for who, status in (
        ("officer", 200),
        ("section_head", 200),
        ("auditor", 403),
        ("expert", 403),
        ("admin", 403),
    ):
        assert client(getattr(office.town, who)).get(BLANK).status_code == status, who


# -- shown and changed ------------------------------------------------------------------------------------------------


def test_定義の画面に列と担当課と経緯が出て記号は詳細にある(office: Room) -> None:
    said = client(office.town.auditor).get(to("register_definition", office.members.pk))
    words = text(said)
    assert "会員の種別" in words
    assert "団体名" in words
    assert "正会員、賛助会員、特別会員" in words
    assert "企画 花子" in words
    assert "変更する" not in words
    assert "member_type" in words.split("詳細（記号）")[1]


def change(office: Room, register: em.Register, who: str = "officer", **typed):
    desk, where = client(getattr(office.town, who)), to("register_change", register.pk)
    return desk.post(where, filled(desk.get(where), "ja", **typed))


def test_開いて理由だけ書いて保存しても定義は変わらない(office: Room) -> None:
    for key in (
        "members",
        "hires",
        "registrants",
        "subsidies",
        "attendance",
        "guest_nights",
        "overseas_sales",
    ):
        register = office.kept(key) if key in ("members", "hires") else made(office.town, key)
        before = shown_of(BODY, register.pk).kind
        lines = Line.objects.count()
        assert change(office, register, reason="見直した").status_code == 302, key
        assert shown_of(BODY, register.pk).kind == before, key
        assert Line.objects.count() == lines, key


def test_列を足し名前を変えられ理由が残る(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_change", office.members.pk)
    page = desk.post(where, filled(desk.get(where), "ja") | {"row": "add"})
    n = len(labels(page)) - 1
    said = (
        filled(page, "ja", reason="業種も数えるため")
        | row(n, ja="業種", type="text")
        | row(0, ja="種別")
    )
    assert desk.post(where, said | {"reason": ""}).status_code == 422
    assert desk.post(where, said).status_code == 302
    kind = shown_of(BODY, office.members.pk).kind
    assert kind.fields["member_type"].ja == "種別"
    assert kind.fields["field1"].ja == "業種"
    assert "変更（第2版）" in text(desk.get(to("register_definition", office.members.pk)))


def test_登録のある台帳の種類と使われている列は変えられずわけが分かる(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_change", office.members.pk)
    page = desk.get(where)
    assert 'name="kind"' not in page.content.decode()
    assert "登録があるので、種類と、だれについて登録するかは変えられません" in text(page)
    assert "登録が使っています" in text(page)
    refused = desk.post(
        where, filled(page, "ja", reason="型の変更") | row(0, type="text", choices="")
    )
    assert refused.status_code == 422
    assert "E742" in text(refused)
    without = desk.post(where, filled(page, "ja") | {"row": "remove-0"})
    gone = desk.post(where, filled(without, "ja", reason="列を除く"))
    assert "E742" in text(gone)
    assert shown_of(BODY, office.members.pk).kind.fields["member_type"].type == "choice"


def test_数え方に要る列は除けずどの数え方かが分かる(office: Room) -> None:
    t = office.town
    events = made(t, "events")
    defined(t, "seminars", 'count of events where kind = "セミナー" during fiscal unit "回"')
    desk, where = client(t.officer), to("register_change", events.pk)
    at_kind = list(catalogue()["events"].fields).index("kind")
    page = desk.post(where, filled(desk.get(where), "ja") | {"row": f"remove-{at_kind}"})
    refused = desk.post(where, filled(page, "ja", reason="要らない"))
    assert refused.status_code == 422
    assert "E748" in text(refused)
    assert "seminars" in text(refused)


def test_ほかの人が先に変えていたら今の内容を見せる(office: Room) -> None:
    where = to("register_change", office.members.pk)
    mine, other = client(office.town.officer), client(office.town.planner)
    begun = filled(mine.get(where), "ja", ja="甲の名簿", reason="甲")
    with at(JUNE + timedelta(minutes=5)):
        other.post(where, filled(other.get(where), "ja", ja="乙の名簿", reason="乙"))
        refused = mine.post(where, begun)
    assert refused.status_code == 422
    assert "E402" in text(refused)
    assert "いまの内容 乙の名簿" in text(refused)
    assert mine.post(where, filled(refused, "ja")).status_code == 302
    assert shown_of(BODY, office.members.pk).kind.ja == "甲の名簿"


def test_個人情報の列がもう使われていれば除けない(office: Room) -> None:
    people = made(office.town, "migrations")
    private = list(shown_of(BODY, people.pk).kind.personal)
    entered(office.town, people, [supporter("山田花子", "hanako@example.jp", first=None, **dict.fromkeys(private, "秘密"))])  # fmt: skip
    said = text(client(office.town.officer).get(to("register_change", people.pk)))
    assert said.count("登録が使っています") == len(private)
    assert "秘密" not in said


def test_変えられるのは担当課と企画課の人だけ(office: Room) -> None:
    for name in ("register_change", "register_end"):
        for who, status in (("other", 403), ("auditor", 403), ("officer", 200), ("planner", 200)):
            assert (
                client(getattr(office.town, who)).get(to(name, office.members.pk)).status_code
                == status
            )


def test_問合せは二十五まで(office: Room, django_assert_max_num_queries) -> None:
    desk = client(office.town.officer)
    for where in (
        BLANK,
        to("register_change", office.members.pk),
        to("register_definition", office.members.pk),
    ):
        desk.get(where)
        with django_assert_max_num_queries(25):
            assert desk.get(where).status_code == 200


# -- ended ------------------------------------------------------------------------------------------------------------


def test_廃止は理由が要り数え方のある台帳は廃止できない(office: Room) -> None:
    desk, where = client(office.town.officer), to("register_end", office.members.pk)
    assert desk.post(where, {"reason": ""}).status_code == 422
    defined(office.town, "firms", 'count of members at end unit "社"')
    refused = desk.post(where, {"reason": "要らない"})
    assert "E748" in text(refused)
    other = made(office.town, "platform")
    entered(office.town, other, [member("甲", date(2021, 4, 1))])
    done = desk.post(to("register_end", other.pk), {"reason": "協議会の解散"}, follow=True)
    assert "「プラットフォーム参加企業名簿」を廃止しました" in text(done)
    assert desk.get(to("register", other.pk)).status_code == 404
    assert em.Entry.objects.filter(register=other).count() == 1
