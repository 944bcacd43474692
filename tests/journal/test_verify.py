"""検証. Each way of tampering is named; a book that nobody touched is fine."""

import pytest
from django.db import connection

from bookroom import BODY, Town, town
from sosei.journal.acts import act
from sosei.journal.models import Chain, Entry, Past
from sosei.journal.seal import seal
from sosei.journal.tables import facts
from sosei.journal.verdict import Anchor, Problem, Verdict, codes
from sosei.journal.verify import verify
from sosei.offices.models import Assignment, Department

pytestmark = pytest.mark.django_db
LINES = 8


@pytest.fixture
def made() -> Town:
    """A town, and seven more lines: one department renamed in each."""
    it = town()
    for n in range(LINES - 1):
        with act("office.arrange", body=BODY, by=it.admin.pk, subject="x", facts={"n": n}) as w:
            w.change(it.it, name=f"産業{n}課")
    return it


def found(verdict: Verdict) -> list[str]:
    return [problem.code for problem in verdict.problems]


def only(verdict: Verdict) -> Problem:
    assert len(verdict.problems) == 1, [p.sentence() for p in verdict.problems]
    return verdict.problems[0]


def sql(statement: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def line(seq: int) -> Entry:
    return Entry.objects.get(body=BODY, seq=seq)


def test_誰も触れていない台帳には誤りがない(made: Town) -> None:
    verdict = verify()
    assert verdict.fine
    assert verdict.lines == LINES
    assert verdict.pasts == Past.objects.count() == LINES - 1
    assert verdict.rows == sum(table._base_manager.count() for table in facts()) > 10
    head = Chain.objects.get(body=BODY)
    assert [(h.body, h.seq, h.head) for h in verdict.heads] == [(BODY, head.seq, head.head)]


def test_空の台帳にも誤りがない() -> None:
    assert verify().fine


def test_団体を指定すればその団体だけを確かめる(made: Town) -> None:
    with act("test.office", body="990002", by=None) as w:
        w.add(Department(code="01", name="他市の課", first_day="2020-04-01"))
    Department.objects.filter(body="990002").update(name="改")
    assert verify(BODY).fine
    assert only(verify("990002")).code == "J10"
    assert only(verify()).code == "J10"


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "value.record"}, {"by": 1}, {"subject": "y"}, {"facts": {"n": 99}},
        {"at": "2001-01-01 00:00:00+00:00"}, {"seal": "0" * 64}, {"before": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
@pytest.mark.parametrize("seq", [1, 3, LINES])
def test_変えられた証跡の行を名指す(made: Town, seq: int, change: dict[str, object]) -> None:
    Entry.objects.filter(seq=seq).update(**change)
    problem = only(verify())
    assert problem.code == "J01"
    assert f"第{seq}行" in problem.sentence("ja")
    assert f"Line {seq}" in problem.sentence("en") or f"line {seq}" in problem.sentence("en")


def test_行の内容を証跡ごと書き替えても封印で分かる(made: Town) -> None:
    entry = line(LINES)
    rows = [[*entry.rows[0][:3], "0" * 32]]
    Entry.objects.filter(pk=entry.pk).update(rows=rows)
    assert sorted(found(verify())) == ["J01", "J10"]


def test_続けて変えられた行は一まとまりに言う(made: Town) -> None:
    Entry.objects.filter(seq__in=[3, 4, 5]).update(verb="x")
    assert "第3行から第5行まで" in only(verify()).sentence()


def remove(seq: int) -> None:
    Entry.objects.filter(seq=seq).delete()


def renumber(after: int, by: int) -> None:
    for entry in Entry.objects.filter(seq__gt=after).order_by("seq" if by < 0 else "-seq"):
        Entry.objects.filter(pk=entry.pk).update(seq=entry.seq + by)


@pytest.mark.parametrize("seq", [1, 4, LINES - 1])
def test_除かれた証跡の行を名指す(made: Town, seq: int) -> None:
    remove(seq)
    assert "J02" in found(verify())
    said = next(p for p in verify().problems if p.code == "J02")
    assert f"第{seq}行がなくなって" in said.sentence()


def test_除いて番号を詰めても分かる(made: Town) -> None:
    remove(4)
    renumber(4, -1)
    Chain.objects.update(seq=LINES - 1)
    codes_found = found(verify())
    assert "J02" in codes_found
    assert "J01" not in codes_found
    assert "第4行がなくなって" in next(p for p in verify().problems if p.code == "J02").sentence()


def test_差し込まれた行を名指す(made: Town) -> None:
    renumber(4, 1)
    forged = line(4)
    forged.pk, forged.seq, forged.before, forged.verb, forged.seal = (
        None,
        5,
        forged.seal,
        "x",
        "f" * 64,
    )
    forged.rows = []
    forged.save()
    Chain.objects.update(seq=LINES + 1)
    assert [p.sentence() for p in verify().problems if p.code != "J05"] == [
        f"団体{BODY}の証跡の第5行は、このプログラムが書いた行ではありません。あとから差し込まれています。"
    ]


def test_末尾に足された行を名指す(made: Town) -> None:
    Entry.objects.create(
        body=BODY,
        seq=LINES + 1,
        at=line(LINES).at,
        verb="x",
        before=line(LINES).seal,
        seal="a" * 64,
    )
    assert only(verify()).code == "J03"


def test_別のときの台帳の行が混ざれば分かる(made: Town, settings: object) -> None:
    entry = line(5)
    entry.before = line(3).seal
    entry.seal = seal(settings.SOSEI_JOURNAL_KEYS[1], entry.line())
    entry.save()
    assert found(verify())[0] == "J04"


def test_変えられた行を表と番号と名で言う(made: Town) -> None:
    Department.objects.filter(pk=made.tourism.pk).update(name="観光交流課")
    said = only(verify())
    assert said.code == "J10"
    assert said.sentence().startswith(
        f"課「観光交流課」（番号{made.tourism.pk}）の内容が、証跡の第1行（"
    )
    assert "offices.department" in said.sentence("en")


def test_取り消されたことを消しても分かる(made: Town) -> None:
    with act("office.arrange", body=BODY, by=None) as w:
        w.void(made.tourism, reason="試し")
    Department.objects.filter(pk=made.tourism.pk).update(voided=None)
    assert only(verify()).code == "J10"


def test_表から消された行を名指す(made: Town) -> None:
    gone = Assignment.objects.order_by("pk").first()
    assert gone is not None
    Assignment.objects.filter(pk=gone.pk).delete()
    said = only(verify())
    assert said.code == "J11"
    assert f"配属（番号{gone.pk}）が表からなくなって" in said.sentence()


def test_証跡のない行を名指す(made: Town) -> None:
    added = Department.objects.create(
        body=BODY, code="99", name="影の課", first_day="2020-04-01", since=line(1).at
    )
    said = only(verify())
    assert said.code == "J12"
    assert f"課「影の課」（番号{added.pk}）は、証跡のどの行も書いていません" in said.sentence()


def test_版だけ進められた行を名指す(made: Town) -> None:
    Department.objects.filter(pk=made.tourism.pk).update(stamp=2)
    assert only(verify()).code == "J13"


def test_古い内容に戻された行を名指す(made: Town) -> None:
    past = Past.objects.get(table="offices.department", row=made.it.pk, stamp=3)
    row = Department.of_content(past.content)
    row.save(force_update=True)
    said = only(verify())
    assert said.code == "J14"
    assert f"第{LINES}行" in said.sentence()


def test_読み取れないものが入れられた行も名指して先へ進む(made: Town) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("sqlite: only its columns hold what their type cannot be")
    sql("UPDATE offices_department SET first_day = '九月' WHERE id = %s", made.tourism.pk)
    sql(
        "UPDATE offices_assignment SET stamp = 'x' WHERE id = (SELECT min(id) FROM offices_assignment)"
    )
    assert sorted(found(verify())) == ["J10", "J10"]


@pytest.mark.parametrize(
    "change",
    [
        {"content": {"name": "別の課"}}, {"seq": 1}, {"stamp": 90}, {"since": "2001-01-01 00:00:00+00:00"},
        {"until": "2091-01-01 00:00:00+00:00"}, {"body": "990002"},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_変えられた以前の内容を名指す(made: Town, change: dict[str, object]) -> None:
    Past.objects.filter(row=made.it.pk, stamp=2).update(**change)
    assert set(found(verify())) == ({"J21", "J22"} if "stamp" in change else {"J20"})


def test_消された以前の内容を名指す(made: Town) -> None:
    Past.objects.filter(row=made.it.pk, stamp=2).delete()
    said = only(verify())
    assert said.code == "J21"
    assert "第2版" in said.sentence()


def test_書かれたことのない以前の内容を名指す(made: Town) -> None:
    past = Past.objects.get(row=made.it.pk, stamp=2)
    past.pk, past.row = None, 987654
    past.save()
    assert only(verify()).code == "J22"


def anchor(seq: int) -> Anchor:
    return Anchor(body=BODY, seq=seq, head=line(seq).seal, label="令和3年度 第1版")


def cut(after: int, *, record: bool) -> None:
    """Cut the tail; the recorded end goes along where `record`."""
    Entry.objects.filter(seq__gt=after).delete()
    if record:
        Chain.objects.update(seq=after, head=line(after).seal)


def test_切られた末尾は先端の記録で分かる(made: Town) -> None:
    cut(LINES - 2, record=False)
    assert "J06" in found(verify())


def test_切られた末尾は版の先端で分かる(made: Town) -> None:
    anchored = anchor(LINES)
    cut(LINES - 2, record=True)
    said = next(p for p in verify(against=[anchored]).problems if p.code == "J06")
    assert "令和3年度 第1版には第8行まであります" in said.sentence()
    assert "第7行から第8行までがなくなって" in said.sentence()


def test_表まで戻して切られた末尾は錨だけが知る(made: Town) -> None:
    anchored = anchor(LINES)
    past = Past.objects.get(row=made.it.pk, stamp=7)
    Department.of_content(past.content).save(force_update=True)
    Past.objects.filter(seq__gte=LINES).delete()
    cut(LINES - 1, record=True)
    assert verify().fine
    assert found(verify(against=[anchored])) == ["J06"]


def test_切られた末尾の書いた内容は行の側でも分かる(made: Town) -> None:
    cut(LINES - 2, record=True)
    assert found(verify()) == ["J13"]


def test_錨のあとの行は証明できないと言い誤りとは言わない(made: Town) -> None:
    verdict = verify(against=[anchor(5)])
    assert verdict.fine
    assert [n.code for n in verdict.unproven] == ["N01"]
    assert "第6行から第8行まで" in verdict.unproven[0].sentence()


def test_錨が最後の行ならすべて証明される(made: Town) -> None:
    assert not verify(against=[anchor(5), anchor(LINES)]).unproven


def test_錨がなければ証明できないと言う(made: Town) -> None:
    assert [n.code for n in verify().unproven] == ["N02"]


def test_錨と違う封印は書き直しと言う(made: Town) -> None:
    wrong = Anchor(body=BODY, seq=5, head="0" * 64, label="控え")
    assert only(verify(against=[wrong])).code == "J07"


def test_証跡のない団体の錨も確かめる(made: Town) -> None:
    lost = Anchor(body="990009", seq=3, head="0" * 64, label="控え")
    assert only(verify(against=[lost])).code == "J06"


def test_先端の記録が変えられれば分かる(made: Town) -> None:
    Chain.objects.update(head="0" * 64)
    assert only(verify()).code == "J05"


def test_先端の記録が消されれば分かる(made: Town) -> None:
    Chain.objects.all().delete()
    assert only(verify()).code == "J05"


def test_別の鍵ならそれだけを言う(made: Town, settings: object) -> None:
    settings.SOSEI_JOURNAL_KEYS = {1: b"another key"}
    assert only(verify()).code == "J08"


def test_どの番号にも二つの言葉の文がある() -> None:
    facts_of_all = dict.fromkeys(
        (
            "body",
            "subject",
            *("of", "number", "part"),
            *("lines", "submission"),
            "seq",
            "last",
            "label",
            "missing",
            "table",
            "called",
            "row",
            "at",
            "stamp",
            "key",
            "newest",
            *[
                "register",
                "entries",
                "n",
                "lines",
                "who",
                "source",
                "since",
                "until",
                "following",
                "measure",
                "year",
                "cell",
                "kept",
                "counted",
                "why",
            ],
        ),
        "x",
    )
    for code in codes():
        ja, en = (Problem(code, facts_of_all).sentence(lang) for lang in ("ja", "en"))
        assert ja.endswith("。")
        assert ja != en
