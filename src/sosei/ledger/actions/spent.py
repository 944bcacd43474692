"""数えた経費を記載にする. A line of money is tied to measures of contracts, contributions and subsidies; what they count is recorded by an act."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sosei.core.errors import NoReason, Stale
from sosei.evidence.models import Measure
from sosei.evidence.nameless import nameless_of_measures
from sosei.evidence.stored import measure as tree_of
from sosei.journal.acts import Act, act
from sosei.ledger import models as m
from sosei.ledger.actions.locks import require_unlocked
from sosei.ledger.actions.reach import charge_of, owned
from sosei.ledger.queries.marks import marks
from sosei.ledger.queries.spent import SpentShown, money_unit_of, spent_of_lines
from sosei.ledger.refusals import FractionOfYen, NotCountedMoney, NotMoney
from sosei.offices.models import Person
from sosei.offices.permissions import require


def count_spending_by(
    *, by: Person, spending: int, measures: Collection[int], reason: str = ""
) -> list[m.SpentCounting]:
    """経費に数え方を結び付ける. From now on a line is counted by these measures alone; none: it is counted no more.

    What was recorded stays. A reason is needed where one is taken away. Raises NotAllowed, NoSuchThing, NotMoney, NoReason,
    NamesPerson.
    """
    row = line_of_money(by, spending)
    require(by, "definition.change", charge_of(row.entry))
    _nameless(by, [row], reason, f"「{row.called()}」の数え方の変更の理由", measures)
    with act("spent.tie", body=by.body, by=by.pk, subject=f"ledger.projectyear:{row.entry_id}") as w:  # fmt: skip
        found = [owned(Measure, by, each, "数え方") for each in sorted(set(measures))]
        for one in found:
            require_money(one)
        tied = {each.measure_id: each for each in _tied(spending)}
        for pk in tied.keys() - {one.pk for one in found}:
            w.void(tied[pk], reason=reason)
        w.facts["count"] = len(found)
        return [tied.get(one.pk) or w.add(m.SpentCounting(spending=row, measure=one)) for one in found]  # fmt: skip


def record_spent(
    *, by: Person, lines: Collection[int], reason: str = "", seen: str | None = None
) -> list[m.Spending]:
    """数えた経費を記載にする. Record what is counted to the end, to the yen, all or none; what is still counted stays as it is.

    `seen`: as `marks` of the counts that the person saw. A reason is needed where an amount becomes another. Raises
    NotAllowed, Locked, Stale, NotCountedMoney, FractionOfYen, NoReason, NamesPerson.
    """
    rows = _writable(by, lines)
    _nameless(by, rows, reason, "数えた経費の記載の理由")
    with act("spent.record", body=by.body, by=by.pk, subject=_subject(rows)) as w:
        require_unlocked(by, {row.entry_id for row in rows}, "money")
        counts = _counts(by, rows, seen)
        written = [_recorded(w, by, one, reason.strip()) for one in counts]
        made = [row for row in written if row is not None]
        w.facts["figures"] = len(made)
    return made


def keep_spent(*, by: Person, spending: int, reason: str, seen: str | None = None) -> m.SpentBasis:
    """記載の金額のままにする. Another amount than is counted stays, with the reason; what was counted is kept beside it.

    Raises NotAllowed, Locked, Stale, NotCountedMoney, NoReason, NamesPerson.
    """
    [row] = _writable(by, [spending])
    if not reason.strip():
        raise NoReason(what=f"{row.called()}を数えと違う金額のままにすること")
    _nameless(by, [row], reason, f"「{row.called()}」の金額の理由")
    with act("spent.keep", body=by.body, by=by.pk, subject=_subject([row])) as w:
        require_unlocked(by, {row.entry_id}, "money")
        [one] = _counts(by, [row], seen)
        if not one.differs or one.recorded is None:
            raise NotCountedMoney(line=row.called())
        return _grounded(w, row, one, one.recorded, reason.strip())


def require_money(measure: Measure) -> None:
    """See that a measure counts amounts of money, to the yen. Raises NotMoney."""
    tree = tree_of(measure.text)
    if money_unit_of(tree) is None:
        raise NotMoney(measure=measure.name, unit=tree.unit)


def line_of_money(by: Person, spending: int) -> m.Spending:
    """Return a line of money with its entry. Raises NoSuchThing."""
    return owned(m.Spending, by, spending, "経費", "entry__volume", "entry__project")


def _writable(by: Person, lines: Collection[int]) -> list[m.Spending]:
    rows = [line_of_money(by, line) for line in sorted(set(lines))]
    for row in rows:
        require(by, "money.record", charge_of(row.entry))
    return rows


def _nameless(
    by: Person, rows: Sequence[m.Spending], reason: str, what: str, more: Collection[int] = ()
) -> None:
    """See that a reason names nobody of whom the measures of lines (`more`: and others) count. Raises NamesPerson."""
    if not reason.strip():
        return
    tied = m.SpentCounting.objects.filter(
        spending__in=[row.pk for row in rows], voided__isnull=True
    )
    wanted = {*tied.values_list("measure", flat=True), *more}
    texts = Measure.objects.filter(body=by.body, pk__in=wanted).values_list("text", flat=True)
    nameless_of_measures(reason, what, by.body, *texts)


def _subject(rows: Sequence[m.Spending]) -> str:
    entries = {row.entry_id for row in rows}
    return f"ledger.projectyear:{entries.pop()}" if len(entries) == 1 else ""


def _counts(by: Person, rows: Sequence[m.Spending], seen: str | None) -> tuple[SpentShown, ...]:
    counts = spent_of_lines(by.body, [row.pk for row in rows])
    counted = {one.spending for one in counts}
    for row in rows:
        if row.pk not in counted:
            raise NotCountedMoney(line=row.called())
    if seen is not None and seen != marks(counts):
        raise Stale(what=f"{counts[0].label}の数え")
    return counts


def _recorded(w: Act, by: Person, one: SpentShown, reason: str) -> m.Spending | None:
    if one.value is None or (one.counted and not one.differs):
        return None
    row = line_of_money(by, one.spending)
    if not isinstance(one.value, int):
        raise FractionOfYen(line=one.label, counted=one.shown(one.value))
    if one.differs:
        if row.yen is not None and not reason:
            raise NoReason(what=f"{one.label}の金額の変更")
        w.change(row, yen=one.value, unit=row.unit or "円", trace=_kept(row))
    _grounded(w, row, one, one.value, None)
    return row


def _kept(row: m.Spending) -> dict[str, object]:
    """Return where a line's words stand in its source; where its amount stood is told no longer."""
    return {name: place for name, place in row.trace.items() if name != ""}


def _grounded(w: Act, row: m.Spending, one: SpentShown, yen: int, reason: str | None) -> m.SpentBasis:  # fmt: skip
    stands = m.SpentBasis.objects.filter(spending=row, voided__isnull=True).first()
    if stands is None:
        return w.add(m.SpentBasis(spending=row, yen=yen, basis=one.basis(), reason=reason))
    return w.change(stands, yen=yen, basis=one.basis(), reason=reason)


def _tied(spending: int) -> list[m.SpentCounting]:
    return list(m.SpentCounting.objects.filter(spending=spending, voided__isnull=True))
