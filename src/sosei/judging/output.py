"""判定の出力. Verdicts as JSON values and as text for a terminal."""

from __future__ import annotations

from typing import Any

from sosei.core.fields import Lang
from sosei.core.report import Places, Said
from sosei.core.shown import show_year
from sosei.core.wording import name
from sosei.judging.criteria import Proposal
from sosei.judging.figures import Case
from sosei.judging.methods import METHODS
from sosei.judging.outcome import Outcome, Rate, Reached, Refusal, reason
from sosei.judging.printed import Printed
from sosei.judging.ranks import Rank, schemes
from sosei.judging.verdict import IndicatorVerdict, ProjectVerdict, Verdicts


def to_json(verdicts: Verdicts) -> dict[str, Any]:
    """Return verdicts as JSON values; rates as decimal strings, unrounded, with the percentage beside them."""
    return {
        "evaluable": verdicts.evaluable,
        "reached": verdicts.reached,
        "total": verdicts.total,
        "mean_rate": str(verdicts.mean) if verdicts.mean is not None else None,
        "scheme": verdicts.scheme.code if verdicts.scheme else None,
        "projects": [_project_json(project) for project in verdicts.projects],
    }


def _project_json(project: ProjectVerdict) -> dict[str, Any]:
    return {
        "path": project.path,
        "name": _text(project.name),
        "evaluable": project.evaluable,
        "reached": project.reached,
        "total": len(project.indicators),
        "proposal": _proposal_json(project.proposal),
        "printed": {
            "grade": project.grade,
            "expert_judgement": project.expert_judgement,
            "next_policy": project.next_policy,
        },
        "indicators": [_indicator_json(verdict) for verdict in project.indicators],
    }


def _indicator_json(verdict: IndicatorVerdict) -> dict[str, Any]:
    return {
        "path": verdict.path,
        "name": _text(verdict.name),
        "place": _places_json(verdict.place),
        **_case_json(verdict.case),
        "progress": _outcome_json(verdict.progress),
        "rank": _rank_json(verdict.rank),
        "proposal": _proposal_json(verdict.proposal),
        "printed_rate": _printed_json(verdict.rate),
        "printed_rating": _printed_json(verdict.rating),
        "other_years": [_case_json(case) for case in verdict.earlier],
    }


def _case_json(case: Case) -> dict[str, Any]:
    return {
        "fiscal_year": case.fiscal_year,
        "target_due": case.due,
        "judged": case.role,
        "method": case.method,
        "target": str(case.figures.target) if case.figures else None,
        "actual": str(case.figures.actual) if case.figures else None,
        "baseline": str(case.figures.baseline)
        if case.figures and case.figures.baseline is not None
        else None,
        "outcome": _outcome_json(case.outcome),
    }


def _outcome_json(outcome: Outcome | None) -> dict[str, Any] | None:
    if outcome is None:
        return None
    if isinstance(outcome, Rate):
        return {"rate": str(outcome.value), "shown": outcome.shown(), "reached": outcome.reached}
    if isinstance(outcome, Reached):
        return {"reached": outcome.reached, "because": outcome.because}
    return {"refused": outcome.code, "ja": outcome.sentence("ja"), "en": outcome.sentence("en")}


def _rank_json(rank: Rank | Refusal | None) -> dict[str, Any] | None:
    if isinstance(rank, Rank):
        return {"label": rank.label, "rounding_shows": rank.shown_as}
    return _outcome_json(rank)


def _proposal_json(proposal: Proposal | Refusal | None) -> dict[str, Any] | None:
    if isinstance(proposal, Proposal):
        return {
            "level": proposal.level,
            "name": proposal.name(),
            "criteria": proposal.criteria,
            "rule": proposal.rule,
            "because": proposal.because(),
        }
    return _outcome_json(proposal)


def _printed_json(printed: Printed | None) -> dict[str, Any] | None:
    if printed is None:
        return None
    return {
        "text": printed.text,
        "result": printed.result,
        "by": printed.by,
        "rounding": printed.rounding,
        "figures_give": printed.gives,
    }


def _places_json(places: Places) -> list[dict[str, Any]]:
    names = (
        "source",
        "page",
        "box",
        "sheet",
        "range",
        "table",
        "row",
        "column",
        "start",
        "end",
        "ocr",
    )
    return [{n: getattr(p, n) for n in names if getattr(p, n) is not None} for p in places]


def _text(said: Said | None) -> str | None:
    return said.text if said else None


def to_text(verdicts: Verdicts, lang: Lang = "ja") -> str:
    """Return verdicts as lines: per project its indicators, then how many could be judged."""
    lines: list[str] = []
    for project in verdicts.projects:
        lines += _project_lines(project, lang)
    lines.append(
        _SUM[lang].format(
            evaluable=verdicts.evaluable, total=verdicts.total, reached=verdicts.reached
        )
    )
    return "\n".join(lines) + "\n"


