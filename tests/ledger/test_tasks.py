"""今やること. What is owed, by whom, by when: overdue first, the one thing to do next on top, each desk its own."""

from datetime import UTC, date, datetime, timedelta

import pytest
from axes.models import AccessAttempt

from bookroom import person
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.rollover import roll_over
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.queries.tasks import open_day, todo_of
from sosei.offices.actions.assignments import name_deputy
from sosei.offices.actions.departments import close_department
from sosei.offices.models import Person
from yearbook import Book, accept, book

pytestmark = pytest.mark.django_db
DAY = date(2022, 6, 15)


@pytest.fixture
def made():
    with clock.at(datetime(2022, 6, 15, 1, tzinfo=UTC)):
        yield book()


def fresh(who: Person) -> Person:
    return Person.objects.get(pk=who.pk)


def add(made: Book, row):
    with act("test.add", body=made.town.planner.body, by=None) as w:
        return w.add(row)


def change(made: Book, row, **columns):
    with act("test.change", body=made.town.planner.body, by=None) as w:
        return w.change(row, **columns)


def inquire(made: Book, due: date, *departments, **more) -> list[m.InquiryPart]:
    inquiry = add(
        made,
        m.Inquiry(volume=made.volume, title="実績の照会", sent_on=date(2022, 5, 1), due_on=due),
    )
    return [
        add(made, m.InquiryPart(inquiry=inquiry, department=d, mark=f"q{d.pk}", **more))
        for d in departments
    ]


def tasks(who: Person, kind: str):
    return [task for task in todo_of(fresh(who)).tasks if task.kind == kind]


def test_照会は課には自分の分だけ企画課には全部見える(made: Book) -> None:
    t = made.town
    inquire(made, date(2022, 6, 20), t.it, t.tourism)
    [whole] = tasks(t.planner, "inquiry")
    assert (whole.names, whole.each, whole.count) == (("ものづくり推進課", "観光課"), True, 2)
    [own] = tasks(t.officer, "inquiry")
    assert (own.ja, own.mine, own.left, own.urgency) == (
        "照会「実績の照会」に回答する", True, 5, "soon",
    )  # fmt: skip
    assert not any(task.mine for task in tasks(t.planner, "inquiry"))
    assert [task.names for task in tasks(t.auditor, "inquiry")] == [whole.names]


def test_待っている回答は期限と督促の日ごとに一行になり課に分けられる(made: Book) -> None:
    t = made.town
    first, _, other = inquire(made, date(2022, 6, 20), t.it, t.tourism, t.planning)
    change(made, other, due_on=date(2022, 6, 24))
    rows = tasks(t.auditor, "inquiry")
    assert [(row.due, len(row.names)) for row in rows] == [
        (date(2022, 6, 20), 2),
        (date(2022, 6, 24), 1),
    ]
    assert rows[0].of("観光課").names == ("観光課",)
    change(made, first, reminded_on=date(2022, 6, 14))
    assert [
        row.note_ja for row in tasks(t.auditor, "inquiry") if row.names == ("ものづくり推進課",)
    ] == ["6月14日に督促済み"]
    assert len(tasks(t.auditor, "inquiry")) == 3


def test_期限を過ぎた照会は企画課が督促する(made: Book) -> None:
    inquire(made, date(2022, 6, 10), made.town.it)
    [late] = tasks(made.town.planner, "inquiry")
    assert (late.mine, late.late_by, late.urgency) == (True, 5, "late")
    assert late.note_ja == "期限を過ぎています。督促してください"


def test_延ばした期限が期限になり督促した日がわかる(made: Book) -> None:
    inquire(
        made, date(2022, 6, 10), made.town.it, due_on=date(2022, 6, 17),
        reminded_on=date(2022, 6, 13),
    )  # fmt: skip
    [task] = tasks(made.town.planner, "inquiry")
    assert (task.due, task.note_ja) == (date(2022, 6, 17), "6月13日に督促済み")


def test_回答した照会と締め切った照会は出ない(made: Book) -> None:
    [part, other] = inquire(made, date(2022, 6, 10), made.town.it, made.town.tourism)
    change(made, part, answered_on=date(2022, 6, 9))
    assert [task.who for task in tasks(made.town.planner, "inquiry")] == ["観光課"]
    change(made, other.inquiry, closed_on=date(2022, 6, 14))
    assert not tasks(made.town.planner, "inquiry")


