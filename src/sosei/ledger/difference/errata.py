"""正誤表. Two editions, and what the later one corrects: where, what it said, what it should say."""

from __future__ import annotations

from itertools import takewhile

from sosei.core.fields import Lang
from sosei.core.report import Report, Said
from sosei.ledger.difference.comparing import difference
from sosei.ledger.difference.model import Change, Erratum
from sosei.ledger.difference.sides import same_unit

_NOTHING: dict[Lang, str] = {"ja": "（記載なし）", "en": "(not stated)"}
_GONE: dict[Lang, str] = {"ja": "（削除）", "en": "(deleted)"}
#: Passages longer than this are quoted around what changed.
_LONG = 40
_AROUND = 10


def errata(before: Report, after: Report) -> tuple[Erratum, ...]:
    """Return the 正誤表 of two editions, in the order of the report.

    >>> errata(Report(title=Said(text="令和2年度報告")), Report(title=Said(text="令和3年度報告")))[0].right_ja
    '令和3年度報告'
    """
    found = difference(before, after, partial=False)
    return tuple(_erratum(c) for c in found.changes if c.kind != "unchanged" and _printed(c))


def _printed(change: Change) -> bool:
    """Tell whether a change is of something that a report says: what anyone may add is not.

    A unit of another scale (円, 千円) is none either: where its figures say otherwise, they are listed themselves.
    """
    if change.field == "Indicator.unit" and change.kind == "changed":
        return not same_unit(change.before, change.after)
    return not change.field.endswith(".ext")


def _erratum(change: Change) -> Erratum:
    wrong_ja, right_ja = _both(change, "ja")
    wrong_en, right_en = _both(change, "en")
    return Erratum(
        id=change.id,
        where_ja=change.subject_ja,
        wrong_ja=wrong_ja,
        right_ja=right_ja,
        where_en=change.subject_en,
        wrong_en=wrong_en,
        right_en=right_en,
    )


def _both(change: Change, lang: Lang) -> tuple[str, str]:
    """Return what it said and what it should say."""
    wrong = change.before_ja if lang == "ja" else change.before_en
    right = change.after_ja if lang == "ja" else change.after_en
    if change.kind == "added":
        return _NOTHING[lang], right
    if change.kind == "removed":
        return wrong, _GONE[lang]
    if isinstance(change.before, Said) and max(len(wrong), len(right)) > _LONG:
        return excerpts(wrong, right)
    return wrong, right


def excerpts(wrong: str, right: str) -> tuple[str, str]:
    """Return two long passages cut to where they differ, with a few words around.

    >>> excerpts("市内の企業三十三社が参加し、販路の開拓に取り組み、海外の展示会に出展した。", "市内の企業三十五社が参加し、販路の開拓に取り組み、海外の展示会に出展した。")
    ('市内の企業三十三社が参加し、販路の開…', '市内の企業三十五社が参加し、販路の開…')
    """
    start = sum(1 for _ in takewhile(_equal, zip(wrong, right, strict=False)))
    rest = min(len(wrong), len(right)) - start
    tail = zip(reversed(wrong), reversed(right), strict=False)
    end = min(rest, sum(1 for _ in takewhile(_equal, tail)))
    return _cut(wrong, start, end), _cut(right, start, end)


def _equal(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _cut(text: str, start: int, end: int) -> str:
    """Return a text without what is the same at its start and end, but for a few words."""
    first, last = max(0, start - _AROUND), min(len(text), len(text) - end + _AROUND)
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
