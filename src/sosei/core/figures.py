"""数量. Figures as Japanese offices write them: signs △▲, full width, commas, 億 and 万, bounds, 延べ, 速報値.

Each text is a figure with everything it says, or is refused; nothing is guessed. Source: DOMAIN §6.6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from sosei.core.errors import UnreadableFigure
from sosei.core.fiscal import find_years
from sosei.core.gaps import Gap, read_gap
from sosei.core.report import DIGITS, CountKind, Op, Places, State, Value
from sosei.core.scales import BODY, digits_at
from sosei.core.swift import swift
from sosei.core.text import clean, narrow
from sosei.core.units import Unit, is_unit, unit_at, unit_of


@swift
@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """数量. One figure. `number` counts `unit` as written behind plain digits (635 万人); scales inside are expanded.

    `approx`: 約, 程度. `lead`: 累計, 年間 and the like. `second`: what follows in brackets, with digits of its own.
    `faults`: what is odd about the writing: "comma" (misplaced), "space" (inside the digits),
    "bracket" (the figure stands in brackets), "second" (another figure in brackets).
    """

    number: Decimal
    unit: str | None = None
    op: Op | None = None
    approx: bool = False
    count_kind: CountKind | None = None
    state: State | None = None
    lead: str | None = None
    second: str | None = None
    faults: tuple[str, ...] = ()
    raw: str = ""


@swift
@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure in running text; `start` and `end` are offsets in that text."""

    figure: Figure
    start: int
    end: int


_STATE: Final = r"(?:見込み?|予測|速報|暫定|確定|確報)(?:値|額|数)?"
_GROSS: Final = r"延べ(?:人数|数|人員)?|のべ|延"
_UNIQUE: Final = r"実人数|実数|実人員|実"
_LEAD: Final = re.compile(
    rf"""
    (?:[(]?(?P<state>{_STATE}|速|確)[)]?[ :]*)?
    (?:(?P<lead>累計|合計|総計|計|年間|毎年|各年)[ :]*)?
    (?:(?P<tilde>約|およそ|おおよそ|おおむね|概ね|凡そ|ほぼ)[ ]*)?
    (?:[(]?(?:(?P<gross>{_GROSS})|(?P<unique>{_UNIQUE}))[)]?[ :]*)?
    (?:(?P<about>約)[ ]*)?
    (?:(?P<op>[≧≥≦≤]|[<>]=?)[ ]*)?
    (?:(?P<money>¥|金)[ ]*)?
    (?P<sign>[-△▲](?=[ ]?[0-9¥ゼ])|マイナス|プラス[・/ ]?マイナス[・ ]?|[±+]|プラス)?[ ]*
    (?:¥[ ]*)?
    (?P<body>{BODY})""",
    re.VERBOSE,
)
_TRAIL: Final = re.compile(
    rf"""
    (?:[ ]*(?P<about>程度|前後|くらい|ぐらい|ほど|余り?|強|弱)(?=[ ()、。,]|以|$))?
    (?:[ ]*(?P<op>以上|以下|以内|未満|超(?=[ ()、。,]|$)|を(?:超える|超え|上回る|上回り|下回る|下回り)))?
    (?:[ ]*\((?:(?P<gross>{_GROSS})|(?P<unique>{_UNIQUE}))\))?
    (?:[ ]*(?:\((?P<state>{_STATE}|速|確)\)|(?P<state2>{_STATE})(?=[ ()、。,]|$)))?
    (?:[ ]*\(?(?:※|\*|注)[ ]?[0-9]{{0,2}}\)?(?=[ 、。,]|$))?
    """,
    re.VERBOSE,
)
_CLOSE: Final = re.compile("[ ]*(?:也|-)?[ ]*")
_SECOND: Final = re.compile(r"[ ]*(?P<second>\([^()]*[0-9][^()]*\))[ ]*")
_BRACKET_UNIT: Final = re.compile(r"[ ]?\((?P<unit>[^()0-9]{1,12})\)")
_STATES: Final[dict[str, State]] = {
    "見": "forecast", "予": "forecast", "速": "preliminary", "暫": "preliminary", "確": "final",
}  # fmt: skip
_OPS: Final[dict[str, Op]] = {
    "以上": ">=", "以下": "<=", "以内": "<=", "未満": "<", "超": ">", "を超える": ">", "を超え": ">",
    "を上回る": ">", "を上回り": ">", "を下回る": "<", "を下回り": "<",
    "≧": ">=", "≥": ">=", ">=": ">=", ">": ">", "≦": "<=", "≤": "<=", "<=": "<=", "<": "<",
}  # fmt: skip
_PLAIN: Final = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]+)?")
_QUICK: Final = re.compile("[0-9０-９〇一二三四五六七八九十百千]|ゼロ")


