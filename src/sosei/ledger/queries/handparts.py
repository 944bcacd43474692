"""引継書の節. Each part of the paper from the rows that were loaded: what is open first, then why things are as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from django.utils import timezone

from sosei.core.fields import Lang
from sosei.core.fiscal import FiscalYear
from sosei.ledger import models as m
from sosei.ledger.flow import stage_name
from sosei.ledger.queries.handload import Load
from sosei.ledger.queries.handplaces import places
from sosei.ledger.queries.handwords import PARTS
from sosei.ledger.queries.tasks import open_day
from sosei.offices.permissions import roles
from sosei.publishing.handover import Part, Told
from sosei.publishing.inquiry.days import day_shown

Row = tuple[str, ...]
_SAID: Final = (
    ("name", "名称", "name"), ("unit", "単位", "unit"), ("definition", "定義", "definition"),
    ("statistic", "出典統計", "source"), ("expression", "表し方", "expression"),
    ("direction", "方向", "direction"), ("year_type", "年の種類", "kind of year"),
    ("count_kind", "延べ・実", "gross or unique"),
)  # fmt: skip


def parts_of(load: Load) -> Iterator[Part]:
    """Yield the parts of a paper."""
    rows: dict[str, Sequence[Row | Told] | None] = {
        "open": _open(load),
        "counting": [_counted(load, value) for value in load.counting],
        "findings": None if load.found is None else list(_findings(load)),
        "projects": [_entry(load, entry) for entry in reversed(_told(load.entries))],
        "definitions": list(_definitions(load)),
        "grades": list(_grades(load)),
        "exceptions": list(_exceptions(load)),
        "promises": [_promise(load, opinion) for opinion in load.opinions],
        "contacts": list(_contacts(load)),
        "places": list(places(load)),
    }
    at = 1 if load.lang == "en" else 0
    for key, (title, lead, heads, widths) in PARTS.items():
        found = rows[key]
        if found is not None:
            yield Part(
                key=key, title=title[at], lead=lead[at], heads=heads[at], widths=widths,
                told=tuple(row if isinstance(row, Told) else Told(row) for row in found),
            )  # fmt: skip


def _say(load: Load, ja: str, en: str) -> str:
    return en if load.lang == "en" else ja


def _day(day: date | None, lang: Lang) -> str:
    return day_shown(day, lang) if day else ("not set" if lang == "en" else "未定")


def _year(year: int | None, lang: Lang) -> str:
    if year is None:
        return ""
    return f"FY{year}" if lang == "en" else str(FiscalYear(year))


# -- what is open -----------------------------------------------------------------------------------------------------


def _open(load: Load) -> list[Told]:
    """Return what has a day, the earliest first, then what has none."""
    dated = [*_asked(load), *_decisions(load), *_batches(load), *_returned(load)]
    dated.sort(key=lambda pair: (pair[0] is None, pair[0] or date.max))
    none = _say(load, "期日なし", "no day")
    return [Told((_due(load, day) if day else none, *row.cells), row.ref) for day, row in dated]


def _due(load: Load, day: date) -> str:
    """Return a day, marked where it is past, and the open day before it where the office is closed on it."""
    shown = _day(day, load.lang)
    if day < load.day:
        late = (load.day - day).days
        return shown + _say(load, f" {late}日超過", f", {late} days late")
    last = open_day(day)
    if last != day:
        before = _day(last, load.lang)
        return shown + _say(load, f" 閉庁日。{before}まで", f" (closed: by {before})")
    return shown


Dated = Iterator[tuple[date | None, Told]]


def _asked(load: Load) -> Dated:
    for part in load.asked:
        reminded = part.reminded_on
        day = _day(reminded, load.lang)
        note = _say(load, f"{day}に督促", f"reminded on {day}") if reminded else ""
        title = part.inquiry.title
        cells = (
            _say(load, f"照会「{title}」の回答", f"Answer to “{title}”"),
            load.department(part.department_id), note,
        )  # fmt: skip
        yield part.due_on or part.inquiry.due_on, Told(cells, ("inquiry_part", part.pk))


def _decisions(load: Load) -> Dated:
    for row in load.decisions:
        what = load.project(row.project_id)
        cells = (
            _say(load, f"実績報告：{what}", f"Report to the State: {what}"),
            _say(load, "企画担当", "planning"),
            _say(load, f"{_year(row.fiscal_year, 'ja')} 交付決定 {row.number}", f"FY{row.fiscal_year}, decision {row.number}"),
        )  # fmt: skip
        yield row.report_due, Told(cells, _ref("entry", load.newest(row.project_id)))


def _batches(load: Load) -> Dated:
    for row in load.batches:
        what = row.document.name if row.document else _say(load, "入力した値", "typed figures")
        part = row.part.department_id if row.part else None
        cells = (
            _say(load, f"「{what}」の差分の確認", f"Look at the difference of “{what}”"),
            load.department(part), row.proposed_by.name,
        )  # fmt: skip
        yield None, Told(cells, ("batch", row.pk))


def _returned(load: Load) -> Dated:
    for entry in load.entries:
        if entry.stage == "returned":
            step = load.returned.get(entry.pk)
            cells = (
                _say(load, f"差し戻された記載：{entry.called()}", f"Returned: {entry.called()}"),
                "", _say(load, "理由：", "why: ") + step.reason if step and step.reason else "",
            )  # fmt: skip
            yield None, Told(cells, ("entry", entry.pk))


def _ref(kind: str, number: int | None) -> tuple[str, int] | None:
    return None if number is None else (kind, number)


def _counted(load: Load, value: m.Value) -> Told:
    point = value.point
    indicator = point.indicator if point else None
    versions = load.definitions.get(indicator.pk, []) if indicator else []
    cells = (
        _day(value.expected_on, load.lang) if value.expected_on else value.expected or _day(None, load.lang),
        load.project(indicator.project_id) if indicator else "",
        versions[-1].called() if versions else "",
        _year(point.fiscal_year if point else None, load.lang),
        load.department(getattr(value, "owed", value.owed_by_id)),
    )  # fmt: skip
    return Told(cells, _ref("indicator", getattr(value, "line", None)), at=2)


def _findings(load: Load) -> Iterator[Told]:
    names = {entry.pk: entry.called() for entry in load.entries}
    for entry, found in load.found or ():
        f = found.finding
        weight = _say(load, f.severity.ja, f.severity.value)
        cells = (weight, names[entry], _say(load, f.message_ja, f.message_en), f.code)
        yield Told(cells, ("entry", entry))


# -- why things are as they are ---------------------------------------------------------------------------------------


def _told(entries: Sequence[m.ProjectYear]) -> list[m.ProjectYear]:
    """Return the entries without the plans of projects that stand there with what they did."""
    done = {entry.project_id for entry in entries if entry.kind != "plan"}
    return [e for e in entries if e.kind != "plan" or e.project_id not in done]


def _entry(load: Load, entry: m.ProjectYear) -> Told:
    published = entry.volume.stage == "published"  # plans in it stay drafts for ever
    cells = (
        _year(entry.volume.fiscal_year, load.lang), entry.called(), entry.period_raw or "",
        entry.grant or "", stage_name("published" if published else entry.stage, load.lang),
    )  # fmt: skip
    return Told(cells, ("entry", entry.pk))


def _definitions(load: Load) -> Iterator[Row]:
    for versions in load.definitions.values():
        for before, after in pairwise(versions):
            yield (
                _year(after.from_year, load.lang), after.called(), _changed(load, before, after),
                after.why or "",
            )  # fmt: skip


def _changed(load: Load, before: m.Definition, after: m.Definition) -> str:
    """Return which words of a definition differ, before and after."""
    none = _say(load, "なし", "none")
    said = [
        f"{_say(load, ja, en)}：{getattr(before, name) or none} → {getattr(after, name) or none}"
        for name, ja, en in _SAID
        if getattr(before, name) != getattr(after, name)
    ]
    return "。".join(said) if load.lang == "ja" else "; ".join(said)


def _grades(load: Load) -> Iterator[Told]:
    for entry in load.entries:
        verification = getattr(entry, "verification", None)
        if verification is None or verification.voided or verification.decided_reason is None:
            continue
        if verification.decided != verification.proposed:
            cells = (
                _year(entry.volume.fiscal_year, load.lang), entry.called(),
                f"{verification.proposed or '－'}（{verification.proposed_by or ''}）",
                str(verification.decided or "－"), verification.decided_reason,
            )  # fmt: skip
            yield Told(cells, ("entry", entry.pk))


def _exceptions(load: Load) -> Iterator[Row]:
    for lifted in load.exemptions:
        yield (
            _say(load, "解除", "lock lifted"), lifted.entry.called(), _moment(lifted.until, load.lang),
            lifted.reason, lifted.granted_by.name,
        )  # fmt: skip
    for waiver in load.waivers:
        whole = _say(load, "報告書の全体", "the whole report")
        about = waiver.entry.called() if waiver.entry else whole
        yield (
            _say(load, f"了承（{waiver.rule}）", f"accepted ({waiver.rule})"), about, "",
            waiver.reason, waiver.person.name,
        )  # fmt: skip


def _moment(moment: datetime, lang: Lang) -> str:
    local = timezone.localtime(moment)
    return f"{day_shown(local.date(), lang)} {local:%H:%M}"


def _promise(load: Load, opinion: m.Opinion) -> Told:
    whole = _say(load, "報告書の全体", "the whole report")
    cells = (
        _day(opinion.response_due, load.lang) if opinion.response_due else "",
        opinion.expert,
        opinion.entry.called() if opinion.entry else whole,
        opinion.text,
        opinion.response or _say(load, "まだ回答していません", "not answered yet"),
    )
    return Told(cells, ("opinion", opinion.pk), at=3)


# -- whom to ask, where to look ---------------------------------------------------------------------------------------


def _contacts(load: Load) -> Iterator[Row]:
    for row in load.people:
        place = row.department
        known = roles().get(row.role)
        until = _day(row.last_day, load.lang) if row.last_day else ""
        wave = " to " if load.lang == "en" else "～"
        yield (
            place.name if place else "",
            (known.en if load.lang == "en" else known.ja) if known else row.role,
            row.person.name,
            f"{_day(row.first_day, load.lang)}{wave}{until}",
            (place.contact if place else "") or row.person.email,
        )  # fmt: skip
