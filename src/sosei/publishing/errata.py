"""正誤表. What an edition corrects in the one before it, as a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sosei.core.fields import Lang
from sosei.publishing.page import Page, Paragraph
from sosei.publishing.paper import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class ErratumRow:
    """正誤の一行. Where; what it said (empty: nothing), what it says now (empty: nothing)."""

    subject: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Errata:
    """正誤表. Of which report, from which edition to which, published when, and why it was corrected."""

    title: str
    body: str
    year: str
    number: int
    published_on: date
    before_on: date
    reason: str
    rows: tuple[ErratumRow, ...]


def long_day(day: date, lang: Lang = "ja") -> str:
    """Return a day in words.

    >>> long_day(date(2022, 10, 5))
    '2022年10月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日" if lang == "ja" else day.isoformat()


def errata_page(errata: Errata, lang: Lang = "ja") -> Page:
    """Return the page of a 正誤表."""
    ja = lang == "ja"
    none = "（記載なし）" if ja else "(nothing)"
    rows = [
        (str(i), row.subject, row.wrong or none, row.right or none)
        for i, row in enumerate(errata.rows, 1)
    ]
    heads = ("番号", "箇所", "誤", "正") if ja else ("No.", "Where", "Wrong", "Right")
    title = f"正誤表　{errata.title}" if ja else f"Errata: {errata.title}"
    return Page(
        title=title,
        subtitle="　".join(filter(None, (errata.body, errata.year))),
        lang=lang,
        front=(*map(Paragraph, _said(errata, lang)), plain("errata", "正誤表" if ja else "Errata", heads, rows, widths=(3, 14, 10, 10))),
        sections=(),
        mark=_mark(errata, lang),
        noted=False,
    )  # fmt: skip


def _mark(errata: Errata, lang: Lang) -> str:
    day = long_day(errata.published_on, lang)
    return f"第{errata.number}版 {day}" if lang == "ja" else f"Edition {errata.number}, {day}"


def _said(errata: Errata, lang: Lang) -> tuple[str, str]:
    now, before = long_day(errata.published_on, lang), long_day(errata.before_on, lang)
    if lang == "en":
        return (
            f"Edition {errata.number} of {now} corrects edition {errata.number - 1} of {before} as follows ({len(errata.rows)} places).",
            f"Reason: {errata.reason}",
        )
    return (
        f"{before}に公表した第{errata.number - 1}版に誤りがありました。おわびして、{now}の第{errata.number}版で次の{len(errata.rows)}か所を訂正します。",
        f"訂正の理由：{errata.reason}",
    )
