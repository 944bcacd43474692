"""見出しの階層. Lines between tables: what each is, and what it holds for.

Titles, headings that own what follows, headings that name the next table's indicator, labels with values, units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from sosei.core.money import SCALES
from sosei.core.text import fold, join_lines
from sosei.core.units import is_unit
from sosei.reading.grid import Line, Words
from sosei.reading.layouts.strangers.headings import understand
from sosei.reading.layouts.strangers.names import numbered
from sosei.reading.layouts.strangers.ticks import ticked
from sosei.reading.vocabulary import is_whole, key, role_of, words

Kind = Literal["heading", "naming", "structural", "label", "unit", "note", "text", "title"]

_NAMING: Final = re.compile(
    r"^\s*[■□●○◆◇▼・]?\s*(?:数値目標|重要業績評価指標|成果指標|活動指標|測定指標|評価指標|目標指標|指標|KPI|ＫＰＩ)\s*(?:[（(]KPI[)）])?\s*(?:その)?\s*[-－]?\s*"
    r"(?P<number>[①-⑳]|[（(][\d０-９]{1,2}[)）]|[\d０-９]{1,2}(?:[-－][\d０-９]+)?|[A-ZＡ-Ｚ](?![A-Za-z]))?(?:\s*[:：.．、）)]\s*|[\s　]+|(?<=[①-⑳])|$)(?P<name>.*)$"
)
_CIRCLED: Final = re.compile("[①-⑳]")
_LEVELS: Final[tuple[tuple[int, re.Pattern[str]], ...]] = (
    (
        1,
        re.compile(
            r"^\s*(?:第[\d０-９一二三四五六七八九十]+[章編部]|[Ⅰ-Ⅻ][\s　.．、]|[\d０-９]{1,2}\s*[章節])"
        ),
    ),
    (
        2,
        re.compile(
            r"^\s*(?:基本目標|重点目標|戦略目標|政策目標|基本方針|政策|重点戦略|プロジェクト)\s*[\d０-９①-⑳Ⅰ-ⅫA-Z一二三四五]"
        ),
    ),
    (
        3,
        re.compile(
            r"^\s*(?:第[\d０-９一二三四五六七八九十]+節|[■□●○◆◇▼▽・]?\s*(?:個別|基本|主要|具体的な?)?施策\s*[(（]?[\d０-９①-⑳]|[\d０-９]{1,2}[.．、](?!\d)|[\d０-９]{1,2}[\s　]+\S|[\d０-９]{1,2}[-－][\d０-９]{1,2}[\s　.．])"
        ),
    ),
    (4, re.compile(r"^\s*(?:[（(][\d０-９一二三四五六七八九十]{1,2}[)）]|[⑴-⒇])")),
    (5, re.compile(r"^\s*[①-⑳]")),
    (6, re.compile(r"^\s*[【〔［\[《<＜■□◆◇●▼▽☆★]")),
)
_UNIT_LINE: Final = re.compile(r"\s*[（(]?\s*単位\s*[:：]\s*(?P<unit>[^\s（()）:：]+)\s*[)）]?\s*")
_UNIT: Final = re.compile(r"^\s*[（(]?\s*単位\s*[:：]")
_NOTE: Final = re.compile(r"^\s*(?:※|＊|\*|[（(]?注[\d０-９]*[)）:：]|参考[)）])")
_LABEL: Final = re.compile(
    r"^\s*(?:[\d０-９]{1,2}(?:[.．、)）]\s*|[\s　]+)|[（(][\d０-９]{1,2}[)）]\s*|[①-⑳]\s*|[ア-コa-z][\s　.．)）]\s*|[■□●○◆◇・【]\s*)?(?P<label>[^:：\s　】]{1,24})(?:\s*[】]\s*|\s*[:：]\s*|[\s　]+)(?P<value>\S.*)$",
    re.DOTALL,
)
#: A label set over a width, 「所　管　　農業政策課」.
_SPREAD: Final = re.compile(
    r"^[\s　]*(?P<label>(?:[^\s　\d、。：:][ 　]{1,4}){1,4}[^\s　\d、。：:])(?:[ 　]+|[ 　]*[:：][ 　]*)(?P<value>\S.*)$"
)
_PREFIX: Final = re.compile(
    r"^\s*[【〔［\[](?:基本目標|重点目標|戦略目標|政策目標|基本方針|基本施策|施策|政策|重点戦略|事業|取組|プロジェクト)\s*(?:[\d０-９①-⑳Ⅰ-ⅫA-Z一二三四五]+(?:[-－‐][\d０-９①-⑳]+)*)[】〕］\]][\s　]*"
    r"|^\s*[■□●○◆◇▼▽・]?\s*(?:(?:基本目標|重点目標|戦略目標|政策目標|基本方針|(?:個別|基本|主要|具体的な?)?施策|政策|重点戦略)\s*(?:[\d０-９①-⑳Ⅰ-ⅫA-Z一二三四五]+(?:[-－‐][\d０-９①-⑳]+)*)?|第[\d０-９一二三四五六七八九十]+[章編部節]|[\d０-９]{1,2}\s*[章節]|[Ⅰ-Ⅻ]+(?:[-－‐][\d①-⑳]+)*)[\s　:：.．、]+"
)
#: A heading that says years alone names nothing: 平成27年度から平成29年度まで, 令和4年度実施事業.
_YEARS: Final = re.compile(
    r"(?:(?:令和|平成|昭和|[rhs])(?:\d{1,2}|元)|(?:19|20)\d\d)年?度?"
    r"(?:(?:から|より|まで|及び|[・、,~～〜\-]|と)*(?:令和|平成|昭和|[rhs])?(?:\d{1,4}|元)年度?)*(?:まで)?(?:の?実施)?(?:分|事業)?"
)
#: A heading longer than this is a sentence.
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line is. `level` orders headings; `words` its name without number; `label` and `words` of a label."""

    kind: Kind
    words: Words = field(default_factory=Words)
    number: str | None = None
    level: int = 0
    label: Words = field(default_factory=Words)


