"""本文の読み. Lines that belong together: a label in a line of its own and its value below, a name and labelled figures below it."""

from __future__ import annotations

import re
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.text import fold
from sosei.reading.grid import Line, Words
from sosei.reading.layouts.strangers.drafts import IndicatorDraft
from sosei.reading.layouts.strangers.forms import read_pair
from sosei.reading.layouts.strangers.frames import is_figure
from sosei.reading.layouts.strangers.headings import FIGURES, understand
from sosei.reading.layouts.strangers.lists import begins_labelled, indicator_of, read_labelled
from sosei.reading.layouts.strangers.names import indicator_name
from sosei.reading.layouts.strangers.outline import Mark, mark
from sosei.reading.layouts.strangers.scene import Scene
from sosei.reading.layouts.strangers.takes import TAKES, take
from sosei.reading.layouts.strangers.values import read_cell
from sosei.reading.vocabulary import is_mark, role_of

#: Labels whose value may stand in the line below.
_ASKED: Final = TAKES | {"project", "money", "fund", "body", "remark"}
#: Those that may take several lines.
_LONG: Final = frozenset(
    {"activities", "remark", "expert_opinion", "next_policy_reason", "obstacle", "countermeasure"}
)
#: A line longer than this names no indicator.
_NAME: Final = 40


def read_asked(line: Line, found: Mark, scene: Scene) -> bool:
    """Read a label that stands alone, or the line below it as its value; False where the line is neither."""
    if found.kind == "text" and scene.topic in _ASKED and scene.asked is not None:
        read_pair(scene.asked, [line.words], scene)
        if scene.topic not in _LONG:
            scene.topic = scene.asked = None
        return True
    if scene.topic == "rating" and scene.asked is not None and is_mark(line.text):
        read_pair(scene.asked, [line.words], scene)
        scene.topic = scene.asked = None
        return True
    plain = line.words.strip(" 　【】［］[]〔〕<>＜＞《》■□◆◇●○・:：")
    said = understand(plain.text, near=scene.near)
    if found.kind != "text" or len(plain) > 20 or not said.whole:
        return False
    if said.role == "rating":
        scene.topic, scene.asked, scene.topic_level = said.role, plain, 0
        return False
    if said.role not in _ASKED | {"indicator"}:
        return False
    scene.topic, scene.asked, scene.topic_level = said.role, plain, 0
    scene.above = line.text
    return True


_HEADED: Final = re.compile(
    r"[\s　]*[【〔［\[](?P<label>[^【】〔〕［］\[\]]{2,16})[】〕］\]][\s　]*(?P<rest>\S.*)"
)


def headed(line: Line) -> tuple[Words, Words] | None:
    """Split 「【担当課】商工観光課」 into its known label and what follows; None where a line does not begin so."""
    found = _HEADED.fullmatch(line.text) if line.level is None else None
    if found is None or role_of(re.sub(r"[\s　]", "", found["label"])) in {None, "title", "skip"}:
        return None
    return line.words.group(found, "label"), line.words.group(found, "rest")


_OFFICE: Final = re.compile(
    r"[\s　]*[（(【](?:担当(?:課)?[:：])?[\s　]*(?P<office>[^（()）【】\d]{2,24}(?:課|室|局|部|センター|係|班))[)）】][\s　]*"
)


def read_office(line: Line, scene: Scene) -> bool:
    """Read an office in brackets in a line of its own below a heading: 「（農業振興課）」."""
    found = _OFFICE.fullmatch(line.text) if line.level is None else None
    if found is None or scene.at_hand() is None:
        return False
    return take(scene.project(), "department", line.words.group(found, "office"), scene)


#: Who speaks, before what is said: 事務局, ○企画課長, 【会長】, Ａ委員.
_SPEAKER: Final = re.compile(
    r"[\s　]*[○●◎◆■◇・]?[【〔［]?(?:事務局|議長|座長|[^\s　。、:：【】]{0,8}(?:委員[A-ZＡ-Ｚ]?|委員長|課長|部長|局長|室長|係長|会長|町長|市長|村長|教育長))[】〕］]?(?:[\s　]+|[:：][\s　]*)"
)


def unspoken(line: Line) -> Line:
    """Return what is said in a line of minutes without who says it; a line that is no sentence as it is."""
    found = _SPEAKER.match(line.text) if line.level is None and "。" in line.text else None
    return Line(line.words[found.end() :]) if found is not None else line


