"""場面. What is known while the blocks of a document are read one after another: headings above, units, the project at hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from sosei.core.report import MoneyUnit, Said, Unread
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.drafts import IndicatorDraft, ProjectDraft


@dataclass(kw_only=True)
class Scene:
    """The state of a reading. `near` is a year for spellings without an era; `named` an indicator announced by a line.

    `unit`: what a line （単位：％） says of the figures below; `owned`: the heading at hand has become a project.
    """

    near: int | None = None
    money_unit: MoneyUnit | None = None
    unit: str | None = None
    group: tuple[Said, ...] = ()
    above: str = ""
    topic: str | None = None
    listed: dict[str, IndicatorDraft] = field(default_factory=dict)
    expected: str | None = None
    named: IndicatorDraft | None = None
    projects: list[ProjectDraft] = field(default_factory=list)
    head: ProjectDraft = field(default_factory=ProjectDraft)
    unread: list[Unread] = field(default_factory=list)
    owner: ProjectDraft | None = None
    heading: ProjectDraft | None = None
    owned: bool = False
    stack: list[tuple[int, Said]] = field(default_factory=list)

    def open(self, project: ProjectDraft) -> ProjectDraft:
        """Begin a project: what follows belongs to it."""
        if project is self.heading:
            self.owned = True
        elif not project.group:
            project.group = self.group
        self.projects.append(project)
        self.owner = project
        return project

    def project(self) -> ProjectDraft:
        """Return the project at hand; where there is none, one without a name under the headings above."""
        if self.owner is None:
            self.open(self.heading or ProjectDraft())
        assert self.owner is not None
        return self.owner

    def rise(self, level: int) -> None:
        """Leave the headings at and below a level."""
        self.stack = [(above, name) for above, name in self.stack if above < level]
        self.group = tuple(name for _, name in self.stack)

    def head_of(self, level: int, draft: ProjectDraft) -> None:
        """Let a heading own what follows, unless a form's project is still at hand."""
        draft.group = self.group
        self.forsake()
        if draft.name is not None:
            self.stack.append((level, draft.name))
        self.group = tuple(name for _, name in self.stack)
        if self.owner is None or not self.owner.sheet:
            self.owner, self.heading, self.owned = None, draft, False

    def forsake(self) -> None:
        """Leave a heading that nothing was found under, so that its words are not lost."""
        if self.heading is not None and not self.owned:
            self.said_leave("heading", self.heading.name)
        self.heading = None

    def take_named(self) -> IndicatorDraft | None:
        """Return the indicator that a line above announced, once."""
        named, self.named = self.named, None
        return named

    def leave(self, code: str, words: Words) -> None:
        """Put words where no one drops them."""
        if words:
            self.unread.append(Unread(code=code, raw=words.text.strip(), place=words.places))

    def said_leave(self, code: str, said: Said | None) -> None:
        """Put words that were understood as words where no one drops them."""
        if said is not None:
            self.unread.append(Unread(code=code, raw=said.raw or said.text, place=said.place))
