"""行. A `Report` as rows of the corpus's tables: one row for each project, indicator, value and place not read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, Final

from sosei.core.report import (
    Body,
    Indicator,
    Place,
    Project,
    Report,
    Said,
    Spending,
    Value,
    YearPoint,
)
from sosei.corpus.columns import TABLES, Column
from sosei.corpus.refusals import Unstorable

Row = dict[str, Any]
#: Table → column → its cells; a column without any is left out. What JSON can hold.
Cells = dict[str, dict[str, list[Any]]]
_BOUNDS: Final = {"i32": 2**31, "i64": 2**63}
#: The parts of an indicator that its values repeat, by the names of their columns.
_INDICATED: Final = {
    "kpi_type": "type",
    "direction": "direction",
    "expression": "expression",
    "year_type": "year_type",
    "count_kind": "count_kind",
}
_VERIFIED: Final = {
    "grade": "grade",
    "verified_by": "body",
    "verified_on": "date",
    "expert_judgement": "expert_judgement",
    "expert_opinion": "expert_opinion",
    "obstacle": "obstacle",
    "countermeasure": "countermeasure",
    "next_policy": "next_policy",
    "next_policy_reason": "next_policy_reason",
}


def rows_of(report: Report) -> dict[str, list[Row]]:
    """Return the rows of a report for every table but `files`, without `path`; absent cells are left out."""
    found: dict[str, list[Row]] = {name: [] for name in TABLES if name != "files"}
    for at, project in enumerate(report.projects, start=1):
        found["projects"].append({"project": at} | _whose(report, project) | _project(project))
        for row in _indicators(report, project):
            found["indicators"].append({"project": at} | row)
        for row in _values(report, project):
            found["values"].append({"project": at} | row)
    found["unread"] = [{"code": u.code, "raw": u.raw} | _places(u.place) for u in report.unread]
    names = {source.id: source.name for source in report.sources} if report.sources[1:] else {}
    for row in chain.from_iterable(found.values()):
        for place in (row, *(row.get("more_places") or ())):
            place["source"] = names.get(place.get("source") or "")
    return found


def head_of(report: Report, rows: Mapping[str, Sequence[Row]]) -> Row:
    """Return what the table `files` says of a report: title, whose, of which year, and how much."""
    return {
        "format": report.sources[0].format if report.sources else None,
        "title": _text(report.title),
        **_whose(report, None),
        "n_projects": len(rows["projects"]),
        "n_indicators": len(rows["indicators"]),
        "n_values": len(rows["values"]),
        "n_sure": sum(row.get("sure") is True for row in rows["values"]),
        "n_unread": len(rows["unread"]),
    }


def cells_of(rows: Mapping[str, Sequence[Row]]) -> Cells:
    """Return rows as columns. Raises Unstorable where a number does not fit its column."""
    found: Cells = {}
    for table, lines in rows.items():
        columns = (
            (column, [line.get(column.name) for line in lines]) for column in TABLES[table][1:]
        )
        found[table] = {
            column.name: _fitting(column, cells)
            for column, cells in columns
            if any(cell is not None for cell in cells)
        }
    return found


def _fitting(column: Column, cells: list[Any]) -> list[Any]:
    if (bound := _BOUNDS.get(column.kind)) is not None:
        for cell in cells:
            if cell is not None and not -bound <= cell < bound:
                raise Unstorable(column=column.name, value=cell)
    return cells


# -- projects ---------------------------------------------------------------------------------------------------------


def _whose(report: Report, project: Project | None) -> Row:
    """Return whose a report (or a project of one) is, and of which year."""
    body = _body(report, project)
    year = (project.fiscal_year if project else None) or report.fiscal_year
    return {
        "municipality": body.name if body else None,
        "municipality_code": body.code if body else None,
        "fiscal_year": year.year if year else None,
        "inferred": year.basis == "inferred" if year else None,
    }


def _body(report: Report, project: Project | None) -> Body | None:
    """Return who reports; where the report does not say, the one body that the project names."""
    if report.bodies:
        return report.bodies[0]
    named = project.bodies if project else ()
    return named[0] if len(named) == 1 else None


def _project(project: Project) -> Row:
    period = project.period
    return {
        "kind": project.kind,
        "id": project.id,
        "number": project.number,
        "name": _text(project.name),
        "name_raw": project.name.raw if project.name else None,
        "grant": _text(project.grant),
        "grant_type": _text(project.grant_type),
        "groups": _texts(project.group),
        "departments": _texts(project.departments),
        "bodies": [body.name for body in project.bodies] or None,
        "period": period.raw if period else None,
        "period_first": period.first if period else None,
        "period_last": period.last if period else None,
        "activities": _texts(project.activities),
        "remarks": _texts(project.remarks),
        "ext": _json(project.ext),
        **_verified(project),
        **_places(project.place or (project.name.place if project.name else ())),
    }


def _verified(project: Project) -> Row:
    found = project.verification
    if found is None:
        return {}
    scales = [[name, said.text] for name, said in sorted(found.scales.items())]
    row = {column: _text(getattr(found, name)) for column, name in _VERIFIED.items()}
    return row | {"scales": scales or None}


# -- indicators and values --------------------------------------------------------------------------------------------


def _indicators(report: Report, project: Project) -> Iterator[Row]:
    for at, one in enumerate(project.indicators, start=1):
        yield {
            "indicator": at,
            **_whose(report, project),
            "id": one.id,
            "number": one.number,
            "name": _text(one.name),
            "name_raw": one.name.raw if one.name else None,
            "parent": _text(one.parent),
            "unit": one.unit,
            "definition": _text(one.definition),
            "statistic": _text(one.statistic),
            **{column: getattr(one, name) for column, name in _INDICATED.items()},
            "note": _text(one.note),
            "ext": _json(one.ext),
            **_places(one.place or (one.name.place if one.name else ())),
        }


def _values(report: Report, project: Project) -> Iterator[Row]:
    """Yield the values of a project: of its indicators, year by year, then its spending."""
    whose = _whose(report, project) | {
        "grant": _text(project.grant),
        "project_number": project.number,
        "project_name": _text(project.name),
    }
    for at, one in enumerate(project.indicators, start=1):
        named = whose | {
            "indicator": at,
            "kpi_number": one.number,
            "kpi_name": _text(one.name),
            "kpi_parent": _text(one.parent),
            **{column: getattr(one, name) for column, name in _INDICATED.items()},
        }
        yield from (named | row for row in _of_indicator(one))
    for at, line in enumerate(project.spending, start=1):
        yield whose | {"point": at, "role": "spending"} | _spent(line)


def _of_indicator(one: Indicator) -> Iterator[Row]:
    """Yield the values of one indicator; those of another year than the report's say so."""
    if one.baseline:
        yield {"role": "baseline"} | _year(one.baseline_year) | _valued(one.baseline, one.unit)
    if one.increase_total:
        yield {"role": "increase_total"} | _year(None) | _valued(one.increase_total, one.unit)
    if one.rating:
        yield {"role": "rating"} | _said(one.rating)
    for at, point in enumerate(one.years, start=1):
        when = {"point": at, "label": point.label, "due": point.due}
        if point.fiscal_year is not None:
            when |= _year(point.fiscal_year)
        elif point.label is not None:
            when |= _year(None)
        yield from (when | row for row in _of_year(point, one.unit))


