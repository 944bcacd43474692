"""登録の案の組立て. From the values of a row to a draft: of whom, when, in what order; and what in a row contradicts itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from sosei.evidence.drafts import Draft, Who
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.reckoned import wrongs as wrongs_of_subsidy
from sosei.evidence.sheets.columns import STAGE, WHO, Column
from sosei.evidence.sheets.days import Span, Year, YearKind, of_month, of_year
from sosei.evidence.sheets.refusals import NothingSaid, OutOfOrder, RowContradicts
from sosei.evidence.sheets.said import Wrong

#: Values of a row, one for each column of the plan, and None behind them.
Row = Sequence[Any]
Days = tuple[date | None, date | None]
_NOT_THERE: Final = -1
#: As many organisations as are kept to be the same value in every row that is about them.
_KNOWN: Final = 50_000


class Assembly:
    """組立て. How the rows of one sheet become drafts; made once from the columns that were chosen, in their order."""

    def __init__(
        self, kind: RegisterKind, columns: Sequence[Column], fiscal_year: int | None,
        bare_year: YearKind | None = None,
    ) -> None:  # fmt: skip
        """Find where each part of a draft stands among the values. `bare_year`: what a year that is but a number is."""
        self.kind = kind
        self.columns = columns
        self.fiscal_year = fiscal_year
        self.bare_year = bare_year
        at = {column.key: n for n, column in enumerate(columns)}
        self._at = at
        self._entry = at.get("entry", _NOT_THERE)
        self._size = at.get("size", _NOT_THERE)
        self._year = at.get("year", _NOT_THERE)
        self._stages = [at.get(STAGE + stage, _NOT_THERE) for stage in kind.stages]
        self._values = [(c.field, n) for n, c in enumerate(columns) if c.field is not None]
        self._of_field = {c.field: c.key for c in columns if c.field is not None}
        self._who = self._whom()
        self._plain = kind.kind in ("roster", "log", "survey")
        self._one_kind = kind.subject != "any"
        self._asks_who = kind.subject != "none" and any(key in at for key in (*WHO, "entry"))
        self._days: Callable[[Row], Days] = self._spans if kind.kind == "series" else self._two_days

    def draft(self, row: Row, at: str) -> Draft:
        """Return a row's draft. Its contradictions are what `wrongs` gives."""
        first, last = self._days(row)
        return Draft(
            entry=row[self._entry],
            who=self._who(row),
            first=first,
            last=last,
            year=self._survey_year(row),
            size=row[self._size] or 1,
            reached=tuple([row[n] for n in self._stages]),
            values={key: row[n] for key, n in self._values if row[n] is not None},
            at=at,
        )

    def wrongs(self, row: Row, draft: Draft) -> list[tuple[str | None, Wrong]]:
        """Return what in a row contradicts itself, each with the key of the column it is about."""
        first, last = draft.first, draft.last
        if (
            self._plain
            and draft.who is not None
            and (self._one_kind or draft.who.kind == "organisation")
            and (last is None or first is None or first <= last)
        ):  # nearly all rows
            return []
        return list(self._contradictions(row, draft))

    def _contradictions(self, row: Row, draft: Draft) -> Iterator[tuple[str | None, Wrong]]:
        if self._asks_who:
            yield from ((None, wrong) for wrong in self._who_wrong(row, draft))
        if draft.first is not None and draft.last is not None and draft.last < draft.first:
            begins = "first" if "first" in self._at else "year"
            yield "last", self._out_of_order("last", draft.last, begins, draft.first)
        if draft.reached:
            yield from self._stage_wrongs(draft.reached)
        for key, wrong in wrongs_of_subsidy(self.kind, draft):
            yield self._of_field.get(key), wrong
        says_when = self._at.keys() & {"first", "year"}
        if self.kind.kind == "series" and draft.first is None and says_when:
            yield self._no_span(row)

    def _no_span(self, row: Row) -> tuple[str | None, Wrong]:
        if row[self._year] is None:
            return "first" if "first" in self._at else "year", Wrong(NothingSaid)
        return "year", _row(
            "年か年度か分かりません", "It may be a calendar year or a fiscal year",
            "「2021年」か「2021年度」のように書いてください", "Write 2021年 or 2021年度",
        )  # fmt: skip

    # -- of whom --------------------------------------------------------------------------------------------------

    def _whom(self) -> Callable[[Row], Who | None]:
        """Return what makes of a row whom it is about."""
        at = self._at
        who, number = at.get("who", _NOT_THERE), at.get("number", _NOT_THERE)
        name, kana, mail, phone, address = (
            at.get(key, _NOT_THERE) for key in ("name", "kana", "mail", "phone", "address")
        )

        known: dict[tuple[str | None, str | None], Who] = {}

        def organisation(row: Row) -> Who | None:
            key = (row[number], row[who])
            one = known.get(key)
            if one is None and key != (None, None):
                one = Who(kind="organisation", number=row[number], name=row[who])
                if len(known) < _KNOWN:
                    known[key] = one
            return one

        def person(row: Row) -> Who | None:
            if row[name] is None and row[mail] is None:
                return None
            return Who(
                kind="person", name=row[name], kana=row[kana], mail=row[mail], phone=row[phone],
                address=row[address],
            )  # fmt: skip

        by_subject: dict[str, Callable[[Row], Who | None]] = {
            "organisation": organisation, "person": person,
            "any": lambda row: person(row) or organisation(row), "none": lambda _: None,
        }  # fmt: skip
        return by_subject[self.kind.subject]

    def _who_wrong(self, row: Row, draft: Draft) -> Iterator[Wrong]:
        if draft.who is None and row[self._size] is None and draft.entry is None:
            groups = self.kind.groups and "size" in self._at
            yield _row(
                "だれの行か書かれていません", "It does not say of whom it is", *_WHO_HOW[groups]
            )
        if draft.who is not None and draft.who.kind == "person" and self.kind.subject == "any":
            said = [row[self._at.get(key, _NOT_THERE)] for key in ("who", "number")]
            if any(one is not None for one in said):
                yield _row(
                    "団体と人の両方が書かれています", "It names both an organisation and a person",
                    "どちらの行かを決めて、一方だけを書くか、一方の列だけを選んでください", "Keep the one it is about, or choose only one of the columns",
                )  # fmt: skip

    # -- when -----------------------------------------------------------------------------------------------------

    def _two_days(self, row: Row) -> Days:
        return row[self._at.get("first", _NOT_THERE)], row[self._at.get("last", _NOT_THERE)]

    def _survey_year(self, row: Row) -> int | None:
        if self.kind.kind != "survey":
            return None
        year: Year | None = row[self._year]
        return year.number if year is not None else self.fiscal_year

    def _spans(self, row: Row) -> Days:
        """Return the days that a figure of a series is for."""
        first: Span | None = row[self._at.get("first", _NOT_THERE)]
        last: Span | None = row[self._at.get("last", _NOT_THERE)]
        if first is None:
            first = self._of_year(row)
        if first is None:
            return None, None
        return first.first, last.last if last is not None else first.last

    def _of_year(self, row: Row) -> Span | None:
        year: Year | None = row[self._year]
        month: int | None = row[self._at.get("month", _NOT_THERE)]
        if year is None and self.fiscal_year is not None and month is not None:
            year = Year(self.fiscal_year, "fiscal")
        if year is not None and year.kind == "bare":
            year = Year(year.number, self.bare_year) if self.bare_year is not None else None
        if year is None:
            return None
        return of_year(year) if month is None else of_month(year, month)

    def _stage_wrongs(self, reached: Sequence[date | None]) -> Iterator[tuple[str | None, Wrong]]:
        before: tuple[str, date] | None = None
        ahead = _paid_ahead(self.kind)
        for stage, day in zip(self.kind.stages, reached, strict=True):
            if day is None or (stage == ahead and not self._too_soon(reached, day)):
                continue
            if before is not None and day < before[1]:
                yield (
                    STAGE + stage,
                    self._out_of_order(STAGE + stage, day, STAGE + before[0], before[1]),
                )
            before = (stage, day)
        if before is None and any(n != _NOT_THERE for n in self._stages):
            yield None, _row(
                "どの段階の日も書かれていません", "It gives the day of no stage",
                "至った段階の日を一つは書いてください", "Write the day of at least one stage",
            )  # fmt: skip

    def _too_soon(self, reached: Sequence[date | None], day: date) -> bool:
        """Tell whether what may be paid in advance is paid before it is decided."""
        decided = self.kind.subsidy.decided if self.kind.subsidy is not None else ""
        on = reached[self.kind.stages.index(decided)] if decided in self.kind.stages else None
        return on is None or day < on

    def _out_of_order(self, later: str, later_day: date, earlier: str, earlier_day: date) -> Wrong:
        a, b = (self.columns[self._at[key]] for key in (later, earlier))
        return Wrong(
            OutOfOrder, later=a.ja, later_en=a.en, later_day=later_day, earlier=b.ja, earlier_en=b.en,
            earlier_day=earlier_day,
        )  # fmt: skip


_WHO_HOW: Final = {
    False: ("名前か番号を書いてください", "Write a name or number"),
    True: ("名前か、名のない集まりなら人数を書いてください", "Write a name, or the number of people of an anonymous group"),
}  # fmt: skip


def _paid_ahead(kind: RegisterKind) -> str | None:
    """Return the stage that may come before those that stand before it (概算払)."""
    return kind.subsidy.paid if kind.subsidy is not None and kind.subsidy.advance else None


def _row(what: str, what_en: str, how: str, how_en: str) -> Wrong:
    return Wrong(RowContradicts, what=what, what_en=what_en, how=how, how_en=how_en)