def may_hold_figures(text: str) -> bool:
    """Tell whether a text holds a digit or numeral at all: a quick look before a closer one."""
    return _QUICK.search(text) is not None


def read_figure(text: str) -> Figure:
    """Read a text that is one figure. Raises UnreadableFigure, also for dates, ratios (1/2), spans (3～5) and words.

    >>> read_figure("約1億2,345万円以上").number, read_figure("△９．５ 万人回").unit
    (Decimal('123450000'), '万人回')
    """
    figure = _read(text)
    if figure is None:
        raise UnreadableFigure(text=text)
    return figure


@lru_cache(maxsize=16384)
def _read(text: str) -> Figure | None:
    """Return the figure that a whole text is, or None."""
    if len(text) > 120 or not _QUICK.search(text):
        return None
    plain = narrow(text).strip()
    if _PLAIN.fullmatch(plain):
        number = Decimal(plain.replace(",", ""))
        return Figure(number=number, raw=text) if _fits(number) else None
    found = _whole(plain.lstrip("※ "), text)
    if found is None and plain[:1] == "(" and plain[-1:] == ")" and plain.count("(") == 1:
        found = _whole(plain[1:-1].strip(), text, ("bracket",))
    return found


def _whole(plain: str, raw: str, faults: tuple[str, ...] = ()) -> Figure | None:
    taken = _take(plain, 0, raw, faults)
    if taken is None or _DATED.match(plain) or _ODD.search(plain, 0, taken[1]) or is_unit(plain):
        return None
    figure, end, money = taken
    if money:
        end = _CLOSE.match(plain, end).end()  # type: ignore[union-attr]
    if end == len(plain):
        return figure
    second = _SECOND.fullmatch(plain, end)
    return _with_second(figure, second["second"]) if second else None


def _with_second(figure: Figure, second: str) -> Figure:
    return Figure(
        number=figure.number, unit=figure.unit, op=figure.op, approx=figure.approx,
        count_kind=figure.count_kind, state=figure.state, lead=figure.lead, second=second,
        faults=(*figure.faults, "second"), raw=figure.raw,
    )  # fmt: skip


def _fits(number: Decimal) -> bool:
    """Tell whether a spreadsheet's cell could hold a number (see `Value`)."""
    plain = number.normalize().as_tuple()
    exponent = int(plain.exponent)
    return max(len(plain.digits) + max(exponent, 0), -exponent) <= DIGITS


def _take(
    plain: str, at: int, raw: str, faults: tuple[str, ...] = ()
) -> tuple[Figure, int, bool] | None:
    """Return the figure that begins at an offset of narrowed text, its end, and whether ¥ or 金 stands before it."""
    lead = _LEAD.match(plain, at)
    if lead is None:
        return None
    number, end, odd = digits_at(plain, lead.start("body"))
    unit, end = _unit(plain, end)
    if not _fits(number) or "order" in odd:
        return None
    trail = _TRAIL.match(plain, end)
    assert trail is not None
    sign = lead["sign"] or ""
    negative = sign in {"-", "△", "▲", "マイナス"}
    money = lead["money"] is not None or "¥" in lead[0]
    figure = Figure(
        number=-number if negative else number,
        unit=unit or ("円" if money else None),
        op=_op(lead["op"] or trail["op"], negative=negative),
        approx=any((lead["tilde"], lead["about"], trail["about"])),
        count_kind=_counted(lead, trail),
        state=_STATES.get((lead["state"] or trail["state"] or trail["state2"] or " ")[0]),
        lead=lead["lead"],
        faults=(*faults, *odd),
        raw=raw or plain[at : trail.end()],
    )
    return figure, trail.end(), money


