"""数えの言葉. How a count stands on pages: its number with the unit, or that it is still counted and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from sosei.core.fiscal import RANGE, FiscalYear
from sosei.core.gaps import Gap
from sosei.core.shown import show_number
from sosei.evidence.measures.standing import Answer
from sosei.journal.clock import today
from sosei.publishing.inquiry.days import day_shown
from sosei.web.desk.saying import lang, say

#: Fiscal years that a page of a measure shows.
YEARS = 6


def number_shown(number: Decimal | None, unit: str | None) -> str:
    """Return a number with its unit."""
    return "" if number is None else f"{show_number(number)}{unit or ''}"


def gap_words(answer: Answer) -> str:
    """Return why there is no figure yet."""
    if answer.gap is Gap.NOT_MEASURABLE:
        return say("数えるものがない", "nothing to count")
    return say("集計中", "being counted")


def lacking(answer: Answer, unit: str | None, asked: int) -> tuple[str, ...]:
    """Return what is counted so far and what is still missing, each in a few words."""
    parts = []
    if answer.so_far is not None:
        parts.append(say("これまでに{n}", "{n} so far", n=number_shown(answer.so_far, unit)))
    if not answer.n:
        parts.append(say("数える登録がありません", "no entry to count"))
    if answer.silent:
        parts.append(say("{all}者中{n}者が未回答", "{n} of {all} silent", n=len(answer.silent), all=asked))  # fmt: skip
    if answer.missing:
        parts.append(say("そろっていない欄{n}", "{n} cells missing", n=len(answer.missing)))
    if not answer.closed:
        parts.append(say("台帳が締まっていない", "registers not closed"))
    return tuple(parts)


def rests_on(answer: Answer, asked: int) -> tuple[str, ...]:
    """Return whose answers a settled count rests on; nothing where nobody is silent."""
    if not answer.silent or not asked:
        return ()
    return (answers_of(asked, len(answer.silent)),)


def answers_of(asked: int, silent: int) -> str:
    """Return how many of those who were asked answered."""
    return say("{all}者中{n}者の回答による", "from {n} of {all} asked", n=asked - silent, all=asked)


def month_shown(month: str) -> str:
    """Return a month in words: 2021-05 is 令和3年5月.

    >>> month_shown("2021-05")
    '令和3年5月'
    """
    if lang() == "en":
        return month
    year, _, number = month.partition("-")
    return day_shown(date(int(year), int(number), 1), weekday=False).removesuffix("1日")


def missing_cells(answer: Answer) -> Mapping[str, tuple[str, ...]]:
    """Return the cells that are not there, by their value: months in words, none where whole values are missing."""
    found: dict[str, list[str]] = {}
    for value, *month in answer.missing:
        found.setdefault(value, []).extend(map(month_shown, month))
    return {value: tuple(months) for value, months in found.items()}


def years_up_to(year: int, among: Iterable[int] = ()) -> tuple[int, ...]:
    """Return the fiscal years that a page shows, the latest first: up to a year, and the present one."""
    last = max(year, FiscalYear.of(today()).start - 1)
    return tuple(sorted({*range(last - YEARS + 1, last + 1), year, *among} & set(RANGE), reverse=True))  # fmt: skip
