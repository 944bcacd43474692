"""一覧入力の画面. A plain form that saves all or nothing, says at every cell what is wrong, and keeps what was typed."""

import json
from dataclasses import asdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deskclient import client, text
from formfill import filled
from inquiryroom import JUNE, room
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.queries.grid import grid_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    with at(JUNE):
        yield room()


def fields(place, who=None, **typed: str) -> dict[str, str]:
    """What the page's form sends, with some rows typed over (by name)."""
    sent: dict[str, str] = {}
    for row in grid_of(who or place.town.planner, place.volume.pk).rows:
        sent |= {f"{name}-{row.key}": value for name, value in asdict(row.cell).items()}
        sent |= {
            f"was-{row.key}": json.dumps(asdict(row.cell), ensure_ascii=False),
            f"seen-{row.key}": str(row.seen),
            f"noteseen-{row.key}": str(row.note_seen),
        }
        if row.name in typed:
            sent[f"typed-{row.key}"] = typed[row.name]
    return sent


def key(place, name: str) -> str:
    return next(r.key for r in grid_of(place.town.planner, place.volume.pk).rows if r.name == name)


def post(place, data, who=None):
    return client(who or place.town.planner).post(f"/volumes/{place.volume.pk}/grid/", data)


def test_担当者にははじめから自分の課の表が出る(place) -> None:
    page = client(place.town.officer).get(f"/volumes/{place.volume.pk}/grid/")
    assert page.context["grid"].department == place.town.it.pk
    assert "未入力・集計中 3行" in text(page)
    whole = client(place.town.planner).get(f"/volumes/{place.volume.pk}/grid/")
    assert whole.context["grid"].department is None


def test_前年度の値は確定と繰り返さず_見出しは確報区分と言う(place) -> None:
    kept = m.Value.objects.filter(point__fiscal_year=2021, number=18)
    kept.update(state="final")
    page = client(place.town.planner).get(f"/volumes/{place.volume.pk}/grid/")
    row = next(r for r in page.context["grid"].rows if r.name == "会員企業への就職者数")
    assert row.last == "18"
    assert '<th scope="col">確報区分</th>' in page.content.decode()
    kept.update(state="preliminary")
    row = next(r for r in grid_of(place.town.planner, place.volume.pk).rows if r.key == row.key)
    assert row.last == "18\n確報区分：速報"


def test_保存すると変えた所だけが書かれ_取消への道がある(place) -> None:
    done = post(place, fields(place, 会員企業への就職者数="１８人", 補助金="17,662"))
    assert done.status_code == 302
    page = client(place.town.planner)
    assert m.Value.objects.filter(number=18, origin="typed").count() == 1
    batch = m.Batch.objects.get(kind="grid")
    assert "一覧での入力" in text(page.get(f"/imports/{batch.pk}/"))
    page.post(f"/imports/{batch.pk}/undo/", {"reason": "打ち間違い"})
    assert not m.Value.objects.filter(
        number=18, voided__isnull=True, point__fiscal_year=2022
    ).exists()


def test_誤りは欄ごとに示され_打ったものは残る(place) -> None:
    refused = post(place, fields(place, 会員企業への就職者数="だいたい20", 会員企業数="34"))
    html = refused.content.decode()
    bad = key(place, "会員企業への就職者数")
    assert refused.status_code == 422
    assert f'aria-describedby="e-{bad}"' in html
    assert 'value="だいたい20"' in html
    assert 'value="34"' in html
    assert "E628" in text(refused)
    assert not m.Value.objects.filter(number=34, until__isnull=True).exists()


def test_千倍は確かめの印をつけて保存できる(place) -> None:
    data = fields(place, 会員企業への就職者数="18000")
    refused = post(place, data)
    assert (refused.status_code, "確かめた。このまま保存する" in text(refused)) == (422, True)
    data[f"sure-{key(place, '会員企業への就職者数')}"] = "on"
    assert post(place, data).status_code == 302


def test_ほかの人が先に変えた欄は両方を見せ_もう一度押せば入る(place) -> None:
    mine = fields(place, 会員企業への就職者数="18")
    post(place, fields(place, 会員企業への就職者数="17"), place.town.officer)
    refused = post(place, mine)
    assert refused.status_code == 422
    assert "「17」に変えました" in text(refused)
    html = refused.content.decode()
    assert 'value="18"' in html
    again = fields(place, 会員企業への就職者数="18")
    assert post(place, again).status_code == 302
    assert m.Value.objects.filter(number=18, until__isnull=True).count() == 2, "last year's too"


def test_貼り付けは表に入るだけでまだ保存しない(place) -> None:
    data = fields(place)
    data["pasted"] = "会員企業数\t34\n会員企業への就職者数\t18\n"
    shown = post(place, data)
    assert shown.status_code == 200
    assert "2行に入れました。まだ保存していません" in text(shown)
    assert not m.Value.objects.filter(number=34).exists()


def test_余った合計は確かめ_ほかの余りは断る(place) -> None:
    data = fields(place, 業務委託="10,010", 補助金="17,662")
    assert post(place, {**data, "extra": "99\n"}).status_code == 422
    done = client(place.town.planner).post(
        f"/volumes/{place.volume.pk}/grid/", {**data, "extra": "合計\t27,672\n"}, follow=True
    )
    assert "合計も合っています" in text(done)


