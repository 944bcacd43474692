"""速い組立て. A class made swift says, refuses and compares as `dataclass` alone would have it."""

from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from sosei.core.swift import swift


def made(*, quick: bool) -> type:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Part:
        name: str
        size: int = 3
        more: tuple[int, ...] = ()

        def __post_init__(self) -> None:
            if not self.name:
                raise ValueError("no name")

    return swift(Part) if quick else Part


@pytest.mark.parametrize("quick", [True, False])
def test_値は同じようにでき_同じように断る(quick: bool) -> None:
    kind = made(quick=quick)
    one = kind(name="a", more=(1,))
    assert (one.name, one.size, one.more) == ("a", 3, (1,))
    assert repr(one).endswith("Part(name='a', size=3, more=(1,))")
    assert replace(one, size=4) == kind(name="a", size=4, more=(1,))
    assert hash(one) == hash(kind(name="a", more=(1,)))
    for wrong in ({}, {"name": "a", "colour": 1}):
        with pytest.raises(TypeError):
            kind(**wrong)
    with pytest.raises(TypeError):
        kind("a")
    with pytest.raises(ValueError, match="no name"):
        kind(name="")
    with pytest.raises(FrozenInstanceError):
        one.name = "b"


def test_順に渡す引数も受ける() -> None:
    @swift
    @dataclass(frozen=True, slots=True)
    class Pair:
        first: int
        second: int = 2

    assert Pair(1) == Pair(first=1, second=2)


def test_工場で作る欄や枠のない型は断る() -> None:
    @dataclass(frozen=True, slots=True)
    class Lists:
        some: list[int] = field(default_factory=list)

    @dataclass(frozen=True)
    class Loose:
        one: int = 1

    for kind in (Lists, Loose):
        with pytest.raises(TypeError, match=kind.__name__):
            swift(kind)
