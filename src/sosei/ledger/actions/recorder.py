"""新しい記載. New projects, indicators, points and values of a report, gathered and written table by table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from sosei.core.fiscal import FiscalYear
from sosei.core.gaps import Gap
from sosei.core.report import Indicator, Project, Value, YearPoint
from sosei.core.text import fold
from sosei.journal.acts import Act
from sosei.journal.models import Fact
from sosei.ledger import models as m
from sosei.ledger.actions import drafts
from sosei.ledger.actions.values import revise
from sosei.ledger.queries.definition import holding
from sosei.ledger.queries.figures import in_words
from sosei.ledger.traces import columns_of
from sosei.offices.models import Department
from sosei.reading.answers.expected import last_day

#: Tables in the order in which their rows may be written: owners before what they own.
_ORDER = (
    m.Project, m.ProjectYear, m.Charge, m.Passage, m.Member, m.Spending, m.Verification,
    m.Indicator, m.Definition, m.Line, m.Point, m.Shown, m.Value,
)  # fmt: skip
ROLES = ("target", "actual", "cumulative_actual")
OF_DEFINITION = ("baseline", "increase_total")


class Recorder:
    """Gathers what is new in a volume; `write` puts it into the book. `given`: columns of every new value."""

    def __init__(self, w: Act, volume: m.Volume, **given: Any) -> None:
        """Look up what new rows must fit to: departments, keys in use."""
        self.w, self.volume, self.given = w, volume, given
        #: Values that a person corrected after they were read.
        self.by_hand: frozenset[Value] = frozenset()
        self._new: dict[type[Fact], list[Any]] = defaultdict(list)
        self._later: list[Callable[[], object]] = []
        #: Figures of years the book already holds that come out otherwise: (what, before, after).
        self.restated: list[tuple[str, str, str]] = []
        self._departments = {
            fold(d.name): d
            for d in Department.objects.filter(body=w.body, voided__isnull=True).order_by(
                "first_day"
            )
        }
        self._projects = m.Project.objects.filter(body=w.body).count()

    def department(self, words: str) -> Department | None:
        """Return the office's department that words name."""
        return self._departments.get(fold(words))

    def gather(self, row: Any) -> Any:
        """Keep a new row until `write`."""
        row.body = self.w.body
        self._new[type(row)].append(row)
        return row

    def write(self) -> None:
        """Write what was gathered, owners first, then what replaces rows that were there."""
        for kind in _ORDER:
            self.w.add_all(self._new[kind])
        for act in self._later:
            act()
        self._new.clear()
        self._later.clear()

    def project(self, project: Project, position: int, known: m.Project | None) -> m.ProjectYear:
        """Gather a project's entry; `known`: the project it is, from another year."""
        self._projects += known is None
        whole = known or self.gather(m.Project(key=f"P{self._projects:03}"))
        entry = self.gather(
            m.ProjectYear(
                volume=self.volume, project=whole, position=position, **drafts.entry_columns(project)
            )
        )  # fmt: skip
        charges = self.lists(entry, project)
        if project.verification is not None:
            columns = drafts.verification_columns(project.verification)
            self.gather(m.Verification(entry=entry, **columns))
        fits = Fits(known, self.volume.fiscal_year) if known else None
        for i, indicator in enumerate(project.indicators):
            self.indicator(
                entry, indicator, i, owed_by=charges, key=i + 1, fits=fits, home=self.home(project)
            )
        return entry  # type: ignore[no-any-return]

    def home(self, project: Project) -> int:
        """Return the fiscal year that a project's undated figures belong to."""
        return project.fiscal_year.year if project.fiscal_year else self.volume.fiscal_year

    def lists(self, entry: m.ProjectYear, project: Project) -> Department | None:
        """Gather departments, words, members and money; return the first department in charge."""
        found = None
        for i, said in enumerate(project.departments):
            department = self.department(said.text)
            found = found or department
            columns = drafts.words_columns(said)
            self.gather(m.Charge(entry=entry, position=i, department=department, **columns))
        for part, i, said in drafts.passages_of(project):
            columns = drafts.words_columns(said)
            self.gather(m.Passage(entry=entry, part=part, position=i, **columns))
        for i, body in enumerate(project.bodies):
            self.gather(m.Member(entry=entry, position=i, **drafts.member_columns(body)))
        for i, line in enumerate(project.spending):
            self.gather(m.Spending(entry=entry, position=i, **drafts.spending_columns(line)))
        return found

    def indicator(
        self,
        entry: m.ProjectYear,
        indicator: Indicator,
        position: int,
        *,
        owed_by: Department | None,
        key: int,
        home: int,
        fits: Fits | None = None,
    ) -> m.Line:
        """Gather an indicator's line with all its years; `fits`: the indicators the project had before."""
        columns = drafts.definition_columns(indicator)
        known = fits.take(columns) if fits else None
        if fits is None or known is None:
            number = fits.next_key() if fits else key
            whole = self.gather(m.Indicator(project=entry.project, key=f"K{number}"))
            version, why = 1, None
        else:
            whole, version = known.indicator, fits.next_version(known)
            why = f"{self.volume.fiscal_year}年度の報告書の記載による"
        if known is not None and _same_definition(known, columns):
            definition = known
        else:
            definition = self.gather(
                m.Definition(
                    indicator=whole, version=version, from_year=self.volume.fiscal_year, why=why,
                    **columns,
                )
            )  # fmt: skip
        line = self.gather(
            m.Line(
                entry=entry, indicator=whole, definition=definition, position=position,
                owed_by=owed_by, **drafts.line_columns(indicator),
            )
        )  # fmt: skip
        for role in OF_DEFINITION:
            self.value(definition, role, getattr(indicator, role), fresh=definition is not known)
        slots = Slots(whole if known else None)
        for i, year in enumerate(indicator.years):
            self.year(line, year, i, slots, home)
        return line  # type: ignore[no-any-return]

    def year(
        self, line: m.Line, year: YearPoint, position: int, slots: Slots, home: int
    ) -> m.Shown:
        """Gather one year of a line: its point (new, or the one the indicator already has), and what it says."""
        implied = year.fiscal_year is None and year.label is None
        when = home if implied else year.fiscal_year
        point = slots.take((when, year.label, year.due))
        fresh = point is None
        if point is None:
            point = self.gather(
                m.Point(
                    indicator=line.indicator, fiscal_year=when, label=year.label, due=year.due,
                    ordinal=slots.ordinal((when, year.label, year.due)),
                )
            )  # fmt: skip
        elif point.voided is not None:  # of something that was undone
            self.w.change(point, voided=None, void_reason="")
        trace: dict[str, Any] = {}
        columns = columns_of(trace, rate=year.rate, rating=year.rating)
        shown = self.gather(
            m.Shown(
                line=line, point=point, position=position, implied=implied, trace=trace, **columns
            )
        )
        for role in ROLES:
            self.value(point, role, getattr(year, role), fresh=fresh)
        return shown  # type: ignore[no-any-return]

    def value(
        self, owner: m.Point | m.Definition, role: str, value: Value | None, *, fresh: bool
    ) -> None:
        """Gather a figure of a new owner; of an old one, let it take the place of what stands there."""
        if value is None:
            return
        columns = drafts.value_columns(value)
        more: dict[str, Any] = {"plan": "first"} if role == "target" else {}
        more |= {"expected_on": _expected_on(owner, value, self.volume.fiscal_year)}
        if fresh:
            name = "point" if isinstance(owner, m.Point) else "of_definition"
            more = {**self.given, **more, **self._mended(value)}
            self.gather(m.Value(**{name: owner}, role=role, **columns, **more))
        else:
            self._later.append(lambda: self._replace(owner, role, columns, {"expected_on": more["expected_on"], **self._mended(value)}))  # fmt: skip

    def _mended(self, value: Value) -> dict[str, str]:
        """Return why a figure is not what the file's reader made of it, where a person corrected that."""
        return {"reason": mended_words(value)} if value in self.by_hand else {}

    def _replace(
        self,
        owner: m.Point | m.Definition,
        role: str,
        columns: drafts.Columns,
        said: Mapping[str, Any],
    ) -> None:
        before = m.Value.objects.filter(
            **{"point" if isinstance(owner, m.Point) else "of_definition": owner},
            role=role, until__isnull=True, voided__isnull=True,
        ).first()  # fmt: skip
        if before is not None and not drafts.same_figure(before, columns):
            self.restated.append(
                (_subject(owner, before), in_words(before), in_words(m.Value(**columns)))
            )
        more = {**self.given, **said}
        if role == "target":
            more["plan"] = "changed" if before else "first"
        if before is not None and "reason" not in more:
            more["reason"] = f"{self.volume.fiscal_year}年度の報告書の記載による"
        revise(self.w, owner, role, columns, before=before, **more)


