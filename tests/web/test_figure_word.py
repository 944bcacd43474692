"""値の言葉. A figure in a template: shown as published, a gap marked, and where there is none a dash, however deep it was asked for."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from sosei.core.gaps import Gap
from sosei.core.report import Value


def shown(actual, unit="人"):
    year = SimpleNamespace(actual=actual)
    return Template("{{ year.actual.core|figure:unit }}").render(
        Context({"year": year, "unit": unit})
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Value(number=Decimal(1200)), '<span class="figure is-number">1,200</span>'),
        (Value(number=Decimal(0)), '<span class="figure is-number">0</span>'),
        (Value(gap=Gap.COUNTING), '<span class="figure is-gap">集計中</span>'),
    ],
)
def test_値は公表するときと同じに書く(value: Value, words: str) -> None:
    assert shown(SimpleNamespace(core=value)) == words


def test_確定した値は区分を言わず速報と見込だけを言う() -> None:
    number = Decimal(1200)
    assert "確" not in shown(SimpleNamespace(core=Value(number=number, state="final")))
    assert "確報区分：速報" in shown(
        SimpleNamespace(core=Value(number=number, state="preliminary"))
    )
    assert "確報区分：見込" in shown(SimpleNamespace(core=Value(number=number, state="forecast")))


def test_値がなければ棒を書く() -> None:
    dash = '<span class="figure is-blank">－</span>'
    assert shown(None) == dash
    assert shown(SimpleNamespace(core=None)) == dash
