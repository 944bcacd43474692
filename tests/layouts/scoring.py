"""採点. How much of a report is right against its gold: the rules of the contract's scorer, so that tests and bench need no other.

One point a fact: the report's year and body (where the file names them), each project, its kind, departments, period,
money, grade and policy; each indicator, its owner, unit, every baseline, target and actual, the year of each, printed
rates and ratings, 集計中. What the gold has and the report lacks is missed; what the report has and the gold lacks is
invented; a figure in the wrong role costs both. tests/reading/test_layouts_scoring.py holds both scorers to be one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from functools import cache
from itertools import chain

SCALE = {"円": 1, "千円": 1000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
UNSURE = {"low", "inferred"}
NOTHING = {"", "なし", "-"}
GROUPS = {"goal", "chapter", "total"}
ROLES = ("baseline", "target", "actual")
SPOKEN = (
    ("evaluation", "grade"),
    ("next_policy", "next_policy"),
    ("external_evaluation", "expert_judgement"),
)
ERAS = {"R": 2018, "H": 1988, "S": 1925}


@cache
def norm(text: object) -> str:
    """Fold width, spaces, brackets and dashes, so that spelling does not count."""
    text = unicodedata.normalize("NFKC", str(text or ""))
    text = re.sub(r"[\s\u3000・,，、。:：「」『』()（）\[\]【】〔〕<>＜＞《》]", "", text)
    return re.sub(r"[~〜～ー－−–—‐∼-]", "-", text).casefold()


@cache
def _alike(a: str, b: str) -> float:
    return 1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio()


def alike(a: object, b: object) -> float:
    """How like two names are, 0 to 1; nothing is like nothing."""
    one, other = norm(a), norm(b)
    return _alike(one, other) if one and other else 0.0


def number(value: object) -> Decimal | None:
    """A figure, or None."""
    if value is None or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value).replace(",", "")).normalize()
    except InvalidOperation:
        return None


def year(text: object) -> int | None:
    """Gold writes H27, R3; the report writes 2015, 2021."""
    if isinstance(text, int):
        return text
    found = re.fullmatch(r"([RHS])(\d+)", str(text or ""))
    return int(found[2]) + ERAS[found[1]] if found else None


def due_year(text: object) -> int | None:
    """H28.3 is the end of fiscal 2015."""
    found = re.match(r"([RHS])(\d+)[.年](\d+)", str(text or ""))
    return (year(found[1] + found[2]) or 0) - (int(found[3]) <= 3) if found else None


def text_of(said: object) -> str | None:
    """The words of a `said`."""
    return said.get("text") if isinstance(said, dict) else said if isinstance(said, str) else None


def names_year(text: str, fiscal: int) -> bool:
    """Tell whether a file names a year at all."""
    text = unicodedata.normalize("NFKC", text).replace(" ", "").replace("元", "1")
    reiwa = fiscal - 2018
    short = [f"R{reiwa}", f"令和{reiwa}", f"{reiwa}年度"] if fiscal >= 2019 else []
    short += [f"H{fiscal - 1988}", f"平成{fiscal - 1988}", str(fiscal), f"{fiscal - 1988}年度"]
    return any(words in text for words in short)


class Tally:
    """Facts found, missed and invented, by kind; rows, and those of which every fact is right."""

    def __init__(self) -> None:
        self.hit: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.invented: Counter[str] = Counter()
        self.whole = self.rows = 0
        self.notes: list[str] = []

    def add(self, other: Tally) -> None:
        """Take another's counts in."""
        for mine, theirs in zip(self._counts, other._counts, strict=True):
            mine.update(theirs)
        self.whole += other.whole
        self.rows += other.rows

    @property
    def _counts(self) -> tuple[Counter[str], ...]:
        return self.hit, self.missed, self.invented

    def fact(self, kind: str, right: bool, note: str = "") -> bool:
        """Count a fact of the gold; returns whether it was right."""
        (self.hit if right else self.missed)[kind] += 1
        if not right and note:
            self.notes.append(f"{kind}: {note}")
        return right

    def extra(self, kind: str, note: str, count: int = 1) -> None:
        """Count what the gold does not have."""
        if count:
            self.invented[kind] += count
            self.notes.append(f"invented {kind}: {note}")

    def figures(self) -> tuple[float, float, float, float]:
        """Precision, recall, F1 and the share invented."""
        tp, fn, fp = (count.total() for count in self._counts)
        if not tp + fn + fp:
            return 1.0, 1.0, 1.0, 0.0
        p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
        return p, r, (2 * p * r / (p + r) if p + r else 0.0), fp / max(1, tp + fp)


