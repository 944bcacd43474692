"""読み方の説明. How a document was read, in words for an official: what each header was taken for and why, what is left.

All sentences come from what the reading noted as it decided (`layouts.told`) and from the report that came of it.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from sosei.core.fields import Lang, label
from sosei.core.fiscal import FiscalYear
from sosei.core.report import Place, Places, Report, Unread, Value
from sosei.core.text import join_lines
from sosei.reading import read_files
from sosei.reading.layouts.told import Agreement, Block, Taken, Told
from sosei.reading.lines import in_lines

_COLUMN: Final = {"ja": 0, "en": 1}
#: Things of one kind that are named one by one; the rest is counted.
_NAMED: Final = 5
#: Places that a person is led to first, at most.
_MOST: Final = 12
_POINT: Final = ("target", "actual", "cumulative_actual")
#: Words of a document that are repeated, at most.
_LONG: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """説明の材料. A report and the decisions by which it was read; no block where the file is a report in JSON."""

    name: str
    report: Report
    layout: str
    scores: tuple[tuple[str, float], ...]
    blocks: tuple[Block, ...]
    agreements: tuple[Agreement, ...]
    units: dict[str, int]


def explain(given: Sequence[tuple[str, bytes]]) -> Explanation:
    """Read the file (or the files of a set) as `read_files` does, noting the decisions. Raises what it raises."""
    told = Told()
    report = read_files(given, told)
    blocks = tuple(dataclasses.replace(b, taken=tuple(b.taken)) for b in told.blocks)  # type: ignore[arg-type]
    explanation = Explanation(
        name=given[0][0],
        report=report,
        layout=told.layout,
        scores=tuple(told.scores),
        blocks=blocks,
        agreements=tuple(told.agreements),
        units=dict(told.units),
    )
    return in_lines(explanation, given)


def text(explanation: Explanation, lang: Lang = "ja") -> str:
    """Return the explanation as text: in short, where to look first, table by table, what agreed, what is left."""
    writer = _Writer(explanation, lang)
    return "\n".join(writer.lines())


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("sosei.reading") / "explained.toml").read_text("utf-8"))


def _clip(words: str) -> str:
    words = join_lines(words)
    return words if len(words) <= _LONG else f"{words[:_LONG]}…"


class _Writer:
    """An explanation being written in one language."""

    def __init__(self, explanation: Explanation, lang: Lang) -> None:
        self.of, self.report, self.lang = explanation, explanation.report, lang
        many = len(self.report.sources) > 1
        self.sources = {s.id: s.name for s in self.report.sources} if many else {}

    def say(self, ja: str, en: str) -> str:
        """Return the sentence of this language."""
        return ja if self.lang == "ja" else en

    def word(self, section: str, name: str, instead: str = "") -> str:
        """Return what is called so in this language."""
        found = _words()[section].get(name) or (_words()[section][instead] if instead else None)
        return found[_COLUMN[self.lang]] if found else name

    def lines(self) -> Iterator[str]:
        """Yield the lines of the explanation."""
        yield self.say(f"「{self.of.name}」の読み方", f"How “{self.of.name}” was read")
        yield from self._section("全体", "In short", self._whole())
        if self.of.layout:
            yield from self._section("まず見ていただきたい所", "Where to look first", self._first())
            yield from self._section("見出しと項目", "Headers and fields", self._blocks())
            yield from self._section("確かめられた値", "What is confirmed", self._checks())
        yield from self._section("読み取らずに残したもの", "What is left unread", self._left())

    def _section(self, ja: str, en: str, lines: Iterable[str]) -> Iterator[str]:
        yield ""
        yield f"■ {self.say(ja, en)}"
        found = list(lines)
        yield from found or [self.say("・ありません", "- Nothing")]

    # -- in short -----------------------------------------------------------------------------------------

    def _whole(self) -> Iterator[str]:
        if not self.of.layout:
            yield self.say(
                "・契約の JSON なので、見出しから読み取ったものはありません。",
                "- It is a report in JSON: nothing had to be understood.",
            )
        else:
            chosen, why = self.word("layout", self.of.layout), self.word("why", self.of.layout)
            yield self.say(f"・様式: {chosen}として読みました。{why}", f"- Layout: {chosen}; {why}")
        yield from self._year()
        yield from self._counts()

    def _year(self) -> Iterator[str]:
        year = self.report.fiscal_year
        if year is None:
            yield self.say(
                "・報告書の年度: 文書からは分かりませんでした",
                "- Year of the report: the document does not say",
            )
            return
        shown = self.year(year.year)
        if year.basis == "printed":
            yield self.say(
                f"・報告書の年度: {shown}。「{year.raw or shown}」と書かれています{self.where(year.place)}",
                f"- Year of the report: {shown}, printed as “{year.raw or shown}”{self.where(year.place)}",
            )
        else:
            yield self.say(
                f"・報告書の年度: {shown}。書かれていないので、値の年度や交付金の名称から推定しました",
                f"- Year of the report: {shown}, inferred from the years of the values or the grant",
            )

    def _counts(self) -> Iterator[str]:
        values = list(_values(self.report))
        indicators = sum(len(p.indicators) for p in self.report.projects)
        sure = sum(value.sure is True for value in values)
        yield self.say(
            f"・読めたもの: 事業 {len(self.report.projects)} 件、指標 {indicators} 件、指標の値 {len(values)} 個"
            f"（うち確かなもの {sure} 個）。残したもの {len(self.report.unread)} 件",
            f"- Read: {len(self.report.projects)} projects, {indicators} indicators, {len(values)} values"
            f" ({sure} of them sure); {len(self.report.unread)} things left",
        )
        units = self.of.units
        if units:
            yield self.say(
                f"・指標の単位: 見出し・単位の列・名称に書かれたもの {units.get('said', 0)} 件、"
                f"数値に付いたもの {units.get('beside', 0)} 件、どこにもないもの {units.get('none', 0)} 件",
                f"- Units: {units.get('said', 0)} in a header, column or name, {units.get('beside', 0)} beside"
                f" the figures, {units.get('none', 0)} nowhere",
            )

    # -- where to look first ------------------------------------------------------------------------------

    def _first(self) -> Iterator[str]:
        found = [*self._doubtful_report(), *self._doubtful_blocks(), *self._doubtful_columns()]
        for number, line in enumerate(found[:_MOST], start=1):
            yield f"{number}. {line}"
        if (more := len(found) - _MOST) > 0:
            yield self.say(
                f"   ほか {more} か所（下の一覧にあります）",
                f"   and {more} more (in the list below)",
            )

    def _doubtful_blocks(self) -> Iterator[str]:
        for block in self.of.blocks:
            if block.skipped:
                where = self.where(block.place)
                yield self.say(
                    f"読み取らなかった表があります{where}。事業・指標・金額の見出しが見つかりませんでした",
                    f"A table was not read{where}: no header names a project, an indicator or money",
                )

    def _doubtful_columns(self) -> Iterator[str]:
        """Yield the headers that did not decide by themselves, and those under which something was left, each once."""
        seen: dict[tuple[str, str | None, tuple[str, ...]], list[Taken]] = {}
        for block in self.of.blocks:
            for taken in block.taken if not block.skipped and block.kind != "text" else ():
                if taken.words and taken.count and (taken.turns or taken.field is None):
                    seen.setdefault((taken.words, taken.field, taken.turns), []).append(taken)
        for first, *more in seen.values():
            where, said = self.where(first.place), _clip(first.words)
            others = (
                self.say(f"（ほか {len(more)} か所も）", f" ({len(more)} more like it)")
                if more
                else ""
            )
            if first.field is not None:
                yield self.say(
                    f"見出し「{said}」を{self.field(first)}としました{where}{others}。{self.turns(first)}",
                    f"“{said}” was taken for: {self.field(first)}{where}{others}; {self.turns(first)}",
                )
            else:
                yield self.say(
                    f"見出し「{said}」は使いませんでした{where}{others}（値 {first.count} 個）。{self.reason(first)}",
                    f"“{said}” was not used{where}{others} ({first.count} values): {self.reason(first)}",
                )

    def _doubtful_report(self) -> Iterator[str]:
        if not self.report.projects:
            yield self.say(
                "事業を一つも読み取れませんでした。報告書のファイルかどうか、表に見出しがあるかを確かめてください",
                "No project was found; check that this is a report, and that its tables have headings",
            )
        year = self.report.fiscal_year
        if year is None or year.basis == "inferred":
            yield self.say(
                "報告書の年度が文書に書かれていません。年度を確かめてください",
                "The document does not print the year of the report; check it",
            )
        bare = [i for p in self.report.projects for i in p.indicators if i.unit is None and i.years]
        if bare:
            names = self._some([i.name.text if i.name else "？" for i in bare])
            yield self.say(
                f"単位の分からない指標が {len(bare)} 件あります: {names}",
                f"{len(bare)} indicators have no unit: {names}",
            )
        nameless = [i for p in self.report.projects for i in p.indicators if i.name is None]
        if nameless:
            where = self.where(next((i.place for i in nameless if i.place), ()))
            yield self.say(
                f"名称のない指標が {len(nameless)} 件あります{where}",
                f"{len(nameless)} indicators have no name{where}",
            )
        figures = [u for u in self.report.unread if u.code in ("role", "second row", "money")]
        if figures:
            said = self._some([u.raw for u in figures])
            yield self.say(
                f"何の値か決められなかった数値が {len(figures)} 個あります: {said}",
                f"{len(figures)} figures are left: {said}",
            )

    def _some(self, texts: Sequence[str]) -> str:
        named = self.say("、", ", ").join(f"「{_clip(each)}」" for each in texts[:_NAMED])
        more = len(texts) - _NAMED
        return named + (self.say(f" ほか {more} 件", f" and {more} more") if more > 0 else "")

    # -- table by table -----------------------------------------------------------------------------------

    def _blocks(self) -> Iterator[str]:
        groups: dict[tuple[object, ...], list[Block]] = {}
        for block in self.of.blocks:
            told = tuple((t.words, t.field, t.turns) for t in block.taken)
            groups.setdefault((block.kind, block.skipped, told), []).append(block)
        for number, (first, *more) in enumerate(groups.values(), start=1):
            yield f"[{number}] {self._title(first)}"
            if more:
                others = self.say("、", ", ").join(
                    self.where(b.place).strip("（） ()") for b in more[:_NAMED]
                )
                yield self.say(
                    f"    同じ見出しのものがほかに {len(more)} 件: {others}",
                    f"    {len(more)} more with the same headers: {others}",
                )
            for taken in first.taken:
                yield f"    {self._taken(taken, first)}"

    def _title(self, block: Block) -> str:
        kind = self.word("kind", block.kind)
        own = block.kind in ("sheet", "linked")
        name = self.word("part", block.name) if own else block.name
        parts = [kind, f"「{_clip(name)}」" if name else "", self.where(block.place)]
        if block.turned:
            parts.append(
                self.say("（見出しが左端の列にある表）", " (headers stand in its first column)")
            )
        if block.skipped:
            parts.append(self.say("：読み取りませんでした", ": not read"))
        return "".join(parts)

    def _taken(self, taken: Taken, block: Block) -> str:
        said = _clip(taken.words) or self.say("見出しなし", "no header")
        if taken.field == "sentence":
            return self.say(f"文「{said}」→ 値 {taken.known}", f"“{said}” → {taken.known}")
        if taken.field in (None, "skip"):
            return self.say(
                f"「{said}」→ 使わない。{self.reason(taken)}",
                f"“{said}” → not used: {self.reason(taken)}",
            )
        along = [self.field(taken), self.year(taken.year) if taken.year is not None else ""]
        if taken.unit:
            along.append(self.say(f"単位 {taken.unit}", f"unit {taken.unit}"))
        why = self.reason(taken) if block.kind not in ("sheet", "linked", "card") else ""
        what = " ".join(filter(None, along))
        return self.say(f"「{said}」→ {what}", f"“{said}” → {what}") + (
            self.say(f"。{why}", f": {why}") if why else ""
        )

    def field(self, taken: Taken) -> str:
        """Return the name of what a header was taken for."""
        name = taken.field or ""
        return (
            label(name, self.lang)
            if "." in name and name not in _words()["field"]
            else self.word("field", name)
        )

    def reason(self, taken: Taken) -> str:
        """Return why a header was taken for what it was."""
        if taken.turns:
            return self.turns(taken)
        if taken.field in (None, "skip"):
            return self.word("skipped", taken.field or "none")
        if not taken.known:
            return ""
        if taken.whole and taken.known in taken.words.lower():
            return self.say(f"語彙の「{taken.known}」です", f"the vocabulary knows “{taken.known}”")
        return self.say(
            f"語彙の「{taken.known}」が見出しの中にあります",
            f"the vocabulary knows “{taken.known}” in it",
        )

    def turns(self, taken: Taken) -> str:
        """Return what stood beside a header and made it what it is."""
        sentences = (
            self.word("turn", f"{turn}:{taken.field}", turn) for turn in dict.fromkeys(taken.turns)
        )
        return self.say("、", "; ").join(sentences)

    # -- what agreed, what is left ------------------------------------------------------------------------

    def _checks(self) -> Iterator[str]:
        for one in self.of.agreements[: 4 * _NAMED]:
            first, *rest = one.figures
            if one.check == "rate":
                target, actual = rest
                sum_ = self.say(
                    f"達成率 {first} ＝ 実績 {actual} ÷ 目標 {target}",
                    f"rate {first} = actual {actual} / target {target}",
                )
            else:
                sum_ = self.say(
                    f"累計 {first} ＝ {' ＋ '.join(rest)}", f"total {first} = {' + '.join(rest)}"
                )
            yield self.say(f"・「{_clip(one.indicator)}」{sum_}{self.where(one.place[:1])}",
                           f"- “{_clip(one.indicator)}”: {sum_}{self.where(one.place[:1])}")  # fmt: skip
        if (more := len(self.of.agreements) - 4 * _NAMED) > 0:
            yield self.say(f"・ほか {more} 件", f"- {more} more")
        found = list(_figures(self.report))
        if sure := sum(value.sure is True for _, value in found):
            why = self.word("confirmed", self.of.layout, "other")
            yield self.say(f"・{why} {sure} 個", f"- {why}: {sure}")
        unsure = [(name, value) for name, value in found if value.sure is not True]
        if unsure:
            yield self.say(
                f"・そこまで確かめられず、「確か」とはしていないもの {len(unsure)} 個",
                f"- Not borne out as far as that, and not marked as sure: {len(unsure)}",
            )
        for name, value in unsure[: 2 * _NAMED]:
            yield f"    「{_clip(name)}」{_shown(value)}{self.where(value.place)}"
        if (more := len(unsure) - 2 * _NAMED) > 0:
            yield self.say(f"    ほか {more} 個", f"    and {more} more")

    def _left(self) -> Iterator[str]:
        kinds: dict[str, list[Unread]] = {}
        for left in self.report.unread:
            kinds.setdefault(left.code, []).append(left)
        for code, found in kinds.items():
            yield self.say(f"・{self.word('unread', code, 'other')} {len(found)} 件", f"- {self.word('unread', code, 'other')}: {len(found)}")  # fmt: skip
            for left in found[:_NAMED]:
                yield f"    「{_clip(left.raw)}」{self.where(left.place)}"
            if (more := len(found) - _NAMED) > 0:
                yield self.say(f"    ほか {more} 件", f"    and {more} more")

    # -- years and places ---------------------------------------------------------------------------------

    def year(self, year: int) -> str:
        """Return a fiscal year as an official writes it."""
        return self.say(str(FiscalYear(year)), f"FY{year}")

    def where(self, places: Places) -> str:
        """Return where something stands, in brackets; nothing where nobody knows."""
        said = self._place(places[0]) if places else ""
        return self.say(f"（{said}）", f" ({said})") if said else ""

    def _place(self, place: Place) -> str:
        parts = [
            self.sources.get(place.source or "", ""),
            self.say(f"{place.page}頁", f"page {place.page}") if place.page else "",
            " ".join(filter(None, (place.sheet, place.range))),
            self.say(f"表{place.table}", f"table {place.table}") if place.table else "",
            self.say(f"{place.row}行目", f"row {place.row}") if place.row else "",
            self.say(f"{place.column}列目", f"column {place.column}") if place.column else "",
        ]
        if not any(parts) and place.start is not None:
            parts.append(self.say(f"{place.start + 1}字目", f"character {place.start + 1}"))
        return self.say("の", ", ").join(filter(None, parts))


def _values(report: Report) -> Iterator[Value]:
    """Yield the values of all indicators."""
    return (value for _, value in _figures(report))


def _figures(report: Report) -> Iterator[tuple[str, Value]]:
    """Yield the values of all indicators with the indicators' names."""
    for project in report.projects:
        for one in project.indicators:
            points = (getattr(point, name) for point in one.years for name in _POINT)
            name = one.name.text if one.name else "？"
            yield from (
                (name, v) for v in (one.baseline, *points, one.increase_total) if v is not None
            )


def _shown(value: Value) -> str:
    """Return a value as it is written."""
    number = f"{value.number:,f}" if value.number is not None else ""
    return join_lines(value.raw or value.text or number) or "空欄"
