"""証跡の画面. Who sees it, how it is narrowed, what a line and a row say, and what is taken along."""

import csv
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bookroom import BODY, START, Town, town
from deskroom import BACKEND
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.journal.models import Entry
from sosei.ledger.actions.figures import record_value
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.models import Line, ProjectYear, Value
from sosei.ledger.typed import Typed
from sosei.offices.models import Department
from sosei.offices.permissions import may
from yearbook import small_report

pytestmark = pytest.mark.django_db
DAY = datetime(2022, 6, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def made() -> Town:
    """An office on the first of June, and a department renamed three times on the days after."""
    with clock.at(DAY):
        it = town()
    for n, who in enumerate((it.admin, it.planner, it.admin)):
        with (
            clock.at(DAY + timedelta(days=n + 1)),
            act(
                "department.correct", body=BODY, by=who.pk, subject=f"offices.department:{it.it.pk}"
            ) as w,
        ):
            w.change(it.it, name=f"産業{n}課")
    return it


def desk(person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def text(client: Client, name: str, *args: object, **query: object) -> str:
    page = client.get(reverse(f"desk:{name}", args=args), query)
    assert page.status_code == 200, page.content.decode()
    return page.content.decode()


def seqs(page: str) -> list[int]:
    return [n for n in range(200, 0, -1) if f"/journal/{n}/" in page]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("planner", 200), ("planning_head", 200), ("auditor", 200), ("admin", 200),
        ("officer", 403), ("section_head", 403), ("expert", 403),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "page",
    [("journal",), ("journal_line", 1), ("journal_row", "offices.department", 0), ("journal_export", "csv")],
    ids=lambda page: page[0],
)  # fmt: skip
def test_見てよい役割だけが見る(made: Town, role: str, status: int, page: tuple) -> None:
    name, *args = [made.it.pk if part == 0 else part for part in page]
    answer = desk(getattr(made, role)).get(reverse(f"desk:{name}", args=args))
    assert answer.status_code == status


def test_入っていない人は入口へ(made: Town) -> None:
    assert Client().get(reverse("desk:journal")).status_code == 302


def test_一覧は人と行いと対象を言葉で言う(made: Town) -> None:
    page = text(desk(made.auditor), "journal")
    assert seqs(page) == [4, 3, 2, 1]
    for words in ("課の訂正", "管理 者男", "企画 花子", "産業2課", "6月4日", "10:00"):
        assert words in page
    english = desk(made.auditor)
    english.cookies["django_language"] = "en"
    assert "Correct a department" in text(english, "journal")


def test_人と行いと日と対象で絞れる(made: Town) -> None:
    client = desk(made.auditor)
    assert seqs(text(client, "journal", person=made.admin.pk)) == [4, 2]
    assert seqs(text(client, "journal", verb="test.office")) == [1]
    assert seqs(text(client, "journal", first="2022-06-03", last="2022-06-03")) == [3]
    about = text(client, "journal", subject=f"offices.department:{made.it.pk}")
    assert seqs(about) == [4, 3, 2]
    assert "「産業2課」（課）についての行だけ" in about
    assert "この条件に合う行はありません" in text(client, "journal", first="2030-01-01")


def test_日の順が逆なら欄で言い何も見せない(made: Town) -> None:
    page = desk(made.auditor).get(
        reverse("desk:journal"), {"first": "2022-06-03", "last": "2022-06-01"}
    )
    assert page.status_code == 422
    assert "後の日にしてください" in page.content.decode()
    assert seqs(page.content.decode()) == []


def test_頁を送って全部を見られる(made: Town) -> None:
    for n in range(60):
        with act("department.correct", body=BODY, by=None) as w:
            w.change(made.tourism, name=f"観光{n}課")
    client = desk(made.auditor)
    first = text(client, "journal", verb="department.correct")
    assert seqs(first) == list(range(64, 14, -1))
    assert f"verb=department.correct&amp;before={15}" in first
    second = text(client, "journal", verb="department.correct", before=15)
    assert seqs(second) == list(range(14, 1, -1))
    assert "after=14" in second


def test_一行は書いたものを前と後で見せる(made: Town) -> None:
    page = text(desk(made.auditor), "journal_line", 4)
    assert '<del class="before">産業1課</del>' in page
    assert '<ins class="after">産業2課</ins>' in page
    assert Entry.objects.get(seq=4).seal in page
    first = text(desk(made.auditor), "journal_line", 1)
    assert "書いた行 12件" in first


def test_行の経緯は古い順にたどれる(made: Town) -> None:
    page = text(desk(made.auditor), "journal_row", "offices.department", made.it.pk)
    places = [page.index(f"/journal/{n}/") for n in (4, 3, 2, 1)]
    assert places == sorted(places)
    assert "ものづくり推進課" in page


def test_段階も役割も言葉で言う(made: Town) -> None:
    with clock.at(DAY + timedelta(days=9)):
        volume = record_report(by=made.planner, report=small_report())
        entry = ProjectYear.objects.filter(volume=volume).order_by("position").first()
        move_entry(by=made.planner, entry=entry.pk, move="forward", reason="課長不在のため")
    page = text(desk(made.auditor), "journal_row", "ledger.projectyear", entry.pk)
    assert "企画課で確認中" in page
    assert "作成中" in page
    assert "成長分野拠点形成支援事業の経緯" in page


def test_どの頁も二十五回までの問合せで足りる(made: Town, django_assert_max_num_queries) -> None:
    record_report(by=made.planner, report=small_report())
    client, last = desk(made.auditor), Entry.objects.count()
    for name, *args in (
        ("journal",),
        ("journal_line", last),
        ("journal_row", "offices.department", made.it.pk),
    ):
        with django_assert_max_num_queries(25):
            text(client, name, *args)


def test_大きな取込みの行も頁に分けて見られる(made: Town) -> None:
    record_report(by=made.planner, report=small_report())
    client, entry = desk(made.auditor), Entry.objects.order_by("-seq").first()
    seen, first = 0, "0"
    for _ in range(20):
        page = text(client, "journal_line", entry.seq, **{"from": first})
        seen += page.count('class="written"')
        following = re.search(r'rel="next" href="\?from=(\d+)"', page)
        if following is None:
            break
        first = following[1]
    assert seen == len(entry.rows) > 40


def revised(made: Town) -> Entry:
    """A report whose first figure was 18 and is 17,000, with the line that wrote it."""
    record_report(by=made.planner, report=small_report())
    line = Line.objects.get(definition__name="新規雇用者数")
    value = Value.objects.get(point__indicator=line.indicator, role="actual", number=18)
    record_value(
        by=made.planner, line=line.pk, seen=value.pk, year=2021,
        typed=Typed(text="17000", state="final", reason="集計の重複を除いた"),
    )  # fmt: skip
    return Entry.objects.filter(verb="value.record").order_by("-seq").first()


def test_値の登録は前の値と後の値を一つの変更として単位と確報で言う(made: Town) -> None:
    entry = revised(made)
    page = text(desk(made.auditor), "journal_line", entry.seq)
    assert page.count('class="written"') == 1
    old, new = re.search(r'<del class="before">([^<]*)</del>.*?<ins class="after">([^<]*)</ins>', page).groups()  # fmt: skip
    assert (old, new) == ("18人", "17,000人（確定）")
    assert "会員企業への就職者数 ＞ 令和3年度 実績値" in page.replace(
        "新規雇用者数", "会員企業への就職者数"
    )
    assert re.search(r'<h3><a href="/indicators/\d+/">', page)


def test_記号と西暦とJSONは技術情報のほかに出ない(made: Town) -> None:
    entry = revised(made)
    for seq in range(1, entry.seq + 1):
        page = text(desk(made.auditor), "journal_line", seq)
        shown = page[: page.index("技術情報")]
        words = re.sub(r"<[^>]+>", " ", shown)
        assert not re.search(r"\d{4}-\d\d-\d\d", words), seq
        assert not re.search(r"typed|年度の欄\d|&quot;", words), seq
        assert "<pre" not in shown
    assert "&quot;origin&quot;" in page[page.index("技術情報") :]


def test_英語の画面は項目を英語の名で言う(made: Town) -> None:
    entry = revised(made)
    client = desk(made.auditor)
    client.cookies["django_language"] = "en"
    page = text(client, "journal_line", entry.seq)
    for said in ("Figure", "How it came in", "FY2021 Actual", "17,000人 (final)", "Reason"):
        assert said in page
    heads = re.findall(r'<th scope="(?:row|col)">([^<]*)<', page)
    assert heads
    assert not [head for head in heads if re.search("[ぁ-んァ-ヶ一-龠]", head)]


def test_台帳を見られない管理者には台帳への道を出さない(made: Town) -> None:
    entry = revised(made)
    assert may(made.admin, "book.see") is None
    page = text(desk(made.admin), "journal_line", entry.seq)
    assert "/indicators/" not in page
    assert "令和3年度 実績値" in page


def test_ない行とほかの団体の行は見つからない(made: Town) -> None:
    with act("test.office", body="990002", by=None) as w:
        other = w.add(Department(code="01", name="隣の課", first_day=START))
    client = desk(made.auditor)
    for name, *args in (
        ("journal_line", 99), ("journal_row", "offices.department", other.pk),
        ("journal_row", "offices.person", made.admin.pk), ("journal_row", "x", 1), ("journal_export", "xlsx"),
    ):  # fmt: skip
        assert client.get(reverse(f"desk:{name}", args=args)).status_code == 404


def test_書き出すと全行が出て書き出したことが残る(made: Town) -> None:
    client = desk(made.auditor)
    answer = client.get(reverse("desk:journal_export", args=["csv"]))
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5"]
    assert rows[-1][4] == "journal.export"
    assert rows[3][3] == "企画 花子"
    narrowed = client.get(reverse("desk:journal_export", args=["jsonl"]), {"person": made.admin.pk})
    lines = [json.loads(line) for line in b"".join(narrowed.streaming_content).splitlines()]
    assert [line["seq"] for line in lines] == [2, 4]
    noted = Entry.objects.order_by("-seq").first()
    assert (noted.by, noted.facts) == (
        made.auditor.pk,
        {"form": "jsonl", "person": str(made.admin.pk)},
    )


def test_対象のない行いは添えた事項で言う(made: Town) -> None:
    record_report(by=made.planner, report=small_report())
    row = re.search(r"報告書の登録</td>.*?</tr>", text(desk(made.auditor), "journal", verb="volume.record"), re.S)  # fmt: skip
    assert "年度 令和3年度（2021年度）" in row[0]
