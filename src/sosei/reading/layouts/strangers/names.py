"""名称の読み. A name with what is written into it: its number, its unit, the department in brackets, a subtitle."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Final

from sosei.core.money import find_yen
from sosei.core.report import Said
from sosei.core.text import fold, join_lines, mend
from sosei.core.units import is_unit
from sosei.reading.grid import Words

_LAYERS: Final = re.compile(r"[（(]?上段.*下段.*$", re.DOTALL)
_NUMBER: Final = re.compile(
    r"^\s*(?P<number>(?:KPI|指標|数値目標|事業)\s*[\d０-９]{1,2}(?=[\s:：.．、)）])|(?:No\.?|№|KPI|ＫＰＩ|指標|目標|数値目標)?\s*[①-⑳⑴-⒇Ⓐ-Ⓩ]|(?:No\.?|№)\s*\d{1,3}|\d{1,3}(?=[\s.．、)）])|[（(]\s*[\d０-９一-十ア-コａ-ｚa-z]{1,2}\s*[)）]"
    r"|[ア-コａ-ｚa-z](?=[\s.．、　)）])|[A-HＡ-Ｈ](?=[.．、　)）:：]| +[^\x00-\x7f])(?![.．、　)）:： ]*(?:級|型|重油|ランク|リーグ|コープ))|[Ⅰ-Ⅻ](?=[\s.．、　])|(?P<bullet>[○●◎・■□◆◇▽▼☆★▪➢])(?!(?P=bullet)))[\s.．、　:：)）]*(?=\S)"
)
_UNIT: Final = re.compile(
    r"\s*[（(\[【]\s*(?:単位\s*[:：]?\s*)?(?P<unit>[^（()）\[\]【】]+?)\s*[)）\]】]\s*"
    r"(?P<rest>(?:[（(\[【](?:累計|累積|延べ|年間|単年度?|暦年|新規)[)）\]】]|[※＊*]\s*\d*|[（(](?:※|注)\s*\d*[)）])?)\s*$"
)
_SAYS_UNIT: Final = re.compile(r"単位")
#: Words in brackets that can be counted, but qualify a name far more often: 「宿泊客数（年間）」, 「利用者数（市）」.
_NOT_UNITS: Final = frozenset(
    [
        "年",
        "年間",
        "日間",
        "月間",
        "市",
        "町",
        "村",
        "県",
        "国",
        "都道府県",
        "市町村",
        "市町",
        "地域",
        "計画",
        "事業",
        "施策",
        "取組",
        "項目",
        "指標",
        "分野",
        "テーマ",
        "プラン",
        "システム",
        "サービス",
        "企業",
        "農家",
        "自治体",
        "学校",
        "世代",
        "代",
        "次",
        "号",
        "部",
        "園",
        "館",
        "全国",
        "年度",
        "月",
        "期",
        "小学校",
        "中学校",
        "施設",
        "拠点",
        "商品",
        "ID",
    ]
)
#: What a line or cell calls the name that follows: 「KPI：輸出量」.
_CALLED: Final = re.compile(
    r"^[\s　・○●■◆◇]*(?:重要業績評価指標|成果指標|活動指標|評価指標|数値目標|指標名?|KPI|ＫＰＩ)(?:[（(](?:KPI|ＫＰＩ)[)）])?[\s　]*[:：][\s　]*(?=\S)"
    r"|^[\s　]*[【〔［\[](?:重要業績評価指標|成果指標|指標|KPI|ＫＰＩ)[\s　\d０-９①-⑳]*[】〕］\]][\s　]*(?=\S)"
)
_OFFICE: Final = re.compile(r"[（(【\[〔](?P<office>[^（()）【】\[\]〔〕]+)[)）】\]〕]\s*$")
_INCHARGE: Final = re.compile(
    r"(?:担当|所管|主管)(?:課|部署|部局|部課)?(?:名|等)?[\s　]*[:：][\s　]*"
)
#: Two offices in lines of a narrow cell that were joined.
_TWO: Final = re.compile(r"(?P<a>[^\s課]{2,}課)(?P<b>[^\s課]{2,}課)")
_OFFICES: Final = re.compile(r"[・、,，/／\n]|\s{1,}|　")
#: What the name of a part of an office ends in.
_PART: Final = re.compile(
    r"(?:課|室|局|部|センター|事務所|支所|係|班|担当|署|館|所|事務局|委員会|推進本部|グループ|チーム)$"
)
#: One office within another, a space between: 「政策部　定住促進センター」.
_WITHIN: Final = re.compile(
    r"[^\s　・、,，/／\n]+(?:部|局|本部|部局|総局)[ 　]+[^\s　・、,，/／\n]+(?:課|室|センター|事務局|グループ|係|班|チーム)"
)
_SUBTITLE: Final = re.compile(r"\s*[～〜~―－-]{1,2}(?P<sub>[^～〜~]+)[～〜~―－-]{1,2}\s*$")


#: The type of grant in brackets behind a project's name: （デジタル実装タイプTYPE1）, （先駆型）, （タイプⅡ）.
_TYPE: Final = re.compile(
    r"[\s　]*[（(【〔](?P<type>(?:[^（()）【】〔〕]{1,14}タイプ|タイプ|先駆|横展開|隘路打開|移住・起業・就業|Society\s?5[.．]0|基礎交付|上乗せ交付)"
    r"(?:型|分)?[\s　]*(?:[ⅠⅡⅢSＳ]|TYPE[\s　]?[\d０-９SＳ]|[\d０-９])?)[)）】〕]\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart."""

    said: Said | None
    number: str | None = None
    unit: str | None = None
    departments: tuple[Said, ...] = ()
    grant_type: Said | None = None
    definition: Said | None = None


