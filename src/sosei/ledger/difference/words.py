"""差分の言葉. How a change is called, how what stood and what comes is shown, and why it is not simply taken."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sosei.core.fields import Lang, label, word
from sosei.core.fiscal import RANGE, FiscalYear
from sosei.core.report import (
    Body,
    Indicator,
    PeriodSaid,
    Project,
    Said,
    Spending,
    Value,
    Year,
    YearPoint,
)
from sosei.core.shown import show_number, show_year, show_yen
from sosei.core.text import mend

JOINT: Final[dict[Lang, str]] = {"ja": " ＞ ", "en": " > "}
#: Codes of the contract: their words stand in `fields.toml`.
_CODED: Final = frozenset(
    {
        "Project.kind", "Spending.kind", "Spending.role", "Indicator.type", "Indicator.direction",
        "Indicator.expression", "Indicator.year_type", "Indicator.count_kind",
    }
)  # fmt: skip
_YEARS: Final = frozenset({"Indicator.baseline_year", "Spending.fiscal_year"})
_STEP: Final = re.compile(r"/(projects|indicators|spending|years)/(\d+)")
_NAMELESS: Final[dict[str, dict[Lang, str]]] = {
    "projects": {"ja": "{n}番目の事業（名称なし）", "en": "project {n} (unnamed)"},
    "indicators": {"ja": "{n}番目の指標（名称なし）", "en": "indicator {n} (unnamed)"},
    "spending": {"ja": "{n}番目の経費", "en": "line of money {n}"},
}
_PARTS: Final[dict[str, dict[Lang, str]]] = {
    "report": {"ja": "報告書", "en": "Report"},
    "verification": {"ja": "効果検証", "en": "Verification"},
    "undated": {"ja": "年度の記載なし", "en": "undated"},
    "unnamed": {"ja": "（名称なし）", "en": "(unnamed)"},
    "amount": {"ja": "金額", "en": "Amount"},
}
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """件名. Names on the way to a change: its project, its indicator or line of money, its year or the column's words."""

    project: str | None = None
    item: str | None = None
    year: int | None = None
    label: str | None = None


#: Of the report as a whole.
NOBODY: Final = About()


def subject(field: str, about: About, path: str, lang: Lang = "ja") -> str:
    """Return how a change is called: 「マルチモノ事業 ＞ 参加企業数 ＞ 令和3年度 実績値」.

    >>> about = About(project="マルチモノ事業", item="参加企業数", year=2021)
    >>> subject("YearPoint.actual", about, "/projects/0/indicators/1/years/0/actual")
    'マルチモノ事業 ＞ 参加企業数 ＞ 令和3年度 実績値'
    """
    steps = dict(_STEP.findall(path))
    crumbs = [_named("projects", about.project, steps, lang)] if "projects" in steps else []
    crumbs += [
        _named(step, about.item, steps, lang)
        for step in ("indicators", "spending")
        if step in steps
    ]
    if not crumbs:
        crumbs.append(_PARTS["report"][lang])
    if "/verification/" in path:
        crumbs.append(_PARTS["verification"][lang])
    last = _last(field, path, lang)
    if "years" in steps:
        last = " ".join(filter(None, (_when(about, lang), last)))
    return JOINT[lang].join([*crumbs, last] if last else crumbs)


def _named(step: str, name: str | None, steps: Mapping[str, str], lang: Lang) -> str:
    if name is None:
        return _NAMELESS[step][lang].format(n=int(steps[step]) + 1)
    return mend(name)


def _when(about: About, lang: Lang) -> str:
    """Return the year of a figure, and the words of its column."""
    year = short_year(about.year, lang) if about.year is not None else None
    return " ".join(filter(None, (year, about.label))) or _PARTS["undated"][lang]


def short_year(year: int, lang: Lang = "ja") -> str:
    """Return a fiscal year in one way of counting.

    >>> short_year(2021), short_year(2021, "en")
    ('令和3年度', 'FY2021')
    """
    if lang == "en":
        return f"FY{year}"
    return str(FiscalYear(year)) if year in RANGE else f"{year}年度"


def _last(field: str, path: str, lang: Lang) -> str:
    """Return the field's name; of a list's entry with its number, of a free key with the key."""
    if field == "Spending.yen":
        return _PARTS["amount"][lang]
    if not field:
        return ""
    name = label(field, lang)
    tail = path.rpartition("/")[2]
    if field in {"Verification.scales", "Report.ext", "Project.ext", "Indicator.ext"}:
        return f"{name} {unescaped(tail)}"
    return f"{name} {int(tail) + 1}" if tail.isdigit() and field in _NUMBERED else name


_NUMBERED: Final = frozenset({"Project.activities", "Project.remarks"})


