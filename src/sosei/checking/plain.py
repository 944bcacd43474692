"""文字の出力. Findings for a terminal: by project, with counts, and with the rules that were not examined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from sosei.checking.finding import Finding, Findings, Severity, Unexamined
from sosei.core.report import Place

Paint = Callable[[str, Severity], str]
_HEADS: Final = {
    "ja": ("点検の結果", "見ていない規則", "指摘はありません。", "件"),
    "en": ("Findings", "Rules not examined", "Nothing found.", ""),
}


def bare(text: str, severity: Severity) -> str:
    """Return words without colour; the caller may give another `paint`."""
    del severity
    return text


def text(findings: Findings, *, lang: str = "ja", paint: Paint = bare) -> str:
    """Return findings as lines: each finding with code, sentence and place, then what was not examined."""
    return "\n".join(_lines(findings, "en" if lang == "en" else "ja", paint)) + "\n"


def _lines(findings: Findings, lang: str, paint: Paint) -> Iterator[str]:
    head, unseen, nothing, _ = _HEADS[lang]
    yield f"{head}: {counted(findings, lang)}"
    if not findings.findings:
        yield f"  {nothing}"
    for finding in findings:
        yield from _finding(finding, lang, paint)
    if findings.unexamined:
        yield ""
        yield f"{unseen} ({len(findings.unexamined)})"
        yield from (_unseen(each, lang) for each in findings.unexamined)


def counted(findings: Findings, lang: str = "ja") -> str:
    """Return the counts of all severities in one line.

    >>> counted(Findings())
    '誤り 0件、注意 0件、参考 0件'
    """
    counts = findings.counts().items()
    if lang == "en":
        return ", ".join(f"{severity.value} {n}" for severity, n in counts)
    return "、".join(f"{severity.ja} {n}件" for severity, n in counts)


def _finding(finding: Finding, lang: str, paint: Paint) -> Iterator[str]:
    word = finding.severity.ja if lang == "ja" else finding.severity.value
    yield f"  {paint(word, finding.severity)} {finding.code}  {finding.message(lang)}"
    where = "、".join(shown_place(place, lang) for place in finding.place[:3])
    spot = " ".join(part for part in (where, finding.path) if part)
    if spot:
        yield f"      {spot}"


def shown_place(place: Place, lang: str = "ja") -> str:
    """Return a place in words.

    >>> shown_place(Place(sheet="実績", range="C7"))
    'シート「実績」C7'
    """
    ja = lang != "en"
    parts = []
    if place.page is not None:
        parts.append(f"{place.page}ページ" if ja else f"page {place.page}")
    if place.sheet is not None:
        parts.append(f"シート「{place.sheet}」" if ja else f"sheet “{place.sheet}” ")
    if place.range is not None:
        parts.append(place.range)
    if place.table is not None:
        parts.append(f"表{place.table}" if ja else f"table {place.table} ")
    if place.row is not None:
        parts.append(f"{place.row}行目" if ja else f"row {place.row}")
    if place.start is not None:
        parts.append(
            f"{place.start}～{place.end}字目" if ja else f"characters {place.start}–{place.end}"
        )
    return "".join(parts)


def _unseen(each: Unexamined, lang: str) -> str:
    return f"  {each.code}  {each.reason(lang)}"
