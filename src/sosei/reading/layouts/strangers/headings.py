"""見出し. What a header, label or row title says: a role, and with it a year, a unit, a qualifier.

「平成28年度目標値」「H30実績値（累計）」「目標（平成31年度）」 are one role with one year; the words left over qualify.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sosei.core.fiscal import FoundYear, find_years
from sosei.core.money import SCALES
from sosei.core.swift import swift
from sosei.core.text import fold, join_lines
from sosei.core.units import is_unit
from sosei.reading.layouts.strangers.paired import pair_of
from sosei.reading.vocabulary import LONGEST, is_whole, role_of, wording_of

_BRACKETS: Final = re.compile(
    r"[（(【〔\[［〈＜<]([^（()）【】〔〕\[\]［］〈〉＜＞<>]*)[）)】〕\]］〉＞>]"
)
_UNIT: Final = re.compile(r"単位\s*[:：]?\s*(?P<unit>[^\s:：、，,）)]+)")
_MARKS: Final = re.compile(
    r"[①-⑳⓪❶-❿ⒶⒷⒸ※*＊]+\d*|^[（(]?[\d０-９a-zA-ZＡ-Ｚ]{1,2}[.．)）、]\s*|^[\d０-９]{1,2}[\s　]+(?=\D)|[:：]\s*$"
)
#: A number behind a word for indicators: 指標1, KPI-2.
_COUNTED: Final = re.compile(
    r"(?:(?<=指標)|(?<=KPI)|(?<=ＫＰＩ))[\s　]*(?:その)?[\s　\-－]*[(（]?[\d０-９]{1,2}[)）]?$"
)
#: A header that names which of several indicators it is of: KPI1目標値, 指標2_単位.
_OF_ONE: Final = re.compile(
    r"(?P<head>(?:成果|活動|評価)?指標|KPI|ＫＰＩ|数値目標)[\s　]*(?:その)?[(（]?(?:[①-⑳]|[\d０-９]{1,2}(?![\d０-９]))[)）]?"
    r"[\s　_＿・:：.．\-－のノ]*(?P<rest>\D.*)",
    re.IGNORECASE | re.DOTALL,
)
_LETTERS: Final = re.compile(r"[A-Za-zＡ-Ｚ①-⑳]?[/／÷×\-－+＋=＝]?[A-Za-zＡ-Ｚ①-⑳]?")
_PARTS: Final = re.compile("[・／/]")
_SLASH: Final = re.compile(r"[/／]|及び|および")
_WESTERN: Final = re.compile(r"\D*((?:19|20)\d\d)\D*")
_STEP: Final = re.compile(r"初年度|初年|第?[\d０-９一二三四五]+年(?:目|次)|最終年度|中間年度")
_AROUND: Final = re.compile(
    r"^[\s・,，、/／の～〜]+|[\s・,，、/／～〜＋+×÷=＝]+$|^末(?=見込|現在|実績|時点)|^(?:末|分|度|時点|末時点)$"
)
_SHIFTS: Final = {"前々年度": -2, "前年度": -1, "昨年度": -1, "翌年度": 1, "次年度": 1, "来年度": 1}
_NO_YEARS: Final = re.compile(r"前年(?:度)?比|年度当初|目標(?:最終)?年度")
_QUALIFIED: Final = re.compile(r"中間|最終|長期|短期|将来|\d+[カヵヶケか]年")

#: What the names of indicators are headed by below a header that says indicator.
_NAMES: Final = frozenset(
    {"名称", "名", "項目", "項目名", "内容", "指標", "指標名", "目標項目", "指標の内容"}
)

#: Roles whose cells hold a figure of an indicator.
FIGURES: Final = frozenset(
    {
        "baseline",
        "current",
        "target",
        "actual",
        "forecast",
        "cumulative",
        "increment",
        "increase_total",
        "figure",
    }
)


@swift
@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """見出しの意味. `year` is a fiscal year; `shift` counts years from the report's own.

    `label`: the words that tell it from its like where they are no year (初年度, 長期的目標値); `also`: a second role,
    in brackets or above; `upper`: the words of the headers above; `whole`: the wording is known as it stands; `known`: the
    wording of the vocabulary that named the role; `bare`: it is a year and nothing else; `beside`: the year of the
    figures in brackets, 令和4年度実績（令和3年度実績）.
    """

    text: str = ""
    role: str | None = None
    year: int | None = None
    shift: int | None = None
    label: str | None = None
    as_of: str | None = None
    unit: str | None = None
    also: str | None = None
    upper: str = ""
    cumulative: bool = False
    increment: bool = False
    whole: bool = False
    known: str = ""
    bare: bool = False
    beside: int | None = None

    @property
    def says(self) -> bool:
        """Whether it means anything: a role, a year, a step, or nothing but a unit."""
        only_unit = self.unit is not None and len(self.text) <= len(self.unit) + 6
        return bool(self.role or self.dated or only_unit)

    @property
    def dated(self) -> bool:
        """Whether it names a time, as a year or as a step of a plan."""
        return self.year is not None or bool(self.label and self.role is None)

    def under(self, upper: Heading) -> Heading:
        """Return what it means below another header: its own role and year first, the upper one's where it has none."""
        role = _joined_role(upper, self)
        return dataclasses.replace(
            self,
            text=upper.text + self.text if upper.text != self.text else self.text,
            role=role,
            upper=upper.text,
            year=self.year if self.year is not None else upper.year,
            shift=self.shift if self.shift is not None else upper.shift,
            label=self.label or upper.label,
            as_of=self.as_of or upper.as_of,
            unit=self.unit or upper.unit,
            also=self.also or (upper.role if upper.role != role else upper.also),
            cumulative=self.cumulative or upper.cumulative,
            increment=self.increment or upper.increment,
            whole=self.whole or upper.whole,
            known=self.known if self.known and role == self.role else upper.known,
            beside=self.beside if self.beside is not None else upper.beside,
        )


