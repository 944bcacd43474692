"""台帳の棚. The kinds of the catalogue as a person looks for them: on shelves, each with one line of what it holds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sosei.evidence.kinds import RegisterKind, catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """選べる台帳. A kind of the catalogue; `ja`, `en`: what it holds."""

    kind: RegisterKind
    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """棚. Kinds that belong together."""

    ja: str
    en: str
    kinds: tuple[Offered, ...]


@cache
def shelves() -> tuple[Shelf, ...]:
    """Return the shelves in their order."""
    said = tomllib.loads((files("sosei.evidence") / "shelves.toml").read_text("utf-8"))
    return tuple(
        Shelf(
            ja=one["ja"], en=one["en"],
            kinds=tuple(offering(catalogue()[key]) for key in one["kinds"]),
        )
        for one in said["shelves"]
    )  # fmt: skip


def offering(kind: RegisterKind) -> Offered:
    """Return a kind with what it says of itself."""
    return Offered(kind=kind, ja=kind.about.get("ja", kind.ja), en=kind.about.get("en", kind.en))


def offered(key: str) -> Offered | None:
    """Return a kind of the catalogue, None where there is none of this key."""
    return next((one for shelf in shelves() for one in shelf.kinds if one.kind.key == key), None)
