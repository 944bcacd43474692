"""ある時点の報告書. What the book said of a year at a moment, and what it says otherwise now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from sosei.core.fields import Lang
from sosei.core.report import Report
from sosei.ledger.corrections import Correction, corrections_of
from sosei.ledger.queries.fingerprint import fingerprint
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.queries.view import report_of
from sosei.publishing.inquiry.days import day_shown
from sosei.publishing.page import Page, Paragraph
from sosei.publishing.paper import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMoment:
    """ある時点. `lines`: what is said otherwise now."""

    volume: int
    called: str
    fiscal_year: int
    at: datetime
    report: Report
    sha256: str
    lines: tuple[Correction, ...]


def at_moment(body: str, volume: int, at: datetime) -> AtMoment:
    """Return the report as of a moment beside the present one. Raises NoSuchThing."""
    row = volume_in(body, volume)
    then, now = report_of(row, at), report_of(row)
    return AtMoment(
        volume=row.pk,
        called=row.called(),
        fiscal_year=row.fiscal_year,
        at=timezone.localtime(at),
        report=then,
        sha256=fingerprint(then),
        lines=corrections_of(then, now),
    )


def changes_page(found: AtMoment, lang: Lang = "ja") -> Page:
    """Return the page that says what changed since a moment."""
    english = lang == "en"
    none = "(not stated)" if english else "（記載なし）"
    rows = [tuple(part or none for part in line.said(lang)) for line in found.lines]
    heads = ("Where", "Then", "Now") if english else ("箇所", "その時点", "いま")
    title = "What changed since" if english else "その後の変更"
    moment = f"{day_shown(found.at.date(), lang)} {found.at:%H:%M}"
    nothing = "Nothing changed." if english else "変わった所はありません。"
    return Page(
        title=f"{found.called}：{title}" if not english else f"{found.called}: {title}",
        subtitle=f"{moment} and now differ in {len(rows)} places"
        if english
        else f"{moment}の時点と、いまの違い（{len(rows)}か所）",
        lang=lang,
        front=(plain("changes", title, heads, rows, widths=(12, 10, 10)),)
        if rows
        else (Paragraph(nothing),),
        sections=(),
        noted=False,
    )
