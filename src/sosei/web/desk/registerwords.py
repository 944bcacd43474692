"""根拠台帳の言葉. What the kinds of registers, their times and their fields are called on pages, and how a value stands in a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from sosei.core.shown import show_number
from sosei.evidence.kinds import Field, FieldType, RegisterKind, Subject
from sosei.evidence.measures.entries import Kind, Record
from sosei.evidence.measures.model import Literal_
from sosei.evidence.queries.registers import EntryRow, Sort
from sosei.evidence.sheets.columns import Column
from sosei.publishing.inquiry.days import day_shown
from sosei.web.desk.saying import lang, say
from sosei.web.desk.templatetags.desk import show_fiscal

#: Longer texts stand in a table by their beginning; the whole is in the entry's page.
_LONGEST: Final = 40

#: Texts longer than this get a wide column.
_ROOMY: Final = 14

#: Each kind: its name, and what an entry of it is.
KINDS: Final[Mapping[Kind, tuple[tuple[str, str], tuple[str, str]]]] = {
    "roster": (("名簿", "Roster"), ("だれが、いつからいつまで属しているか", "who belongs, from when to when")),
    "log": (("記録", "Log"), ("いつ、だれが（何人が）、何をしたか", "what was done when, by whom or how many")),
    "case": (("案件", "Cases"), ("申請から完了まで、段階ごとの日", "the days of each stage, from application to the end")),
    "survey": (("調査", "Survey"), ("年度ごとに相手へ尋ねた答え", "answers to what is asked every year")),
    "series": (("統計", "Statistics"), ("公表されている統計の、場所と期間ごとの値", "published figures by place and period")),
}  # fmt: skip
#: The ways in which a batch of entries came.
WAYS: Final[Mapping[str, tuple[str, str]]] = {
    "typed": ("画面での入力", "typed on a page"), "pasted": ("貼付け", "pasted"), "file": ("ファイルの取込み", "imported from a file"),
    "form": ("公開の申込みフォーム", "by a public form"), "answer": ("調査票の回答", "by an answer to a survey"),
    "undo": ("束の取消", "undoing a batch"), "merge": ("名寄せ", "merging two subjects"),
}  # fmt: skip
#: An example of each kind, for who makes a register of his own.
EXAMPLES: Final[Mapping[Kind, tuple[str, str]]] = {
    "roster": ("例：会員企業の名簿、関係人口の登録者", "for example member firms, registered supporters"),
    "log": ("例：セミナーの参加、施設の利用、相談", "for example attendance, use of a place, consultations"),
    "case": ("例：補助金（申請→決定→実績→支払）、移住", "for example subsidies, households that move here"),
    "survey": ("例：会員企業への就職者数の照会", "for example how many graduates each member firm hired"),
    "series": ("例：月ごと・市ごとの延べ宿泊者数", "for example guest nights by month and city"),
}  # fmt: skip
SUBJECTS: Final[Mapping[Subject, tuple[str, str]]] = {
    "organisation": ("企業・団体", "firms and other organisations"),
    "person": ("個人", "persons"),
    "any": ("企業・団体と個人の両方", "both organisations and persons"),
    "none": ("相手は記録しない", "nobody"),
}
TYPES: Final[Mapping[FieldType, tuple[str, str]]] = {
    "text": ("文字", "text"), "number": ("数", "number"), "money": ("金額（円）", "money (yen)"), "date": ("日付", "day"),
    "yes-no": ("はい・いいえ", "yes or no"), "choice": ("選択肢から選ぶ", "one of several"), "place": ("場所（市町村・会場）", "place"),
}  # fmt: skip

#: What the columns that all entries of a kind share hold.
_CORE: Final[Mapping[str, tuple[str, str]]] = {
    "name": ("文字", "text"), "kana": ("文字", "text"), "mail": ("メールアドレス", "e-mail"), "phone": ("電話番号", "telephone"),
    "address": ("文字", "text"), "corporate": ("13桁の番号", "thirteen digits"), "period": ("日・月・年度", "day, month or year"),
    "year": ("年度", "fiscal year"), "size": ("数", "number"),
}  # fmt: skip


def column_kind(column: Column) -> str:
    """Return what a column holds, in words, with its unit."""
    own: Mapping[str, tuple[str, str]] = {str(code): words for code, words in TYPES.items()}
    words = say(*(_CORE.get(column.type) or own[column.type]))
    return f"{words}（{column.unit}）" if column.unit and column.type != "money" else words


def kind_name(kind: Kind) -> str:
    """Return what a kind of register is called."""
    return say(*KINDS[kind][0])


def kind_line(kind: Kind) -> str:
    """Return what an entry of a kind of register is."""
    return say(*KINDS[kind][1])


def plain_day(day: date | None) -> str:
    """Return a day without its day of the week."""
    return "" if day is None else day_shown(day, lang(), weekday=False)


def register_name(kind: RegisterKind) -> str:
    """Return what a register is called."""
    return kind.called(lang=lang())


def time_names(kind: Kind) -> tuple[str, str]:
    """Return what the first and the last day of an entry are called."""
    return {
        "roster": (say("加入日", "Joined"), say("脱退日", "Left")),
        "series": (say("期間の初日", "From"), say("期間の末日", "To")),
    }.get(kind, (say("日", "Day"), ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """見出し. A column of a register's table; `sort`: by what it can be sorted; `figure`, `day`: it holds numbers, days."""

    words: str
    sort: Sort | None = None
    figure: bool = False
    day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """欄. What a column says of an entry; `whole`: all of it, where only its beginning is shown."""

    head: Head
    words: str
    whole: str = ""

    @property
    def long(self) -> bool:
        """Whether it needs room."""
        return len(self.words) > _ROOMY