_COUPLED: Final = re.compile(
    r"(?:^|[\s　／/、，,])[■□●○◆◇・]?(?P<label>(?:[^:：\s　／/、，,\d][ 　]){1,4}[^:：\s　／/、，,\d]|[^:：\s　／/、，,]{1,16})[ 　]?[:：]"
)


#: Labels with their values in brackets below a heading: （所管：農政課／実施期間：平成29年度～）.
_AROUND: Final = re.compile(r"[\s　]*[（(〔［](?P<inner>[^（()）〔〕［］]+)[)）〕］][\s　]*")


def coupled(line: Line) -> list[tuple[Words, Words]]:
    """Return the labels of a line with their values, 「担当：企画課　事業費：52千円」; nothing where one is no project's."""
    around = _AROUND.fullmatch(line.text)
    words = line.words.group(around, "inner") if around else line.words
    found = list(_COUPLED.finditer(words.text))
    roles = {role_of(re.sub(r"[\s　]", "", label["label"])) for label in found}
    own = TAKES | {"project", "money", "fund", "number", "body"}
    if len(found) < 2 or found[0].start("label") > 2 or not roles <= own:
        return []
    ends = [*(label.start() for label in found[1:]), len(words)]
    return [
        (words.group(label, "label"), words[label.end() : end].strip(" 　／/、，,"))
        for label, end in zip(found, ends, strict=True)
    ]


def apart(lines: list[Words]) -> bool:
    """Tell whether the lines of a paragraph each say something of their own: labels with values, indicators, headings."""
    kinds = [mark(Line(words)).kind for words in lines]
    own = sum(kind in {"label", "structural", "naming"} for kind in kinds)
    told = sum(_tells(words) for words in lines)
    if any(begins_labelled(words, None) for words in lines[1:]):
        return True
    return own + told >= 2 or (own > 0 and kinds[0] in {"structural", "label"})


def _tells(words: Words) -> bool:
    """Tell whether a line is an indicator with figures."""
    told = indicator_of(words, None)
    return told is not None and told.name is not None and told.figured


#: Marks of a single indicator; a letter after its figures judges the project.
_REACHED: Final = re.compile(r"(?:概ね|おおむね|一部)?(?:未?達成|達成済み?|達成見込み?)|[◎○△×]")
_TITLE: Final = re.compile(r"[^。、：:\d０-９（()）]{3,28}(?:事業|プロジェクト)")


_IN_CHARGE: Final = re.compile(
    r"[\s　]*[（(〔【［][^（()）〔〕【】［］]{2,24}(?:課|室|局|部|センター|係|班|館)[)）〕】］]$"
)


def is_name(line: Line, scene: Scene) -> bool:
    """Tell whether a short line of its own is a project's name: 「まるごとデジタル事業」, where no form names one."""
    text = _IN_CHARGE.sub("", line.text.strip(" 　■●◆○◇・"))
    formed = scene.owner is not None and scene.owner.sheet
    return (
        not formed and bool(_TITLE.fullmatch(text)) and "交付金" not in text and "年度" not in text
    )


def candidate_of(line: Line, found: Mark) -> Words | None:
    """Return the words of a line that may name an indicator whose labelled figures stand below it."""
    told = found.kind == "structural" and _BEHIND.search(found.words.text) is not None
    if (
        (found.kind not in {"text", "heading"} and not told)
        or "。" in line.text
        or len(line.words) > _NAME
    ):
        return None
    plain = line.words if found.kind == "text" else found.words
    figures = find_figures(plain.text)
    return plain if not figures or figures[-1].end < len(plain.text.rstrip()) else None


def _rates_one(words: Words, scene: Scene) -> bool:
    """Tell whether a judgement below an indicator's figures is its own: 達成, ○; a letter where no project stands above."""
    text = fold(words.text)
    goal = scene.owner is not None and scene.owner.kind == "goal"
    return bool(_REACHED.fullmatch(text) or (goal and is_mark(text)))


