"""根拠の呼び名. What registers, batches and numbers of entries are called where verifying names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sosei.evidence import models as m
from sosei.journal.models import Entry
from sosei.journal.reading import Broken, sturdy
from sosei.journal.verdict import Lines, Named
from sosei.offices.models import Person

_UNKNOWN: Final = Named("不明", "unknown")
_PROGRAM: Final = Named("プログラム", "the program")
#: As many numbers of entries as are told one by one.
_SINGLY: Final = 10
_WAYS: Final = {
    "typed": Named("手入力", "typed"), "pasted": Named("貼付け", "pasted"), "file": Named("ファイル", "a file"),
    "form": Named("申込みの画面", "the public form"), "answer": Named("調査の回答", "an answer to a survey"),
    "undo": Named("取消し", "an undoing"), "merge": Named("名寄せ", "a merging"),
}  # fmt: skip


def register_called(register: int) -> Named:
    """Return what a register is called; of one that cannot be read, its number."""
    found = sturdy(m.Register._base_manager.filter(pk=register))
    said = found[0].definition if found and not isinstance(found[0], Broken) else None
    plain = f"{register}"
    names = [said.get(lang, plain) if isinstance(said, dict) else plain for lang in ("ja", "en")]
    return Named(str(names[0]), str(names[1]))


def batch_facts(batch: m.Batch) -> dict[str, Any]:
    """Return of which register a batch is, who entered it when, by which line of the journal, from where."""
    line = _line_of(batch)
    return {
        "register": register_called(batch.register_id), "at": batch.since, "source": _source(batch),
        "lines": Lines(line.seq, line.seq) if line is not None else _UNKNOWN,
        "who": _who(line.by) if line is not None else _UNKNOWN,
    }  # fmt: skip


def _line_of(batch: m.Batch) -> Entry | None:
    """Return the line of the journal that wrote a batch: it has its moment."""
    lines = Entry.objects.filter(body=batch.body, at=batch.since).order_by("seq")
    for line in sturdy(lines):
        if not isinstance(line, Broken) and _wrote(line, batch.pk):
            return line
    return None


def _wrote(line: Entry, batch: int) -> bool:
    rows = line.rows if isinstance(line.rows, list) else []
    return any(isinstance(row, list) and row[:2] == [m.Batch.table(), batch] for row in rows)


def _who(by: int | None) -> str | Named:
    if by is None:
        return _PROGRAM
    return Person.objects.filter(pk=by).values_list("name", flat=True).first() or _UNKNOWN


def _source(batch: m.Batch) -> Named:
    way = _WAYS.get(batch.way, _UNKNOWN)
    if not batch.source:
        return way
    return Named(f"{way.ja}「{batch.source}」", f"{way.en}, “{batch.source}”")


def entries_called(numbers: Sequence[int]) -> Named:
    """Return what entries are called: each where they are few, else from which to which.

    >>> entries_called([5]).ja, entries_called([5, 7]).ja, entries_called(range(1, 257)).ja
    ('登録5番', '登録5・7番', '登録1番から256番まで')
    """
    if len(numbers) > _SINGLY:
        first, last = numbers[0], numbers[-1]
        return Named(f"登録{first}番から{last}番まで", f"entries {first} to {last}")
    said = [str(number) for number in numbers]
    plural = "entry" if len(said) == 1 else "entries"
    return Named(f"登録{'・'.join(said)}番", f"{plural} {', '.join(said)}")
