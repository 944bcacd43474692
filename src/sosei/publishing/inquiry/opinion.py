"""意見書. The sheet on which an expert judges each project: its facts, the two-valued judgement, room for an opinion."""

from __future__ import annotations

from typing import Final

from sosei.core.fields import Lang
from sosei.core.fiscal import FiscalYear
from sosei.core.opinions import JUDGEMENTS, JudgedProject, OpinionSheet, ShownIndicator
from sosei.publishing.inquiry.days import day_shown
from sosei.publishing.inquiry.paper import (
    Paper,
    cell,
    framed,
    kept,
    paragraph,
    row,
    runs,
    tabbed,
    tick,
)
from sosei.publishing.inquiry.words import stamp_shown

SAID: Final[dict[Lang, dict[str, str]]] = {
    "ja": {
        "title": "外部有識者 意見書", "expert": "氏名", "sector": "分野", "due": "提出期限", "to": "提出先",
        "lead": "各事業について、示した実績と市の自己評価を御覧のうえ、「評価」の□を一つ選び（☑または■）、「意見」に御意見をお書きください。意見がないときは「特に意見なし」とお書きください。",
        "facts": "事業の概要", "kpi": "指標（KPI）", "unit": "単位", "target": "目標", "actual": "実績", "rate": "達成率",
        "effect": "事業効果", "proposed": "提案：", "decided": "決定：", "judgement": "評価", "opinion": "意見",
        "whole": "全体についての意見", "spent": "決算額", "activities": "実施内容", "sheet": "意見書", "project": "事業",
        "results": "指標と実績", "assessment": "市の自己評価", "number": "番号", "asked": "（{year}実施分）",
        "choose": "一覧から選んでください", "rule": "黄色のセルだけに入力してください。評価は一覧から選びます。意見がないときは「特に意見なし」とお書きください。",
    },
    "en": {
        "title": "Expert opinion sheet", "expert": "Name", "sector": "Sector", "due": "Due on", "to": "Return to",
        "lead": "Please look at the results and the office's own assessment of each project, tick one box under “Judgement” (☑ or ■), and write your opinion. Where you have none, write “no opinion”.",
        "facts": "The project", "kpi": "Indicator (KPI)", "unit": "Unit", "target": "Target", "actual": "Actual", "rate": "Achieved",
        "effect": "Effect", "proposed": "proposed: ", "decided": "decided: ", "judgement": "Judgement", "opinion": "Opinion",
        "whole": "Opinion on the whole", "spent": "Spent", "activities": "Activities", "sheet": "Opinions", "project": "Project",
        "results": "Indicators and results", "assessment": "Own assessment", "number": "No.", "asked": " ({year})",
        "choose": "Choose from the list", "rule": "Fill in the yellow cells only. Choose the judgement from the list. Where you have no opinion, write so.",
    },
}  # fmt: skip
CHOICES: Final[dict[Lang, tuple[str, str]]] = {
    "ja": (JUDGEMENTS["effective"], JUDGEMENTS["not_effective"]),
    "en": ("effective for the KPI of the strategy", "not effective for the KPI of the strategy"),
}
#: The columns of a project's table: label, rest of the indicator's name, unit, target, actual, rate.
_WIDTHS: Final = (1500, 3000, 812, 1400, 1400, 1300)
_VALUE: Final = sum(_WIDTHS[1:])
_ALL: Final = len(_WIDTHS)
_BAND, _LABEL, _HEAD, _ENTRY = "1A2B5F", "F0F2F5", "E6ECF8", "FFFBE0"
_ROOM: Final = 1700
_SIZE: Final = 19


def opinion_paper(sheet: OpinionSheet, lang: Lang = "ja") -> bytes:
    """Return the sheet as a Word document, the same bytes for the same sheet."""
    said = SAID[lang]
    paper = Paper(sheet.title, stamp_shown(sheet, lang), lang)
    _write_head(paper, sheet, said)
    for project in sheet.projects:
        paper.table(_project(sheet, project, said, lang), _WIDTHS)
    whole = [
        kept(row([cell(_words(said["whole"], bold=True), sum(_WIDTHS), span=_ALL, fill=_HEAD)])),
        row([cell(_words(""), sum(_WIDTHS), span=_ALL, fill=_ENTRY)], height=_ROOM),
    ]
    paper.table(whole, _WIDTHS)
    hidden = f"sosei-opinion mark={sheet.mark} base={sheet.base}"
    paper.append(framed(runs(hidden, hidden=True, small=True), top=True))
    return paper.finish()


