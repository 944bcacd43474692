"""値の判定の検査. A table of what stands, what comes, and what that means."""

from decimal import Decimal

import pytest

from sosei.core.gaps import Gap
from sosei.core.report import (
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.ledger.difference import difference
from sosei.ledger.difference.verdicts import is_jump, same_period


def n(number, **more):
    return Value(number=Decimal(number), **more)


def gap(name, **more):
    return Value(gap=Gap(name), **more)


def report(value, role="actual", unit="人", **more):
    years = () if value is None else (YearPoint(**{"fiscal_year": 2021, role: value}),)
    indicator = Indicator(name=Said(text="参加者数"), unit=unit, years=years, **more)
    project = Project(name=Said(text="A事業"), indicators=(indicator,))
    return Report(projects=(project,), fiscal_year=Year(year=2021))


def judged(before, after, *, partial=True, units=("人", "人"), role="actual", settled=None):
    """Return kind and reasons of the only figure, None where nothing is said of it."""
    found = difference(
        report(before, role, units[0]),
        report(after, role, units[1]),
        partial=partial,
        settled=settled,
    )
    changes = [c for c in found.changes if c.part == "value"]
    assert len(changes) <= 1
    return (changes[0].kind, *changes[0].reasons) if changes else None


CASES = [
    (n(5), n(5), ("unchanged",)),
    (n(5), n(6), ("changed",)),
    (None, n(0), ("added",)),
    (n(0), n(0), ("unchanged",)),
    (n(0), gap("blank"), ("unchanged", "blank")),
    (n(5), None, None),
    (n(5), gap("blank"), ("unchanged", "blank")),
    (gap("counting"), gap("blank"), ("unchanged", "blank")),
    (gap("blank"), n(5), ("added",)),
    (gap("blank"), gap("counting"), ("added",)),
    (gap("blank"), gap("blank"), ("unchanged",)),
    (gap("counting"), n(5), ("changed", "resolved")),
    (gap("counting"), n(0), ("changed", "resolved")),
    (gap("undecided"), Value(text="設置"), ("changed", "resolved")),
    (gap("counting"), gap("counting"), ("unchanged",)),
    (gap("counting"), gap("counting", expected="7月末"), ("changed", "detail")),
    (gap("counting", expected="7月末"), gap("counting"), ("unchanged",)),
    (gap("counting"), gap("dash"), ("changed",)),
    (n(5), gap("counting"), ("conflict", "unresolved")),
    (n(5), gap("undecided"), ("conflict", "unresolved")),
    (n(5), gap("dash"), ("conflict", "dash")),
    (n(5), gap("not_applicable"), ("conflict", "dash")),
    (n(5), gap("not_measurable"), ("conflict", "dash")),
    (gap("dash"), n(5), ("conflict", "dash")),
    (Value(text="設置"), gap("dash"), ("conflict", "dash")),
    (n(5), Value(text="約5"), ("conflict", "words")),
    (Value(text="約5"), n(5), ("changed",)),
    (Value(text="策定済"), Value(text="策 定 済"), ("unchanged",)),
    (Value(text="策定済"), Value(text="未策定"), ("changed",)),
    (n(5, state="preliminary"), n(5, state="final"), ("changed", "finalised")),
    (n(5, state="preliminary"), n(6, state="final"), ("changed",)),
    (n(5, state="forecast"), n(5, state="preliminary"), ("changed", "state")),
    (n(5), n(5, state="preliminary"), ("changed", "state")),
    (n(5, state="preliminary"), n(5), ("unchanged",)),
    (n(5, state="final"), n(5, state="preliminary"), ("conflict", "lesser")),
    (n(5, state="final"), n(6), ("conflict", "final")),
    (n(5, op=">="), n(5), ("unchanged",)),
    (n(5), n(5, op=">="), ("changed", "detail")),
    (n(5, as_of="R4.3末"), n(5, as_of="Ｒ4.3末"), ("unchanged",)),
    (n(90, unit="万人"), n(900_000), ("unchanged",)),
    (n(900_000), n(90, unit="万人"), ("unchanged",)),
    (n(5), n(5, unit="社"), ("changed", "unit")),
    (n(35691), n(35691000), ("changed", "jump")),
    (n(35691000), n(35691), ("changed", "jump")),
    (n(1), n(10), ("changed",)),
    (n(5, state="final"), n(5, state="final"), ("unchanged",)),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "verdict"), CASES)
def test_取込みでの判定(before, after, verdict):
    assert judged(before, after) == verdict


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (n(5), None, ("removed",)),
        (n(5), gap("blank"), ("removed",)),
        (gap("blank"), None, None),
        (n(5), gap("counting"), ("changed",)),
        (n(5), gap("dash"), ("changed",)),
        (n(5, state="final"), n(6), ("changed",)),
        (n(5, state="preliminary"), n(5), ("changed", "state")),
        (n(5, op=">="), n(5), ("changed", "detail")),
        (n(90, unit="万人"), n(900_000), ("unchanged",)),
        (Value(text="策定済"), Value(text="策 定 済"), ("changed",)),
    ],
)
def test_版どうしの判定(before, after, verdict):
    assert judged(before, after, partial=False) == verdict