def test_もう書けない報告書の照会は締め切らなくても出ない(made: Book) -> None:
    inquire(made, date(2022, 6, 10), made.town.it)
    change(made, made.volume, stage="deciding")
    assert not tasks(made.town.planner, "inquiry")
    assert not tasks(made.town.officer, "inquiry")


def test_集計中は予定日ごとに課へ(made: Book) -> None:
    t = made.town
    [undated] = tasks(t.other, "counting")
    assert (undated.ja, undated.due, undated.mine) == (
        "集計中の「入込客数」の判明予定日を決める", None, True,
    )  # fmt: skip
    change(made, m.Value.objects.get(gap="counting"), expected_on=date(2022, 6, 14))
    [late] = tasks(t.other, "counting")
    assert (late.late_by, late.page, late.numbers) == (1, "entry", (made.tourism.pk,))
    assert not tasks(t.officer, "counting")
    [whole] = tasks(t.planner, "counting")
    assert (whole.who, whole.mine) == ("観光課", True)


def test_手続は次に動く人の用件になる(made: Book) -> None:
    t = made.town
    assert [task.mine for task in tasks(t.officer, "entry")] == [True]
    [writing] = tasks(t.planner, "entry")
    assert (writing.names, writing.mine) == (("ものづくり推進課", "観光課"), False), (
        "作成中は見えるが、企画課の用件ではない"
    )
    assert (writing.ja, writing.page) == ("令和3年度の記載：作成中", "signoff")
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    [waiting] = tasks(t.section_head, "entry")
    assert (waiting.ja, waiting.mine, waiting.numbers) == (
        "令和3年度の記載1件：課として確認する", True, (made.it.pk,),
    )  # fmt: skip
    assert not any(task.mine for task in tasks(t.officer, "entry"))
    move_entry(by=t.section_head, entry=made.it.pk, move="approve")
    assert [task.mine for task in tasks(t.planner, "entry") if "企画課" in task.ja] == [True]
    move_entry(by=t.planner, entry=made.it.pk, move="send_down", reason="出典がない")
    [back] = tasks(t.officer, "entry")
    assert back.ja == "令和3年度の記載1件：差し戻された記載を直して提出する"


def test_担当課を外した記載は企画課の用件に残る(made: Book) -> None:
    t = made.town
    decision = decide(made, date(2022, 6, 30))
    for charge in m.Charge.objects.filter(entry__in=[made.it, made.tourism]):
        with act("test.void", body=t.planner.body, by=None) as w:
            w.void(charge, reason="印を外した")
    [found] = tasks(t.planner, "entry")
    assert (found.names, found.mine, found.count) == (("担当課なし",), True, 2)
    assert not tasks(t.officer, "entry")
    [report] = tasks(t.planner, "decision")
    assert (report.names, report.numbers) == ((), (made.it.pk, decision.pk))
    assert "成長分野拠点形成支援事業" in report.ja


def test_代理の人の机にもその人の用件が出る(made: Book) -> None:
    t = made.town
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    name_deputy(
        by=t.admin, person=t.section_head.pk, deputy=t.other.pk,
        first_day=DAY, last_day=DAY, reason="休暇",
    )  # fmt: skip
    assert any(task.mine and "課として確認" in task.ja for task in tasks(t.other, "entry"))


def decide(made: Book, due: date, **more) -> m.GrantDecision:
    return add(
        made,
        m.GrantDecision(
            project=made.it.project, fiscal_year=2021, number="府地創第1号",
            decided_on=date(2021, 4, 1), yen=5_000_000, report_due=due, **more,
        ),
    )  # fmt: skip


def test_実績報告は日付ごとに近づく(made: Book) -> None:
    for days, urgency in ((31, "later"), (30, "ahead"), (14, "near"), (7, "soon"), (-1, "late")):
        row = decide(made, DAY + timedelta(days=days))
        [task] = tasks(made.town.planner, "decision")
        assert (task.urgency, task.left) == (urgency, days)
        assert "成長分野拠点形成支援事業" in task.ja
        change(made, row, reported_on=DAY, reported_yen=1)
    assert not tasks(made.town.planner, "decision")


