"""引継書. What whoever comes next must know, as a paper: parts with a lead sentence and a table, or the word that there is nothing.

Pure: the ledger says what stands in it (`ledger.queries.handover`), this says how it is laid out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sosei.core.fields import Lang
from sosei.publishing.inquiry.days import day_shown
from sosei.publishing.page import Page, Paragraph, Section
from sosei.publishing.paper import PaperForm, plain, write_paper

_TITLE: Final = {"ja": "引継書", "en": "Handing over"}
_NONE: Final = {"ja": "ありません。", "en": "Nothing."}


@dataclass(frozen=True, slots=True)
class Told:
    """一行. The cells of a row; `ref`: kind and number of the thing in the book that its cell `at` names, for a page to link."""

    cells: tuple[str, ...]
    ref: tuple[str, int] | None = None
    at: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """引継書の一節. `lead` says what the table is for; a row's cells lie under `heads`."""

    key: str
    title: str
    lead: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    told: tuple[Told, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the heads; a defect of the caller."""
        if len(self.widths) != len(self.heads) or any(len(r) != len(self.heads) for r in self.rows):
            raise ValueError(f"{self.key}: rows and widths must fit the heads")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The cells, row by row."""
        return tuple(one.cells for one in self.told)

    @property
    def headed(self) -> tuple[tuple[tuple[str, str, tuple[str, int] | None], ...], ...]:
        """The rows, each cell with its head (a narrow screen shows them one under another) and the thing it names."""
        return tuple(
            tuple(
                (head, cell, one.ref if at == one.at else None)
                for at, (head, cell) in enumerate(zip(self.heads, one.cells, strict=True))
            )
            for one in self.told
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """引継書. Of a department or a person, as of a day."""

    office: str
    whose: str
    day: date
    lang: Lang
    intro: tuple[str, ...]
    parts: tuple[Part, ...]
    fictional: bool = False

    @property
    def title(self) -> str:
        """What the paper is called."""
        return _TITLE[self.lang]

    @property
    def subtitle(self) -> str:
        """Whose it is, as of which day."""
        day = day_shown(self.day, self.lang)
        if self.lang == "en":
            return f"{self.office}, {self.whose}, as of {day}"
        return f"{self.office} {self.whose}　{day}現在"


def handover_page(said: HandOver) -> Page:
    """Return the paper before any file format."""
    return Page(
        title=said.title,
        subtitle=said.subtitle,
        lang=said.lang,
        front=tuple(Paragraph(text) for text in said.intro),
        sections=tuple(_section(part, said.lang) for part in said.parts),
        mark=_fictional(said),
        noted=False,
    )


def _fictional(said: HandOver) -> str:
    if not said.fictional:
        return ""
    return "架空の市" if said.lang == "ja" else "a fictional city"


def _section(part: Part, lang: Lang) -> Section:
    lead = Paragraph(part.lead)
    if not part.rows:
        return Section(
            ident=part.key, title=part.title, level=2, blocks=(lead, Paragraph(_NONE[lang]))
        )
    table = plain(f"table-{part.key}", part.title, part.heads, part.rows, widths=part.widths)
    return Section(ident=part.key, title=part.title, level=2, blocks=(lead, table))


def write_handover(said: HandOver, form: PaperForm = "docx") -> bytes:
    """Return the paper as a file; the same content gives the same bytes."""
    return write_paper(handover_page(said), form, day=said.day)
