"""乱数の台帳と数え方. Registers of every kind, entries that mostly count, and measures that mostly fit them.

Made by a seed: of what hypothesis draws piece by piece, nine in ten count nothing. Days lie about the turns of years; there
are few subjects, places and kinds, so that sums meet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from sosei.evidence.measures.entries import Attribute, Kind, Record, Register
from sosei.evidence.measures.model import (
    COMPARES,
    ROUNDINGS,
    After,
    All,
    At,
    Condition,
    During,
    Either,
    Having,
    Is,
    Known,
    Measure,
    Not,
    OneOf,
    Over,
    Path,
    Rounded,
    Since,
    Window,
)

REGISTERS: dict[str, Kind] = {
    "members": "roster", "visits": "log", "consultations": "log", "trials": "case", "hires": "survey", "nights": "series",
}  # fmt: skip
#: Years that are asked for: from before the first entry until after the last.
YEARS = range(2014, 2027)
WHOM = Path("subject")
CITIES = ("青森市", "盛岡市", "仙台市")
STAGES = ("申請", "決定")
NUMBERS = [Decimal(text) for text in ("1", "2", "12.5", "0", "-3", "0.0001", "1E+2", "2.0", "1234567890123456789012345678.9")]  # fmt: skip
ODD = (True, Decimal(1), "1", False, Decimal(0))
TURNS = [
    date(2018, 12, 31), date(2019, 3, 31), date(2019, 4, 1), date(2020, 1, 1), date(2020, 2, 29), date(2020, 5, 1),
    date(2020, 9, 30), date(2020, 10, 1), date(2021, 3, 31), date(2021, 4, 1), date(2021, 12, 31), date(2022, 1, 1),
]  # fmt: skip


@dataclass(frozen=True)
class World:
    """A measure, and the book it is asked of."""

    measure: Measure
    registers: dict[str, Register]
    book: list[Record]
    history: list[Attribute]


class Chance:
    """Draws by a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.one = self.random.choice

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def some(self, of: Sequence[Any], least: int = 1) -> list[Any]:
        return self.random.sample(list(of), self.random.randint(least, len(of)))

    def day(self) -> date:
        if self.often(0.6):
            return self.one(TURNS)
        return date(2017, 1, 1) + timedelta(days=self.random.randrange(2400))

    def perhaps(self, share: float, draw: Callable[[], Any]) -> Any:
        return draw() if self.often(share) else None

    # -- entries ------------------------------------------------------------------------------------------------------

    def record(self, key: str, number: int) -> Record:
        kind = REGISTERS[key]
        there = {"roster": 0.85, "log": 0.95, "case": 0.6, "survey": 0, "series": 1}[kind]
        years = [2018, 2019, 2020, 2021] if kind == "survey" else [None, None, 2020]
        stages = STAGES if self.often(0.7) else STAGES[:1]
        return Record(
            id=number, register=key, subject=self.one([1, 1, 2, 2, 3, None]), first=self.perhaps(there, self.day),
            last=self.perhaps(0.4, self.day) if kind in ("roster", "series") else None, year=self.one(years),
            size=self.random.randint(1, 3), stages={stage: self.day() for stage in stages} if kind == "case" else {},
            values=self.values(),
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        found = {
            "n": self.one(NUMBERS), "place": self.one(CITIES), "kind": self.one("AAB"), "on": self.day(), "odd": self.one(ODD),
        }  # fmt: skip
        return {name: value for name, value in found.items() if self.often(0.9)}

    def book(self, measure: Measure, size: int) -> list[Record]:
        """Entries, mostly of the registers that a measure is about."""
        about = [*measure.registers, *([measure.after.register] if measure.after else [])]
        keys = [self.one(about if self.often(0.9) else list(REGISTERS)) for _ in range(size)]
        return [self.record(key, number) for number, key in enumerate(keys, 1)]

    def attribute(self) -> Attribute:
        name = self.one(["maker", "worth", "seat"])
        fitting = {"maker": [True, True, False], "worth": NUMBERS, "seat": CITIES}[name]
        value = self.one(fitting) if self.often(0.9) else "盛岡市"
        return Attribute(
            subject=self.random.randint(1, 3),
            name=name,
            value=value,
            first=self.perhaps(0.7, self.day),
        )

    def registers(self) -> dict[str, Register]:
        """Registers, closed up to some day or year."""
        return {
            key: Register(
                key=key, kind=kind, closed_until=self.perhaps(0.8, lambda: self.one([*TURNS, date(2026, 3, 31), date(2026, 3, 31)])),
                closed_years=frozenset(self.some(YEARS)),
                expected={year: frozenset(self.some([1, 2, 3, 4])) for year in self.some(YEARS)} if kind == "survey" else {},
            )
            for key, kind in REGISTERS.items()
        }  # fmt: skip

    # -- measures -----------------------------------------------------------------------------------------------------

    def window(self) -> Window:
        shift, day = self.one([0, 0, 0, -1, 1, 2]), self.day()
        return self.one([
            During(self.one(["fiscal", "calendar"]), shift), During(self.one(["fiscal", "calendar", "survey"]), shift),
            Since(self.perhaps(0.5, self.day)), At(self.one(["fiscal", "calendar"]), shift), At("fiscal", shift, day.month, day.day),
        ])  # fmt: skip

    def of_subject(self, name: str) -> Path:
        return Path(name, of_subject=True, asof=self.one(["window", "window", "entry"]))

    def number(self) -> Path:
        return self.one([Path("n"), Path("n"), self.of_subject("worth"), WHOM])

    def place(self) -> Path:
        return self.one([Path("place"), self.of_subject("seat")])

    def other(self) -> Path:
        return self.one(
            [self.place(), self.of_subject("maker"), Path("kind"), Path("odd"), Path("n")]
        )

    def test(self) -> Condition:
        """A single test, that mostly holds."""
        odd = self.some(ODD[:3])
        return self.one([
            Is(self.of_subject("maker"), self.one(["=", "!="]), True), Is(self.of_subject("worth"), self.one(COMPARES), self.one(NUMBERS)),
            Is(Path("kind"), self.one(["=", "!="]), self.one("AAB")), Is(Path("n"), self.one([">", ">=", "!="]), self.one(NUMBERS)),
            Is(Path("on"), self.one(COMPARES), self.day()), Is(Path("odd"), self.one(COMPARES), odd[0]),
            OneOf(self.place(), tuple(self.some(CITIES, 2))), OneOf(Path("odd"), tuple(odd)), Known(self.other()), Known(WHOM),
        ])  # fmt: skip

    def condition(self, depth: int = 2) -> Condition:
        if depth == 0 or self.often(0.4):
            return self.test()
        several = tuple(self.condition(depth - 1) for _ in range(self.random.randint(2, 3)))
        return self.one([Not(several[0]), Either(several), Either(several), All(several[:2])])

    def after(self) -> After:
        stage = self.one(STAGES)
        key = self.one(["consultations", "members", "visits", "trials"])
        return After(
            key,
            stage if key == "trials" else None,
            self.perhaps(0.4, lambda: self.random.randint(1, 40)),
        )

    def having(self) -> tuple[Having, ...]:
        def one() -> Having:
            return Having(
                self.perhaps(0.5, self.other), self.one([">=", ">=", "=", "<"]), self.one([1, 1, 2])
            )

        return tuple(one() for _ in range(self.one([0, 0, 1, 2])))

    def over(self) -> Over:
        return Over(self.place(), tuple(self.some([*CITIES[:2], "True", "None"])), self.often(0.5))

    def operation(self, of: str) -> tuple[Any, Path | None]:
        sums = [("count", None), ("people", None), ("sum", self.number()), ("sum", self.number())]
        whole = [("latest", self.number()), ("distinct", self.other())]
        return self.one(
            {"entry": sums, "subject": [*sums, *[("distinct", WHOM)] * 4], "recount": whole}[of]
        )

    def measure(self, of: str) -> Measure:
        """A measure that fits REGISTERS, of a way."""
        operation, path = self.operation(of)
        window, distinct, latest = self.window(), operation == "distinct", operation == "latest"
        stage = self.one(STAGES) if self.often(0.2) and not latest else None
        after = {"entry": 0, "subject": 0.3 if distinct else 1, "recount": 0.2}[of]
        return Measure(
            operation=operation, registers=self.keys(window, stage, single=latest), unit="件", path=path,
            stage=stage, window=window, where=self.perhaps(0.5, self.condition), having=self.having() if distinct else (),
            after=self.perhaps(after, self.after), over=self.perhaps(0.4, self.over) if operation in ("sum", "latest") else None,
            rounded=self.perhaps(0.3, lambda: Rounded(self.one(ROUNDINGS), self.random.randint(-1, 1))),
        )  # fmt: skip

    def keys(self, window: Window, stage: str | None, *, single: bool) -> tuple[str, ...]:
        """First a register that has something to say in the window."""
        likely = ["members", "visits", "nights", "hires"]
        if stage is not None:
            likely = ["trials"]
        elif isinstance(window, During) and window.year == "survey":
            likely = ["hires"]
        more = self.random.choices(sorted(REGISTERS), k=0 if single else self.one([0, 0, 1, 2]))
        return (self.one(likely), *more)

    def world(self, of: str, size: int) -> World:
        measure = self.measure(of)
        return World(
            measure,
            self.registers(),
            self.book(measure, size),
            [self.attribute() for _ in range(size)],
        )


def worlds(of: str, most: int = 20) -> st.SearchStrategy[World]:
    """Worlds for measures of a way."""
    return st.builds(
        lambda seed, size: Chance(seed).world(of, size),
        st.integers(0, 2**64),
        st.integers(most // 2, most),
    )
