"""出典番号. Which word or figure stands where in which source: counted as the page meets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Protocol

from sosei.core.fields import Lang
from sosei.core.report import Place, Places, Report


class Placed(Protocol):
    """A part of a report that knows where it stands."""

    @property
    def place(self) -> Places:
        """Where it stands."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """出典. `what` the reference is of; `where` in words; `raw` as the source spells it, None where it is the same."""

    number: int
    what: str
    where: str
    raw: str | None
    back: str


class References:
    """Counts references in the order in which the page asks for them; the same place and spelling count once."""

    def __init__(self, report: Report, lang: Lang) -> None:
        self._names = {source.id: source.name for source in report.sources}
        self._several = len(report.sources) > 1
        self._lang = lang
        self._known: dict[tuple[Any, ...], int] = {}
        self._entries: list[Entry] = []
        self.any = _any_place(report)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was counted so far."""
        return tuple(self._entries)

    def of(self, what: str, part: Placed | None, back: str) -> int | None:
        """Return the number of a part's reference, None where it has no place. `back`: where it is referred to."""
        if part is None or not part.place:
            return None
        raw = getattr(part, "raw", None)
        key = (part.place, raw)
        if key not in self._known:
            number = len(self._entries) + 1
            self._known[key] = number
            self._entries.append(Entry(number, what, self._where(part.place), raw, back))
        return self._known[key]

    def _where(self, places: Places) -> str:
        between = "、" if self._lang == "ja" else ", "
        said = dict.fromkeys(self._named(place) for place in places)
        return between.join(said)

    def _named(self, place: Place) -> str:
        source = self._names.get(place.source or "", place.source) if self._several else None
        return (f"{source} " if source else "") + where(place, self._lang)


def _any_place(report: Report) -> bool:
    stack: list[Any] = [
        report.title,
        report.chapter,
        report.fiscal_year,
        *report.bodies,
        *report.projects,
    ]
    while stack:
        part = stack.pop()
        if getattr(part, "place", ()):
            return True
        names = getattr(part, "__dataclass_fields__", ())
        stack.extend(getattr(part, name) for name in names)
        stack.extend(part if isinstance(part, tuple) else ())
        stack.extend(part.values() if isinstance(part, dict) else ())
    return False


_WORDS: Final[dict[str, tuple[str, str, str, str, str, str]]] = {
    "ja": ("ページ{}", "シート「{}」", "表{}", "{}行目", "{}列目", "{}文字目"),
    "en": ("page {}", "sheet “{}” ", "table {} ", "row {} ", "column {} ", "character {}"),
}


def where(place: Place, lang: Lang = "ja") -> str:
    """Say a place in words.

    >>> where(Place(sheet="実績", range="C7")), where(Place(table=2, row=3)), where(Place(start=1204, end=1207))
    ('シート「実績」C7', '表2 3行目', '1,205文字目')
    >>> where(Place(start=1204, end=1207, row=12, column=3))  # the line is known (`sosei.reading.lines`)
    '12行目 3列目'
    """
    page, sheet, table, row, column, span = _WORDS[lang]
    out = []
    if place.page is not None:
        out.append(page.format(place.page))
    if place.sheet is not None:
        out.append(sheet.format(place.sheet).strip() + (place.range or ""))
    for form, number in ((table, place.table), (row, place.row), (column, place.column)):
        if number is not None:
            out.append(form.format(number).strip())
    if place.start is not None and place.row is None:
        out.append(span.format(f"{place.start + 1:,}"))
    return " ".join(out)
