"""表題の読み. Of which body and which year a document is: said in its title or head, or shown by its figures.

What is printed as such says `printed`; what only follows (the year of the newest actuals, the one body that a
document ever names) says `inferred`.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from sosei.core.bodies import Municipality, find_bodies
from sosei.core.figures import find_figures
from sosei.core.fiscal import FoundYear, find_years
from sosei.core.report import Basis, Body, Said, Year
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Cell, Document, Grid, Line, Words
from sosei.reading.layouts.strangers.drafts import ProjectDraft
from sosei.reading.vocabulary import key, names, role_of, scheme_years

#: Without any era in the document, 29年度 is 平成29年度 and 2年度 is 令和2年度: such reports begin with the grants of 2014.
NEAR: Final = 2018
#: A title stands in one of the first rows.
_TOP: Final = 6
#: The heading of a page stands behind its menus, among the first lines.
_MENUS: Final = 60
_SITE: Final = re.compile(
    r"[|｜\-－–／/]\s*(?P<site>[^|｜]+?)(?:公式)?(?:ホームページ|ウェブサイト|webサイト|サイト)\s*$",
    re.IGNORECASE,
)
#: What may stand beside a body's name in a cell of its own: the prefecture, a label, the office.
_BESIDE: Final = re.compile(
    r"[\s　（()）:：]|(?:北海道|東京都|京都府|大阪府|[^\s\d]{2,3}県)|(?:市町村|団体|自治体)名"
)
#: How far from the end of a title a site's name begins at most; every dash of the line is a beginning to try.
_SITE_NEAR: Final = 120
_DONE: Final = re.compile(r"実施|実績|事業|報告|検証|評価|決算|取組|状況|結果|進捗|対象")
#: What follows the year that the results are of, where a title names the year of the sheet besides.
_ABOUT: Final = re.compile(
    r"\s*(?:年度)?\s*[（(]?\s*の?(?:実施(?:事業|分|結果|状況)?|実績|決算|事業分|取組(?:結果|実績|状況)?|事業(?:実績|実施|[)）])"
    r"|(?:地方創生|総合戦略|デジタル田園)[^、。]{0,24}(?:検証|実績|結果|進捗|取組))(?!計画|予定)"
)
_MEETING: Final = re.compile(
    r"議事録|会議録|議事要旨|議事概要|第\s*[\d０-９一二三四五六七八九十]+\s*回"
)
_SPAN: Final = re.compile(r"^\s*(?:年度?)?\s*[～〜~\-－から・、]+\s*(?:令和|平成|[RH]|\d)")
#: A note on the year of the targets is no longer than this.
_NOTE: Final = 60
_TARGETS: Final = re.compile(r"目標(?:数?値|指標)?(?:の?年[度次]?|の時点)?\s*(?:は|[:：])[、\s]*$")
_NO_MORE: Final = re.compile(
    r"\s*(?:末|時点)?(?:の(?:もの|値|目標値?|数値))?(?:です|とする|を示す|である)?[。）)\s]*$"
)
_PUBLISHED: Final = re.compile(r"公表|策定|改[訂定]|更新|作成|現在$|発行|補正|版$")


def near_of(document: Document) -> int:
    """Return a year for spellings without an era: the middle of those that the document writes out."""
    years = document.written_years
    return years[len(years) // 2] if years else NEAR


def titles(document: Document) -> list[Words]:
    """Return what may be the document's title and head: lines before its first table, cells across the top of grids.

    What a page marks as its heading comes before the menus above it, and so does the first table's caption.
    """
    out: list[Words] = []
    first = [b.words for b in document.blocks[:_MENUS] if isinstance(b, Line) and b.level == 1][:1]
    for block in document.blocks:
        if isinstance(block, Line):
            out.append(block.words)
        else:
            out += _top(block)
            first += [block.name] if first and block.name and not block.sheet else []
            break
    return out[:1] + [w for w in first if w in out[1:]] + [w for w in out[1:] if w not in first]


def _top(grid: Grid) -> list[Words]:
    """Return the words of a grid's first rows that hold one cell."""
    out: list[Words] = [grid.name] if grid.name and not grid.sheet else []
    for row in range(min(grid.rows, _TOP)):
        cells = [cell for cell in grid.row(row) if cell.filled]
        alone = len(cells) == 1 or (row == 0 and len(cells) < 4 and _are_titles(cells))
        out += [cell.words for cell in cells] if alone else []
    return out


