"""文字の出力. Findings for a terminal: the counts of each rule, then project by project, the heaviest first.

What is said of several indicators of a project, or of several tables, is said once. Open data comes last: it is about
the form of the publication, not about the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from sosei.checking.finding import Finding, Findings, Severity, Unexamined
from sosei.checking.registry import rules
from sosei.checking.scene import shown
from sosei.core.report import Place, Report

Paint = Callable[[str, Severity], str]
#: From this many findings on, the counts of each rule stand at the top.
MANY: Final = 6
_WORDS: Final = {
    "ja": {
        "head": "点検の結果",
        "nothing": "指摘はありません。",
        "sum": "まとめ（一つの規則の説明は「sosei rules 番号」）",
        "whole": "報告書全体",
        "tables": "表の形（オープンデータ。公開用のExcelで書き出すと、多くは直ります）",
        "same": "同じ指摘：",
        "more": "（ほか{n}個の表も同じ）",
        "unseen": "見ていない規則",
        "means": "材料がないためで、誤りがないという意味ではありません。",
        "comma": "、",
    },
    "en": {
        "head": "Findings",
        "nothing": "Nothing found.",
        "sum": "In short (“sosei rules CODE” explains one)",
        "whole": "The report as a whole",
        "tables": "Form of the tables (open data; the workbook 公開用 mends most of it)",
        "same": "The same holds for: ",
        "more": " (and {n} more tables)",
        "unseen": "Rules not examined",
        "means": "They lack their input; it does not mean that nothing is wrong.",
        "comma": ", ",
    },
}
_OPEN_DATA: Final = "OD-"
#: What a sentence is about, where the same may be said of another of its kind.
_SUBJECT: Final = {
    "ja": re.compile(r"指標(?:「[^」]*」|\d+番目（名称なし）)"),
    "en": re.compile(r"indicator (?:“[^”]*”|\d+ \(unnamed\))"),
}


def bare(text: str, severity: Severity) -> str:
    """Return words without colour; the caller may give another `paint`."""
    del severity
    return text


def text(
    findings: Findings, report: Report | None = None, *, lang: str = "ja", paint: Paint = bare
) -> str:
    """Return findings as lines; `report` gives the names of the projects that they stand under."""
    return "\n".join(_lines(findings, report, "en" if lang == "en" else "ja", paint)) + "\n"


def _lines(findings: Findings, report: Report | None, lang: str, paint: Paint) -> Iterator[str]:
    words = _WORDS[lang]
    yield f"{words['head']}: {counted(findings, lang)}"
    if not findings.findings:
        yield f"  {words['nothing']}"
    if len(findings) >= MANY:
        yield from ("", words["sum"], *_sums(findings, lang, paint))
    for head, group in _groups(findings, report, lang):
        yield from ("", head)
        for alike in _alike(group, lang):
            yield from _said(alike, head, lang, paint)
    if findings.unexamined:
        yield ""
        yield f"{words['unseen']} ({len(findings.unexamined)})  {words['means']}"
        yield from _unseen(findings.unexamined, lang)


def counted(findings: Findings, lang: str = "ja") -> str:
    """Return the counts of all severities in one line.

    >>> counted(Findings())
    '誤り 0件、注意 0件、参考 0件'
    """
    counts = findings.counts().items()
    if lang == "en":
        return ", ".join(f"{severity.value} {n}" for severity, n in counts)
    return "、".join(f"{severity.ja} {n}件" for severity, n in counts)


def _sums(findings: Findings, lang: str, paint: Paint) -> Iterator[str]:
    """Say of each rule how often it was broken: the heaviest first, open data last."""
    titles = {rule.code: rule.title_en if lang == "en" else rule.title_ja for rule in rules()}
    groups: dict[tuple[bool, int, str], list[Finding]] = {}
    for each in findings:
        key = each.code.startswith(_OPEN_DATA), each.severity.rank, each.code
        groups.setdefault(key, []).append(each)
    order = sorted(groups.items(), key=lambda pair: (*pair[0][:2], -len(pair[1]), pair[0][2]))
    for (_, _, code), group in order:
        number = f"{len(group):>3}" + ("件" if lang == "ja" else "")
        word = paint(_word(group[0], lang), group[0].severity)
        yield f"  {word} {number}  {code:<16}{titles.get(code, '')}"


def _groups(
    findings: Findings, report: Report | None, lang: str
) -> Iterator[tuple[str, list[Finding]]]:
    """Part findings: the report as a whole, each project in its order, the form of the tables."""
    parts: dict[tuple[int, int], list[Finding]] = {}
    for each in findings:
        parts.setdefault(_part(each), []).append(each)
    for (kind, number), group in sorted(parts.items()):
        head = _WORDS[lang]["tables" if kind == 2 else "whole"]
        if kind == 1:
            head = _project(report, number, lang)
        yield head, sorted(group, key=lambda each: each.severity.rank)


def _part(finding: Finding) -> tuple[int, int]:
    project = re.match(r"/projects/(\d+)", finding.path)
    if project:
        return 1, int(project[1])
    return (2 if finding.code.startswith(_OPEN_DATA) else 0), 0


def _project(report: Report | None, number: int, lang: str) -> str:
    """Return the heading of a project, as the sentences of its findings call it."""
    name = report.projects[number].name if report and number < len(report.projects) else None
    if lang == "en":
        return f"project “{shown(name.text)}”" if name else f"project {number + 1}"
    return f"事業「{shown(name.text)}」" if name else f"{number + 1}番目の事業"


def _alike(group: list[Finding], lang: str) -> Iterable[list[Finding]]:
    """Put together what is said in the same words of several indicators, or of several tables."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for each in group:
        words = _SUBJECT[lang].sub("*", each.message(lang), count=1)
        tables = each.code.startswith(_OPEN_DATA) and not each.path
        found.setdefault((each.code, "" if tables else words), []).append(each)
    return found.values()


