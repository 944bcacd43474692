"""証跡を読む. Pages, filters, what one line wrote, what became of one row, and the export."""

import csv
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings

from bookroom import BODY, START, Town, town
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.journal.export import as_csv, as_jsonl
from sosei.journal.history import history, written_by
from sosei.journal.queries import Wanted, line, lines, page, people_seen, verbs_used
from sosei.journal.seal import canonical, seal
from sosei.journal.subjects import subjects
from sosei.offices.models import Assignment, Department

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 6, 1, 0, 30, tzinfo=UTC)


@pytest.fixture
def made() -> Town:
    """A town on the first of June, and nine acts on the days after it."""
    with clock.at(DAY):
        it = town()
    for n in range(9):
        with (
            clock.at(DAY + timedelta(days=n + 1)),
            act(
                "office.arrange" if n % 2 else "lock.lift",
                body=BODY,
                by=it.admin.pk if n % 3 else None,
                subject=f"offices.department:{it.it.pk}",
                facts={"n": n},
            ) as w,
        ):
            w.change(it.it, name=f"産業{n}課")
    return it


def numbers(**wanted: object) -> list[int]:
    return [one.seq for one in page(BODY, Wanted(**wanted)).lines]


def test_新しい行から並び次の頁へ進み戻れる(made: Town) -> None:
    first = page(BODY, size=4)
    assert [one.seq for one in first.lines] == [10, 9, 8, 7]
    assert (first.newer, first.older) == (None, 7)
    second = page(BODY, before=first.older, size=4)
    assert [one.seq for one in second.lines] == [6, 5, 4, 3]
    assert (second.newer, second.older) == (6, 3)
    third = page(BODY, before=second.older, size=4)
    assert [one.seq for one in third.lines] == [2, 1]
    assert third.older is None
    back = page(BODY, after=third.newer, size=4)
    assert [one.seq for one in back.lines] == [6, 5, 4, 3]
    assert (back.newer, back.older) == (6, 3)
    assert page(BODY, after=6, size=4).newer is None


def test_人と行いと対象と日で絞れる(made: Town) -> None:
    assert numbers(person=made.admin.pk) == [10, 9, 7, 6, 4, 3]
    assert numbers(verb="lock.lift") == [10, 8, 6, 4, 2]
    assert len(numbers(subject=f"offices.department:{made.it.pk}")) == 9
    assert numbers(first=date(2026, 6, 3), last=date(2026, 6, 4)) == [4, 3]
    assert numbers(person=made.admin.pk, verb="lock.lift", first=date(2026, 6, 5)) == [10, 6]


def test_日は役所の時刻で数える(made: Town) -> None:
    late = datetime(2026, 7, 1, 15, 30, tzinfo=UTC)  # 7月2日 0時30分
    with clock.at(late), act("x", body=BODY, by=None, always=True):
        pass
    assert numbers(first=date(2026, 7, 2), last=date(2026, 7, 2)) == [11]
    assert numbers(last=date(2026, 7, 1), first=date(2026, 7, 1)) == []


