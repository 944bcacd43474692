"""様式の見本. What a report states, a line a fact, as the files beside (`worlds/*.facts`) write it down."""

from __future__ import annotations

from sosei.core.report import Indicator, Report, Said, Value, YearPoint


def facts(report: Report) -> str:
    """Return what a report states, a line a fact."""
    out: list[str] = []
    if report.fiscal_year is not None:
        out.append(f"year {report.fiscal_year.year} {report.fiscal_year.basis}")
    out += [f"body {body.name}" for body in report.bodies]
    for project in report.projects:
        offices = "".join(f" <{office.text}>" for office in project.departments)
        out.append(f"# {_joined(project.number, _text(project.name))}{offices}")
        if project.period is not None:
            out.append(f"  period {project.period.first}-{project.period.last}")
        out += [
            f"  $ {_text(spent.label)} {spent.yen}{_at(spent.fiscal_year)}"
            for spent in project.spending
        ]
        out += [line for indicator in project.indicators for line in _indicator(indicator)]
        judged = project.verification
        if judged is not None:
            for name in ("grade", "expert_judgement", "expert_opinion", "next_policy"):
                if getattr(judged, name) is not None:
                    out.append(f"  {name}: {getattr(judged, name).text}")
            out += [f"  {name}: {said.text}" for name, said in judged.scales.items()]
    return "\n".join(out)


def _indicator(indicator: Indicator) -> list[str]:
    unit = f" [{indicator.unit}]" if indicator.unit else ""
    base = ""
    if indicator.baseline is not None:
        base = f" from {_value(indicator.baseline)}{_at(indicator.baseline_year)}"
    total = f" in all {_value(indicator.increase_total)}" if indicator.increase_total else ""
    rating = f" = {indicator.rating.text}" if indicator.rating else ""
    head = f"  - {_joined(indicator.number, _text(indicator.name))}{unit}{base}{total}{rating}"
    return [head, *(f"    {_point(point)}" for point in indicator.years)]


def _point(point: YearPoint) -> str:
    parts = [str(point.fiscal_year or "-") + (f" ({point.label})" if point.label else "")]
    for name in ("target", "actual", "cumulative_actual"):
        value = getattr(point, name)
        if value is not None:
            parts.append(f"{name.removesuffix('_actual')} {_value(value)}")
    if point.rate is not None:
        parts.append(f"rate {point.rate.text}")
    return " ".join(parts)


def _value(value: Value) -> str:
    plain = value.gap or value.text or str(value.number)
    return f"{value.op or ''}{plain}{value.unit or ''}{'?' if value.state == 'forecast' else ''}"


def _text(said: Said | None) -> str:
    return said.text if said is not None else "?"


def _joined(number: str | None, name: str) -> str:
    return f"{number} {name}" if number else name


def _at(year: int | None) -> str:
    return f" @{year}" if year else ""
