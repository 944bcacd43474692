"""数えた行: a page shows exactly the entries that are counted, in its order, page by page, and no row of a confidential register."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from planting import Planted, describe, plant, registers, subjects

from bookroom import BODY, Town, town
from evidenceroom import defined, entered, firm, made, member
from sosei.evidence import models as em
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.measures.counting import Book, Count
from sosei.evidence.measures.parser import parse
from sosei.evidence.queries.asking import Asked
from sosei.evidence.queries.drill import PageCounted, everything, page, rows, source_of
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.stored import attributes_of, kind, records_of

pytestmark = pytest.mark.django_db
SORTS = ("day", "-day", "number", "-number", "place", "-place", "sort", "quantity", "-amount")


@pytest.fixture
def office() -> Town:
    return town()


def pages(tree, year: int, asked: Asked, size: int, **more) -> Iterator[PageCounted]:
    """Follow the pages to the last one."""
    for _ in range(200):
        found = page(BODY, tree, year, asked, size=size, **more)
        yield found
        if found.more is None:
            return
        asked = replace(asked, after=found.more)
    raise AssertionError("the pages do not end")


def told(tree, year: int, asked: Asked, size: int = 3) -> list[tuple[int, int]]:
    """The register and number of every row, in the order of the pages."""
    return [
        (one.register, one.row.record.id)
        for each in pages(tree, year, asked, size)
        for one in each.rows
    ]


def counted(tree, year: int, there: dict[str, em.Register]) -> set[tuple[int, int]]:
    """The same by the meaning, from the whole registers."""
    records = list(records_of(there.values()))
    known = attributes_of(BODY, {"maker", "worth", "seat"})
    book = Book(records, [one for own in known.values() for one in own])
    kinds = {key: kind(row) for key, row in there.items()}
    kept = Count(tree, year, kinds, book).kept()
    return {(there[one.register].pk, one.id) for one in kept}


@pytest.mark.parametrize("of", ["entry", "subject", "recount"])
def test_どの数え方でも数えた行だけがすべて一度ずつ並ぶ(office: Town, of: str) -> None:
    there, who = registers(office), subjects()
    kept: list[int] = []

    @settings(suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.integers(0, 2**64), st.sampled_from(SORTS), st.integers(2017, 2022))
    @example(1, "place", 2020)
    def every(seed: int, sort: str, year: int) -> None:
        world = Planted(seed).world(of, 24)
        with transaction.atomic():
            plant(there, who, world.book)
            describe(who, world.history)
            shown = told(world.measure, year, Asked(sort=sort))
            wanted = counted(world.measure, year, there)
            transaction.set_rollback(True)
        assert sorted(shown) == sorted(wanted), (world.measure, year)
        kept.append(len(wanted))

    every()
    assert sum(kept) > len(kept)  # not about nothing


def log(town: Town, places: list[str | None]) -> em.Register:
    register = made(town, "events")
    entered(town, register, [
        Draft(first=date(2021, 4, 1 + n), values={"title": f"催し{n}", "kind": "セミナー", **({"place": place} if place else {})})
        for n, place in enumerate(places)
    ])  # fmt: skip
    return register


def test_並びの列が空の行は最後に番号順で並ぶ(office: Town) -> None:
    log(office, ["盛岡市", None, "青森市", "盛岡市", None])
    tree = parse('count of events unit "件"')
    for sort, wanted in {
        "place": [1, 4, 3, 2, 5], "-place": [3, 4, 1, 5, 2], "day": [1, 2, 3, 4, 5], "-number": [5, 4, 3, 2, 1],
    }.items():  # fmt: skip
        assert [number for _, number in told(tree, 2021, Asked(sort=sort), 2)] == wanted, sort


def test_壊れた目印では最初から並ぶ(office: Town) -> None:
    log(office, ["盛岡市", "青森市"])
    tree = parse('count of events unit "件"')
    for after in ("x", "events", "events\x1f9\x1f1", "events\x1f1\x1f2021-13-40\x1f1", "members\x1f0\x1f1", "events\x1f1\x1f2021-04-01\x1f９"):  # fmt: skip
        found = page(BODY, tree, 2021, Asked(sort="day", after=after))
        assert len(found.rows) == 2, after


def test_行は数えた日と相手と資料を持つ(office: Town) -> None:
    register = made(office, "trials")
    entered(office, register, [
        Draft(who=firm("見本鋳造"), reached=(date(2021, 3, 1), date(2021, 5, 1)), values={"title": "自動搬送"}, at="台帳!B3"),
        Draft(who=firm("見本精機"), reached=(date(2021, 4, 1),), values={"title": "検査"}),
    ])  # fmt: skip
    measure = defined(
        office, "decided", 'count of trials reaching "交付決定" during fiscal unit "件"'
    )
    [one] = rows(BODY, measure.pk, 2021).rows
    assert (one.register, one.day, one.row.who, one.row.at) == (
        register.pk, date(2021, 5, 1), "見本鋳造", "台帳!B3",
    )  # fmt: skip
    assert rows(BODY, measure.pk, 2020).rows == ()
    with pytest.raises(NoSuchRow):
        rows("999999", measure.pk, 2021)
    with pytest.raises(NoSuchRow):
        rows(BODY, 0, 2021)


def test_二つの台帳を数えるときは台帳ごとに並び欠けるものがない(office: Town) -> None:
    members, platform = made(office, "members"), made(office, "platform")
    entered(office, members, [member(f"社{n}", date(2021, 5, 1 + n)) for n in range(4)])
    entered(office, platform, [member(f"店{n}", date(2020, 5, 1 + n)) for n in range(3)])
    shown = told(parse('count of platform + members at end unit "社"'), 2021, Asked(sort="day"))
    assert [register for register, _ in shown] == [platform.pk] * 3 + [members.pk] * 4


def test_条件に届いた人の行だけが人ごとに並び絞り込んでも数え方は変わらない(office: Town) -> None:
    register = made(office, "checkins")
    for name, cities in {
        "甲": "盛岡市 青森市",
        "乙": "盛岡市 盛岡市",
        "丙": "仙台市 青森市 盛岡市",
    }.items():
        entered(office, register, [
            Draft(who=Who(kind="person", name=name, mail=f"{name}@example.jp"), first=date(2021, 8, 1 + n), values={"place": city})
            for n, city in enumerate(cities.split())
        ])  # fmt: skip
    tree = parse(
        'distinct subject of checkins during fiscal having count >= 2 and distinct place >= 2 unit "人"'
    )
    everyone = told(tree, 2021, Asked(sort="day"), 2)
    assert [number for _, number in everyone] == [1, 2, 5, 6, 7]
    shown = told(tree, 2021, Asked(sort="day", words="青森"), 1)
    assert [number for _, number in shown] == [2, 6]
    assert all(
        one.row.who is None and one.row.person for one in page(BODY, tree, 2021, Asked()).rows
    )


def test_内密の台帳の行は出ず書ける人にだけ出る(office: Town) -> None:
    register = made(office, "overseas_sales")
    entered(office, register, [
        Draft(who=firm(f"社{n}"), year=2021, values={"amount": Decimal(n)}) for n in range(1, 5)
    ])  # fmt: skip
    tree = parse('sum amount of overseas_sales during survey unit "千円"')
    found = page(BODY, tree, 2021)
    assert (found.rows, found.more) == ((), None)
    assert [(one.pk, one.hidden) for one in found.registers] == [(register.pk, True)]
    assert len(list(everything(source_of(BODY, tree, 2021)))) == 4
    opened = page(BODY, tree, 2021, open_to={register.pk})
    assert [one.row.record.values["amount"] for one in opened.rows] == [1, 2, 3, 4]


def test_絞り込みは数える日に掛かる(office: Town) -> None:
    register = made(office, "trials")
    entered(office, register, [
        Draft(who=firm(f"社{n}"), first=date(2020, 1, 1), reached=(date(2021, 4, n), date(2021, 6, n)), values={"title": f"実証{n}"})
        for n in range(1, 5)
    ])  # fmt: skip
    tree = parse('count of trials reaching "交付決定" during fiscal unit "件"')
    asked = Asked(sort="-day", first=date(2021, 6, 2), last=date(2021, 6, 3))
    assert [number for _, number in told(tree, 2021, asked, 1)] == [3, 2]
    assert [number for _, number in told(tree, 2021, Asked(sort="day", words="実証4"))] == [4]
    assert register.pk
