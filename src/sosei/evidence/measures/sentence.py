"""数え方の文. A measure as an official reads it, in Japanese or English; names of registers and columns are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from sosei.evidence.measures.model import (
    After,
    All,
    At,
    Compare,
    Condition,
    During,
    Either,
    Having,
    Is,
    Known,
    Literal_,
    Measure,
    Not,
    OneOf,
    Over,
    Path,
    Rounded,
    Since,
    Window,
)

Lang = Literal["ja", "en"]
#: What a register, or a column of one, is called: (register or "", column or "") → its name.
Names = Callable[[str, str], str]

_COMPARED: Final[Mapping[Lang, Mapping[Compare, str]]] = {
    "ja": {"=": "が{}", "!=": "が{}以外", "<": "が{}未満", "<=": "が{}以下", ">": "が{}超", ">=": "が{}以上"},
    "en": {"=": " is {}", "!=": " is not {}", "<": " is below {}", "<=": " is at most {}", ">": " is above {}", ">=": " is at least {}"},
}  # fmt: skip
_ROUNDED: Final[Mapping[Lang, Mapping[str, str]]] = {
    "ja": {"down": "切り捨て", "half-up": "四捨五入", "up": "切り上げ"},
    "en": {"down": "rounded down", "half-up": "rounded half up", "up": "rounded up"},
}


def sentence(measure: Measure, names: Names, lang: Lang = "ja") -> str:
    """Return a measure as one sentence.

    >>> from sosei.evidence.measures.parser import parse
    >>> known = {("members", ""): "会員名簿", ("members", "subject.maker"): "ものづくり企業"}
    >>> sentence(parse('count of members where subject.maker = yes at end unit "社"'), lambda r, c: known[r, c])
    '「会員名簿」のうち、ものづくり企業であるものの、年度末現在の数（社）。'
    """
    return (_Japanese(measure, names) if lang == "ja" else _English(measure, names)).said()


class _Japanese:
    def __init__(self, measure: Measure, names: Names) -> None:
        self.m, self.names = measure, names

    def said(self) -> str:
        whole = "と".join(f"「{self.names(r, '')}」" for r in self.m.registers)
        of = "、".join(self._which())
        kept = f"のうち、{of}ものの、" if of else "の、"
        grid = f"（{self._over(self.m.over)}）" if self.m.over else ""
        digits = f"、{self._rounded(self.m.rounded)}" if self.m.rounded else ""
        return f"{whole}{kept}{self._when(self.m.window)}{self._what()}（{self.m.unit}{digits}）{grid}。"

    def name(self, path: Path) -> str:
        return self.names(
            self.m.registers[0], f"subject.{path.name}" if path.of_subject else path.name
        )

    def _which(self) -> Iterator[str]:
        if self.m.where is not None:
            yield self.condition(self.m.where)
        if self.m.after is not None:
            yield self._after(self.m.after)

    def _what(self) -> str:
        subject = self.name(self.m.path) if self.m.path else ""
        who = f"、{'、かつ、'.join(map(self._least, self.m.having))}の" if self.m.having else ""
        return {
            "count": "数", "people": "延べ人数", "distinct": f"{who}{subject}の実数",
            "sum": f"{subject}の合計", "latest": f"最新の{subject}",
        }[self.m.operation]  # fmt: skip

    def _least(self, of: Having) -> str:
        what = "件数" if of.path is None else f"異なる{self.name(of.path)}の数"
        return what + _COMPARED["ja"][of.compare].format(of.number)

    def _when(self, window: Window) -> str:
        """Say when: 年度中の, or of cases 年度中に「決定」に至ったものの."""
        when, plain, reaching = self._time(window)
        if self.m.stage is None:
            return f"{when}{plain}"
        return f"{when}{reaching}「{self.m.stage}」に至ったものの"

    def _time(self, window: Window) -> tuple[str, str, str]:
        """Return the time, and how it goes on without and with a stage."""
        match window:
            case During("survey", shift):
                return _years("調査対象の年", shift), "の", "に"
            case During(year, shift):
                return _years("年度" if year == "fiscal" else "暦年", shift) + "中", "の", "に"
            case Since(day):
                return f"{_day(day) if day else '開始'}から年度末まで", "の", "に"
            case At(year, shift, None, None):
                word = _years("年度" if year == "fiscal" else "暦年", shift)
                return f"{word}末", "現在の", "までに"
            case At(_, shift, month, day):
                return f"{_years('年度', shift)}の{month}月{day}日", "現在の", "までに"
        raise AssertionError(window)

    def condition(self, of: Condition) -> str:
        match of:
            case Is(path, "=", bool(value)):
                return f"{self.name(path)}で{'ある' if value else 'ない'}"
            case Is(path, compare, value):
                return self.name(path) + _COMPARED["ja"][compare].format(_constant(value)) + "の"
            case OneOf(path, values):
                return f"{self.name(path)}が{'・'.join(map(_constant, values))}のいずれかの"
            case Known(path):
                return f"{self.name(path)}が書かれている"
            case Not(one):
                return f"「{self.condition(one)}もの」を除く"
            case All(several):
                return "、かつ、".join(map(self.condition, several))
            case Either(several):
                return "、または、".join(map(self.condition, several))

    def _after(self, of: After) -> str:
        stage = f"の「{of.stage}」" if of.stage is not None else ""
        within = f"{of.within}か月以内" if of.within is not None else ""
        return f"それより前{within}に「{self.names(of.register, '')}」{stage}の記録がある"

    def _over(self, of: Over) -> str:
        monthly = "の各月" if of.monthly else ""
        return f"{self.name(of.path)}{len(of.values)}か所{monthly}がすべてそろったとき"

    def _rounded(self, of: Rounded) -> str:
        where = {0: "整数に", 1: "小数第1位まで", 2: "小数第2位まで"}
        place = where.get(of.digits) or (
            f"小数第{of.digits}位まで" if of.digits > 0 else f"10の{-of.digits}乗の位まで"
        )
        return f"{place}{_ROUNDED['ja'][of.how]}"


class _English:
    def __init__(self, measure: Measure, names: Names) -> None:
        self.m, self.names = measure, names

    def said(self) -> str:
        whole = " and ".join(f"“{self.names(r, '')}”" for r in self.m.registers)
        which = "".join(f", {one}" for one in self._which())
        digits = (
            f", {_ROUNDED['en'][self.m.rounded.how]} to {self.m.rounded.digits} digits"
            if self.m.rounded
            else ""
        )
        grid = (
            f"; only where all {len(self.m.over.values)} of {self.name(self.m.over.path)} are there"
            if self.m.over
            else ""
        )
        monthly = ", month by month" if self.m.over and self.m.over.monthly else ""
        return f"{self._what()} of {whole}{which}, {self._when(self.m.window)} ({self.m.unit}{digits}){grid}{monthly}."

    def name(self, path: Path) -> str:
        return self.names(
            self.m.registers[0], f"subject.{path.name}" if path.of_subject else path.name
        )

    def _which(self) -> Iterator[str]:
        if self.m.where is not None:
            yield f"where {self.condition(self.m.where)}"
        if self.m.after is not None:
            yield self._after(self.m.after)
        if self.m.stage is not None:
            yield f"that reached “{self.m.stage}”"

    def _what(self) -> str:
        subject = self.name(self.m.path) if self.m.path else ""
        least = " and ".join(map(self._least, self.m.having))
        return {
            "count": "Number", "people": "Number of people, each time counted",
            "distinct": f"Number of different {subject}" + (f" with {least}" if least else ""),
            "sum": f"Sum of {subject}", "latest": f"Latest {subject}",
        }[self.m.operation]  # fmt: skip

    def _least(self, of: Having) -> str:
        what = (
            "number of entries" if of.path is None else f"number of different {self.name(of.path)}"
        )
        return what + _COMPARED["en"][of.compare].format(of.number)

    def _when(self, window: Window) -> str:
        match window:
            case During(year, shift):
                return f"in the {year} year{_shifted(shift)}"
            case Since(None):
                return "from the beginning to the end of the fiscal year"
            case Since(day):
                return f"from {day} to the end of the fiscal year"
            case At(year, shift, None, None):
                return f"at the end of the {year} year{_shifted(shift)}"
            case At(_, shift, month, day):
                return f"on {month:02}-{day:02} of the fiscal year{_shifted(shift)}"
        raise AssertionError(window)

    def condition(self, of: Condition) -> str:
        match of:
            case Is(path, compare, value):
                return self.name(path) + _COMPARED["en"][compare].format(_constant(value, "en"))
            case OneOf(path, values):
                return (
                    f"{self.name(path)} is one of {', '.join(_constant(v, 'en') for v in values)}"
                )
            case Known(path):
                return f"{self.name(path)} is known"
            case Not(one):
                return f"not ({self.condition(one)})"
            case All(several):
                return " and ".join(f"({self.condition(one)})" for one in several)
            case Either(several):
                return " or ".join(f"({self.condition(one)})" for one in several)

    def _after(self, of: After) -> str:
        stage = f" (“{of.stage}”)" if of.stage is not None else ""
        within = f" within {of.within} months" if of.within is not None else ""
        return f"after one in “{self.names(of.register, '')}”{stage}{within}"


def _years(word: str, shift: int) -> str:
    """Return a year that is shifted: 前年度, 翌暦年, 2年前の年度."""
    if not shift:
        return word
    if abs(shift) == 1:
        return ("前" if shift < 0 else "翌") + word
    return f"{abs(shift)}年{'前' if shift < 0 else '後'}の{word}"


def _shifted(shift: int) -> str:
    return f", {abs(shift)} year(s) {'before' if shift < 0 else 'after'}" if shift else ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _constant(value: Literal_, lang: Lang = "ja") -> str:
    if isinstance(value, bool):
        return {
            ("ja", True): "はい",
            ("ja", False): "いいえ",
            ("en", True): "yes",
            ("en", False): "no",
        }[lang, value]
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, date):
        return _day(value) if lang == "ja" else value.isoformat()
    return f"「{value}」" if lang == "ja" else f"“{value}”"