class GoldRow:
    """An indicator as the gold has it."""

    def __init__(self, row: dict, project: dict, gold: dict) -> None:
        self.name, self.parent = row.get("name"), row.get("parent")
        self.unit, self.base_unit = row.get("unit"), row.get("base_unit")
        self.unsure = row.get("confidence") in UNSURE
        self.pending = row.get("status") == "pending"
        self.counting = self.pending and "集計中" in str(row.get("actual_raw", ""))
        self.rate, self.rating = row.get("achievement_rate"), row.get("rating")
        self.base = {role: number(row.get(f"{role}_base")) for role in ROLES}
        self.facts: list[tuple[str, object, set[int | None]]] = []
        self.allowed: dict[str, set[Decimal]] = {role: set() for role in ROLES}
        home = {
            year(said.get(key))
            for said, key in (
                (row, "fiscal_year"),
                (row, "target_fiscal_year"),
                (gold, "fiscal_year"),
                (project, "plan_year"),
            )
        }
        self._take(row, home | {due_year(row.get("due"))})
        self._allow(row)

    def _take(self, row: dict, home: set[int | None]) -> None:
        for role in ROLES:
            for point in [row, *row.get("series", [])]:
                years = home if point is row else {year(point.get("fiscal_year"))}
                self._add(role, point.get(role), years)

    def _allow(self, row: dict) -> None:
        """Figures that are no fault where they stand: bases, seconds in a cell, totals."""
        anywhere = [
            row.get(key) for key in ("initial", "total", "increase_total", "cumulative_actual")
        ]
        for role, numbers in self.allowed.items():
            second = (row.get("secondary") or {}).get(role)
            found = map(number, [self.base[role], second, *row.get("also", []), *anywhere])
            numbers.update(n for n in found if n is not None)

    def _add(self, role: str, value: object, years: set[int | None]) -> None:
        if value is None or value == "":
            return
        figure = number(value)
        if figure is not None:
            self.allowed[role].add(figure)
        key = figure if figure is not None else norm(value)
        for at, (r, v, ys) in enumerate(self.facts):
            if (r, v) == (role, key):
                self.facts[at] = (r, v, ys | years)
                return
        self.facts.append((role, key, set(years)))


class ReadRow:
    """An indicator as the reader has it."""

    def __init__(self, row: dict, home: int | None) -> None:
        self.name, self.parent = text_of(row.get("name")), text_of(row.get("parent"))
        self.unit = row.get("unit")
        self.values: list[tuple[str, object, int | None]] = []
        self.counting = self.maybe = False
        points = row.get("years") or []
        self._add("baseline", row.get("baseline"), row.get("baseline_year"))
        for point in points:
            self._point(point, point.get("fiscal_year") or due_year(point.get("due")) or home)
        self._add("increase", row.get("increase_total"), None)
        self.rates = [r for p in points if (r := text_of(p.get("rate")))]
        ratings = [text_of(row.get("rating")), *(text_of(p.get("rating")) for p in points)]
        self.ratings = [r for r in ratings if r]

    def _point(self, point: dict, at: int | None) -> None:
        self._add("target", point.get("target"), at)
        for key in ("actual", "cumulative_actual"):
            self._add("actual", point.get(key), at)
            gap = (point.get(key) or {}).get("gap")
            self.counting |= gap == "counting"
            self.maybe |= gap in {"counting", "dash", "undecided"}

    def _add(self, role: str, cell: object, at: int | None) -> None:
        if not isinstance(cell, dict):
            return
        if (figure := number(cell.get("number"))) is not None:
            self.values.append((role, figure, at))
        elif cell.get("text"):
            self.values.append((role, norm(cell["text"]), at))
        elif cell.get("gap"):
            self.values.append((role, "", at))


def likeness(g: GoldRow, r: ReadRow) -> float:
    """How like a row of the gold a read one is: by name, a little by shared figures."""
    shared = len({(x, v) for x, v, _ in g.facts} & {(x, v) for x, v, _ in r.values if v != ""})
    if not g.name:
        return 0.8 if shared and (not r.name or len(norm(r.name)) < 6) else 0.0
    whole, theirs = f"{g.parent or ''}{g.name}", f"{r.parent or ''}{r.name or ''}"
    best = max(alike(g.name, r.name), alike(whole, theirs), alike(whole, r.name))
    return best + 0.01 * min(shared, 3)


def pair(gold: list, read: list, like: Callable[..., float]) -> dict[int, int]:
    """Match rows to rows, the likest first."""
    rows = ((like(g, r), -a, -b) for a, g in enumerate(gold) for b, r in enumerate(read))
    pairs: dict[int, int] = {}
    for score, a, b in sorted(rows, reverse=True):
        if score >= 0.75 and -a not in pairs and -b not in pairs.values():
            pairs[-a] = -b
    return pairs


