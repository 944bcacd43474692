"""取込みの画面. A file is uploaded, its difference read, ticked and applied by plain forms; refused, kept, undone."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

import answerfiles
from deskclient import client, text
from inquiryroom import JUNE, number, room, said, this_year
from sosei.core.codec import dumps
from sosei.core.report import Project, Report, Year
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.inquiries import Wording, send_inquiry
from sosei.ledger.queries.questions import USUAL
from sosei.ledger.sheets import sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    with at(JUNE):
        found = room()
        found.inquiry = send_inquiry(
            by=found.town.planner,
            volume=found.volume.pk,
            departments=[found.town.it.pk, found.town.tourism.pk],
            kinds=USUAL,
            words=Wording(title="実績調査", due_on=date(2023, 6, 21)),
        )
        yield found


def form(place, fill: dict[str, object], department=None, name: str = "回答.xlsx"):
    part = place.inquiry.parts.get(department=department or place.town.it)
    keys = {q.indicator or q.field: q.key for q in sheet_of(part.sheet).questions}
    book = answerfiles.filled(sheet_of(part.sheet), {keys[k]: v for k, v in fill.items()})
    return SimpleUploadedFile(name, answerfiles.saved(book))


def upload(place, who, *files, **more):
    return client(who).post(
        f"/inquiries/{place.inquiry.pk}/answers/", {"files": list(files), **more}
    )


def report(**more) -> SimpleUploadedFile:
    projects = list(this_year().projects)
    first = projects[0].indicators[1]
    years = (replace(first.years[0], actual=number(34)),)
    projects[0] = replace(
        projects[0],
        indicators=(
            projects[0].indicators[0],
            replace(first, years=years),
            projects[0].indicators[2],
        ),
    )
    changed = replace(this_year(), projects=tuple(projects), **more)
    return SimpleUploadedFile("報告書.json", dumps(changed).encode())


def ticks(page) -> list[str]:
    """The values of the boxes that the page has ticked."""
    rows = [row for group in page.context["groups"] for row in group.rows]
    return [f"{row.id}|{row.digest}" for row in rows if row.is_ticked and row.acceptable]


def test_回答を上げると差分の画面に進み_反映して取り消せる(place) -> None:
    page = client(place.town.officer)
    done = upload(
        place, place.town.officer, form(place, {"会員企業への就職者数": 18, "補助金": 17662})
    )
    batch = m.Batch.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"/imports/{batch.pk}/")
    seen = page.get(done["Location"])
    words = text(seen)
    assert "会員企業への就職者数 令和4年度 実績値" in words
    assert "シート「回答」" in words
    assert "17,662千円" in words
    assert "空欄だった項目（" in words
    applied = page.post(done["Location"], {"take": ticks(seen)})
    assert applied.status_code == 302
    after = page.get(done["Location"])
    assert "台帳に反映しました" in text(after)
    assert m.Value.objects.filter(number=18, origin="inquiry").exists()
    page.post(f"/imports/{batch.pk}/undo/", {"reason": "取り違え"})
    assert "まとめて取り消しました" in text(page.get(done["Location"]))
    assert not m.Value.objects.filter(
        number=18, voided__isnull=True, point__fiscal_year=2022
    ).exists()


def test_読み取れなかった所からはその課の一覧入力に進める(place) -> None:
    done = upload(place, place.town.officer, form(place, {"会員企業への就職者数": "ずいぶん増えた", "会員企業数": 34}))  # fmt: skip
    page = client(place.town.officer).get(done["Location"])
    assert "読み取れなかった所（1）" in text(page)
    grid = f"/volumes/{place.volume.pk}/grid/?department={place.town.it.pk}"
    assert f'<a href="{grid}">必要なものを一覧で入力する</a>' in page.content.decode()
    client(place.town.officer).post(done["Location"], {"take": ticks(page)})
    assert "反映した内容（1件）" in text(client(place.town.officer).get(done["Location"]))


def test_いくつものファイルは一つずつ結果が出る(place) -> None:
    done = upload(
        place, place.town.planner,
        form(place, {"会員企業数": 34}), form(place, {"観光消費額": "12.8"}, place.town.tourism, "観光.xlsx"),
        SimpleUploadedFile("古い.pdf", b"%PDF-1.4 x"), SimpleUploadedFile("空.xlsx", b""),
    )  # fmt: skip
    words = text(done)
    assert done.status_code == 200
    assert words.count("確認待ち") == 2
    assert "E207" in words
    assert "E408" in words


def test_ファイルを選ばずに押すとそう言う(place) -> None:
    assert "E407" in text(upload(place, place.town.officer))


def test_ほかの課の回答は断る(place) -> None:
    done = upload(place, place.town.other, form(place, {"会員企業数": 34}))
    assert (done.status_code, "E435" in text(done)) == (422, True)


def test_表示のあとに変わったら409で比べ直す(place) -> None:
    upload(place, place.town.officer, form(place, {"会員企業への就職者数": 18}))
    page = client(place.town.officer)
    batch = m.Batch.objects.get()
    boxes = ticks(page.get(f"/imports/{batch.pk}/"))
    point = m.Shown.objects.get(line__entry__volume=place.volume, line__number="1").point
    m.Value.objects.create(
        body=batch.body, since=JUNE, point=point, role="actual", number=17, origin="typed"
    )
    again = page.post(f"/imports/{batch.pk}/", {"take": boxes})
    assert again.status_code == 409
    words = text(again)
    assert "E454" in words
    assert "表示後に変更" in words
    assert "照会したあとに、台帳の値が変わっています" in words
    assert m.Batch.objects.get().state == "proposed"
    needs = page.post(f"/imports/{batch.pk}/", {"take": [f"{r.id}|{r.digest}" for g in again.context["groups"] for r in g.rows]})  # fmt: skip
    assert (needs.status_code, "E403" in text(needs)) == (422, True)


def test_取りやめには理由が要り_あとで決めることもできる(place) -> None:
    upload(place, place.town.officer, form(place, {"会員企業数": 34}))
    batch = m.Batch.objects.get()
    page = client(place.town.officer)
    assert "確認待ち" in text(page.get("/imports/"))
    assert page.post(f"/imports/{batch.pk}/refuse/", {"reason": ""}).status_code == 422
    page.post(f"/imports/{batch.pk}/refuse/", {"reason": "古い様式"})
    words = text(page.get(f"/imports/{batch.pk}/"))
    assert "取りやめました" in words
    assert "古い様式" in words


def test_報告書は違いだけが見え_二度目は変更なしと言う(place) -> None:
    page = client(place.town.planner)
    done = page.post("/imports/new/", {"kind": "report", "files": [report()]})
    seen = page.get(done["Location"])
    assert [row.kind for g in seen.context["groups"] for row in g.rows] == ["changed"]
    assert "変更のない項目も表示する" in text(seen)
    assert "業務委託" not in text(seen)
    assert "業務委託" in text(page.get(f"{done['Location']}?all=1"))
    page.post(done["Location"], {"take": ticks(seen)})
    again = page.post("/imports/new/", {"kind": "report", "files": [report()]})
    assert "すでに台帳と同じです" in text(again)


def test_何も選ばずに押すとそう言う(place) -> None:
    page = client(place.town.planner)
    done = page.post("/imports/new/", {"kind": "report", "files": [report()]})
    refused = page.post(done["Location"], {})
    assert (refused.status_code, "E437" in text(refused)) == (422, True)


def test_新しい年度は中身と点検を見てから登録する(place) -> None:
    page = client(place.town.planner)
    done = page.post(
        "/imports/new/", {"kind": "report", "files": [report(fiscal_year=Year(year=2023))]}
    )
    seen = page.get(done["Location"])
    words = text(seen)
    assert "令和5年度（2023年度）の報告書はまだ台帳にありません" in words
    assert "点検の結果" in words
    assert seen.context["indicators"] == 7
    refused = page.post(done["Location"], {})
    assert (refused.status_code, "E604" in text(refused)) == (422, True)
    assert "ファイルの値に置き換えてよい" in text(refused)
    page.post(f"{done['Location']}restate/")
    assert page.post(done["Location"], {}).status_code == 302
    assert m.Volume.objects.filter(fiscal_year=2023).exists()


def test_担当者は新しい年度の報告書を取り込めない(place) -> None:
    files = [report(fiscal_year=Year(year=2024))]
    done = client(place.town.officer).post("/imports/new/", {"kind": "report", "files": files})
    assert (done.status_code, "E401" in text(done)) == (422, True)


def test_計画でない文書を計画として読もうとすると断る(place) -> None:
    empty = SimpleUploadedFile("空.json", dumps(Report(fiscal_year=Year(year=2022), projects=(Project(name=said("事業")),))).encode())  # fmt: skip
    done = client(place.town.planner).post("/imports/new/", {"kind": "increment", "files": [empty]})
    assert (done.status_code, "E439" in text(done)) == (422, True)


def test_届いたファイルはそのまま受け取れる(place) -> None:
    sent = form(place, {"会員企業数": 34})
    data = sent.read()
    sent.seek(0)
    upload(place, place.town.officer, sent)
    batch = m.Batch.objects.get()
    got = client(place.town.auditor).get(f"/imports/{batch.pk}/file/")
    assert got.content == data


@pytest.mark.parametrize(("role", "status"), [("expert", 403), ("admin", 403), ("auditor", 200)])
def test_見られる人は役割による(place, role: str, status: int) -> None:
    upload(place, place.town.officer, form(place, {"会員企業数": 34}))
    batch = m.Batch.objects.get().pk
    page = client(getattr(place.town, role))
    for path in ("/imports/", f"/imports/{batch}/", f"/imports/{batch}/file/"):
        assert page.get(path).status_code == status, path
    assert page.post(f"/imports/{batch}/", {}).status_code == 403
    assert page.post(f"/imports/{batch}/refuse/", {"reason": "x"}).status_code == 403


def test_英語でも読める(place) -> None:
    upload(place, place.town.officer, form(place, {"会員企業数": 34}))
    page = client(place.town.planner)
    page.cookies["django_language"] = "en"
    assert "In the book" in text(page.get(f"/imports/{m.Batch.objects.get().pk}/"))
    assert "Take a report or plan in" in text(page.get("/imports/new/"))


@pytest.mark.parametrize("path", ["/imports/", "/imports/new/", "/imports/{b}/"])
def test_問合せは25件まで(place, path: str) -> None:
    upload(place, place.town.officer, form(place, {"会員企業数": 34}))
    page = client(place.town.planner)
    address = path.format(b=m.Batch.objects.get().pk)
    page.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert page.get(address).status_code == 200
    assert len(asked) <= 25


def actions_on(page) -> set[str]:
    """What the page of a batch lets one do: its buttons by the last step of their address ("": apply)."""
    html = page.content.decode()
    found = set(re.findall(r'action="/imports/\d+/(\w+)/"', html))
    return found | ({"apply"} if re.search(r'<form method="post"[^>]*novalidate', html) and "sticky-buttons" in html else set())  # fmt: skip


def boxes(page) -> set[str]:
    """The ids of the changes that can be ticked."""
    return {
        one.partition("|")[0] for one in re.findall(r'name="take" value="([^"]+)"', page.content.decode())
    }  # fmt: skip


def by_planner(place, **more) -> str:
    """The address of a report that planning put forward, with figures and targets of two departments."""
    projects = [
        replace(p, indicators=tuple(
            replace(k, years=tuple(replace(y, target=number(99), actual=number(88)) for y in k.years))
            for k in p.indicators
        ))
        for p in this_year().projects
    ]  # fmt: skip
    changed = replace(this_year(), projects=tuple(projects), **more)
    file = SimpleUploadedFile("報告書.json", dumps(changed).encode())
    done = client(place.town.planner).post("/imports/new/", {"files": [file], "kind": "report"})
    return done["Location"]


def test_担当者に見えるのは自分の課の反映できる項目の印だけ(place) -> None:
    address = by_planner(place)
    seen = client(place.town.officer).get(address)
    rows = {row.id: row for group in seen.context["groups"] for row in group.rows}
    mine = {id for id in boxes(seen) if id in rows}
    assert mine
    assert all(rows[id].change.field == "YearPoint.actual" for id in mine)
    assert all("観光" not in rows[id].row.change.subject_ja for id in mine)
    assert "印の欄のない変更" in text(seen)
    assert actions_on(seen) == {"apply"}, (
        "ほかの人が出したファイルは、対応を決めも取りやめもできない"
    )
    ticked = [f"{id}|{rows[id].digest}" for id in mine]
    done = client(place.town.officer).post(address, {"take": ticked, "reason": "確かめた"})
    assert done.status_code == 302


def test_企画担当にはすべての釦が見える(place) -> None:
    seen = client(place.town.planner).get(by_planner(place))
    assert {"apply", "refuse"} <= actions_on(seen)
    assert "印の欄のない変更" not in text(seen)


def test_見るだけの人には釦も印もない(place) -> None:
    for address in (by_planner(place), by_planner(place, fiscal_year=Year(year=2019))):
        seen = client(place.town.auditor).get(address)
        assert actions_on(seen) == set()
        assert boxes(seen) == set()
        assert "企画担当" in text(seen)


def test_ほかの人が出したファイルの対応を担当者は決められない(place) -> None:
    address = by_planner(place)
    for who in (place.town.officer, place.town.other, place.town.auditor):
        for step in ("decide", "refuse"):
            answer = client(who).post(f"{address}{step}/", {"reason": "試し"})
            assert answer.status_code == 403, step
    assert m.Batch.objects.get().state == "proposed"


def test_新しい年度の登録は企画担当にだけ見える(place) -> None:
    address = by_planner(place, fiscal_year=Year(year=2019))
    assert actions_on(client(place.town.planner).get(address)) == {"apply", "refuse"}
    assert actions_on(client(place.town.officer).get(address)) == set()
    assert client(place.town.officer).post(address).status_code == 403


def test_取消の釦は取り消せる人にだけ見える(place) -> None:
    address = by_planner(place)
    planner = client(place.town.planner)
    planner.post(address, {"take": ticks(planner.get(address)), "reason": "計画の変更"})
    assert actions_on(planner.get(address)) == {"undo"}
    for who in (place.town.officer, place.town.auditor):
        assert actions_on(client(who).get(address)) == set()
        assert client(who).post(f"{address}undo/", {"reason": "x"}).status_code == 403
