"""一文の読み. One sentence about one indicator, its figures told apart by the words around each.

「移住者数は46人（目標40人、達成率115％）となりました」「KPIの『利用量』については、目標値90千トンに対し101千トンとなった」.
A sentence counts only where it sets a result against a target or base; a figure alone is left to people.
"""

from __future__ import annotations

import re
from typing import Final

from sosei.core.figures import FoundFigure, find_figures
from sosei.core.fiscal import find_years
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.drafts import Fact, IndicatorDraft
from sosei.reading.layouts.strangers.headings import understand
from sosei.reading.layouts.strangers.names import indicator_name, numbered
from sosei.reading.layouts.strangers.values import value_of
from sosei.reading.vocabulary import role_of

_CONJUNCTION: Final = (
    r"^[\s　]*(?:[問答][\s　]+)?(?:[○●◎・※＊*][\s　]*)?(?:[（(〔【][^（()）〔〕【】]{1,12}[)）〕】][\s　]*)?"
    r"(?:(?:また|さらに|更に|一方|次に|続いて|続きまして|なお|このうち|うち|まず|特に|同様に|そして|加えて|最後に|このほか|そのほか|同じく|他方)、?[\s　]*)?"
)
_OPENING: Final = re.compile(_CONJUNCTION)
#: A name as the topic before its figures: 「来場者数でございますが、目標6万人に対しまして」.
_TOPICAL: Final = re.compile(
    r"(?P<name>[^、。「」\s]{2,40}?)(?:の(?:実績値?|数値|状況))?(?:でございますが|でありますが|ですが|につきましては|については|に関しましては|に関しては)、"
    r"(?=(?:令和|平成|昨|本|前)?[\d０-９元]*年?度?(?:は|の|には)?、?(?:当初の?)?(?:年間)?(?:目標|計画|実績|基準|約?[\d０-９]))"
)
_LEAD: Final = re.compile(
    _CONJUNCTION
    + r"(?:[^、。「]{0,24}(?:でございますが|でありますが|ですが|につきましては|としては|では|で申し上げると|で申し上げますと|を申し上げますと|によると|によりますと|を見ると|を見ますと)、[\s　]*)?"
)
#: A figure from which another came: 「9人から17人に増加」.
_FROM: Final = re.compile(r"\s*から、?\s*[^、。]{0,12}[\d０-９]")
#: Why something came about, before what it is about: 「新型コロナウイルス感染症の影響で」.
CAUSE: Final = re.compile(
    r"[^、。「」]{2,30}(?:の影響(?:により|によって|で|から|を受け|もあり)|のため|により|に伴い)、?(?=[^、。]{2})"
)
_DATED: Final = re.compile(r"^[\s　]*(?:(?:の|における|末時点の|末の|末現在の|には?|は)、?|、)")
_QUOTED: Final = re.compile(r"[「『](?P<name>[^「」『』]{2,50})[」』]")
_PLAIN: Final = re.compile(
    r"(?P<name>[^、。]{2,45}?)(?:の(?:実績値?|目標値?|数値|値))?(?:については|に関しては|につきましては|は|が)、?"
)
_AIMED: Final = re.compile(
    r"(?:年間)?目標(?:値|数)?(?:の|は|が|を)?[、\s　]*約?[\d０-９]|約?[\d０-９]"
)
_FIGURED: Final = re.compile(r"約?[\d０-９]")
_TOPIC: Final = re.compile(
    r"(?:の(?:実績値?|目標値?|数値|値))?(?:については|に関しては|につきましては|は|が|の|：|:)"
)
_TARGET: Final = re.compile(
    r"(?:目標|目標値|目標数|目標数値|計画値|計画)(?:年度)?(?:である|であった|とする|とした|としていた)?[のはをがと：:・]?\s*(?:約)?$"
)
_TARGETED: Final = re.compile(
    r"(?:以上|以下|未満|超)?(?:という|を|の|とする|である)?目標|(?:以上|以下)?に対し|の計画に対し"
)
_RATE: Final = re.compile(r"(?:達成率|進捗率|達成度|目標達成率)[はがも：:・]?\s*(?:約)?$")
_BASE: Final = re.compile(
    r"(?:基準値|当初値|現状値|策定時|基準年|計画策定時|開始前|当初)[^、。]{0,8}$"
)
_AGAINST: Final = re.compile(r"\s*(?:だったの)?に対し(?:て|まして)?、?\s*(?:約)?")
_BASED: Final = re.compile(r"(?:基準値|基準年度?|当初値|現状値|策定時|当初)[（(]?$")
_ACTUAL: Final = re.compile(r"(?:実績|実績値|直近値|結果|最終実績)[はがも：:・]?\s*(?:約)?$")
_OTHER: Final = re.compile(
    r"前年|前回|昨年|昨年度|前期|差|うち|内訳|過去|全国|県平均|国平均|に対し|比べ|比較|から$|より$|当たり|あたり|[対比]$"
)
_DELTA: Final = re.compile(
    r"\s*(?:の)?(?:増(?!や)|減(?!ら)|プラス|マイナス|上回|下回|多[いく]|少な|上昇|低下|ポイント)"
)
_BECAME: Final = re.compile(
    r"(?:[（(]|と(?:な|大き)|に(?:とど|増|減|達|の|上)|で(?:し|あ|、|。|す|き)|だ|を(?:達成|記録)|[、。]|$)"
)


