"""引継書の「どこに何があるか」. Editions by number and day, and the files kept: one line for each thing that somebody looks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from django.utils import timezone

from sosei.core.fiscal import FiscalYear
from sosei.ledger import models as m
from sosei.ledger.queries.handload import Load
from sosei.publishing.handover import Told
from sosei.publishing.inquiry.days import day_shown

_PURPOSES: Final = {
    "answer": ("回答のファイル", "answer"), "asked": ("照会の様式", "form of an inquiry"),
    "import": ("取り込んだ文書", "imported document"), "paper": ("決裁資料", "paper for decision"),
    "opinion": ("意見書", "opinion"),
}  # fmt: skip
#: Of what many came or went at once: for the whole office one line an inquiry.
_MANY: Final = frozenset({"asked", "answer"})


def places(load: Load) -> Iterator[Told]:
    """Yield where things are: the editions, then the files, one line for each inquiry's where the whole office is handed over."""
    newest: set[int] = set()
    for row in load.editions:
        yield _edition(load, row, newest=row.volume_id not in newest)
        newest.add(row.volume_id)
    gathered: dict[tuple[str, int], list[m.Document]] = {}
    for document in load.documents:
        inquiry = getattr(document, "inquiry", None)
        if load.whole and document.purpose in _MANY and inquiry:
            gathered.setdefault((document.purpose, inquiry), []).append(document)
        else:
            yield _document(load, document)
    for (_, inquiry), documents in gathered.items():
        yield _gathered(load, inquiry, documents)


def _say(load: Load, ja: str, en: str) -> str:
    return en if load.lang == "en" else ja


def _year(load: Load, volume: m.Volume | None) -> str:
    if volume is None:
        return ""
    return _say(load, str(FiscalYear(volume.fiscal_year)), f"FY{volume.fiscal_year}")


def _edition(load: Load, row: m.Edition, *, newest: bool) -> Told:
    name = _say(load, f"第{row.number}版", f"Edition {row.number}")
    if newest:
        name += _say(load, "（最新の版）", " (the newest)")
    kind = _say(load, "公表版", "edition")
    day = day_shown(row.published_on, load.lang)
    return Told((_year(load, row.volume), kind, name, day), ("edition", row.pk), at=2)


def _document(load: Load, row: m.Document) -> Told:
    cells = (_year(load, row.volume), _purpose(load, row), row.name, _days(load, [row]))
    return Told(cells, _ref(row), at=2)


def _gathered(load: Load, inquiry: int, rows: list[m.Document]) -> Told:
    """Return one line for the files of an inquiry."""
    said = rows[0].name if len(rows) == 1 else _say(load, f"{len(rows)}件", f"{len(rows)} files")
    cells = (_year(load, rows[0].volume), _purpose(load, rows[0]), said, _days(load, rows))
    return Told(cells, ("inquiry", inquiry), at=2)


def _purpose(load: Load, row: m.Document) -> str:
    return _say(load, *_PURPOSES.get(row.purpose, (row.purpose, row.purpose)))


def _days(load: Load, rows: Iterable[m.Document]) -> str:
    """Return the day on which files came in or went out, the first and the last of several."""
    days = sorted({timezone.localtime(row.since).date() for row in rows})
    wave = " to " if load.lang == "en" else "～"
    return wave.join(dict.fromkeys(day_shown(day, load.lang) for day in (days[0], days[-1])))


def _ref(row: m.Document) -> tuple[str, int] | None:
    """Return where a file is taken out, None where no page gives it alone."""
    if row.purpose == "paper":
        return "paper", row.pk
    for kind, name in (("part", "inquiry_part"), ("batch", "batch")):
        number = getattr(row, kind, None)
        if number:
            return name, number
    return None