def read_beneath(line: Line, found: Mark, scene: Scene) -> bool:
    """Read figures behind labels in a line, of the indicator that the line above names or that is at hand."""
    role = understand(found.label.text).role if found.kind == "label" else None
    begins = begins_labelled(line.words, scene.near)
    goes_on, scene.beneath = scene.beneath, False
    if role == "rate" and is_mark(found.words.text):
        role = "rating"
    reached = role == "rating" and _rates_one(found.words, scene)
    if reached and goes_on and scene.owner is not None and scene.candidate is None:
        last = scene.owner.indicators[-1]
        scene.beneath, last.rating = True, last.rating or found.words.said()
        return True
    if goes_on and role is None and not begins and _read_year(line, scene):
        scene.beneath = True
        return True
    if role not in FIGURES | {"unit", "rate"} and not begins:
        return False
    announced = scene.take_named()
    if announced is not None:
        scene.project().indicators.append(announced)
        scene.candidate = None
    elif scene.candidate is not None:
        begin(scene)
    owner = scene.at_hand()
    if (
        owner is None
        or not owner.indicators
        or (begins and owner.indicators[-1].figured and not role)
    ):
        return False
    if not read_labelled(line.words, owner.indicators[-1], scene.near):
        read_pair(found.label, [found.words], scene)
    scene.beneath = True
    return True


def _read_year(line: Line, scene: Scene) -> bool:
    """Read the result of a year in a line of its own below an indicator's other figures: 「令和3年度　58万人」."""
    owner = scene.at_hand()
    years = find_years(line.text, near=scene.near)
    if owner is None or not owner.indicators or len(years) != 1 or years[0].start > 2:
        return False
    rest = line.words[years[0].end :].strip(" 　:：（()）年度末の実績は")
    value = read_cell(rest, owner.indicators[-1].unit).value
    if value.number is None or not is_figure(rest.text):
        return False
    owner.indicators[-1].add("actual", value, year=years[0].fiscal_year)
    return True


#: What the name of something measured ends in.
_MEASURED: Final = re.compile(
    r"(?:数|率|額|量|高|人口|割合|比|度|時間|面積|延長|距離|寿命|所得|単価|品目|指数|売上|残高|順位|者)等?$"
)


#: What a caption says before and behind the name of what is measured: 表1　宿泊者数の推移.
_BEFORE: Final = re.compile(r"[\s　]*表[\s　]*[\d０-９]{1,2}(?:[-－‐][\d０-９]{1,2})?[\s　.．:：]+")
_BEHIND: Final = re.compile(
    r"(?P<said>の(?:推移|状況|年度別実績|目標値?(?:と|及び|・)実績値?))(?P<unit>[\s　]*(?:[（(][^（()）]*[)）])?)$"
)


def names_measure(scene: Scene) -> bool:
    """Tell whether the line right above is the name of something measured: 「刑法犯認知件数」."""
    return scene.candidate is not None and _is_measure(scene.candidate)


def names_all(scene: Scene) -> bool:
    """Tell whether the line right above a table, or else the heading at hand, names what all its rows measure.

    That line then is the one whose indicator begins.
    """
    found = (words for words in (scene.candidate, scene.headline) if words and _is_measure(words))
    scene.candidate = next(found, scene.candidate)
    return names_measure(scene)


def _is_measure(words: Words) -> bool:
    if len(words) > _NAME:
        return False
    text = fold(_uncaptioned(words).text)
    text = re.sub(r"[\s　]*[（(][^（()）]*[)）]$", "", text)
    return bool(_MEASURED.search(text)) and role_of(text) is None


def _uncaptioned(words: Words) -> Words:
    """Return what a caption says without 表1 and の推移 around it; words that are no caption as they are."""
    before, behind = _BEFORE.match(words.text), _BEHIND.search(words.text)
    if before is None and behind is None:
        return words
    start, end = before.end() if before else 0, behind.start("said") if behind else len(words)
    unit = words.group(behind, "unit") if behind else Words()
    return Words.joined([words[start:end], unit])


def begin(scene: Scene) -> None:
    """Begin the indicator that the line above names; a heading that did is none."""
    assert scene.candidate is not None
    heading = scene.heading.name if scene.heading is not None else None
    above = fold(scene.candidate.text)
    name = indicator_name(_uncaptioned(scene.candidate.strip("・○●◎■□◆◇ 　")))
    scene.candidate = scene.headline = None
    if name.said is None:
        return
    if heading is not None and fold(heading.text) in {above, fold(name.said.text)}:
        scene.retract()
    scene.project().indicators.append(
        IndicatorDraft(name=name.said, number=name.number, unit=name.unit, place=name.said.place)
    )