def _unit(plain: str, end: int) -> tuple[str | None, int]:
    """Return the unit behind the digits, with or without brackets, and where it ends."""
    found = unit_at(plain, end + (plain[end : end + 1] == " "))
    if found:
        return found[0].name, found[1]
    bracket = _BRACKET_UNIT.match(plain, end)
    unit: Unit | None = unit_of(bracket["unit"]) if bracket else None
    return (unit.name, bracket.end()) if unit and bracket else (None, end)


def _op(word: str | None, *, negative: bool) -> Op | None:
    """Return the bound. △10%以内 allows a loss of up to 10 %: at least -10."""
    if word == "以内" and negative:
        return ">="
    return _OPS[word] if word else None


def _counted(lead: re.Match[str], trail: re.Match[str]) -> CountKind | None:
    if lead["gross"] or trail["gross"]:
        return "gross"
    return "unique" if lead["unique"] or trail["unique"] else None


#: Texts that begin like a figure and are none: 4月1日, 10:30, 019-651-4111, 1/2, 2022年, 3年度, 5年目, H29.5.
_DATED: Final = re.compile(
    r"[0-9]{1,2}月(?!間)|[0-9]{1,2}:[0-9]{2}|[0-9]{2,5}-[0-9]{1,4}-[0-9]{3,4}|[0-9]{3}-[0-9]{4}(?![0-9])|[0-9]+ ?/ ?[0-9]|(?:19|20)[0-9]{2} ?年(?!間)"
    r"|[0-9元]+ ?年(?:度|目|[後前生代]|[0-9]{1,2}月)|[0-9]+ ?分の ?[0-9]*|[0-9]{1,4}(?:\.[0-9]{1,2}){2}|[0-9]{1,2}時(?!間)|[0-9]+ ?対 ?[0-9]"
)
_ODD: Final = re.compile(r"[0-9] [0-9]|[0-9]\.[0-9]+\.[0-9]|[0-9],[,.]|[0-9][e^][0-9+]")
_START: Final = re.compile(rf"(?:{BODY})")
_BEFORE: Final = re.compile(
    rf"(?:(?:約|およそ|おおむね|概ね|{_GROSS}|{_UNIQUE}|累計|[≧≥≦≤<>]=?|[-△▲+±¥](?<![0-9A-Za-z)]-)|マイナス|プラス)[ ]?)+$"
)
_NUMBERING: Final = re.compile(r"(?:^|(?<=[\s。]))(?:\([0-9]{1,2}\)|[0-9]{1,2}[.)](?![0-9]))")
_WORD: Final = re.compile(r"(?:^|[^A-Za-z])[A-Za-z]{2,}$")


def _find(text: str) -> tuple[FoundFigure, ...]:
    if _PLAIN.fullmatch(text):  # nearly every cell of a table of figures
        whole = _read(text)
        return (FoundFigure(whole, 0, len(text)),) if whole is not None else ()
    plain = narrow(text)
    apart = [(year.start, year.end) for year in find_years(text, near=2019)]
    apart += [m.span() for m in _NUMBERING.finditer(plain)]
    apart.sort(reverse=True)
    found: list[FoundFigure] = []
    at = 0
    while begin := _START.search(plain, at):
        start, at = begin.start(), _skipped(plain, begin.start(), apart)
        if at > start:
            continue
        at = digits_at(plain, start)[1]
        figure = _found_at(plain, start, found[-1].end if found else 0)
        if figure:
            at = max(at, figure.end)
            found.append(figure)
    return tuple(found)


#: Longer texts are not met twice.
_SHORT: Final = 400
_remembered: Final = lru_cache(maxsize=4096)(_find)


