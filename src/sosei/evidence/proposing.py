"""見出しからの案. From the header of a sheet that a city already keeps, and its first rows, what a register of it could be.

A proposal for a form, never more: a person chooses the kind, and mends names and types before the register is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from sosei.core.bodies import by_name
from sosei.core.text import narrow
from sosei.core.units import Unit
from sosei.evidence.kinds import FieldType, RegisterKind, Subject
from sosei.evidence.measures.entries import KINDS, Kind
from sosei.evidence.refusals import NoHeader
from sosei.evidence.sheets import mynumber
from sosei.evidence.sheets.cells import Cell, is_blank, shown
from sosei.evidence.sheets.columns import Column, columns_of
from sosei.evidence.sheets.heads import Head, head_of
from sosei.evidence.sheets.mapping import propose
from sosei.evidence.sheets.numbers import Heard
from sosei.evidence.sheets.said import Wrong
from sosei.evidence.sheets.sources import Sheet, open_sheets
from sosei.evidence.sheets.values import reader_of
from sosei.evidence.sheets.words import bare, unit_in

#: Rows whose values are looked at.
_LOOKED_AT: Final = 300
#: A column of so few different words, each several times, is one of choices.
_MOST_CHOICES: Final = 12
_LONGEST_CHOICE: Final = 20
#: Days of a sheet that make it one of cases.
_STAGES: Final = 3
#: Words of headers of what says something of a person that no count needs.
_PRIVATE: Final = (
    "生年月日",
    "誕生日",
    "年齢",
    "性別",
    "続柄",
    "勤務先",
    "連絡先",
    "緊急連絡先",
    "備考",
)
#: Headers of columns that number the rows: a register numbers its entries itself.
_COUNTING: Final = frozenset({"no", "no.", "番号", "通し番号", "通番", "連番", "項番", "#", "№"})
#: Headers of who in the office did something: names that change, not choices.
_WRITERS: Final = frozenset({"担当", "担当者", "担当者名", "担当者氏名", "記入者", "記入者名", "入力者", "作成者", "受付者", "対応者"})  # fmt: skip
_PERSONS: Final = frozenset({"name", "kana", "mail", "phone", "address"})
_FIRMS: Final = frozenset({"who", "number"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """案. `head`: what the form begins with; `fields`: its rows; `left`: headers of what every register has anyway."""

    sheet: str
    head: dict[str, Any]
    fields: tuple[dict[str, Any], ...]
    left: tuple[str, ...]

    @property
    def columns(self) -> int:
        """Return how many columns are proposed."""
        return len(self.fields)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the sheet: its header, and what its first rows hold."""

    header: str
    cells: tuple[Cell, ...]
    unit: Unit | None = None
    texts: frozenset[str] = field(default_factory=frozenset)


def proposed(data: bytes, name: str) -> Proposal:
    """Return what a register of a file's first sheet with a header could be. Raises NoHeader, the refusals of files."""
    for sheet in open_sheets(data, name):
        head = None if sheet.hidden else head_of(sheet.top(), _known(""))
        if head is not None:
            return _of_sheet(sheet, head)
    raise NoHeader(file=name)


def _of_sheet(sheet: Sheet, head: Head) -> Proposal:
    rows = list(islice(sheet.rows(head.data), _LOOKED_AT))
    columns = [column for n, text in enumerate(head.names) if (column := _column(text, n, rows))]
    kind, core = _kind(head, rows, columns)
    subject = _subject(core)
    stages = [one for one in columns if kind == "case" and _holds(one, "date")]
    own = [one for one in columns if one.header not in core.values() and one not in stages]
    counts = [one for one in own if _plain(one.header) in _COUNTING]
    rest = [one for one in own if one not in counts]
    said: dict[str, Any] = {"ja": sheet.name, "kind": kind, "subject": subject}
    said |= {"stages": "\n".join(_stage(one.header) for one in stages)} if stages else {}
    said |= {"groups": True} if "size" in core else {}
    return Proposal(
        sheet=sheet.name, head=said, fields=tuple(_row(one, subject) for one in rest),
        left=tuple(dict.fromkeys([*core.values(), *(one.header for one in (*stages, *counts))])),
    )  # fmt: skip


def _column(header: str, n: int, rows: Sequence[Sequence[Cell]]) -> _Column | None:
    """Return a column of the sheet; none where it has no name, or says that it holds Individual Numbers."""
    if not header.strip() or mynumber.is_headed(header):
        return None
    cells = tuple(row[n] for row in rows if n < len(row) and not is_blank(row[n]))
    texts = frozenset(shown(cell).strip() for cell in cells)
    return _Column(header.strip(), cells, unit_in(header), texts)


# -- what every register has -------------------------------------------------------------------------------------------


