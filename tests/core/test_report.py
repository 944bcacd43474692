"""報告: the value keeps its invariants, and the two ways of leaving things out leave out just those."""

from dataclasses import FrozenInstanceError, fields, replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosei.core.gaps import Gap
from sosei.core.report import (
    PARTS,
    Body,
    Indicator,
    PeriodSaid,
    Place,
    Project,
    Report,
    Said,
    Source,
    Spending,
    Unread,
    Value,
    Verification,
    Year,
    YearPoint,
    all_fields,
    bare,
    restrict,
)
from strategies import reports

FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
HERE = (Place(start=0, end=3),)
WHOLE = Report(
    title=Said(text="報告書", raw="報 告 書", place=HERE),
    bodies=(Body(name="見本市", code="999997", place=HERE),),
    fiscal_year=Year(year=2021, raw="R3", place=HERE),
    projects=(
        Project(
            name=Said(text="事業", raw="事 業", place=HERE),
            period=PeriodSaid(raw="R1～R3 年度", first=2019, last=2021, place=HERE),
            spending=(Spending(label=Said(text="委託"), yen=0, raw="0 円", place=HERE),),
            indicators=(
                Indicator(
                    name=Said(text="人数"),
                    unit="人",
                    years=(
                        YearPoint(
                            fiscal_year=2021,
                            target=Value(number=Decimal(5), raw="５人", place=HERE),
                            actual=Value(gap=Gap.COUNTING, raw="集計中"),
                            rating=Said(text="A"),
                        ),
                    ),
                ),
            ),
            verification=Verification(
                grade=Said(text="効果があった"), scales={"外部": Said(text="有効", raw="有 効")}
            ),
            ext={"部": {"課": [1, "2"]}},
        ),
    ),
    sources=(Source(id="s1", name="a.txt", sha256="0" * 64, format="text"),),
    unread=(Unread(code="lines", raw="？"),),
)


@pytest.mark.parametrize(
    "given_",
    [
        {}, {"number": Decimal(1), "gap": Gap.DASH}, {"gap": Gap.DASH, "text": "－"}, {"number": Decimal(1), "text": "1"},
        {"number": Decimal(1), "gap": Gap.DASH, "text": "1"},
    ],
)  # fmt: skip
def test_値は数か不在か言葉のどれか一つ(given_: dict):
    with pytest.raises(ValueError, match="exactly one"):
        Value(**given_)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_数でない数は値にならない(number: str):
    with pytest.raises(ValueError, match="finite"):
        Value(number=Decimal(number))


@pytest.mark.parametrize(
    "number", ["1e15", "1234567890123456", "0.1234567890123456", "1e-16", "123456789.1234567", "1e400"]
)  # fmt: skip
def test_表計算の欄に入らない数は値にならない(number: str):
    with pytest.raises(ValueError, match="15 digits"):
        Value(number=Decimal(number))


@pytest.mark.parametrize(
    ("number", "shown"),
    [("999999999999999", "999999999999999"), ("1e14", "100000000000000"), ("1.50", "1.5"), ("0E+3", "0"), ("-0", "0"), ("-0.0", "0"),
     ("1e-15", "0.000000000000001"), ("1200", "1200")],
)  # fmt: skip
def test_数は一通りに書かれる(number: str, shown: str):
    value = Value(number=Decimal(number))
    assert format(value.number, "f") == shown
    assert value == Value(number=Decimal(shown))


def test_ゼロは不在ではない():
    assert Value(number=Decimal(0)) != Value(gap=Gap.BLANK)
    assert Value(number=Decimal(0)).number == 0


DIRTY = ["", " ", "a ", " a", "a\nb", "a\x00", "a\ud800", "a  b", "a\u3000b", "\ufeff"]


@pytest.mark.parametrize("dirty", DIRTY)
@pytest.mark.parametrize(
    "make",
    [
        lambda t: Said(text=t), lambda t: Body(name=t), lambda t: Body(name="市", code=t), lambda t: Value(text=t), lambda t: PeriodSaid(raw=t),
        lambda t: Value(number=Decimal(1), unit=t), lambda t: Value(number=Decimal(1), as_of=t), lambda t: Value(gap=Gap.DASH, expected=t),
        lambda t: Spending(label=None, yen=1, number=t), lambda t: YearPoint(label=t), lambda t: YearPoint(due=t), lambda t: Indicator(id=t),
        lambda t: Indicator(number=t), lambda t: Indicator(unit=t), lambda t: Verification(date=t), lambda t: Project(id=t),
        lambda t: Project(number=t), lambda t: Verification(scales={t: Said(text="A")}),
    ],
)  # fmt: skip
def test_清書でない文字は報告に入らない(make, dirty: str):
    with pytest.raises(ValueError, match="not clean"):
        make(dirty)


