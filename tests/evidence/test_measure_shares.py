"""控えた合計の意味. Whatever the measure and the entries: the shares of parts, added up, answer as counting entry by entry does."""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sharing import REGISTERS, YEARS, Chance, World, worlds

from sosei.evidence.measures.counting import Book, Count, count
from sosei.evidence.measures.entries import Record
from sosei.evidence.measures.shares import (
    Cell,
    Share,
    answer,
    compiled,
    runs_on,
    shares,
    summed,
    tallies_of_everything,
    way,
)
from sosei.evidence.measures.spans import spanned
from sosei.evidence.measures.standing import asked_year, silent

SEEDS = st.integers(0, 2**32)
WAYS = pytest.mark.parametrize("of", ["entry", "subject", "recount"])
Tallies = dict[Cell, Share]


def added(several: Iterable[Mapping[Cell, Share]]) -> Tallies:
    return summed((cell, *share) for each in several for cell, share in each.items())


def minus(tallies: Mapping[Cell, Share]) -> Tallies:
    return {cell: Share(-n, total.copy_negate()) for cell, (n, total) in tallies.items()}


def slices(of: str, book: list[Record], seed: int) -> list[list[Record]]:
    """Parts that the way of a measure allows, at random."""
    if of == "recount":
        return [book]
    part, found = random.Random(seed), {}
    for record in book:
        by_itself = of == "entry" or record.subject is None
        key = part.randrange(4) if by_itself else record.subject % 2
        found.setdefault(key, []).append(record)
    return list(found.values())


def agree(world: World, tallies: Tallies, years: Iterable[int] = YEARS) -> int:
    """Compare the answers of all years; return how many of them are not about nothing."""
    said = 0
    for year in years:
        plain = count(world.measure, year, world.registers, world.book, world.history)
        kept = answer(world.measure, year, tallies, world.registers, mute(world, year))
        for part in ("value", "gap", "so_far", "closed", "missing", "silent", "n"):
            assert getattr(kept, part) == getattr(plain, part), (year, part)
        assert str(kept.value) == str(plain.value)
        assert kept.n == len(plain.records)
        said += bool(plain.value or plain.so_far)
    return said


def mute(world: World, year: int) -> frozenset[int]:
    of = asked_year(world.measure, year)
    answered = {
        key: {r.subject for r in world.book if r.register == key and r.year == of}
        for key in world.registers
    }
    return silent(world.measure, year, world.registers, answered)


def mostly(
    test: Callable[..., int], *given_of: st.SearchStrategy, examples: int, least: float
) -> None:
    """Try a test, and see that it was mostly not about nothing."""
    said: list[int] = []

    @settings(max_examples=examples)
    @given(st.tuples(*given_of))
    def tried(one) -> None:
        said.append(test(*one))

    tried()
    assert sum(map(bool, said)) > least * len(said)


# -- parts, added up --------------------------------------------------------------------------------------------------


@WAYS
def test_部分の持ち分の和から読む答えは一件ずつ数えた答えと同じ(of: str) -> None:
    def same(world: World, seed: int) -> int:
        assert way(world.measure, world.registers) == of
        parts = slices(of, world.book, seed)
        return agree(
            world,
            added(shares(world.measure, world.registers, part, world.history) for part in parts),
        )

    mostly(same, worlds(of), SEEDS, examples=600, least=0.5)


def test_一件ずつの持ち分には相手の属性だけあればよい() -> None:
    def same(world: World) -> int:
        give = compiled(world.measure, world.registers)
        parts = [
            part
            for record in world.book
            for part in give(record, [a for a in world.history if a.subject == record.subject])
        ]
        tallies = summed(parts)
        assert tallies == shares(world.measure, world.registers, world.book, world.history)
        assert all(share.n or share.total for share in tallies.values())
        return agree(world, tallies)

    mostly(same, worlds("entry"), examples=400, least=0.5)


def test_相手ごとの持ち分には相手の登録と属性だけあればよい() -> None:
    def same(world: World) -> int:
        subjects = {record.subject for record in world.book} - {None}
        return agree(
            world,
            added(
                shares(
                    world.measure, world.registers,
                    [r for r in world.book if r.subject == subject and r.register in looked(world)],
                    [a for a in world.history if a.subject == subject],
                )
                for subject in subjects
            ),
        )  # fmt: skip

    mostly(same, worlds("subject"), examples=400, least=0.5)


