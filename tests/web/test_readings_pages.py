"""読み取りを確かめる画面. What was read of a PDF stands beside its page; a wrong reading is put right, remembered, proposed, forgotten."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deskclient import client, text
from inquiryroom import JUNE, room, this_year
from paperroom import HEADS, ROWS, paper
from sosei.core.codec import dumps
from sosei.journal.clock import at
from sosei.journal.models import Entry
from sosei.ledger import models as m

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    with at(JUNE):
        yield room()


def upload(page, data: bytes, name: str = "報告書.pdf") -> m.Batch:
    done = page.post("/imports/new/", {"kind": "report", "files": [SimpleUploadedFile(name, data)]})
    assert done.status_code == 302, text(done)
    return m.Batch.objects.latest("pk")


def address(batch: m.Batch, **query) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/imports/{batch.pk}/reading/?{asked}"


def items(page, batch: m.Batch) -> dict[str, object]:
    """What the page shows, by its ids."""
    shown = page.get(address(batch))
    parts = shown.context["parts"]
    return {one.id: one for part in parts for _, row in part.rows for one in row}


def item(page, batch: m.Batch, name: str, what: str):
    """The figure of that name that is taken for that."""
    return next(i for i in items(page, batch).values() if i.name == name and what in i.what)


def mend(page, batch: m.Batch, one, **fields):
    """Correct a figure as the form that is shown says, with some fields otherwise."""
    where = address(batch, page=one.page, **dict([one.query.split("=")]))
    form = page.get(where).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}  # fmt: skip
    sent |= {"seen": m.Batch.objects.get(pk=batch.pk).stamp, "mend": "1", **fields}
    return page.post(where, {k: v for k, v in sent.items() if v is not None})


def actuals(batch: m.Batch) -> dict[tuple[str, int], str]:
    """The actual figures that the batch proposes, by indicator and year."""
    from sosei.core.codec import loads

    report = loads(m.Batch.objects.get(pk=batch.pk).difference["report"])
    return {
        (k.name.text, y.fiscal_year or report.year_of(p)): str(y.actual.number)
        for p in report.projects for k in p.indicators for y in k.years if y.actual
    }  # fmt: skip


def test_PDFを取り込むと読み取りを確かめる画面に進む(place) -> None:
    page = client(place.town.planner)
    file = SimpleUploadedFile("報告書.pdf", paper("令和4年度"))
    done = page.post("/imports/new/", {"kind": "report", "files": [file]})
    batch = m.Batch.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"/imports/{batch.pk}/reading/")
    seen = page.get(done["Location"])
    words = text(seen)
    assert "ここから見てください" in words
    assert "4,012,345人泊" in words
    assert f"/imports/{batch.pk}/pages/1.png" in seen.content.decode()
    assert "読み取りを確かめる" in text(page.get(f"/imports/{batch.pk}/"))


def test_値を選ぶとその枠と直す欄が出る_スクリプトなしで(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    one = item(page, batch, "延べ宿泊者数", "実績値")
    number = one.query.split("=")[1]
    shown = page.get(address(batch, page=1, value=number)).content.decode()
    mark = re.search(rf'<a [^>]*class="mark[^"]*is-chosen[^"]*" data-items="{one.id}"[^>]*>', shown)
    assert mark is not None
    assert 'aria-current="true"' in mark[0]
    assert "この値を直す" in shown
    assert "原文のつづり" in shown
    assert 'class="cutout"' in shown


def test_枠は紙面の数のところにある(place) -> None:
    """The boxes of two neighbouring columns stand beside each other, those of rows below one another."""
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    target, actual = (item(page, batch, "延べ宿泊者数", w).boxes[0] for w in ("目標値", "実績値"))
    below = item(page, batch, "観光消費額", "実績値").boxes[0]
    assert abs(target[1] - actual[1]) < 2 < actual[0] - target[0]
    assert below[1] > actual[1] + 5
    assert 841 > actual[0] > 420


def test_数を直すと原文と所在が残り_台帳との違いも変わる(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    one = item(page, batch, "延べ宿泊者数", "実績値")
    done = mend(page, batch, one, text="4,012,354", alike=None)
    assert done.status_code == 302
    assert done["Location"].endswith(f"page=1&{one.query}#{one.id}")
    now = item(page, batch, "延べ宿泊者数", "実績値")
    assert (now.now, now.state, now.raw) == ("4,012,354人泊", "mended", "4,012,345")
    assert actuals(batch)["延べ宿泊者数", 2022] == "4012354"
    words = text(page.get(f"/imports/{batch.pk}/"))
    assert "4,012,354" in words
    assert "読み取りを手で直した値" in words
    number = one.query.split("=")[1]
    link = f'href="/imports/{batch.pk}/reading/?value={number}#v{number}"'
    assert link in page.get(f"/imports/{batch.pk}/").content.decode()
    assert not m.LayoutHabit.objects.exists()
    assert Entry.objects.filter(verb="batch.mend", subject=f"ledger.batch:{batch.pk}").count() == 1


def test_見出しの直しは同じ列に及び_次のファイルに提案される(place) -> None:
    page = client(place.town.planner)
    first = upload(page, paper("令和4年度"))
    mend(page, first, item(page, first, "会員企業数", "実績値"), year=2021, alike="on")
    assert {year for _, year in actuals(first)} == {2021}
    assert len(actuals(first)) == len(ROWS)
    habit = m.LayoutHabit.objects.get()
    assert (habit.head, habit.becomes) == ("実績値", {"shift": -1})
    other = tuple(replace(r, project=f"よその{r.project}", name=f"よその{r.name}") for r in ROWS)
    second = upload(page, paper("令和5年度", other, city="他所市"), "他所市.pdf")
    seen = page.get(address(second))
    words = text(seen)
    assert "この様式で前に直したことがあります" in words
    assert "「実績値」の列：報告書の1年前の年度の値" in words
    assert "報告書.pdf" in words
    assert {year for _, year in actuals(second)} == {2023}, "said before it is applied"
    page.post(f"/imports/{second.pk}/reading/habits/", {"habit": [habit.pk], "seen": second.stamp})
    assert {year for _, year in actuals(second)} == {2022}
    assert "この様式で前に直したことがあります" not in text(page.get(address(second)))
    group = page.get(address(second)).context["mended"][0]["group"]
    stamp = m.Batch.objects.get(pk=second.pk).stamp
    page.post(f"/imports/{second.pk}/reading/unmend/", {"group": group, "seen": stamp})
    assert {year for _, year in actuals(second)} == {2023}
    assert m.LayoutHabit.objects.get().voided is None, "what another file taught stays"


def test_覚えた直し方は一覧にあり_忘れられる(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    mend(page, batch, item(page, batch, "会員企業数", "実績値"), year=2021, alike="on")
    habit = m.LayoutHabit.objects.get()
    listed = page.get("/imports/layouts/")
    assert "「実績値」の列：報告書の1年前の年度の値" in text(listed)
    assert page.post(f"/imports/layouts/{habit.pk}/forget/").status_code == 302
    assert "まだ何も覚えていません" in text(page.get("/imports/layouts/"))
    again = upload(page, paper("令和5年度"), "次.pdf")
    assert "この様式で前に直したことがあります" not in text(page.get(address(again)))


def test_直しを取り消すと覚えたことも消える(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    mend(page, batch, item(page, batch, "会員企業数", "実績値"), year=2021, alike="on")
    stamp = m.Batch.objects.get(pk=batch.pk).stamp
    page.post(f"/imports/{batch.pk}/reading/unmend/", {"group": 1, "seen": stamp})
    assert {year for _, year in actuals(batch)} == {2022}
    assert not m.LayoutHabit.objects.filter(voided__isnull=True).exists()


def test_ほかの値のある所には重ねない(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    done = mend(page, batch, item(page, batch, "会員企業数", "目標値"), role="actual", alike=None)
    assert (done.status_code, "E460" in text(done)) == (422, True)
    assert m.Batch.objects.get(pk=batch.pk).difference["mends"] == []


def test_読めない値はその欄で断る(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    one = item(page, batch, "会員企業数", "実績値")
    done = mend(page, batch, one, text="ずいぶん増えた", alike=None)
    assert (done.status_code, "E102" in text(done)) == (422, True)
    assert 'value="ずいぶん増えた"' in done.content.decode()


def test_知らない見出しの下の数を実績と言える(place) -> None:
    page = client(place.town.planner)
    heads = tuple("いろは順の欄" if head == "実績値" else head for head in HEADS)
    batch = upload(page, paper("令和4年度", heads=heads))
    if actuals(batch):
        pytest.skip("the reader knows this column by other means")
    one = next(
        i for i in items(page, batch).values() if i.state == "loose" and i.name == "会員企業数"
    )
    assert "知らない見出し" in text(page.get(address(batch)))
    refused = mend(page, batch, one)
    assert refused.status_code == 422
    mend(page, batch, one, role="actual", alike="on")
    assert actuals(batch)["観光消費額", 2022] == "11.8"
    assert len(actuals(batch)) == len(ROWS)
    second = upload(page, paper("令和5年度", heads=heads), "次.pdf")
    assert "「いろは順の欄」の列：読み取っていない数→実績値" in text(page.get(address(second)))


def test_行を指標でないとし_正しいと確かめる(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    one = item(page, batch, "観光消費額", "実績値")
    where = address(batch, page=1, **dict([one.query.split("=")]))
    page.post(where, {"seen": batch.stamp, "leave": "1"})
    assert ("観光消費額", 2022) not in actuals(batch)
    assert m.LayoutHabit.objects.get().becomes == {"leave": True}
    other = item(page, batch, "会員企業数", "実績値")
    stamp = m.Batch.objects.get(pk=batch.pk).stamp
    page.post(
        address(batch, page=1, **dict([other.query.split("=")])), {"seen": stamp, "right": "1"}
    )
    assert item(page, batch, "会員企業数", "実績値").state == "seen"
    second = upload(page, paper("令和5年度"), "次.pdf")
    assert "「観光消費額」の行は、指標ではない" in text(page.get(address(second)))


def test_指標ごと別の事業に移せる(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    one = item(page, batch, "観光消費額", "実績値")
    where = address(batch, page=1, **dict([one.query.split("=")]))
    assert "別の事業に移す" in text(page.get(where))
    page.post(where, {"seen": batch.stamp, "move": "1", "project": "/projects/0"})
    assert item(page, batch, "観光消費額", "実績値").state in ("doubt", "mended", "")
    from sosei.core.codec import loads

    report = loads(m.Batch.objects.get(pk=batch.pk).difference["report"])
    assert [k.name.text for k in report.projects[0].indicators][-1] == "観光消費額"


def test_先に直した人がいれば断る(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    one = item(page, batch, "会員企業数", "実績値")
    mend(page, batch, one, text="33", alike=None)
    late = mend(page, batch, one, text="32", alike=None, seen=batch.stamp)
    assert "E402" in text(late)
    assert actuals(batch)["会員企業数", 2022] == "33"


def test_頁の画像は役割のある人にだけ渡し_無い頁は断る(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    got = page.get(f"/imports/{batch.pk}/pages/1.png")
    assert (got.status_code, got["Content-Type"]) == (200, "image/png")
    assert got.content.startswith(b"\x89PNG")
    assert got["Cache-Control"] == "private, max-age=600"
    none = page.get(f"/imports/{batch.pk}/pages/99.png")
    assert (none.status_code, "E232" in text(none)) == (422, True)
    for role, status in (("expert", 403), ("admin", 403), ("auditor", 200)):
        who = client(getattr(place.town, role))
        assert who.get(f"/imports/{batch.pk}/pages/1.png").status_code == status
        assert who.get(address(batch)).status_code == status
    assert (
        client(place.town.auditor).post(address(batch, value=1), {"right": "1"}).status_code == 403
    )


def test_PDFでない報告書は言葉の所在で確かめて直せる(place) -> None:
    page = client(place.town.planner)
    rows = "\n".join(
        f"{r.project},{r.name},{r.unit},{r.target},{r.actual.replace(',', '')}" for r in ROWS
    )
    csv = f"令和4年度 見本市 地方創生推進交付金 実施結果\n事業の名称,重要業績評価指標（KPI）,単位,目標値,実績値\n{rows}\n"
    batch = upload(page, csv.replace("4,200,000", "4200000").encode(), "報告書.csv")
    shown = page.get(address(batch))
    words = text(shown)
    assert "<svg" not in shown.content.decode().partition("<main")[2]
    assert "行目" in words
    one = item(page, batch, "会員企業数", "実績値")
    mend(page, batch, one, year=2021, alike="on")
    assert {year for _, year in actuals(batch)} == {2021}


def test_表のない文書や書き出しでも開ける(place) -> None:
    page = client(place.town.planner)
    years = tuple(
        replace(y, target=y.target and replace(y.target, number=y.target.number + 1))
        for y in this_year().projects[0].indicators[0].years
    )
    project = this_year().projects[0]
    first = replace(project.indicators[0], years=years)
    report = replace(this_year(), projects=(replace(project, indicators=(first, *project.indicators[1:])), *this_year().projects[1:]))  # fmt: skip
    batch = upload(page, dumps(report).encode(), "報告書.json")
    assert page.get(address(batch)).status_code == 200


def test_反映したあとは見るだけになる(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    page.post(f"/imports/{batch.pk}/refuse/", {"reason": "試し"})
    shown = page.get(address(batch, value=1))
    assert "この値を直す" not in text(shown)
    done = page.post(address(batch, value=1), {"right": "1"})
    assert "E436" in text(done)


def test_回答や一覧の取込みには読み取りの画面がない(place) -> None:
    grid = m.Batch(body=place.town.planner.body, since=JUNE, kind="grid", volume=place.volume, proposed_by=place.town.planner, difference={"cells": []})  # fmt: skip
    grid.save()
    assert client(place.town.planner).get(address(grid)).status_code == 404


def test_英語でも読め_問合せは25件まで(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    mend(page, batch, item(page, batch, "会員企業数", "実績値"), year=2021, alike="on")
    upload(page, paper("令和5年度"), "次.pdf")
    second = m.Batch.objects.latest("pk")
    for path in (address(second, value=2), address(batch, value=2), "/imports/layouts/"):
        page.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert page.get(path).status_code == 200
        assert len(asked) <= 25, path
    page.cookies["django_language"] = "en"
    assert "This layout was corrected before" in text(page.get(address(second)))


def test_手で直した値は台帳でもそう言う(place) -> None:
    """Applied to a book that is there, and recorded as a new one: the reason names the file's own spelling."""
    page = client(place.town.planner)
    for year, start in (("令和4年度", 2022), ("令和7年度", 2025)):
        batch = upload(page, paper(year), f"{start}.pdf")
        one = item(page, batch, "延べ宿泊者数", "実績値")
        mend(page, batch, one, text="4,012,354", alike=None)
        where = f"/imports/{batch.pk}/"
        boxes = [
            f"{row.id}|{row.digest}" for g in page.get(where).context.get("groups") or [] for row in g.rows
            if row.acceptable and "4,012,354" in row.after
        ]  # fmt: skip
        done = page.post(where, {"take": boxes, "reason": "直した"})
        assert done.status_code == 302, text(done)
        value = m.Value.objects.get(number=4012354, document=batch.document)
        assert "読み取りを手で直した値（原文「4,012,345」）" in (value.reason or "")


