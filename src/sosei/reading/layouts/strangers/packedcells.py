"""詰まった欄. A cell that lists a project's indicators, lines and figures together: 「①輸出量 / 目標：30トン / 実績：34トン / ②…」."""

from __future__ import annotations

import dataclasses
from typing import Final

from sosei.core.report import Indicator, Said, Value
from sosei.reading.grid import Words
from sosei.reading.layouts.measures import BareRole, Header, read_measures
from sosei.reading.layouts.strangers.drafts import Fact, IndicatorDraft, merge, same_name
from sosei.reading.layouts.strangers.headings import Heading


def listed_in(words: Words, heading: Heading) -> list[IndicatorDraft]:
    """Return the indicators that a cell lists, each with a name and a figure; none where a line of it is anything else."""
    bare: BareRole = "target" if heading.role == "target" or heading.also == "target" else "actual"
    found = read_measures(words, Header(bare))
    plain = found.indicators and not found.prose
    drafts = [_draft(indicator) for indicator in found.indicators] if plain else []
    return drafts if all(draft.name is not None and draft.figured for draft in drafts) else []


def joined_lists(lists: list[list[IndicatorDraft]]) -> list[IndicatorDraft]:
    """Return the indicators of several lists, those of one name as one: targets in one cell, results in the next."""
    first, *others = lists
    for draft in (draft for more in others for draft in more):
        same = next((known for known in first if same_name(known.name, draft.name)), None)
        if same is None or not merge(same, draft):
            first.append(draft)
    return first


_BULLETS: Final = "・○●◇◆■□▽▼ 　"


def _named(said: Said | None) -> Said | None:
    """Return a name without the bullet before it; what is printed stays in raw."""
    if said is None or not said.text.startswith(tuple(_BULLETS)):
        return said
    return dataclasses.replace(said, text=said.text.strip(_BULLETS), raw=said.raw or said.text)


def _draft(indicator: Indicator) -> IndicatorDraft:
    """Return an indicator of a list as a draft of this family."""
    draft = IndicatorDraft(
        name=_named(indicator.name),
        number=indicator.number,
        unit=indicator.unit,
        note=indicator.note,
        place=indicator.place,
    )
    if indicator.baseline is not None:
        draft.facts.append(Fact(role="baseline", value=_open(indicator.baseline)))
    for point in indicator.years:
        for role in ("target", "actual"):
            value = getattr(point, role)
            if value is not None:
                draft.facts.append(Fact(role=role, value=_open(value), year=point.fiscal_year))
        if point.rate is not None:
            draft.facts.append(Fact(role="rate", said=point.rate, year=point.fiscal_year))
    return draft


def _open(value: Value) -> Value:
    """Return a value whose certainty is still to be found."""
    return dataclasses.replace(value, sure=None) if value.sure else value
