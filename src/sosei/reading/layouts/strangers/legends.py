"""凡例. A legend says once what the figures of every line are: 「［H30 基準値］→［R6 目標値］★R4 実績値」, then 「空き店舗率 24.6％→18.0％★22.9％」."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.gaps import read_gap
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.drafts import IndicatorDraft
from sosei.reading.layouts.strangers.headings import FIGURES, Heading, understand
from sosei.reading.layouts.strangers.names import indicator_name
from sosei.reading.layouts.strangers.values import read_cell

_SIGNS: Final = "→⇒➡⇨★☆◎●◇◆／/【《"
_CLOSERS: Final = " 　\t］[［]〔〕】》（）()"
_PIECE: Final = re.compile(rf"[^{_SIGNS}】》］［\[\]〔〕]+")
_CALLED: Final = re.compile(r"[\s　※（(【]*凡例[）)】]?[\s　:：]*")
_GAP: Final = re.compile(r"[\s　]+|[:：]")
#: What stands before the first word of a legend: 「ＫＰＩの状況（基準値→目標値→実績値）」.
_BEFORE: Final = re.compile(r"[\s　]+|[:：（(]")
#: A legend says no more than this.
_LONGEST: Final = 90


@dataclass(frozen=True, slots=True)
class Legend:
    """What each figure of a line is, and the sign that stands before each but the first (`led`: before the first too)."""

    meant: tuple[Heading, ...]
    signs: tuple[str, ...]
    led: bool = False


def legend_of(words: Words, near: int | None) -> Legend | None:
    """Return the legend that a line is; None where it holds figures, or nothing tells them apart."""
    text = words.text
    if (counted := _counted(text, near)) is not None:
        return counted
    if len(text) > _LONGEST or not any(sign in text for sign in _SIGNS):
        return None
    called = _CALLED.match(text)
    found = list(_pieces(text, called.end() if called else 0, near))
    signs = [text[end:start].strip(_CLOSERS) for (_, _, end), (_, start, _) in pairwise(found)]
    roles = [meant.role for meant, _, _ in found]
    whole = (
        len(found) > 1 and all(len(sign) == 1 for sign in signs) and len(set(roles)) == len(roles)
    )
    return Legend(tuple(meant for meant, _, _ in found), tuple(signs)) if whole else None


#: A legend whose words are counted, alone or in brackets behind a sentence: （①基準値②目標値③30年度実績）.
_COUNTED: Final = re.compile(
    r"(?P<sign>[①-⑥])\s*(?P<said>[^①-⑥（()）。、，,＝=]{1,14})[、，,\s　]*"
)
_RUN: Final = re.compile(r"(?:[①-⑥]\s*[^①-⑥（()）。＝=\d０-９]{0,3}[^①-⑥（()）。＝=]{1,12}){2,6}")
#: Circled numbers as an older code page garbles them: @ A B C.
_GARBLED: Final = str.maketrans("@＠ABCDEＡＢＣＤＥ", "①①②③④⑤⑥②③④⑤⑥")


def _counted(text: str, near: int | None) -> Legend | None:
    """Return the legend of counted words; None where one of them is no figure's."""
    run = _RUN.search(text) if "①" in text else None
    found = list(_COUNTED.finditer(run[0])) if run else []
    meant = tuple(understand(piece["said"].strip(), near=near) for piece in found)
    signs = tuple(piece["sign"] for piece in found)
    if len(found) < 2 or "".join(signs) != "①②③④⑤⑥"[: len(found)]:
        return None
    return (
        Legend(meant, signs, led=True) if all(m.role in FIGURES | {"rate"} for m in meant) else None
    )


def _told_counted(words: Words, legend: Legend) -> IndicatorDraft | None:
    """Return the indicator of a line 「▽市内宿泊者数＝①52万人②60万人③57万1300人」 under a counted legend."""
    joint = _JOINT.search(words.text)
    if joint is None:
        return None
    name = indicator_name(words[: joint.start()].strip(" 　・○●◇◆■□▽▼▲△"))
    rest = words[joint.end() - 1 :]
    text = rest.text.translate(_GARBLED) if rest.text[:1] in "@＠" else rest.text
    starts = [text.find(sign) for sign in legend.signs]
    if name.said is None or min(starts[:2]) < 0 or starts[0] != 0:
        return None
    starts = [at for at in starts if at >= 0]
    draft = IndicatorDraft(name=name.said, number=name.number, unit=name.unit, place=words.places)
    for meant, at, end in zip(legend.meant, starts, [*starts[1:], len(text)], strict=False):
        value = rest[at + 1 : end].strip(" 　、，,。")
        if meant.role == "rate":
            draft.add("rate", said=value.said(), year=meant.year)
        elif _is_value(value.text):
            reading = read_cell(value, draft.unit)
            draft.add(meant.role or "", reading.value, year=meant.year)
    return draft if draft.numbered else None


_JOINT: Final = re.compile(r"[\s　]*[＝=:：]?[\s　]*[①@＠]")


def _pieces(text: str, at: int, near: int | None) -> list[tuple[Heading, int, int]]:
    """Return the meanings of a legend with where each begins and ends; none where a piece means nothing."""
    out: list[tuple[Heading, int, int]] = []
    for found in _PIECE.finditer(text, at):
        said = found[0].strip(_CLOSERS)
        meant = understand(said, near=near)
        last = _BEFORE.split(said)[-1] if said else ""
        meant = meant if meant.role in FIGURES or out else understand(last, near=near)
        if meant.role in FIGURES:
            out.append((meant, found.start(), found.end()))
        elif said:
            return []
    return out


_SPAN: Final = re.compile(r"[\s　年度末]*[→⇒➡][\s　]*")


def span_of(words: Words, near: int | None) -> tuple[int, int] | None:
    """Return the two years that a line sets on both sides of an arrow, of all arrows below: ※平成26年度→平成31年度."""
    if not any(arrow in words.text for arrow in "→⇒➡"):
        return None
    found = find_years(words.text, near=near)
    pairs = [
        (a.fiscal_year, b.fiscal_year)
        for a, b in pairwise(found)
        if _SPAN.fullmatch(words.text[a.end : b.start])
    ]
    return pairs[0] if len(pairs) == 1 and len(found) < 4 else None


def told_by_legend(words: Words, legend: Legend) -> IndicatorDraft | None:
    """Return the indicator of a line under a legend; None where its signs do not stand there in order."""
    if legend.led:
        return _told_counted(words, legend)
    parts, rest = [], words
    for sign in legend.signs:
        at = rest.text.find(sign)
        if at < 0:
            break
        parts.append(rest[:at])
        rest = rest[at + 1 :]
    parts.append(rest)
    if len(parts) < 2:
        return None
    first = parts[0].text.rstrip()
    gap = max((found.end() for found in _GAP.finditer(first)), default=0)
    name = indicator_name(parts[0][:gap].strip(" 　・○●◇◆■□:："))
    values = [parts[0][gap:], *parts[1:]]
    if name.said is None or not all(_is_value(value.strip(_CLOSERS).text) for value in values[:2]):
        return None
    draft = IndicatorDraft(name=name.said, number=name.number, unit=name.unit, place=words.places)
    for meant, value in zip(legend.meant, values, strict=False):
        reading = read_cell(value.strip(" 　\t】》"), draft.unit)
        draft.add(meant.role or "", reading.value, year=meant.year)
    return draft


def _is_value(text: str) -> bool:
    return bool(find_figures(text)) or read_gap(text) is not None