_SUM = {
    "ja": "評価できる指標 {evaluable}／{total}件、目標達成 {reached}件",
    "en": "{evaluable} of {total} indicators evaluable, {reached} reached",
}
_NAMELESS = {"ja": "（名称なし）", "en": "(no name)"}
_LEVEL = {
    "ja": "四段階の提案：{name}（{rule}）",
    "en": "Proposed level: {name} ({rule})",
}
_SAID = {
    "expert_judgement": {"ja": "報告書の外部有識者の評価", "en": "Experts, as reported"},
    "next_policy": {"ja": "報告書の今後の方針", "en": "Next policy, as reported"},
}
_NO_LEVEL = {"ja": "四段階の提案なし：{why}", "en": "No level proposed: {why}"}


def _project_lines(project: ProjectVerdict, lang: Lang) -> list[str]:
    lines = [_text(project.name) or _NAMELESS[lang]]
    lines += [
        f"  {line}" for verdict in project.indicators for line in _indicator_lines(verdict, lang)
    ]
    if isinstance(project.proposal, Proposal):
        level = _LEVEL[lang].format(
            name=project.proposal.name(lang), rule=project.proposal.because(lang)
        )
    else:
        level = _NO_LEVEL[lang].format(why=project.proposal.sentence(lang))
    lines.append(f"  → {level}")
    for family, code in (
        ("expert_judgement", project.expert_judgement),
        ("next_policy", project.next_policy),
    ):
        if code:
            lines.append(f"  → {_SAID[family][lang]}：{name(family, code, lang)}")
    return [*lines, ""]


def _indicator_lines(verdict: IndicatorVerdict, lang: Lang) -> list[str]:
    case = verdict.case
    known = case.fiscal_year is not None and not isinstance(case.outcome, Refusal)
    year = show_year(case.fiscal_year, lang) if known and case.fiscal_year is not None else ""
    head = (_text(verdict.name) or _NAMELESS[lang]) + (f"　{year}" if year else "")
    lines = [f"{head}：{outcome_text(case, lang)}"]
    if isinstance(verdict.rank, Rank):
        lines.append(f"  {_rank_text(verdict.rank, lang)}")
    printed = (verdict.rate, verdict.rating)
    return lines + [f"  {_printed_text(each, lang)}" for each in printed if each]


def outcome_text(case: Case, lang: Lang = "ja") -> str:
    """Return what was found for one actual, with the method's name or the reason."""
    outcome = case.outcome
    if isinstance(outcome, Refusal):
        return outcome.sentence(lang)
    words = {"ja": ("達成", "未達成"), "en": ("reached", "not reached")}[lang]
    reached = words[0] if outcome.reached else words[1]
    if case.under_way:
        reached = (
            f"{case.due}年度の目標に対する途中の値" if lang == "ja" else f"on the way to {case.due}"
        )
    if isinstance(outcome, Reached):
        return f"{reached}（{reason(outcome.because, lang)}）"
    method = METHODS[case.method or "plain"]
    return f"{outcome.shown()} {reached}（{method.ja if lang == 'ja' else method.en}）"


def _rank_text(rank: Rank, lang: Lang) -> str:
    if rank.shown_as is None:
        return {"ja": f"階級 {rank.label}", "en": f"rank {rank.label}"}[lang]
    return {
        "ja": f"階級 {rank.label}（表示を丸めると「{rank.shown_as}」に見えるので注意）",
        "en": f"rank {rank.label} (rounded, it would look like “{rank.shown_as}”)",
    }[lang]


def _printed_text(printed: Printed, lang: Lang) -> str:
    by = _by(printed.by, lang)
    ja = {
        "reproduced": f"報告書の「{printed.text}」は計算と合います{f'（{by}）' if by else ''}",
        "contradicted": f"報告書の「{printed.text}」は目標値・実績値と合いません（計算すると{printed.gives or '別の結果'}）",
        "not_comparable": f"報告書の「{printed.text}」は、計算では確かめられません",
    }
    en = {
        "reproduced": f"printed “{printed.text}” agrees with the figures{f' ({by})' if by else ''}",
        "contradicted": f"printed “{printed.text}” contradicts the document's figures ({printed.gives or 'other'})",
        "not_comparable": f"printed “{printed.text}” cannot be checked",
    }
    return (ja if lang == "ja" else en)[printed.result]


def _by(code: str | None, lang: Lang) -> str:
    """Return the name of the method or the rank scheme that gives what is printed."""
    if code in METHODS:
        return METHODS[code].ja if lang == "ja" else METHODS[code].en
    if code not in schemes():
        return ""
    example = {"ja": "区分の例：", "en": "for example by "}[lang]
    return f"{example}{schemes()[code].name(lang)}"