def looked(world: World) -> set[str]:
    after = world.measure.after
    return {*world.measure.registers, *([after.register] if after else [])}


@WAYS
def test_尋ねた年だけを数え直しても同じ(of: str) -> None:
    def same(world: World, years: list[int]) -> int:
        tallies = tallies_of_everything(
            world.measure, world.registers, iter(world.book), iter(world.history), years
        )
        return agree(world, tallies, years)

    years = st.lists(st.sampled_from(YEARS), min_size=5, max_size=9)
    mostly(same, worlds(of), years, examples=300, least=0.25)


# -- what is written later --------------------------------------------------------------------------------------------


def kept_up(world: World, later: World, tallies: Tallies) -> Tallies:
    """Keep the tallies as whoever writes does: take out what the touched parts gave, put in what they give now."""
    measure, known = world.measure, world.registers
    touched = {a.subject for a in set(world.history) ^ set(later.history)}
    records = {r.id for r in world.book if r not in later.book} | {
        r.id for r in later.book if r not in world.book
    }
    steps = [tallies]
    for of, sign in ((world, minus), (later, dict)):
        if way(measure, known) == "entry":
            parts = [[r] for r in of.book if r.id in records or r.subject in touched]
        elif way(measure, known) == "subject":
            whose = touched | {
                r.subject for each in (world, later) for r in each.book if r.id in records
            }
            parts = [[r for r in of.book if r.subject == subject] for subject in whose]
        else:
            parts = [of.book]
        steps += [sign(shares(measure, known, part, of.history)) for part in parts]
    return added(steps)


def changed(world: World, chance: Chance) -> World:
    """One entry comes, goes, or becomes another (of another subject, too); or somebody was something else, as is said late."""
    book, history = list(world.book), list(world.history)
    deed = chance.one(["come", "go", "become", "become", "said", "unsaid"])
    number = max((r.id for r in book), default=0) + 1
    if deed == "come" or (deed in ("go", "become") and not book):
        book.append(chance.record(chance.one(sorted(looked(world))), number))
    elif deed in ("go", "become"):
        gone = book.pop(chance.random.randrange(len(book)))
        if deed == "become":
            other = chance.record(gone.register, gone.id)
            names = chance.some(["subject", "first", "last", "year", "size", "stages", "values"])
            book.append(replace(gone, **{name: getattr(other, name) for name in names}))
    elif deed == "said" or not history:
        history.append(chance.attribute())
    else:
        history.pop(chance.random.randrange(len(history)))
    return replace(world, book=book, history=history)


@WAYS
def test_一つ書くたびに前の持ち分を引き後の持ち分を足せば合い続ける(of: str) -> None:
    def same(world: World, seed: int) -> int:
        chance, said = Chance(seed), 0
        tallies = shares(world.measure, world.registers, world.book, world.history)
        for _ in range(6):
            later = changed(world, chance)
            tallies = kept_up(world, later, tallies)
            world = later
            said += agree(world, tallies)
        assert tallies == shares(world.measure, world.registers, world.book, world.history)
        return said

    mostly(same, worlds(of), SEEDS, examples=300, least=0.5)


# -- spans ------------------------------------------------------------------------------------------------------------


@settings(max_examples=600)
@given(worlds("entry", 4) | worlds("recount", 4))
def test_登録が数えられる年は一年ずつ見るのと同じ(world: World) -> None:
    span, book = spanned(world.measure, world.registers), Book(world.book)
    assert all(span(r) is None for r in world.book if r.register not in world.measure.registers)
    for record in (r for r in world.book if r.register in world.measure.registers):
        found = span(record)
        for year in YEARS:
            inside = (
                found is not None and found[0] <= year and (found[1] is None or year < found[1])
            )
            assert inside == Count(world.measure, year, world.registers, book).in_window(record)


@settings(max_examples=300)
@given(worlds("entry") | worlds("recount"), st.integers(1, 5))
def test_和は処理系の桁数によらない(world: World, digits: int) -> None:
    tallies = shares(world.measure, world.registers, world.book, world.history)
    with localcontext(prec=digits):
        assert shares(world.measure, world.registers, world.book, world.history) == tallies
        agree(world, tallies, YEARS[4:8])
    assert set(REGISTERS) == set(world.registers)
    assert runs_on(world.measure) or {cell.year for cell in tallies} <= set(range(2000, 2040))