def _joined_role(upper: Heading, lower: Heading) -> str | None:
    """Return the role of a header below another one."""
    if lower.role is None:
        return None if upper.role == "year" and lower.dated else upper.role
    if lower.role in {"cumulative", "figure", "current"} and upper.role in FIGURES:
        return upper.role
    if upper.role == "indicator" and fold(lower.text) in _NAMES:
        return "indicator"
    if lower.role in {"due", "year", "when"} and upper.role in FIGURES:
        return "due" if (upper.role, lower.role) == ("target", "due") else "when"
    if lower.role == "rating" and upper.role in {"expert_judgement", "grade"}:
        return upper.role
    if lower.role == "grade" and upper.role in {"expert_judgement", "expert_opinion"}:
        return "expert_judgement"
    return lower.role


def understand(text: str, *, near: int | None = None) -> Heading:
    """Return what a header's words mean; `near` is a year for spellings without an era (29年度)."""
    if NUMBER.fullmatch(text):
        return Heading(text=text)
    return _understood(text, near if near is None or _DATABLE.search(text) else None)


#: A number in a cell of its own: by far the most of a table's cells, and no header.
NUMBER: Final = re.compile(r"-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
#: Without one of these no text names a year.
_DATABLE: Final = re.compile(r"[\d元㋿㍻㍼令平昭]")


@lru_cache(maxsize=32768)
def _understood(text: str, near: int | None) -> Heading:
    flat = join_lines(text)
    pair = pair_of(text)
    if pair is not None and not is_whole(flat) and (two := _paired(pair, near)) is not None:
        return dataclasses.replace(two, text=flat)
    if not flat or len(flat) > 2 * LONGEST:
        return Heading(text=flat)
    if (one := _OF_ONE.fullmatch(flat)) is not None and not is_whole(flat):
        meant = _understood(one["rest"], near)
        if meant.says or fold(meant.text) in _NAMES:
            return dataclasses.replace(meant.under(_understood(one["head"], near)), text=flat)
    unit = _UNIT.search(flat)
    bare = _UNIT.sub("", flat) if unit else flat
    years = _years(bare, near)
    inside = [found[1] for found in _BRACKETS.finditer(bare)]
    core = _core(_without(bare, years))
    role, also, whole = _role(flat, bare, core, inside, years)
    units = (words for words in inside if _is_unit(words) and role_of(words) is None)
    bracketed = next(units, None) if role != "unit" else None
    aside = also == role if also else role in FIGURES and _year_beside(bare)
    bracketed_years = _bracketed_years(bare, years) if aside else []
    year = _year([found for found in years if found not in bracketed_years])
    if role == "indicator" and year is not None and core.endswith("目標"):
        role = "target"
    return Heading(
        text=flat,
        role="target" if role == "increment" else role if not (unit and role == "unit") else None,
        year=year.fiscal_year if year else _western(bare) if role in FIGURES else None,
        shift=_shift(core),
        label=_label(flat, core, role, year),
        as_of=bare[year.start : year.end] if year and year.kind in {"day", "month"} else None,
        unit=unit["unit"] if unit else bracketed,
        also=also,
        cumulative="累計" in flat or "累積" in flat,
        increment=role == "increment" or "増加分" in flat,
        whole=whole,
        known=_known(role, (flat, bare, core, *inside)),
        bare=year is not None and not core,
        beside=bracketed_years[-1].fiscal_year if bracketed_years else None,
    )


_BESIDE: Final = re.compile(
    r"年度\s*[（(][\s　]*(?:令和|平成|[RHＲＨ])?[\d０-９元]+年度[\s　]*[)）]"
)


def _year_beside(text: str) -> bool:
    """Tell whether a header names another year in brackets, of which the figures in brackets are: 令和4年度（令和3年度）."""
    found = _BESIDE.search(text)
    outer = find_years(text[: found.start() + 2]) if found else []
    inner = find_years(text[found.start() + 2 :]) if found else []
    return bool(outer and inner) and outer[-1].fiscal_year != inner[0].fiscal_year


def _western(text: str) -> int | None:
    """Return the one year of four digits that a header of figures has without any other digit: 目標値（2024）."""
    found = _WESTERN.fullmatch(fold(text))
    return int(found[1]) if found else None


def _paired(pair: tuple[str, str], near: int | None) -> Heading | None:
    """Return the meaning of a header of two figures, 目標値 over 実績値: the first's, with the second's role beside."""
    first, second = (_understood(words, near) for words in pair)
    both = {first.role, second.role}
    if len(both) < 2 or not both <= {"baseline", "target", "actual"}:
        return None
    year = first.year if first.year is not None else second.year
    return dataclasses.replace(first, also=second.role, year=year)


def _bracketed_years(text: str, years: list[FoundYear]) -> list[FoundYear]:
    """Return the years that stand in brackets, where others stand before them: the brackets hold figures of their own."""
    spans = [found.span() for found in _BRACKETS.finditer(text)]
    inside = [y for y in years if any(first < y.start < last for first, last in spans)]
    return inside if 0 < len(inside) < len(years) else []


def _known(role: str | None, candidates: tuple[str, ...]) -> str:
    """Return the wording of the vocabulary by which one of the candidates names a role."""
    found = (wording_of(text) for text in candidates if role is not None)
    return next((each[1] for each in found if each and each[0] == role), "")


def _years(text: str, near: int | None) -> list[FoundYear]:
    folded = fold(text)
    return (
        []
        if _NO_YEARS.search(folded) and not re.search(r"\d", folded)
        else find_years(text, near=near)
    )


def _is_unit(text: str) -> bool:
    return bool(text) and (text in SCALES or is_unit(text) or fold(text) in {"%", "円"})


def _without(text: str, years: list[FoundYear]) -> str:
    """Return a text without its years and brackets."""
    for found in sorted(years, key=lambda y: -y.start):
        text = text[: found.start] + text[found.end :]
    return _BRACKETS.sub("", text)


def _core(text: str) -> str:
    """Return what is left of a header once years, brackets, marks and joints are gone."""
    text = _COUNTED.sub("", _MARKS.sub("", text).strip())
    return _AROUND.sub("", _AROUND.sub("", text)).strip()


def _role(
    flat: str, bare: str, core: str, inside: list[str], years: list[FoundYear]
) -> tuple[str | None, str | None, bool]:
    """Return the role, a second role in brackets, and whether the wording is known as a whole."""
    marked = _MARKS.sub("", bare).strip()
    for candidate in (flat, bare, marked, core):
        if candidate and is_whole(candidate):
            role, within = role_of(candidate), _also(inside)
            return (within, None, True) if role == "figure" and within else (role, within, True)
    outside = role_of(core) if core else None
    if outside is None and not years:
        outside = role_of(marked)
    within = _also(inside)
    if outside is None and "→" in core and all(role_of(side.strip()) for side in core.split("→")):
        return "target", None, False
    if outside in {None, "when", "year", "figure"} and within and (not core or outside):
        return within, None, True
    if outside is None and (joined := _of_one_kind(core)) is not None:
        return joined, None, True
    sides = [role_of(side.strip()) for side in _SLASH.split(core)] if outside != "rate" else []
    if sides == ["indicator", "target"]:
        return "indicator", "target", True
    if len(sides) == 2 and None not in sides and sides[0] != sides[1] != "indicator":
        return sides[0], sides[1], is_whole(_SLASH.split(core)[0].strip())
    step = _STEP.search(core)
    if outside is None and step:
        outside = role_of(core.replace(step[0], ""))
    return outside, within, False


def _of_one_kind(core: str) -> str | None:
    """Return what the parts of a header are all of: 事業費・交付金, 数値目標・KPI; None where they differ."""
    roles = {role_of(side.strip()) for side in _PARTS.split(core)} if "・" in core else set()
    if roles and roles <= {"money", "fund"}:
        return "money"
    return "indicator" if roles == {"indicator"} else None


def _also(inside: list[str]) -> str | None:
    """Return the role that words in brackets name: 事業名【担当課】, 平成28年（現状値）."""
    roles = (
        role_of(_core(words))
        for words in inside
        if not _LETTERS.fullmatch(words) and not _is_unit(words)
    )
    return next((role for role in roles if role), None)


def _year(years: list[FoundYear]) -> FoundYear | None:
    """Return the year a header is of: the one said to be fiscal (2014年（平成25年度末）), the last of a span."""
    fiscal = [found for found in years if found.kind == "fiscal"]
    return (fiscal or years)[-1] if years else None


def _shift(core: str) -> int | None:
    return next((shift for word, shift in _SHIFTS.items() if core.startswith(word)), None)


def _label(flat: str, core: str, role: str | None, year: FoundYear | None) -> str | None:
    """Return the words that keep it apart: of a step always, of a role with a qualifier where no year does."""
    if _STEP.search(core) and year is None:
        return flat
    if year is not None:
        return flat if year.kind == "day" or role == "forecast" else None
    return flat if role in {"target", "actual", "forecast"} and _QUALIFIED.match(core) else None
