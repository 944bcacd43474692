"""見本市の根拠台帳. What was entered counts to what the sample publishes; one measure is too wide, one survey is open, and
the figures behind it all are by the rules: whole thousands, no real firm, no real person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.db import transaction

from sosei.core.gaps import Gap
from sosei.evidence import models as em
from sosei.evidence.actions.measures import redefine_measure
from sosei.evidence.measures.counting import count
from sosei.evidence.queries.answers import counted
from sosei.evidence.queries.closings import closing_page
from sosei.evidence.queries.documents import coverage
from sosei.evidence.stored import attributes_of, closed, records_of, registers_of
from sosei.evidence.stored import measure as tree_of
from sosei.house.sample.build import TOKYO, Sample
from sosei.house.sample.made_up import maker, someone, tech_firm
from sosei.house.sample.reports import city, report
from sosei.house.sample.said import THIS, figure, settings
from sosei.house.sample.spent import record_money
from sosei.journal import clock
from sosei.journal.verify import verify
from sosei.ledger import models as m
from sosei.ledger.actions.record import record_report
from sosei.ledger.queries.counted import CountShown, counts_of
from sosei.ledger.queries.spent import spent_of_volume
from sosei.ledger.queries.spentpaid import paid_for

ON = date(2026, 6, 15)
YEARS = (2023, 2024, 2025)
BODY = "990001"


@dataclass
class Made:
    """The sample's office with its registers, and this year's report."""

    sample: Sample
    volume: m.Volume


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker) -> Iterator[Made]:
    """Made once, and taken back at the end; the editions, which count nothing, are left out."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _made()
        transaction.set_rollback(True)


def _made() -> Made:
    sample = Sample(ON)
    with _at(2022, 4, 1):
        sample.office()
    with _at(2023, 4, 10):
        sample.registers()
    for back in (2, 1, 0):
        with _at(2026 - back, 5, 20):
            sample.counted(back)
    with _at(2026, 6, 1):
        volume = record_report(by=sample.planner, report=report(2025, 0))
        sample.evidence.tie(volume)
        sample.evidence.disagree(volume)
        record_money(sample.planner, volume, every=False)
    return Made(sample, volume)


def _at(year: int, month: int, day: int):
    return clock.at(datetime.combine(date(year, month, day), time(9), TOKYO))


@pytest.fixture
def town(made: Made, db: None) -> Made:
    """The same, with whatever a test does taken back."""
    return made


def shown(town: Made) -> dict[str, CountShown]:
    keyed = {one["indicator"]: one["key"] for one in settings()["measure"] if "indicator" in one}
    return {keyed[one.name]: one for one in counts_of(town.volume.pk)}


TIED = [one["key"] for one in settings()["measure"] if "indicator" in one]


@pytest.mark.parametrize("key", TIED)
def test_登録を数えると公表した値になる(town: Made, key: str) -> None:
    answers = counted(BODY, key, YEARS[:THIS]).answers
    said = next(one for one in settings()["measure"] if one["key"] == key)
    for at, year in enumerate(YEARS[:THIS]):
        published = next(
            k["actual"][at] for p in city()["project"] for k in p["indicator"] if k["name"] == said["indicator"]
        )  # fmt: skip
        if published != "":
            assert (answers[year].value, answers[year].closed) == (published, True), (key, year)


@pytest.mark.parametrize("key", TIED)
def test_今年の登録は報告書の値かそれまでの数になる(town: Made, key: str) -> None:
    answer = counted(BODY, key, [YEARS[THIS]]).answers[YEARS[THIS]]
    assert (answer.so_far if answer.value is None else answer.value) == figure(key, THIS)


@pytest.mark.parametrize("key", [one["key"] for one in settings()["measure"]])
def test_控えた合計は一件ずつ数えたものと同じ(town: Made, key: str) -> None:
    row = em.Measure.objects.get(body=BODY, key=key)
    tree, there = tree_of(row.text), registers_of(BODY)
    known = [one for own in attributes_of(BODY, ["maker"]).values() for one in own]
    records = list(records_of(there.values()))
    for year, told in counted(BODY, key, YEARS).answers.items():
        plain = count(tree, year, closed(there.values()), records, known)
        assert (told.value, told.so_far, told.n) == (
            plain.value,
            plain.so_far,
            len(plain.records),
        ), year


def test_一つの指標は記載と違い理由が添えてある(town: Made) -> None:
    differing = {key: one for key, one in shown(town).items() if one.differs}
    assert list(differing) == ["cluster_makers"]
    one = differing["cluster_makers"]
    assert one.recorded is not None
    assert (one.answer.value, one.recorded.number) == (34, 33)
    assert "株式会社見本銀行" in (one.reason or "")


def test_数え方を狭めると記載と同じ値になる(town: Made) -> None:
    row = town.sample.evidence.measures["cluster_makers"]
    row.refresh_from_db()
    redefine_measure(
        by=town.sample.planner, row=row.pk, seen=row.stamp, name=row.name, note=row.note, reason="銀行は会員だが、ものづくり企業ではないため",
        text='count of members where subject.maker = yes at end unit "社"',
    )  # fmt: skip
    assert [counted(BODY, row.key, YEARS).answers[year].value for year in YEARS] == [27, 31, 33]
    assert not shown(town)["cluster_makers"].differs


