"""出典の名. Two files may both be called s1: what comes from the incoming one is renamed, so that every place stays true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import count
from typing import Any

from sosei.core.report import Place, Source


def renamed(ours: Sequence[Source], theirs: Sequence[Source]) -> dict[str, str]:
    """Return new ids for the incoming sources whose id means another file here, or whose file is known by another id.

    >>> one = Source(id="s1", name="a.xlsx", sha256="a", format="xlsx")
    >>> renamed([one], [Source(id="s1", name="b.xlsx", sha256="b", format="xlsx")])
    {'s1': 's1-2'}
    """
    known = {source.sha256: source.id for source in ours}
    used = {source.id for source in ours} | {source.id for source in theirs}
    names: dict[str, str] = {}
    for source in theirs:
        if source.sha256 in known:
            names[source.id] = known[source.sha256]
        elif any(source.id == other.id for other in ours):
            names[source.id] = next(n for k in count(2) if (n := f"{source.id}-{k}") not in used)
            used.add(names[source.id])
    return {old: new for old, new in names.items() if old != new}


def moved(part: Any, names: Mapping[str, str]) -> Any:
    """Return a report (or a part of one) whose places name their sources anew."""
    if not names:
        return part
    if isinstance(part, tuple):
        return tuple(moved(item, names) for item in part)
    if isinstance(part, Place):
        return replace(part, source=names.get(part.source or "", part.source))
    if isinstance(part, Source):
        return replace(part, id=names.get(part.id, part.id))
    if is_dataclass(part) and not isinstance(part, type):
        changed = {
            f.name: moved(getattr(part, f.name), names) for f in fields(part) if f.name != "ext"
        }
        return replace(part, **changed)
    if isinstance(part, dict):
        return {key: moved(item, names) for key, item in part.items()}
    return part
