"""差分の行. The changes that a file makes, project by project, each with everything a person needs to decide about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sosei.core.inquiry import Notice
from sosei.core.report import Places
from sosei.ledger.beside import Beside, digest
from sosei.ledger.difference import Change
from sosei.ledger.difference.model import ACCEPTABLE
from sosei.ledger.difference.words import JOINT
from sosei.ledger.incoming import Aside, Incoming, path_rows

#: Kinds of changes in the order in which a person looks at them.
ORDER: Final = ("conflict", "unclear", "changed", "added", "removed", "unchanged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """候補. What an unclear part may be: a row of the book by its name, or a new one (`value` "new")."""

    value: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """差分の一行. A change with everything a person needs to decide; `name` within its project; `ticked` at first."""

    id: str
    digest: str
    kind: str
    name_ja: str
    name_en: str
    change: Change
    ticked: bool
    acceptable: bool
    since_asked: bool = False
    was: str | None = None
    notices: tuple[Notice, ...] = ()
    aside: Aside | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def place(self) -> Places:
        """Where it stands in the file."""
        return self.change.place


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """差分の事業. The changes of one project, those to look at first in front.

    `same`: how many things are unchanged; `quiet`: these, where they were asked for.
    """

    title: str
    path: str
    rows: tuple[ChangeRow, ...]
    same: int = 0
    quiet: tuple[ChangeRow, ...] = ()
    entry: int | None = None

    @property
    def counts(self) -> Counter[str]:
        """How many changes of each kind."""
        found = Counter(row.kind for row in self.rows)
        found["unchanged"] += self.same
        return found


def groups_of(found: Beside, incoming: Incoming, *, quiet: bool = False) -> list[ChangeGroup]:
    """Return the changes project by project, in the book's order; projects with nothing but unchanged things last.

    `quiet`: with the unchanged things, which are many and only counted else.
    """
    by_path: dict[str, list[Change]] = defaultdict(list)
    for change in found.difference.changes:
        if not _is_name(change):
            by_path[_project(found, change)].append(change)
    make = _Rows(found, incoming, quiet)
    groups = [make.group(path, changes) for path, changes in by_path.items()]
    return sorted(groups, key=lambda group: not group.rows)


def _project(found: Beside, change: Change) -> str:
    """Return the path of the project that a change is about: the book's where it has one; "" for the report itself."""
    for path in (change.here, change.there):
        parts = (path or "").split("/")
        if len(parts) > 2 and parts[1] == "projects":
            own = f"/projects/{parts[2]}"
            return own if path == change.here else found.difference.pairs.get(own, f"new{own}")
    return ""


class _Rows:
    """行を作る. Makes the rows of a batch's groups."""

    def __init__(self, found: Beside, incoming: Incoming, quiet: bool) -> None:
        self.found, self.incoming, self.quiet = found, incoming, quiet
        self.proposed = found.difference.proposed()
        self.rows = path_rows(found.view)
        self.notices: dict[str, list[Notice]] = defaultdict(list)
        for path, notice in incoming.notices:
            if path:
                self.notices[path].append(notice)

    def group(self, path: str, changes: Sequence[Change]) -> ChangeGroup:
        """Return the changes of one project."""
        loud = [c for c in changes if c.kind != "unchanged" or c.id in self.notices]
        quiet = [c for c in changes if c.kind == "unchanged" and c.id not in self.notices]
        first = next((c for c in changes if c.about.project), None)
        number = path.removeprefix("/projects/")
        entry = self.found.view.entries[int(number)].entry if number.isdigit() else None
        return ChangeGroup(
            title=first.about.project or "" if first else "",
            path=path,
            rows=tuple(sorted(map(self.row, loud), key=_urgency)),
            same=len(quiet),
            quiet=tuple(map(self.row, quiet)) if self.quiet else (),
            entry=entry,
        )

    def row(self, change: Change) -> ChangeRow:
        """Return one change."""
        since = change.id in self.found.changed_since
        notices = tuple(self.notices.get(change.id, ()))
        return ChangeRow(
            id=change.id,
            digest=digest(change),
            kind=change.kind,
            name_ja=_within(change.subject_ja, change, "ja"),
            name_en=_within(change.subject_en, change, "en"),
            change=change,
            ticked=change.id in self.proposed and not any(n.code == "E631" for n in notices),
            acceptable=change.kind in ACCEPTABLE,
            since_asked=since,
            was=self.incoming.was.get(change.id) if since else None,
            notices=notices,
            aside=self.incoming.asides.get(change.id),
            choices=tuple(self._choices(change)),
        )

    def _choices(self, change: Change) -> Iterator[Choice]:
        for path in change.candidates:
            yield Choice(value=self.rows.get(path, path), name=self._name(path))

    def _name(self, path: str) -> str:
        """Return what stands at a path of the book, in words."""
        part: Any = self.found.view.report
        for step in path.split("/")[1:]:
            part = part[int(step)] if step.isdigit() else getattr(part, step)
        said = (
            getattr(part, "name", None)
            or getattr(part, "label", None)
            or getattr(part, "text", None)
        )
        number = getattr(part, "number", None)
        return " ".join(str(one) for one in (number, said) if one) or path


def _urgency(row: ChangeRow) -> tuple[int, bool, int]:
    """Return where a row stands: what must be decided, what is not taken unless somebody says so, the rest."""
    at = ORDER.index(row.kind)
    return (0 if at < ORDER.index("changed") else 1), row.ticked, at


def _is_name(change: Change) -> bool:
    """Whether a change only says by which name a thing was found."""
    return change.kind == "unchanged" and change.field in ("Project.name", "Indicator.name", "Spending.label", "Project.kind")  # fmt: skip


def _within(subject: str, change: Change, lang: str) -> str:
    """Return how a change is called within its project."""
    joint = JOINT["en" if lang == "en" else "ja"]
    first, _, rest = subject.partition(joint)
    return rest or first