def score_values(t: Tally, g: GoldRow, r: ReadRow) -> bool:
    """Count a row's figures and the years they belong to."""
    fine, left = True, list(r.values)
    scaled = bool(g.base_unit) and norm(r.unit) == norm(g.base_unit)
    for role, want, years in g.facts:
        wants = {want} | ({g.base[role]} if scaled and g.base[role] is not None else set())
        if isinstance(want, str) and want in NOTHING:
            wants |= {"", Decimal(0)}
        options = [v for v in left if v[0] == role and v[1] in wants]
        got = [str(v[1]) for v in r.values if v[0] == role]
        if not t.fact(role, bool(options), f"{g.name}: want {want}, got {got}"):
            fine = False
            continue
        best = next((v for v in options if v[2] in years), options[0])
        left.remove(best)
        if role != "baseline" and years - {None}:
            note = f"{g.name}: {role} {want} in {best[2]}, want {sorted(filter(None, years))}"
            fine &= t.fact("year", best[2] in years, note)
    return _no_more(t, g, left) and fine


def _no_more(t: Tally, g: GoldRow, left: list) -> bool:
    """Count the figures that the gold does not have."""
    before = t.invented.total()
    anywhere = set().union(*g.allowed.values())
    for role, value, _ in left:
        known = anywhere if role == "increase" else g.allowed[role]
        if isinstance(value, Decimal) and value not in known:
            t.extra("baseline" if role == "increase" else role, f"{g.name}: {value}")
    return t.invented.total() == before


def score_row(t: Tally, g: GoldRow, r: ReadRow, owner: bool | None) -> None:
    """Count an indicator; `owner`: whether it stands under its project, None where it has none."""
    t.rows += 1
    named = not g.name or likeness(g, r) >= 0.9
    fine = t.fact("indicator", named, f"{g.name} read as {r.parent or ''}{r.name}")
    if owner is not None:
        fine &= t.fact("owner", owner, f"{g.name}: under another project")
    if g.unit:
        units = {norm(g.unit), norm(g.base_unit) or norm(g.unit)}
        fine &= t.fact("unit", norm(r.unit) in units, f"{g.name}: want {g.unit} got {r.unit}")
    fine &= score_values(t, g, r)
    fine &= _score_marks(t, g, r)
    t.whole += fine


def _score_marks(t: Tally, g: GoldRow, r: ReadRow) -> bool:
    """Count 集計中, the printed rate and the rating."""
    fine = True
    if g.pending:
        fine &= t.fact("counting", r.counting if g.counting else r.maybe, str(g.name))
    elif r.counting:
        t.extra("counting", str(g.name))
        fine = False
    if g.rate:
        right = _digits(g.rate) in map(_digits, r.rates)
        fine &= t.fact("rate", right, f"{g.name}: want {g.rate} got {r.rates}")
    if g.rating:
        right = norm(g.rating) in map(norm, r.ratings)
        fine &= t.fact("rating", right, f"{g.name}: want {g.rating} got {r.ratings}")
    return fine


def _digits(rate: str) -> Decimal | None:
    plain = unicodedata.normalize("NFKC", rate)
    return number(re.sub(r"[^\d.-]", "", plain) or None)


def score_project(t: Tally, g: dict, r: dict, loose: bool) -> None:
    """Count what is said of a project itself. `loose`: more money and offices than the gold repeats are no fault."""
    name = g["name"]
    want = {norm(d) for d in g.get("departments", [])}
    got = {norm(text_of(d)) for d in r.get("departments") or []}
    for office in want:
        t.fact("department", office in got, f"{name}: {office}")
    if not loose:
        t.extra("department", f"{name}: {sorted(got - want)}", len(got - want))
    _score_period(t, g, r, loose)
    _score_money(t, g, r, loose)
    if g.get("plan_year"):
        t.fact("kind", r.get("kind") == "plan", f"{name}: {r.get('kind')}")
    elif any(k.get("status") in {"actual", "pending"} for k in g.get("kpis", [])):
        t.fact("kind", r.get("kind") in {"result", "goal"}, f"{name}: {r.get('kind')}")
    _score_words(t, g, r.get("verification") or {})