def test_実績報告は担当の課にも見える(made: Book) -> None:
    decide(made, DAY)
    [task] = tasks(made.town.officer, "decision")
    assert (task.who, task.mine) == ("ものづくり推進課", False)
    assert not tasks(made.town.other, "decision")


def test_休みの日の期限はその前の開庁日までに行う(made: Book) -> None:
    decide(made, date(2023, 4, 9))
    with clock.at(datetime(2023, 4, 3, 1, tzinfo=UTC)):
        [task] = tasks(made.town.planner, "decision")
    assert (task.due, task.act_by) == (date(2023, 4, 9), date(2023, 4, 7))
    assert open_day(date(2022, 1, 3)) == date(2021, 12, 28)


def opine(made: Book, **more) -> m.Opinion:
    return add(
        made,
        m.Opinion(volume=made.volume, entry=made.tourism, expert="学識", text="根拠が弱い", **more),
    )


def test_意見への回答と約束が担当課に届く(made: Book) -> None:
    t = made.town
    row = opine(made)
    [asked] = tasks(t.other, "opinion")
    assert (asked.who, asked.mine, asked.due) == ("観光課", True, None)
    change(
        made, row, response="統計を改める", responded_by=t.planner,
        response_due=date(2022, 9, 30), department=t.it,
    )  # fmt: skip
    assert not tasks(t.other, "promise")
    [promise] = tasks(t.officer, "promise")
    assert (promise.due, promise.urgency) == (date(2022, 9, 30), "later")
    change(made, row, done_on=DAY, done_note="改めた")
    assert not tasks(t.officer, "promise")


def test_約束のない回答は用件にならない(made: Book) -> None:
    opine(made, response="ご意見として承った", responded_by=made.town.planner)
    assert not tasks(made.town.other, "promise")
    assert not tasks(made.town.other, "opinion")


def test_有識者は自分の意見書だけを見る(made: Book) -> None:
    t = made.town
    paper = {"volume": made.volume, "sheet": "{}", "sent_on": DAY, "due_on": date(2022, 6, 30)}
    add(made, m.OpinionPaper(expert="有識 者子", person=t.expert, mark="x1", **paper))
    add(made, m.OpinionPaper(expert="別の人", mark="x2", **paper))
    inquire(made, DAY, t.it)
    todo = todo_of(fresh(t.expert))
    assert [task.ja for task in todo.tasks] == ["令和3年度の報告書に意見を出す"]
    assert todo.first is not None
    assert {task.who for task in tasks(t.planner, "paper")} == {"有識 者子委員", "別の人委員"}


def test_すべて確認すると決裁に出す用件が企画課に出る(made: Book) -> None:
    t = made.town
    assert not tasks(t.planner, "volume")
    accept(made, made.it)
    accept(made, made.tourism)
    [step] = tasks(t.planner, "volume")
    assert step.ja == "令和3年度の報告書：すべての記載を確認しました。決裁に出す"
    assert not tasks(t.officer, "volume")


def test_公表の期限は残りの件数とともに出る(made: Book) -> None:
    change(made, made.volume, publish_due=date(2022, 10, 31))
    [step] = tasks(made.town.planner, "volume")
    assert (step.due, step.mine) == (date(2022, 10, 31), False)
    assert step.ja == "令和3年度の報告書：公表する（残り2件の記載）"


def test_届いた差分は確かめる人の用件になる(made: Book) -> None:
    t = made.town
    [part] = inquire(made, date(2022, 6, 20), t.it)
    document = add(
        made, m.Document(name="回答.xlsx", sha256="0" * 64, size=1, format="xlsx", purpose="answer")
    )
    add(
        made,
        m.Batch(
            volume=made.volume, part=part, document=document, kind="answer", proposed_by=t.officer
        ),
    )
    [task] = tasks(t.planner, "batch")
    assert (task.ja, task.mine) == ("「回答.xlsx」の差分を確かめて反映する", True)
    assert not tasks(t.other, "batch")