def escaped(key: str) -> str:
    """Return a key as a step of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def unescaped(step: str) -> str:
    """Return the key that a step of a JSON pointer names."""
    return step.replace("~1", "/").replace("~0", "~")


def shown(thing: Any, field: str, unit: str | None = None, lang: Lang = "ja") -> str:
    """Return what stood or what comes, as an official would read it; empty where there is nothing.

    >>> from decimal import Decimal
    >>> shown(Value(number=Decimal(18), op=">=", state="final"), "YearPoint.actual", "人")
    '18人以上（確定）'
    """
    if thing is None:
        return ""
    if isinstance(thing, Value):
        return figure(thing, unit, lang)
    if field == "Spending.yen":
        return show_yen(thing, _money(unit))
    if field in _CODED:
        return word(field, thing, lang)
    if isinstance(thing, Year):
        return show_year(thing.year, lang)
    if field in _YEARS:
        return show_year(thing, lang)
    return _plain(thing, lang)


def _money(unit: str | None) -> Any:
    return unit


def _plain(thing: Any, lang: Lang) -> str:
    """Return words as they are, and of a whole part what it holds."""
    if isinstance(thing, Said):
        return thing.text
    if isinstance(thing, PeriodSaid):
        return thing.raw
    if isinstance(thing, Body):
        return f"{thing.name}（{thing.code}）" if thing.code else thing.name
    if isinstance(thing, (Project, Indicator, Spending, YearPoint)):
        return contents(thing, lang)
    if isinstance(thing, (str, int)) and not isinstance(thing, bool):
        return str(thing)
    text = json.dumps(thing, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def figure(value: Value, unit: str | None = None, lang: Lang = "ja") -> str:
    """Return a figure with its unit and what is said of it; `unit`: the indicator's.

    >>> from sosei.core.gaps import Gap
    >>> figure(Value(gap=Gap.COUNTING, expected="7月末"))
    '集計中（公表予定：7月末）'
    """
    aside = [word("Value.state", value.state, lang)] if value.state else []
    between = "：" if lang == "ja" else ": "
    aside += [
        f"{label(f'Value.{name}', lang)}{between}{part}"
        for name in ("as_of", "expected")
        if (part := getattr(value, name))
    ]
    main = _main(value, value.unit or unit, lang)
    if not aside:
        return main
    return f"{main}（{'、'.join(aside)}）" if lang == "ja" else f"{main} ({', '.join(aside)})"


def _main(value: Value, unit: str | None, lang: Lang) -> str:
    if value.gap is not None:
        return word("Value.gap", value.gap, lang)
    op = word("Value.op", value.op, lang) if value.op else ""
    text = value.text or ""
    if value.number is not None:
        text = show_number(value.number) + (unit or "")
    if not op:
        return text
    return text + op if lang == "ja" else f"{op} {text}"


def contents(part: Project | Indicator | Spending | YearPoint, lang: Lang = "ja") -> str:
    """Return in a line what a whole part holds."""
    if isinstance(part, Project):
        return _of_project(part, lang)
    if isinstance(part, Indicator):
        return _of_indicator(part, lang)
    if isinstance(part, YearPoint):
        return _of_point(part, None, lang)
    amount = show_yen(part.yen, part.unit)
    words = (part.number, part.label.text if part.label else None, amount)
    return " ".join(filter(None, words))


def _of_project(project: Project, lang: Lang) -> str:
    words = [project.grant.text] if project.grant else []
    words += ["・".join(said.text for said in project.departments)] if project.departments else []
    for ja, en, items in (("指標", "indicator", project.indicators), ("経費", "line of money", project.spending)):  # fmt: skip
        if items:
            words.append(f"{ja}{len(items)}件" if lang == "ja" else f"{en}: {len(items)}")
    return _listed(words, project.name, lang)


def _of_indicator(indicator: Indicator, lang: Lang) -> str:
    words = []
    if indicator.baseline:
        words.append(f"{label('Indicator.baseline', lang)} {figure(indicator.baseline, indicator.unit, lang)}")  # fmt: skip
    words += filter(None, (_of_point(point, indicator.unit, lang) for point in indicator.years))
    return _listed(words, indicator.name, lang)


def _listed(words: Sequence[str], name: Said | None, lang: Lang) -> str:
    """Return what a part holds besides its name, or the name where that is all."""
    if not words:
        return name.text if name else _PARTS["unnamed"][lang]
    return ("、" if lang == "ja" else ", ").join(words)


def _of_point(point: YearPoint, unit: str | None, lang: Lang) -> str:
    when = short_year(point.fiscal_year, lang) if point.fiscal_year is not None else point.label
    said = [
        f"{label(f'YearPoint.{role}', lang)} {figure(value, unit, lang)}"
        for role in ("target", "actual", "cumulative_actual")
        if (value := getattr(point, role)) is not None
    ]
    return " ".join(filter(None, (when, *said))) if said else ""