def _are_titles(cells: Sequence[Cell]) -> bool:
    """Tell whether the cells of a first row are a body, a title and the like, and no labels or headers."""
    roles = [role_of(cell.text) for cell in cells]
    return all(role in {None, "title"} for role in roles) and any(
        _DONE.search(cell.text) and find_years(cell.text) for cell in cells
    )


def printed_year(head: Sequence[Words], near: int) -> Year | None:
    """Return the year that the title or a line of the head says the report is of."""
    best: tuple[int, Words, FoundYear] | None = None
    for at, words in enumerate(head):
        for found in find_years(words.text, near=near):
            rank = _rank(words.text, found, at)
            if rank is not None and (best is None or rank > best[0]):
                best = (rank, words, found)
    if best is None:
        return None
    _, words, found = best
    raw = words[found.start : found.end]
    return Year(year=found.fiscal_year, basis="printed", raw=raw.text, place=raw.places)


def _rank(text: str, found: FoundYear, at: int) -> int | None:
    """Return how well a year in the head serves as the report's; None for spans, dates of publishing, plans."""
    if len(text) > 90 and (at > 12 or found.start > 60 or not _ABOUT.match(text, found.end)):
        return None
    after, before = text[found.end :], text[: found.start]
    if "行政事業レビュー" in after:
        return None
    if (
        found.kind in {"day", "calendar"}
        or _SPAN.match(after)
        or re.search(r"[～〜~\-－からより]\s*$", before)
    ):
        return None
    if (
        re.search(r"[→⇒]", text)
        or _PUBLISHED.match(after.lstrip(" 　年月度末にの"))
        or (re.search(r"目標|計画値", after[:6]) and not re.search(r"達成|実績|進捗", after[:16]))
    ):
        return None
    if found.kind == "month":
        return 1 if re.search(r"時点|現在|速報", after[:6]) else None
    if re.search(r"参考|目標|計画値|基準値|現状値", before) or re.match(r"\s*(?:※|[（(]?注)", text):
        return None
    if at > 0 and find_figures(text) and not _ABOUT.match(after):
        return None
    if at > 3 and not _DONE.search(after[:14]):
        return None
    if _ABOUT.match(after) or re.search(r"(?:対象|評価対象|実施|報告対象)年度[:：]?\s*$", before):
        return 24 - min(at, 9)
    met = 6 * bool(_MEETING.search(text))
    return 10 + 5 * bool(_DONE.search(after[:12])) - met - min(at, 9)


_COMING: Final = re.compile(
    r"\s*の?(?:実施|事業|活用)?(?:計画|予定)(?:事業|値|一覧)*[】）)〕]?\s*$"
)


def coming_year(words: Words, home: int | None, near: int) -> Year | None:
    """Return the coming year that a heading says what stands below it is planned for: （参考）令和5年度計画."""
    found = find_years(words.text, near=near) if home is not None and len(words) < _NOTE else []
    if len(found) != 1 or home is None or found[0].fiscal_year <= home:
        return None
    if not _COMING.match(words.text, found[0].end):
        return None
    raw = words[found[0].start : found[0].end]
    return Year(year=found[0].fiscal_year, basis="printed", raw=raw.text, place=raw.places)


def planned_year(projects: Iterable[ProjectDraft], head: Sequence[Words], near: int) -> Year | None:
    """Return the year in which the title says a plan without results was drawn up: （平成27年度策定）."""
    facts = (fact for p in projects for i in p.indicators for fact in i.facts)
    done = any(fact.role in {"actual", "cumulative"} for fact in facts)
    for words in head[:2] if not done else ():
        for found in find_years(words.text, near=near):
            if re.match(r"\s*(?:年度?)?\s*策定", words.text[found.end :]):
                raw = words[found.start : found.end]
                return Year(
                    year=found.fiscal_year, basis="inferred", raw=raw.text, place=raw.places
                )
    return None


