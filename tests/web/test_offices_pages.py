"""組織と年度の変わり目の画面. Departments as of a day; successions seen before they are done; the year rolled over; papers taken along."""

from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest
from django.test import Client

from deskroom import BACKEND
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.journal.models import Entry
from sosei.ledger import models as m
from sosei.ledger.actions.rollover import roll_over
from sosei.offices.actions.departments import close_department
from sosei.offices.models import Assignment, Department, Person, Succession
from yearbook import Book, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    with clock.at(datetime(2022, 4, 4, 1, tzinfo=UTC)):
        yield book()


def signed(who: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=who.pk), backend=BACKEND)
    return client


def main(response) -> str:
    return response.content.decode().split("<main")[1]


def test_組織は選んだ日の姿で見える(made: Book) -> None:
    t = made.town
    close_department(by=t.planner, department=t.tourism.pk, last_day=date(2022, 3, 31))
    client = signed(t.officer)
    assert "廃止" in main(client.get("/offices/"))
    assert "廃止</span>" not in main(client.get("/offices/?on=2022-03-01"))
    assert "設置前" in main(client.get("/offices/?on=2019-01-01"))
    assert client.get("/offices/?on=きのう").status_code == 200
    assert client.get("/offices/?on=2022-13-40").status_code == 200


def test_担当者には変更の入口が見えない(made: Book) -> None:
    page = main(signed(made.town.officer).get("/offices/"))
    assert "課を登録する" not in page
    assert "承継を登録する" not in page
    page = main(signed(made.town.officer).get(f"/offices/{made.town.it.pk}/"))
    assert "廃止する" not in page


def test_課を登録して直して廃止して戻す(made: Book) -> None:
    client = signed(made.town.planner)
    refused = client.post(
        "/offices/add/", {"code": "02", "name": "重なる課", "first_day": "2022-04-01"}
    )
    assert refused.status_code == 422
    assert "E414" in main(refused)
    client.post("/offices/add/", {"code": "09", "name": "農政課", "first_day": "2022-04-01"})
    row = Department.objects.get(code="09")
    address = f"/offices/{row.pk}/"
    client.post(f"{address}correct/", {"name": "農政課", "contact": "内線 1", "stamp": row.stamp})
    stale = client.post(f"{address}correct/", {"name": "農林課", "stamp": row.stamp})
    assert stale.status_code == 422
    assert "E402" in main(stale)
    assert "企画 花子さんが" in main(stale)
    assert "内線 1" in main(stale)
    slip = client.post(f"{address}correct/", {"name": "", "stamp": "1"})
    assert slip.status_code == 422
    assert 'name="stamp" value="1"' in main(slip).split("/correct/")[1]
    row.refresh_from_db()
    assert (row.name, row.contact) == ("農政課", "内線 1")
    client.post(f"{address}close/", {"last_day": "2022-04-30", "stamp": row.stamp})
    row.refresh_from_db()
    assert row.last_day == date(2022, 4, 30)
    client.post(f"{address}reopen/", {"stamp": row.stamp})
    row.refresh_from_db()
    assert row.last_day is None
    assert client.post(f"{address}sell/").status_code == 404
    page = main(client.get(address))
    assert "連絡先" in page
    assert "企画 花子" in page


def test_承継は見てから行う(made: Book) -> None:
    t = made.town
    client = signed(t.planner)
    before = Entry.objects.count()
    address = f"/offices/april/?old={t.it.pk}&old={t.tourism.pk}&code_0=10&name_0=産業観光課&on=2022-04-01"
    seen = client.get(address)
    page = main(seen)
    assert "まだ何も変えていません。" in page
    assert "成長分野拠点形成支援事業" in page
    assert "物作 太郎" in page
    assert Entry.objects.count() == before
    stamp = seen.context["plan"].stamp
    assert client.post(address, {"stamp": "別の日の"}).status_code == 422
    assert not Succession.objects.exists()
    assert client.post(address, {"stamp": stamp}).status_code == 302
    assert Succession.objects.count() == 2
    assert set(m.Charge.objects.filter(voided=None).values_list("text", flat=True)) == {
        "産業観光課"
    }


