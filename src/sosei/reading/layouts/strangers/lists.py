"""箇条書きの読み. One line that is one indicator: 「name：a → b」, 「Aを0%（H22）から100%（H24）に増加させる」, 「name 12人（目標：10人）」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import FoundYear, find_years
from sosei.core.report import Value
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.drafts import IndicatorDraft
from sosei.reading.layouts.strangers.headings import FIGURES, understand
from sosei.reading.layouts.strangers.names import indicator_name, numbered, said, with_unit
from sosei.reading.layouts.strangers.values import read_cell, year_in

_ARROW: Final = re.compile(r"\s*(?:→|⇒|➡|⟶|⇨|->|=>)\s*")
_COLON: Final = re.compile(r"\s*[:：]\s*")
_SENTENCE: Final = re.compile(
    r"(?P<name>[^。]+?)(?:について|)[をがは]、?\s*(?P<a>[^、。]+?)から、?\s*(?P<b>[^、。]+?)(?:に|へ|まで)(?:と|、)?\s*"
    r"(?:増加|減少|向上|改善|拡大|縮小|上昇|低下|低減|引き?上げ|引き?下げ|削減|短縮|延伸|高め|回復|拡充|軽減|する|増や|減ら)"
)
_FROM_TO: Final = re.compile(
    r"(?P<name>[^：:。、]{2,40})(?:[：:][\s　]*|(?P<joint>[がはを])、?)(?P<a>[^、。：:]{1,24}?)から(?P<b>[^、。：:]{1,24}?)(?:へと?|に)(?:増加|減少|上昇|低下|改善|拡大|向上)?"
)
_LABEL: Final = re.compile(
    r"(?P<head>(?:(?:令和|平成|[RHＲＨ])[\s　]*[\d０-９元]{1,2}(?:年度?)?末?の?)?(?:(?:今年度|当初|最終|中間|長期的?|年度)?(?:基準|現状|目標|実績|計画|達成|最新|直近|従前|当初|策定時|見込)(?:の?(?:数値|値|率|度))|達成率|進捗率|(?:対)?前年度?比|前年度?(?:実績|数値|値)?(?!比)|対前年度?|前回比|増減[率数]?|目標|実績|基準|現状|累計))"
    r"\s*(?P<paren>[（(][^（()）]*[)）])?\s*(?P<sep>[:：=＝・は】］〉]?)\s*"
)
#: No figure yet behind a name: 「創業支援件数　－（H26）」.
_NONE_YET: Final = re.compile(
    r"[\s　](?P<mark>[-‐‑–—―－−─]|なし|未実施|未設置|未策定)[\s　]*(?:[（(][^（()）]*[)）])?$"
)
#: What stands before a figure and is no end of its name: 「新規就農者数　年間5人」.
_LED: Final = re.compile(
    r"[\s　](?P<lead>(?:年間|年平均|平均|毎年|累計|累積|延べ|約|月|計)[\s　]?)$"
)
#: Words that make 目標1 or 指標2 a heading and no label.
_WHOLE: Final = re.compile(r"(?:基本|数値|重点|政策|戦略|個別|行動|施策|到達|総合)$")
_TRIM: Final = " 　\t、，,。／/;；・:：=＝…@＠【】〈〉［］→⇒➡"
_BRACKET: Final = re.compile(r"[（(](?P<inner>[^（()）]*)[)）]")
_PENDING: Final = re.compile(
    r"[\s　:：]*(?P<gap>集計中|未集計|未公表|未発表|公表前|未確定|未定|検討中|調査中|確認中|精査中|算定中|測定不能)$"
)
_DONE: Final = re.compile(r"した|しました|し、|しており|しています|している")
#: A mark behind a figure: 【未達成】, ［◎］.
_JUDGED: Final = re.compile(
    r"[\s　]*[【［\[（(](?P<rating>(?:概ね|おおむね|一部)?(?:未?達成|達成済み?|達成見込み?|順調|遅れ)|[◎○△×ＳＡＢＣＤSABCD])[】］\])）]?$"
)
_SPAN: Final = re.compile(r"\d{1,2}[カヵヶケか]?年間?で\s*")
#: What follows the name of what a sentence is about.
_TOPIC: Final = re.compile(r"(?:について|に関して|につきまして)?(?:は|が)$")
_VALUE_ROLES: Final = frozenset(
    {"baseline", "current", "target", "actual", "cumulative", "rate", "forecast"}
)


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A stretch of a line behind a word such as 目標値."""

    role: str
    words: Words
    years: tuple[FoundYear, ...]
    start: int
    stretch: tuple[FoundYear, ...] = ()
    shift: int | None = None