def mended_words(value: Value) -> str:
    """Return the reason of a figure that a person corrected after it was read, with the file's own spelling."""
    return f"読み取りを手で直した値（原文「{value.raw or '－'}」）"


def _expected_on(owner: m.Point | m.Definition, value: Value, year: int) -> date | None:
    """Return the last day that the words of 判明予定 can mean; one without a year comes after the year it is about.

    `year`: of the report, for columns that name none (5年目).
    """
    if value.gap is not Gap.COUNTING or value.expected is None or not isinstance(owner, m.Point):
        return None
    return last_day(value.expected, date((owner.fiscal_year or year) + 1, 7, 1))


def _subject(owner: m.Point | m.Definition, value: m.Value) -> str:
    """Return in words which figure it is."""
    if isinstance(owner, m.Definition):
        return f"{owner.called()} {value.called()}"
    newest = owner.indicator.definitions.order_by("-version")[0]
    year = FiscalYear(owner.fiscal_year).short if owner.fiscal_year else owner.label or ""
    return f"{newest.called()} {year} {value.called()}"


def _same_definition(known: m.Definition, columns: drafts.Columns) -> bool:
    """Whether a definition says the same; what the newer document leaves out does not change it."""
    return all(
        getattr(known, name) == value
        for name, value in columns.items()
        if name != "trace" and value is not None
    )