def test_違う合計は保存の前に知らせる(place) -> None:
    data = fields(place, 補助金="17,662")
    refused = post(place, {**data, "extra": "合計\t27,627\n"})
    assert (refused.status_code, "E452" in text(refused)) == (422, True)
    assert m.Spending.objects.get(label="補助金", entry__volume=place.volume).yen is None


def test_書けない行は読むだけで_わけが出る(place) -> None:
    m.ProjectYear.objects.filter(volume=place.volume, number="1").update(stage="section")
    page = client(place.town.officer).get(f"/volumes/{place.volume.pk}/grid/")
    assert "課で確認中の" in text(page)
    assert f'name="typed-{key(place, "会員企業数")}"' not in page.content.decode()


def test_変えずに保存しても何も起きない(place) -> None:
    done = client(place.town.planner).post(
        f"/volumes/{place.volume.pk}/grid/", fields(place), follow=True
    )
    assert "変わったところはありませんでした" in text(done)


@pytest.mark.parametrize(("role", "status"), [("expert", 403), ("admin", 403), ("auditor", 200)])
def test_見られる人は役割による(place, role: str, status: int) -> None:
    page = client(getattr(place.town, role))
    assert page.get(f"/volumes/{place.volume.pk}/grid/").status_code == status
    assert (
        page.post(f"/volumes/{place.volume.pk}/grid/", fields(place, 会員企業数="34")).status_code
        == 403
    )


def test_ほかの課の行は403(place) -> None:
    data = {**fields(place, 観光消費額="13"), "department": ""}
    assert post(place, data, place.town.officer).status_code == 403


def test_問合せは25件まで(place) -> None:
    page = client(place.town.planner)
    page.get(f"/volumes/{place.volume.pk}/grid/")
    with CaptureQueriesContext(connection) as asked:
        assert page.get(f"/volumes/{place.volume.pk}/grid/").status_code == 200
    assert len(asked) <= 25


def test_頁に分かれた表は保存しても同じ頁に戻る(place, monkeypatch) -> None:
    monkeypatch.setattr("sosei.ledger.queries.grid.PROJECTS_A_PAGE", 1)
    address = f"/volumes/{place.volume.pk}/grid/"
    desk = client(place.town.planner)
    shown = text(desk.get(address + "?department=&page=2"))
    assert "夏祭り交流人口拡大事業" in shown
    assert "成長分野拠点形成支援事業" not in shown
    saved = desk.post(address, {"department": "", "page": "2"})
    assert saved.url == f"{address}?department=&page=2"
    assert "成長分野拠点形成支援事業" in text(desk.get(address + "?department=&page="))


@pytest.fixture
def second(place, monkeypatch):
    """The address of the grid, a client, and page 2 of three as it is opened: the festival alone."""
    monkeypatch.setattr("sosei.ledger.queries.grid.PROJECTS_A_PAGE", 1)
    address, desk = f"/volumes/{place.volume.pk}/grid/", client(place.town.planner)
    return address, desk, desk.get(address + "?department=&page=2")


def shown(response) -> dict[str, str]:
    """What stands in the rows that a page shows, by their names."""
    groups = response.context["groups"]
    return {one.row.name: one.cell.typed for _, several in groups for one in several}


def test_二頁目に貼った列は二頁目の行に入り_同じ頁が出る(second) -> None:
    address, desk, page = second
    laid = desk.post(address, filled(page, "pasted", pasted="4,100,000\n13\n"))
    assert laid.status_code == 200
    assert shown(laid) == {"延べ宿泊者数": "4,100,000", "観光消費額": "13"}
    assert filled(laid, "pasted")["page"] == ["2"]
    saved = desk.post(address, filled(laid, "pasted"))
    assert saved.url == f"{address}?department=&page=2"
    assert shown(desk.get(saved.url)) == {"延べ宿泊者数": "4,100,000", "観光消費額": "13"}
    assert shown(desk.get(address + "?department=&page=1"))["会員企業への就職者数"] == ""


def test_二頁目に余る列はほかの頁に流れない(second) -> None:
    address, desk, page = second
    laid = desk.post(address, filled(page, "pasted", pasted="4,100,000\n13\n99\n"))
    assert (laid.status_code, "E453" in text(laid)) == (422, True)
    assert shown(laid) == {"延べ宿泊者数": "4,100,000", "観光消費額": "13"}


def test_名前で入ったほかの頁の行は今の頁と並べて見せ_一緒に保存する(second) -> None:
    address, desk, page = second
    typed = {f"typed-{key_in(page, '観光消費額')}": "13"}
    laid = desk.post(address, filled(page, "pasted", pasted="会員企業数\t34\n", **typed))
    now = shown(laid)
    assert (now["会員企業数"], now["観光消費額"]) == ("34", "13")
    assert "件数" not in now, "page 3 holds nothing new"
    assert desk.post(address, filled(laid, "pasted")).status_code == 302
    for number in (34, 13):
        assert m.Value.objects.filter(number=number, origin="typed").count() == 1


def test_断られた後も同じ頁が出て_打ったものは残る(second) -> None:
    address, desk, page = second
    name = f"typed-{key_in(page, '観光消費額')}"
    for said in ({"extra": "99\n", name: "13"}, {name: "だいたい13"}):
        refused = desk.post(address, filled(page, "pasted", **said))
        assert refused.status_code == 422
        assert shown(refused) == {"延べ宿泊者数": "4,000,000", "観光消費額": said[name]}
        assert filled(refused, "pasted")["page"] == ["2"]


def key_in(page, name: str) -> str:
    return next(row.key for row in page.context["grid"].rows if row.name == name)