def indicator_of(words: Words, near: int | None) -> IndicatorDraft | None:
    """Return the indicator that one line is, or None."""
    labels = {part.role for part in _parts(words, near)}
    return (
        (_labelled(words, near) if len(labels & {"baseline", "target", "actual"}) > 1 else None)
        or _arrow(words, near)
        or _sentence(words, near)
        or _labelled(words, near)
        or _turned(words, near)
    )


def roles_of_steps(header: str) -> list[str]:
    """Return the roles that a header gives the steps of its cells, 「KPI（基準値→目標値→実績値）」; none where it gives no such.

    >>> roles_of_steps("KPI（現状値→目標値→実績値）")
    ['baseline', 'target', 'actual']
    """
    inner = next((b["inner"] for b in _BRACKET.finditer(header) if _ARROW.search(b["inner"])), "")
    roles = [understand(side).role or "" for side in _ARROW.split(inner)]
    roles = ["baseline" if role == "current" else role for role in roles]
    return roles if set(roles) <= {"baseline", "target", "actual"} and len(roles) > 1 else []


def stepped(words: Words, roles: Sequence[str], near: int | None) -> IndicatorDraft | None:
    """Read 「name：a→b→c」 where a header says what each step is; None where the steps are others in number."""
    first, *rest = words.split(_ARROW)
    named = _name_and_value(first, near)
    if named is None or len(rest) + 1 != len(roles):
        return None
    name = indicator_name(named[0])
    draft = IndicatorDraft(name=name.said, number=name.number, unit=name.unit, place=words.places)
    for role, side in zip(roles, (named[1], *rest), strict=True):
        _add(draft, role, side, near)
    return draft


#: A target over several years, and nothing else behind a name: 「新規就業者数　5年間で300人」.
_OVER_YEARS: Final = re.compile(
    r"[・○●◎\s　]*(?P<name>[^、。：:→\d０-９〈〉《》【】〔〕［］<>＜＞]{2,40})[\s　：:]+(?:[\d０-９一二三四五]{1,2}[カヵヶケか]?年間?|計画期間中?|期間中)(?:で|に|の?累計で?)[\s　]*"
    r"(?P<value>[\d０-９][^、。（(\s　]*?(?:以上|以下)?)[\s　]*"
)


def over_years(words: Words) -> IndicatorDraft | None:
    """Return the indicator of a line that says what is to be reached over the years of a plan; None for any other."""
    found = _OVER_YEARS.fullmatch(words.text)
    value = read_cell(words.group(found, "value")).value if found else None
    name = indicator_name(words.group(found, "name").strip(_TRIM)) if found else None
    if name is None or name.said is None or value is None or value.number is None:
        return None
    draft = IndicatorDraft(name=name.said, number=name.number, unit=name.unit, place=words.places)
    draft.add("target", value)
    return draft


def name_and_target(words: Words, year: int | None) -> IndicatorDraft | None:
    """Return a name with its target behind it, where a header says so: 「移住者数　年間30人」, 「空き家活用　5年間で15軒」."""
    figures = find_figures(words.text)
    if not figures or figures[-1].end != len(words.text.rstrip()):
        return None
    front = words[: figures[-1].start].text
    gap = max(
        front.rfind(" "), front.rfind("　"), front.rfind("："), front.rfind(":"), front.rfind("\n")
    )
    at = gap + 1 if gap > 0 else figures[-1].start
    name = indicator_name(words[:at].strip(_TRIM))
    value = read_cell(words[at:].strip()).value
    if name.said is None or value.number is None:
        return None
    draft = IndicatorDraft(name=name.said, number=name.number, unit=name.unit, place=words.places)
    draft.add("target", value, year=year)
    return draft


#: A goal put as a sentence: 「体験観光の参加者数を年間8,000人にする」, 「新規就農者を5年間で5人確保する」.
_GOAL: Final = re.compile(
    r"(?P<name>[^。、]{2,40}?)(?:を|が)[、\s　]*(?P<span>(?:年間|毎年|[\d０-９一二三四五]{1,2}[カヵヶケか]?年間?で?)?)(?P<value>[\d０-９][^。、]*?(?:以上|以下)?)"
    r"(?:にする|とする|に?(?:増やす|減らす|抑える|高める|引き上げる|伸ばす)|へ?(?:増加|減少|向上|拡大|縮小)(?:させる|する)|を?(?:確保|達成|創出|実現|誘致)する|を?目指す)"
)


