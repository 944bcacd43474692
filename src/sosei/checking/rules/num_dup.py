"""番号の重複. The same list number twice in one list, or one left out (the seed's ①②②)."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sosei.checking.finding import Fix, Severity
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import ProjectSpot, Scene, said_raw
from sosei.core.report import Places

_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_NUMBER: Final = re.compile(r"[(（]?(\d{1,2})[)）.．]?")


@dataclass(frozen=True)
class _Entry:
    printed: str
    number: int
    path: str
    place: Places
    raw: str | None


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at the numbers of each project's lines of money and of its indicators."""
    for spot in scene.projects:
        for kind_ja, kind_en, entries in _lists(spot):
            yield from _faults(spot, kind_ja, kind_en, entries)


def _lists(spot: ProjectSpot) -> Iterator[tuple[str, str, list[_Entry]]]:
    by_year: dict[object, list[_Entry]] = {}
    for path, line in spot.spending():
        entry = _entry(line.number, path, line.place, said_raw(line.label))
        if entry and line.role in {None, "line"}:
            by_year.setdefault((line.fiscal_year, line.kind == "budget"), []).append(entry)
    for entries in by_year.values():
        yield "経費", "the spending", entries
    by_parent: dict[object, list[_Entry]] = {}
    for each in spot.indicators():
        entry = _entry(each.indicator.number, each.path, each.place, each.raw)
        parent = each.indicator.parent
        if entry:
            by_parent.setdefault(parent.text if parent else None, []).append(entry)
    for entries in by_parent.values():
        yield "指標", "the indicators", entries


def _entry(printed: str | None, path: str, place: Places, raw: str | None) -> _Entry | None:
    if printed is None:
        return None
    if len(printed) == 1 and printed in _CIRCLED:
        return _Entry(printed, _CIRCLED.index(printed) + 1, path, place, raw)
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", printed))
    return _Entry(printed, int(found[1]), path, place, raw) if found else None


def _faults(
    spot: ProjectSpot, kind_ja: str, kind_en: str, entries: Sequence[_Entry]
) -> Iterator[Hit]:
    # One plain number for all is no list but the number of the group they stand in.
    plain = not any(entry.printed in _CIRCLED for entry in entries)
    if plain and len({entry.number for entry in entries}) == 1:
        return
    seen: dict[int, _Entry] = {}
    for before, entry in itertools.pairwise(entries):
        seen[before.number] = before
        if entry.number == before.number or (entry.number != 1 and entry.number in seen):
            yield _repeated(spot, kind_ja, kind_en, seen[entry.number], entry)
        elif entry.number > before.number + 1:
            yield _left_out(spot, kind_ja, kind_en, before, entry)
        elif entry.number == 1:
            seen.clear()  # a second list begins


def _repeated(spot: ProjectSpot, kind_ja: str, kind_en: str, before: _Entry, entry: _Entry) -> Hit:
    after = _written(entry.number + 1, like=entry.printed)
    return Hit(
        ja=f"{spot.ja}の{kind_ja}で番号「{entry.printed}」が2回使われています。"
        f"後の行が「{after}」の誤りか、同じまとまりを示すのかを確かめてください。",
        en=f"In {kind_en} of {spot.en} the number “{entry.printed}” stands twice. "
        f"Check whether the later one should be “{after}” or marks one group.",
        path=entry.path,
        place=entry.place or before.place,
        raw=f"{entry.printed}{' ' + entry.raw if entry.raw else ''}",
        fix=Fix(path=f"{entry.path}/number", before=entry.printed, after=after),
    )


def _left_out(spot: ProjectSpot, kind_ja: str, kind_en: str, before: _Entry, entry: _Entry) -> Hit:
    return Hit(
        ja=f"{spot.ja}の{kind_ja}で番号が「{before.printed}」から「{entry.printed}」へ飛んでいます。抜けた行がないか確かめてください。",
        en=f"In {kind_en} of {spot.en} the numbers jump from “{before.printed}” to “{entry.printed}”. Look for a row left out.",
        path=entry.path,
        place=entry.place,
        raw=entry.raw,
        severity=Severity.INFO,
    )


def _written(number: int, *, like: str) -> str:
    if like in _CIRCLED:
        return _CIRCLED[number - 1] if number <= len(_CIRCLED) else str(number)
    return re.sub(r"[0-9０-９]+", str(number), like)


RULE: Final = Rule(
    code="NUM-DUP",
    title_ja="番号の重複・欠番",
    title_en="A list number repeated or left out",
    severity=Severity.WARNING,
    source="盛岡市 令和3年度の報告の経費「①②②」",
    why_ja="同じ番号が2度あると、本文や査読でどちらの行を指すのか分かりません。欠番は行の抜けを疑わせます。"
    "ただし同じ番号がまとまりを示すこともあるため、修正は提案にとどめます。",
    why_en="With a number used twice nobody knows which row is meant; a number left out suggests a lost row. "
    "The same number may mark a group, so the repair is only proposed.",
    wrong="① 委託 ② 負担金 ② 補助金",
    right="① 委託 ② 負担金 ③ 補助金",
    look=look,
)