@pytest.mark.parametrize(
    ("before", "after", "units", "verdict"),
    [
        (n(259_057), n(259_057_000), ("千円", "円"), ("unchanged",)),
        (n(259_057), n(259_057), ("千円", "円"), ("changed", "jump")),
        (n(259_057), n(259_057), ("千円", None), ("unchanged",)),
        (n(259_057), n("259057.5"), ("千円", "千円"), ("changed",)),
        (n("38.5"), n("38.5"), ("％", "%"), ("unchanged",)),
        (n(40), n(40), ("%", "ポイント"), ("unchanged",)),
        (n(40), n(41), ("%", "ポイント"), ("changed", "unit")),
        (n(5, unit="社"), n(5), ("社", "団体"), ("changed", "unit")),
        (n(5), n(5), ("かたまり", "かたまり"), ("unchanged",)),
        (n(5), n(5), ("かたまり", "人"), ("unchanged",)),
    ],
)
def test_指標の単位で比べる(before, after, units, verdict):
    assert judged(before, after, units=units) == verdict


def test_目標は当初か変更かを言う():
    ours, theirs = report(n(5), "target"), report(n(6), "target")
    (change,) = difference(ours, theirs, partial=True).of("changed")
    assert (change.plan, change.reasons) == ("changed", ("plan_changed",))
    (change,) = difference(report(None), theirs, partial=True).of("added")
    assert change.plan == "first"
    (change,) = difference(report(n(5)), report(n(6)), partial=True).of("changed")
    assert change.plan is None


def test_確認済みの値と違えば食い違い():
    path = "/projects/0/indicators/0/years/0/actual"
    assert judged(n(5), n(6), settled=lambda p: p == path) == ("conflict", "settled")
    assert judged(n(5), n(6), settled=lambda p: p == "/elsewhere") == ("changed",)
    assert judged(n(5), n(5), settled=lambda p: True) == ("unchanged",)
    finalised = n(5, state="preliminary"), n(5, state="final")
    assert judged(*finalised, settled=lambda p: True) == ("changed", "finalised")


def test_集計中は確認済みでも値で埋められる():
    assert judged(gap("counting"), n(6), settled=lambda p: True) == ("changed", "resolved")


@pytest.mark.parametrize(
    ("ours", "theirs", "role", "kind"),
    [
        ("level", "increment", "target", "unclear"),
        ("increment", "level", "target", "unclear"),
        ("level", "increment", "actual", "changed"),
        ("cumulative", "single_year", "actual", "unclear"),
        ("level", "point_in_time", "target", "changed"),
        ("level", None, "target", "changed"),
    ],
)
def test_増加分と水準は比べない(ours, theirs, role, kind):
    found = difference(
        report(n(560), role, expression=ours), report(n(4), role, expression=theirs), partial=True
    )
    (change,) = [c for c in found.changes if c.field == f"YearPoint.{role}"]
    assert change.kind == kind


def test_増加分を持たない指標の目標にも増加分は入れない():
    found = difference(
        report(None, expression="level"),
        report(n(4), "target", expression="increment"),
        partial=True,
    )
    assert {c.field for c in found.of("unclear")} == {"Indicator.expression", "YearPoint.target"}
    assert not list(found.of("added"))


def test_怪しい値は勧める変更に入れない():
    found = difference(report(n(35691)), report(n(35691000)), partial=True)
    assert found.proposed() == frozenset()
    assert found.all_ids() == {"/projects/0/indicators/0/years/0/actual"}
    assert [c.doubtful for c in found.of("changed")] == [True]


@pytest.mark.parametrize(
    ("one", "other", "jump"),
    [(35691, 35691000, True), (120, 12, True), (20, 2000, False), (0, 1000, False), (12, 13, False), (-25, -2500, True), (63.5, 635000, True), (1234, 1234567, True), (1234, 1240000, False)],
)  # fmt: skip
def test_桁違いを見分ける(one, other, jump):
    assert is_jump(Decimal(str(one)), Decimal(str(other))) is jump


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (("R3~R7", 2021, 2025), ("R3～R7年度", 2021, 2025), True),
        (("R3～R7", None, None), ("Ｒ３～Ｒ７", None, None), True),
        (("R3～R7", 2021, 2025), ("R3～R7", None, None), True),
        (("R3～R7", None, None), ("R3～R7", 2021, 2025), False),
        (("R3～R7", 2021, 2025), ("R3～R6", 2021, 2024), False),
        (("R3～R7", 2021, 2025), ("R3～R7", 2021, 2024), False),
        (("R3～R7", 2021, 2025), ("R3～R7", 2020, 2025), False),
        (("R3～R7", None, None), ("令和3年度から", None, None), False),
        (("R3～", 2021, None), ("未定", None, None), False),
    ],
)
def test_期間は年度で比べる(before, after, same):
    one, other = (PeriodSaid(raw=raw, first=a, last=b) for raw, a, b in (before, after))
    assert same_period(one, other, True) is same