def test_一つの調査は答えを待っている(town: Made) -> None:
    answer = shown(town)["cluster_hires"].answer
    assert (answer.gap, answer.so_far, len(answer.silent)) == (Gap.COUNTING, 15, 5)
    page = closing_page(BODY, town.sample.evidence.registers["hires"].pk)
    assert [(one.year, one.asked) for one in page.open] == [(2025, 33)]
    assert all(name.startswith("株式会社") for _, name in page.silent[2025])


def test_宿泊は三つの欄を待っている(town: Made) -> None:
    answer = shown(town)["six_nights"].answer
    assert answer.missing == (("想定市", "2025-10"), ("想定市", "2025-11"), ("想定市", "2025-12"))


def test_公表した年はどの台帳も持ち主が締めている(town: Made) -> None:
    for key, register in town.sample.evidence.registers.items():
        state = closed([register])[key]
        last = state.closed_until or date.min
        assert last >= date(2024, 12, 31) or 2024 in state.closed_years, key
    heads = em.Closing.objects.values_list("register__key", "until", "year")
    now = {
        key for key, until, year in heads if (until or date.min) > date(2026, 1, 1) or year == 2025
    }
    assert now == {"members", "platform", "commissions", "contributions"}


def test_罠の数え方は別の数になる(town: Made) -> None:
    year = YEARS[1]
    told = {key: counted(BODY, key, [year]).answers[year].value for key in ("stamp_rounds", "registered_now", "donation_receipts", "cost_cluster")}  # fmt: skip
    assert told["stamp_rounds"] < figure("stamp_walkers", 1)
    assert told["registered_now"] < figure("registered", 1)
    assert told["donation_receipts"] > figure("donors", 1)
    assert counted(BODY, "registered_now", [YEARS[THIS]]).answers[YEARS[THIS]].so_far == 958
    assert told["cost_cluster"] == 10_120_000 + 1_300_000 + 16_480_000


@pytest.mark.parametrize("key", ["subsidies", "trials"])
def test_補助金はどれも率と上限と端数の定めのとおり(town: Made, key: str) -> None:
    granted = [
        one.values
        for one in records_of([town.sample.evidence.registers[key]])
        if "fixed" in one.values
    ]
    assert granted
    for values in granted:
        half = Decimal(values["reported"]) / 2  # type: ignore[arg-type]
        due = min(half, Decimal(values["cap"])) // 1000 * 1000  # type: ignore[arg-type]
        assert values["fixed"] == due, values["title"]
        assert values.get("paid", due) == due
    capped = [v for v in granted if v["fixed"] == v["cap"]]
    assert bool(capped) == (key == "trials")


def test_経費は台帳から数えた額と同じで一つは記載にしてある(town: Made) -> None:
    lines = {one.label: one for one in spent_of_volume(BODY, town.volume.pk)}
    said = {one["spending"] for one in settings()["measure"] if "spending" in one}
    assert set(lines) == said - {"販路開拓支援事業補助金"}, "this year it is not in the report yet"
    settled = {label: one for label, one in lines.items() if one.settled}
    assert {label: one.recorded for label, one in settled.items()} == {
        label: one.value for label, one in settled.items()
    }
    assert [label for label, one in settled.items() if one.counted] == [
        "クラスター活動支援業務委託"
    ]
    assert len(settled) == 3
    waits = lines["実証実験補助金"]
    assert (waits.value, waits.so_far) == (None, waits.recorded)


def test_どの契約がどの取組に払ったかが見本でも言える(town: Made) -> None:
    lines = [one for one in spent_of_volume(BODY, town.volume.pk) if "クラスター" in one.label or "協議会" in one.label]  # fmt: skip
    found = paid_for(BODY, lines)
    assert {each.name for each in found.activities} <= {
        one for p in city()["project"] for one in p["activities"]
    }
    assert sum(each.yen for each in found.activities) == sum(one.value or 0 for one in lines)
    assert not found.twice


def test_相手はどれも架空と分かり法人番号を持たない(town: Made) -> None:
    said = settings()["words"]
    names = [one.name for one in em.Subject.objects.filter(kind="organisation")]
    assert names
    assert all(any(word in name for word in said["heads"] + said["six"]) for name in names)
    assert not em.Subject.objects.filter(number__isnull=False).exists()
    made_up = [someone(n) for n in range(1300)]
    assert len({who.name for who in made_up}) == len({who.mail for who in made_up}) == 1300
    assert all((who.mail or "").endswith("@example.jp") for who in made_up)
    assert len({maker(n).name for n in range(40)} | {tech_firm(n).name for n in range(60)}) == 100


def test_台帳は証跡と合う(town: Made) -> None:
    assert not verify(BODY).problems


def test_契約と催しには証拠書類が付きほかの契約にはまだない(town: Made) -> None:
    rows = em.Document.objects.filter(body=BODY).order_by("pk")
    assert [row.format for row in rows] == ["pdf", "pdf", "png", "txt"] * len(YEARS)
    assert sorted({row.year for row in rows}) == list(YEARS)
    register = em.Register.objects.get(body=BODY, key="commissions")
    cover = coverage(register.pk)
    assert cover.proven == len(YEARS)
    assert cover.missing > 0