def goal_of(words: Words) -> IndicatorDraft | None:
    """Return the indicator of a goal put as a sentence, with its target."""
    number, rest = numbered(words)
    found = _GOAL.fullmatch(rest.text.strip(" 　。"))
    if found is None:
        return None
    rest = rest.strip(" 　。")
    value = read_cell(rest.group(found, "value")).value
    name = indicator_name(rest.group(found, "name"))
    dated = name.said is None or bool(find_figures(name.said.text) or find_years(name.said.text))
    if value.number is None or dated:
        return None
    draft = IndicatorDraft(
        name=name.said, number=number or name.number, unit=name.unit, place=words.places
    )
    draft.add("target", value)
    return draft


def _dated(words: Words, near: int | None) -> tuple[Words, int | None]:
    """Split the year from a figure: 「5.5‰（平成25年）」, 「0%（H22）」, 「H26：10人」."""
    bracket = _BRACKET.search(words.text)
    inside = year_in(bracket["inner"], near) if bracket else None
    if bracket and inside is not None:
        whole = words[: bracket.start()], words[bracket.end() :]
        return next((side for side in whole if side.strip(_TRIM)), words), inside
    found = find_years(words.text, near=near)
    if len(found) != 1:
        return words, None
    year = found[0]
    before, after = words[: year.start], words[year.end :]
    rest = before if before.strip(_TRIM + ":：末") else after
    other = after if rest is before else before
    if re.sub(r"[（()）年度末時点現在\s:：、]", "", other.text):
        return words, year.fiscal_year
    return rest.strip(" 　（(:：、"), year.fiscal_year


def _add(draft: IndicatorDraft, role: str, words: Words, near: int | None) -> Value:
    """Add one side of an arrow or sentence."""
    plain, year = _dated(words, near)
    reading = read_cell(plain, draft.unit)
    draft.add(role, reading.value, year=year)
    return reading.value


def _arrow(words: Words, near: int | None) -> IndicatorDraft | None:
    """Read 「name：baseline → target」."""
    sides = words.split(_ARROW)
    if len(sides) != 2 or not all(sides):
        return None
    named = _name_and_value(sides[0], near)
    if named is None:
        return None
    name, first = named
    if understand(name.text).role in FIGURES:
        return None
    found = indicator_name(name)
    draft = IndicatorDraft(
        name=found.said, number=found.number, unit=found.unit, place=words.places
    )
    values = [_add(draft, "baseline", first, near), _add(draft, "target", sides[1], near)]
    return draft if all(value.text is None or len(value.text) <= 12 for value in values) else None


def _name_and_value(words: Words, near: int | None) -> tuple[Words, Words] | None:
    """Split 「name：value」 at its last colon; without one, before the last figure."""
    colons = list(_COLON.finditer(words.text))
    if colons:
        return words[: colons[-1].start()], words[colons[-1].end() :]
    none = _NONE_YET.search(words.text)
    if none:
        return words[: none.start()].strip(_TRIM), words[none.start("mark") :]
    figures = find_figures(words.text)
    if not figures or figures[-1].start == 0:
        return None
    del near
    led = _LED.search(words.text, 0, figures[-1].start)
    start = led.start("lead") if led else figures[-1].start
    return words[:start].strip(" 　、（("), words[start:]


def _sentence(words: Words, near: int | None) -> IndicatorDraft | None:
    """Read 「Aを0%（H22）から100%（H24）に増加させる」."""
    number, rest = numbered(words)
    found = _SENTENCE.match(rest.text)
    if not found:
        return None
    first, second = rest.group(found, "a"), rest.group(found, "b")
    draft = IndicatorDraft(
        name=said(rest.group(found, "name").strip("「」『』 ")), number=number, place=words.places
    )
    figures = [_dated(side, near)[0] for side in (first, second)]
    if not all(find_figures(side.text) for side in figures):
        return None
    _add(draft, "baseline", first, near)
    done = _DONE.match(rest.text, found.end())
    _add(draft, "actual" if done else "target", second, near)
    return draft


def _turned(words: Words, near: int | None) -> IndicatorDraft | None:
    """Read 「寄附額：6万円から59億円へ」: a base, and what it became (whether aimed at or reached, the document says)."""
    found = _FROM_TO.fullmatch(words.text.strip("。 　"))
    if found is None:
        return None
    words = words.strip("。 　")
    name = indicator_name(words.group(found, "name"))
    draft = IndicatorDraft(name=name.said, number=name.number, unit=name.unit, place=words.places)
    sides = [words.group(found, side) for side in ("a", "b")]
    if name.said is None or not all(find_figures(_dated(side, near)[0].text) for side in sides):
        return None
    _add(draft, "baseline", sides[0], near)
    _add(draft, "target" if found["joint"] == "を" else "became", sides[1], near)
    return draft