def _of_year(point: YearPoint, unit: str | None) -> Iterator[Row]:
    for role in ("target", "actual", "cumulative_actual"):
        if value := getattr(point, role):
            yield {"role": role} | _valued(value, unit)
    for role in ("rate", "rating"):
        if said := getattr(point, role):
            yield {"role": role} | _said(said)


def _year(year: int | None) -> Row:
    """Return a year that the document prints for this value alone, or that there is none."""
    return {"fiscal_year": year, "inferred": None if year is None else False}


def _valued(value: Value, unit: str | None) -> Row:
    return {
        "number": _number(value.number),
        "unit": value.unit or unit,
        "gap": value.gap.value if value.gap else None,
        "text": value.text,
        "op": value.op,
        "state": value.state,
        "as_of": value.as_of,
        "expected": value.expected,
        "sure": value.sure,
        "raw": value.raw,
        **_places(value.place),
    }


def _said(said: Said) -> Row:
    return {"text": said.text, "raw": said.raw, **_places(said.place)}


def _spent(line: Spending) -> Row:
    year = {} if line.fiscal_year is None else _year(line.fiscal_year)
    return year | {
        "label": _text(line.label),
        "yen": line.yen,
        "unit": line.unit,
        "spending_kind": line.kind,
        "spending_role": line.role,
        "spending_number": line.number,
        "fund": _text(line.fund),
        "shared_by": line.shared_by,
        "note": _text(line.note),
        "raw": line.raw,
        **_places(line.place or (line.label.place if line.label else ())),
    }


# -- cells ------------------------------------------------------------------------------------------------------------


def _text(said: object) -> str | None:
    return None if said is None else str(said)


def _texts(many: Sequence[Said]) -> list[str] | None:
    return [said.text for said in many] or None


def _number(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _json(ext: Mapping[str, Any] | None) -> str | None:
    return json.dumps(ext, ensure_ascii=False, sort_keys=True) if ext else None


def _places(places: Sequence[Place]) -> Row:
    """Return where something stands: the first place in columns of its own, the others in a list."""
    if not places:
        return {}
    more = [_place(place) for place in places[1:]]
    return _place(places[0]) | {"more_places": more or None}


def _place(place: Place) -> Row:
    x0, y0, x1, y1 = place.box or (None, None, None, None)
    return {
        "source": place.source,
        "page": place.page,
        "x0": x0,
        "y0": y0,
        "x1": x1,
        "y1": y1,
        "sheet": place.sheet,
        "cell": place.range,
        "table_no": place.table,
        "row_no": place.row,
        "column_no": place.column,
        "char_start": place.start,
        "char_end": place.end,
        "ocr": place.ocr,
    }
