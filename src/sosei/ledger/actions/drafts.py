"""下書き. Parts of a report as rows not yet written: what each column holds, and where its words stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sosei.core.report import Indicator, Project, Report, Said, Spending, Value, Verification, Year
from sosei.core.schemes import known_schemes, scheme_named
from sosei.ledger import models as m
from sosei.ledger.traces import Trace, body_kept, columns_of, ext_kept, note, placed

Columns = dict[str, Any]


def volume_columns(report: Report) -> Columns:
    """Return what a volume holds of its report."""
    trace: Trace = {}
    return {
        **columns_of(trace, title=report.title, chapter=report.chapter),
        **_year(trace, report.fiscal_year),
        "bodies": [body_kept(body) for body in report.bodies],
        "sources": [
            {"id": s.id, "name": s.name, "sha256": s.sha256, "format": s.format}
            for s in report.sources
        ],
        "unread": [
            {"code": u.code, "raw": u.raw, **({"place": placed(u.place)} if u.place else {})}
            for u in report.unread
        ],
        "trace": trace,
        "ext": ext_kept(report.ext),
    }


def _year(trace: Trace, year: Year | None) -> Columns:
    if year is None:
        return {"said_year": None, "said_basis": None}
    note(trace, "fiscal_year", year.raw, year.place)
    return {"said_year": year.year, "said_basis": year.basis}


def entry_columns(project: Project) -> Columns:
    """Return what an entry holds of its project, apart from its lists."""
    trace: Trace = {}
    columns = {
        **columns_of(trace, grant=project.grant, grant_type=project.grant_type, name=project.name),
        **_year(trace, project.fiscal_year),
        "kind": project.kind,
        "said_id": project.id,
        "number": project.number,
        "scheme": _scheme(project.grant),
        "period_raw": None,
        "period_first": None,
        "period_last": None,
        "ext": ext_kept(project.ext),
        "trace": trace,
    }
    note(trace, "", None, project.place)
    if project.period is not None:
        note(trace, "period", None, project.period.place)
        columns |= {
            "period_raw": project.period.raw,
            "period_first": project.period.first,
            "period_last": project.period.last,
        }
    return columns


def _scheme(grant: Said | None) -> str | None:
    found = scheme_named(grant.text, known_schemes()) if grant else None
    return found.id if found else None


def words_columns(said: Said) -> Columns:
    """Return one item of a list of words."""
    trace: Trace = {}
    note(trace, "text", said.raw, said.place)
    return {"text": said.text, "trace": trace}


def passages_of(project: Project) -> list[tuple[str, int, Said]]:
    """Return the words that stand in passages, each with its part and its number there."""
    return [
        (part, i, said)
        for part, words in (
            ("group", project.group),
            ("activity", project.activities),
            ("remark", project.remarks),
        )
        for i, said in enumerate(words)
    ]


def member_columns(body: Any) -> Columns:
    """Return a body that takes part."""
    trace: Trace = {}
    note(trace, "", None, body.place)
    return {"name": body.name, "member_code": body.code, "basis": body.basis, "trace": trace}


def spending_columns(line: Spending) -> Columns:
    """Return a line of money."""
    trace: Trace = {}
    note(trace, "", line.raw, line.place)
    return {
        **columns_of(trace, label=line.label, fund=line.fund, note=line.note),
        "yen": line.yen,
        "number": line.number,
        "kind": line.kind,
        "role": line.role,
        "fiscal_year": line.fiscal_year,
        "shared_by": line.shared_by,
        "unit": line.unit,
        "trace": trace,
    }


def verification_columns(verification: Verification) -> Columns:
    """Return a verification's words."""
    trace: Trace = {}
    names = (
        "grade", "expert_judgement", "expert_opinion", "obstacle", "countermeasure", "next_policy",
        "next_policy_reason",
    )  # fmt: skip
    columns = columns_of(trace, **{name: getattr(verification, name) for name in names})
    body = columns_of(trace, body=verification.body)["body"]
    return {
        **columns,
        "verifier": body,
        "date": verification.date,
        "scales": [[name, _scale(said)] for name, said in verification.scales.items()],
        "trace": trace,
    }


def _scale(said: Said) -> Mapping[str, Any]:
    kept: Columns = {"text": said.text}
    if said.raw is not None:
        kept["raw"] = said.raw
    if said.place:
        kept["place"] = placed(said.place)
    return kept


def definition_columns(indicator: Indicator) -> Columns:
    """Return what an indicator is, as a version of its definition holds it."""
    trace: Trace = {}
    return {
        **columns_of(
            trace,
            name=indicator.name,
            definition=indicator.definition,
            statistic=indicator.statistic,
        ),
        "unit": indicator.unit,
        "type": indicator.type,
        "direction": indicator.direction,
        "expression": indicator.expression,
        "year_type": indicator.year_type,
        "count_kind": indicator.count_kind,
        "baseline_year": indicator.baseline_year,
        "trace": trace,
    }


def line_columns(indicator: Indicator) -> Columns:
    """Return what a year's entry says of an indicator, apart from its figures."""
    trace: Trace = {}
    note(trace, "", None, indicator.place)
    return {
        **columns_of(trace, parent=indicator.parent, rating=indicator.rating, note=indicator.note),
        "said_id": indicator.id,
        "number": indicator.number,
        "ext": ext_kept(indicator.ext),
        "trace": trace,
    }


def value_columns(value: Value) -> Columns:
    """Return one figure."""
    trace: Trace = {}
    note(trace, "", value.raw, value.place)
    return {
        "number": value.number,
        "gap": value.gap.value if value.gap else None,
        "text": value.text,
        "op": value.op,
        "unit": value.unit,
        "state": value.state,
        "as_of": value.as_of,
        "expected": value.expected,
        "sure": value.sure,
        "trace": trace,
    }


def same_figure(row: m.Value, columns: Columns) -> bool:
    """Whether a row already says what the columns say (where it stands does not count)."""
    return all(getattr(row, name) == value for name, value in columns.items() if name != "trace")
