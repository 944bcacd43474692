"""意見と対応. What the experts said and what the office answers, as a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sosei.core.fields import Lang
from sosei.core.shown import show_year
from sosei.publishing.errata import long_day
from sosei.publishing.page import Page, Paragraph, Section
from sosei.publishing.paper import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """一つの意見. `project` None: of the whole. Words as shown; None where nothing is said."""

    project: str | None
    expert: str
    sector: str | None
    judgement: str | None
    opinion: str
    response: str | None
    department: str | None
    due: date | None
    state: str


def opinions_page(
    title: str, body: str, year: int, made_on: date, said: tuple[Said, ...], lang: Lang = "ja"
) -> Page:
    """Return the page 意見と対応: a table for the whole, then one for each project."""
    ja = lang == "ja"
    heads = (
        ("有識者", "評価", "意見", "市の対応", "担当", "期限・状況")
        if ja
        else ("Expert", "Judgement", "Opinion", "Answer", "Department", "Due, state")
    )
    sections = []
    for i, project in enumerate(dict.fromkeys(one.project for one in said)):
        own = [one for one in said if one.project == project]
        name = project or ("全体" if ja else "The whole")
        table = plain(f"o{i}-table", name, heads, [_row(one, lang) for one in own], widths=(5, 5, 12, 12, 4, 5))  # fmt: skip
        sections.append(Section(ident=f"o{i}", title=name, level=2, kind="kind", blocks=(table,)))
    count = (
        f"有識者の意見{len(said)}件と、その対応です。"
        if ja
        else f"{len(said)} opinions of the experts, and the answers to them."
    )
    return Page(
        title=f"有識者の意見と対応　{title}" if ja else f"Experts' opinions and answers: {title}",
        subtitle="　".join(filter(None, (body, show_year(year, lang)))),
        lang=lang,
        front=(Paragraph(count),),
        sections=tuple(sections),
        mark=long_day(made_on, lang),
        noted=False,
    )


def _row(one: Said, lang: Lang) -> tuple[str | tuple[str, ...], ...]:
    none = "（未記入）" if lang == "ja" else "(none yet)"
    who = f"{one.expert}（{one.sector}）" if one.sector else one.expert
    when = tuple(filter(None, (long_day(one.due, lang) if one.due else "", one.state)))
    return (
        who,
        one.judgement or "－",
        one.opinion or "－",
        one.response or none,
        one.department or "－",
        when,
    )
