"""数え方の欄を読む. From what was chosen and typed in the form of a measure to the measure, and back: what the form begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from sosei.evidence.kinds import Field
from sosei.evidence.measures import Measure
from sosei.evidence.measures.guided import Line, condition, lines, path_code, path_of
from sosei.evidence.measures.model import (
    OF_A_PATH,
    After,
    At,
    Compare,
    During,
    Having,
    Is,
    Known,
    OneOf,
    Over,
    Path,
    Rounded,
    Since,
    Window,
)
from sosei.web.desk.forms import measurefields as offered
from sosei.web.desk.forms.measurefields import Unread
from sosei.web.desk.saying import say
from sosei.web.desk.who import number_of

#: What one person or organisation must come up to: two such at most.
HAVINGS: Final = ("h0", "h1")
#: Says what is wrong at a field.
Wrong = Callable[[str, str], None]


def measure_of(
    said: Mapping[str, Any], registers: Sequence[str], rows: int, fields: Callable[[str], Field | None], wrong: Wrong
) -> Measure:  # fmt: skip
    """Return the measure that a form says; `fields`: the declared field of a path's code. What is wrong is told to `wrong`."""
    reading = _Reading(said, fields, wrong)
    operation = said["operation"]
    if operation in OF_A_PATH and not said["path"]:
        wrong("path", say("何の値かを選んでください。", "Choose of what."))
    return Measure(
        operation=operation, registers=tuple(registers), unit=str(said["unit"]).strip(),
        path=path_of(said["path"]) if operation in OF_A_PATH and said["path"] else None,
        stage=said["stage"] or None, window=reading.window(), where=condition(list(reading.lines(rows))),
        having=tuple(reading.havings()) if operation == "distinct" else (), after=reading.after(), over=reading.over(),
        rounded=Rounded(said["rounding"], int(said["digits"] or 0)) if said["rounding"] else None,
    )  # fmt: skip


class _Reading:
    """Reads the parts of a form."""

    def __init__(
        self, said: Mapping[str, Any], fields: Callable[[str], Field | None], wrong: Wrong
    ) -> None:
        self.said, self.fields, self.wrong = said, fields, wrong

    def text(self, name: str) -> str:
        return str(self.said.get(name) or "").strip()

    def whole(self, name: str) -> int:
        """Return a whole number; 0 where there is none, which is said."""
        number = number_of(self.text(name))
        if number is None:
            self.wrong(name, say("0以上の整数を書いてください。", "Write a whole number."))
        return number or 0

    # -- conditions ----------------------------------------------------------------------------------------------------

    def lines(self, rows: int) -> Iterator[Line]:
        for n in range(rows):
            if code := self.text(f"w{n}_path"):
                test = self.test(n, code)
                joined: Any = self.text(f"w{n}_joined") or "and"
                yield Line(test, bool(self.said.get(f"w{n}_negated")), joined)

    def test(self, n: int, code: str) -> Is | OneOf | Known:
        path, field = path_of(code), self.fields(code)
        how, value = self.text(f"w{n}_how"), self.text(f"w{n}_value")
        try:
            if how == "in":
                several = tuple(offered.read_value(one, field) for one in offered.split(value))
                return OneOf(path, several)
            if how != "known":
                return Is(path, cast("Compare", how or "="), offered.read_value(value, field))
        except Unread as wrong:
            self.wrong(f"w{n}_value", str(wrong))
        return Known(path)

    def havings(self) -> Iterator[Having]:
        for name in HAVINGS:
            if code := self.text(f"{name}_path"):
                sign = cast("Compare", self.text(f"{name}_sign") or ">=")
                path = None if code == "count" else path_of(code)
                yield Having(path, sign, self.whole(f"{name}_number"))

    def after(self) -> After | None:
        if not (register := self.text("after")):
            return None
        within = self.whole("within") if self.text("within") else None
        return After(register, self.text("after_stage") or None, within)

    def over(self) -> Over | None:
        if not (code := self.text("over")):
            return None
        try:
            values = offered.split(self.text("over_values"))
        except Unread as wrong:
            self.wrong("over_values", str(wrong))
            return None
        return Over(path_of(code), values, bool(self.said.get("monthly")))

    # -- the window ----------------------------------------------------------------------------------------------------

    def window(self) -> Window:
        when, shift = self.text("when"), int(self.text("shift") or 0)
        if when == "start":
            return Since()
        if when == "since":
            return Since(self.day())
        if when in ("end", "end_calendar"):
            return At("fiscal" if when == "end" else "calendar", shift)
        if when == "on":
            month, day = self.month_day()
            return At(shift=shift, month=month, day=day)
        return During(cast("Any", when or "fiscal"), shift)

    def day(self) -> date | None:
        found: date | None = self.said.get("since")
        if found is None:
            self.wrong("since", say("起点の日を書いてください。", "Write the day."))
        return found

    def month_day(self) -> tuple[int, int]:
        month, _, day = self.text("on").partition("-")
        try:
            found = date(2023, number_of(month) or 0, number_of(day) or 0)
        except ValueError:
            self.wrong("on", say("毎年ある月日を「10-01」のように書いてください。", "Write a day that every year has: 10-01."))  # fmt: skip
            return 3, 31
        return found.month, found.day