def _known(kind: Kind | str) -> tuple[Column, ...]:
    """Return the columns that registers of a kind have without being told (of all kinds: "")."""
    kinds = KINDS if not kind else tuple(one for one in KINDS if one == kind)
    found = {
        (one.key, one.of): one
        for each in kinds
        for one in columns_of(RegisterKind(key="a", kind=each, ja="a", en="a", subject="any", groups=True))
        if one.key != "entry"
    }  # fmt: skip
    return tuple(found.values())


def _kind(
    head: Head, rows: Sequence[Sequence[Cell]], columns: Sequence[_Column]
) -> tuple[Kind, dict[str, str]]:
    """Return what kind of register the sheet seems to be, and which of its headers are what such a one has anyway."""
    cores = {kind: _core(head, rows, kind) for kind in KINDS}
    if "last" in cores["roster"]:
        return "roster", cores["roster"]
    if sum(_holds(one, "date") for one in columns) >= _STAGES:
        return "case", {key: text for key, text in cores["case"].items() if key != "first"}
    if "year" in cores["survey"] and cores["survey"].keys() & _FIRMS:
        return "survey", cores["survey"]
    if cores["series"].keys() & {"first", "year", "month"} and not _of_whom(cores["series"]):
        return "series", cores["series"]
    return ("log" if "first" in cores["log"] or "first" not in cores["roster"] else "roster"), (
        cores["log"] if "first" in cores["log"] else cores["roster"]
    )


def _core(head: Head, rows: Sequence[Sequence[Cell]], kind: Kind) -> dict[str, str]:
    mapping = propose(head.names, rows, _known(kind), unit=head.unit)
    found = {key: head.names[taken.index].strip() for key, taken in mapping.taken.items()}
    for (
        doubt
    ) in mapping.doubts:  # 申請者 may be a firm or a person: beside contacts of persons it is one
        if set(doubt.keys) <= {"who", "name"} and len(doubt.indexes) == 1:
            key = "name" if found.keys() & _PERSONS else "who"
            found.setdefault(key, head.names[doubt.indexes[0]].strip())
    return found


def _of_whom(core: dict[str, str]) -> bool:
    return bool(core.keys() & (_FIRMS | _PERSONS))


def _subject(core: dict[str, str]) -> Subject:
    firms, persons = core.keys() & _FIRMS, core.keys() & {"name", "kana"}
    if firms and persons:
        return "any"
    return "organisation" if firms else "person" if persons else "none"


def _stage(header: str) -> str:
    """Return what a stage is called by the header of its day: 交付決定日 → 交付決定."""
    plain = bare(header)
    for end in ("年月日", "の日", "日付", "日"):
        if plain.endswith(end) and plain != end:
            return plain.removesuffix(end)
    return plain


# -- what only this one has --------------------------------------------------------------------------------------------


def _row(column: _Column, subject: Subject) -> dict[str, Any]:
    """Return a row of the form for a column."""
    of = _type(column)
    said: dict[str, Any] = {
        "ja": (bare(column.header) if column.unit else column.header)[:100],
        "type": of,
    }
    said |= {"unit": column.unit.base} if of == "number" and column.unit else {}
    said |= {"choices": "\n".join(sorted(column.texts))} if of == "choice" else {}
    private = subject in ("person", "any") and any(word in column.header for word in _PRIVATE)
    return said | ({"personal": True} if private else {})


def _type(column: _Column) -> FieldType:
    """Return what a column holds: the narrowest type that all its cells can be read as."""
    if not column.cells or _plain(column.header) in _WRITERS:
        return "text"
    if _holds(column, "yes-no") and not all(text.isdecimal() for text in column.texts):
        return "yes-no"
    if _holds(column, "date"):
        return "date"
    if _holds(column, "number") and not any(_is_code(text) for text in column.texts):
        return "money" if column.unit is not None and column.unit.base == "円" else "number"
    if all(len(by_name(text)) == 1 for text in column.texts):
        return "place"
    return "choice" if _is_choice(column) else "text"


def _plain(header: str) -> str:
    """Return a header without its spaces, wide letters and capitals."""
    return "".join(narrow(header).lower().split())


def _holds(column: _Column, of: FieldType) -> bool:
    """Tell whether all cells of a column can be read as a type."""
    read = reader_of(Column(key="a", ja="a", en="a", type=of, of="log"), heard=Heard())
    return bool(column.cells) and all(_reads(read, cell) for cell in column.cells)


def _reads(read: Callable[[Cell], Any], cell: Cell) -> bool:
    try:
        read(cell)
    except Wrong:
        return False
    return True


def _is_code(text: str) -> bool:
    """Tell whether digits are a code, not a number: 0012."""
    return text.isdecimal() and len(text) > 1 and text.startswith("0")


def _is_choice(column: _Column) -> bool:
    few = len(column.texts) <= min(_MOST_CHOICES, len(column.cells) // 2)
    return few and all(len(text) <= _LONGEST_CHOICE for text in column.texts)
