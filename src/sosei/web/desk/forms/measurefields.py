"""数え方の欄の選択肢と値. What may be chosen in the form of a measure, and how a value that a condition names is read and shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from sosei.core.days import read_day
from sosei.core.errors import UnreadableFigure
from sosei.core.figures import read_figure
from sosei.core.text import narrow
from sosei.evidence.kinds import Field, FieldType, RegisterKind
from sosei.evidence.measures.guided import path_code
from sosei.evidence.measures.model import Literal_, Path
from sosei.evidence.naming import attribute_called
from sosei.web.desk.forms.fields import Choices
from sosei.web.desk.saying import lang, said, say

OPERATIONS: Final = (
    ("count", said("件数（登録の数）", "entries")),
    ("people", said("延べ人数（組の人数も足す）", "people, each time counted")),
    ("distinct", said("実数（同じ人・団体は一度だけ）", "each person or organisation once")),
    ("sum", said("合計（数や金額を足す）", "sum of a number")),
    ("latest", said("最新の値（統計の最後の値）", "latest value of a statistic")),
)
WINDOWS: Final = (
    ("fiscal", said("年度中（4月から翌年3月まで）", "during the fiscal year")),
    ("calendar", said("暦年中（1月から12月まで）", "during the calendar year")),
    ("survey", said("調査の対象年度（答えが言う年度）", "the year that a survey’s answer is for")),
    ("end", said("年度末現在（3月31日にそうであるもの）", "at the end of the fiscal year")),
    ("end_calendar", said("暦年末現在（12月31日）", "at the end of the calendar year")),
    ("on", said("毎年のある日現在", "on a day of every year")),
    ("start", said("開始から年度末まで（累計）", "from the beginning on")),
    ("since", said("ある日から年度末まで（累計）", "from a day on")),
)
SHIFTS: Final = (
    ("0", said("その年度", "that year")),
    ("-1", said("前の年", "the year before")),
    ("1", said("次の年", "the year after")),
    ("-2", said("2年前", "two years before")),
    ("2", said("2年後", "two years after")),
)
HOWS: Final = (
    ("=", said("と同じ", "is")),
    ("!=", said("と違う", "is not")),
    (">=", said("以上", "at least")),
    (">", said("より大きい", "above")),
    ("<=", said("以下", "at most")),
    ("<", said("未満", "below")),
    ("in", said("のどれか（「、」で区切る）", "one of (divide by 、)")),
    ("known", said("書かれている（値は要らない）", "is known (no value)")),
)
JOINS: Final = (("and", said("かつ", "and")), ("or", said("または", "or")))
LEASTS: Final = (
    (">=", said("以上", "at least")), (">", said("より多い", "more than")), ("=", said("ちょうど", "exactly")),
    ("!=", said("以外", "other than")), ("<=", said("以下", "at most")), ("<", said("未満", "less than")),
)  # fmt: skip
ROUNDINGS: Final = (
    ("down", said("切り捨て", "down")),
    ("half-up", said("四捨五入", "half up")),
    ("up", said("切り上げ", "up")),
)
DIGITS: Final = (
    ("0", said("整数", "whole numbers")), ("1", said("小数第1位", "one decimal")), ("2", said("小数第2位", "two decimals")),
    ("-1", said("十の位", "tens")), ("-2", said("百の位", "hundreds")), ("-3", said("千の位", "thousands")),
    ("-4", said("万の位", "ten thousands")),
)  # fmt: skip
_YES: Final = frozenset({"はい", "ある", "yes", "true", "○", "〇"})
_NO: Final = frozenset({"いいえ", "ない", "no", "false", "×", "✕"})
_BETWEEN: Final = re.compile(r"[、,，\n]")


class Unread(ValueError):
    """A value that is none of what the column holds; says what to write."""


# -- choices -----------------------------------------------------------------------------------------------------------


def registers(kinds: Mapping[str, RegisterKind]) -> Choices:
    """Return the registers to choose from, by name."""
    named = [(key, kind.called(lang=lang())) for key, kind in kinds.items()]
    return sorted(named, key=lambda one: one[1])


def stages(kinds: Iterable[RegisterKind]) -> Choices:
    """Return the stages of registers."""
    return [(one, one) for one in dict.fromkeys(stage for kind in kinds for stage in kind.stages)]


def paths(
    kinds: Sequence[RegisterKind], attributes: Iterable[str], *, numbers: bool = False
) -> list[tuple[str, str]]:
    """Return what of entries, and of whom they are about, may be asked for."""
    found: dict[str, str] = {}
    if kinds and kinds[0].subject != "none" and not numbers:
        found["subject"] = kinds[0].called("subject", lang())
    for kind in kinds:
        for field in kind.fields.values():
            if not field.personal and (field.is_number or not numbers):
                found.setdefault(field.key, field.ja if lang() == "ja" else field.en)
    if any(kind.subject != "none" for kind in kinds):
        found |= _of_subjects(attributes)
    return list(found.items())


def _of_subjects(attributes: Iterable[str]) -> dict[str, str]:
    found = {}
    for name in attributes:
        called = attribute_called(name, lang())
        at_end, then = Path(name, of_subject=True), Path(name, of_subject=True, asof="entry")
        found[path_code(at_end)] = say(
            "相手の「{n}」（期間の終わりに）", "“{n}” of whom it is about (at the end)", n=called
        )
        found[path_code(then)] = say(
            "相手の「{n}」（登録の日に）", "“{n}” of whom it is about (on the day)", n=called
        )
    return found  # fmt: skip


def field_of(path: Path, kinds: Iterable[RegisterKind]) -> Field | None:
    """Return the declared field that a path is, of the first register that has it."""
    if path.of_subject:
        return None
    return next((kind.fields[path.name] for kind in kinds if path.name in kind.fields), None)


def suggestions(field: Field | None) -> tuple[str, ...]:
    """Return what a value may be, where there are few."""
    if field is None:
        return ()
    if field.type == "yes-no":
        return (say("はい", "yes"), say("いいえ", "no"))
    return field.choices


# -- values ------------------------------------------------------------------------------------------------------------


def read_value(text: str, field: Field | None) -> Literal_:
    """Return the value that a condition names, as its column holds it. Raises Unread."""
    plain = text.strip()
    if not plain:
        raise Unread(say("値を書いてください。", "Write a value."))
    if field is None:
        return _guessed(plain)
    read = {"yes-no": _truth, "number": _number, "money": _number, "date": read_day}.get(field.type)
    found = read(plain) if read is not None else plain
    if found is None:
        raise Unread(_how(field.type))
    return found


def split(text: str) -> tuple[str, ...]:
    """Return the parts of a text that are divided by 、, commas or lines. Raises Unread where there are none."""
    parts = tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())
    if not parts:
        raise Unread(say("値を「、」で区切って書いてください。", "Write values divided by 、."))
    return parts


def show_value(value: Literal_) -> str:
    """Return a value as it is typed."""
    if isinstance(value, bool):
        return say("はい", "yes") if value else say("いいえ", "no")
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def _guessed(text: str) -> Literal_:
    """Of what subjects are no type is declared: yes and no, numbers and days are taken for such."""
    for read in (_truth, _number, read_day):
        found = read(text)
        if found is not None:
            return found
    return text


def _truth(text: str) -> bool | None:
    plain = narrow(text).lower()
    return True if plain in _YES else False if plain in _NO else None


def _number(text: str) -> Decimal | None:
    try:
        figure = read_figure(text)
    except UnreadableFigure:
        return None
    whole = figure.op is None and figure.second is None and figure.unit is None
    return figure.number if whole else None


def _how(of: FieldType) -> str:
    return {
        "yes-no": say("「はい」か「いいえ」と書いてください。", "Write yes or no."),
        "date": say("日付を「2021-04-01」のように書いてください。", "Write a day: 2021-04-01."),
    }.get(
        of,
        say(
            "数字だけを書いてください（単位は要りません）。",
            "Write a number alone, without its unit.",
        ),
    )
