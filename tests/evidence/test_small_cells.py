"""小さい欄. No small number of a breakdown is published, and none that is hidden can be reckoned from what is."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.evidence.cells import LEAST, Published, suppressed

ROWS, COLUMNS = ("r1", "r2", "r3"), ("c1", "c2", "c3")
SMALL = st.integers(0, 4)


def one_way() -> st.SearchStrategy[dict[tuple[str, ...], int]]:
    return st.dictionaries(st.sampled_from([(c,) for c in "abcde"]), st.integers(0, 6), max_size=5)


@st.composite
def two_way(
    draw: st.DrawFn, most: int = 3, numbers: st.SearchStrategy[int] = SMALL
) -> dict[tuple[str, ...], int]:
    rows = draw(st.integers(1, most))
    columns = draw(st.integers(1, most))
    places = product([f"r{n}" for n in range(rows)], [f"c{n}" for n in range(columns)])
    return {place: draw(numbers) for place in places}


def fillings(published: Published) -> Iterator[Mapping[tuple[str, ...], int]]:
    """Every table of whole numbers, none negative, that fits all that is published: found by trying, nothing clever."""
    places = list(published.cells)
    lines = {
        margin: [p for p in places if all(part in (None, own) for part, own in zip(margin, p, strict=True))]
        for margin, number in published.margins.items()
        if number is not None
    }  # fmt: skip

    def tried(
        n: int, left: int, so_far: dict[tuple[str, ...], int]
    ) -> Iterator[Mapping[tuple[str, ...], int]]:
        for margin, line in lines.items():
            known = [so_far[p] for p in line if p in so_far]
            wanted = published.margins[margin]
            assert wanted is not None
            if sum(known) > wanted or (len(known) == len(line) and sum(known) != wanted):
                return
        if n == len(places):
            if left == 0:
                yield dict(so_far)
            return
        said = published.cells[places[n]]
        for number in range(left + 1) if said is None else [said] * (said <= left):
            yield from tried(n + 1, left - number, {**so_far, places[n]: number})

    yield from tried(0, published.total, {})


def number(table: Mapping[tuple[str, ...], int], where) -> int:
    """What a cell or a margin of a table is."""
    return sum(n for place, n in table.items() if all(w in (None, p) for w, p in zip(where, place, strict=True)))  # fmt: skip


def reckoned(published: Published) -> set:
    """The hidden places that only one number fits."""
    open_ = {where: set() for where in published.hidden}
    for table in fillings(published):
        for where, seen in open_.items():
            seen.add(number(table, where))
        if all(len(seen) > 1 for seen in open_.values()):
            return set()
    return {where for where, seen in open_.items() if len(seen) < 2}


def single(table: Mapping[tuple[str, ...], int]) -> bool:
    return len(table) == 1


@given(table=one_way())
def test_一次元の表の伏せた数は公表した数から求められない(table) -> None:
    published = suppressed(table)
    assert reckoned(published) == set()
    assert published.total == sum(table.values())
    if not single(table):
        assert not [n for n in published.cells.values() if n is not None and 0 < n < LEAST]


@settings(max_examples=60)
@given(table=two_way())
def test_二次元の表の伏せた数は公表した数から求められない(table) -> None:
    published = suppressed(table)
    assert reckoned(published) == set()


@settings(max_examples=60)
@given(table=two_way(numbers=st.sampled_from([0, 0, 0, 1, 2, 5])))
def test_零の多い表でも伏せた数は求められない(table) -> None:
    assert reckoned(suppressed(table)) == set()


@given(
    table=two_way(most=7, numbers=st.sampled_from([0, 0, 1, 2, 3, 8, 40])), least=st.integers(1, 12)
)
def test_小さい数は欄にも計にも出ず残りの数は元のまま(table, least: int) -> None:
    published = suppressed(table, least)
    rows, columns = ({place[n] for place in table} for n in (0, 1))
    for where, said in {**published.cells, **published.margins}.items():
        own = number(table, where)
        assert said in (None, own)
        total_itself = own == published.total and (
            (where[0] is None and len(columns) == 1) or (where[1] is None and len(rows) == 1) or single(table)
        )  # fmt: skip
        assert said is None or not 0 < own < least or total_itself
    assert published.total == sum(table.values())


@given(table=two_way(most=6, numbers=st.sampled_from([0, 3, 4, 50])))
def test_小さい数がなければ何も伏せない(table) -> None:
    assert suppressed(table).hidden == frozenset()


def test_小さい方から伏せて計はなるべく残す() -> None:
    published = suppressed({
        ("20代", "東京都"): 1, ("20代", "岩手県"): 9, ("20代", "宮城県"): 30,
        ("30代", "東京都"): 8, ("30代", "岩手県"): 20, ("30代", "宮城県"): 40,
    })  # fmt: skip
    assert published.hidden == {("20代", "東京都"), ("20代", "岩手県"), ("30代", "東京都"), ("30代", "岩手県")}  # fmt: skip
    assert published.margins["20代", None] == 40
    assert published.total == 108


def test_小さい計も伏せる() -> None:
    published = suppressed({("a", "x"): 2, ("b", "x"): 30, ("b", "y"): 40, ("c", "x"): 9, ("c", "y"): 8})  # fmt: skip
    assert published.margins["a", None] is None
    assert None in (published.margins["b", None], published.margins["c", None])


def test_一つの欄しかない表は合計と同じなのでそのまま() -> None:
    assert suppressed({("a",): 1}).cells == {("a",): 1}
    assert suppressed({("a", "x"): 1}).cells == {("a", "x"): 1}
    assert suppressed({}) == Published(cells={}, margins={}, total=0)


def test_伏せた場所からどれが小さいかは分からない() -> None:
    published = suppressed({("a",): 1, ("b",): 4, ("c",): 9})
    assert [published.cells[one,] for one in "ab"] == [None, None]


@pytest.mark.parametrize("table", [{("a", "b", "c"): 1}, {("a",): 1, ("a", "b"): 2}, {("a",): -1}])
def test_知らない形の表は断る(table) -> None:
    with pytest.raises(ValueError, match=r"tables|persons"):
        suppressed(table)
