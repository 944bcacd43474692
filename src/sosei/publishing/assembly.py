"""議会資料. For each indicator that missed its target: what it is, its history, why, last year's answer, what is done now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sosei.core.fields import Lang, label
from sosei.core.shown import NONE, show_year
from sosei.publishing.errata import long_day
from sosei.publishing.page import Page, Paragraph, Section, Table
from sosei.publishing.paper import facts, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """一年. Target, actual and rate of a fiscal year, each as shown; None where there is none."""

    year: int
    target: str | None
    actual: str | None
    rate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """前年の意見と対応. What was said of the project last year, what the office answered, how far it is."""

    year: int
    expert: str
    opinion: str
    response: str | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """未達成の指標. Words are the report's own; None where it says nothing."""

    project: str
    departments: tuple[str, ...]
    name: str
    unit: str | None
    target: str | None
    actual: str | None
    rate: str | None
    definition: str | None
    statistic: str | None
    baseline: str | None
    history: tuple[YearRow, ...]
    obstacle: str | None
    countermeasure: str | None
    next_policy: str | None
    next_policy_reason: str | None
    answers: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """議会資料. `judged` of `total` indicators could be judged, `reached` of them reached; `open`: the rest, with why."""

    title: str
    body: str
    year: int
    made_on: date
    projects: int
    total: int
    judged: int
    reached: int
    missed: tuple[Missed, ...]
    open: tuple[tuple[str, str, str], ...] = ()


Words = dict[str, str | tuple[str, ...]]
_JA: Final[Words] = {
    "title": "議会報告資料",
    "summary": "{year}の実績を報告する事業は{projects}件、指標は{total}件です。判定できる{judged}件のうち、達成{reached}件、未達成{missed}件。判定できないものは{open}件です。",
    "none": "目標に届かなかった指標はありません。",
    "missed": "目標に届かなかった指標",
    "open": "判定できない指標",
    "open_heads": ("事業", "指標", "理由"),
    "what": "指標の内容", "history": "目標値と実績値の推移", "why": "要因と今後", "last": "前回の意見と対応",
    "history_heads": ("年度", "目標値", "実績値", "達成率"),
    "last_heads": ("年度", "有識者", "意見", "対応", "状況"),
    "unsaid": "（記載なし）", "department": "担当課", "this": "今年度", "of": "目標値{target}に対し実績値{actual}（{rate}）",
    "no_answer": "（対応の記載なし）",
}  # fmt: skip
_EN: Final[Words] = {
    "title": "Papers for the assembly",
    "summary": "{year}: {projects} projects with {total} indicators. Of the {judged} that can be judged, {reached} reached and {missed} missed their target; {open} cannot be judged.",
    "none": "No indicator missed its target.",
    "missed": "Indicators that missed their target",
    "open": "Indicators that cannot be judged",
    "open_heads": ("Project", "Indicator", "Reason"),
    "what": "What it is", "history": "Targets and actuals", "why": "Cause, and what is done", "last": "Last year's opinions and answers",
    "history_heads": ("Year", "Target", "Actual", "Rate"),
    "last_heads": ("Year", "Expert", "Opinion", "Answer", "State"),
    "unsaid": "(not stated)", "department": "Departments", "this": "This year", "of": "actual {actual} for a target of {target} ({rate})",
    "no_answer": "(no answer)",
}  # fmt: skip


def pack_page(pack: Pack, lang: Lang = "ja") -> Page:
    """Return the pages for the assembly."""
    said = _JA if lang == "ja" else _EN
    summary = str(said["summary"]).format(
        year=show_year(pack.year, lang), projects=pack.projects, total=pack.total,
        judged=pack.judged, reached=pack.reached, missed=len(pack.missed), open=len(pack.open),
    )  # fmt: skip
    front = [Paragraph(summary)] + ([] if pack.missed else [Paragraph(str(said["none"]))])
    return Page(
        title=f"{said['title']}　{pack.title}"
        if lang == "ja"
        else f"{said['title']}: {pack.title}",
        subtitle="　".join(filter(None, (pack.body, show_year(pack.year, lang)))),
        lang=lang,
        front=tuple(front),
        sections=(*_missed(pack, said, lang), *_open(pack, said)),
        mark=long_day(pack.made_on, lang),
        noted=False,
    )


def _missed(pack: Pack, said: Words, lang: Lang) -> tuple[Section, ...]:
    if not pack.missed:
        return ()
    parts = tuple(_one(i, one, said, lang) for i, one in enumerate(pack.missed, 1))
    return (
        Section(ident="missed", title=str(said["missed"]), level=2, kind="kind", sections=parts),
    )


def _one(number: int, one: Missed, said: Words, lang: Lang) -> Section:
    ident, unsaid = f"m{number}", str(said["unsaid"])
    reached = str(said["of"]).format(
        target=one.target or NONE, actual=one.actual or NONE, rate=one.rate or NONE
    )
    what = [
        (str(said["department"]), "、".join(one.departments) or unsaid),
        (label("Indicator.unit", lang), one.unit or unsaid),
        (label("Indicator.definition", lang), one.definition or unsaid),
        (label("Indicator.statistic", lang), one.statistic or unsaid),
        (label("Indicator.baseline", lang), one.baseline or unsaid),
    ]
    why = [
        (label(f"Verification.{name}", lang), getattr(one, name) or unsaid)
        for name in ("obstacle", "countermeasure", "next_policy", "next_policy_reason")
    ]
    history = [
        (show_year(row.year, lang), row.target or NONE, row.actual or NONE, row.rate or NONE)
        for row in one.history
    ]
    blocks: list[Paragraph | Table] = [
        Paragraph(reached),
        facts(f"{ident}-what", str(said["what"]), what),
        plain(f"{ident}-history", str(said["history"]), _heads(said, "history_heads"), history, widths=(5, 5, 5, 4), figures=frozenset({1, 2, 3}), titled=False),
        facts(f"{ident}-why", str(said["why"]), why),
        *_answers(ident, one, said, lang),
    ]  # fmt: skip
    return Section(
        ident=ident,
        title=f"{number}　{one.name}（{one.project}）"
        if lang == "ja"
        else f"{number}  {one.name} ({one.project})",
        level=3,
        blocks=tuple(blocks),
        kind="project",
    )


def _answers(ident: str, one: Missed, said: Words, lang: Lang) -> list[Table]:
    if not one.answers:
        return []
    rows = [
        (
            show_year(row.year, lang), row.expert, row.opinion,
            row.response or str(said["no_answer"]), row.state,
        )
        for row in one.answers
    ]  # fmt: skip
    heads = _heads(said, "last_heads")
    return [
        plain(
            f"{ident}-last", str(said["last"]), heads, rows, widths=(5, 4, 10, 10, 4), titled=False
        )
    ]


def _open(pack: Pack, said: Words) -> tuple[Section, ...]:
    if not pack.open:
        return ()
    table = plain(
        "open-table", str(said["open"]), _heads(said, "open_heads"), pack.open, widths=(6, 6, 12)
    )
    return (Section(ident="open", title=str(said["open"]), level=2, kind="kind", blocks=(table,)),)


def _heads(said: Words, name: str) -> tuple[str, ...]:
    found = said[name]
    assert isinstance(found, tuple)
    return found
