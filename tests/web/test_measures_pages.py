"""数え方の画面: what a measure says and lacks, written in fields or as text, tied to indicators, and walked back to its rows."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from bookroom import BODY
from deskclient import client, text
from formfill import filled
from measureroom import TEXTS, Room, room
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.measures import define_measure, redefine_measure
from sosei.evidence.actions.registers import change_register
from sosei.evidence.kinds import catalogue
from sosei.evidence.measures import parse
from sosei.ledger import models as m
from sosei.ledger.actions.money import Line, set_spending
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.actions.spent import count_spending_by
from sosei.web.desk.forms.measures import guided

pytestmark = pytest.mark.django_db
MOST = 25
DOCS = Path(__file__).parents[2] / "docs" / "dev" / "measures.md"


@pytest.fixture
def made():
    with room() as found:
        yield found


def planner(made: Room):
    return client(made.town.planner)


def page(made: Room, name: str, *args, who=None, **query) -> str:
    found = (client(who) if who else planner(made)).get(reverse(f"desk:{name}", args=args), query)
    assert found.status_code == 200, found.content.decode()[:500]
    return text(found)


def fields(**said) -> dict[str, object]:
    """What the form of a new measure sends."""
    return {
        "mode": "fields", "name": "数え", "operation": "count", "registers": ["members"], "when": "end", "shift": "0",
        "unit": "社", "rows": "1", "do": "save",
    } | said  # fmt: skip


def new(made: Room, **said):
    return planner(made).post(reverse("desk:measure_new"), fields(**said))


# -- the list, and one measure -----------------------------------------------------------------------------------------


def test_一覧は文と値とそれまでの数と使う指標を言う(made: Room) -> None:
    found = page(made, "measures")
    assert "「会員名簿」のうち、ものづくり企業であるものの、年度末現在の数（社）。" in found
    assert "集計中 これまでに3社 台帳が締まっていない" in found
    assert "集計中 これまでに13人 5者中1者が未回答 台帳が締まっていない" in found
    assert "そろっていない欄2" in found
    assert "新規雇用者数" in found
    assert "3件 " in found  # closed: 実証実験補助件数
    assert "これまでに2社" in page(made, "measures", year=2020)


def test_登録のない年度の数は零とだけは言わない(made: Room) -> None:
    pk = made.measures["makers"].pk
    assert "これまでに0社 数える登録がありません" in page(made, "measure", pk, year=2017)
    assert "数える登録がありません" not in page(made, "measures", year=2021)


def test_使っている経費も並びそこへ行ける(made: Room) -> None:
    entry = made.book.it.pk
    [line] = set_spending(
        by=made.town.officer, entry=entry, seen=None, lines=[Line(label="業務委託", amount="10")]
    )
    sales = define_measure(
        by=made.town.planner,
        key="paid",
        name="支払額",
        text='sum amount of overseas_sales during survey unit "千円"',
    )
    assert "まだありません" in page(made, "measure", sales.pk)
    count_spending_by(by=made.town.planner, spending=line.pk, measures=[sales.pk])
    for name, args in (("measures", []), ("measure", [sales.pk]), ("measure_drop", [sales.pk])):
        shown = planner(made).get(reverse(f"desk:{name}", args=args)).content.decode()
        assert f'<a href="{reverse("desk:entry", args=[entry])}">経費「業務委託」</a>' in shown
    assert "使っている指標・経費 経費「業務委託」" in page(made, "measure", sales.pk)


def test_相手の属性は内部の記号でなく名で選ぶ(made: Room) -> None:
    found = page(made, "measure_edit", made.measures["makers"].pk)
    assert "相手の「ものづくり企業」（期間の終わりに）" in found
    assert "「maker」" not in found


def test_一つの数え方は締めと未回答と欠けている欄と版を示す(made: Room) -> None:
    made.close_hires()
    found = page(made, "measure", made.measures["hired"].pk)
    assert "13人" in found
    assert "就職者調査 ：締めた" in found
    assert "5者のうち4者が回答" in found
    assert "未回答（1者） 見本大学" in found
    nights = page(made, "measure", made.measures["nights"].pk)
    assert "青森市 令和3年11月、令和3年12月" in nights
    assert "まだ締めていない" in nights


def test_年度ごとに締めたか開いている台帳を示す(made: Room) -> None:
    """The newest closing says nothing of earlier years: each year has the closing that settled it, or what is still open."""
    town, members = made.town, made.registers["members"]
    close_register(by=town.planner, register=members.pk, until=date(2020, 3, 31), note="元年度")
    close_register(by=town.planner, register=members.pk, until=date(2021, 3, 31), note="二年度")
    pk = made.measures["makers"].pk
    for year, said, note in (
        (2019, "会員名簿 ：令和2年3月31日まで締めた 令和4年", "元年度"), (2020, "会員名簿 ：令和3年3月31日まで締めた 令和4年", "二年度"),
        (2021, "会員名簿 ：令和3年3月31日まで締めた（この年度の終わりには届いていない）", "二年度"),
    ):  # fmt: skip
        found = page(made, "measure", pk, year=year)
        assert said in found
        assert note in found
    rows = found.partition("年度ごと")[2]
    assert "件 （令和元年度（2019年度）） 締めた" in rows
    assert "件 （令和2年度（2020年度）） 締めた" in rows
    assert "件 （令和3年度（2021年度）） 開いている 会員名簿" in rows


def test_前になければならない台帳が開いていればそれを言う(made: Room) -> None:
    after = define_measure(
        by=made.town.planner, key="led", name="相談から", text='count of trials reaching "交付決定" during fiscal after consultations unit "件"'
    )  # fmt: skip
    found = page(made, "measure", after.pk)
    assert "実証実験補助台帳 ：令和4年3月31日まで締めた 令和4年" in found
    assert "：まだ締めていない" in found
    kind = made.registers["consultations"].definition["ja"]
    assert f"件 （令和3年度（2021年度）） 開いている {kind}" in found.partition("年度ごと")[2]
    close_register(by=made.town.planner, register=made.registers["consultations"].pk, until=date(2022, 3, 31))  # fmt: skip
    assert (
        "件 （令和3年度（2021年度）） 締めた"
        in page(made, "measure", after.pk).partition("年度ごと")[2]
    )


def test_前の版は理由とともに残る(made: Room) -> None:
    row = made.measures["makers"]
    redefine_measure(
        by=made.town.planner, row=row.pk, seen=1, name=row.name, note=None, reason="銀行も数える",
        text='count of members at end unit "社"',
    )  # fmt: skip
    found = page(made, "measure", row.pk)
    assert "第2版 いまの版" in found
    assert "理由：銀行も数える" in found
    assert "第1版 令和4年6月15日（水） 10:00 企画 花子" in found
    assert "ものづくり企業であるものの、年度末現在の数（社）。" in found


def test_問い合わせは25以内(made: Room, django_assert_max_num_queries) -> None:
    made.close_hires()
    own = planner(made)
    addresses = [
        reverse("desk:measures"), reverse("desk:measure_new"),
        *(reverse(f"desk:{name}", args=[row.pk]) for row in made.measures.values() for name in ("measure", "measure_edit")),
        *(reverse("desk:measure_rows", args=[row.pk, 2021]) for row in made.measures.values()),
        *(reverse(f"desk:{name}", args=[made.lines["hired"].pk]) for name in ("indicator", "count_tie", "count_record", "count_untie")),
        reverse("desk:entry", args=[made.book.it.pk]), reverse("desk:entry_counts", args=[made.book.it.pk]), reverse("desk:grid", args=[made.book.volume.pk]), reverse("desk:home"),
    ]  # fmt: skip
    for address in addresses:
        with django_assert_max_num_queries(MOST, info=address):
            assert own.get(address).status_code == 200


# -- rows --------------------------------------------------------------------------------------------------------------


def test_数えた行は登録と資料の欄へつながる(made: Room) -> None:
    address = reverse("desk:measure_rows", args=[made.measures["decided"].pk, 2021])
    found = planner(made).get(address)
    shown = text(found)
    assert "見本鋳造 令和3年5月10日 台帳!A2" in shown
    link = reverse("desk:register_entry", args=[made.registers["trials"].pk, 1])
    assert f'href="{link}"' in found.content.decode()
    assert "見本鋳造" not in page(made, "measure_rows", made.measures["decided"].pk, 2021, first="2021-06-01")  # fmt: skip
    assert "この年度に数えた行はありません。" in page(made, "measure_rows", made.measures["decided"].pk, 2019)  # fmt: skip


def test_条件に届いた人の行だけが並び個人の名は出ない(made: Room) -> None:
    shown = page(made, "measure_rows", made.measures["rally"].pk, 2021)
    assert "数えた登録は5件です。" in shown
    assert "参加 " not in shown
    assert "個人 " in shown


def test_内密の台帳の行は担当課のほかには出ず内訳だけが出る(made: Room) -> None:
    number = made.measures["sales"].pk
    for who in (made.town.auditor, made.town.other):
        shown = page(made, "measure_rows", number, 2021, who=who)
        assert "見本鋳造" not in shown
        assert "1,234" not in shown
        assert "一件ごとの内容は、担当課の人だけが見ます" in shown
    assert "1,234千円" in page(made, "measure_rows", number, 2021, who=made.town.officer)


def test_内密の台帳の内訳は小さい数を伏せる(made: Room) -> None:
    row = made.registers["trials"]
    definition = dict(row.definition) | {"rows": "confidential"}
    change_register(by=made.town.planner, register=row.pk, seen=row.stamp, definition=definition, reason="内密にする")  # fmt: skip
    shown = page(made, "measure_rows", made.measures["decided"].pk, 2021, who=made.town.auditor)
    assert "令和3年5月 伏せる" in shown
    assert "計 3件" in shown
    assert "見本鋳造" not in shown


# -- writing -----------------------------------------------------------------------------------------------------------


def test_欄で書いた数え方は文になって登録される(made: Room) -> None:
    found = new(made, name="会員ものづくり企業", rows="2", w0_path="subject.maker", w0_how="=", w0_value="はい", w1_joined="and", w1_path="member_type", w1_how="in", w1_value="正会員、賛助会員", w1_negated="on", note="年度末で数える")  # fmt: skip
    assert found.status_code == 302
    row = em.Measure.objects.get(name="会員ものづくり企業")
    assert row.text == 'count of members where subject.maker = yes and not member_type in ("正会員", "賛助会員") at end unit "社"'  # fmt: skip
    assert (row.key, row.note) == ("measure_1", "年度末で数える")


def test_見本の数え方は欄で開いてそのまま保存すると何も変わらない(made: Room) -> None:
    own = planner(made)
    for key, row in made.measures.items():
        address = reverse("desk:measure_edit", args=[row.pk])
        opened = own.get(address)
        assert 'name="operation"' in opened.content.decode(), key
        sent = own.post(address, dict(filled(opened)) | {"do": "save"})
        assert sent.status_code == 302, text(sent)
        row.refresh_from_db()
        assert (row.stamp, row.text) == (1, em.Measure.objects.get(pk=row.pk).text)


def test_案内にある十四の数え方はどれも欄で書ける() -> None:
    texts = [
        re.findall(r"`([^`]+)`", cells[2])[0]
        for line in DOCS.read_text("utf-8").splitlines()
        if len(cells := line.split("|")) == 5 and "`" in cells[2]
    ]
    assert len(texts) == 14
    for said in texts:
        assert guided(parse(said), catalogue(), ("maker",)) is not None, said


def test_読めない値はその欄で断る(made: Room) -> None:
    found = new(made, registers=["trials"], when="fiscal", stage="交付決定", w0_path="decided", w0_how=">=", w0_value="たくさん", over="title", rows="1", h0_path="count", h0_number="二", operation="distinct", path="")  # fmt: skip
    assert found.status_code == 422
    shown = text(found)
    for said in ("数字だけを書いてください", "何の値かを選んでください", "値を「、」で区切って書いてください", "0以上の整数を書いてください"):  # fmt: skip
        assert said in shown
    assert em.Measure.objects.count() == len(TEXTS)


def test_台帳に合わない点はすべて一度に言う(made: Room) -> None:
    found = new(made, registers=["hires", "checkins"], when="end", do="look")
    shown = text(found)
    assert "まだ数えられません（2件）" in shown
    assert "期間は調査対象の年（survey）" in shown
    assert "「スタンプの記録」は出来事の記録なので、ある日現在では数えられない" in shown
    saved = new(made, registers=["hires", "checkins"], when="end")
    assert saved.status_code == 422
    assert "（E703）" in text(saved)


def test_試しは名前がなくても数え何も書かない(made: Room) -> None:
    before = em.Measure.objects.count(), em.Tally.objects.count()
    found = new(made, name="", do="look")
    shown = text(found)
    assert "これまでに5社" in shown
    assert "1. " not in shown
    assert "見本鋳造" in shown
    piece = planner(made).post(reverse("desk:measure_look"), fields(name="", year="2019"))
    assert "<html" not in piece.content.decode()
    assert "これまでに2社" in text(piece)
    assert (em.Measure.objects.count(), em.Tally.objects.count()) == before


def test_文で書くと誤りの場所を言い直せば数える(made: Room) -> None:
    wrong = new(made, mode="text", text="count of members at unit")
    assert wrong.status_code == 422
    assert "（E701）" in text(wrong)
    assert "（E702）" in text(new(made, mode="text", text='sum of members at end unit "社"'))
    assert "台帳「nowhere」がない" in text(new(made, mode="text", text='count of nowhere at end unit "社"', do="look"))  # fmt: skip
    right = new(made, mode="text", name="数え", text='count of members at end unit "社"')
    assert right.status_code == 302


def test_欄と文は行き来でき欄で言えない文は文のまま残る(made: Room) -> None:
    as_text = new(made, do="as_text")
    assert "count of members at end unit &quot;社&quot;</textarea>" in as_text.content.decode()
    back = new(made, mode="text", text='count of members where member_type known at end unit "社"', do="as_fields")  # fmt: skip
    assert '<option value="member_type" selected>' in back.content.decode()
    nested = (
        'count of members where not (member_type known and subject.maker known) at end unit "社"'
    )
    stays = new(made, mode="text", text=nested, do="as_fields")
    assert "この数え方は欄では書き表せません" in text(stays)
    assert "<textarea" in stays.content.decode()
    saved = new(made, mode="text", name="入れ子", text=nested)
    opened = planner(made).get(saved["Location"] + "edit/")
    assert 'name="text"' in opened.content.decode()
    unread = new(made, mode="text", text="count of", do="as_fields")
    assert unread.status_code == 422


def changed(made: Room, **more):
    """Ask to count all members, not the makers alone."""
    own, address = planner(made), reverse("desk:measure_edit", args=[made.measures["makers"].pk])
    sent = dict(filled(own.get(address))) | {"w0_path": "", "do": "save"} | more
    return own.post(address, sent)


def test_変える前に五年の前後を見せ理由を求める(made: Room) -> None:
    first = changed(made)
    assert first.status_code == 200
    shown = text(first)
    assert "変える前と後" in shown
    assert (
        "令和3年度（2021年度） 集計中 これまでに3社 台帳が締まっていない 集計中 これまでに5社"
        in shown
    )
    row = made.measures["makers"]
    row.refresh_from_db()
    assert row.stamp == 1
    whole = 'count of members at end unit "社"'
    again = changed(made, compared=whole)
    assert again.status_code == 422
    assert "理由" in text(again)
    done = changed(made, compared=whole, reason="会員すべてを数える")
    assert done.status_code == 302
    row.refresh_from_db()
    assert (row.stamp, row.text) == (2, whole)


def test_見せたものと違う内容では保存せずもう一度見せる(made: Room) -> None:
    other = changed(
        made, compared='count of platform at end unit "社"', reason="会員すべてを数える"
    )
    assert other.status_code == 200
    assert "変える前と後" in text(other)
    made.measures["makers"].refresh_from_db()
    assert made.measures["makers"].stamp == 1


def test_開いている間に変わった数え方は上書きしない(made: Room) -> None:
    own, row = planner(made), made.measures["makers"]
    address = reverse("desk:measure_edit", args=[row.pk])
    sent = dict(filled(own.get(address))) | {"name": "別の名", "do": "save"}
    redefine_measure(by=made.town.planner, row=row.pk, seen=1, name="先の名", text=row.text, note=None, reason="")  # fmt: skip
    found = own.post(address, sent)
    assert found.status_code == 422
    assert "（E402）" in text(found)
    assert "先の名" in text(found)
    row.refresh_from_db()
    assert row.name == "先の名"


def test_使われている数え方はやめられない(made: Room) -> None:
    address = reverse("desk:measure_drop", args=[made.measures["hired"].pk])
    found = planner(made).post(address, {"reason": "要らない"})
    assert found.status_code == 422
    assert "（E668）" in text(found)
    free = reverse("desk:measure_drop", args=[made.measures["rally"].pk])
    assert planner(made).post(free, {"reason": "要らない"}).status_code == 302
    assert "スタンプラリーの参加者数" not in page(made, "measures")


# -- indicators --------------------------------------------------------------------------------------------------------


def test_指標の画面は数えと記載を並べ違いを言う(made: Room) -> None:
    line = made.lines["hired"].pk
    before = page(made, "indicator", line)
    assert "集計中 これまでに13人 5者中1者が未回答" in before
    assert "数えた値を記載にする" not in before
    made.close_hires()
    shown = page(made, "indicator", line)
    assert "数えは13人、記載は18人です。" in shown
    assert "数えた値を記載にする" in shown
    assert "数え 13人" in page(made, "grid", made.book.volume.pk)
    assert "台帳から数える" in page(made, "entry", made.book.it.pk)
    told = page(made, "entry_counts", made.book.it.pk)
    assert "数えは13人、記載は18人です。 どちらが正しいか確かめてください。" in told
    piece = planner(made).get(reverse("desk:entry_counts", args=[made.book.tourism.pk]), headers={"HX-Request": "true"})  # fmt: skip
    assert "<html" not in piece.content.decode()
    assert "集計中 これまでに6,650人泊" in text(piece)
    assert "「新規雇用者数」の数えは13人、記載は18人" in page(made, "home")


def test_数えた値を理由とともに記載にする(made: Room) -> None:
    made.close_hires()
    own, address = planner(made), reverse("desk:count_record", args=[made.lines["hired"].pk])
    sent = dict(filled(own.get(address)))
    refused = own.post(address, sent)
    assert refused.status_code == 422
    assert own.post(address, sent | {"reason": "台帳で数えた"}).status_code == 302
    value = m.Value.objects.get(origin="counted")
    assert value.number == 13
    assert value.basis["silent"] == [em.Subject.objects.get(name="見本大学").pk]
    assert re.fullmatch(r"台帳で数えた（\d者中\d者の回答による）", value.reason)
    shown = page(made, "indicator", made.lines["hired"].pk)
    assert "記載 13人 数えた値" in shown
    assert re.search(r"13人\s*\d者中\d者の回答による", shown)
    assert "数えと同じです。" in shown
    assert "台帳からの数え" in shown
    again = own.post(address, dict(filled(own.get(address))) | {"reason": "もう一度"}, follow=True)
    assert "記載はもう数えと同じか" in text(again)


def test_見た後で数えが変わっていれば断る(made: Room) -> None:
    made.close_hires()
    own, address = planner(made), reverse("desk:count_record", args=[made.lines["hired"].pk])
    sent = dict(filled(own.get(address))) | {"reason": "台帳で数えた"}
    row = made.measures["hired"]
    redefine_measure(
        by=made.town.planner, row=row.pk, seen=1, name=row.name, note=None, reason="学校を問わない",
        text='sum headcount of hires during survey unit "人"',
    )  # fmt: skip
    found = own.post(address, sent)
    assert found.status_code == 422
    assert "（E402）" in text(found)
    assert not m.Value.objects.filter(origin="counted").exists()


def test_錠のある指標では記載の釦が出ず押しても断る(made: Room) -> None:
    made.close_hires()
    t = made.town
    move_entry(by=t.officer, entry=made.book.it.pk, move="submit")
    move_entry(by=t.section_head, entry=made.book.it.pk, move="approve")
    line = made.lines["hired"].pk
    assert "数えた値を記載にする" not in page(made, "indicator", line, who=t.officer)
    found = client(t.officer).post(
        reverse("desk:count_record", args=[line]), {"reason": "台帳で数えた"}
    )
    assert found.status_code == 422
    assert not m.Value.objects.filter(origin="counted").exists()


def test_数え方は単位の合うものから選び外せる(made: Room) -> None:
    line = m.Line.objects.filter(entry=made.book.tourism).order_by("pk")[1].pk
    offered = page(made, "count_tie", line)
    assert "卒業生の就職者数" in offered
    assert "単位の違う数え方（4）" in offered
    own = planner(made)
    address = reverse("desk:count_tie", args=[line])
    assert own.post(address, {"measure": made.measures["makers"].pk}).status_code == 422
    assert own.post(address, {"measure": made.measures["rally"].pk}).status_code == 302
    assert "スタンプラリーの参加者数" in page(made, "indicator", line)
    untie = reverse("desk:count_untie", args=[line])
    assert own.post(untie, {"reason": ""}).status_code == 422
    assert own.post(untie, {"reason": "手で数える"}).status_code == 302
    assert "数え方は結び付いていません。" in page(made, "indicator", line)
    assert own.get(untie).status_code == 404
    assert m.Counting.objects.filter(body=BODY, voided__isnull=True).count() == 2


def test_英語でも同じことを言う(made: Room) -> None:
    own = planner(made)
    own.cookies["django_language"] = "en"
    shown = text(own.get(reverse("desk:measure", args=[made.measures["hired"].pk])))
    assert "Sum of Hired of “Hires of graduates”" in shown
    assert "13人 so far" in shown
    close_register(by=made.town.planner, register=made.registers["hires"].pk, year=2021)
    for name in ("measures", "measure_new"):
        assert own.get(reverse(f"desk:{name}")).status_code == 200