def mark(line: Line) -> Mark:
    """Return what a line between tables is."""
    text = line.text.strip()
    if _UNIT.match(text):
        return Mark("unit", line.words)
    if _NOTE.match(text):
        return Mark("note", line.words)
    if ticked(line.words) is not None:
        return Mark("text", line.words)
    naming = _NAMING.match(line.text) if "\n" not in text else None
    if (
        naming
        and (naming["number"] or naming["name"])
        and not _is_general(naming["name"])
        and not (naming["number"] is None and len(_CIRCLED.findall(naming["name"])) > 1)
        and len(text) <= _LONGEST
    ):
        return Mark("naming", line.words.group(naming, "name").strip(), naming["number"])
    labelled = _labelled(line)
    if labelled is not None:
        return labelled
    level = line.level + 10 if line.level else _level(text)
    if level and len(text) <= _LONGEST and not text.endswith("。"):
        return _heading(line, level)
    return Mark("text", line.words)


def unit_line(text: str) -> str | None:
    """Return the unit that a line sets for the figures below it, where it is none of money: （単位：％）.

    >>> unit_line("（単位：％）"), unit_line("（単位：千円）"), unit_line("（単位：人、％）")
    ('％', None, None)
    """
    found = _UNIT_LINE.fullmatch(join_lines(text))
    unit = found["unit"] if found else None
    return unit if unit and is_unit(unit) and unit not in SCALES else None


def _is_general(name: str) -> bool:
    """Tell whether what follows 指標 or KPI speaks of them in general: の設定と進行管理, について."""
    folded = key(name)
    return bool(folded) and (
        folded.startswith(("の", "を", "は", "に", "と", "及び", "等")) or is_structural(name)
    )


def is_structural(text: str) -> bool:
    """Tell whether a heading only says what stands below it, and is no name of anything."""
    folded = re.sub(r"^[\d.()①-⑳〔〕【】\[\]■□◆◇●《》<>]+|[【】〔〕\[\]《》<>]+", "", key(text))
    return (
        any(folded.endswith(word) for word in words("structural"))
        or is_whole(folded)
        or not folded
        or _YEARS.fullmatch(folded) is not None
    )


def _labelled(line: Line) -> Mark | None:
    """Return a line 「label：value」 or 「label　value」 whose label is a known wording."""
    spread = _SPREAD.match(line.text)
    if spread and line.level is None and role_of(spread["label"]) not in {None, "title", "skip"}:
        return Mark(
            "label",
            line.words.group(spread, "value").strip(),
            label=line.words.group(spread, "label"),
        )
    found = _LABEL.match(line.text)
    if not found or line.level is not None:
        return None
    label = line.words.group(found, "label")
    heading = understand(label.text)
    if heading.role == "skip" and heading.whole and "：" not in line.text:
        return Mark("text", line.words)
    if (
        not heading.role
        or not (heading.whole or role_of(label.text) or heading.role in {"money", "fund"})
        or heading.role in {"title", "skip"}
    ):
        return None
    spaced = not re.search(r"[:：】]", line.text[found.end("label") : found.start("value")])
    below = "\n" in line.text[found.end("label") : found.start("value")]
    whole = is_whole(label.text) or (below and role_of(label.text) is not None)
    if spaced and (not whole or len(fold(found["value"])) > 40):
        return None
    return Mark("label", line.words.group(found, "value").strip(), label=label)


def _level(text: str) -> int:
    """Return the level that a line's numbering gives it, 0 for none."""
    return next((level for level, pattern in _LEVELS if pattern.match(text)), 0)


def _heading(line: Line, level: int) -> Mark:
    """Return a heading with its number and its name apart."""
    text = line.words
    found = _PREFIX.match(text.text)
    number = None
    if found and found.end() < len(text):
        name = text[found.end() :]
        number = join_lines(found[0]).strip(" 　:：.．、【】〔〕［］[]")
    else:
        number, name = numbered(text)
    name = _unbracketed(name.strip(" 　■□◆◇●▼▽☆★"))
    called = _CALLED.match(name.text)
    name = name[called.end() :] if called else name
    kind: Kind = "structural" if is_structural(name.text) else "heading"
    return Mark(kind, name, number, level)


#: What a heading calls the name that follows: 「事業名：高齢者見守り事業」.
_CALLED: Final = re.compile(
    r"(?:(?:交付)?対象)?(?:事務)?(?:事業|プロジェクト|施策)(?:の?名称?)?(?:\s*[\d０-９①-⑳]{1,2})?[\s　]*[:：][\s　]*(?=\S)"
)


def _unbracketed(words: Words) -> Words:
    """Return a heading without the brackets around the whole of it; one behind a name stays: 「事業名【観光課】」."""
    found = _AROUND.fullmatch(words.text)
    if found:
        return words.group(found, "name").strip()
    left = words.text[:1] in _OPENS and not any(sign in words.text for sign in _CLOSES)
    right = words.text[-1:] in _CLOSES and not any(sign in words.text for sign in _OPENS)
    return words[left : len(words) - right].strip() if words else words


_OPENS: Final = "【〔［[《<＜"
_CLOSES: Final = "】〕］]》>＞"
_AROUND: Final = re.compile(
    rf"[{re.escape(_OPENS)}](?P<name>[^{re.escape(_OPENS + _CLOSES)}]+)[{re.escape(_CLOSES)}]"
)
