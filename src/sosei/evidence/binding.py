"""数え方と台帳. Whether a measure can be asked of registers: the columns are there, of the right type, and the times make sense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from sosei.core.money import SCALES
from sosei.evidence.kinds import Field, FieldType, RegisterKind
from sosei.evidence.measures.model import (
    All,
    At,
    Condition,
    During,
    Either,
    Is,
    Literal_,
    Measure,
    Not,
    OneOf,
    Path,
)
from sosei.evidence.measures.refusals import MeasureDoesNotFit

_TYPES: Mapping[type, tuple[FieldType, ...]] = {
    bool: ("yes-no",), Decimal: ("number", "money"), date: ("date",), str: ("text", "choice", "place"),
}  # fmt: skip


def bound(measure: Measure, kinds: Mapping[str, RegisterKind]) -> Measure:
    """Return a measure that fits the registers. Raises MeasureDoesNotFit with every reason."""
    reasons = list(dict.fromkeys(misfits(measure, kinds)))
    if reasons:
        raise MeasureDoesNotFit(reasons="、".join(reasons), n=len(reasons))
    return measure


def misfits(measure: Measure, kinds: Mapping[str, RegisterKind]) -> Iterator[str]:
    """Yield every reason why a measure cannot be asked of registers."""
    for key in measure.registers:
        if key not in kinds:
            yield f"台帳「{key}」がない"
        else:
            yield from _of_register(measure, kinds[key])
    if measure.after is not None:
        yield from _after(measure, kinds)
    yield from _monthly(measure, kinds)


def _of_register(m: Measure, of: RegisterKind) -> Iterator[str]:
    yield from _stages(of, m.stage)
    yield from _time(m, of)
    if m.path is not None:
        yield from _column(of, m.path)
        known = of.fields.get(m.path.name) if not m.path.of_subject else None
        if (
            m.operation in ("sum", "latest")
            and not m.path.of_subject
            and not (known and known.is_number)
        ):
            yield f"「{of.ja}」の「{of.called(m.path.name)}」は数ではない"
        yield from _money(m, known)
    if m.operation == "people" and not of.groups and of.subject != "person":
        yield f"「{of.ja}」は人を数える台帳ではない"
    if m.after is not None:
        yield from _ordered(of)
    for having in m.having:
        if having.path is not None:
            yield from _column(of, having.path)
    if m.over is not None:
        yield from _column(of, m.over.path)
        for value in m.over.values:
            yield from _value(of, m.over.path, value)
    if m.where is not None:
        yield from _condition(of, m.where)


def _money(m: Measure, known: Field | None) -> Iterator[str]:
    """Say where sums of money would be told in another unit than they are entered in: nothing is reckoned over."""
    if known is None or m.operation not in ("sum", "latest"):
        return
    own = "円" if known.type == "money" else known.unit or ""
    if own in SCALES and m.unit != own and (known.type == "money" or m.unit in SCALES):
        yield f"「{known.ja}」は{own}で書かれているので、単位は「{own}」（「{m.unit}」では桁が違う）"


def _monthly(m: Measure, kinds: Mapping[str, RegisterKind]) -> Iterator[str]:
    """Say where no entry can ever belong to a month: a case has days of its stages, an answer its year."""
    if m.over is None or not m.over.monthly:
        return
    there = [kinds[key] for key in m.registers if key in kinds]
    if there and all(of.kind in ("case", "survey") for of in there):
        for of in there:
            yield f"「{of.ja}」の登録には月がないので、月ごとにはそろわない"


def _stages(of: RegisterKind, stage: str | None) -> Iterator[str]:
    if of.kind == "case" and stage is None:
        yield f"「{of.ja}」は段階のある台帳なので、どの段階に至ったものかを書く（{'・'.join(of.stages)}）"
    if stage is not None and stage not in of.stages:
        yield f"「{of.ja}」に段階「{stage}」がない"


def _time(m: Measure, of: RegisterKind) -> Iterator[str]:
    by_answer = isinstance(m.window, During) and m.window.year == "survey"
    if (of.kind == "survey") != by_answer:
        yield f"「{of.ja}」は{'調査なので、期間は調査対象の年（survey）' if of.kind == 'survey' else '調査ではないので、調査対象の年では数えられない'}"
    if isinstance(m.window, At) and of.kind == "log":
        yield f"「{of.ja}」は出来事の記録なので、ある日現在では数えられない"
    if m.operation == "latest" and of.kind != "series":
        yield f"「{of.ja}」は統計ではないので、最新の値がない"


def _column(of: RegisterKind, path: Path) -> Iterator[str]:
    if path.of_subject or path.name == "subject":
        if of.subject == "none":
            yield f"「{of.ja}」には相手がない"
    elif path.name not in of.fields:
        yield f"「{of.ja}」に項目「{path.name}」がない"
    elif of.fields[path.name].personal:
        yield f"「{of.ja}」の「{of.called(path.name)}」は個人情報なので、数え方に使えない"


def _condition(of: RegisterKind, condition: Condition) -> Iterator[str]:
    match condition:
        case Not(one):
            yield from _condition(of, one)
        case All(several) | Either(several):
            for one in several:
                yield from _condition(of, one)
        case Is(path, _, value):
            yield from _column(of, path)
            yield from _value(of, path, value)
        case OneOf(path, values):
            yield from _column(of, path)
            for value in values:
                yield from _value(of, path, value)
        case _:
            yield from _column(of, condition.path)


def _value(of: RegisterKind, path: Path, value: Literal_) -> Iterator[str]:
    """Say where a constant can never be what a column holds."""
    known: Field | None = None if path.of_subject else of.fields.get(path.name)
    if known is None:
        return
    if known.type not in _TYPES[type(value)]:
        yield f"「{of.ja}」の「{known.ja}」に「{value}」は入らない"
    elif known.type == "choice" and value not in known.choices:
        yield f"「{of.ja}」の「{known.ja}」に選択肢「{value}」がない"


def _ordered(of: RegisterKind) -> Iterator[str]:
    """Say why entries of a register cannot be asked what came before them."""
    if of.kind == "survey":
        yield f"「{of.ja}」は調査で日がないので、順序を問えない"
    if of.subject == "none":
        yield f"「{of.ja}」には相手がないので、順序を問えない"


def _after(m: Measure, kinds: Mapping[str, RegisterKind]) -> Iterator[str]:
    assert m.after is not None
    before = kinds.get(m.after.register)
    if before is None:
        yield f"台帳「{m.after.register}」がない"
        return
    if before.kind == "survey":
        yield f"「{before.ja}」は調査で日がないので、その前後を問えない"
    yield from _stages(before, m.after.stage)
    if before.subject == "none":
        yield f"「{before.ja}」には相手がないので、順序を問えない"
