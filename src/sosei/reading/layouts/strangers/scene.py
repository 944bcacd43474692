"""場面. What is known while the blocks of a document are read one after another: headings above, units, the project at hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from sosei.core.report import MoneyUnit, Said, Unread, Year
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.drafts import IndicatorDraft, ProjectDraft, same_name
from sosei.reading.layouts.strangers.legends import Legend
from sosei.reading.layouts.told import Told


@dataclass(kw_only=True)
class Scene:
    """The state of a reading. `near` is a year for spellings without an era; `named` an indicator announced by a line.

    `sheet`: of a workbook; `unit`: what a line （単位：％） says of the figures below; `owned`: the heading at hand has become a project.
    `asked`: a label in a line of its own whose value is to follow, at
    `topic_level`; `candidate`: a line that names what labelled figures below it are of; `beneath`: the last line held such figures; `before`: what a heading replaced.
    `home`: the year that the title says; `results`: it speaks of results; `titled`: it has been met.
    `naming`: a form is about to name its project; `legend`: what the figures of the lines below are; `span`: the years on both sides of their arrows; `planned`: the coming year that a heading says all below it is for; `block` counts the tables; `pending`: what a sheet says of its project before it names it; `figured`: the last block whose labels gave an indicator figures. `told`: where decisions are noted, if anywhere.
    """

    near: int | None = None
    sheet: str | None = None
    money_unit: MoneyUnit | None = None
    #: So many years stand across above the values of a form's labels.
    across: int = 0
    unit: str | None = None
    group: tuple[Said, ...] = ()
    above: str = ""
    topic: str | None = None
    asked: Words | None = None
    topic_level: int = 0
    candidate: Words | None = None
    #: The heading at hand, which may name what the table below it is of, lines between notwithstanding.
    headline: Words | None = None
    beneath: bool = False
    home: int | None = None
    results: bool = False
    titled: bool = False
    block: int = 0
    figured: int = -1
    legend: Legend | None = None
    span: tuple[int, int] | None = None
    planned: Year | None = None
    naming: bool = False
    pending: ProjectDraft | None = None
    before: tuple[ProjectDraft | None, ProjectDraft | None, bool, list[tuple[int, Said]]] | None = (
        None
    )
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
    told: Told | None = None

    def turn_to(self, sheet: str | None) -> None:
        """Begin another sheet of a workbook: what one says of the unit of its amounts holds for no other."""
        if sheet != self.sheet:
            self.sheet, self.money_unit, self.unit = sheet, None, None

    def open(self, project: ProjectDraft) -> ProjectDraft:
        """Begin a project: what follows belongs to it."""
        if project is self.heading:
            self.owned = True
        elif not project.group:
            project.group = self.group
        if self.planned is not None and project.kind == "result":
            project.kind, project.year = "plan", project.year or self.planned
        self.projects.append(project)
        self.owner = project
        project.block = self.block
        return project

    def known(self, draft: ProjectDraft) -> ProjectDraft | None:
        """Return the project of a list that a sheet of its own names again.

        With the indicators that the list had not; where the workbook's other sheet had them, they are the same.
        """
        found = self._known(draft)
        other = found is not None and bool(found.place) and bool(draft.place)
        other = other and found.place[0].sheet != draft.place[0].sheet  # type: ignore[union-attr]
        return found if found is not None and (other or not found.indicators) else None

    def wait(self) -> ProjectDraft:
        """Return what holds the words of a sheet until it names its project."""
        if self.pending is None or self.pending.block != self.block:
            self.settle(self.head)
            self.pending = ProjectDraft(block=self.block)
        return self.pending

    def adopt(self, project: ProjectDraft) -> None:
        """Give a project what its own sheet said of it before it named it; what another table said is the whole's."""
        same = self.pending is not None and self.pending.block == self.block
        self.settle(project if same else self.head)

    def settle(self, owner: ProjectDraft) -> None:
        """Give an owner the words that wait."""
        if self.pending is None:
            return
        for name in ("departments", "period", "grant", "grant_type", "year", "activities"):
            if not getattr(owner, name):
                setattr(owner, name, getattr(self.pending, name))
        for role, said in self.pending.judged.items():
            owner.judge(role, said)
        self.head.year = self.head.year or self.pending.year
        self.pending = None

    def project(self) -> ProjectDraft:
        """Return the project at hand; where there is none, one without a name under the headings above."""
        if self.owner is None:
            self.open(self.heading or ProjectDraft())
        assert self.owner is not None
        return self.owner

    def at_hand(self) -> ProjectDraft | None:
        """Return the project at hand, that of a heading included; None where there is neither."""
        return self.project() if self.owner is not None or self.heading is not None else None

    def rise(self, level: int) -> None:
        """Leave the headings at and below a level."""
        self.stack = [(above, name) for above, name in self.stack if above < level]
        self.group = tuple(name for _, name in self.stack)

    def head_of(self, level: int, draft: ProjectDraft) -> None:
        """Let a heading own what follows, unless a form's project is still at hand."""
        draft.group = self.group
        self.before = (self.owner, self.heading, self.owned, list(self.stack))
        self.forsake()
        again = self._known(draft)
        if again is not None:
            self.owner = again
            return
        if draft.name is not None:
            self.stack.append((level, draft.name))
        self.group = tuple(name for _, name in self.stack)
        if self.owner is None or not self.owner.sheet:
            self.owner, self.heading, self.owned = None, draft, False

    def _known(self, draft: ProjectDraft) -> ProjectDraft | None:
        """Return the project that a heading names again: a table listed it, its own part of the document follows."""
        return next(
            (
                project
                for project in self.projects
                if project.kind == "result" and same_name(project.name, draft.name)
            ),
            None,
        )

    def retract(self) -> Said | None:
        """Take back the last heading, which turned out to name an indicator; None where it owns something already."""
        name = self.heading.name if self.heading is not None else None
        if name is None or self.before is None or (self.owned and not self._disown()):
            return None
        self.owner, self.heading, self.owned, self.stack = self.before
        self.group, self.before = tuple(name for _, name in self.stack), None
        return name

    def _disown(self) -> bool:
        """Take back the project that a heading became where only its office was said; the office is left to people."""
        project = self.heading
        bare = project is not None and project.departments and not (
            project.indicators or project.spending or project.period or project.judged
            or project.scales or project.activities or project.remarks
        )  # fmt: skip
        if not bare or not self.projects or self.projects[-1] is not project:
            return False
        for office in self.projects.pop().departments:
            self.said_leave("department", office)
        return True

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