def one_year(text: str) -> int | None:
    """Return the year of a document's grant that ran in one fiscal year only; None where it names none or several."""
    plain = key(text)
    years = {year for name, year in scheme_years().items() if name in plain}
    return next(iter(years)) if len(years) == 1 else None


def target_year(document: Document, near: int) -> int | None:
    """Return the year that a note gives all targets: 「※目標値は令和6年度の値です」, 「目標年度：R6」; None where two differ."""
    said = {
        found[0].fiscal_year
        for text in document.texts
        if len(text) <= _NOTE and "目標" in text
        for found in [find_years(text, near=near)]
        if len(found) == 1 and _dates_targets(text, found[0])
    }
    return next(iter(said)) if len(said) == 1 else None


def _dates_targets(text: str, found: FoundYear) -> bool:
    before = _TARGETS.search(text[: found.start])
    return before is not None and _NO_MORE.match(text[found.end :]) is not None


def shown_year(projects: Iterable[ProjectDraft], head: Sequence[Words], text: str) -> Year | None:
    """Return the year that the figures show: the newest actual, the one due, the grant's own year, the newest baseline."""
    drafts = list(projects)
    facts = [fact for p in drafts for i in p.indicators for fact in i.facts]
    actuals = [
        f.year
        for f in facts
        if f.role in {"actual", "cumulative"}
        and f.year
        and f.value is not None
        and f.value.gap is None
    ]
    dues = {f.year for f in facts if f.role == "target" and f.due and f.year}
    paid = [
        s.fiscal_year
        for p in drafts
        for s in p.spending
        if s.kind == "settled" and s.yen is not None and s.fiscal_year
    ]
    ends = [p.period.last for p in drafts if p.period is not None and p.period.last is not None]
    only = {y for p in drafts if p.period is not None for y in (p.period.first, p.period.last)}
    undated = any(f.role in {"actual", "cumulative"} and f.year is None for f in facts)
    scheme = one_year(text)
    baselines = [f.year for f in facts if f.role == "baseline" and f.year]
    ex_post = any("事後評価" in words.text for words in head)
    firsts = [
        f.year
        for p in drafts
        for i in p.indicators
        for f in i.facts
        if i.increments and f.role == "target" and f.year
    ]
    for year in (
        max(actuals, default=None),
        max(paid, default=None),
        next(iter(dues)) if len(dues) == 1 and undated else None,
        scheme,
        max(ends, default=None) if ex_post else None,
        next(iter(only)) if len(only) == 1 else None,
        min(firsts, default=None),
        _planned(drafts, baselines),
        _first_of_plan(drafts),
        None if undated else max(baselines, default=None),
    ):
        if year is not None:
            return Year(year=year, basis="inferred")
    return None


def _planned(drafts: list[ProjectDraft], baselines: list[int]) -> int | None:
    """Return the first year of a plan whose steps are only counted (初年度, 2年目): the one after the baseline."""
    labels = [
        f.label or "" for p in drafts for i in p.indicators for f in i.facts if f.role == "target"
    ]
    steps = any(re.search(r"初年度|1年目|１年目", label) for label in labels)
    return max(baselines) + 1 if steps and baselines else None


def _first_of_plan(drafts: list[ProjectDraft]) -> int | None:
    """Return the first year of a plan that sets a target for each of its years and knows no results yet."""
    facts = [f for p in drafts for i in p.indicators for f in i.facts]
    years = {f.year for f in facts if f.role == "target" and f.year}
    results = any(f.role in {"actual", "cumulative"} for f in facts)
    steady = len(years) > 1 and max(years) - min(years) == len(years) - 1
    return min(years) if steady and not results else None


def bodies_of(
    document: Document, head: Sequence[Words], labelled: Sequence[Said]
) -> tuple[Body, ...]:
    """Return the body: from a label of the head, the site's name, the title; else the only one the document names."""
    for words in [Words(), *head]:
        site = _SITE.search(words.text, max(0, len(words) - _SITE_NEAR))
        if site and (found := _named(words.group(site, "site"), "printed")):
            return found
    for said in labelled:
        if found := _of_said(said):
            return found
    for words in head:
        if found := (_named(words, "printed") or _ministry(words)):
            return found
    return _alone(document) or _only(document)


