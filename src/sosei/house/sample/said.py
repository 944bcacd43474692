"""見本の根拠の設定. What `evidence.toml` says of the sample's registers, measures and words, and what they are to count to."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from sosei.house.sample.reports import city

#: The year that is being reported, among the figures of three.
THIS = 2


@cache
def settings() -> dict[str, Any]:
    """Return what the sample's registers are made of."""
    return tomllib.loads((files("sosei.house.sample") / "evidence.toml").read_text("utf-8"))


@cache
def words(name: str) -> tuple[str, ...]:
    """Return a list of words."""
    return tuple(settings()["words"][name])


def figure(measure: str, at: int) -> int:
    """Return what a measure is to count to in the year `at` (0 and 1: published, 2: half done).

    It is what the report says; where that is no number: what is said for the year that is not over, 0 before the programme.
    """
    said = next(one for one in settings()["measure"] if one["key"] == measure)
    known = _indicator(said["indicator"])["actual"][at]
    return known if isinstance(known, int) else int(said.get("so_far", 0) if at == THIS else 0)


def _indicator(name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        one for project in city()["project"] for one in project["indicator"] if one["name"] == name
    )
    return found


def programmes() -> list[dict[str, Any]]:
    """Return the programmes that are counted, as `mihon.toml` has them."""
    names = settings()["programmes"]
    return [project for project in city()["project"] if project["name"] in names]