def test_届いた回答は到着日を持ちその日の順に並び_届いた課は照会の用件から外れる(
    made: Book,
) -> None:
    t = made.town
    it, _ = inquire(made, date(2022, 6, 20), t.it, t.tourism)
    [awaited] = tasks(t.planner, "inquiry")
    assert awaited.names == ("ものづくり推進課", "観光課")
    for day, name in ((18, "後.xlsx"), (16, "先.xlsx")):
        with clock.at(
            datetime(2022, 6, day - 1, 23, tzinfo=UTC)
        ):  # in Japan it is the morning after
            document = add(
                made,
                m.Document(name=name, sha256="0" * 64, size=1, format="xlsx", purpose="answer"),
            )
            add(made, m.Batch(volume=made.volume, part=it, document=document, kind="answer", proposed_by=t.officer))  # fmt: skip
    with clock.at(datetime(2022, 6, 19, 1, tzinfo=UTC)):
        found = [task for task in todo_of(t.planner).tasks if task.kind in ("batch", "inquiry")]
    assert [(task.kind, task.came or task.due, task.names) for task in found] == [
        ("batch", date(2022, 6, 16), ("ものづくり推進課",)),
        ("batch", date(2022, 6, 18), ("ものづくり推進課",)),
        ("inquiry", date(2022, 6, 20), ("観光課",)),
    ]
    assert found[0].urgency == "undated"


def test_年度が明けて公表も済んでいれば次の報告書を作る用件が企画課に出る(made: Book) -> None:
    change(made, made.volume, stage="published")
    assert not tasks(made.town.planner, "next")
    with clock.at(datetime(2023, 4, 3, 1, tzinfo=UTC)):
        [found] = tasks(made.town.planner, "next")
        assert (found.ja, found.page, found.numbers) == (
            "令和4年度の報告書を作る", "rollover", (made.volume.pk,),
        )  # fmt: skip
        assert not tasks(made.town.officer, "next")
        change(made, made.volume, stage="assembly")
        assert not tasks(made.town.planner, "next")


def test_年度更新の問いと引継先のない記載は企画課に出る(made: Book) -> None:
    t = made.town
    change(made, made.volume, stage="published")
    roll_over(by=t.planner, volume=made.volume.pk)
    [asked] = tasks(t.planner, "turn")
    assert (asked.ja, asked.numbers) == (
        "令和4年度も続けるか決まっていない事業1件に答える", (made.volume.pk,),
    )  # fmt: skip
    close_department(by=t.planner, department=t.tourism.pk, last_day=date(2022, 5, 31))
    [left] = tasks(t.planner, "left")
    assert left.count == 1
    assert not tasks(t.section_head, "left")


def test_期限の過ぎたものが上で次の一つは自分のもの(made: Book) -> None:
    t = made.town
    inquire(made, date(2022, 6, 20), t.it)
    decide(made, date(2022, 6, 14))
    decide(made, date(2022, 12, 28))
    opine(made)
    todo = todo_of(fresh(t.planner))
    dues = [task.due for task in todo.tasks]
    assert dues == sorted(dues, key=lambda day: (day is None, day))
    assert todo.first is not None
    assert todo.first.due == date(2022, 6, 14)
    assert todo.late == 1
    assert [task.due for task in todo.later] == [date(2022, 12, 28)]
    assert todo_of(fresh(t.auditor)).first is None
    assert {name for task in todo.tasks for name in task.names} == {"ものづくり推進課", "観光課"}


def test_止まったサインインと役割のない人は管理者の用件になる(made: Book, settings) -> None:
    t = made.town
    assert not tasks(t.admin, "idle")
    person("shin", "新任 三郎")
    AccessAttempt.objects.create(
        username="kanko", ip_address="10.0.0.1", failures_since_start=settings.AXES_FAILURE_LIMIT
    )
    assert [task.page for task in tasks(t.admin, "idle")] == ["people"]
    [closed] = tasks(t.admin, "lockout")
    assert "観光 次郎" in closed.ja
    assert not tasks(t.planner, "idle")


def test_何もない机は空(made: Book) -> None:
    assert todo_of(fresh(made.town.admin)).tasks == ()
    gone = fresh(made.town.officer)
    gone.is_active = False
    gone.save()
    assert todo_of(fresh(gone)).tasks == ()


def test_問い合わせの数は用件の数によらない(made: Book, django_assert_max_num_queries) -> None:
    t = made.town
    inquire(made, date(2022, 6, 10), t.it, t.tourism, t.planning)
    for n in range(5):
        decide(made, DAY + timedelta(days=n))
        opine(made)
    planner = fresh(t.planner)
    with django_assert_max_num_queries(18):
        todo_of(planner)
    officer = fresh(t.officer)
    with django_assert_max_num_queries(14):
        todo_of(officer)
