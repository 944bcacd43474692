"""ある時点の報告書. What the book said of a year at a moment, and what it says otherwise now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from sosei.core.report import Report
from sosei.ledger.corrections import Correction, corrections_of
from sosei.ledger.queries.fingerprint import fingerprint
from sosei.ledger.queries.view import report_of
from sosei.ledger.queries.volumeflow import volume_row
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
    row = volume_row(body, volume)
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


def changes_page(called: str, at: datetime, lines: tuple[Correction, ...]) -> Page:
    """Return the page that says what changed since a moment."""
    rows = [
        (line.subject, line.wrong or "（記載なし）", line.right or "（記載なし）") for line in lines
    ]
    table = plain(
        "changes", "その後の変更", ("箇所", "その時点", "いま"), rows, widths=(12, 10, 10)
    )
    return Page(
        title=f"{called}：その後の変更",
        subtitle=f"{at:%Y-%m-%d %H:%M}の時点と、いまの違い（{len(rows)}か所）",
        lang="ja",
        front=(table,) if rows else (Paragraph("変わった所はありません。"),),
        sections=(),
        noted=False,
    )
