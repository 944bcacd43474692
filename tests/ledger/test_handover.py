"""引継書. Whoever comes next finds what is open, why things are as they are, whom to ask, and where things lie."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import docx
import pytest

from bookroom import person
from sosei.journal import clock
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.queries.handover import handover_of_department, handover_of_person
from sosei.offices.actions.people import leave
from sosei.offices.models import Assignment, Person
from sosei.publishing.handover import HandOver, Part, Told, write_handover
from yearbook import Book, book

pytestmark = pytest.mark.django_db
DAY = date(2022, 6, 15)


@pytest.fixture
def made():
    with clock.at(datetime(2022, 6, 15, 1, tzinfo=UTC)):
        yield book()


def add(made: Book, row):
    with act("test.add", body=made.town.planner.body, by=None) as w:
        return w.add(row)


def change(made: Book, row, **columns):
    with act("test.change", body=made.town.planner.body, by=None) as w:
        return w.change(row, **columns)


def paper(made: Book, department=None, **more) -> HandOver:
    row = department or made.town.it
    found = handover_of_department(made.town.planner.body, row.pk, **more)
    assert found is not None
    return found


def rows(said: HandOver, key: str) -> tuple[tuple[str, ...], ...]:
    return next(part.rows for part in said.parts if part.key == key)


def inquire(made: Book, due: date) -> m.InquiryPart:
    inquiry = add(
        made,
        m.Inquiry(volume=made.volume, title="実績の照会", sent_on=date(2022, 5, 1), due_on=due),
    )
    return add(made, m.InquiryPart(inquiry=inquiry, department=made.town.it, mark="q1"))


def test_期限のあるものが早い順に並び過ぎたものは日数がわかる(made: Book) -> None:
    t = made.town
    inquire(made, date(2022, 6, 10))
    add(
        made,
        m.GrantDecision(
            project=made.it.project, fiscal_year=2022, number="第7号", decided_on=date(2022, 4, 1),
            yen=1, report_due=date(2023, 4, 9),
        ),
    )  # fmt: skip
    move_entry(by=t.officer, entry=made.it.pk, move="submit")
    move_entry(by=t.section_head, entry=made.it.pk, move="return", reason="出典を書いてください")
    asked, decision, back = rows(paper(made), "open")
    assert asked == (
        "令和4年6月10日（金） 5日超過", "照会「実績の照会」の回答", "ものづくり推進課", "",
    )  # fmt: skip
    assert decision[0] == "令和5年4月9日（日） 閉庁日。令和5年4月7日（金）まで"
    assert decision[1] == "実績報告：成長分野拠点形成支援事業"
    assert back == (
        "期日なし",
        "差し戻された記載：成長分野拠点形成支援事業",
        "",
        "理由：出典を書いてください",
    )


def test_集計中の値は予定日と報告する課とともに並ぶ(made: Book) -> None:
    value = m.Value.objects.get(gap="counting")
    change(made, value, expected_on=date(2022, 6, 30), owed_by=made.town.tourism)
    assert rows(paper(made, made.town.tourism), "counting") == (
        ("令和4年6月30日（木）", "六市連携観光事業", "入込客数", "令和3年度", "観光課"),
    )
    assert rows(paper(made), "counting") == ()


def test_定義を変えた理由と何が変わったかがわかる(made: Book) -> None:
    old = m.Definition.objects.get(name="新規雇用者数")
    add(
        made,
        m.Definition(
            indicator=old.indicator, version=2, from_year=2022, name=old.name, unit=old.unit,
            direction=old.direction, definition="常用の雇用に限る", why="国の基準に合わせた",
        ),
    )  # fmt: skip
    [row] = rows(paper(made), "definitions")
    assert row == (
        "令和4年度", "新規雇用者数",
        "定義：年度中に新たに雇用された人の数 → 常用の雇用に限る", "国の基準に合わせた",
    )  # fmt: skip


def test_提案と違う評価の理由がわかる(made: Book) -> None:
    change(
        made, m.Verification.objects.get(entry=made.it),
        proposed=1, proposed_by="G2-1", decided=2, decided_reason="一部は国の事業の成果のため",
    )  # fmt: skip
    [row] = rows(paper(made), "grades")
    assert row == (
        "令和3年度", "成長分野拠点形成支援事業", "1（G2-1）", "2", "一部は国の事業の成果のため",
    )  # fmt: skip
    assert rows(paper(made, made.town.tourism), "grades") == ()


def test_解除と了承はだれがなぜ認めたかがわかる(made: Book) -> None:
    t = made.town
    until = clock.now() + timedelta(days=3)
    add(
        made,
        m.Exemption(entry=made.it, until=until, reason="確定値が出た", granted_by=t.planning_head),
    )
    add(
        made,
        m.Exemption(
            entry=made.it,
            until=clock.now() - timedelta(days=1),
            reason="終わった",
            granted_by=t.planner,
        ),
    )
    add(
        made,
        m.Waiver(
            volume=made.volume,
            entry=made.it,
            rule="KPI-OUTPUT",
            reason="成果は別に測る",
            person=t.planner,
        ),
    )
    lifted, waived = rows(paper(made), "exceptions")
    assert lifted == (
        "解除", "成長分野拠点形成支援事業", "令和4年6月18日（土） 10:00", "確定値が出た", "企画 課長",
    )  # fmt: skip
    assert waived[0] == "了承（KPI-OUTPUT）"
    assert waived[4] == "企画 花子"


def test_有識者への約束と回答のない意見が並ぶ(made: Book) -> None:
    t = made.town
    add(made, m.Opinion(volume=made.volume, entry=made.it, expert="学識", text="根拠が弱い"))
    add(
        made,
        m.Opinion(
            volume=made.volume, entry=made.tourism, expert="金融", text="屋外に", response="改める",
            responded_by=t.planner, response_due=date(2022, 9, 30), department=t.it,
        ),
    )  # fmt: skip
    found = rows(paper(made), "promises")
    assert ("", "学識", "成長分野拠点形成支援事業", "根拠が弱い", "まだ回答していません") in found
    assert ("令和4年9月30日（金）", "金融", "六市連携観光事業", "屋外に", "改める") in found


def test_担当者と連絡先とファイルのありかがわかる(made: Book) -> None:
    change(made, made.town.it, contact="内線 2301")
    sent(made, made.town.it)
    said = paper(made)
    assert rows(said, "contacts")[0] == (
        "ものづくり推進課", "担当課長", "物作 課長", "令和2年4月1日（水）～", "内線 2301",
    )  # fmt: skip
    [row] = rows(said, "places")
    assert row == ("令和3年度", "照会の様式", "照会_ものづくり推進課.xlsx", "令和4年6月15日（水）")


def sent(made: Book, department, part: m.InquiryPart | None = None) -> m.InquiryPart:
    part = part or inquire(made, date(2022, 6, 30))
    document = add(
        made,
        m.Document(
            name=f"照会_{department.name}.xlsx", sha256="0" * 64, size=1, format="xlsx",
            purpose="asked", volume=made.volume,
        ),
    )  # fmt: skip
    return change(made, part, workbook=document)


def test_課の引継書にほかの課の様式と決裁資料は並ばない(made: Book) -> None:
    t = made.town
    first = sent(made, t.it)
    other = add(made, m.InquiryPart(inquiry=first.inquiry, department=t.tourism, mark="q2"))
    sent(made, t.tourism, other)
    add(
        made,
        m.Document(
            name="決裁資料.pdf", sha256="1" * 64, size=1, format="pdf", purpose="paper",
            volume=made.volume,
        ),
    )  # fmt: skip
    assert [row[2] for row in rows(paper(made), "places")] == ["照会_ものづくり推進課.xlsx"]
    assert [row[2] for row in rows(paper(made, t.tourism), "places")] == ["照会_観光課.xlsx"]
    whole = rows(paper(made, t.planning), "places")
    assert [row[1:3] for row in whole] == [("決裁資料", "決裁資料.pdf"), ("照会の様式", "2件")]


def test_公表版はファイルではなく版ごとに一行で並ぶ(made: Book) -> None:
    for number, day in ((1, date(2022, 4, 1)), (2, date(2022, 5, 2))):
        edition = add(
            made,
            m.Edition(
                volume=made.volume, number=number, published_on=day, report="{}", sha256="0" * 64,
                seq=1, head="0" * 64, reason="桁の誤り" if number > 1 else None,
            ),
        )  # fmt: skip
        for name in ("v.pdf", "v.docx", "v.json"):
            add(
                made,
                m.EditionFile(
                    edition=edition, form="pdf", name=f"{number}{name}", sha256="0" * 64, size=1
                ),
            )
    said = paper(made)
    assert rows(said, "places") == (
        ("令和3年度", "公表版", "第2版（最新の版）", "令和4年5月2日（月）"),
        ("令和3年度", "公表版", "第1版", "令和4年4月1日（金）"),
    )
    assert [ref(said, "places", n) for n in (0, 1)] == [
        ("edition", edition.pk),
        ("edition", edition.pk - 1),
    ]


def ref(said: HandOver, key: str, n: int) -> tuple[str, int] | None:
    return next(part.told[n].ref for part in said.parts if part.key == key)


def test_引継書の画面から事業と版へ進める(made: Book, client) -> None:
    client.force_login(made.town.planner, backend="sosei.web.desk.accounts.backend.InService")
    page = client.get(f"/handover/department/{made.town.it.pk}/").content.decode()
    assert f'<a href="/entries/{made.it.pk}/">成長分野拠点形成支援事業</a>' in page


def test_企画課の引継書は全庁のもの(made: Book) -> None:
    said = paper(made, made.town.planning)
    names = {row[1] for row in rows(said, "projects")}
    assert {"成長分野拠点形成支援事業", "六市連携観光事業"} <= names
    assert "全庁" in said.intro[0]
    assert {row[1] for row in rows(paper(made), "projects")} == {"成長分野拠点形成支援事業"}


def test_人の引継書はその人の課のもの(made: Book) -> None:
    body = made.town.planner.body
    officer = handover_of_person(body, made.town.officer.pk)
    assert officer is not None
    assert officer.subtitle == "見本市 物作 太郎　令和4年6月15日（水）現在"
    assert {row[1] for row in rows(officer, "projects")} == {"成長分野拠点形成支援事業"}
    planner = handover_of_person(body, made.town.planner.pk)
    assert planner is not None
    assert len(rows(planner, "projects")) == 3


@pytest.mark.parametrize("last", [date(2022, 6, 14), date(2022, 6, 15)])
def test_退いた人の引継書は最後の日の役割から作る(made: Book, last: date) -> None:
    t = made.town
    before = handover_of_person(t.planner.body, t.officer.pk)
    for who in (t.officer, t.planner):
        leave(by=t.admin, person=who.pk, on=last)
    with clock.at(datetime(2022, 7, 1, 1, tzinfo=UTC)):
        after = handover_of_person(t.planner.body, t.officer.pk)
        planner = handover_of_person(t.planner.body, t.planner.pk)
    assert before
    assert after
    assert planner
    assert rows(after, "projects") == rows(before, "projects") != ()
    assert len(rows(planner, "projects")) == 3
    assert "全庁" in planner.intro[0]


def test_配属だけが終わった人の引継書はその配属から作り_前の配属は入らない(made: Book) -> None:
    t = made.town
    earlier = add(made, Assignment(
        person=t.officer, role="officer", department=t.tourism, first_day=date(2020, 4, 1), last_day=date(2021, 3, 31),
    ))  # fmt: skip
    assert earlier.department == t.tourism
    for held in Assignment.objects.filter(person=t.officer, department=t.it):
        change(made, held, last_day=date(2022, 6, 14))
    said = handover_of_person(t.planner.body, t.officer.pk)
    assert said
    assert {row[1] for row in rows(said, "projects")} == {"成長分野拠点形成支援事業"}
    stranger = person("nobody", "まだ 役割なし")
    empty = handover_of_person(t.planner.body, stranger.pk)
    assert empty
    assert not rows(empty, "projects")


def test_ほかの団体の課と人のものは作れない(made: Book) -> None:
    assert handover_of_department("990002", made.town.it.pk) is None
    assert handover_of_person("990002", made.town.officer.pk) is None
    assert handover_of_person(made.town.planner.body, 0) is None


def test_残っている指摘は求められたときに見る(made: Book) -> None:
    assert all(part.key != "findings" for part in paper(made).parts)
    found = rows(paper(made, made.town.tourism, looked=True), "findings")
    assert found
    assert {row[1] for row in found} <= {"六市連携観光事業", "来年度の計画"}
    assert {row[0] for row in found} <= {"誤り", "注意", "参考"}


def test_英語でも作れる(made: Book) -> None:
    inquire(made, date(2022, 6, 10))
    said = paper(made, lang="en")
    assert said.title == "Handing over"
    assert rows(said, "open")[0][:2] == (
        "Friday, 10 June 2022, 5 days late",
        "Answer to “実績の照会”",
    )
    assert not any(
        ch in part.title + part.lead for part in said.parts for ch in "あいうえのをはがです"
    )


def test_ワードにもPDFにもなり同じ内容は同じバイトになる(made: Book) -> None:
    inquire(made, date(2022, 6, 10))
    said = paper(made)
    data = write_handover(said)
    assert data == write_handover(said)
    document = docx.Document(BytesIO(data))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "引継書" in text
    assert "見本市 ものづくり推進課　令和4年6月15日（水）現在" in text
    assert "期限のある用件" in text
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "照会「実績の照会」の回答" in cells
    assert write_handover(said, "pdf").startswith(b"%PDF")
    assert "架空の市" in document.sections[0].header.paragraphs[0].text


def test_行と見出しの合わない節は作れない() -> None:
    with pytest.raises(ValueError, match="x"):
        Part(key="x", title="", lead="", heads=("a",), widths=(1,), told=(Told(("a", "b")),))


def test_何もない課の引継書もその旨を書く(made: Book) -> None:
    said = handover_of_person(made.town.planner.body, made.town.expert.pk)
    assert said is not None
    document = docx.Document(BytesIO(write_handover(said)))
    assert [p.text for p in document.paragraphs].count("ありません。") >= 5


def test_問い合わせの数は仕事の数によらない(made: Book, django_assert_max_num_queries) -> None:
    body = made.town.planner.body
    inquire(made, date(2022, 6, 10))
    with django_assert_max_num_queries(19):
        handover_of_department(body, made.town.it.pk)
    planner = Person.objects.get(pk=made.town.planner.pk)
    with django_assert_max_num_queries(21):
        handover_of_person(body, planner.pk)


def test_公表した年度の事業は計画の行も公表済みと書く(made: Book) -> None:
    change(made, made.volume, stage="published")
    found = rows(paper(made, made.town.planning), "projects")
    assert {(row[1], row[-1]) for row in found} == {
        ("成長分野拠点形成支援事業", "公表済"),
        ("六市連携観光事業", "公表済"),
        ("来年度の計画", "公表済"),
    }


def test_もう書けない報告書の照会は引き継がない(made: Book) -> None:
    inquire(made, date(2022, 6, 10))
    assert any("実績の照会" in row[1] for row in rows(paper(made), "open"))
    change(made, made.volume, stage="published")
    assert not any("実績の照会" in row[1] for row in rows(paper(made), "open"))


def test_実績のある事業は計画の行を重ねて書かない(made: Book) -> None:
    plan = m.ProjectYear.objects.get(volume=made.volume, kind="plan")
    change(made, plan, project=made.it.project)
    found = rows(paper(made, made.town.planning), "projects")
    assert sorted(row[1] for row in found) == ["六市連携観光事業", "成長分野拠点形成支援事業"]


def test_台帳を見られない人の引継書に台帳の中身は出ない(made: Book) -> None:
    """An expert's and an administrator's roles are of the whole body, but not over the book."""
    body = made.town.planner.body
    for who in (made.town.expert, made.town.admin):
        said = handover_of_person(body, who.pk, looked=True)
        assert said is not None
        assert not [row for part in said.parts for row in part.rows]
    said = handover_of_person(body, made.town.auditor.pk)
    assert said is not None
    assert [row for part in said.parts for row in part.rows]