def test_頁ごとに見比べて済みにできる(place) -> None:
    page = client(place.town.planner)
    batch = upload(page, paper("令和4年度"))
    assert "この頁の残り（" in text(page.get(address(batch)))
    sent = {"page": 1, "seen": batch.stamp}
    assert page.post(f"/imports/{batch.pk}/reading/confirm/", sent).status_code == 302
    assert not [one for one in items(page, batch).values() if one.is_loud]
    words = text(page.get(address(batch)))
    assert "ここから見てください" not in words
    assert "確かめていない所はありません" in words
    stamp = m.Batch.objects.get(pk=batch.pk).stamp
    again = page.post(f"/imports/{batch.pk}/reading/confirm/", {"page": 1, "seen": stamp})
    assert (again.status_code, "E461" in text(again)) == (422, True)


def test_長い表は頁のない文書でも分けて並ぶ(place) -> None:
    page = client(place.town.planner)
    rows = "\n".join(f"事業その{k},指標その{k},人,{k + 10},{k + 11}" for k in range(45))
    csv = f"令和4年度 見本市 地方創生推進交付金 実施結果\n事業の名称,重要業績評価指標（KPI）,単位,目標値,実績値\n{rows}\n"
    batch = upload(page, csv.encode(), "長い.csv")
    first = page.get(address(batch))
    assert list(first.context["chunks"]) == [1, 2, 3]
    assert "事業その0" in text(first).partition("読み取ったもの")[2]
    assert "事業その44" not in text(first).partition("読み取ったもの")[2]
    last = page.get(address(batch, part=3))
    assert "事業その44" in text(last).partition("読み取ったもの")[2]
    one = next(i for p in last.context["parts"] for _, row in p.rows for i in row)
    assert page.get(address(batch, **dict([one.query.split("=")]))).context["chunk"] == 3