def test_版どうしの期間は言葉も年度も比べる():
    one = PeriodSaid(raw="R3～R7", first=2021, last=2025)
    for other in (PeriodSaid(raw="R3~R7", first=2021, last=2025), PeriodSaid(raw="R3～R7")):
        assert not same_period(one, other, False)
    assert same_period(one, one, False)


def project_report(**more):
    return Report(projects=(Project(name=Said(text="A事業"), **more),))


def told(before, after, **more):
    found = difference(project_report(**before), project_report(**after), partial=True, **more)
    return [
        (c.kind, c.field, c.before_ja, c.after_ja) for c in found.changes if c.kind != "unchanged"
    ]


def test_言葉の欄は書き方の違いを変更としない():
    assert told({"grant": Said(text="（推進）交付金")}, {"grant": Said(text="推進 交付金")}) == []
    assert told({"remarks": (Said(text="ＡＢＣ。"),)}, {"remarks": (Said(text="ABC。"),)}) == []
    assert told({"number": "1"}, {"number": "２"}) == [("changed", "Project.number", "1", "２")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"number": "1"}, {"number": "１"}),
        ({"grant": Said(text="推進交付金")}, {"grant": Said(text="推進 交付金")}),
        ({"remarks": (Said(text="ＡＢＣ。"),)}, {"remarks": (Said(text="ABC。"),)}),
    ],
)
def test_版どうしでは書き方の違いも変更(before, after):
    found = difference(project_report(**before), project_report(**after), partial=False)
    assert [c.kind for c in found.changes if c.kind != "unchanged"] == ["changed"]
    found = difference(project_report(**before), project_report(**after), partial=True)
    assert {c.kind for c in found.changes} == {"unchanged"}


def test_効果検証は欄ごとに比べる():
    before = Verification(grade=Said(text="②"), scales={"総合": Said(text="A")})
    after = Verification(
        grade=Said(text="①"), obstacle=Said(text="天候"), scales={"総 合": Said(text="B"), "有効性": Said(text="高")}
    )  # fmt: skip
    assert told({"verification": before}, {"verification": after}) == [
        ("changed", "Verification.grade", "②", "①"),
        ("added", "Verification.obstacle", "", "天候"),
        ("changed", "Verification.scales", "A", "B"),
        ("added", "Verification.scales", "", "高"),
    ]


def test_経費は円で比べ印刷の単位で示す():
    before = Spending(label=Said(text="委託料"), yen=10_010_000, unit="千円")
    same = Spending(label=Said(text="委託料"), yen=10_010_000, unit="円")
    assert told({"spending": (before,)}, {"spending": (same,)}) == []
    other = Spending(label=Said(text="委託料"), yen=10_500_000, unit="円")
    assert told({"spending": (before,)}, {"spending": (other,)}) == [
        ("changed", "Spending.yen", "10,010千円", "10,500,000円")
    ]
    slip = Spending(label=Said(text="委託料"), yen=10_010, unit="円")
    found = difference(
        project_report(spending=(before,)), project_report(spending=(slip,)), partial=True
    )
    assert [c.reasons for c in found.of("changed")] == [("jump",)]


@pytest.mark.parametrize(
    ("before", "after", "unit", "kinds"),
    [
        (17_661_600, 17_662_000, "千円", []),
        (17_661_600, 17_661_000, "千円", []),
        (17_661_600, 17_663_000, "千円", ["changed"]),
        (17_661_600, 17_661_000, "円", ["changed"]),
        (17_662_000, 17_663_000, "千円", ["changed"]),
    ],
)
def test_千円に丸めた金額は詳しい金額を消さない(before, after, unit, kinds):
    lines = (Spending(label=Said(text="委託料"), yen=before), Spending(label=Said(text="委託料"), yen=after, unit=unit))  # fmt: skip
    assert [kind for kind, *_ in told(*({"spending": (line,)} for line in lines))] == kinds


def test_金額のない行は金額を消さない():
    before = Spending(label=Said(text="委託料"), yen=5)
    assert told({"spending": (before,)}, {"spending": (Spending(label=Said(text="委託料"), yen=None),)}) == []  # fmt: skip


def test_確認済みの金額と違えば食い違い():
    before, after = (Spending(label=Said(text="委託料"), yen=yen) for yen in (5, 6))
    path = "/projects/0/spending/0/yen"
    changes = told({"spending": (before,)}, {"spending": (after,)}, settled=lambda p: p == path)
    assert [kind for kind, *_ in changes] == ["conflict"]


def test_拡張の項目は一つずつ比べる():
    before, after = {"ext": {"a/b": 1, "c": [1, 2]}}, {"ext": {"a/b": 1.5, "d": None}}
    assert told(before, after) == [
        ("changed", "Project.ext", "1", "1.5"), ("added", "Project.ext", "", "null"),
    ]  # fmt: skip