def test_一頁は三回の問合せで足り行の一覧を読まない(
    made: Town, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(3) as seen:
        page(BODY, before=8, size=3)
    assert not [q for q in seen.captured_queries if '"journal_entry"."rows",' in q["sql"]]


def test_ほかの団体の行は見えない(made: Town) -> None:
    assert page("990002").lines == ()
    assert line("990002", 1) is None
    assert history("990002", "offices.department", made.it.pk) == ()
    assert written_by("990002", 1).steps == ()


def test_一行の書いた行の数と内容(made: Town) -> None:
    first = line(BODY, 1)
    assert first is not None
    assert first.rows == 1 + 3 + 8
    assert line(BODY, 5).facts == {"n": 3}
    assert (verbs_used(BODY), people_seen(BODY)) == (
        ["lock.lift", "office.arrange", "test.office"],
        [made.admin.pk],
    )


def test_一つの行の経緯を欄ごとに言う(made: Town) -> None:
    steps = history(BODY, "offices.department", made.it.pk)
    assert [step.stamp for step in steps] == list(range(10, 0, -1))
    latest = steps[0]
    assert (latest.seq, latest.by, latest.verb) == (10, made.admin.pk, "期限付きの解除")
    (change,) = latest.changes
    assert (change.column, change.old, change.new) == ("課名", "産業7課", "産業8課")
    begun = steps[-1]
    assert (begun.added, begun.seq, begun.at) == (True, 1, DAY)
    assert ("課名", "", "ものづくり推進課") in [(c.column, c.old, c.new) for c in begun.changes]


def test_経緯は参照する行を名で言う(made: Town) -> None:
    row = Assignment.objects.get(person=made.officer)
    with act("office.arrange", body=BODY, by=None) as w:
        w.change(row, department=made.tourism, last_day=date(2027, 3, 31))
    latest = history(BODY, "offices.assignment", row.pk)[0]
    assert {(c.column, c.old, c.new) for c in latest.changes} == {
        ("課", "産業8課", "観光課"),
        ("終了日", "", "令和9年3月31日（水）"),
    }
    begun = history(BODY, "offices.assignment", row.pk)[-1]
    assert ("利用者", "物作 太郎") in [(c.column, c.new) for c in begun.changes]


def test_取り消された行はそう言う(made: Town) -> None:
    with act("office.arrange", body=BODY, by=None) as w:
        w.void(made.tourism, reason="統合のため")
    latest = history(BODY, "offices.department", made.tourism.pk)[0]
    assert latest.voided
    assert ("取消の理由", "", "統合のため") in [(c.column, c.old, c.new) for c in latest.changes]


def test_証跡の一行が書いたものを見せる(made: Town) -> None:
    part = written_by(BODY, 1, first=1)
    assert [(step.kind, step.name) for step in part.steps][:4] == [
        ("課", "企画課"),
        ("課", "ものづくり推進課"),
        ("課", "観光課"),
        ("配属", "企画 花子・企画課"),
    ]
    assert (part.first, part.all, part.following) == (1, 12, None)
    (step,) = written_by(BODY, 10).steps
    assert [(c.old, c.new) for c in step.changes] == [("産業7課", "産業8課")]


def test_書いた行が多ければ頁に分ける(made: Town, django_assert_max_num_queries) -> None:
    with act("department.add", body=BODY, by=None) as w:
        for n in range(120):
            w.add(Department(code=f"n{n}", name=f"課{n}", first_day=START))
    seen, first = 0, 0
    while first is not None:
        with django_assert_max_num_queries(12):
            part = written_by(BODY, 11, first=first)
        seen, first = seen + len(part.steps), part.following
    assert seen == part.all == 120


def test_対象は名で言う(made: Town) -> None:
    assignment = Assignment.objects.get(person=made.officer)
    said = {
        f"offices.department:{made.it.pk}": ("課", "産業8課"),
        f"offices.person:{made.officer.pk}": ("利用者", "物作 太郎"),
        f"offices.assignment:{assignment.pk}": ("配属", "物作 太郎・産業8課"),
        "journal.entry:3": ("証跡の行", "第3行"),
    }
    others = [
        "offices.department:99999",
        "volume:2021:",
        "x",
        "",
        "auth.group:1",
        "offices.department",
    ]
    found = subjects(BODY, [*said, *others])
    assert {text: (one.kind, one.name) for text, one in found.items()} == said
    assert (found[f"offices.person:{made.officer.pk}"].table) == ""
    assert set(subjects("990002", said)) == {"journal.entry:3"}


def test_ない表やない行の経緯は空(made: Town) -> None:
    for table in ("offices.nothing", "x", "offices.person", ""):
        assert history(BODY, table, 1) == ()


def test_書き出したCSVはExcelで開け全行を含む(made: Town) -> None:
    text = b"".join(as_csv(BODY, None, {made.admin.pk: "管理, 者男"})).decode()
    assert text.startswith("\ufeff番号,日時,")
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True)))
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(1, 11)]
    assert rows[3][2:6] == [str(made.admin.pk), "管理, 者男", "office.arrange", "office.arrange"]
    assert rows[3][1] == "2026-06-03T09:30:00+09:00"
    assert text.count("\r\n") == 11


@pytest.mark.parametrize("sign", "=+-@")
def test_式に見える名前は書き出しでは文字のまま(made: Town, sign: str) -> None:
    name = f"{sign}HYPERLINK(1)"
    text = b"".join(as_csv(BODY, None, {made.admin.pk: name})).decode()
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True)))
    assert rows[3][3] == f"'{name}"


def test_書き出したJSONは鍵があればそれだけで確かめられる(made: Town) -> None:
    parsed = [json.loads(text) for text in as_jsonl(BODY, None)]
    assert len(parsed) == 10
    before = ""
    for entry in parsed:
        printed = entry.pop("seal")
        assert seal(settings.SOSEI_JOURNAL_KEYS[1], entry) == printed
        assert entry["before"] == before
        before = printed
    assert canonical(parsed[0])


def test_絞り込みは書き出しにも効く(made: Town) -> None:
    wanted = Wanted(verb="lock.lift")
    assert len(list(as_jsonl(BODY, wanted))) == len(list(lines(BODY, wanted))) == 5


def test_新しい課の経緯は一つだけ(made: Town) -> None:
    with act("office.arrange", body=BODY, by=made.admin.pk) as w:
        new = w.add(Department(code="44", name="新課", first_day=START))
    (step,) = history(BODY, "offices.department", new.pk)
    assert (step.seq, step.by, step.added) == (11, made.admin.pk, True)
