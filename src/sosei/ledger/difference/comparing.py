"""差分をとる. The difference of two reports: what comes beside what stands, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sosei.core.report import Report
from sosei.ledger.difference.model import Difference
from sosei.ledger.difference.recording import Options
from sosei.ledger.difference.walking import Walk


def difference(
    current: Report,
    incoming: Report,
    *,
    partial: bool,
    settled: Callable[[str], bool] | None = None,
    decided: Mapping[str, str | None] | None = None,
    year: int | None = None,
) -> Difference:
    """Return what `incoming` says otherwise than `current`.

    `partial`: what it does not mention is left alone, and nothing is ever removed (an import, an answer); else two
    editions are compared, and what is missing is removed. `settled`: whether a person confirmed what stands at a path
    of `current`; then another figure is a conflict. `decided`: incoming path → current path (None: a new one) of parts
    that were "unclear" and that a person has matched. `year`: the fiscal year of `current`'s undated figures, where it
    does not say so itself.

    >>> from sosei.core.report import Project, Said
    >>> one, two = Project(name=Said(text="A事業")), Project(name=Said(text="Ｂ事業"))
    >>> found = difference(Report(projects=(one,)), Report(projects=(two, one)), partial=True)
    >>> [(change.kind, change.subject_ja) for change in found.of("added")]
    [('added', 'Ｂ事業')]
    """
    walk = Walk(Options(partial, settled, decided or {}, year))
    walk.report(current, incoming)
    found = walk.found
    return Difference(tuple(found.changes), partial, year, found.pairs, found.joins)
