"""金額の読み. Cells and lines of money: 「15,000,000円」, 「○業務委託 40,000千円（6市合計）」, 「・一般財源 160,933,479円」."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from sosei.core.figures import read_value
from sosei.core.money import SCALES, find_yen
from sosei.core.report import MoneyUnit, Places, Said, Spending, SpendingKind, SpendingRole
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Document, Words
from sosei.reading.layouts.strangers.drafts import ProjectDraft
from sosei.reading.layouts.strangers.names import numbered

_SHARED: Final = re.compile(
    r"[（(]\s*(?P<bodies>\d{1,2})\s*(?:市|町|村|団体|自治体|市町|市町村|都市)+[^（()）]{0,4}(?:合計|計|総額|分)[^（()）]{0,4}[)）]"
)
_KINDS: Final[tuple[tuple[str, SpendingKind], ...]] = (
    ("委託", "commission"),
    ("負担金", "contribution"),
    ("補助金", "subsidy"),
    ("助成", "subsidy"),
    ("予算", "budget"),
    ("計画額", "budget"),
    ("決算", "settled"),
    ("実績額", "settled"),
    ("執行", "settled"),
    ("支出", "settled"),
    ("交付", "granted"),
    ("国費", "granted"),
)
_TOTALS: Final = re.compile(r"^(?:総?合?計|総事業費|全体事業費|総額|合計額|小計)")
_SUBTOTAL: Final = re.compile(r"^小計")
_UNIT: Final = re.compile(
    r"単位\s*[:：]?\s*(?P<unit>百万円|千円|万円|億円|円)|[（(](?P<bare>百万円|千円|万円|億円|円)[)）]"
    r"|[（(※]\s*(?:金額|事業費|経費)(?:の単位)?\s*[:：]\s*(?P<named>百万円|千円|万円|億円|円)"
    r"|(?:金額|事業費|予算額|決算額|経費)(?:等)?は、?(?:すべて|全て)?(?P<all>百万円|千円|万円|億円|円)単位"
)

_YEAR: Final = re.compile(r"(?:令和|平成|[RHＲＨ])?[\d０-９元]+年度?")
_NOTED: Final = re.compile(
    r"[（(※【\[]*(?:金額の?|事業費の?)?単位[:：は]?(?P<unit>百万円|千円|万円|億円|円)[)）】\]]*"
)


def kind_of(label: str) -> SpendingKind | None:
    """Return the kind of spending that a label names; 国庫支出金 is where money comes from, not what was spent."""
    folded = fold(label).replace("支出金", "")
    return next((kind for word, kind in _KINDS if word in folded), None)


def role_of_line(label: str) -> SpendingRole | None:
    """Return total or subtotal where the label says so."""
    folded = fold(label)
    if _SUBTOTAL.match(folded):
        return "subtotal"
    return "total" if _TOTALS.match(folded) else None


def money_unit(text: str) -> MoneyUnit | None:
    """Return the unit that a text sets for the money around it: （単位：千円）."""
    found = _UNIT.search(join_lines(text).replace(" ", ""))
    return (found["unit"] or found["bare"] or found["named"] or found["all"]) if found else None  # type: ignore[return-value]


def amount_of(
    words: Words,
    label: Said | None,
    *,
    unit: MoneyUnit | None = None,
    year: int | None = None,
    fund: Said | None = None,
) -> Spending | None:
    """Return a cell as an amount: None where it holds neither a figure nor a mark; yen is None where the unit is unknown."""
    text = join_lines(words.text)
    yen, printed = _yen(text, unit)
    if not text or (yen is None and printed is None and not re.search(r"\d", text)):
        return None
    name = label.text if label else ""
    return Spending(
        label=label,
        yen=yen,
        kind=kind_of(name),
        role=role_of_line(name),
        fiscal_year=year,
        fund=fund,
        shared_by=_shared(text),
        unit=printed,
        raw=words.text.strip(),
        place=words.places,
    )


def _yen(text: str, unit: MoneyUnit | None) -> tuple[int | None, MoneyUnit | None]:
    """Return whole yen and the unit printed, from the text or else from the header."""
    found = find_yen(text)
    if len(found) > 1:
        found = find_yen(re.sub(r"[（(][^（()）]*[)）]", "", text))
    if len(found) == 1:
        return found[0].yen, found[0].unit
    if found:
        return None, None
    value = read_value(_SHARED.sub("", text))
    if value.number is None or value.unit not in {None, "円"} or unit is None:
        return None, None
    yen = value.number * SCALES[unit]
    return (
        (int(yen), unit)
        if yen == yen.to_integral_value() and abs(yen) < Decimal(10) ** 15
        else (None, None)
    )


def _shared(text: str) -> int | None:
    found = _SHARED.search(text)
    return int(found["bodies"]) if found else None


def line_of(words: Words) -> Spending | None:
    """Return a line 「label amount（note）」 as spending; None where it holds no one amount of money."""
    found = find_yen(words.text)
    if len(found) != 1:
        return None
    amount = found[0]
    before = words[: amount.start]
    after = words.text[amount.end :]
    if re.search(r"[。、]\S", before.text) or re.sub(r"[（(][^（()）]*[)）]|[\s。]", "", after):
        return None
    number, label = numbered(before.strip())
    name = label.strip(" 　:：・…\t").said()
    if name is None:
        return None
    note = words[amount.end :].strip(" 　（）()").said()
    return Spending(
        label=name,
        yen=amount.yen,
        number=number,
        kind=kind_of(name.text),
        role=role_of_line(name.text),
        shared_by=_shared(words.text),
        unit=amount.unit,
        note=note,
        raw=words[amount.start : amount.end].text,
        place=words.places,
    )


def lines_of(words: Words, label: Said | None = None) -> list[Spending]:
    """Return all amounts of a line, each with its label: 「国 5,740千円　一般 5,740千円」, 「18千円（うち交付金 9千円）」.

    `label` is what the first amount is called where the line does not say. Empty where any amount has no label.
    """
    found = find_yen(words.text)
    if len(found) < 2:
        line = line_of(words)
        return [line] if line is not None else []
    out: list[Spending] = []
    at = 0
    for amount in found:
        number, name = numbered(words[at : amount.start].strip(" 　\t\n、,，・/／（()）"))
        name = name.strip(" 　:：・…\t【】（()）")
        said = name.said() or (label if not out else None)
        plain = _YEAR.sub("", said.text) if said is not None else ""
        if said is None or len(said.text) > 24 or re.search(r"[。0-9０-９]", plain):
            return []
        out.append(
            Spending(
                label=said,
                yen=amount.yen,
                number=number,
                kind=kind_of(said.text),
                role=role_of_line(said.text),
                unit=amount.unit,
                raw=words[amount.start : amount.end].text,
                place=words[at : amount.end].places,
            )
        )
        at = amount.end
    return [] if re.search(r"[0-9０-９]", words.text[at:]) else out


#: Between the labels of several amounts in one: 予算額／決算額（うち国費）.
_LABELS: Final = re.compile(r"[／/・→（）()、,，]+")


def several_of(label: Words, words: Words) -> list[Spending]:
    """Return the amounts behind a label that names several in order: 「予算額／決算額（うち国費）：13千円／12千円（6千円）」.

    Empty where the label does not name as many as the value holds.
    """
    names = [part for part in label.split(_LABELS) if part.strip()]
    found = find_yen(words.text)
    if len(names) < 2 or len(names) != len(found):
        return []
    out = [
        amount_of(words[amount.start : amount.end], name.strip().said())
        for name, amount in zip(names, found, strict=True)
    ]
    return [one for one in out if one is not None and one.yen is not None]


def spread_unit(document: Document, drafts: Sequence[ProjectDraft]) -> None:
    """Give amounts without a unit the one that a note of the document sets, above or below, if all notes agree.

    Of a workbook every sheet speaks for itself: amounts in yen behind a summary in 千円 would be a thousandfold.
    """
    open_ones = (s for draft in drafts for s in draft.spending if s.yen is None and s.raw)
    if not any(open_ones):
        return
    units: dict[str | None, set[MoneyUnit]] = defaultdict(set)
    for words in document.words():
        if (unit := _noted(words.text)) is not None:
            units[_sheet(words.places)].add(unit)
    for draft in drafts:
        for at, spent in enumerate(draft.spending):
            noted = units.get(_sheet(spent.place), set())
            if spent.yen is None and spent.raw and len(noted) == 1:
                yen, printed = _yen(join_lines(spent.raw), next(iter(noted)))
                draft.spending[at] = dataclasses.replace(spent, yen=yen, unit=printed)


def _sheet(places: Places) -> str | None:
    return places[0].sheet if places else None


def _noted(text: str) -> MoneyUnit | None:
    """Return the unit of a note that says nothing else: （単位：千円）, ※単位は千円."""
    found = _NOTED.fullmatch(join_lines(text).replace(" ", ""))
    return found["unit"] if found else None  # type: ignore[return-value]