def _write_head(paper: Paper, sheet: OpinionSheet, said: dict[str, str]) -> None:
    paper.add(stamp_shown(sheet, paper.lang), align="right", small=True, color="4A5160")
    paper.add(said["title"], align="center", bold=True, size=30)
    paper.add(heading(sheet, paper.lang), align="center", size=22)
    contact = "　".join(filter(None, (f"{sheet.body} {sheet.office}", *sheet.contact.split("\n"))))
    facts = [
        (said["expert"], sheet.expert or "", said["sector"], sheet.sector or ""),
        (said["due"], day_shown(sheet.due_on, paper.lang), said["to"], contact),
    ]
    widths = (1300, 3100, 1000, 4012)
    rows = [row([_fact(text, width, at) for at, (text, width) in enumerate(zip(line, widths, strict=True))]) for line in facts]  # fmt: skip
    paper.add(before=80)
    paper.table(rows, widths)
    paper.add(said["lead"], size=_SIZE)
    paper.add(size=8)


def heading(sheet: OpinionSheet, lang: Lang) -> str:
    """Return the title with the year it is about, where the title does not name it."""
    year = FiscalYear(sheet.fiscal_year)
    if str(year) in sheet.title or year.western in sheet.title:
        return sheet.title
    return sheet.title + SAID[lang]["asked"].format(year=year if lang == "ja" else f"FY{year.start}")  # fmt: skip


def _fact(text: str, width: int, at: int) -> str:
    label = at % 2 == 0
    return cell(_words(text, bold=label), width, fill=_LABEL if label else None)


def _words(text: str, **look: object) -> str:
    return paragraph(text, **{"size": _SIZE, **look})  # type: ignore[arg-type]


# -- a project ------------------------------------------------------------------------------------------------


def _project(
    sheet: OpinionSheet, project: JudgedProject, said: dict[str, str], lang: Lang
) -> list[str]:
    """Return the rows of a project's table."""
    rows = [_band(sheet, project)]
    if facts := facts_of(project, said):
        rows.append(_labelled(said["facts"], facts))
    if project.activities:
        rows.append(_labelled(said["activities"], "\n".join(project.activities)))
    if project.indicators:
        rows.append(_heads(said))
        rows += [_indicator(one) for one in project.indicators]
    if effect := effect_of(project, said):
        rows.append(_labelled(said["effect"], effect))
    rows += [_labelled(label, text) for label, text in project.assessment]
    boxes = "".join(framed(tick(choice, size=_SIZE)) for choice in CHOICES[lang])
    rows.append(row([_label(said["judgement"]), _entry(boxes)]))
    last = row([_label(said["opinion"]), _entry(_words(""))], height=_ROOM)
    return [*(kept(one) for one in rows), last]


def _entry(content: str) -> str:
    return cell(content, _VALUE, span=_ALL - 1, fill=_ENTRY)


def _band(sheet: OpinionSheet, project: JudgedProject) -> str:
    """The project's name, and its id in small letters."""
    name = "　".join(filter(None, (project.number, project.name)))
    ident = runs(f"{sheet.mark}:{project.key}", size=13, color="AAB4D4")
    content = tabbed(runs(name, bold=True, size=22, color="FFFFFF"), ident, sum(_WIDTHS) - 200)
    return row([cell(content, sum(_WIDTHS), span=_ALL, fill=_BAND)])


def facts_of(project: JudgedProject, said: dict[str, str]) -> str:
    """Return grant, departments and money of a project in a line or two."""
    spent = f"{said['spent']} {project.spent}" if project.spent else None
    departments = "・".join(project.departments)
    return "　".join(filter(None, (project.grant, departments, spent)))


def effect_of(project: JudgedProject, said: dict[str, str]) -> str:
    """Return the level that was proposed and the one that was decided."""
    proposed = f"{said['proposed']}{project.proposed}" if project.proposed else None
    decided = f"{said['decided']}{project.decided}" if project.decided else None
    return "\n".join(filter(None, (proposed, decided)))


def _label(text: str) -> str:
    return cell(_words(text, bold=True), _WIDTHS[0], fill=_LABEL)


def _labelled(label: str, text: str) -> str:
    return row([_label(label), cell(_words(text), _VALUE, span=_ALL - 1)])


def _heads(said: dict[str, str]) -> str:
    names = (said["kpi"], said["unit"], said["target"], said["actual"], said["rate"])
    widths = (sum(_WIDTHS[:2]), *_WIDTHS[2:])
    cells = [
        cell(_words(name, bold=True, align="center"), width, span=2 if at == 0 else 1, fill=_HEAD)
        for at, (name, width) in enumerate(zip(names, widths, strict=True))
    ]
    return row(cells)


def _indicator(one: ShownIndicator) -> str:
    name = f"{one.number or ''}{one.name}"
    cells = [cell(_words(name), sum(_WIDTHS[:2]), span=2)]
    cells.append(cell(_words(one.unit or "", align="center"), _WIDTHS[2]))
    shown = (one.target, one.actual, one.rate)
    cells += [
        cell(_words(text or "－", align="right"), width)
        for text, width in zip(shown, _WIDTHS[3:], strict=True)
    ]
    return row(cells)
