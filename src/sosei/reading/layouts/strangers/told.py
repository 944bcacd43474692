"""語られた指標. What a single line says: indicators with their figures, amounts, figures of lists."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.report import Said
from sosei.core.text import fold
from sosei.reading.grid import Line, Words
from sosei.reading.layouts.strangers.amounts import line_of, lines_of
from sosei.reading.layouts.strangers.drafts import IndicatorDraft, ProjectDraft, same_name
from sosei.reading.layouts.strangers.headings import FIGURES, understand
from sosei.reading.layouts.strangers.lists import indicator_of
from sosei.reading.layouts.strangers.names import indicator_name, numbered
from sosei.reading.layouts.strangers.outline import Mark
from sosei.reading.layouts.strangers.prose import indicators_of
from sosei.reading.layouts.strangers.scene import Scene
from sosei.reading.layouts.strangers.telling import tell_money, tell_sentence
from sosei.reading.layouts.strangers.values import read_cell, value_of
from sosei.reading.vocabulary import role_of

_COUNT: Final = re.compile(r"^\d+(?:件|事業|項目)$")
_SIDE: Final = re.compile(r"[（(]?参考(?:[)）]|値|：|:)")


def tells(words: Words, scene: Scene) -> bool:
    """Tell whether words are one indicator with figures."""
    told = indicator_of(words, scene.near)
    return (
        told is not None and told.name is not None and told.figured and "、" not in told.name.text
    )


def read_sentences(line: Line, scene: Scene) -> bool:
    """Read the indicators that a paragraph tells of; False where it tells of none."""
    parts = _by_project(line.words)
    kept = 0
    for project, words in parts:
        drafts = indicators_of(words, scene.near)
        if project is not None and drafts:
            name = project.said()
            known = next((p for p in scene.projects if same_name(p.name, name)), None)
            if known is None:
                scene.open(ProjectDraft(name=name, place=project.places))
            scene.owner = known or scene.owner
        for draft in drafts:
            keep(draft, scene)
        kept += len(drafts)
    return kept > 0


#: A sentence that speaks of one project: 「「移住促進事業」では、…」.
_OF_PROJECT: Final = re.compile(
    r"(?:^|(?<=。))[\s　]*(?:(?:また|一方|次に|さらに|まず|このうち|続いて)、?)?"
    r"[「『](?P<name>[^「」『』]{3,40}(?:事業|プロジェクト|計画))[」』](?:では|においては|については|は)、?"
)


def _by_project(words: Words) -> list[tuple[Words | None, Words]]:
    """Cut a paragraph before each sentence that turns to a project, its name apart."""
    found = list(_OF_PROJECT.finditer(words.text))
    ends = [*(one.start() for one in found[1:]), len(words)]
    front: list[tuple[Words | None, Words]] = [(None, words[: found[0].start() if found else None])]
    turns = zip(found, ends, strict=True) if found else ()
    return front + [(words.group(one, "name"), words[one.end() : end]) for one, end in turns]


def read_listed(line: Line, found: Mark, scene: Scene) -> bool:
    """Read lists of names and, under another heading, of their figures: 【指標】①…②… 【目標値】①10人②20人."""
    number, rest = numbered(line.words)
    if line.level is not None or number is None or not rest or len(rest) > 40 or "。" in rest.text:
        return False
    if found.level and (found.level == scene.topic_level or found.level in dict(scene.stack)):
        return False
    if scene.topic == "indicator" and not find_figures(rest.text):
        name = indicator_name(rest)
        draft = IndicatorDraft(
            name=name.said, number=number, unit=name.unit, place=line.words.places
        )
        # Its figures may stand in a list of their own, or right below it.
        scene.listed[number] = scene.named = draft
        return True
    listed = scene.listed.get(number)
    if scene.topic not in FIGURES or listed is None:
        return False
    draft, scene.named = listed, None
    if not draft.facts:
        scene.project().indicators.append(draft)
    draft.add("baseline" if scene.topic == "current" else scene.topic, value_of(rest, draft.unit))
    return True


def keep(told: IndicatorDraft, scene: Scene) -> None:
    """Add an indicator told in a line; one that a line above announced keeps its number."""
    told.told = True
    for fact in told.facts:
        if fact.role == "became":
            fact.role = "actual" if scene.results else "target"
    if scene.span is not None:
        _date_arrow(told, scene.span)
    tell_sentence(scene.told, told)
    scene.topic = None if scene.topic == "indicator" else scene.topic
    scene.project().indicators.append(told)


def _date_arrow(told: IndicatorDraft, span: tuple[int, int]) -> None:
    """Give a base and what it is to become the years that a line above sets on both sides of an arrow."""
    for role, year in zip(("baseline", "target"), span, strict=True):
        for fact in told.facts:
            fact.year = year if fact.role == role and fact.year is None else fact.year


def read_side(line: Line, scene: Scene) -> bool:
    """Read a figure of another year given beside an indicator: 「参考）平成25年　4,016」."""
    last = (
        scene.owner.indicators[-1] if scene.owner is not None and scene.owner.indicators else None
    )
    years = find_years(line.text, near=scene.near)
    if last is None or len(years) != 1 or not _SIDE.match(line.text.strip()):
        return False
    value = read_cell(line.words[years[0].end :].strip(" 　:：（()）"), last.unit).value
    if value.number is None:
        return False
    last.add("actual", value, year=years[0].fiscal_year)
    return True


def read_money(line: Line, scene: Scene) -> bool:
    """Read lines of labels and amounts: 「name n件 総事業費 x円」, then 「・source y円」 each."""
    lines = line.words.lines()
    several = lines_of(line.words) if len(lines) == 1 else []
    first = several[0].label if len(several) > 1 else None
    if first is not None and understand(first.text).role in {"money", "fund"}:
        scene.project().spending += several
        return True
    spent = [line_of(part) for part in lines]
    named = (s.label.text for s in spent if s is not None and s.label is not None)
    if any(understand(name).role in FIGURES | {"rate"} for name in named):
        return False
    if not any(spent) or not all(
        s or re.fullmatch(r"[（(【]?[^\d]{2,12}[)）】]?", p.text)
        for s, p in zip(spent, lines, strict=True)
    ):
        return False
    for words, spending in zip(lines, spent, strict=True):
        if spending is None or spending.label is None:
            continue
        name, label = _split_label(spending.label, words)
        if name is not None:
            scene.open(ProjectDraft(name=name, place=words.places))
        scene.project().spending.append(dataclasses.replace(spending, label=label))
        tell_money(scene.told, words, label)
    return True


def _split_label(label: Said, words: Words) -> tuple[Said | None, Said]:
    """Split 「臨時交付金対象　60件　総事業費」 into the name of what was paid for and the label of the amount."""
    tokens = [t for t in re.split(r"[\s　]+", label.raw or label.text) if t]
    if len(tokens) < 2 or role_of(tokens[-1]) != "money":
        return None, label
    front = [token for token in tokens[:-1] if not _COUNT.match(fold(token))]
    if not front:
        return None, label
    start = words.text.index(front[0])
    end = words.text.index(front[-1]) + len(front[-1])
    last = words.text.index(tokens[-1])
    return words[start:end].said(), words[last : last + len(tokens[-1])].said() or label
