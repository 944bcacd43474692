"""台帳の語. Words of the book's templates: judgements, levels, sources of funds, charts. {% load book %}"""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sosei.checking.finding import Finding, Severity
from sosei.checking.here import said_here as shortened
from sosei.core.errors import SoseiError
from sosei.core.fields import word
from sosei.core.report import Said, Spending
from sosei.core.schemes import Cap, Scheme
from sosei.core.shown import show_yen
from sosei.judging.criteria import Proposal, level_name
from sosei.judging.figures import Case
from sosei.judging.methods import METHODS
from sosei.judging.outcome import Rate, Reached, Refusal, reason
from sosei.judging.output import outcome_text
from sosei.judging.verdict import IndicatorVerdict
from sosei.web.desk.saying import lang, say, tongue
from sosei.web.desk.stages import shown
from sosei.web.desk.trying import sentence

register = template.Library()


@register.simple_tag
def said_here(finding: Finding, project: Said | None = None, indicator: Said | None = None) -> str:
    """Say a finding where the page names its project, and the row its indicator: {% said_here finding project line.core.name %}."""
    names = (getattr(named, "text", None) for named in (project, indicator))
    return shortened(finding.message(lang()), lang(), *names)


_SOURCES: Final = {
    "national": ("国費", "State"),
    "prefectural": ("県を経由した国費", "State, via the prefecture"),
    "own": ("一般財源", "own funds"),
    "other": ("その他", "other"),
    "": ("財源の記載なし", "source not said"),
}
_ORIGINS: Final = {
    "import": ("取込み", "imported"),
    "inquiry": ("照会の回答", "answer to an inquiry"),
    "typed": ("手入力", "typed"),
    "roll": ("年度更新", "roll-over"),
    "counted": ("台帳からの数え", "counted from registers"),
}
_PER: Final = {
    "project": ("1事業", "a project"),
    "year": ("1団体・1年度", "a body and year"),
    "total": ("1事業の全期間", "a project over all its years"),
    "household": ("1世帯", "a household"),
    "single": ("単身", "a single person"),
    "venture": ("1起業", "a venture"),
}


def _two(pair: tuple[str, str]) -> str:
    return say(*pair)


@register.filter
def outcome(verdict: IndicatorVerdict) -> str:
    """Say how an indicator is judged, with the method or the reason."""
    return outcome_text(verdict.case, lang())


@register.filter
def how(verdict: IndicatorVerdict) -> str:
    """Say by which method an indicator is judged, or why it is not; what badge and rate say stands beside it."""
    found = verdict.case.outcome
    if isinstance(found, Refusal):
        return found.sentence(lang())
    if isinstance(found, Reached):
        return reason(found.because, lang())
    method = METHODS.get(verdict.case.method or "")
    return tongue(method) if method else ""


@register.filter
def rate(case: Case) -> str:
    """Show the achievement rate; － where there is none."""
    return case.outcome.shown() if isinstance(case.outcome, Rate) else "－"


@register.filter
def reached(case: Case) -> SafeString:
    """Show as a badge whether a target is reached, is on its way, is missed, or cannot be judged."""
    if isinstance(case.outcome, Refusal):
        tone, words = "quiet", say("評価できない", "not evaluable")
    elif case.under_way:
        tone, words = "doing", say("途中", "on the way")
    elif case.outcome.reached:
        tone, words = "done", say("達成", "reached")
    else:
        tone, words = "warning", say("未達成", "missed")
    return format_html('<span class="badge badge-{}">{}</span>', tone, words)


@register.filter
def proposed(proposal: Proposal | Refusal) -> str:
    """Say which level is proposed, or why none is."""
    return proposal.name(lang()) if isinstance(proposal, Proposal) else proposal.sentence(lang())


@register.filter
def because(proposal: Proposal | Refusal) -> str:
    """Say which rule fired; empty where none did."""
    return proposal.because(lang()) if isinstance(proposal, Proposal) else ""


@register.filter
def is_proposal(proposal: object) -> bool:
    """Whether a level is proposed."""
    return isinstance(proposal, Proposal)


@register.filter
def level(number: int | None) -> str:
    """Show a level's name; － where there is none."""
    return "－" if number is None else level_name(number, lang())


@register.filter
def source(code: str | None) -> str:
    """Show a source of funds."""
    return _two(_SOURCES[code or ""])


@register.filter
def origin(code: str) -> str:
    """Show how a value came into the book."""
    return _two(_ORIGINS.get(code, (code, code)))


@register.filter
def coded(code: str | None, field: str) -> str:
    """Show a code of the contract in words: {{ line.kind|coded:"Spending.kind" }}."""
    return word(field, code, lang()) if code else "－"


@register.filter
def chart(svg: str | None) -> SafeString:
    """Put a chart into the page: our own drawing, in which every word is escaped."""
    return SafeString(svg or "")


@register.filter
def cap(limit: Cap) -> str:
    """Say a cap: per what."""
    return _two(_PER[limit.per])


@register.filter
def duty(scheme: Scheme) -> str:
    """Say how much a scheme asks for publication."""
    words = {
        "duty": ("結果と改善策の公表は義務", "publishing results and improvements is a duty"),
        "condition": ("公表は交付の要件", "publication is a condition of the grant"),
        "request": ("公表は要請", "publication is asked for"),
    }
    return (
        say(*words[scheme.publication])
        if scheme.publication
        else say("確認できていません", "not known")
    )


@register.filter
def stage_words(code: str) -> str:
    """Show how far something is, in words alone (for choices)."""
    return shown(code)[1]


@register.filter
def severity_words(severity: Severity) -> str:
    """Show how much a finding weighs, in words alone (for choices)."""
    return say(severity.ja, severity.value)


@register.filter
def printed(line: Spending) -> str:
    """Show a line's amount in the unit that it is printed in; － where it has no figure."""
    return show_yen(line.yen, line.unit)


@register.filter
def refusal(error: SoseiError) -> str:
    """Say a refusal, with its code."""
    return sentence(error)
