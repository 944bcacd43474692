"""数え方を読む. From the text of a measure to the value; nothing of it is ever run.

measure   = operation [path] "of" name {"+" name} ["reaching" text] {clause} "unit" text
clause    = "where" either | window | "having" least {"and" least} | "after" name ["reaching" text] ["within" number "months"]
          | "over" path "in" list ["monthly"] | "round" ("down" | "half-up" | "up") [number]
window    = "during" ("fiscal" | "calendar" | "survey") [number] | "since" ("start" | date)
          | "at" ("end" ["calendar"] [number] | month-day [number])
either    = both {"or" both};   both = one {"and" one};   one = "not" one | "(" either ")" | test
test      = path (sign constant | "in" list | "known");   least = ("count" | "distinct" path) sign number
path      = name | "subject" "." name ["then"]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar, cast

from sosei.evidence.measures.model import (
    COMPARES,
    OF_A_PATH,
    OPERATIONS,
    ROUNDINGS,
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
    Operation,
    Over,
    Path,
    Rounded,
    Rounding,
    Since,
    Window,
    YearType,
)
from sosei.evidence.measures.refusals import MeasureOutOfPlace, UnreadableMeasure
from sosei.evidence.measures.tokens import Token, tokens

T = TypeVar("T")
#: A text of more is no measure anybody could read.
MOST: Final = 2000
#: Words of the language: no register and no column may be called so.
RESERVED: Final = frozenset({
    *OPERATIONS, *ROUNDINGS, "of", "reaching", "where", "during", "since", "start", "at", "end", "having", "after", "within",
    "months", "over", "monthly", "round", "unit", "and", "or", "not", "in", "known", "then", "yes", "no", "fiscal",
    "calendar", "survey",
})  # fmt: skip
#: Digits that are rounded to, and years of a shift: what lies beyond no figure and no calendar has.
MOST_DIGITS: Final = 12
MOST_YEARS: Final = 100
#: Conditions within conditions.
DEEPEST: Final = 12


def parse(text: str) -> Measure:
    """Return the measure that a text says. Raises UnreadableMeasure, MeasureOutOfPlace.

    >>> parse('count of members where subject.maker = yes at end unit "社"').window
    At(year='fiscal', shift=0, month=None, day=None)
    """
    if len(text) > MOST:
        raise UnreadableMeasure.at(MOST, text[MOST - 12 : MOST], "ここまでに終わり")
    return fitting(_Parser(tokens(text)).measure())


def fitting(measure: Measure) -> Measure:
    """Return a measure whose parts go together. Raises MeasureOutOfPlace."""
    for what, wrong, how, how_en in _rules(measure):
        if wrong:
            raise MeasureOutOfPlace(what=what, how=how, how_en=how_en)
    return measure


def _rules(m: Measure) -> tuple[tuple[str, bool, str, str], ...]:
    """Return what does not go together: what it says, whether it is wrong, what to do, in both languages."""
    needs = m.operation in OF_A_PATH
    return (
        (m.operation, needs and m.path is None, "何の値かを続けて書いてください", "say of which value"),
        (m.operation, not needs and m.path is not None, "値の名前は要りません", "it takes no value"),
        ("having", bool(m.having) and m.operation != "distinct",
         "だれを数えるか（distinct subject）を書いてください", "count distinct subjects"),
        ("over", m.over is not None and m.operation not in ("sum", "latest"),
         "合計（sum）か最新の値（latest）にしてください", "take sum or latest"),
        ("latest", m.operation == "latest" and len(m.registers) != 1, "台帳は一つにしてください", "name one register"),
        ("round", m.rounded is not None and abs(m.rounded.digits) > MOST_DIGITS,
         f"桁数は{MOST_DIGITS}までにしてください", f"take at most {MOST_DIGITS} digits"),
        ("during" if isinstance(m.window, During) else "at", not isinstance(m.window, Since) and abs(m.window.shift) > MOST_YEARS,
         f"年のずれは{MOST_YEARS}年までにしてください", f"shift by at most {MOST_YEARS} years"),
        ("reaching", m.stage is not None and m.operation == "latest",
         "段階のある台帳に最新の値はありません", "cases have no latest value"),
    )  # fmt: skip


class _Parser:
    """Goes through the tokens once, from left to right."""

    def __init__(self, found: Sequence[Token]) -> None:
        self.tokens, self.at = found, 0

    # -- tokens --------------------------------------------------------------------------------------------------------

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.next
        self.at += token.kind != "end"
        return token

    def wrong(self, wanted: str) -> UnreadableMeasure:
        token = self.next
        return UnreadableMeasure.at(token.at + 1, token.text, wanted)

    def sees(self, *texts: str) -> bool:
        return self.next.kind in ("word", "sign") and self.next.text in texts

    def skip(self, text: str) -> bool:
        """Take a word or sign where it stands next."""
        if not self.sees(text):
            return False
        self.take()
        return True

    def expect(self, text: str) -> None:
        if not self.skip(text):
            raise self.wrong(f"「{text}」")

    def one_of(self, words: Sequence[T]) -> T:
        if not self.sees(*cast("Sequence[str]", words)):
            raise self.wrong("・".join(map(str, words)) + "のどれか")
        return cast("T", self.take().text)

    def kind(self, kind: str, wanted: str) -> str:
        if self.next.kind != kind:
            raise self.wrong(wanted)
        return self.take().text

    def name(self) -> str:
        if self.next.text in RESERVED:
            raise self.wrong("台帳か項目の名前")
        return self.kind("word", "台帳か項目の名前")

    def text(self) -> str:
        return _plain(self.kind("text", '「"」で囲んだ語'))

    def whole(self, wanted: str) -> int:
        text = self.kind("number", wanted)
        if "." in text:
            self.at -= 1
            raise self.wrong("整数")
        return int(text)

    # -- the whole -----------------------------------------------------------------------------------------------------

    def measure(self) -> Measure:
        operation: Operation = self.one_of(OPERATIONS)
        path = None if self.sees("of") else self.path()
        self.expect("of")
        registers = [self.name()]
        while self.skip("+"):
            registers.append(self.name())
        stage = self.text() if self.skip("reaching") else None
        said: dict[str, Any] = {}
        while not self.sees("unit"):
            name, value = self.clause()
            if name in said:
                self.at -= 1
                raise self.wrong("まだ書いていない条件")
            said[name] = value
        self.expect("unit")
        unit = self.text()
        if self.next.kind != "end":
            raise self.wrong("終わり")
        return Measure(
            operation=operation,
            registers=tuple(registers),
            unit=unit,
            path=path,
            stage=stage,
            **said,
        )

    def clause(self) -> tuple[str, Any]:
        clauses: dict[str, tuple[str, Callable[[], Any]]] = {
            "where": ("where", lambda: self.either(0)),
            "during": ("window", self.during),
            "since": ("window", self.since),
            "at": ("window", self.moment),
            "having": ("having", self.having),
            "after": ("after", self.after),
            "over": ("over", self.over),
            "round": ("rounded", self.rounded),
        }
        if self.next.kind == "end":
            raise self.wrong("「unit」")
        name, read = clauses[self.one_of(tuple(clauses))]
        return name, read()

    def path(self) -> Path:
        name = self.name()
        if name != "subject" or not self.skip("."):
            return Path(name)
        return Path(self.name(), of_subject=True, asof="entry" if self.skip("then") else "window")

    # -- windows -------------------------------------------------------------------------------------------------------

    def shift(self) -> int:
        return self.whole("年のずれ") if self.next.kind == "number" else 0

    def during(self) -> Window:
        years: tuple[YearType, ...] = ("fiscal", "calendar", "survey")
        return During(self.one_of(years), self.shift())

    def since(self) -> Window:
        return Since() if self.skip("start") else Since(self.date())

    def moment(self) -> Window:
        if self.next.kind == "day":
            month, day = self.month_day()
            return At(month=month, day=day, shift=self.shift())
        self.expect("end")
        return At("calendar" if self.skip("calendar") else "fiscal", self.shift())

    def month_day(self) -> tuple[int, int]:
        month, day = map(int, self.next.text.split("-"))
        try:
            date(2023, month, day)
        except ValueError:
            raise self.wrong("毎年ある月日（03-31）") from None
        self.take()
        return month, day

    def date(self) -> date:
        try:
            day = date.fromisoformat(self.next.text)
        except ValueError:
            raise self.wrong("日付（2018-12-01）か「start」") from None
        self.kind("date", "日付（2018-12-01）")
        return day

    # -- clauses -------------------------------------------------------------------------------------------------------

    def having(self) -> tuple[Having, ...]:
        found = [self.least()]
        while self.skip("and"):
            found.append(self.least())
        return tuple(found)

    def least(self) -> Having:
        path = None if self.skip("count") else self.distinct()
        return Having(path, self.one_of(COMPARES), self.whole("件数"))

    def distinct(self) -> Path:
        self.expect("distinct")
        return self.path()

    def after(self) -> After:
        register = self.name()
        stage = self.text() if self.skip("reaching") else None
        within = None
        if self.skip("within"):
            within = self.whole("月数")
            self.expect("months")
        return After(register, stage, within)

    def over(self) -> Over:
        path = self.path()
        self.expect("in")
        values = tuple(str(value) for value in self.listed())
        return Over(path, values, self.skip("monthly"))

    def rounded(self) -> Rounded:
        how: Rounding = self.one_of(ROUNDINGS)
        return Rounded(how, self.whole("桁数") if self.next.kind == "number" else 0)

    # -- conditions ----------------------------------------------------------------------------------------------------

    def either(self, depth: int) -> Condition:
        return self._joined(
            "or", Either, lambda: self._joined("and", All, lambda: self.single(depth))
        )

    def _joined(
        self,
        word: str,
        kind: Callable[[tuple[Condition, ...]], Condition],
        read: Callable[[], Condition],
    ) -> Condition:
        found = [read()]
        while self.skip(word):
            found.append(read())
        return found[0] if len(found) == 1 else kind(tuple(found))

    def single(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise self.wrong("もっと浅い条件")
        if self.skip("not"):
            return Not(self.single(depth + 1))
        if self.skip("("):
            found = self.either(depth + 1)
            self.expect(")")
            return found
        return self.test()

    def test(self) -> Condition:
        path = self.path()
        if self.skip("known"):
            return Known(path)
        if self.skip("in"):
            return OneOf(path, self.listed())
        compare: Compare = self.one_of(COMPARES)
        return Is(path, compare, self.constant())

    def listed(self) -> tuple[Literal_, ...]:
        self.expect("(")
        found = [self.constant()]
        while self.skip(","):
            found.append(self.constant())
        self.expect(")")
        return tuple(found)

    def constant(self) -> Literal_:
        if self.next.kind == "text":
            return self.text()
        if self.next.kind == "number":
            return Decimal(self.take().text)
        if self.next.kind == "date":
            return self.date()
        return self.one_of(("yes", "no")) == "yes"


def _plain(quoted: str) -> str:
    """Take off the quotes and what protects quotes inside."""
    return quoted[1:-1].replace('\\"', '"').replace("\\\\", "\\")