def test_承継の書きかけは何が足りないかを言う(made: Book) -> None:
    client = signed(made.town.planner)
    half = client.get("/offices/april/?on=2022-04-01&code_0=10")
    assert half.status_code == 422
    assert "課コードと課名の両方を書いてください。" in main(half)
    none = client.get(f"/offices/april/?on=2022-04-01&old={made.town.it.pk}")
    assert "引き継ぐ課を選ぶか、新しい課を書いてください。" in main(none)
    usual = client.get(f"/offices/april/?old={made.town.it.pk}")
    assert usual.status_code == 200
    assert 'value="2022-04-01"' in main(usual)
    assert "checked" in main(usual)


def test_承継日の前なら課だけが登録されると言う(made: Book) -> None:
    t = made.town
    client = signed(t.planner)
    address = f"/offices/april/?old={t.it.pk}&code_0=10&name_0=産業課&on=2022-05-01"
    seen = client.get(address)
    assert "承継日（令和4年5月1日（日））の前なので" in main(seen)
    client.post(address, {"stamp": seen.context["plan"].stamp})
    assert m.Charge.objects.get(entry=made.it).department == t.it


def test_先に廃止した課の承継もあとから登録できる(made: Book) -> None:
    t = made.town
    close_department(by=t.planner, department=t.tourism.pk, last_day=date(2022, 3, 31))
    client = signed(t.planner)
    assert "観光課（廃止済み）" in main(client.get("/offices/april/"))
    address = f"/offices/april/?old={t.tourism.pk}&new={t.it.pk}&on=2022-04-01"
    client.post(address, {"stamp": client.get(address).context["plan"].stamp})
    assert m.Charge.objects.get(entry=made.tourism).department == t.it
    assert "観光課（廃止済み）" not in main(client.get("/offices/april/"))


def test_残った仕事の引継先を選ぶ(made: Book) -> None:
    t = made.town
    close_department(by=t.planner, department=t.tourism.pk, last_day=date(2022, 3, 31))
    client = signed(t.planner)
    seen = client.get("/offices/due/")
    assert "六市連携観光事業" in main(seen)
    plan = seen.context["plan"]
    assert client.post("/offices/due/", {"stamp": plan.stamp}).status_code == 422
    to = {f"to-{work.key}": f"d{t.it.pk}" for work in plan.works}
    assert client.post("/offices/due/", {"stamp": plan.stamp, **to}).status_code == 302
    assert "残っている仕事はありません。" in main(client.get("/offices/due/"))
    assert m.Charge.objects.get(entry=made.tourism).text == "ものづくり推進課"


def test_年度更新は見てから行い結果が並ぶ(made: Book) -> None:
    client = signed(made.town.planner)
    address = f"/volumes/{made.volume.pk}/rollover/"
    page = main(client.get(address))
    assert "令和3年度から令和4年度への年度更新" in page
    assert "実施期間が記載されていません" in page
    assert client.post(address).status_code == 302
    page = main(client.get(address))
    assert "年度更新の結果" in page
    assert "続けるかどうかが決まっていない事業が1件あります。" in page
    again = client.post(address)
    assert again.status_code == 422
    assert "E661" in main(again)
    client.post(f"{address}settle/", {"entry": made.tourism.pk, "answer": "rest"})
    assert m.ProjectYear.objects.get(pk=made.tourism.pk).project.rests_since is None
    client.post(f"{address}settle/", {"entry": made.tourism.pk, "answer": "rest", "reason": "終了"})
    assert "すべての事業の扱いが決まっています。" in main(client.get(address))