def told_by(sentence: Words, near: int | None) -> IndicatorDraft | None:
    """Return the indicator that a sentence sets against its target or base; None where it does not plainly."""
    named = _named(sentence, near)
    if named is None:
        return None
    name, rest = named
    taken = indicator_name(name)
    if taken.said is None or (
        find_figures(taken.said.text.replace("1人", ""))[:1] and len(name) < 4
    ):
        return None
    draft = IndicatorDraft(
        name=taken.said, number=taken.number, unit=taken.unit, place=sentence.places
    )
    found = find_years(sentence.text, near=near)
    base = {y.fiscal_year for y in found if _BASED.search(sentence.text, 0, y.start)}
    years = {y.fiscal_year for y in found if y.fiscal_year not in base}
    year = next(iter(years)) if len(years) == 1 else None
    if not _sort(rest, draft, year, near):
        return None
    for fact in draft.facts if len(base) == 1 else []:
        fact.year = next(iter(base)) if fact.role == "baseline" else fact.year
    roles = {fact.role for fact in draft.facts}
    plain = len(draft.facts) == len({(fact.role, fact.year) for fact in draft.facts})
    several = len({fact.year for fact in draft.facts if fact.role == "actual" and fact.year}) > 1
    set_against = several or roles & {"target", "rate", "baseline"}
    return draft if plain and "actual" in roles and set_against else None


def _named(sentence: Words, near: int | None) -> tuple[Words, Words] | None:
    """Split a sentence into what it is about and what it says of it."""
    words = sentence[_OPENING.match(sentence.text).end() :]  # type: ignore[union-attr]
    topical = _TOPICAL.match(words.text)
    if topical and understand(topical["name"]).role is None and not find_figures(topical["name"]):
        return words.group(topical, "name").strip(), words[topical.end() :]
    words = sentence[_LEAD.match(sentence.text).end() :]  # type: ignore[union-attr]
    years = find_years(words.text, near=near)
    if years and years[0].start == 0:
        dated = _DATED.match(words.text, years[0].end)
        words = words[dated.end() if dated else years[0].end :]
    quoted = _QUOTED.search(words.text)
    if (
        quoted
        and quoted.start() <= 40
        and not re.search(r"[。\d０-９]", words.text[: quoted.start()].replace("KPI1", ""))
    ):
        topic = _TOPIC.match(words.text, quoted.end())
        return (words.group(quoted, "name"), words[topic.end() :]) if topic else None
    _, words = numbered(words)
    words = words[_clause(words.text) :]
    found = _PLAIN.match(words.text)
    inner = _PLAIN.match(words.text, found.end()) if found else None
    if found and inner and "ついて" in found[0] and _FIGURED.match(words.text, inner.end()):
        found = inner
    return (words.group(found, "name").strip(), words[found.end() :]) if found else None


def _is_year(text: str) -> bool:
    """Tell whether words are a year and no name: 令和元年度."""
    found = find_years(text)
    return len(found) == 1 and found[0].start == 0 and len(text) - found[0].end <= 1


def _clause(text: str) -> int:
    """Return where the clause begins that names what the first figures are of: 「案内人を置き、来場者数は、目標…」."""
    begins = [0, *(found.end() for found in re.finditer("、", text))]
    for at in begins:
        found = _PLAIN.match(text, at)
        if found and find_years(found["name"]) and find_figures(found["name"]):
            continue
        if found and _is_year(found["name"]):
            continue
        if found and role_of(found["name"]) is None and _AIMED.match(text, found.end()):
            return at if not find_figures(text[:at])[1:] else 0
    return 0


def _sort(rest: Words, draft: IndicatorDraft, year: int | None, near: int | None) -> bool:
    """Give each figure of the rest its role; False where one that matters has none."""
    text = rest.text
    for found in reversed(find_years(text, near=near)):
        text = text[: found.start] + "＿" * (found.end - found.start) + text[found.end :]
    at = 0
    for figure in find_figures(text):
        left, right = text[at : figure.start], text[figure.end :]
        at = figure.end
        role = _role(left, right, figure, draft)
        if role == "rate":
            draft.facts.append(
                Fact(role=role, said=rest[figure.start : figure.end].said(), year=year)
            )
        elif (own := _own_year(rest, figure.start, near)) is not None and role in {None, "actual"}:
            draft.add(
                "baseline" if _FROM.match(right) and not draft.facts else "actual",
                value_of(rest[figure.start : figure.end], draft.unit),
                year=own,
            )
        elif role is not None:
            draft.add(
                role,
                value_of(rest[figure.start : figure.end], draft.unit),
                year=None if role == "baseline" else year,
            )
    return bool(draft.facts)


def _own_year(rest: Words, start: int, near: int | None) -> int | None:
    """Return the year right before a figure: 「令和元年度が45人」."""
    before = [found for found in find_years(rest.text, near=near) if found.end <= start]
    joint = rest.text[before[-1].end : start] if before else "、"
    return (
        before[-1].fiscal_year if re.fullmatch(r"\s*末?[がはにでの：:]?\s*(?:約)?", joint) else None
    )


def _role(left: str, right: str, figure: FoundFigure, draft: IndicatorDraft) -> str | None:
    """Return what a figure is by the words around it; None for differences, shares, other years."""
    left = left.rstrip("（(「 　")
    if _RATE.search(left):
        return "rate"
    if _DELTA.match(right):
        return None
    if _TARGET.search(left) or _TARGETED.match(right):
        return "target"
    if _BASE.search(left):
        return "baseline"
    if _ACTUAL.search(left):
        return "actual"
    if figure.figure.unit in {"%", "％"} and "達成率" in left:
        return "rate"
    has = {fact.role for fact in draft.facts}
    if "actual" in has:
        return None
    if "baseline" in has and re.fullmatch(r"\s*から、?\s*", left):
        return "actual"
    if not left.strip("、 　約") or _AGAINST.fullmatch(left):
        return "actual"
    turned = not _OTHER.search(_AGAINST.sub("", left)) and _BECAME.match(right)
    return "actual" if turned else None