def _skipped(plain: str, start: int, apart: list[tuple[int, int]]) -> int:
    """Return where to go on when what begins here is part of something else, else `start`.

    `apart` holds what else there is, the next one last; what lies behind is taken off.
    """
    while apart and apart[-1][1] <= start:
        apart.pop()
    if apart and apart[-1][0] <= start:
        return apart[-1][1]
    before = plain[start - 1 : start]
    dated = _DATED.match(plain, start)
    if dated:
        return max(dated.end(), digits_at(plain, start)[1])
    glued = (
        before.isascii()
        and before.isalpha()
        and not _WORD.search(plain[max(0, start - 12) : start])
    )
    if glued or before in ("第", "№", ".", "月", "時") or plain[max(0, start - 3) : start] == "No.":
        return digits_at(plain, start)[1]
    return start


def _found_at(plain: str, start: int, least: int) -> FoundFigure | None:
    lead = _BEFORE.search(plain, max(least, start - 12), start)
    first = lead.start() if lead else start
    taken = _take(plain, first, "") or _take(plain, start, "")
    if taken is None:
        return None
    figure, end, _ = taken
    kanji = not plain[start].isascii() and plain[start] != "ゼ"
    after = plain[end : end + 1]
    word = plain[max(0, start - 1) : start]
    if after == "目" and not plain.startswith("目標", end):
        return None
    if (kanji and figure.unit is None) or (
        figure.unit is None and after.isascii() and after.isalpha()
    ):
        return None
    if word.isascii() and word.isalpha() and figure.unit is None:
        return None
    tail = plain[first:end]
    end -= len(tail) - len(tail.rstrip())
    return FoundFigure(figure, first, end)


def find_figures(text: str) -> list[FoundFigure]:
    """Return the figures in running text with their offsets: not years, dates, ①, list numbers, phone numbers, 1/2.

    >>> [f.figure.number for f in find_figures("R3は延べ1,234人（目標1,000人）")]
    [Decimal('1234'), Decimal('1000')]
    """
    if not _QUICK.search(text):
        return []
    return list(_remembered(text) if len(text) <= _SHORT else _find(text))


_AS_OF: Final = re.compile(r"\((?P<when>[^()]*(?:時点|現在|末日?))\)")
_EXPECTED: Final = re.compile(r"[(（](?P<when>[^()（）]*(?:予定|頃|見込み?|公表))[)）]\s*$")


def read_value(text: str, *, place: Places = (), unit: str | None = None) -> Value:
    """Read a whole cell: a number, a gap, or else words; never raises. `unit`: what the numbers are in already.

    The value's own `unit` is what the cell itself says, left out where it says no more than `unit`.

    >>> read_value("259,057 千円", unit="千円")
    Value(number=Decimal('259057'), gap=None, text=None, op=None, unit=None, state=None, as_of=None, expected=None, sure=None, raw='259,057 千円', place=())
    """
    raw = text.strip()
    gap = None if raw[:1].isdigit() else read_gap(text)
    if gap is not None:
        when = _EXPECTED.search(raw)
        return Value(
            gap=gap, raw=None if gap is Gap.BLANK else raw,
            expected=clean(when["when"]) if when else None, place=place,
        )  # fmt: skip
    figure = _read(raw)
    if figure is None:
        said = clean(text)
        return (
            Value(text=said, raw=raw if raw != said else None, place=place)
            if said
            else Value(gap=Gap.BLANK, place=place)
        )
    own = figure.unit if figure.unit and not _same(figure.unit, unit) else None
    when = _AS_OF.fullmatch(figure.second) if figure.second else None
    return Value(
        number=figure.number,
        unit=own,
        op=figure.op,
        state=figure.state,
        as_of=clean(when["when"]) if when else None,
        raw=None if raw == format(figure.number, "f") else raw,
        place=place,
    )


def is_figure_or_gap(text: str) -> bool | None:
    """Tell what `read_value` makes of a text, without making it: True for a number, False for a gap, None for words."""
    raw = text.strip()
    if not raw[:1].isdigit() and read_gap(text) is not None:
        return False
    return True if _read(raw) is not None else None


def _same(own: str, given: str | None) -> bool:
    if given is None:
        return False
    known = unit_of(given)
    return own == (known.name if known else narrow(given).strip())
