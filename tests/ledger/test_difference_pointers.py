"""鍵の道. Free keys in the paths of changes: a key of any signs is one step of a JSON pointer, and no other key's."""

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.report import Indicator, Project, Report, Said, Verification
from sosei.ledger.difference import (
    accepting,
    difference,
    fieldwalk,
    merge,
    merging,
    mergingfigures,
    words,
)

#: Signs that part the steps of a pointer, and what stands for them.
AWKWARD = (
    "/",
    "~",
    "~1",
    "~0",
    "~01",
    "a/b",
    "a~1b",
    "a~b",
    "a~0b",
    "a//b",
    "/0",
    "0/1",
    "総合/評価",
    "総合~1評価",
)
KEYS = st.text(st.sampled_from("/~01a"), min_size=1, max_size=5)


def of_report(keys: Mapping[str, str]) -> Report:
    return Report(projects=(Project(name=Said(text="A事業")),), ext=dict(keys) or None)


def of_project(keys: Mapping[str, str]) -> Report:
    return Report(projects=(Project(name=Said(text="A事業"), ext=dict(keys) or None),))


def of_indicator(keys: Mapping[str, str]) -> Report:
    indicator = Indicator(name=Said(text="企業数"), ext=dict(keys) or None)
    return Report(projects=(Project(name=Said(text="A事業"), indicators=(indicator,)),))


def of_scales(keys: Mapping[str, str]) -> Report:
    scales = {key: Said(text=text) for key, text in keys.items()}
    said = Verification(body=Said(text="会議"), scales=scales)
    return Report(projects=(Project(name=Said(text="A事業"), verification=said),))


WAYS = (of_report, of_project, of_indicator, of_scales)
Way = Callable[[Mapping[str, str]], Report]


def read(report: Report, pointer: str) -> Any:
    """What stands at a pointer, read as RFC 6901 says, by a reader of its own."""
    found: Any = report
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, tuple):
            found = found[int(key)]
        else:
            found = found[key] if isinstance(found, dict) else getattr(found, key)
    return found.text if isinstance(found, Said) else found


def one_key_of_two(way: Way, key: str, other: str) -> None:
    """Two keys change, come and go: each by its own path, and what is taken of one leaves the other."""
    before, after = way({key: "前", other: "前"}), way({key: "後", other: "後"})
    _changed(way, before, after, key, other)
    _came(way, key, other)
    _went(way, before, key, other)


def _changed(way: Way, before: Report, after: Report, key: str, other: str) -> None:
    found = difference(before, after, partial=True)
    changes = {one.id: one for one in found.of("changed")}
    assert len(changes) == 2
    for change in changes.values():
        assert (read(before, change.here or ""), read(after, change.there or "")) == ("前", "後")
    mine = _named(changes.values(), key, "there")
    assert merge(before, after, found, {mine}).report == way({key: "後", other: "前"})


def _came(way: Way, key: str, other: str) -> None:
    empty, after = way({}), way({key: "後", other: "後"})
    found = difference(empty, after, partial=True)
    changes = [
        one for one in found.of("added") if {"ext", "scales"}.intersection((one.there or "").split("/"))
    ]  # fmt: skip
    assert len({one.id for one in changes}) == 2
    mine = _named(changes, key, "there")
    assert merge(empty, after, found, {mine}).report == way({key: "後"})


def _went(way: Way, before: Report, key: str, other: str) -> None:
    after = way({})
    found = difference(before, after, partial=False)
    mine = _named(found.of("removed"), key, "here")
    assert merge(before, after, found, {mine}).report == way({other: "前"})


def _named(changes: Iterable[Any], key: str, side: str) -> str:
    """The change whose path ends, as a pointer, with a key; an official sees the key as it is written."""
    [mine] = [
        one for one in changes
        if getattr(one, side).rpartition("/")[2].replace("~1", "/").replace("~0", "~") == key
    ]  # fmt: skip
    assert mine.subject_ja.endswith(f" {key}")
    assert mine.subject_en.endswith(f" {key}")
    return str(mine.id)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("pair", [*combinations(AWKWARD, 2)], ids="&".join)
def test_どんな字の鍵も一つの道で示し一つずつ反映する(way: Way, pair: tuple[str, str]) -> None:
    one_key_of_two(way, *pair)
    one_key_of_two(way, *reversed(pair))


@given(way=st.sampled_from(WAYS), pair=st.lists(KEYS, min_size=2, max_size=2, unique=True))
def test_乱数の鍵でも一つずつ反映する(way: Way, pair: list[str]) -> None:
    one_key_of_two(way, *pair)


def test_評価の名の幅が違っても元の名のまま反映する() -> None:
    before, after = of_scales({"総合/評価~1": "前"}), of_scales({"総合／評価~1": "後"})
    found = difference(before, after, partial=True)
    [change] = found.of("changed")
    assert (read(before, change.here or ""), read(after, change.there or "")) == ("前", "後")
    assert merge(before, after, found, {change.id}).report == of_scales({"総合/評価~1": "後"})


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (fieldwalk, "escaped"), (merging, "escaped"), (mergingfigures, "escaped"), (words, "unescaped"),
        (accepting, "unescaped"),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)  # fmt: skip
def test_そのまま書いた鍵は見つかる(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    """Where one writer or reader of keys left them as they are, these tests would say so."""
    assert not _fails()
    monkeypatch.setattr(module, name, lambda key: key)
    assert _fails()


def test_どこでもそのまま書いた鍵も見つかる(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them agreeing with one another is not enough."""
    for module in (fieldwalk, merging, mergingfigures):
        monkeypatch.setattr(module, "escaped", lambda key: key)
    for module in (words, accepting):
        monkeypatch.setattr(module, "unescaped", lambda key: key)
    assert _fails()


def _fails() -> bool:
    try:
        for way in WAYS:
            one_key_of_two(way, "a/b", "a~1b")
    except (AssertionError, AttributeError, KeyError, TypeError, ValueError):
        return True
    return False