def _score_period(t: Tally, g: dict, r: dict, loose: bool) -> None:
    years = [year(x) for x in re.findall(r"[RHS]\d+", str(g.get("period") or ""))]
    ours = r.get("period") or {}
    span = (ours.get("first"), ours.get("last"))
    if years:
        right = span == (years[0], years[-1])
        t.fact("period", right, f"{g['name']}: {g['period']} got {ours}")
    elif not loose and any(span) and not any(map(g.get, ("period", "period_end", "started"))):
        t.extra("period", f"{g['name']}: {ours.get('raw')}")


def _score_money(t: Tally, g: dict, r: dict, loose: bool) -> None:
    want: Counter[Decimal | None] = Counter()
    for cost in g.get("expenditures", []):
        if (amount := number(cost.get("amount"))) is not None:
            want[number(amount * SCALE.get(norm(cost.get("unit")), 1))] += 1
    got = Counter(n for s in r.get("spending") or [] if (n := number(s.get("yen"))) is not None)
    for amount, count in want.items():
        for at in range(count):
            t.fact("spending", got[amount] > at, f"{g['name']}: {amount:f}")
    rest = got - want
    if not loose:
        t.extra("spending", f"{g['name']}: {[f'{x:f}' for x in rest]}", rest.total())


def _score_words(t: Tally, g: dict, judged: dict) -> None:
    for key, ours in SPOKEN:
        if not isinstance(g.get(key), str):
            continue
        said = [text_of(judged.get(ours)), *map(text_of, (judged.get("scales") or {}).values())]
        right = any(_says(x, g[key]) for x in said if x)
        t.fact(ours, right, f"{g['name']}: want {g[key]} got {said[:1]}")


def _says(said: str, want: str) -> bool:
    a, b = norm(said), norm(want)
    return alike(said, want) >= 0.9 or b in a or a in b


def score_case(gold: dict, report: dict, said: str, loose: bool = False) -> Tally:
    """Score a report (JSON of the contract) against its gold. `said`: everything the file says, roughly."""
    t = Tally()
    ours, theirs = gold["projects"], report.get("projects") or []
    home = (report.get("fiscal_year") or {}).get("year")
    _score_head(t, gold, report, said)
    pairs = pair(ours, theirs, lambda g, r: alike(g.get("name"), text_of(r.get("name"))))
    for at, g in enumerate(ours):
        if g.get("name") and g.get("kind") not in GROUPS:
            _score_named(t, g, theirs[pairs[at]] if at in pairs else None, loose)
    _score_strangers(t, ours, theirs, set(pairs.values()))
    gold_rows = [(at, GoldRow(k, g, gold)) for at, g in enumerate(ours) for k in g.get("kpis", [])]
    read_rows = [
        (at, ReadRow(i, (r.get("fiscal_year") or {}).get("year") or home))
        for at, r in enumerate(theirs)
        for i in r.get("indicators") or []
    ]
    _score_rows(t, gold_rows, read_rows, _Owners(ours, theirs, pairs))
    return t


def _score_head(t: Tally, gold: dict, report: dict, said: str) -> None:
    home = (report.get("fiscal_year") or {}).get("year")
    fiscal = year(gold.get("fiscal_year"))
    if fiscal and names_year(said, fiscal):
        others = ((p.get("fiscal_year") or {}).get("year") for p in report.get("projects") or [])
        right = home == fiscal or (home is None and fiscal in others)
        t.fact("report year", right, f"want {fiscal} got {home}")
    bodies = [norm(b.get("name")) for b in report.get("bodies") or []]
    if not gold.get("municipality"):
        t.extra("body", str(bodies), len(bodies))
    elif norm(gold["municipality"]) in norm(said):
        right = norm(gold["municipality"]) in bodies
        t.fact("body", right, f"want {gold['municipality']} got {bodies}")


def _score_named(t: Tally, g: dict, r: dict | None, loose: bool) -> None:
    right = r is not None and alike(g["name"], text_of(r.get("name"))) >= 0.9
    t.fact("project", right, g["name"])
    if r is not None:
        score_project(t, g, r, loose)
        return
    t.missed["department"] += len(g.get("departments", []))
    t.missed["spending"] += len(g.get("expenditures", []))


def _score_strangers(t: Tally, ours: list, theirs: list, paired: set[int]) -> None:
    """Count read projects that are none of the gold's."""
    known = [g["name"] for g in ours if g.get("name")]
    for at, r in enumerate(theirs):
        name = text_of(r.get("name"))
        if at in paired or r.get("kind") == "goal" or not known or not name:
            continue
        if max(alike(name, k) for k in known) < 0.75:
            t.extra("project", name)


