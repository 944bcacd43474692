"""差分の値. A `Change`, the `Difference` of two reports, what accepting some of it gives, and an `Erratum`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal, get_args

from sosei.core.report import Places, Report, Value
from sosei.ledger.difference.notes import note
from sosei.ledger.difference.words import NOBODY, About, shown, subject

Kind = Literal["added", "changed", "conflict", "unclear", "removed", "unchanged"]
Part = Literal[
    "report", "project", "indicator", "value", "spending", "verification", "passage", "department"
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
#: Kinds that can be accepted. An unclear one is decided first (`difference(…, decided=…)`).
ACCEPTABLE: Final[frozenset[Kind]] = frozenset({"added", "changed", "conflict", "removed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """変更. One thing that the incoming report says, beside what stands.

    `id`: the same for the same two reports; fit for a checkbox. `field`: "Class.field" of the contract, empty where the
    change is a whole part. `here`, `there`: paths (JSON pointers) in the current and in the incoming report; None where
    it has none. `before`, `after`: the objects themselves; `units`: what their figures are counted in. `reasons`: codes
    of `notes`. `candidates`: of an unclear part, the current paths that it may be.
    """

    id: str
    kind: Kind
    part: Part
    field: str = ""
    about: About = NOBODY
    here: str | None = None
    there: str | None = None
    before: Any = None
    after: Any = None
    units: tuple[str | None, str | None] = (None, None)
    place: Places = ()
    reasons: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where it stands: in the current report if it does, else in the incoming one."""
        return self.here or self.there or ""

    @property
    def subject_ja(self) -> str:
        """How it is called: 「マルチモノ事業 ＞ 参加企業数 ＞ 令和3年度 実績値」."""
        return subject(self.field, self.about, self.path)

    @property
    def subject_en(self) -> str:
        """How it is called in English."""
        return subject(self.field, self.about, self.path, "en")

    @property
    def before_ja(self) -> str:
        """What stands, as shown; empty where nothing does."""
        return shown(self.before, self.field, self.units[0])

    @property
    def before_en(self) -> str:
        """What stands, as shown in English."""
        return shown(self.before, self.field, self.units[0], "en")

    @property
    def after_ja(self) -> str:
        """What comes, as shown; empty where nothing does."""
        return shown(self.after, self.field, self.units[1])

    @property
    def after_en(self) -> str:
        """What comes, as shown in English."""
        return shown(self.after, self.field, self.units[1], "en")

    @property
    def note_ja(self) -> str:
        """Why it is not simply taken, or what it means; empty where there is nothing to say."""
        return note(self.reasons)

    @property
    def note_en(self) -> str:
        """The same in English."""
        return note(self.reasons, "en")

    @property
    def plan(self) -> Literal["first", "changed"] | None:
        """Of a target: whether it is the first that is set, or takes the place of another."""
        figure = self.field == "YearPoint.target" and isinstance(self.after, Value)
        if not figure or self.kind not in ACCEPTABLE:
            return None
        replaced = isinstance(self.before, Value) and self.before.number is not None
        return "changed" if replaced else "first"

    @property
    def doubtful(self) -> bool:
        """Tell whether it should be looked at before it is taken: a slip of unit or digits, for all one can see."""
        return bool({"jump", "unit"} & set(self.reasons))


@dataclass(frozen=True)
class Difference:
    """差分. All changes, project by project in the order of the merged report.

    `pairs`: incoming path → current path of everything that was matched. `joins`: incoming path of a further statement
    of a year → incoming path of the first one. `year`: of the current report's undated figures, where it says none.
    """

    changes: tuple[Change, ...]
    partial: bool
    year: int | None = None
    pairs: Mapping[str, str] = field(default_factory=dict)
    joins: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Change]:
        """Every change by its id."""
        return {change.id: change for change in self.changes}

    def of(self, *kinds: Kind) -> Iterator[Change]:
        """Walk over the changes of some kinds."""
        return (change for change in self.changes if change.kind in kinds)

    def all_ids(self) -> frozenset[str]:
        """Return the ids of everything that can be accepted, conflicts and removals included."""
        return frozenset(change.id for change in self.changes if change.kind in ACCEPTABLE)

    def proposed(self) -> frozenset[str]:
        """Return the ids to accept unless a person says otherwise: what is added or changed beyond doubt."""
        return frozenset(c.id for c in self.of("added", "changed") if not c.doubtful)


@dataclass(frozen=True, slots=True)
class Merged:
    """反映の結果. The current report with what was accepted.

    `origins`: merged path → current path of every project, indicator, year point and line of money that was there
    before; a path that is missing is new. `taken`: merged path → id of the change that was accepted there.
    """

    report: Report
    origins: Mapping[str, str]
    taken: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum:
    """正誤. A line of the 正誤表: where, what it said, what it should say; `id`: of the change behind it."""

    id: str
    where_ja: str
    wrong_ja: str
    right_ja: str
    where_en: str
    wrong_en: str
    right_en: str
