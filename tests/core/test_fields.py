"""項目名: names and code words are complete, and lead back to the code."""

from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from sosei.core.fields import code, label, labels, word, words
from sosei.core.gaps import Gap
from sosei.core.report import PARTS


def codes_of(cls: type, name: str) -> tuple[str, ...]:
    """The codes that a field may hold, by its type."""
    kind = get_type_hints(cls)[name]
    for choice in (kind, *get_args(kind)):
        if get_origin(choice) is Literal:
            return get_args(choice)
        if choice is Gap:
            return tuple(Gap)
    return ()


CODED = [
    (f"{cls.__name__}.{name}", codes_of(cls, name))
    for cls in PARTS
    for name in cls.__dataclass_fields__
    if codes_of(cls, name) and name != "unit"
]


@pytest.mark.parametrize(("field", "codes"), CODED)
def test_どの符号にも言葉がありもとの符号に戻る(field: str, codes: tuple[str, ...]):
    assert list(words(field)) == list(words(field, "en")) == list(codes)
    for each in codes:
        assert code(field, word(field, each)) == each
        assert code(field, word(field, each, "en")) == each


def test_どの項目にも日本語と英語の名がある():
    for field, (ja, en) in labels().items():
        assert ja
        assert en
        assert label(field) == ja
        assert label(field, "en") == en


def test_知らない言葉は符号にならない():
    assert code("Value.gap", "そのうち") is None
    with pytest.raises(KeyError):
        label("Value.nothing")