def _labelled(words: Words, near: int | None) -> IndicatorDraft | None:
    """Read 「name 目標値：10人、実績値：12人」 and 「name 12人（目標：10人、達成率120%）」."""
    parts = list(_parts(words, near))
    if not parts or parts[0].start == 0:
        return _listed_years(words, near)
    if (series := _series(words[: parts[0].start], near)) is not None:
        for part in parts:
            _take(series, part)
        return series
    name, first = _front(words[: parts[0].start])
    if not name or len(name) > 60 or "。" in name.text or _COUNTER.fullmatch(name.text):
        return None
    found = indicator_name(name)
    plain, unit = with_unit(name) if found.unit else (name, None)
    del plain
    draft = IndicatorDraft(
        name=found.said, number=found.number, unit=found.unit or unit, place=words.places
    )
    if first and not any(part.role == "actual" and part.shift is None for part in parts):
        _add(draft, "actual", first, near)
    for part in parts:
        if not _take(draft, part):
            return None
    return draft if draft.numbered or any(f.value and f.value.gap for f in draft.facts) else None


#: What only counts the lines below a name: ア 基準値, イ 目標値.
_COUNTER: Final = re.compile(r"[\s　（(]*[ア-コa-dａ-ｄ][)）.．]?[\s　]*")


def _listed_years(words: Words, near: int | None) -> IndicatorDraft | None:
    """Read 「name　R2：18人　R3：25人　R4：31人」: what the years hold, the document says."""
    draft = _series(words, near)
    for fact in draft.facts if draft is not None else []:
        fact.role = "became"
    return draft


def _series(words: Words, near: int | None) -> IndicatorDraft | None:
    """Return an indicator whose name is followed by years, each with one figure; results where a target stands beside."""
    years = [year for year in find_years(words.text, near=near) if year.kind == "fiscal"]
    if len(years) < 2 or years[0].start < 2:
        return None
    name = indicator_name(_neat(words[: years[0].start].strip(_TRIM + "（(")))
    draft = IndicatorDraft(name=name.said, number=name.number, unit=name.unit, place=words.places)
    rest = words[years[0].start :]
    part = _Labelled("actual", rest, (), 0, tuple(find_years(rest.text, near=near)))
    plain = (
        name.said is not None
        and len(name.said.text) <= 40
        and "。" not in name.said.text
        and understand(name.said.text).role is None
    )
    return draft if plain and _take_series(draft, part) else None


def read_labelled(words: Words, draft: IndicatorDraft, near: int | None) -> bool:
    """Add the figures of a line 「基準値：12品　目標値：25品」 to an indicator; False where fewer than two are labelled."""
    parts = list(_parts(words, near))
    if len(parts) < 2 or parts[0].start > 4:
        return False
    for part in parts:
        _take(draft, part)
    return True


def begins_labelled(words: Words, near: int | None) -> bool:
    """Tell whether a line begins with a labelled figure and goes on with more: 「現状値（R2）240人　目標値（R4）380人」."""
    parts = list(_parts(words, near))
    before = words.text[: parts[0].start].strip(" 　（(・○") if parts else ""
    return len(parts) > 1 and not before


def _neat(words: Words) -> Words:
    """Return words without separators at their ends, nor a bracket that is left open."""
    words = words.strip(_TRIM)
    text = words.text
    left = sum(text.count(sign) for sign in "（(") - sum(text.count(sign) for sign in "）)")
    end = len(text)
    while left > 0 and text[end - 1] in "（(":
        left -= 1
        end = len(text[: end - 1].rstrip(_TRIM))
    words = words[:end].strip(_TRIM) if end < len(text) else words
    if words.text.endswith(("）", ")")) and not re.search(r"[（(]", words.text):
        words = words[:-1].strip(_TRIM)
    return words


def _front(words: Words) -> tuple[Words, Words]:
    """Split what stands before the first label into the name and a figure (the actual), if there is one."""
    words = _neat(words)
    topic = _TOPIC.search(words.text)
    words = _neat(words[: topic.start()]) if topic and topic.start() > 1 else words
    pending = _PENDING.search(words.text)
    if pending and pending.start() > 0:
        return _neat(words[: pending.start()]), words.group(pending, "gap")
    figures = find_figures(words.text)
    if (
        figures
        and figures[-1].figure.unit
        and len(words) - figures[-1].end <= 1
        and figures[-1].start > 0
    ):
        at = figures[-1].start
        name = _neat(words[:at])
        topic = _TOPIC.search(name.text)
        return _neat(name[: topic.start()]) if topic and topic.start() > 1 else name, words[at:]
    return words, Words()


