"""読み取りの中身. What a batch keeps of a file's reading: the report as read, where each figure stands, the corrections.

Kept in the batch as JSON beside what comes of it (`ledger.incoming`), so that a correction needs no second reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, Literal

from sosei.core.codec import dumps, loads
from sosei.core.report import Expression, Report
from sosei.ledger.incoming import Incoming
from sosei.ledger.mending import Figure, Mend, Mended, figures, loose_figures, mend_of, mended
from sosei.ledger.plans import incoming_plan
from sosei.ledger.traces import placed, places
from sosei.reading import open_document, report_of
from sosei.reading.lines import in_lines
from sosei.reading.pictures import Sheet, pages_of, sheet_of, sheets
from sosei.reading.spots import Loose, Spot, figures_of, loose, spots

Plan = Literal["said", "increment", "level"]
#: What a plan's figures are, where the plan itself does not say so.
PLANS: Final[Mapping[Plan, Expression | None]] = {
    "said": None, "increment": "increment", "level": "level",
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """読み取り. `report`: as read; `sheets`: how the pages of a PDF are seen, by their numbers; `plan`: it was read as one."""

    name: str
    report: Report
    spots: Mapping[str, Spot] = field(default_factory=dict)
    loose: tuple[Loose, ...] = ()
    sheets: Mapping[int, Sheet] = field(default_factory=dict)
    mends: tuple[Mend, ...] = ()
    plan: Plan | None = None

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures as read, and after them those of the file that nothing was made of."""
        read = figures(self.report)
        return read + loose_figures(self.report, self.loose, len(read) + 1)

    @cached_property
    def mended(self) -> Mended:
        """The report with the corrections. Raises what `mended` raises."""
        return mended(self.report, self.mends, self.loose)

    @property
    def layouts(self) -> frozenset[str]:
        """The kinds of tables that its figures stand in."""
        return frozenset(spot.layout for spot in self.spots.values())

    def incoming(self, decided: Mapping[str, str | None]) -> Incoming:
        """Return what comes of it. `decided`: what a person said belongs to what. Raises what `mended` raises, NoLevels."""
        report = self.mended.report
        if self.plan:
            return replace(incoming_plan(report, self.name, PLANS[self.plan]), decided=decided)
        return Incoming(report=report, decided=decided)

    def with_mends(self, wanted: Iterable[Mend]) -> Reading:
        """Return it with further corrections; one of the same thing takes the earlier one's place."""
        said = {one.at: one for one in (*self.mends, *wanted)}
        return replace(self, mends=tuple(said.values()))

    def kept(self) -> dict[str, Any]:
        """Return it as JSON; the report as read only where what comes of it is another."""
        unique = list(dict.fromkeys(self.spots.values()))
        numbers = {spot: number for number, spot in enumerate(unique)}
        return {
            "read": dumps(self.report) if self.mends or self.plan else None,
            "spots": [[spot.layout, spot.head, spot.key, spot.nth] for spot in unique],
            "at": {path: numbers[spot] for path, spot in self.spots.items()},
            "loose": [[one.raw, placed(one.place), one.owner] for one in self.loose],
            "sheets": {str(page): sheet.kept() for page, sheet in self.sheets.items()},
            "mends": [one.kept() for one in self.mends],
            "by_hand": sorted(self.mended.by_hand),
            "plan": self.plan,
        }


def read_file(name: str, data: bytes, plan: Plan | None = None) -> Reading:
    """Read a file. Raises the errors of reading."""
    document = open_document(data, name)
    report = document if isinstance(document, Report) else report_of(document)
    found: dict[str, Spot] = {}
    left: tuple[Loose, ...] = ()
    if not isinstance(document, Report):
        found, left = spots(document, figures_of(report)), loose(document, report)
    found |= {f"/loose/{n}": one.spot for n, one in enumerate(left)}
    is_pdf = any(source.format == "pdf" for source in report.sources)
    return Reading(
        name=name, report=in_lines(report, [(name, data)]), spots=found,
        loose=in_lines(left, [(name, data)]), sheets=_sheets(report, left, data) if is_pdf else {}, plan=plan,
    )  # fmt: skip


def _sheets(report: Report, left: Iterable[Loose], data: bytes) -> dict[int, Sheet]:
    found = [place for one in figures(report) for place in one.place]
    found += [place for note in report.unread for place in note.place]
    found += [place for one in left for place in one.place]
    return sheets(data, pages_of(found))


def reading_of(kept: Mapping[str, Any], name: str) -> Reading | None:
    """Return what `Reading.kept` kept of the file of that name; None: of a batch that was not read from a report."""
    if "spots" not in kept:
        return None
    unique = [Spot(*one) for one in kept["spots"]]
    return Reading(
        name=name,
        report=loads(kept["read"] or kept["report"]),
        spots={path: unique[number] for path, number in kept["at"].items()},
        loose=tuple(
            Loose(raw, places(place), owner, unique[kept["at"][f"/loose/{n}"]])
            for n, (raw, place, owner) in enumerate(kept.get("loose", []))
        ),
        sheets={int(page): sheet_of(one) for page, one in kept["sheets"].items()},
        mends=tuple(map(mend_of, kept["mends"])),
        plan=kept["plan"],
    )