def numbered(words: Words) -> tuple[str | None, Words]:
    """Split a leading number or bullet from words: 「1　シティセールス事業」, 「①婚姻率」, 「a 利用者数」."""
    found = _NUMBER.match(words.text)
    if not found:
        return None, words.strip()
    number = fold_number(found["number"])
    return number, words[found.end() :].strip()


def fold_number(text: str) -> str | None:
    """Return a printed number without brackets; None for a mere bullet."""
    kept = re.sub(r"[\s（()）.．、]|^No|^№|^KPI|^ＫＰＩ|^指標|^数値目標|^目標", "", text)
    return None if not kept or kept in "○●◎・■□◆◇▽▼☆★▪➢" else kept


def with_unit(words: Words, *, sure: bool = False) -> tuple[Words, str | None]:
    """Split a unit in brackets from the end of a name: 「マガキ出荷数量（単位：区）」, 「起業家数（人）【累計】」.

    `sure`: the names beside it all end so, and what else qualifies a name (施設, 年) is a unit too.
    """
    found = _UNIT.search(words.text)
    if not found or found.start() == 0:
        return words, None
    unit = join_lines(found["unit"]).strip()
    parts = re.split(r"[・、,，／/\s　]+", unit)
    if len(parts) == 2 and not is_unit(unit):
        unit = next((part for part in parts if is_unit(part) and _qualifies(parts, part)), unit)
    told = _SAYS_UNIT.search(found[0]) or (is_unit(unit) and (sure or unit not in _NOT_UNITS))
    if not told:
        return words, None
    rest = words.group(found, "rest")
    name = words[: found.start()].strip()
    return (Words.joined([name, rest]) if rest else name), unit or None


#: What stands beside a unit in brackets: （社・累計）, （年間、人）.
_QUALIFIERS: Final = frozenset(
    {"累計", "累積", "延べ", "年間", "単年", "単年度", "暦年", "年度末", "実人数", "期間累計"}
)


def _qualifies(parts: list[str], unit: str) -> bool:
    """Tell whether what stands beside a unit only qualifies it."""
    return all(part == unit or part in _QUALIFIERS for part in parts)


def bare_unit(text: str) -> str:
    """Return a unit without brackets around the whole of it; 「件（累計）」 keeps its own."""
    text = join_lines(text)
    found = re.fullmatch(r"[（(]\s*([^（()）]*?)\s*[)）]", text)
    return found[1] if found else text


def ends_in_unit(text: str) -> bool:
    """Tell whether a name ends in a unit in brackets, whichever."""
    found = _UNIT.search(text)
    return found is not None and found.start() > 0 and is_unit(join_lines(found["unit"]).strip())


def indicator_name(words: Words, *, sure: bool = False) -> Name:
    """Take an indicator's name apart; `sure`: brackets at the ends of the names hold units (see `with_unit`)."""
    lines = words.lines()
    if len(lines) == 2 and fold(lines[0].text) in {"指標", "kpi", "成果指標", "活動指標"}:
        words = lines[1]
    called = _CALLED.match(words.text)
    words = words[called.end() :] if called else words
    number, rest = numbered(words)
    layers = _LAYERS.search(rest.text)
    rest = rest[: layers.start()].strip() if layers else rest
    rest, formula = _defined(rest)
    rest, unit = with_unit(rest, sure=sure)
    return Name(said(rest), number, unit, definition=said(formula))


#: A name that is the numbered indicator's of another table: 指標①（普及率）.
_WRAPPED: Final = re.compile(r"[（(](?P<name>[^（()）]{3,})[)）]")
_FORMULA: Final = re.compile(r"[\s　]*[＝=][\s　]*(?=[^＝=]*[／/÷×＋+\-－−])")


