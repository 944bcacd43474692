"""印刷物. The report as PDF: A4 landscape, tagged (PDF/UA-1), fit for the archive (PDF/A-2a), the same bytes always.

typst draws `publishing/assets/report.typ`; all words go to it as data, never as source. Nothing is read from the
system: the fonts arrive by package, the document's date is the last day of the report's fiscal year.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, Final

import typst

from sosei.core.errors import Unpublishable
from sosei.core.fields import Lang, label, word
from sosei.core.report import Project, Report, all_fields
from sosei.core.shown import NONE
from sosei.core.text import clean
from sosei.publishing.forms import pdfwords
from sosei.publishing.forms.pdfcards import Cards
from sosei.publishing.forms.pdffont import fonts
from sosei.publishing.forms.pdfink import Ink, fit
from sosei.publishing.forms.pdftable import BOLD, TOTAL, Block, Cell, head, table, words
from sosei.publishing.imprint import Imprint

NAME: Final = "pdf"
SUFFIX: Final = ".pdf"
MEDIA_TYPE: Final = "application/pdf"
#: What stands on the pages, as on the web page; ids, `ext` and the cross-check mark are the ledger's own.
CARRIES: Final = all_fields() - {
    "Project.id", "Indicator.id", "Body.basis", "Value.sure", "Report.ext", "Project.ext", "Indicator.ext",
}  # fmt: skip
#: Rows (projects, money lines, years of indicators, activities) that one document may have. typst holds a document
#: whole: some 20,000 rows take 2 GB, and past the machine's memory it ends the process without a word.
MOST_ROWS: Final = 40_000
#: Projects likewise: an empty one takes a quarter of a megabyte.
MOST_PROJECTS: Final = 5_000
STANDARDS: Final = ("ua-1", "a-2a")
_UNDATED: Final = (2000, 1, 1)
#: Size of the title's type in points, as the template sets it.
_TITLE: Final = 18
_WORDS: Final = {
    "title": (
        "地方創生関連交付金を活用した事業",
        "Projects funded by regional-revitalisation grants",
    ),
    "contents": ("事業一覧", "Projects"),
    "page": ("ページ", "Page"),
    "result": ("事業の実績", "Results"),
    "plan": ("参考：計画", "For reference: plans"),
    "goal": ("目標・施策", "Goals"),
    "sources": ("出典", "Sources"),
    "source_id": ("出典ID", "Source"),
    "file": ("ファイル名", "File"),
    "format": ("形式", "Format"),
    "unread": ("読み取れなかった箇所", "What could not be read"),
    "code": ("コード", "Code"),
    "raw": ("記載", "As written"),
    "missing": ("表示できない文字", "Characters that cannot be shown"),
    "missing_note": (
        "次の文字は印刷用の書体にないため、〔U+…〕のように文字の番号で示しています。各箇所での出現順です。",
        "These characters are missing from the typeface and shown by their numbers, 〔U+…〕, in order of appearance.",
    ),
    "where": ("箇所", "Where"),
    "character": ("文字（Unicode）", "Character (Unicode)"),
}


class TooLong(Unpublishable):
    """A report that one PDF cannot hold."""

    code = "E305"
    ja = "事業{projects}件（{rows}行）は1つのPDFには多すぎます。{most}事業までに分けるか、HTMLかExcelで書き出してください。"
    en = "{projects} projects ({rows} rows) are too many for one PDF. Split them ({most} at most), or write HTML or XLSX."


def _measure(report: Report) -> None:
    """Refuse a report whose pages would not fit into memory."""
    rows = sum(
        1 + len(p.activities) + len(p.spending) + sum(1 + len(i.years) for i in p.indicators)
        for p in report.projects
    )
    if rows > MOST_ROWS or len(report.projects) > MOST_PROJECTS:
        raise TooLong(projects=len(report.projects), rows=rows, most=MOST_PROJECTS)


def write(report: Report, *, lang: Lang = "ja", imprint: Imprint | None = None) -> bytes:
    """Return the PDF of a report. Raises TooLong, before anything is drawn, where one document cannot hold it."""
    _measure(report)
    return drawn(_Pages(report, lang, imprint).document())


def drawn(document: dict[str, Any]) -> bytes:
    """Return the PDF of a document as the template takes it."""
    data = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    pdf = typst.compile(
        _template(),
        font_paths=_typefaces(),
        sys_inputs={"report": data},
        pdf_standards=list(STANDARDS),
        format="pdf",
        timestamp=0,
    )
    assert isinstance(pdf, bytes)
    return _ended(pdf)


def _ended(pdf: bytes) -> bytes:
    """End a stream whose last byte is CR by another CR: with LF they would read as one line end, a byte too short.

    Both are line ends that PDF/A-2 allows before `endstream`, and nothing moves.
    """
    return pdf.replace(b"\r\nendstream", b"\r\rendstream")


@cache
def _template() -> bytes:
    return (files("sosei.publishing") / "assets" / "report.typ").read_bytes()


@cache
def _typefaces() -> typst.Fonts:
    """Open the packaged fonts alone: neither the system's nor typst's own."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts()[0])]
    )