def _said(alike: list[Finding], head: str, lang: str, paint: Paint) -> Iterator[str]:
    first, words = alike[0], _WORDS[lang]
    message = first.message(lang)
    if message.startswith(f"{head}の"):
        message = message[len(head) + 1 :]
    tables = first.code.startswith(_OPEN_DATA)
    if tables and len(alike) > 1:
        message += words["more"].format(n=len(alike) - 1)
    yield f"  {paint(_word(first, lang), first.severity)} {first.code}  {message}"
    if spot := _where(first, lang):
        yield f"      {spot}"
    if not tables and len(alike) > 1:
        yield f"      {words['same']}"
        for each in alike[1:]:
            subject = _SUBJECT[lang].search(each.message(lang))
            spot = _where(each, lang)
            yield f"        {subject[0] if subject else each.message(lang)}" + (
                f"（{spot}）" if spot and lang == "ja" else f" ({spot})" if spot else ""
            )


def _word(finding: Finding, lang: str) -> str:
    return finding.severity.ja if lang == "ja" else finding.severity.value


def _where(finding: Finding, lang: str) -> str:
    places = dict.fromkeys(shown_place(place, lang) for place in finding.place[:3])
    return _WORDS[lang]["comma"].join(places)


def shown_place(place: Place, lang: str = "ja") -> str:
    """Return a place in words.

    >>> shown_place(Place(sheet="実績", range="C7")), shown_place(Place(table=5, row=2))
    ('シート「実績」C7', '5番目の表の2行目')
    """
    ja = lang != "en"
    parts = []
    if place.page is not None:
        parts.append(f"{place.page}ページ" if ja else f"page {place.page}")
    if place.sheet is not None:
        parts.append(
            (f"シート「{place.sheet}」" if ja else f"sheet “{place.sheet}” ") + (place.range or "")
        )
    if place.table is not None:
        parts.append(f"{place.table}番目の表" if ja else f"table {place.table}")
    if place.row is not None:
        parts.append(f"{place.row}行目" if ja else f"row {place.row}")
    if place.row is not None and place.column is not None and place.start is not None:
        parts.append(f"{place.column}列目" if ja else f"column {place.column}")
    if place.start is not None and place.row is None:
        parts.append(f"{place.start + 1}字目" if ja else f"character {place.start + 1}")
    return ("の" if ja else ", ").join(parts)


def _unseen(unexamined: Iterable[Unexamined], lang: str) -> Iterator[str]:
    """Say why rules were not examined: those that lack the same in one line."""
    reasons: dict[str, list[str]] = {}
    for each in unexamined:
        reasons.setdefault(each.reason(lang), []).append(each.code)
    for reason, codes in reasons.items():
        yield f"  {_WORDS[lang]['comma'].join(dict.fromkeys(codes))}  {reason}"
