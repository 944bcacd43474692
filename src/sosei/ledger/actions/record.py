"""報告書を台帳に入れる. A whole report becomes a volume; an accepted difference is written into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sosei.core.report import Report, Value
from sosei.core.text import fold
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions import drafts
from sosei.ledger.actions.entries import not_begun
from sosei.ledger.actions.ownyears import require_own_years
from sosei.ledger.actions.recorder import Recorder
from sosei.ledger.actions.refuse import refuse, year_of
from sosei.ledger.refusals import Restates
from sosei.offices.models import Person
from sosei.offices.permissions import require


@dataclass(frozen=True, slots=True, kw_only=True)
class Whence:
    """出どころ. The file that a report was read from. `by_hand`: values that a person corrected after they were read."""

    document: m.Document | None = None
    by_hand: frozenset[Value] = frozenset()


def record_report(
    *,
    by: Person,
    report: Report,
    year: int | None = None,
    series: str = "",
    known: Mapping[int, int] | None = None,
    restate: bool = False,
    whence: Whence | None = None,
) -> m.Volume:
    """Record a whole report as a new volume of the person's body.

    `year`: the fiscal year where the report does not say it (or says another). `known`: index of a project in the
    report → number of the project it is in the book; None: those of the same name are taken. `restate`: figures of
    years the book already holds may be replaced by the report's. `whence`: the file it was read from.
    Raises NotAllowed, Unrecordable (every problem), VolumeExists, Restates (every figure), Locked (a year that is decided).
    """
    require(by, "volume.open")
    refuse(report, year)
    home = year_of(report, year)
    assert home is not None
    with act("volume.record", body=by.body, by=by.pk, subject=f"volume:{home}:{series}") as w:
        not_begun(by.body, home, series)
        links = _known(by.body, report) if known is None else known
        projects = m.Project.objects.in_bulk(list(links.values()))
        volume = w.add(m.Volume(fiscal_year=home, series=series, **drafts.volume_columns(report)))
        came = whence or Whence()
        new = Recorder(w, volume, origin="import", document=came.document)
        new.by_hand = came.by_hand
        for i, project in enumerate(report.projects):
            new.project(project, i, projects.get(links.get(i, 0)))
        new.write()
        if new.restated and not restate:
            raise Restates(new.restated)
        require_own_years(
            w, by, besides=list(volume.entries.values_list("pk", flat=True)),
            reason=f"{volume.called()}の記載による", what="これまでの年度の値の変更",
        )  # fmt: skip
        w.facts |= {"projects": len(report.projects), "year": home}
    return volume


def _known(body: str, report: Report) -> dict[int, int]:
    """Return which of the book's projects a report's projects are: the same name in the latest other volume, once each."""
    latest: dict[str, int] = {}
    rows = m.ProjectYear.objects.filter(body=body, voided__isnull=True, name__isnull=False)
    for name, which in rows.order_by("volume__fiscal_year").values_list("name", "project"):
        latest[fold(name or "")] = which
    found: dict[int, int] = {}
    for i, project in enumerate(report.projects):
        same = latest.get(fold(project.name.text)) if project.name else None
        if same is not None and same not in found.values():
            found[i] = same
    return found
