"""Which way is better, and what says so."""

from decimal import Decimal

import pytest

from sosei.core.direction import Way, comparable, speaks_of_less, way_of
from sosei.core.report import Indicator, Said, Value, YearPoint


def indicator(
    target: str | None = None, base: str | None = None, name: str = "指標", **more: object
) -> Indicator:
    op = more.pop("op", None)
    years = (YearPoint(target=Value(number=Decimal(target), op=op)),) if target else ()  # type: ignore[arg-type]
    baseline = Value(number=Decimal(base)) if base else None
    return Indicator(name=Said(text=name), years=years, baseline=baseline, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "actual", "way"),
    [
        (indicator("10", "20", direction="up", op="<="), None, Way("up", "stated")),
        (indicator("10", "5", direction="keep"), None, Way("keep", "stated")),
        (indicator("10", "5", op="<="), None, Way("down", "bound")),
        (indicator("10", "5", op=">"), None, Way("up", "bound")),
        (indicator("10", "20"), None, Way("down", "baseline")),
        (indicator("10", "5", name="交通事故件数"), None, Way("up", "baseline")),
        (indicator("0"), "12", Way("down", "zero")),
        (indicator("0"), "-5", Way("up", "zero")),
        (indicator("0"), "0", None),
        (indicator("0", "-500"), "3", Way("up", "baseline")),
        (indicator("25", name="交通事故件数"), "30", Way("down", "name")),
        (indicator("25", name="空き家の活用件数"), "30", None),
        (indicator("25"), "30", None),
        (indicator("5", "20", expression="increment"), "30", None),
        (indicator(), None, None),
    ],
)
def test_向きは述べたもの_上下限_基準値_ゼロ_名の順に決まる(
    given: Indicator, actual: str | None, way: Way | None
) -> None:
    assert way_of(given, None, Decimal(actual) if actual else None) == way


def test_見ている目標があればその上下限で決まる() -> None:
    given = indicator("10", op=">=")
    assert way_of(given, Value(number=Decimal(3), op="<")) == Way("down", "bound")


def test_基準値は同じ量の単位に直して比べる() -> None:
    beside = Value(number=Decimal(5), unit="万人")
    assert comparable(Value(number=Decimal(20000)), beside, "人") == Decimal(2)
    assert comparable(Value(number=Decimal(20000), unit="件"), beside, "人") is None
    assert comparable(None, beside, "人") is None
    given = indicator("5", unit="人")
    people = Indicator(
        unit="人", baseline=Value(number=Decimal(20000)), years=(YearPoint(target=beside),)
    )
    assert way_of(people) == Way("up", "baseline")
    assert way_of(given) is None


@pytest.mark.parametrize(
    ("name", "less"),
    [
        ("苦情件数", True),
        ("不登校児童数", True),
        ("空き家の数", True),
        ("空き家を活用した起業者数", False),
        ("ごみの減量講習の回数", False),
        ("来場者数", False),
    ],
)
def test_名は疑いだけを起こす(name: str, less: bool) -> None:
    assert speaks_of_less(name) is less
