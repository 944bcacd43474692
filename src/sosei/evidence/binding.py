"""数え方と台帳. Whether a measure can be asked of registers: the columns are there, of the right type, and the times make sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Misfit:
    """合わない理由. One reason why a measure cannot be asked of registers."""

    ja: str
    en: str

    def __str__(self) -> str:
        """The Japanese sentence."""
        return self.ja

    def said(self, lang: str = "ja") -> str:
        """Return it in Japanese (`ja`) or English (`en`)."""
        return self.en if lang == "en" else self.ja


def bound(measure: Measure, kinds: Mapping[str, RegisterKind]) -> Measure:
    """Return a measure that fits the registers. Raises MeasureDoesNotFit with every reason."""
    reasons = list(dict.fromkeys(misfits(measure, kinds)))
    if reasons:
        raise MeasureDoesNotFit(**listed(reasons), n=len(reasons))
    return measure


def listed(reasons: Iterable[Misfit]) -> dict[str, str]:
    """Return reasons as the facts of a refusal, in both languages."""
    said = list(reasons)
    return {
        "reasons": "、".join(one.ja for one in said), "reasons_en": "; ".join(one.en for one in said)
    }  # fmt: skip


def lacking(called: str, called_en: str) -> Misfit:
    """Return that a register is not there."""
    return Misfit(f"台帳「{called}」がない", f"there is no register “{called_en}”")


def misfits(measure: Measure, kinds: Mapping[str, RegisterKind]) -> Iterator[Misfit]:
    """Yield every reason why a measure cannot be asked of registers."""
    for key in measure.registers:
        if key not in kinds:
            yield lacking(key, key)
        else:
            yield from _of_register(measure, kinds[key])
    if measure.after is not None:
        yield from _after(measure, kinds)
    yield from _monthly(measure, kinds)


def _of_register(m: Measure, of: RegisterKind) -> Iterator[Misfit]:
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
            yield Misfit(
                f"「{of.ja}」の「{of.called(m.path.name)}」は数ではない",
                f"“{of.called(m.path.name, 'en')}” of “{of.en}” is no number",
            )
        yield from _money(m, known)
    if m.operation == "people" and not of.groups and of.subject != "person":
        yield Misfit(f"「{of.ja}」は人を数える台帳ではない", f"“{of.en}” does not count people")
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


def _money(m: Measure, known: Field | None) -> Iterator[Misfit]:
    """Say where sums of money would be told in another unit than they are entered in, or what is no money as money."""
    if (
        m.path is None
        or m.operation not in ("sum", "latest")
        or (known is None and not m.path.of_subject)
    ):
        return
    own = "" if known is None else "円" if known.type == "money" else known.unit or ""
    ja, en = (m.path.name, m.path.name) if known is None else (known.ja, known.en)
    if own in SCALES and m.unit != own and (m.unit in SCALES or (known and known.type == "money")):
        yield Misfit(
            f"「{ja}」は{own}で書かれているので、単位は「{own}」（「{m.unit}」では桁が違う）",
            f"“{en}” is entered in {own}, so that the unit is {own} ({m.unit} is another scale)",
        )
    elif own not in SCALES and m.unit in SCALES:
        yield Misfit(
            f"「{ja}」は金額ではないので、単位を「{m.unit}」にできない",
            f"“{en}” is no amount of money, and not summed in {m.unit}",
        )


def _monthly(m: Measure, kinds: Mapping[str, RegisterKind]) -> Iterator[Misfit]:
    """Say where no entry can ever belong to a month: a case has days of its stages, an answer its year."""
    if m.over is None or not m.over.monthly:
        return
    there = [kinds[key] for key in m.registers if key in kinds]
    if there and all(of.kind in ("case", "survey") for of in there):
        for of in there:
            yield Misfit(
                f"「{of.ja}」の登録には月がないので、月ごとにはそろわない",
                f"entries of “{of.en}” have no month, so that none is ever complete",
            )


def _stages(of: RegisterKind, stage: str | None) -> Iterator[Misfit]:
    if of.kind == "case" and stage is None:
        yield Misfit(
            f"「{of.ja}」は段階のある台帳なので、どの段階に至ったものかを書く（{'・'.join(of.stages)}）",
            f"“{of.en}” has stages, so that the measure says which one is reached ({', '.join(of.stages)})",
        )
    if stage is not None and stage not in of.stages:
        yield Misfit(f"「{of.ja}」に段階「{stage}」がない", f"“{of.en}” has no stage “{stage}”")


def _time(m: Measure, of: RegisterKind) -> Iterator[Misfit]:
    by_answer = isinstance(m.window, During) and m.window.year == "survey"
    if (of.kind == "survey") != by_answer:
        yield _other_year(of)
    if isinstance(m.window, At) and of.kind == "log":
        yield Misfit(
            f"「{of.ja}」は出来事の記録なので、ある日現在では数えられない",
            f"“{of.en}” records what happened, and is not counted as of a day",
        )
    if m.operation == "latest" and of.kind != "series":
        yield Misfit(
            f"「{of.ja}」は統計ではないので、最新の値がない",
            f"“{of.en}” holds no statistics, and has no latest figure",
        )


def _other_year(of: RegisterKind) -> Misfit:
    if of.kind == "survey":
        return Misfit(
            f"「{of.ja}」は調査なので、期間は調査対象の年（survey）",
            f"“{of.en}” is a survey: its period is the year asked about (survey)",
        )
    return Misfit(
        f"「{of.ja}」は調査ではないので、調査対象の年では数えられない",
        f"“{of.en}” is no survey, and is not counted by the year asked about",
    )


def _column(of: RegisterKind, path: Path) -> Iterator[Misfit]:
    if path.of_subject or path.name == "subject":
        if of.subject == "none":
            yield Misfit(f"「{of.ja}」には相手がない", f"“{of.en}” is about nobody")
    elif path.name not in of.fields:
        yield Misfit(
            f"「{of.ja}」に項目「{path.name}」がない", f"“{of.en}” has no item “{path.name}”"
        )
    elif of.fields[path.name].personal:
        yield Misfit(
            f"「{of.ja}」の「{of.called(path.name)}」は個人情報なので、数え方に使えない",
            f"“{of.called(path.name, 'en')}” of “{of.en}” is personal, and not counted by",
        )


def _condition(of: RegisterKind, condition: Condition) -> Iterator[Misfit]:
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


def _value(of: RegisterKind, path: Path, value: Literal_) -> Iterator[Misfit]:
    """Say where a constant can never be what a column holds."""
    known: Field | None = None if path.of_subject else of.fields.get(path.name)
    if known is None:
        return
    if known.type not in _TYPES[type(value)]:
        yield Misfit(
            f"「{of.ja}」の「{known.ja}」に「{value}」は入らない",
            f"“{known.en}” of “{of.en}” never says “{value}”",
        )
    elif known.type == "choice" and value not in known.choices:
        yield Misfit(
            f"「{of.ja}」の「{known.ja}」に選択肢「{value}」がない",
            f"“{known.en}” of “{of.en}” has no choice “{value}”",
        )


def _ordered(of: RegisterKind) -> Iterator[Misfit]:
    """Say why entries of a register cannot be asked what came before them."""
    if of.kind == "survey":
        yield Misfit(
            f"「{of.ja}」は調査で日がないので、順序を問えない",
            f"“{of.en}” is a survey without days: nothing comes before or after",
        )
    if of.subject == "none":
        yield _of_nobody(of)


def _after(m: Measure, kinds: Mapping[str, RegisterKind]) -> Iterator[Misfit]:
    assert m.after is not None
    before = kinds.get(m.after.register)
    if before is None:
        yield lacking(m.after.register, m.after.register)
        return
    if before.kind == "survey":
        yield Misfit(
            f"「{before.ja}」は調査で日がないので、その前後を問えない",
            f"“{before.en}” is a survey without days: nothing is before or after it",
        )
    yield from _stages(before, m.after.stage)
    if before.subject == "none":
        yield _of_nobody(before)


def _of_nobody(of: RegisterKind) -> Misfit:
    return Misfit(
        f"「{of.ja}」には相手がないので、順序を問えない",
        f"“{of.en}” is about nobody: whose turn came first is not known",
    )