def _parts(words: Words, near: int | None) -> Iterator[_Labelled]:
    """Return the stretches behind each word that labels a figure."""
    found = [m for m in _LABEL.finditer(words.text) if _labels(words.text, m)]
    dated = find_years(words.text, near=near) if found else []
    leads = [_lead(words.text, label.start(), dated) for label in found]
    starts = [m.start() if y is None else y.start for m, y in zip(found, leads, strict=True)]
    for at, label in enumerate(found):
        end = starts[at + 1] if at + 1 < len(found) else len(words)
        last = "前年" in label["head"] and not label["head"].endswith("比")
        role = "actual" if last else understand(label["head"]).role
        stretch = words[label.end() : end]
        said = f"{label['head']}{label['paren'] or ''}"
        years = [*find_years(said, near=near), *find_years(stretch.text, near=near)]
        lead = leads[at]
        years = [lead] if lead is not None and not years else years
        if role in _VALUE_ROLES:
            yield _Labelled(
                "baseline" if role == "current" else role,
                _neat(stretch),
                tuple(years),
                starts[at],
                tuple(find_years(_neat(stretch).text, near=near)),
                -1 if last else None,
            )


def _lead(text: str, start: int, years: list[FoundYear]) -> FoundYear | None:
    """Return the year right before a label: 「令和4年度実績 182万人」."""
    before = (
        y
        for y in years
        if y.end <= start and re.fullmatch("末?(?:時点|まで)?の?", text[y.end : start])
    )
    return next(before, None)


#: A number without a unit, its date in brackets: 基準値　10（令和元年度）.
_BARE: Final = re.compile(r"[\d０-９][\d０-９,，.．]*[\s　]*[（(][^（()）]*年[^（()）]*[)）]")


def _labels(text: str, found: re.Match[str]) -> bool:
    """Tell whether a word labels what follows it: a separator or a figure, not 目標を達成."""
    rest = text[found.end() : found.end() + 24]
    if _WHOLE.search(text[max(0, found.start() - 8) : found.start()]):
        return False
    figures = find_figures(rest)
    glued = (
        bool(figures) and not found["sep"] and figures[0].start == 0 and not figures[0].figure.unit
    )
    glued = glued and not text[found.end() - 1].isspace()
    near = bool(figures) and figures[0].start <= 1 and not glued
    near = near or (text[found.end() - 1].isspace() and bool(_BARE.match(rest)))
    return (
        near
        or (found["sep"] in {":", "：", "】", "］", "〉"} and bool(rest.strip()))
        or bool(
            re.match(
                r"\s*(?:集計中|未集計|未定|未公表|未発表|公表前|未確定|調査中|確認中|精査中)", rest
            )
        )
    )


def _take(draft: IndicatorDraft, part: _Labelled) -> bool:
    """Add a labelled stretch; False where it is no figure, gap or short word."""
    text = part.words
    if part.role == "rate":
        rate = text.said()
        if rate is not None:
            draft.add("rate", said=rate)
        return True
    if len(part.years) > 1 and _take_series(draft, part):
        return True
    plain, year = _dated(text, None) if part.years else (text, None)
    del year
    judged = _JUDGED.search(plain.text)
    if judged and judged.start() > 0:
        draft.rating = draft.rating or plain.group(judged, "rating").said()
        plain = plain[: judged.start()].strip(_TRIM)
    span = _SPAN.match(plain.text)
    plain = plain[span.end() :] if span else plain
    value = read_cell(_neat(plain), draft.unit).value
    if value.text is not None and len(value.text) > 12:
        return False
    year = part.years[0].fiscal_year if len(part.years) == 1 else None
    shift = part.shift if year is None else None
    draft.add(part.role, value, year=year, shift=shift)
    return True


def _take_series(draft: IndicatorDraft, part: _Labelled) -> bool:
    """Add one figure a year: 「平成27年度18人、平成28年度25人」; False unless each year is followed by exactly one."""
    text, years = part.words, part.stretch
    ends = [*(year.start for year in years[1:]), len(text)]
    pieces = [
        text[year.end : end].strip(_TRIM + "度末はが")
        for year, end in zip(years, ends, strict=True)
    ]
    found = [find_figures(piece.text) for piece in pieces]
    if not years or not all(len(figures) == 1 and figures[0].start <= 1 for figures in found):
        return False
    for year, piece, figures in zip(years, pieces, found, strict=True):
        value = read_cell(piece[figures[0].start : figures[0].end], draft.unit).value
        draft.add(part.role, value, year=year.fiscal_year)
    return True