# -- what a form begins with -------------------------------------------------------------------------------------------


def initial_of(tree: Measure) -> dict[str, Any] | None:
    """Return what the form of a measure begins with; None where it has no fields for all of it."""
    rows = lines(tree.where)
    if rows is None or len(tree.having) > len(HAVINGS):
        return None
    found: dict[str, Any] = {
        "operation": tree.operation, "registers": list(tree.registers), "unit": tree.unit, "stage": tree.stage or "",
        "path": path_code(tree.path) if tree.path is not None else "", "rows": str(len(rows)),
        "rounding": tree.rounded.how if tree.rounded else "", "digits": str(tree.rounded.digits) if tree.rounded else "0",
        **_window(tree.window), **_after(tree.after), **_over(tree.over),
    }  # fmt: skip
    for n, line in enumerate(rows):
        found |= {f"w{n}_{name}": value for name, value in _line(line).items()}
    for name, having in zip(HAVINGS, tree.having, strict=False):
        found |= {
            f"{name}_path": "count" if having.path is None else path_code(having.path),
            f"{name}_sign": having.compare, f"{name}_number": str(having.number),
        }  # fmt: skip
    return found


def _line(line: Line) -> dict[str, Any]:
    how, value = _test(line.test)
    return {
        "joined": line.joined, "path": path_code(line.test.path), "how": how, "value": value,
        "negated": "on" if line.negated else "",
    }  # fmt: skip


def _test(test: Is | OneOf | Known) -> tuple[str, str]:
    match test:
        case Is(_, compare, value):
            return compare, offered.show_value(value)
        case OneOf(_, values):
            return "in", "、".join(map(offered.show_value, values))
        case _:
            return "known", ""


def _window(window: Window) -> dict[str, str]:
    match window:
        case Since(None):
            return {"when": "start"}
        case Since(day):
            return {"when": "since", "since": day.isoformat() if day else ""}
        case At(year, shift, None, None):
            when = "end" if year == "fiscal" else "end_calendar"
            return {"when": when, "shift": str(shift)}
        case At(_, shift, month, day):
            return {"when": "on", "shift": str(shift), "on": f"{month:02}-{day:02}"}
        case During(year, shift):
            return {"when": year, "shift": str(shift)}
    raise AssertionError(window)


def _after(after: After | None) -> dict[str, str]:
    if after is None:
        return {}
    within = "" if after.within is None else str(after.within)
    return {"after": after.register, "after_stage": after.stage or "", "within": within}


def _over(over: Over | None) -> dict[str, str]:
    if over is None:
        return {}
    return {
        "over": path_code(over.path), "over_values": "\n".join(over.values), "monthly": "on" if over.monthly else "",
    }  # fmt: skip


__all__ = ["HAVINGS", "Path", "initial_of", "measure_of"]
