"""登録の写し. Between what an entry says and the columns it is kept in; whatever goes in comes back as it was.

Numbers are kept as whole ten-thousandths: so a sum over a million rows is exact in every database.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.entries import Record
from sosei.evidence.measures.model import Literal_

#: Digits behind the point that a number of an entry has at most.
DIGITS: Final = 4
SCALE: Final = 10**DIGITS
#: Beyond this a number is no figure of a city.
LARGEST: Final = 10**12

REACHED: Final = tuple(f"reached{n}" for n in range(1, 9))
#: What a content says, in the order in which it is written, read and digested.
CONTENT: Final = (
    "number", "subject_id", "first", "last", "year", "size", "quantity", "amount", "place", "sort", *REACHED, "more", "at",
    "gone", "reason",
)  # fmt: skip
#: Whose it is, and when; every count sees it.
_HEAD: Final = CONTENT[:6]
_MORE: Final = CONTENT.index("more")
_STAGE: Final = CONTENT.index("reached1")
_NOT_REACHED: Final = (None,) * len(REACHED)
Row = tuple[Any, ...]


def scaled(number: Decimal) -> int:
    """Return a number in ten-thousandths. Raises ValueError where it has more digits, or is beyond all bounds.

    >>> scaled(Decimal("12.5"))
    125000
    """
    if not -LARGEST < number < LARGEST:
        raise ValueError(str(number))
    return scaled_sum(number)


def scaled_sum(number: Decimal) -> int:
    """Return a sum in ten-thousandths; it may be greater than any single number. Raises ValueError where it has more digits."""
    if number == (units := int(number)):  # most are whole, and then it is cheap
        return units * SCALE
    whole = int(number.scaleb(DIGITS))
    if Decimal(whole).scaleb(-DIGITS) != number:
        raise ValueError(str(number))
    return whole


def unscaled(whole: int) -> Decimal:
    """Return the number again, without zeros that say nothing.

    >>> unscaled(125000), unscaled(20_000_000)
    (Decimal('12.5'), Decimal('2000'))
    """
    units, rest = divmod(whole, SCALE)
    return Decimal(units) if not rest else Decimal(whole).scaleb(-DIGITS).normalize()


def rower(kind: RegisterKind) -> Callable[[int, int | None, Draft], Row]:
    """Return what makes the rows that are written of drafts; made once for many.

    What is declared personal is none of it: enciphered, apart from contents, which stay for ever.
    """
    at = {
        key: CONTENT.index(one.column) if one.column else _MORE
        for key, one in kind.fields.items()
        if not one.personal
    }
    personal, persons = kind.personal, kind.holds_persons

    def row(number: int, subject: int | None, draft: Draft) -> Row:
        more: dict[str, Any] = {}
        made = [
            number, subject, draft.first, draft.last, draft.year, draft.size, None, None, None, None, *draft.reached,
            *_NOT_REACHED[len(draft.reached) :], more, nameless_place(draft.at) if persons else draft.at, False, "",
        ]  # fmt: skip
        for key, value in draft.values.items():
            if key in personal:
                continue
            if (place := at[key]) == _MORE:
                more[key] = _kept(value)
            else:
                made[place] = _kept(value)
        return tuple(made)

    return row


def nameless_place(at: str) -> str:
    """Return a place without the name of its sheet, which may be somebody's.

    >>> nameless_place("山田 花子!A12")
    'A12'
    """
    return at.rpartition("!")[2]


def row_of(number: int, subject: int | None, draft: Draft, kind: RegisterKind) -> Row:
    """Return one draft as the row that is written."""
    return rower(kind)(number, subject, draft)


def gone_row(number: int, reason: str) -> Row:
    """Return the row that takes an entry out of its register."""
    return (number, None, None, None, None, 1, *(None,) * 4, *(None,) * 8, {}, "", True, reason)


def _kept(value: Literal_) -> Any:
    if isinstance(value, Decimal):
        return scaled(value)
    return value.isoformat() if isinstance(value, date) else value


def draft_of(row: Sequence[Any], kind: RegisterKind) -> Draft:
    """Return what a content says as the draft of which it would come again."""
    record = record_of(row, kind)
    return Draft(
        entry=record.id, subject=record.subject, first=record.first, last=record.last, year=record.year,
        size=record.size, reached=tuple(row[_STAGE : _STAGE + len(kind.stages)]), values=record.values,
    )  # fmt: skip


def asked_columns(
    kind: RegisterKind, fields: Collection[str], stages: Collection[str]
) -> tuple[str, ...]:
    """Return the columns in which a content says whose it is, when, and some fields and stages; in the order of `CONTENT`."""
    typed = {kind.fields[key].column or "more" for key in fields if key in kind.fields}
    reached = {REACHED[kind.stages.index(name)] for name in stages if name in kind.stages}
    return tuple(one for one in CONTENT if one in _HEAD or one in typed or one in reached)


def recorder(
    kind: RegisterKind, columns: Sequence[str] = CONTENT
) -> Callable[[Sequence[Any]], Record]:
    """Return what reads contents of a register as the count sees them; made once for many.

    `columns`: which of a content are there (`asked_columns`); what stands in others is not said.
    """
    own = [
        (one.key, columns.index(one.column), _READ.get(one.type))
        for one in kind.fields.values()
        if one.column in columns
    ]
    rest = [(one.key, _READ.get(one.type)) for one in kind.fields.values() if not one.column]
    stages = [
        (name, columns.index(column))
        for name, column in zip(kind.stages, REACHED, strict=False)
        if column in columns
    ]
    beside = columns.index("more") if "more" in columns else None

    def record(row: Sequence[Any]) -> Record:
        values: dict[str, Literal_] = {}
        for key, at, reads in own:
            if (kept := row[at]) is not None:
                values[key] = kept if reads is None else reads(kept)
        if beside is not None and (more := row[beside]):
            for key, reads in rest:
                if (kept := more.get(key)) is not None:
                    values[key] = kept if reads is None else reads(kept)
        return Record(
            id=row[0], register=kind.key, subject=row[1], first=row[2], last=row[3], year=row[4], size=row[5],
            stages={name: row[at] for name, at in stages if row[at] is not None}, values=values,
        )  # fmt: skip

    return record


def record_of(row: Sequence[Any], kind: RegisterKind) -> Record:
    """Return one content as the count sees it."""
    return recorder(kind)(row)


_READ: Final[Mapping[str, Callable[[Any], Literal_]]] = {
    "number": unscaled,
    "money": unscaled,
    "date": date.fromisoformat,
}


def literal(said: Any) -> Literal_:
    """Return a value of an attribute as it was kept: {"n": "12.5"} is a number, {"d": "2021-04-01"} a day."""
    if isinstance(said, Mapping):
        return Decimal(said["n"]) if "n" in said else date.fromisoformat(said["d"])
    return said if isinstance(said, bool) else str(said)


def said_of(value: Literal_) -> Any:
    """Return how a value of an attribute is kept."""
    if isinstance(value, Decimal):
        return {"n": format(value.normalize() + 0, "f")}
    return {"d": value.isoformat()} if isinstance(value, date) else value
