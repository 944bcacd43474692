"""補助の計算の言葉. The arithmetic of a subsidy, and the rules of a register, as sentences in both languages."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from sosei.core.shown import show_number
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.subsidies import ROUNDINGS, Role, Rule, Subsidy, Terms

#: Something in Japanese and English.
Both = tuple[str, str]


def arithmetic(rule: Rule, name: Both, cost: Decimal | None, found: Decimal) -> Both:
    """Return how the most of a cost is reckoned: 対象経費2,001,400円×1/2＝1,000,700円、上限600万円、千円未満切捨て."""
    ja, en = [], []
    if cost is not None:
        share = rule.share or Fraction(1)
        part = Fraction(cost) * share
        times, gives = ("", "") if share == 1 else (f"×{share}", f"＝{_about(part)}")
        ja.append(f"{name[0]}{yen(cost)}{times}{gives}")
        en.append(f"{yen_en(cost)}" + (f" × {share} = {_about(part, '¥')}" if times else ""))
    if rule.cap is not None:
        ja.append(f"上限{yen(rule.cap)}")
        en.append(f"cap {yen_en(rule.cap)}")
    if rule.unit > 1:
        words = next(word for word, unit in ROUNDINGS.items() if unit == rule.unit)
        ja.append(words)
        en.append(f"cut to ¥{rule.unit:,}")
    return "、".join(ja), ", ".join(en)


def _about(amount: Fraction, before: str = "") -> str:
    """Return an amount; of one that is no whole number of yen, its whole yen, and that there is more."""
    whole = show_number(Decimal(amount // 1))
    more = amount.denominator > 1
    return f"{before}{whole}{'…' if more else ''}" if before else f"{whole}円{'余' if more else ''}"


def yen(amount: Decimal | int) -> str:
    """Return an amount as an office writes it."""
    return f"{show_number(Decimal(amount))}円"


def yen_en(amount: Decimal | int) -> str:
    """Return an amount in English."""
    return f"¥{show_number(Decimal(amount))}"


def said(rules: Subsidy, kind: RegisterKind) -> list[Both]:
    """Return the rules in sentences, the terms in force first."""
    found = [_sentence(one, rules, kind) for one in sorted(rules.terms, key=_order, reverse=True)]
    found = found or [_sentence(Terms(), rules, kind)]
    if "fixed" in rules.fields:
        found.append(("確定額は、交付決定額（変更後）と、実績の対象経費から同じ計算をした額の、低い方です。", "What is fixed is the lower of what was granted and of what the real cost gives."))  # fmt: skip
    if rules.advance:
        found.append(("概算払ができます。確定額を超えた分は返還になります。", "It may be paid in advance; what exceeds the fixed amount is returned."))  # fmt: skip
    if "tax" in rules.fields:
        found.append(("仕入控除税額の報告があれば、その額は返還になります。", "Input tax that is reported is returned."))  # fmt: skip
    return found


def _order(one: Terms) -> tuple[str, str]:
    return one.since, one.scheme


def _sentence(one: Terms, rules: Subsidy, kind: RegisterKind) -> Both:
    """Return one set of terms as a sentence; what they leave to the case is told by the columns' names."""

    def own(role: Role, lang: int) -> str:
        key = rules.fields.get(role)
        return "" if key is None else ("欄「" + kind.fields[key].ja + "」" if lang == 0 else f"“{kind.fields[key].en}”")  # fmt: skip

    cost = [own("eligible", n) or own("reported", n) for n in (0, 1)]
    rate = [one.rate or own("rate", n) for n in (0, 1)]
    cap = [(yen, yen_en)[n](one.cap) if one.cap is not None else own("cap", n) for n in (0, 1)]
    cut = [one.rounding or own("rounding", n) for n in (0, 1)]
    since = f"{one.since}から、" if one.since else ""
    ja = f"{since}{f'「{one.scheme}」は、' if one.scheme else ''}{cost[0] or '対象経費'}"
    ja += f"×補助率（{rate[0]}）" if rate[0] else "まで"
    ja += (f"、上限{cap[0]}" if cap[0] else "") + (f"、端数は{cut[0]}" if cut[0] else "") + "。"
    ja += "特例は理由を書けば認めます。" if one.exceptions else ""
    en = (f"From {one.since}: " if one.since else "") + (f"“{one.scheme}”: " if one.scheme else "")
    en += (cost[1] or "the eligible cost") + (f" × rate ({rate[1]})" if rate[1] else " at most")
    en += (f", cap {cap[1]}" if cap[1] else "") + (f", rounding: {cut[1]}" if cut[1] else "") + "."
    return ja, en + (" Exceptions with a reason." if one.exceptions else "")