def _alone(document: Document) -> tuple[Body, ...]:
    """Return the body that a cell at the top of the first table is, and nothing else."""
    grid = next((block for block in document.blocks if isinstance(block, Grid)), None)
    for row in range(min(grid.rows, _TOP)) if grid is not None else ():
        for cell in grid.filled(row) if grid is not None else ():
            found = find_bodies(cell.text)
            body, start, end = found[0] if len(found) == 1 else (None, 0, 0)
            if body is not None and not _BESIDE.sub("", cell.text[:start] + cell.text[end:]):
                code = _code(found)
                place = cell.words[start:end].places
                return (Body(name=body.name, code=code, basis="printed", place=place),)
    return ()


def _named(words: Words, basis: Basis) -> tuple[Body, ...]:
    """Return the body that words name, if they name exactly one."""
    found = find_bodies(words.text)
    exact = [one for one in found if one[0].name == words.text[one[1] : one[2]]]
    found = exact or found
    if len({body.name for body, _, _ in found}) != 1:
        return ()
    body, start, end = found[0]
    return (Body(name=body.name, code=_code(found), basis=basis, place=words[start:end].places),)


def _code(found: Sequence[tuple[Municipality, int, int]]) -> str | None:
    """Return the code, where the name is one body's only (明和町 is two)."""
    codes = {body.code for body, _, _ in found}
    return next(iter(codes)) if len(codes) == 1 else None


def _of_said(said: Said) -> tuple[Body, ...]:
    found = find_bodies(said.text)
    if len({body.name for body, _, _ in found}) == 1:
        body = found[0][0]
        return (Body(name=body.name, code=_code(found), basis="printed", place=said.place),)
    return ()


def _ministry(words: Words) -> tuple[Body, ...]:
    """Return a national office in brackets of a title: 行政事業レビューシート（内閣府）."""
    found = re.search(r"[（(]\s*(?P<name>[^（()）]{2,8})\s*[)）]", words.text)
    if not found or found["name"] not in names("ministry"):
        return ()
    said = words.group(found, "name")
    return (Body(name=found["name"], basis="printed", place=said.places),)


#: What of a body's own is named after it: 見本市総合戦略推進会議, 見本市議会.
_OWN: Final = re.compile(
    r"(?:第[\d０-９一二三四五]+[期次])?(?:版)?(?:まち・ひと・しごと|総合戦略|総合計画|地方創生|人口ビジョン|議会|行政評価|創生)"
)


def _only(document: Document) -> tuple[Body, ...]:
    """Return the one body that a document names again and again, or once as the one whose council judged, as inferred."""
    counts: Counter[str] = Counter()
    where: tuple[Municipality, int, int, int] | None = None
    for number, text in enumerate(document.texts):
        for body, start, end in find_bodies(text):
            counts[body.code] += 2 if _OWN.match(text, end) else 1
            where = where or (body, number, start, end)
    if where is None or len(counts) != 1 or counts[where[0].code] < 2:
        return ()
    body, number, start, end = where
    words = next(itertools.islice(document.words(), number, None))
    place = words[start:end].places
    return (Body(name=body.name, code=body.code, basis="inferred", place=place),)


def grant_of(head: Sequence[Words]) -> Said | None:
    """Return the grant that a title names: the longest of the known names."""
    for words in head:
        folded = fold(words.text)
        for name in names("scheme"):
            if fold(name) in folded:
                return _exact(words, name)
    return None


def _exact(words: Words, name: str) -> Said | None:
    """Return the words of a title that spell a known name; the whole title where its spacing differs."""
    spelled = next(
        (n for n in (name, name.replace("(", "（").replace(")", "）")) if n in words.text), None
    )
    if spelled is None:
        return words.said(join_lines(words.text))
    at = words.text.index(spelled)
    return words[at : at + len(spelled)].said()
