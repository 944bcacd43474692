"""照会文. The letter that goes with the answer form: to whom, from whom, about what, until when, how, and whom to ask."""

from __future__ import annotations

from typing import Final

from sosei.core.fields import Lang
from sosei.core.fiscal import FiscalYear
from sosei.core.inquiry import AnswerSheet
from sosei.publishing.inquiry.days import day_shown
from sosei.publishing.inquiry.paper import Paper
from sosei.publishing.inquiry.words import mark_shown

_SAID: Final[dict[Lang, dict[str, str]]] = {
    "ja": {
        "subject": "{title}について（照会）",
        "body": "　このことについて、{year}の実績を取りまとめるため、下記のとおり照会します。業務御多用のところ恐れ入りますが、期限までに回答くださるようお願いします。",
        "note": "記", "end": "以上", "to": "{department}長　様", "from": "{office}長",
        "what": "照会する内容", "count": "別添の回答様式に示す{projects}事業・{questions}項目（下記のとおり）{awaited}",
        "awaited": "。うち{n}項目は、いま台帳で「集計中」または速報値のものです。",
        "due": "回答期限", "how": "回答の方法",
        "way": "別添の回答様式（Excel）の黄色のセルに入力し、次のいずれかの方法で提出してください。値がまだ分からない項目は「集計中」とし、判明予定日を記入してください。",
        "desk": "地方創生交付金の台帳にサインインし、「照会」の画面で、入力したファイルを読み取らせる（同じ画面で直接入力することもできます）",
        "send": "入力したファイルを、電子メールまたは庁内の共有フォルダーで{office}へ送る（ファイル名を変えても、Word・CSV・テキストで作り直しても読み取れます。PDFは読み取れません）",
        "contact": "問合せ先", "attached": "添付", "form": "回答様式（照会番号 {mark}）", "project": "{name}　{count}項目",
    },
    "en": {
        "subject": "Inquiry: {title}",
        "body": "To compile the results of {year}, we ask for the following. We are sorry to trouble you and would be grateful for your answer by the due date.",
        "note": "Particulars", "end": "End", "to": "To the head of {department}", "from": "Head of {office}",
        "what": "What is asked", "count": "{questions} items of {projects} projects, as shown in the attached form{awaited}",
        "awaited": "; {n} of them are being counted or preliminary in the book now",
        "due": "Due on", "how": "How to answer",
        "way": "Fill in the yellow cells of the attached form (Excel) and return it in one of these ways. Where a figure is not known yet, write “counting” and the day it is expected.",
        "desk": "Sign in to the book of the regional grants and give the file to the page “Inquiries” (or type your answers there)",
        "send": "Send the file to {office} by mail or in the shared folder (under any name; made anew in Word, as CSV or as text it is read too, but not as PDF)",
        "contact": "Questions to", "attached": "Attached", "form": "Answer form (inquiry no. {mark})", "project": "{name}: {count} items",
    },
}  # fmt: skip
_INDENT: Final = 420


def letter(sheet: AnswerSheet, lang: Lang = "ja") -> bytes:
    """Return the letter as a Word document, the same bytes for the same sheet."""
    said = _SAID[lang]
    subject = said["subject"].format(title=_bare(sheet.title))
    paper = Paper(subject, mark_shown(sheet, lang), lang)
    _head(paper, sheet, said)
    paper.add(subject, align="center", bold=True, size=24, before=320)  # fmt: skip
    paper.add(before=160)
    for part in (sheet.letter or usual_letter(sheet.fiscal_year, lang)).split("\n"):
        paper.add(part)
    paper.add(said["note"], align="center", before=240)
    _items(paper, sheet, said)
    paper.add(said["end"], align="right", before=200)
    return paper.finish()


def _bare(title: str) -> str:
    """Return a title without the words that its subject line adds."""
    return title.removesuffix("（照会）").removesuffix("について")


def _head(paper: Paper, sheet: AnswerSheet, said: dict[str, str]) -> None:
    """Number and day to the right, the addressee to the left, the sender to the right."""
    if sheet.number:
        paper.add(sheet.number, align="right")
    if sheet.sent_on:
        paper.add(day_shown(sheet.sent_on, paper.lang, weekday=False), align="right")
    paper.add(said["to"].format(department=sheet.department), before=240)
    sender = said["from"].format(office=sheet.office)
    paper.add(f"{sheet.body}　{sender}" if paper.lang == "ja" else f"{sender}, {sheet.body}", align="right", before=160)  # fmt: skip


def usual_letter(fiscal_year: int, lang: Lang = "ja") -> str:
    """Return the body of the letter in the usual wording, for who wants to change it."""
    year = FiscalYear(fiscal_year)
    return _SAID[lang]["body"].format(year=year.both if lang == "ja" else f"FY{year.start}")


def _items(paper: Paper, sheet: AnswerSheet, said: dict[str, str]) -> None:
    """The numbered particulars."""
    facts = {
        "projects": len(sheet.projects),
        "questions": len(sheet.questions),
        "awaited": _awaited(sheet, said),
    }
    projects = [
        said["project"].format(name=one.name, count=len(sheet.of(one))) for one in sheet.projects
    ]
    items = (
        ("what", [said["count"].format(**facts), *(f"・{line}" for line in projects)], False),
        ("due", [day_shown(sheet.due_on, paper.lang)], True),
        (
            "how",
            [
                said["way"],
                *(f"・{said[way].format(office=sheet.office)}" for way in ("desk", "send")),
            ],
            False,
        ),
        ("contact", [line for line in sheet.contact.split("\n") if line], False),
        ("attached", [said["form"].format(mark=sheet.mark)], False),
    )
    for number, (name, lines, strong) in enumerate(items, 1):
        if lines:
            paper.add(f"{number}　{said[name]}", before=160, bold=True)
        for line in lines:
            paper.add(line, indent=_INDENT, bold=strong)


def _awaited(sheet: AnswerSheet, said: dict[str, str]) -> str:
    """Say how many of the items the book has, but not for good."""
    n = sheet.standings["counting"] + sheet.standings["preliminary"]
    return said["awaited"].format(n=n) if n else ""
