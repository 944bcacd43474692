"""規則の一覧. All rules, found by looking into `checking/rules/`: a rule is there as soon as its file is."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from sosei.checking import rules as room
from sosei.checking.rule import Rule
from sosei.core.errors import BadSetting


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules in the order of their codes."""
    names = sorted(module.name for module in pkgutil.iter_modules(room.__path__))
    found: list[Rule] = [import_module(f"{room.__name__}.{name}").RULE for name in names]
    return tuple(sorted(found, key=lambda rule: _order(rule.code)))


def _order(code: str) -> tuple[str, int, str]:
    """Put OD-2 before OD-10."""
    family, _, rest = code.partition("-")
    return family, int(rest) if rest.isdigit() else 0, rest


def rule(code: str) -> Rule:
    """Return one rule by its code; letter case does not count. Raises BadSetting for an unknown code."""
    for known in rules():
        if known.code == code.upper():
            return known
    raise BadSetting(
        name="CODE", value=code, hint="規則の一覧は「sosei rules」で見られます。 See “sosei rules”."
    )


def explain(code: str, lang: str = "ja") -> str:
    """Return a rule as readable text: title, severity, validity, source, reason, wrong and right."""
    return page(rule(code), lang)


def page(known: Rule, lang: str = "ja") -> str:
    """Return what there is to know about a rule, in Japanese or English."""
    ja = lang != "en"
    title, why = (known.title_ja, known.why_ja) if ja else (known.title_en, known.why_en)
    heads = (
        ("重さ", "効力", "必要な入力", "出典", "直すもの", "直した後")
        if ja
        else ("Severity", "In force", "Needs", "Source", "Wrong", "Right")
    )
    severity = known.severity.ja if ja else known.severity.value
    facts = (severity, force(known, ja=ja), needs(known, ja=ja), known.source)
    lines = [f"{known.code} {title}", "", why, ""]
    lines += [f"{head}: {fact}" for head, fact in zip(heads, facts, strict=False)]
    lines += ["", f"{heads[4]}: {known.wrong}", f"{heads[5]}: {known.right}"]
    return "\n".join(lines) + "\n"


def needs(known: Rule, *, ja: bool = True) -> str:
    """Return what a rule must be given, in words."""
    words = [need.ja if ja else need.en for need in sorted(known.needs)]
    return ("、" if ja else ", ").join(["報告書" if ja else "the report", *words])


def force(known: Rule, *, ja: bool = True) -> str:
    """Return the years and schemes in which a rule is in force, in words."""
    if known.since is None and known.until is None and not known.schemes:
        return "すべての年度と制度" if ja else "all years and schemes"
    years = f"{known.since or ''}～{known.until or ''}" + ("年度" if ja else "")
    schemes = ", ".join(known.schemes)
    parts = [years if known.since or known.until else "", schemes]
    return " / ".join(part for part in parts if part)