def heads(kind: RegisterKind) -> tuple[Head, ...]:
    """Return the columns of a register's table, without the entry's number and whom it is about."""
    return tuple(head for head, _ in _columns(kind, None))


def cells(kind: RegisterKind, row: EntryRow) -> tuple[Cell, ...]:
    """Return what the columns say of an entry."""
    return tuple(_cut(head, words) for head, words in _columns(kind, row.record))


def _cut(head: Head, words: str) -> Cell:
    if len(words) <= _LONGEST:
        return Cell(head=head, words=words)
    return Cell(head=head, words=f"{words[:_LONGEST]}…", whole=words)


def _columns(kind: RegisterKind, record: Record | None) -> Iterator[tuple[Head, str]]:
    if kind.groups:
        size = f"{show_number(record.size)}{say('人', '')}" if record else ""
        yield Head(words=say("人数", "People"), figure=True), size
    yield from _times(kind, record)
    for field in kind.fields.values():
        if not field.personal:
            said = record.values.get(field.key) if record else None
            yield (
                Head(
                    words=field_name(field),
                    sort=_sort(field),
                    figure=field.is_number,
                    day=field.type == "date",
                ),
                shown(field, said),
            )


def _times(kind: RegisterKind, record: Record | None) -> Iterator[tuple[Head, str]]:
    first, last = time_names(kind.kind)
    if kind.kind == "case":
        yield Head(words=say("段階", "Stage"), day=True), _stage(kind, record)
    elif kind.kind == "survey":
        yield Head(words=say("対象年度", "Year"), day=True), _year(record.year if record else None)
    else:
        yield Head(words=first, sort="first", day=True), plain_day(record.first if record else None)
        if last:
            yield Head(words=last, day=True), plain_day(record.last if record else None)


def _stage(kind: RegisterKind, record: Record | None) -> str:
    """Return how far a case has come, and when."""
    reached = [(name, record.stages[name]) for name in kind.stages if name in record.stages] if record else []  # fmt: skip
    return f"{reached[-1][0]}（{plain_day(reached[-1][1])}）" if reached else ""


def _year(year: int | None) -> str:
    return "" if year is None else show_fiscal(year, "wareki")


def _sort(field: Field) -> Sort | None:
    return {"place": "place", "sort": "sort"}.get(field.column or "")  # type: ignore[return-value]


def field_name(field: Field) -> str:
    """Return what a field is called."""
    return field.ja if lang() == "ja" else field.en


def shown(field: Field, value: Literal_ | None) -> str:
    """Return what a field says, in words; a number with its unit."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("はい", "yes") if value else say("いいえ", "no")
    if isinstance(value, Decimal):
        return f"{show_number(value)}{say('円', ' yen') if field.type == 'money' else field.unit or ''}"
    return plain_day(value) if isinstance(value, date) else value


def value_shown(value: Literal_) -> str:
    """Return a value of an attribute, in words."""
    if isinstance(value, bool):
        return say("はい", "yes") if value else say("いいえ", "no")
    if isinstance(value, Decimal):
        return show_number(value)
    return plain_day(value) if isinstance(value, date) else value


def who_shown(kind: RegisterKind, row: EntryRow, *, knows: bool) -> str:
    """Return whom an entry is about; of a person only that it is one, and which.

    `knows`: the viewer may see who persons of this register are; to others the entry's own number tells it from the rest,
    and not that another entry, here or in another register, is of the same person.
    """
    if row.person and not knows:
        return say("個人（登録{n}番）", "person of entry {n}", n=row.record.id)
    if row.person:
        return say("個人 {n}", "person {n}", n=row.record.subject)
    if row.record.subject is None:
        return "" if kind.subject == "none" else say("（個人を特定しない）", "(not by name)")
    return row.who or say("（名称なし）", "(no name)") + (
        f" {row.corporate}" if row.corporate else ""
    )


def parts(kind: RegisterKind, record: Record) -> tuple[tuple[str, str], ...]:
    """Return everything that a content says, name by name; what is not said is an empty word."""
    first, last = time_names(kind.kind)
    times: list[tuple[str, str]] = []
    if kind.kind == "case":
        times += [(say("{s}の日", "Day of {s}", s=s), plain_day(record.stages.get(s))) for s in kind.stages]  # fmt: skip
    elif kind.kind == "survey":
        times.append((say("対象年度", "Year"), _year(record.year)))
    else:
        times.append((first, plain_day(record.first)))
        times += [(last, plain_day(record.last))] if last else []
    size = [(say("人数", "People"), f"{show_number(record.size)}{say('人', '')}")] if kind.groups else []  # fmt: skip
    said = [
        (field_name(field), shown(field, record.values.get(field.key)))
        for field in kind.fields.values()
        if not field.personal
    ]
    return (*size, *times, *said)
