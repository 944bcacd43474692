"""差分の見え方. The changes of a file as the page shows them: in one language, ticked as the person left them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.safestring import SafeString

from sosei.core.inquiry import Notice
from sosei.core.report import Places
from sosei.ledger.difference import Change, inside
from sosei.ledger.difference.words import JOINT
from sosei.ledger.incoming import Aside
from sosei.ledger.queries.changes import ORDER, ChangeGroup, ChangeRow, Choice
from sosei.web.desk.saying import lang, say
from sosei.web.desk.wordings import both

#: How a sentence about one item begins: 「事業」の「指標」の….
_WHERE: Final = re.compile(r"^「[^「」]*」の「[^「」]*」[のは]、?")


@dataclass(frozen=True, slots=True)
class Said:
    """お知らせの見え方. A notice in the page's language."""

    words: str
    code: str
    place: Places

    def __str__(self) -> str:
        """The words."""
        return self.words


@dataclass(frozen=True, slots=True)
class ShownRow:
    """差分の一行の見え方. `number`: of the row on the page, for ids that HTML can carry; `figure`: the number of what was read."""

    number: int
    row: ChangeRow
    is_ticked: bool
    figure: int | None = None

    @property
    def change(self) -> Change:
        """The change itself."""
        return self.row.change

    @property
    def id(self) -> str:
        """The change's id."""
        return self.row.id

    @property
    def digest(self) -> str:
        """What it looked like."""
        return self.row.digest

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.row.kind

    @property
    def acceptable(self) -> bool:
        """Whether it can be taken."""
        return self.row.acceptable

    @property
    def name(self) -> str:
        """What it is called within its project."""
        return self.row.name_en if lang() == "en" else self.row.name_ja

    @property
    def before(self) -> str:
        """What stands in the book."""
        return self.change.before_en if lang() == "en" else self.change.before_ja

    @property
    def after(self) -> str:
        """What comes."""
        return self.change.after_en if lang() == "en" else self.change.after_ja

    @property
    def sides(self) -> tuple[SafeString, SafeString]:
        """Both wordings, what differs marked."""
        return both(self.before, self.after)

    @property
    def steps(self) -> tuple[str, str]:
        """Its name in two: the indicator or part, and which of its fields."""
        first, _, rest = self.name.partition(JOINT[lang()])
        return first, rest

    @property
    def note(self) -> str:
        """Why it is not simply taken; where the book moved on since it was asked, that is why."""
        if self.row.since_asked and self.kind == "conflict":
            return say(
                "照会したあとに、台帳の値が変わっています。どちらが正しいか選んでください。",
                "The book has changed since this was asked. Choose which is right.",
            )
        return self.change.note_en if lang() == "en" else self.change.note_ja

    @property
    def raw(self) -> str | None:
        """How it is written in the file, where that says more than what is shown."""
        raw = getattr(self.change.after, "raw", None)
        return None if raw is None or raw in self.after else raw

    @property
    def since_asked(self) -> bool:
        """Whether the book moved on since it was asked."""
        return self.row.since_asked

    @property
    def was_shown(self) -> str:
        """What stood when it was asked."""
        return (self.row.was or "").replace("\n", "、") or say("空欄", "blank")

    @property
    def aside(self) -> Aside | None:
        """What comes with it."""
        return self.row.aside

    @property
    def notices(self) -> list[Said]:
        """What a person has to look at; the row says already what it is about."""
        return [
            Said(_WHERE.sub("", one.words), one.code, one.place) for one in told(self.row.notices)
        ]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What an unclear part may be."""
        return self.row.choices if self.kind == "unclear" else ()

    @property
    def place(self) -> Places:
        """Where it stands in the file."""
        return self.row.place

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What a part that comes whole holds, field by field."""
        if self.change.field or self.kind == "unchanged":
            return []
        joint, english = JOINT[lang()], lang() == "en"
        return [
            (
                (one.subject_en if english else one.subject_ja).partition(joint)[2],
                one.after_en if english else one.after_ja,
            )
            for one in inside(self.change)
        ]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """差分の事業の見え方."""

    group: ChangeGroup
    rows: tuple[ShownRow, ...]
    quiet: tuple[ShownRow, ...]

    @property
    def title(self) -> str:
        """The project's name."""
        return self.group.title

    @property
    def counts(self) -> Counter[str]:
        """How many changes of each kind."""
        return self.group.counts


def told(notices: Sequence[Notice]) -> list[Said]:
    """Return notices in the page's language."""
    return [Said(one.sentence(lang()), one.code, one.place) for one in notices]


def shown_groups(
    groups: Sequence[ChangeGroup],
    ticked: Collection[str] | None,
    figures: Mapping[str, int] | None = None,
) -> list[ShownGroup]:
    """Return the groups as the page shows them. `ticked`: what a person had ticked; None: as proposed.

    `figures`: the number of what was read, by where it stands in the report that came.
    """
    shown = _Rows(iter(range(1, 10**9)), ticked, figures or {})
    return [
        ShownGroup(group, tuple(map(shown.row, group.rows)), tuple(map(shown.row, group.quiet)))
        for group in groups
    ]


@dataclass(frozen=True, slots=True)
class _Rows:
    numbers: Iterator[int]
    ticked: Collection[str] | None
    figures: Mapping[str, int]

    def row(self, row: ChangeRow) -> ShownRow:
        """Return a row as it is shown."""
        is_ticked = row.ticked if self.ticked is None else row.id in self.ticked
        figure = self.figures.get(row.change.there or "")
        return ShownRow(next(self.numbers), row, is_ticked, figure)


def page_of(seen: Any, ticked: Collection[str] | None) -> dict[str, Any]:
    """Return what the difference page shows of a batch."""
    counts = [(kind, seen.counts[kind]) for kind in ORDER if seen.counts[kind]]
    groups = shown_groups(seen.groups, ticked, seen.numbers)
    return {
        "groups": [group for group in groups if group.rows],
        "same": [group for group in groups if not group.rows],
        "seen_counts": [(kind, count) for kind, count in counts if kind != "unchanged"],
        "total": sum(count for kind, count in counts if kind != "unchanged"),
        "unchanged": seen.counts["unchanged"],
        "loud": any(kind != "unchanged" for kind, _ in counts),
        "unclear": seen.counts["unclear"],
        "beyond": seen.beyond,
        "notices": told(seen.notices),
        "not_understood": told(seen.not_understood),
    }
