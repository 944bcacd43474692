"""所在. Words of a report to columns and back: the word is a column, its place and spelling are in the row's `trace`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sosei.core.report import Body, Ext, Place, Places, Said

Trace = dict[str, Any]


def placed(place: Places) -> list[dict[str, Any]]:
    """Return places as JSON, absent things left out."""
    return [
        {
            f.name: list(value) if isinstance(value, tuple) else value
            for f in fields(Place)
            if (value := getattr(one, f.name)) is not None
        }
        for one in place
    ]


def places(kept: object) -> Places:
    """Return what `placed` kept."""
    if not isinstance(kept, list):
        return ()
    return tuple(_place(one) for one in kept)


def _place(kept: dict[str, Any]) -> Place:
    box = kept.get("box")
    return Place(**{**kept, "box": tuple(box) if box else None})


def note(trace: Trace, name: str, raw: str | None, place: Places) -> None:
    """Keep where a word stands and how it was spelled; nothing where there is nothing to keep."""
    kept: Trace = {}
    if raw is not None:
        kept["raw"] = raw
    if place:
        kept["place"] = placed(place)
    if kept:
        trace[name] = kept


def raw_of(trace: Mapping[str, Any], name: str) -> str | None:
    """Return the spelling kept for a column."""
    found: str | None = trace.get(name, {}).get("raw")
    return found


def place_of(trace: Mapping[str, Any], name: str) -> Places:
    """Return the places kept for a column."""
    return places(trace.get(name, {}).get("place"))


def columns_of(trace: Trace, **words: Said | None) -> dict[str, str | None]:
    """Return words as columns, noting each one's place in the trace."""
    for name, said in words.items():
        if said is not None:
            note(trace, name, said.raw, said.place)
    return {name: said.text if said else None for name, said in words.items()}


def said(row: Any, name: str) -> Said | None:
    """Return a column's words with their place."""
    text = getattr(row, name)
    if text is None:
        return None
    return Said(text=text, raw=raw_of(row.trace, name), place=place_of(row.trace, name))


def body_kept(body: Body) -> dict[str, Any]:
    """Return a body as JSON."""
    kept = {"name": body.name, "code": body.code, "basis": body.basis}
    return {k: v for k, v in kept.items() if v is not None} | (
        {"place": placed(body.place)} if body.place else {}
    )


def body_of(kept: Mapping[str, Any]) -> Body:
    """Return what `body_kept` kept."""
    return Body(
        name=kept["name"],
        code=kept.get("code"),
        basis=kept.get("basis"),
        place=places(kept.get("place")),
    )


def ext_kept(ext: Ext | None) -> str:
    """Return an extension as JSON text; empty where there is none."""
    return "" if ext is None else json.dumps(ext, ensure_ascii=False, allow_nan=False)


def ext_of(kept: str) -> Ext | None:
    """Return what `ext_kept` kept."""
    found: Ext | None = json.loads(kept) if kept else None
    return found