class _Pages:
    """One document in the making."""

    def __init__(self, report: Report, lang: Lang, imprint: Imprint | None) -> None:
        self._report = report
        self._imprint = imprint or Imprint(mark="", lines=())
        self._lang = lang
        self._ink = Ink()
        self._cards = Cards(self._ink, lang)

    def document(self) -> dict[str, Any]:
        """Return everything that the template needs."""
        front = self._front()
        projects = self._projects()
        ends = [*self._sources(), *self._unread()]
        year = self._report.fiscal_year
        bodies = "・".join(body.name for body in self._report.bodies)
        title = self._title()
        short = " ".join(
            filter(None, [bodies, pdfwords.year(year.year, self._lang) if year else ""])
        )
        return {
            "title": title,
            "author": self._ink.text(bodies),
            "date": [year.year + 1, 3, 31] if year else _UNDATED,
            "header": _shortened(title),
            "mark": self._ink.text(self._imprint.mark),
            "footer": _shortened(self._ink.text(short)),
            "fonts": [family for family, _ in fonts()[1]],
            "blocks": [*front, *projects, *ends, *self._missing()],
            "others": self._ink.faces.others(),
        }

    def _say(self, key: str) -> str:
        return _WORDS[key][1 if self._lang == "en" else 0]

    def _title(self) -> str:
        return self._ink.text(str(self._report.title or self._say("title")))

    def _heading(self, key: str, level: int = 1) -> Block:
        return {"k": "h", "level": level, "t": self._say(key)}

    def _front(self) -> list[Block]:
        rows = [[head(name), cell] for name, cell in self._facts() if cell.lines]
        header = [
            [head(label("Sheet.report", self._lang)), head(label("Sheet.content", self._lang))]
        ]
        parts = [
            {"k": "title", "t": fit(self._title(), TOTAL / _TITLE * BOLD)},
            table(header, rows, grid=(1, 4)),
            *({"k": "p", "t": self._ink.text(line)} for line in self._imprint.lines),
        ]
        return parts + (
            [self._heading("contents"), self._contents()] if self._report.projects else []
        )

    def _facts(self) -> list[tuple[str, Cell]]:
        """Return what the report says of itself, label by label."""
        report, lang, cards = self._report, self._lang, self._cards
        year = report.fiscal_year
        codes = (
            [b.code or NONE for b in report.bodies] if any(b.code for b in report.bodies) else []
        )
        said: list[tuple[str, Cell]] = [
            ("Report.title", self._words(report.title)),
            ("Report.chapter", self._words(report.chapter)),
            ("Report.bodies", cards.listed([b.name for b in report.bodies])),
            ("Body.code", cards.listed(codes)),
            ("Report.fiscal_year", words(pdfwords.long_year(year, lang) if year else None)),
        ]
        counts = f"{sum(len(p.indicators) for p in report.projects):,}"
        return [
            *((label(field, lang), cell) for field, cell in said),
            (label("Card.projects", lang), words(self._counts())),
            (label("Card.indicators", lang), words(counts)),
        ]

    def _words(self, said: object) -> Cell:
        return words(None if said is None else self._ink.text(str(said)))

    def _counts(self) -> str:
        kinds = [project.kind for project in self._report.projects]
        each = [
            f"{word('Project.kind', kind, self._lang)} {kinds.count(kind)}"
            for kind in ("result", "plan", "goal")
            if kind in kinds
        ]
        return f"{len(kinds):,}" + (f"（{'、'.join(each)}）" if each else "")

    def _contents(self) -> Block:
        """Return the list of projects with the pages they begin on."""
        fields = ("Project.name", "Project.departments", "Project.grant", "Project.period")
        header = [
            head("No."),
            *(head(label(field, self._lang)) for field in fields),
            head(self._say("page")),
        ]
        return table(
            [header],
            list(map(self._content, *zip(*enumerate(self._report.projects), strict=True))),
            grid=(5, 42, 24, 20, 12, 6),
        )

    def _content(self, number: int, project: Project) -> list[Cell]:
        self._ink.where = f"{self._say('contents')} {number + 1}"
        period = project.period
        return [
            Cell(lines=(str(number + 1),), kind="n"),
            words(self._cards.name(project)),
            words("・".join(self._ink.text(str(d)) for d in project.departments)),
            words(self._ink.text(str(project.grant or ""))),
            words(self._ink.text(period.raw) if period else ""),
            Cell(kind="p", rows=1, lines=(), target=number),
        ]

    def _projects(self) -> list[Block]:
        blocks: list[Block] = []
        numbered = enumerate(self._report.projects, start=1)
        for kind, run in groupby(numbered, key=lambda pair: pair[1].kind):
            blocks += [{"k": "break"}, self._heading(kind)]
            for number, project in run:
                self._ink.where = f"No. {number}"
                blocks += self._cards.card(number, project, self._report.year_of(project))
        return blocks

    def _sources(self) -> list[Block]:
        if not self._report.sources:
            return []
        self._ink.where = self._say("sources")
        header = [head(self._say(key)) for key in ("source_id", "file", "format")] + [
            head("SHA-256")
        ]
        rows = [
            [words(self._written(part)) for part in (s.id, s.name, s.format, s.sha256)]
            for s in self._report.sources
        ]
        return [self._heading("sources"), table([header], rows)]

    def _unread(self) -> list[Block]:
        if not self._report.unread:
            return []
        self._ink.where = self._say("unread")
        header = [
            head(self._say("code")),
            head(self._say("raw")),
            head(label("Card.places", self._lang)),
        ]
        rows = [
            [
                words(self._written(u.code)),
                words(self._written(u.raw)),
                words(self._written("、".join(filter(None, map(pdfwords.place, u.place))))),
            ]
            for u in self._report.unread
        ]
        return [self._heading("unread"), table([header], rows, grid=(1, 5, 2))]

    def _written(self, text: str) -> str:
        """Return text that comes from a file as it is: unlike a report's own, it need not be clean."""
        return self._ink.text(clean(text))

    def _missing(self) -> list[Block]:
        """Return the list of the characters that no font has; nothing where they had everything."""
        missing = self._ink.missing
        if not missing:
            return []
        header = [[head(self._say("where")), head(self._say("character"))]]
        rows = [
            [words(where), words(" ".join(code for _, code in run))]
            for where, run in groupby(missing, key=lambda pair: pair[0])
        ]
        note = {"k": "p", "t": self._say("missing_note")}
        return [self._heading("missing"), note, table(header, rows, grid=(1, 4))]


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
