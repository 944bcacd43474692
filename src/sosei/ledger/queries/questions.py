"""照会の項目. One question for each thing that a volume still needs, with last year's and the target beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Final, cast

from django.db.models import QuerySet

from sosei.core.fields import label as field_label
from sosei.core.gaps import Gap
from sosei.core.inquiry import AskedProject, Question, Role
from sosei.core.money import SCALES
from sosei.core.report import Indicator, MoneyUnit, Project, Said, Spending, Value, YearPoint
from sosei.core.shown import show_number, show_value, unstated
from sosei.core.standing import standing_of
from sosei.core.wording import name as wording
from sosei.ledger import models as m
from sosei.ledger.queries.view import EntryKeys, LineKeys, value_of

#: What may be asked, each its own box on the page; those of `USUAL` are ticked at first.
KINDS: Final = ("missing", "final", "values", "money", "amounts", "words", "texts")
USUAL: Final = frozenset({"missing", "final", "money", "words"})
#: Texts that are asked where they are missing ("words"), and the ones that are only asked to be looked at ("texts").
WORDS: Final = (
    "Verification.grade", "Verification.obstacle", "Verification.countermeasure",
    "Verification.next_policy", "Verification.next_policy_reason",
)  # fmt: skip
TEXTS: Final = (*WORDS, "Project.activities")
_CHOICES: Final = {
    "Verification.next_policy": ("expand", "revise", "continue", "discontinue", "end"),
    "Verification.grade": ("1", "2", "3", "4"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """照会の対象. The row that a question is about."""

    entry: int
    role: Role
    line: int | None = None
    point: int | None = None
    spending: int | None = None
    field: str | None = None


def asked_project(entry: int, project: Project) -> AskedProject:
    """Return how a project is called on a sheet."""
    return AskedProject(
        key=f"E{entry}",
        name=project.name.text if project.name else "名称のない事業",
        number=project.number,
        grant=project.grant.text if project.grant else None,
    )


class Before:
    """前年度. What the year before had: figures of the same indicators, amounts of the same label, words of the same project."""

    def __init__(self, volume: m.Volume, indicators: Iterable[int]) -> None:
        """Load the figures; 1 query."""
        self.volume, self.year = volume, volume.fiscal_year - 1
        rows = m.Value.objects.filter(
            point__indicator__in=list(indicators), point__fiscal_year=self.year,
            role__in=["actual", "cumulative_actual"], until__isnull=True, voided__isnull=True,
        ).select_related("point")  # fmt: skip
        self.values = {
            (row.point.indicator_id, row.role): value_of(row) for row in rows if row.point
        }

    def amount(self, project: int, line: Spending | m.Spending) -> str | None:
        """Return last year's amount of the line with the same label and kind, in the line's unit."""
        same = self._amounts.get((project, _label(line), line.kind), [])
        return in_unit(same[0], line.unit) if len(same) == 1 else None

    def words(self, project: int, field: str) -> str | None:
        """Return last year's words."""
        return self._words.get((project, field))

    @cached_property
    def _entries(self) -> QuerySet[m.ProjectYear]:
        return m.ProjectYear.objects.filter(
            volume__body=self.volume.body, volume__fiscal_year=self.year,
            volume__series=self.volume.series, volume__voided__isnull=True, voided__isnull=True,
        )  # fmt: skip

    @cached_property
    def _amounts(self) -> dict[tuple[int, str | None, str | None], list[int]]:
        found: dict[tuple[int, str | None, str | None], list[int]] = defaultdict(list)
        rows = m.Spending.objects.filter(
            entry__in=self._entries, yen__isnull=False, voided__isnull=True
        )
        for project, label, kind, yen in rows.values_list("entry__project", "label", "kind", "yen"):
            found[project, label, kind].append(yen or 0)
        return found

    @cached_property
    def _words(self) -> dict[tuple[int, str], str]:
        found: dict[tuple[int, str], str] = {}
        rows = m.Verification.objects.filter(entry__in=self._entries, voided__isnull=True)
        for row in rows.select_related("entry"):
            for field in WORDS:
                if text := getattr(row, field.partition(".")[2]):
                    found[row.entry.project_id, field] = text
        passages = m.Passage.objects.filter(
            entry__in=self._entries, part="activity", voided__isnull=True
        )
        for project, text in passages.values_list("entry__project", "text"):
            key = (project, "Project.activities")
            found[key] = f"{found[key]}\n{text}" if key in found else text
        return found


class NothingBefore(Before):
    """前年度を見ない. For counting what would be asked: last year's figures are not looked up."""

    def __init__(self, volume: m.Volume) -> None:
        """Load nothing."""
        self.volume, self.year = volume, volume.fiscal_year - 1
        self.values = {}

    def amount(self, project: int, line: Spending | m.Spending) -> str | None:
        """Return nothing."""
        return None

    def words(self, project: int, field: str) -> str | None:
        """Return nothing."""
        return None


def _label(line: Spending | m.Spending) -> str | None:
    return line.label.text if isinstance(line.label, Said) else line.label