def test_年度更新の問いに先に答えておける(made: Book) -> None:
    client = signed(made.town.planner)
    address = f"/volumes/{made.volume.pk}/rollover/"
    client.post(address, {f"entry-{made.tourism.pk}": "along", "entry-x": "along"})
    names = set(
        m.ProjectYear.objects.filter(volume__fiscal_year=2022).values_list("name", flat=True)
    )
    assert names == {"六市連携観光事業", "来年度の計画"}


def test_終わった交付金の名称を改められる(made: Book) -> None:
    t = made.town
    with act("test.year", body=t.planner.body, by=None) as w:
        w.change(made.volume, fiscal_year=2022)
        w.change(made.tourism, period_raw="R3～R7", period_first=2021, period_last=2025)
    roll_over(by=t.planner, volume=made.volume.pk)
    client = signed(t.planner)
    address = f"/volumes/{made.volume.pk}/rollover/"
    page = main(client.get(address))
    assert "「地方創生推進交付金」は令和4年度（2022年度）で終わりました。" in page
    entry = m.ProjectYear.objects.get(
        volume__fiscal_year=2023, kind="result", name="六市連携観光事業"
    )
    client.post(f"{address}scheme/", {"entry": entry.pk, "scheme": "denen-suishin"})
    entry.refresh_from_db()
    assert entry.scheme == "denen-suishin"
    refused = client.post(f"{address}scheme/", {"entry": entry.pk, "scheme": "なし"}, follow=True)
    assert "E664" in main(refused)


def test_年度の変わり目にしたことは一度に取り消せる(made: Book) -> None:
    t = made.town
    client = signed(t.planner)
    assert "取り消せることはまだありません。" in main(client.get("/offices/turns/"))
    client.post(f"/volumes/{made.volume.pk}/rollover/")
    line = Entry.objects.get(verb="year.roll")
    assert "年度更新" in main(client.get("/offices/turns/"))
    refused = client.post("/offices/turns/", {"seq": line.seq})
    assert refused.status_code == 422
    assert "E403" in main(refused)
    client.post("/offices/turns/", {"seq": line.seq, "reason": "早すぎた"})
    assert not m.Volume.objects.filter(fiscal_year=2022, voided=None).exists()
    assert "取消済" in main(client.get("/offices/turns/"))
    other = Entry.objects.get(verb="volume.record")
    assert client.post("/offices/turns/", {"seq": other.seq, "reason": "x"}).status_code == 422
    assert Entry.objects.filter(verb="journal.undo").count() == 1


def test_課の登録と訂正と廃止も取り消せる(made: Book) -> None:
    client, it = signed(made.town.planner), made.town.it
    client.post("/offices/add/", {"code": "77", "name": "誤課", "first_day": "2022-04-01"})
    added = Entry.objects.get(verb="department.add")
    assert "誤課" in main(client.get("/offices/turns/"))
    client.post("/offices/turns/", {"seq": added.seq, "reason": "重ねて登録した"})
    assert not Department.objects.filter(code="77", voided=None).exists()
    client.post(f"/offices/{it.pk}/close/", {"last_day": "2022-06-30", "stamp": it.stamp})
    closed = Entry.objects.get(verb="department.close")
    held = Assignment.objects.filter(department=it, last_day=None, voided=None)
    assert not held.exists()
    client.post("/offices/turns/", {"seq": closed.seq, "reason": "別の課だった"})
    it.refresh_from_db()
    assert it.last_day is None
    assert held.exists(), "roles that ended with it are held again"
    assert 'href="/offices/turns/"' in client.get(f"/offices/{it.pk}/").content.decode()