class _Owners:
    """Which project an indicator stands under."""

    def __init__(self, ours: list, theirs: list, pairs: dict[int, int]) -> None:
        self.ours, self.theirs, self.pairs = ours, theirs, pairs

    def named(self, at: int) -> bool:
        """Tell whether a row of the gold has a project that can be missed."""
        return bool(self.ours[at].get("name")) and self.ours[at].get("kind") not in GROUPS

    def right(self, gold_at: int, read_at: int) -> bool:
        """Tell whether a read row stands under the gold row's project, or in a group of its name."""
        name, groups = self.ours[gold_at].get("name"), self.theirs[read_at].get("group") or []
        same = self.pairs.get(gold_at) == read_at
        return same or any(alike(name, text_of(x)) >= 0.9 for x in groups)


def _score_rows(t: Tally, gold_rows: list, read_rows: list, owners: _Owners) -> None:
    def like(g: tuple[int, GoldRow], r: tuple[int, ReadRow]) -> float:
        score = likeness(g[1], r[1])
        return score + 0.2 * owners.right(g[0], r[0]) if score >= 0.75 else 0.0

    matched = pair(gold_rows, read_rows, like)
    for at, (project, g) in enumerate(gold_rows):
        if g.unsure:
            continue
        if at in matched:
            read_at, r = read_rows[matched[at]]
            right = owners.right(project, read_at) if owners.named(project) else None
            score_row(t, g, r, right)
        else:
            _miss(t, g)
    for at, (_, r) in enumerate(read_rows):
        figures = any(isinstance(v, Decimal) for _, v, _ in r.values)
        if at not in matched.values() and (r.name or figures):
            t.extra("indicator", str(r.name))


def _miss(t: Tally, g: GoldRow) -> None:
    t.rows += 1
    t.fact("indicator", right=False, note=f"{g.parent or ''}{g.name}")
    for role, _, years in g.facts:
        t.missed[role] += 1
        t.missed["year"] += role != "baseline" and bool(years - {None})
    t.missed["unit"] += bool(g.unit)
    t.missed["counting"] += g.pending


# -- how far what is marked sure can be relied upon --------------------------------------------------------------------


def sureness(gold: dict, report: dict) -> tuple[int, int, int, list[str]]:
    """Values read, those marked sure, and of these the ones that no row of the gold bears out, with a note for each.

    A sure value is borne out where the gold's row of that indicator holds the figure in that role, in that year, in that unit.
    """
    home = (report.get("fiscal_year") or {}).get("year")
    rows = [GoldRow(k, g, gold) for g in gold["projects"] for k in g.get("kpis", [])]
    read = [
        (i, ReadRow(i, (p.get("fiscal_year") or {}).get("year") or home))
        for p in report.get("projects") or []
        for i in p.get("indicators") or []
    ]
    matched = {b: a for a, b in pair(rows, [r for _, r in read], likeness).items()}
    total = sure = 0
    wrong: list[str] = []
    for at, (indicator, r) in enumerate(read):
        row = rows[matched[at]] if at in matched else None
        if row is not None and row.unsure:
            continue
        for role, value, fiscal in _values(indicator, home):
            total += 1
            sure += bool(value.get("sure"))
            if value.get("sure") and not _borne_out(row, role, value, fiscal, r.unit):
                wrong.append(
                    f"{r.name}: {role} {value.get('number') or value.get('text') or value.get('gap')} in {fiscal}"
                )
    return total, sure, len(wrong), wrong


def _values(indicator: dict, home: int | None) -> Iterator[tuple[str, dict, int | None]]:
    """The values of an indicator with role and year; blanks are no values."""
    points = (
        (role, point.get(key), point.get("fiscal_year") or due_year(point.get("due")) or home)
        for point in indicator.get("years") or []
        for key, role in (
            ("target", "target"),
            ("actual", "actual"),
            ("cumulative_actual", "actual"),
        )
    )
    first = ("baseline", indicator.get("baseline"), None)
    for role, value, fiscal in chain([first], points):
        if isinstance(value, dict) and value.get("gap") != "blank":
            yield role, value, fiscal


def _borne_out(
    row: GoldRow | None, role: str, value: dict, fiscal: int | None, unit: str | None
) -> bool:
    if row is None:
        return False
    figure = number(value.get("number"))
    if figure is None:
        return value.get("gap") is not None or any(
            r == role and v == norm(value.get("text")) for r, v, _ in row.facts
        )
    if row.unit and norm(value.get("unit") or unit) not in {norm(row.unit), norm(row.base_unit)}:
        return False
    years = [ys for r, v, ys in row.facts if r == role and figure in {v, row.base[role]}]
    if not years:
        return figure in row.allowed[role]
    return role == "baseline" or any(fiscal in ys or not ys - {None} for ys in years)
