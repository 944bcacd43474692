"""点検の控え. What checking and judging find in each entry of a volume, without looking again at what has not changed.

Looking at a hundred entries takes most of a second, a page has a tenth of that. So what was found is kept beside the
entry with a key made of the stamps of every row that bears on it (they only rise), the day, and the program. What
differs in its key is looked at again; a number that is not of the present content is never shown. The key also seals
what was found, with a secret that is not in the database: what somebody wrote there himself is not believed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db import DatabaseError

from sosei.checking.finding import Finding, Fix, Severity
from sosei.judging.criteria import Proposal
from sosei.judging.verdict import ProjectVerdict
from sosei.ledger import models as m
from sosei.ledger.queries.abouts import about_of
from sosei.ledger.queries.around import Around, around_of
from sosei.ledger.queries.lookkeys import holds, keys_of, sealed
from sosei.ledger.queries.owing import Owing, owing_of
from sosei.ledger.queries.scene import Scene, scenes_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """指摘と対象. A finding of an entry; `about`: the rows it is about, so that it is found again when the order changes.

    `waived`: why it was accepted as it is, and by whom; None: it was not.
    """

    finding: Finding
    about: str
    waived: str | None = None
    waiver: int | None = None

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.finding.severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """見た結果. Of one entry. `level`: the proposed level, None where none is proposed."""

    entry: int
    found: tuple[Found, ...]
    evaluable: int
    reached: int
    total: int
    level: int | None
    owing: Owing

    @property
    def open(self) -> tuple[Found, ...]:
        """The findings that nobody accepted."""
        return tuple(each for each in self.found if each.waived is None)

    def counts(self) -> dict[Severity, int]:
        """Return how many open findings there are of each severity; zero is said."""
        seen = Counter(each.severity for each in self.open)
        return {severity: seen[severity] for severity in Severity}


def looks_of(volume: m.Volume, entries: Collection[int] | None = None) -> dict[int, Looked]:
    """Return what is found in each entry of a volume, waivers applied; 7 queries, 19 where something changed."""
    ids = list(
        m.ProjectYear.objects.filter(volume=volume, voided__isnull=True)
        .order_by("position", "pk")
        .values_list("pk", flat=True)
        if entries is None
        else entries
    )
    around = around_of(ids)
    keys = keys_of(volume, around)
    kept = {look.entry_id: look for look in m.Look.objects.filter(entry__in=ids)}
    stale = [pk for pk in ids if not holds(kept.get(pk), keys.get(pk))]
    fresh = _look_again(stale, around, keys) if stale else {}
    waivers = waivers_of(volume)
    return {
        pk: _applied(_of_json(pk, fresh[pk] if pk in fresh else kept[pk].found), waivers)
        for pk in ids
        if pk in fresh or pk in kept
    }


def findings_of(volume: m.Volume) -> dict[int, tuple[Found, ...]]:
    """Return the findings of each entry of a volume, waivers applied."""
    return {pk: looked.found for pk, looked in looks_of(volume).items()}


def looked_at(scene: Scene, waivers: Mapping[tuple[int | None, str, str], m.Waiver]) -> Looked:
    """Return what is found in one entry, looked at now."""
    return _applied(_of_json(scene.entry, _to_json(scene)), waivers)


def _look_again(
    entries: Collection[int], around: Around, keys: Mapping[int, str]
) -> dict[int, dict[str, Any]]:
    """Look at entries, and keep what is found."""
    wanted = set(entries)
    near = Around(
        entries=tuple(entries),
        before={pk: other for pk, other in around.before.items() if pk in wanted},
        twins={pk: others for pk, others in around.twins.items() if pk in wanted},
    )
    found = {pk: _to_json(scene) for pk, scene in scenes_of(entries, near).items()}
    _keep(
        [m.Look(entry_id=pk, key=sealed(keys[pk], each), found=each) for pk, each in found.items()]
    )
    return found


def _keep(looks: list[m.Look]) -> None:
    """Write what was found; a book that cannot be written now is read all the same."""
    try:
        m.Look.objects.bulk_create(
            looks, update_conflicts=True, unique_fields=["entry"], update_fields=["key", "found"]
        )
    except DatabaseError:
        return


# -- what is kept -----------------------------------------------------------------------------------------------------


def _to_json(scene: Scene) -> dict[str, Any]:
    verdict: ProjectVerdict = scene.verdict()
    level = verdict.proposal.level if isinstance(verdict.proposal, Proposal) else None
    return {
        "findings": [
            {
                "code": f.code, "severity": f.severity.value, "ja": f.message_ja,
                "en": f.message_en, "path": f.path, "raw": f.raw, "source": f.source,
                "about": about_of(scene, f.path),
                "fix": [f.fix.path, f.fix.before, f.fix.after, f.fix.safe] if f.fix else None,
            }
            for f in scene.findings()
            if f.path in ("", "/projects/0") or f.path.startswith("/projects/0/")
        ],
        "evaluable": verdict.evaluable,
        "reached": verdict.reached,
        "total": len(verdict.indicators),
        "level": level,
        "owing": owing_of(scene).kept(),
    }  # fmt: skip


def _of_json(entry: int, kept: Mapping[str, Any]) -> Looked:
    return Looked(
        entry=entry,
        found=tuple(
            Found(finding=_finding(each), about=each["about"]) for each in kept["findings"]
        ),
        evaluable=kept["evaluable"],
        reached=kept["reached"],
        total=kept["total"],
        level=kept["level"],
        owing=Owing.of(kept["owing"]),
    )


def _finding(kept: Mapping[str, Any]) -> Finding:
    fix = kept["fix"]
    return Finding(
        code=kept["code"],
        severity=Severity(kept["severity"]),
        message_ja=kept["ja"],
        message_en=kept["en"],
        path=kept["path"],
        raw=kept["raw"],
        source=kept["source"],
        fix=Fix(path=fix[0], before=fix[1], after=fix[2], safe=fix[3]) if fix else None,
    )


# -- waivers ----------------------------------------------------------------------------------------------------------

Waivers = dict[tuple[int | None, str, str], m.Waiver]


def waivers_of(volume: m.Volume) -> Waivers:
    """Return the findings that were accepted in a volume, by entry, rule and what they are about."""
    rows = m.Waiver.objects.filter(volume=volume, voided__isnull=True).select_related("person")
    return {(row.entry_id, row.rule, row.about): row for row in rows}


def _applied(looked: Looked, waivers: Mapping[tuple[int | None, str, str], m.Waiver]) -> Looked:
    found = tuple(_waived(looked.entry, each, waivers) for each in looked.found)
    return Looked(
        entry=looked.entry,
        found=found,
        evaluable=looked.evaluable,
        reached=looked.reached,
        total=looked.total,
        level=looked.level,
        owing=looked.owing,
    )


def _waived(
    entry: int, found: Found, waivers: Mapping[tuple[int | None, str, str], m.Waiver]
) -> Found:
    code = found.finding.code
    row = waivers.get((entry, code, found.about)) or waivers.get((None, code, found.about))
    if row is None:
        return found
    return Found(
        finding=found.finding,
        about=found.about,
        waived=f"{row.reason}（{row.person.name}）",
        waiver=row.pk,
    )


def all_counts(looked: Iterable[Looked]) -> dict[Severity, int]:
    """Return how many open findings there are of each severity in several entries."""
    seen: Counter[Severity] = Counter()
    for each in looked:
        seen.update(each.counts())
    return {severity: seen[severity] for severity in cast("Iterable[Severity]", Severity)}