def test_使われている課の登録は取り消せず何が使っているかを言う(made: Book) -> None:
    client = signed(made.town.planner)
    client.post("/offices/add/", {"code": "77", "name": "新課", "first_day": "2022-04-01"})
    added = Entry.objects.get(verb="department.add")
    room = Department.objects.get(code="77")
    with act("test.use", body=room.body, by=None) as w:
        w.add(Assignment(person=made.town.other, role="officer", department=room, first_day=room.first_day))  # fmt: skip
    refused = client.post("/offices/turns/", {"seq": added.seq, "reason": "誤り"})
    assert refused.status_code == 422
    assert "これを使っています" in main(refused)
    assert Department.objects.filter(pk=room.pk, voided=None).exists()


def test_同じコードの課ができてからは廃止を取り消せない(made: Book) -> None:
    client, it = signed(made.town.planner), made.town.it
    client.post(f"/offices/{it.pk}/close/", {"last_day": "2022-06-30", "stamp": it.stamp})
    closed = Entry.objects.get(verb="department.close")
    client.post("/offices/add/", {"code": it.code, "name": "次の課", "first_day": "2022-07-01"})
    refused = client.post("/offices/turns/", {"seq": closed.seq, "reason": "誤り"})
    assert refused.status_code == 422
    assert "E414" in main(refused)
    it.refresh_from_db()
    assert it.last_day is not None


def test_あとから使われた年度更新は取り消せず理由を言う(made: Book) -> None:
    client = signed(made.town.planner)
    client.post(f"/volumes/{made.volume.pk}/rollover/")
    line = Entry.objects.get(verb="year.roll")
    entry = m.ProjectYear.objects.get(volume__fiscal_year=2022)
    with act("test.use", body=entry.body, by=None) as w:
        w.add(m.Passage(entry=entry, part="activity", position=0, text="始めた"))
    refused = client.post("/offices/turns/", {"seq": line.seq, "reason": "早すぎた"})
    assert refused.status_code == 422
    assert m.Volume.objects.filter(fiscal_year=2022, voided=None).exists()


def test_引継書は読めて印刷でき持ち出せる(made: Book) -> None:
    t = made.town
    client = signed(t.planner)
    address = f"/handover/department/{t.it.pk}/"
    assert "期限のある用件" in main(client.get(address))
    word = client.get(f"{address}paper.docx")
    assert "attachment" in word["Content-Disposition"]
    text = [p.text for p in docx.Document(BytesIO(word.content)).paragraphs]
    assert "残っている指摘" in text
    assert client.get(f"{address}paper.pdf").content.startswith(b"%PDF")
    assert client.get(f"{address}paper.exe").status_code == 404
    assert client.get(f"/handover/office/{t.it.pk}/").status_code == 404
    assert client.get("/handover/department/0/").status_code == 404
    piece = client.get(f"{address}findings/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece
    assert "残っている指摘" in piece


def test_有識者は自分の引継書しか見られない(made: Book) -> None:
    t = made.town
    client = signed(t.expert)
    assert client.get(f"/handover/person/{t.expert.pk}/").status_code == 200
    assert client.get(f"/handover/person/{t.officer.pk}/").status_code == 403
    assert client.get(f"/handover/department/{t.it.pk}/").status_code == 403


def test_問い合わせは25以内(made: Book, django_assert_max_num_queries) -> None:
    t = made.town
    new = f"?old={t.it.pk}&old={t.tourism.pk}&code_0=10&name_0=産業観光課&on=2022-04-01"
    roll = f"/volumes/{made.volume.pk}/rollover/"
    client = signed(t.planner)
    pages = (
        "/offices/", f"/offices/{t.it.pk}/", "/offices/add/", "/offices/april/",
        f"/offices/april/{new}", "/offices/due/", "/offices/turns/", roll, f"/handover/department/{t.it.pk}/",
        f"/handover/department/{t.planning.pk}/", f"/handover/person/{t.planner.pk}/",
    )  # fmt: skip
    for path in pages:
        with django_assert_max_num_queries(25):
            assert client.get(path).status_code == 200, path
    roll_over(by=t.planner, volume=made.volume.pk)
    with django_assert_max_num_queries(25):
        client.get(roll)