def _defined(words: Words) -> tuple[Words, Words]:
    """Split 「普及率＝処理人口／行政人口」 into the name and how it is reckoned; a name all in brackets stands without them."""
    wrapped = _WRAPPED.fullmatch(words.text)
    if wrapped is not None:
        return words.group(wrapped, "name"), Words()
    found = _FORMULA.search(words.text)
    if found is None or found.start() < 3:
        return words, Words()
    return words[: found.start()], words[found.end() :]


def project_name(words: Words, *, office: bool = False) -> Name:
    """Take a project's name apart; `office`: the header says that the department stands in it."""
    number, rest = numbered(words)
    chapter = _CHAPTER.search(rest.text) if "款" in rest.text else None
    rest = rest[: chapter.start()] if chapter and chapter.start() else rest
    found = _OFFICE.search(rest.text)
    if found and found.start() > 0:
        inside = rest.group(found, "office")
        called = _INCHARGE.match(inside.text)
        offices = departments(inside[called.end() :] if called else inside)
        if offices and (office or all(_PART.search(o.text) for o in offices)):
            return Name(said(rest[: found.start()].strip()), number, departments=offices)
    lines = rest.lines()
    if office and len(lines) > 1 and _PART.search(lines[-1].text.strip("（）() 　")):
        offices = departments(lines[-1].strip("（）() 　"))
        return Name(said(Words.joined(lines[:-1], "\n")), number, departments=offices)
    kind = _TYPE.search(rest.text)
    if kind and kind.start() > 0:
        name = rest[: kind.start()].strip()
        return Name(said(name), number, grant_type=said(rest.group(kind, "type")))
    return Name(said(rest), number)


#: The chapter of the accounts behind a name: 「移住促進事業（２款　総務費）」, 「…（２款１項６目）」.
_CHAPTER: Final = re.compile(
    r"[\s　]*[（(\[【][\s　]*第?[\d０-９]{1,2}[\s　]*款[^（()）【】]*[)）\]】][\s　]*$"
)


def with_amount(words: Words) -> tuple[Words, Words]:
    """Split an amount in brackets from the end of a name: 「人材育成支援事業（予算額（事業費）1920千円）」."""
    text = words.text.rstrip()
    if not text.endswith(("）", ")")):
        return words, Words()
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in "）)") - (text[at] in "（(")
        if depth == 0:
            inner = words[at + 1 : len(text) - 1]
            return (
                (words[:at].strip(), inner)
                if at and len(find_yen(inner.text)) == 1
                else (words, Words())
            )
    return words, Words()


def departments(words: Words) -> tuple[Said, ...]:
    """Split the names of offices: 「都市戦略室・経済企画課」 are two, 「企画・財政課」 is one."""
    words = _without_unit(words)
    above = _WITHIN.fullmatch(words.text.strip())
    if above is not None:
        whole = words.strip().said()
        return (whole,) if whole else ()
    parts = [part for part in words.split(_OFFICES) if part]
    if len(parts) > 1 and all(_PART.search(part.text.strip()) for part in parts):
        return tuple(s for part in parts if (s := part.said()))
    lines = [line for line in words.lines() if line]
    if len(lines) > 1 and all(_PART.search(line.text.strip()) for line in lines):
        return tuple(s for line in lines if (s := line.said()))
    words = words.strip()
    two = _TWO.fullmatch(words.text)
    named = [words.group(two, side).said() for side in ("a", "b")] if two else [words.said()]
    return tuple(one for one in named if one is not None)


def _without_unit(words: Words) -> Words:
    """Return words without the unit that the money below is in, printed at the end of one line: 「企画課　（単位：千円）」."""
    found = _MONEY_UNIT.search(words.text) if "単位" in words.text else None
    return words[: found.start()] if found and found.start() else words


_MONEY_UNIT: Final = re.compile(r"[\s　]*[（(\[]?単位[\s　]*[:：][^（()）]*[)）\]]?[\s　]*$")


def said(words: Words) -> Said | None:
    """Return words as a name: lines joined, spaces of even setting taken out, the spelling kept."""
    return words.said(mend(words.text)) if words else None


def subtitled(name: Said | None) -> Said | None:
    """Return a name without the subtitle between waves; the whole stays in raw."""
    if name is None:
        return None
    found = _SUBTITLE.search(name.text)
    if not found or found.start() == 0:
        return name
    return dataclasses.replace(
        name, text=name.text[: found.start()].strip(), raw=name.raw or name.text
    )


def only_number(text: str) -> str | None:
    """Return the number that a cell of numbers holds: 「No.3」, 「③」, 「11204」."""
    text = join_lines(text)
    return text if text and len(text) <= 12 else None
