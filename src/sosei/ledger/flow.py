"""手続の流れ. How an entry and a volume move from stage to stage, and who may write when: data (`flow.toml`) and pure functions.

An entry: draft → section → planning → accepted, back with a reason. A volume: collecting → deciding → decided →
experts → assembly → published, then correcting and published again. No clock, no database: what is asked is given.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

Kind = Literal["entry", "volume"]
Group = Literal["entry", "value", "money", "verification", "definition", "experts"]
GROUPS: Final[tuple[Group, ...]] = (
    "entry", "value", "money", "verification", "definition", "experts",
)  # fmt: skip
#: Stages of a volume after the decision and before publication: what a lock says is the same for all.
_DECIDED: Final = frozenset({"decided", "experts", "assembly"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """一歩. `verb`: who may (permissions.toml), narrowed to `roles` where they are named. `to` None: where it came from."""

    kind: Kind
    name: str
    ja: str
    en: str
    verb: str
    sources: frozenset[str]
    to: str | None
    reason: bool = False
    roles: frozenset[str] = frozenset()
    takes_back: frozenset[str] = frozenset()

    @property
    def act(self) -> str:
        """The journal's verb for it: entry.submit."""
        return f"{self.kind}.{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """錠. Which group of fields may not be written, why, until what happens, and who can lift it and how."""

    group: Group
    cause: str
    ja: tuple[str, str, str]
    en: tuple[str, str, str]

    def why(self, lang: str = "ja") -> str:
        """Return why, to stand before ため（in English: after “because”)."""
        return self.en[0] if lang == "en" else self.ja[0]

    def until(self, lang: str = "ja") -> str:
        """Return until what happens."""
        return self.en[1] if lang == "en" else self.ja[1]

    def who(self, lang: str = "ja") -> str:
        """Return who can lift it, and how."""
        return self.en[2] if lang == "en" else self.ja[2]

    def sentence(self, lang: str = "ja") -> str:
        """Return all of it in one or two sentences."""
        group = group_name(self.group, lang)
        if lang == "en":
            return f"{group[0].upper()}{group[1:]}: locked {self.until(lang)}, because {self.why(lang)}. Can lift it: {self.who(lang)}."
        return f"{group}は、{self.why()}ため、{self.until()}変えられません。解除できる人：{self.who()}。"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("sosei.ledger") / "flow.toml").read_text("utf-8"))


def stages(kind: Kind) -> tuple[str, ...]:
    """Return the stages of an entry or a volume, in order."""
    return tuple(_table()[kind]["stages"])


def stage_name(stage: str, lang: str = "ja") -> str:
    """Return what a stage is called."""
    return str(_table()["stages"][stage][lang])


@cache
def moves(kind: Kind) -> tuple[Move, ...]:
    """Return every move of an entry or a volume."""
    said = _table()[kind]["moves"]
    ends = {one["name"]: one.get("to") for one in said}
    return tuple(_move(kind, one, ends) for one in said)


def _move(kind: Kind, said: dict[str, Any], ends: dict[str, str]) -> Move:
    back = frozenset(said.get("takes_back", ()))
    return Move(
        kind=kind,
        name=said["name"],
        ja=said["ja"],
        en=said["en"],
        verb=said["verb"],
        sources=frozenset(said.get("from") or (ends[name] for name in back)),
        to=said.get("to"),
        reason=said.get("reason", False),
        roles=frozenset(said.get("roles", ())),
        takes_back=back,
    )


def move_named(kind: Kind, name: str) -> Move:
    """Return a move by its name; an unknown one is a defect of the caller (KeyError)."""
    return {move.name: move for move in moves(kind)}[name]


def moves_from(kind: Kind, stage: str) -> tuple[Move, ...]:
    """Return what can be done at a stage."""
    return tuple(move for move in moves(kind) if stage in move.sources)


def ends_of(move: Move, stage: str) -> frozenset[str]:
    """Return where a move from a stage can end: its own end, or where the steps to that stage began that it takes back."""
    if move.to is not None:
        return frozenset({move.to})
    taken = (move_named(move.kind, name) for name in move.takes_back)
    return frozenset(source for one in taken if one.to == stage for source in one.sources)


def moves_in(volume_stage: str, *, opened: bool = False) -> bool:
    """Whether entries move at all while the volume is at a stage; in a correction, those that it opened."""
    return volume_stage == "collecting" or (volume_stage == "correcting" and opened)


def group_name(group: str, lang: str = "ja") -> str:
    """Return what a group of fields is called."""
    return str(_table()["groups"][group][lang])


def writes_as_planning(roles: Collection[str]) -> bool:
    """Whether someone with these roles writes as the planning division does."""
    return not frozenset(_table()["writers"]["planning"]).isdisjoint(roles)


def lock(
    *,
    volume: str,
    entry: str,
    planning: bool,
    group: Group = "entry",
    opened: bool = False,
    exempt: bool = False,
) -> Lock | None:
    """Return what keeps someone from writing a group of an entry's fields, or None.

    `volume`, `entry`: their stages. `planning`: whether the writer is of the planning division, else of the
    department. `opened`: the entry is named by the correction under way. `exempt`: an exemption is in force.
    """
    table = _table()
    if exempt and volume in table["exemption"]["volume"]:
        return None
    if planning and volume in table["after_decision"].get(group, ()):
        return None
    rule = table["writing"][volume]
    if rule.get("opened") and not opened:
        return _lock(group, "not_opened")
    if entry in rule["planning" if planning else "department"]:
        return None
    return _lock(group, _cause(volume, entry))


def takes_entries(volume: str, *, planning: bool = True) -> bool:
    """Whether entries may be added to a volume at a stage: where a new one could be written."""
    return lock(volume=volume, entry="draft", planning=planning, opened=True) is None


def _cause(volume: str, entry: str) -> str:
    if volume in _DECIDED:
        return "decided"
    if volume in {"deciding", "published"}:
        return volume
    return entry


def _lock(group: Group, cause: str) -> Lock:
    said = _table()["locks"][cause]
    return Lock(group=group, cause=cause, ja=tuple(said["ja"]), en=tuple(said["en"]))


def drawing(kind: Kind) -> str:
    """Return the flow as a Mermaid state diagram, for docs/dev/flow.md."""
    return "\n".join(["stateDiagram-v2", *_arrows(kind)])


def _arrows(kind: Kind) -> Iterator[str]:
    yield f"    [*] --> {stages(kind)[0]}"
    for move in moves(kind):
        for source in sorted(move.sources, key=stages(kind).index):
            for end in sorted(ends_of(move, source), key=stages(kind).index):
                yield f"    {source} --> {end}: {move.ja}{'（理由）' if move.reason else ''}"


def exemption_days() -> int:
    """Return for how many days at most a lock is lifted."""
    return int(_table()["exemption"]["most_days"])


def can_be_exempt(volume: str) -> bool:
    """Whether an exemption counts while the volume is at a stage."""
    return volume in _table()["exemption"]["volume"]
