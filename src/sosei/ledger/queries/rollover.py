"""年度更新の見込み. What becomes of each project when the next year's book is opened from this one; and what did.

Running projects come along, next year's plans become results, finished ones rest. Where the book does not say whether
a project goes on, it is asked, never decided in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from sosei.core.schemes import Scheme, known_schemes
from sosei.core.text import fold
from sosei.core.wording import meaning
from sosei.ledger import models as m
from sosei.ledger.flow import takes_entries

#: along: a running project; result: a plan becomes next year's result; later: a plan of a year after the next, still a
#: plan; rests: finished; asks: the book does not say.
Fate = Literal["along", "result", "later", "rests", "asks"]
FATES: Final[tuple[Fate, ...]] = ("asks", "along", "result", "later", "rests")
#: Next policies by which a project is not to go on.
_ENDING: Final = frozenset({"discontinue", "end"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeOver:
    """終わった制度. The scheme that an entry names, its last year, and those that took its place (id, name)."""

    id: str
    ja: str
    en: str
    last: int
    following: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """一つの事業のこれから. `plan`: the plan row that it takes its targets from. `next_entry`: its entry in the next book, once there is one."""

    entry: int
    project: int
    name: str
    fate: Fate
    ja: str
    en: str
    period: str | None = None
    plan: int | None = None
    next_entry: int | None = None
    rests_since: int | None = None
    scheme: SchemeOver | None = None

    @property
    def open(self) -> bool:
        """Whether nobody has said yet what becomes of it."""
        return self.fate == "asks" and self.next_entry is None and self.rests_since is None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollOver:
    """年度更新. Of a volume into the next; `next_volume` None: not done yet. `takes`: whether that one still takes entries."""

    volume: int
    series: str
    year: int
    next_year: int
    next_volume: int | None
    coming: tuple[Coming, ...]
    takes: bool = False

    def of(self, fate: Fate) -> tuple[Coming, ...]:
        """Return the projects of one fate."""
        return tuple(each for each in self.coming if each.fate == fate)

    @property
    def open(self) -> tuple[Coming, ...]:
        """The questions nobody has answered."""
        return tuple(each for each in self.coming if each.open)


def rollover_of(volume: m.Volume) -> RollOver:
    """Return what becomes, or became, of each project of a volume; 4 queries."""
    there = next_of(volume)
    entries = list(
        m.ProjectYear.objects.filter(volume=volume, voided__isnull=True)
        .select_related("project", "verification")
        .order_by("position", "pk")
    )
    after = {
        row.project_id: row
        for row in m.ProjectYear.objects.filter(volume=there, voided__isnull=True)
    } if there else {}  # fmt: skip
    found = _Fates(volume.fiscal_year + 1, entries, after)
    return RollOver(
        volume=volume.pk,
        series=volume.series,
        year=volume.fiscal_year,
        next_year=volume.fiscal_year + 1,
        next_volume=there.pk if there else None,
        coming=tuple(found.all()),
        takes=there is not None and takes_entries(there.stage),
    )


def newest_of(body: str) -> tuple[tuple[int, int, str], ...]:
    """Return number, fiscal year and series of the newest volume of each series; 1 query."""
    rows = m.Volume.objects.filter(body=body, voided__isnull=True).order_by("fiscal_year")
    newest = {row.series: (row.pk, row.fiscal_year, row.series) for row in rows}
    return tuple(newest.values())


def next_of(volume: m.Volume) -> m.Volume | None:
    """Return the next year's volume of the same series."""
    return m.Volume.objects.filter(
        body=volume.body, fiscal_year=volume.fiscal_year + 1, series=volume.series,
        voided__isnull=True,
    ).first()  # fmt: skip