class Questions:
    """項目を作る. Makes the questions of one entry; `kinds`: which of `KINDS` are asked."""

    def __init__(self, kinds: frozenset[str], before: Before, year: int) -> None:
        """Remember what is asked."""
        self.kinds, self.before, self.year = kinds, before, year

    def figures(
        self, keys: EntryKeys, line: LineKeys, indicator: Indicator, asked: AskedProject
    ) -> Iterator[tuple[Question, Thing]]:
        """Yield what is asked of an indicator's figures of the year."""
        for point, year in zip(line.points, indicator.years, strict=True):
            for role in self._roles(year):
                value: Value | None = getattr(year, role)
                if not self._wanted(value):
                    continue
                question = self._figure(role, line, indicator, point, year)
                yield (
                    replace(question, project=asked.key),
                    Thing(entry=keys.entry, role=role, line=line.line, point=point),
                )

    def _figure(
        self, role: Role, line: LineKeys, indicator: Indicator, point: int, year: YearPoint
    ) -> Question:
        value: Value | None = getattr(year, role)
        blank = value is None or value.gap is Gap.BLANK
        now = None if blank else shown(value, indicator.unit)
        return Question(
            key=f"{role[0].upper()}{point}",
            project="",
            role=role,
            indicator=indicator.name.text if indicator.name else None,
            number=indicator.number,
            unit=indicator.unit,
            fiscal_year=year.fiscal_year,
            label=year.label or (None if indicator.name else "名称のない指標"),
            target=beside(year.target, indicator.unit),
            last_year=beside(self.before.values.get((line.indicator, role)), indicator.unit),
            now=now,
            note=indicator.definition.text if indicator.definition else None,
            stamp=stamp(now),
        )

    def _roles(self, year: YearPoint) -> Iterator[Role]:
        """The roles of a year of this report that may be asked: its actual, and its cumulative one where there is one."""
        if year.fiscal_year not in (None, self.year):
            return
        if year.label is None or year.actual is not None or year.fiscal_year == self.year:
            yield "actual"
        if year.cumulative_actual is not None:
            yield "cumulative_actual"

    def _wanted(self, value: Value | None) -> bool:
        stands = "open" if value is None else standing_of(value.gap, value.state)
        wanted = {"preliminary": {"final", "values"}, "filled": {"values"}}.get(stands, {"missing"})
        return not wanted.isdisjoint(self.kinds)

    def money(
        self, keys: EntryKeys, project: Project, asked: AskedProject
    ) -> Iterator[tuple[Question, Thing]]:
        """Yield what is asked of a project's money: the year's own lines, no totals, no budgets."""
        for pk, line in zip(keys.spending, project.spending, strict=True):
            if not self._money_wanted(line):
                continue
            unit = line.unit or "円"
            question = Question(
                key=f"S{pk}",
                project=asked.key,
                role="spending",
                indicator=line.label.text if line.label else None,
                label=None if line.label else "名称のない経費",
                number=line.number,
                unit=unit,
                target=self._budget(project, line),
                last_year=self.before.amount(keys.project, line),
                now=in_unit(line.yen, unit),
                stamp=stamp(in_unit(line.yen, unit)),
            )
            yield question, Thing(entry=keys.entry, role="spending", spending=pk)

    def _money_wanted(self, line: Spending) -> bool:
        ours = line.fiscal_year in (None, self.year) and line.kind != "budget"
        one = line.role not in ("total", "subtotal")
        return ours and one and ("money" if line.yen is None else "amounts") in self.kinds

    def _budget(self, project: Project, line: Spending) -> str | None:
        same = [
            other.yen
            for other in project.spending
            if other.kind == "budget" and other.label and line.label
            and other.label.text == line.label.text and other.yen is not None
        ]  # fmt: skip
        return in_unit(same[0], line.unit) if len(same) == 1 else None

    def texts(
        self, keys: EntryKeys, project: Project, asked: AskedProject
    ) -> Iterator[tuple[Question, Thing]]:
        """Yield what is asked of a project's words."""
        if project.kind != "result":
            return
        for number, field in enumerate(TEXTS):
            now = words_of(project, field)
            missing = now is None and field in WORDS and "words" in self.kinds
            if not (missing or (now is not None and "texts" in self.kinds)):
                continue
            choices = tuple(wording(field.partition(".")[2], c) for c in _CHOICES.get(field, ()))
            question = Question(
                key=f"T{keys.entry}.{number}",
                project=asked.key,
                role="text",
                field=field,
                label=field_label(field),
                last_year=self.before.words(keys.project, field),
                now=now,
                choices=choices,
                stamp=stamp(now),
            )
            yield question, Thing(entry=keys.entry, role="text", field=field)


def words_of(project: Project, field: str) -> str | None:
    """Return the words of a project's field ("Verification.obstacle", "Project.activities"), lines between its items."""
    owner, _, name = field.partition(".")
    part = project.verification if owner == "Verification" else project
    said: Said | Iterable[Said] | None = getattr(part, name, None)
    if isinstance(said, tuple):
        return "\n".join(one.text for one in said) or None
    return said.text if isinstance(said, Said) else None


def shown(value: Value | None, unit: str | None) -> str | None:
    """Return a figure as in a report, its lines one under another; None where there is none."""
    return None if value is None else "\n".join(show_value(value, unit=unit))


def beside(value: Value | None, unit: str | None) -> str | None:
    """Return a figure as it stands beside the one that is asked for: as in a report, but for the word that it is final."""
    return None if value is None else shown(unstated(value), unit)


def in_unit(yen: int | None, unit: str | None) -> str | None:
    """Return an amount as a bare number in a unit of money."""
    if yen is None:
        return None
    return show_number(Decimal(yen) / SCALES[cast(MoneyUnit, unit or "円")])


def stamp(now: str | None) -> str:
    """Return what tells whether something still stands in the book as it was when it was asked."""
    return sha256((now or "").encode()).hexdigest()[:8]