def test_15桁を超える金額は報告に入らない():
    assert Spending(label=None, yen=-(10**15) + 1).yen == -(10**15) + 1
    for yen in (10**15, -(10**15)):
        with pytest.raises(ValueError, match="15 digits"):
            Spending(label=None, yen=yen)


def test_何も言わない検証は検証でない():
    assert Project(verification=Verification()).verification is None
    said = Verification(date="2022-07-01")
    assert Project(verification=said).verification is said


def test_報告は書きかえられない():
    with pytest.raises(FrozenInstanceError):
        WHOLE.title = None


def test_事業の年度がなければ報告の年度():
    project = WHOLE.projects[0]
    assert WHOLE.year_of(project) == 2021
    assert WHOLE.year_of(replace(project, fiscal_year=Year(year=2022))) == 2022
    assert Report().year_of(project) is None


def left(part: object, seen: set[str]) -> set[str]:
    """The "Class.field" names that a part says something in."""
    if isinstance(part, tuple):
        for item in part:
            left(item, seen)
    elif isinstance(part, dict) and all(isinstance(item, Said) for item in part.values()):
        for item in part.values():
            left(item, seen)
    elif hasattr(part, "__dataclass_fields__"):
        for f in fields(part):
            value = getattr(part, f.name)
            if value not in (None, (), {}):
                seen.add(f"{type(part).__name__}.{f.name}")
                left(value, seen)
    return seen


def test_裸の報告は場所と綴りと出典をもたない():
    said = left(bare(WHOLE), set())
    assert not any(name.endswith((".place", ".sources", ".unread")) for name in said)
    assert {name for name in said if name.endswith(".raw")} == {"PeriodSaid.raw"}
    assert bare(WHOLE).projects[0].ext == {"部": {"課": [1, "2"]}}
    assert bare(WHOLE).projects[0].verification.scales == {"外部": Said(text="有効")}


@FEW
@given(reports(size=2))
def test_裸にするのは一度で足りる(report: Report):
    assert bare(bare(report)) == bare(report)
    assert restrict(bare(report), all_fields()) == bare(report)


@FEW
@given(reports(size=2), st.sets(st.sampled_from(sorted(all_fields()))))
def test_絞ると運ぶ項目だけが残る(report: Report, carried: set[str]):
    kept = restrict(bare(report), frozenset(carried))
    always = {
        "Value.number", "Value.gap", "Value.text", "Said.text", "Body.name", "Year.year", "PeriodSaid.raw", "Spending.label", "Spending.yen",
        "Project.kind", "Project.indicators", "Indicator.years", "Report.projects", "Year.basis",
    }  # fmt: skip
    assert left(kept, set()) <= carried | always
    assert restrict(kept, frozenset(carried)) == kept


def test_すべての項目は部品の項目():
    names = {f"{part.__name__}.{f.name}" for part in PARTS for f in fields(part)}
    assert all_fields() < names
    assert not any(name.endswith(".place") for name in all_fields())
    assert "PeriodSaid.raw" in all_fields()
    assert "Said.raw" not in all_fields()


def test_言わなければ印刷された年度で_結果の事業():
    assert Year(year=2021).basis == "printed"
    assert Project().kind == "result"
    assert str(Said(text="報告書", raw="報 告 書")) == "報告書"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("NaN", "not a finite number: NaN"),
        ("Infinity", "not a finite number: Infinity"),
        ("1234567890123456", "more than 15 digits: 1234567890123456"),
    ],
)
def test_持てない数はどの数かを言って断る(number: str, said: str):
    with pytest.raises(ValueError, match=f"^{said}$"):
        Value(number=Decimal(number))


def test_何も運ばなくても_それ自身である項目は残る():
    assert restrict(WHOLE, frozenset()) == Report(
        projects=(Project(indicators=(Indicator(years=(YearPoint(),)),)),)
    )
    kept = [
        Said(text="委託"), Value(number=Decimal(5)), Value(gap=Gap.DASH), Value(text="設置"), Body(name="見本市"),
        Year(year=2021), PeriodSaid(raw="R3"), Spending(label=Said(text="委託"), yen=5), Project(kind="plan"),
    ]  # fmt: skip
    for part in kept:
        assert restrict(part, frozenset()) == part