class Fits:
    """以前の指標. The indicators that a project had in other years, each to be taken once."""

    def __init__(self, project: m.Project, year: int) -> None:
        """Load the definition of each that holds in a year."""
        rows = m.Definition.objects.filter(indicator__project=project)
        versions: dict[int, list[m.Definition]] = defaultdict(list)
        self._last: dict[int, int] = {}
        for d in rows.select_related("indicator").order_by("indicator", "version"):
            self._last[d.indicator_id] = (
                d.version
            )  # of one that was undone, too: no number is given twice
            if d.voided is None:
                versions[d.indicator_id].append(d)
        self._left = [holding(each, year) for each in versions.values()]
        self._keys = m.Indicator.objects.filter(project=project).count()

    def take(self, columns: drafts.Columns) -> m.Definition | None:
        """Return the definition that a document's indicator is a later statement of: same name, unit not another."""
        name = fold(columns["name"] or "")
        for d in self._left:
            same_unit = columns["unit"] is None or d.unit is None or d.unit == columns["unit"]
            if name and fold(d.name or "") == name and same_unit:
                self._left.remove(d)
                return d
        return None

    def next_version(self, known: m.Definition) -> int:
        """Return the number of an indicator's next version."""
        return self._last[known.indicator_id] + 1

    def next_key(self) -> int:
        """Return the number of the project's next new indicator."""
        self._keys += 1
        return self._keys


Slot = tuple[int | None, str | None, str | None]


class Slots:
    """既存の欄. The points an indicator has, each to be taken once in a line; ordinals for further ones."""

    def __init__(self, indicator: m.Indicator | None, taken: Collection[int] = ()) -> None:
        """Load the points, but for those that the line shows already; a new indicator has none."""
        self._left: dict[Slot, list[m.Point]] = defaultdict(list)
        self._used: dict[Slot, int] = defaultdict(int)
        if indicator is not None:
            for p in m.Point.objects.filter(indicator=indicator).order_by("ordinal"):
                self._used[(p.fiscal_year, p.label, p.due)] += 1
                if p.pk not in taken:
                    self._left[(p.fiscal_year, p.label, p.due)].append(p)

    def take(self, slot: Slot) -> m.Point | None:
        """Return the next point of a slot that is not taken yet."""
        return self._left[slot].pop(0) if self._left[slot] else None

    def ordinal(self, slot: Slot) -> int:
        """Return the number of a further point of a slot."""
        self._used[slot] += 1
        return self._used[slot] - 1
