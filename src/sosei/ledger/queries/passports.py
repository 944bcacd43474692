"""パスポートを作る. From a report's counted figures to the bundle that an edition carries: measures, entries without identity, closings."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Final

from sosei.core.gaps import Gap
from sosei.core.money import SCALES
from sosei.evidence import models as em
from sosei.evidence import stored
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.entries import Register
from sosei.evidence.measures.model import Measure
from sosei.evidence.measures.sentence import sentence
from sosei.evidence.measures.shares import asked_of_subjects
from sosei.evidence.naming import names_of
from sosei.evidence.passport.bundle import bundle, small_lines
from sosei.evidence.passport.contents import (
    EditionFacts,
    Kpi,
    MeasureVersion,
    Passport,
    RegisterPart,
)
from sosei.journal.keyring import newest, ring
from sosei.ledger import models as m
from sosei.ledger.queries.counted import CountShown, counts_of
from sosei.ledger.queries.spent import SpentPart, SpentShown, spent_of_volume
from sosei.ledger.typed import same_unit

#: Registers of more entries are too much for a bundle that people download: what is counted from them is left out of it.
MOST_ENTRIES: Final = 300_000


@dataclass(frozen=True, slots=True)
class Told:
    """載せる欄. A counted figure of the report, an indicator's or a line of money's, with the measure that counts it."""

    name: str
    measure: int
    key: str
    version: int
    text: str
    kpi: Kpi


@dataclass(frozen=True, slots=True)
class Bundled:
    """束. Its bytes (None: there is nothing to bundle), and the indicators that are left out of it, as a reader knows them."""

    data: bytes | None
    left_out: tuple[str, ...] = ()


def passport_of(row: m.Volume, edition: EditionFacts) -> Bundled:
    """Return the bundle of a report's counted figures. The entries are read as they now are.

    Editions are for everybody: left out, and named, is what would tell single answers of confidential registers or
    amounts of single persons, and what is counted from more entries than people download.
    """
    spent = spent_of_volume(row.body, row.pk)
    counts = [_of_indicator(one) for one in counts_of(row.pk)] + list(_of_money(spent))
    trees = {one.measure: stored.measure(one.text) for one in counts}
    registers = stored.registers_of(
        row.body, {key for tree in trees.values() for key in stored.keys_of(tree)}
    )
    large = {key for key, register in registers.items() if _entries(register) > MOST_ENTRIES}
    told = [one for one in counts if not large.intersection(stored.keys_of(trees[one.measure]))]
    told = [one for one in told if not _amounts_of_persons(trees[one.measure], registers)]
    passport = _passport_of(row, edition, told, trees, registers)
    while passport is not None and (small := {one.register for one in small_lines(passport)}):
        told = [one for one in told if not small.intersection(stored.keys_of(trees[one.measure]))]
        passport = _passport_of(row, edition, told, trees, registers)
    out = {one.name: None for one in counts if one not in told}
    out |= {_called(one): None for one in spent if len(one.parts) > 1}
    return Bundled(bundle(passport) if passport is not None else None, tuple(out))


def _amounts_of_persons(tree: Measure, registers: Mapping[str, em.Register]) -> bool:
    kinds = [stored.kind(registers[key]) for key in tree.registers]
    return tree.operation in ("sum", "latest") and any(
        k.subject in ("person", "any") for k in kinds
    )


def _passport_of(
    row: m.Volume, edition: EditionFacts, told: Sequence[Told], trees: Mapping[int, Measure],
    registers: Mapping[str, em.Register],
) -> Passport | None:  # fmt: skip
    used = {key: registers[key] for one in told for key in stored.keys_of(trees[one.measure])}
    own = {one.measure: trees[one.measure] for one in told}
    return _passport(row, edition, told, own, used) if told else None


def told_in(row: m.Volume) -> str:
    """Return what tells whether the counts of a report are still those that a bundle was made of."""
    said: list[object] = [(one.line, one.role, one.mark, str(one.answer.so_far)) for one in counts_of(row.pk)]  # fmt: skip
    said += [(one.mark, one.so_far, one.reason) for one in spent_of_volume(row.body, row.pk)]
    return sha256(repr(said).encode()).hexdigest()


def _entries(register: em.Register) -> int:
    own = em.Entry.objects.filter(em.entries.CURRENT, register=register).order_by()
    return own.values("pk")[: MOST_ENTRIES + 1].count()


def _passport(
    row: m.Volume, edition: EditionFacts, told: Sequence[Told], trees: Mapping[int, Measure],
    registers: Mapping[str, em.Register],
) -> Passport:  # fmt: skip
    kinds = {key: stored.kind(register) for key, register in registers.items()}
    states = stored.closed(registers.values())
    known = stored.attributes_of(
        row.body, {name for tree in trees.values() for name in asked_of_subjects(tree)}
    )
    return Passport(
        edition=edition,
        kpis=tuple(one.kpi for one in told),
        measures=tuple(
            _measure(one, trees[one.measure], kinds)
            for one in {one.measure: one for one in told}.values()
        ),
        registers=tuple(_register(states[key], kind) for key, kind in kinds.items()),
        records=tuple(stored.records_of(registers.values())),
        attributes=tuple(attribute for own in known.values() for attribute in own),
        pseudonym_key=_secret(edition),
    )


def _of_indicator(one: CountShown) -> Told:
    return Told(one.name, one.measure, one.key, one.version, one.text, _kpi(one))


def _of_money(lines: Iterable[SpentShown]) -> Iterator[Told]:
    """Yield the lines of money that one measure counts; of several, no count alone gives the amount."""
    for one in lines:
        if len(one.parts) == 1:
            [part] = one.parts
            yield Told(_called(one), part.measure, part.key, part.version, part.text, _kpi_of_money(one, part))  # fmt: skip


def _called(one: SpentShown) -> str:
    """Return what a line is called among those of all projects, which are often of one name."""
    return f"{one.project}　経費：{one.label}"


def _kpi_of_money(one: SpentShown, part: SpentPart) -> Kpi:
    """Return an amount as it is printed, in the unit of its measure: every yen of it."""
    counted = (
        part.answer.value if part.answer.value is not None else part.answer.gap or Gap.COUNTING
    )
    printed = counted if one.recorded is None else Decimal(one.recorded) / SCALES[part.unit]
    other = printed != counted
    return Kpi(
        indicator=_called(one), year=one.year, measure=part.key, version=part.version, unit=part.unit, printed=printed,
        so_far=None if other or part.answer.value is not None else part.answer.so_far,
        reason=(one.reason or _NO_REASON) if other else None, counted=counted if other else None,
    )  # fmt: skip


def _kpi(one: CountShown) -> Kpi:
    """Return a figure as it is printed; one that a person wrote otherwise, with the reason and what was counted."""
    counted = one.answer.value if one.answer.value is not None else one.answer.gap or Gap.COUNTING
    recorded = one.recorded
    printed = (
        counted
        if recorded is None
        else recorded.number
        if recorded.number is not None
        else recorded.gap
    )
    other = printed != counted
    return Kpi(
        indicator=one.name, year=one.year, measure=one.key, version=one.version, unit=_unit(one),
        printed=counted if printed is None else printed,
        so_far=None if other or one.answer.value is not None else one.answer.so_far,
        reason=(one.reason or _NO_REASON) if other else None,
        counted=counted if other else None,
    )  # fmt: skip


def _unit(one: CountShown) -> str:
    """Return the unit of a figure: the measure's, where the indicator says none or the same in another word (名, 人)."""
    counted = stored.measure(one.text).unit
    return counted if not one.unit or same_unit(one.unit, counted) else one.unit


#: Of a figure that a person wrote before it was counted, or without saying why it is another.
_NO_REASON: Final = "理由の記載なし"


def _measure(one: Told, tree: Measure, kinds: Mapping[str, RegisterKind]) -> MeasureVersion:
    return MeasureVersion(
        key=one.key, version=one.version, measure=tree,
        ja=sentence(tree, names_of(kinds)), en=sentence(tree, names_of(kinds, "en"), "en"),
    )  # fmt: skip


def _register(state: Register, kind: RegisterKind) -> RegisterPart:
    free = frozenset(key for key, one in kind.fields.items() if one.type == "text")
    return RegisterPart(
        register=state,
        ja=kind.ja,
        stages=kind.stages,
        rows=kind.rows,
        subject=kind.subject,
        free_text=free,
    )


def _secret(edition: EditionFacts) -> bytes:
    """Return the key of a bundle's own numbers: of the journal's key, another for every edition."""
    said = f"sosei.passport\n{edition.head.body}\n{edition.year}\n{edition.number}\n{edition.report_sha256}"
    return hmac.new(ring()[newest()], said.encode(), sha256).digest()