class _Fates:
    """事業ごとに決める. Tells what becomes of each entry of one volume."""

    def __init__(
        self, year: int, entries: list[m.ProjectYear], after: Mapping[int, m.ProjectYear]
    ) -> None:
        self.year, self.entries, self.after = year, entries, after
        self.plans = _plans(entries, year)
        self.joined = {plan.pk for plan in self.plans.values()}

    def all(self) -> Iterable[Coming]:
        """Yield each project once: a plan that belongs to a project reported beside it goes with that one."""
        for entry in self.entries:
            if entry.pk not in self.joined:
                yield self._coming(entry)

    def _coming(self, entry: m.ProjectYear) -> Coming:
        plan = self.plans.get(entry.pk)
        fate, ja, en = self._fate(entry, plan)
        there = self.after.get(entry.project_id)
        rests = entry.project.rests_since
        return Coming(
            entry=entry.pk,
            project=entry.project_id,
            name=entry.called(),
            fate=fate,
            ja=ja,
            en=en,
            period=entry.period_raw,
            plan=plan.pk if plan else None,
            next_entry=there.pk if there else None,
            rests_since=rests if rests is not None and rests <= self.year else None,
            scheme=scheme_over((there or plan or entry).scheme, self.year),
        )

    def _fate(self, entry: m.ProjectYear, plan: m.ProjectYear | None) -> tuple[Fate, str, str]:
        rests = entry.project.rests_since
        if (
            rests is not None and rests <= self.year
        ):  # what a person said goes before what a plan says
            return "rests", "すでに休止しています", "it rests already"
        if plan is not None:
            return "result", "来年度の計画が記載されています", "next year's plan is in the report"
        if entry.kind == "plan" and (entry.said_year is None or entry.said_year >= self.year):
            if entry.said_year is not None and entry.said_year > self.year:
                return "later", "翌々年度以降の計画です", "planned for a later year"
            return "result", "計画が来年度の実績になります", "the plan becomes next year's result"
        return self._by_period(entry)

    def _by_period(self, entry: m.ProjectYear) -> tuple[Fate, str, str]:
        first, last = entry.period_first, entry.period_last
        if first is None and last is None:
            return "asks", "実施期間が記載されていません", "no period is said"
        if last is not None and last < self.year:
            return "rests", "実施期間が終わりました", "its period is over"
        policy = _policy(entry)
        if policy in _ENDING:
            return (
                "asks",
                "実施期間は続きますが、今後の方針は終了・中止です",
                "its period goes on, but its next policy is to end",
            )
        if first is not None and first > self.year:
            return "asks", "実施期間がまだ始まりません", "its period has not begun"
        return "along", "実施期間が続きます", "its period goes on"


def _policy(entry: m.ProjectYear) -> str | None:
    verification = getattr(entry, "verification", None)
    if verification is None or verification.voided or verification.next_policy is None:
        return None
    return meaning("next_policy", verification.next_policy)


def _plans(entries: list[m.ProjectYear], year: int) -> dict[int, m.ProjectYear]:
    """Return the plan row of next year by the entry of the same project (or of the same name) reported beside it."""
    rows = [e for e in entries if e.kind == "plan" and (e.said_year is None or e.said_year == year)]
    others = [entry for entry in entries if entry.kind == "result"]
    found: dict[int, m.ProjectYear] = {}
    for plan in rows:
        same = next((e for e in others if e.pk not in found and _same(e, plan)), None)
        if same is not None:
            found[same.pk] = plan
    return found


def _same(entry: m.ProjectYear, plan: m.ProjectYear) -> bool:
    if entry.project_id == plan.project_id:
        return True
    return bool(entry.name and plan.name and fold(entry.name) == fold(plan.name))


def scheme_over(code: str | None, year: int) -> SchemeOver | None:
    """Return what to know of a scheme that is not in force any more in a year; None where it is, or nothing is known."""
    schemes = {scheme.id: scheme for scheme in known_schemes()}
    scheme = schemes.get(code or "")
    if scheme is None or scheme.last is None or scheme.last >= year:
        return None
    return SchemeOver(
        id=scheme.id,
        ja=scheme.ja,
        en=scheme.en,
        last=scheme.last,
        following=tuple((one.id, one.ja) for one in _following(scheme, year)),
    )


def _following(scheme: Scheme, year: int) -> list[Scheme]:
    """Return the schemes in force in a year that took a scheme's place, over as many renamings as there were."""
    found: list[Scheme] = []
    names = {scheme.id}
    for one in known_schemes():
        if not names.isdisjoint(one.follows):
            names.add(one.id)
            found += [one] if one.in_force(year) else []
    return found
