"""ウェブページ. One self-contained page: no script, nothing fetched, one style sheet inside, charts as inline SVG.

Made for JIS X 8341-3 AA (WCAG 2.2 AA): landmarks, a skip link, captions and header cells, tables that scroll in a
region of their own, light and dark, from 360 pixels to print. No attribute holds style or script (strict CSP).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Final

from sosei.core.fields import Lang
from sosei.core.report import Report, all_fields
from sosei.publishing.charts import chart_of
from sosei.publishing.imprint import Imprint
from sosei.publishing.page import Cell, Chart, Page, Paragraph, Section, Table, page_of

NAME: Final = "html"
SUFFIX: Final = ".html"
MEDIA_TYPE: Final = "text/html; charset=utf-8"
#: All but what no reader of a page wants to see.
CARRIES: Final = all_fields() - {
    "Project.id", "Indicator.id", "Body.basis", "Value.sure", "Report.ext", "Project.ext", "Indicator.ext",
}  # fmt: skip

_SAID: Final[dict[str, dict[str, str]]] = {
    "ja": {
        "skip": "本文へ移動", "contents": "目次", "sources": "出典一覧", "files": "読み取った資料",
        "table": "{}（表。横に動かして見られます）", "ref": "出典{}", "back": "表に戻る", "raw": "原文の表記",
        "chart": "図", "unread": "読み取れなかった箇所", "to_top": "ページの先頭へ", "more": "ほか{}か所",
        "note": "集計中・未定・空欄などは、資料に数値がないことを示します。0は実績としての零です。「－」は資料の表記のままです。",
    },
    "en": {
        "skip": "Skip to the main text", "contents": "Contents", "sources": "Sources", "files": "Documents read",
        "table": "{} (table; scrolls sideways)", "ref": "source {}", "back": "back to the table", "raw": "as written",
        "chart": "Chart", "unread": "What could not be read", "to_top": "Back to top", "more": "{} more",
        "note": "Being counted, undecided, blank and so on mean that the document gives no figure. 0 is a result.",
    },
}  # fmt: skip
_UNREAD: Final = 200


@cache
def _style() -> str:
    return (files("sosei.publishing") / "assets" / "page.css").read_text("utf-8").strip()


def write(report: Report, *, lang: Lang = "ja", imprint: Imprint | None = None) -> bytes:
    """Return the page in UTF-8."""
    return laid(page_of(report, lang, imprint))


def laid(page: Page) -> bytes:
    """Return any page as a web page of its own, in UTF-8."""
    return ("\n".join(filter(None, _document(page))) + "\n").encode("utf-8")


def _document(page: Page) -> Iterator[str]:
    said = _SAID[page.lang]
    title = " ".join(part for part in (page.title, page.subtitle) if part)
    yield "<!DOCTYPE html>"
    yield f'<html lang="{page.lang}">'
    yield '<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{escape(title)}</title>"
    yield f"<style>\n{_style()}\n</style>\n</head>"
    yield f'<body id="top">\n<a class="skip" href="#main">{said["skip"]}</a>'
    yield '<header class="masthead"><div class="inner">'
    yield f'<p class="kicker">{escape(page.subtitle)}</p>' if page.subtitle else ""
    yield f"<h1>{escape(page.title)}</h1>\n</div></header>"
    yield '<div class="inner columns">'
    yield from _contents(page, said)
    yield '<main id="main" tabindex="-1">'
    yield from _body(page, said)
    yield "</main>\n</div>"
    yield f'<footer class="foot"><div class="inner"><a href="#top">{said["to_top"]}</a></div></footer>'
    yield "</body>\n</html>"


def _body(page: Page, said: dict[str, str]) -> Iterator[str]:
    """Everything between the heading and the foot."""
    yield '<section class="front">'
    for block in page.front:
        yield from _block(block, page.lang)
    yield f'<p class="note">{said["note"]}</p>' if page.noted else ""
    yield "</section>"
    for section in page.sections:
        yield from _section(section, page.lang)
    yield from _sources(page, said)
    yield from _unread(page, said)


def fragment(report: Report, *, lang: Lang = "ja", imprint: Imprint | None = None) -> bytes:
    """Return what a city's own site puts between its head and its foot: no head, style or script, classes alone.

    Its headings begin at level 2; the site's page has its own title.
    """
    page = page_of(report, lang, imprint)
    parts = [f'<div class="sosei-report" lang="{lang}">', *_body(page, _SAID[lang]), "</div>"]
    return ("\n".join(filter(None, parts)) + "\n").encode("utf-8")


def _contents(page: Page, said: dict[str, str]) -> Iterator[str]:
    """The list of contents: the kinds of projects, and each project."""
    yield f'<nav class="contents" aria-labelledby="contents-title">\n<h2 id="contents-title">{said["contents"]}</h2>\n<ul>'
    for section in page.sections:
        yield f'<li><a href="#{section.ident}">{escape(section.title)}</a>'
        if section.sections:
            yield "<ul>"
            for part in section.sections:
                yield f'<li><a href="#{part.ident}">{escape(part.title)}</a></li>'
            yield "</ul>"
        yield "</li>"
    if page.sources or page.files:
        yield f'<li><a href="#sources">{said["sources"]}</a></li>'
    if page.unread:
        yield f'<li><a href="#unread">{said["unread"]}</a></li>'
    yield "</ul>\n</nav>"


def _section(section: Section, lang: Lang) -> Iterator[str]:
    ident, level = section.ident, section.level
    named = f' aria-labelledby="{ident}"' if section.kind != "part" else ""
    yield f'<section class="{section.kind}"{named}>'
    yield f'<h{level} id="{ident}" tabindex="-1">{escape(section.title)}</h{level}>'
    for drawn, blocks in groupby(section.blocks, key=lambda block: isinstance(block, Chart)):
        yield '<div class="charts">' if drawn else ""
        for block in blocks:
            yield from _block(block, lang)
        yield "</div>" if drawn else ""
    for part in section.sections:
        yield from _section(part, lang)
    yield "</section>"


def _block(block: Paragraph | Table | Chart, lang: Lang) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield f'<p class="lead">{escape(block.text)}</p>'
    elif isinstance(block, Table):
        yield from _table(block, lang)
    else:
        yield from _chart(block, lang)


def _chart(chart: Chart, lang: Lang) -> Iterator[str]:
    """A chart with what it is of; its figures stand in the table it refers to."""
    svg = chart_of(chart.indicator, ident=chart.ident, year=chart.year, lang=lang)
    if svg:
        yield f'<figure class="chart" aria-describedby="{chart.table}-caption">\n{svg}\n</figure>'


def _table(table: Table, lang: Lang) -> Iterator[str]:
    of = f"{table.of} " if table.of and table.of != table.caption else ""
    name = escape(_SAID[lang]["table"].format(of + table.caption))
    titled = " titled" if table.titled else ""
    yield f'<div class="scroll{titled}" role="region" tabindex="0" aria-label="{name}">'
    yield f'<table class="{table.kind}" id="{table.ident}">'
    yield f'<caption id="{table.ident}-caption">{escape(table.caption)}</caption>'
    cells = "".join(
        f'<th scope="col" class="w{width}">{escape(cell.lines[0])}</th>'
        for cell, width in zip(table.head, table.widths, strict=True)
    )
    yield f"<thead>\n<tr>{cells}</tr>\n</thead>"
    if table.rows:
        yield "<tbody>"
        for row in table.rows:
            yield f"<tr>{''.join(_cell(cell, lang) for cell in row)}</tr>"
        yield "</tbody>"
    yield "</table>\n</div>"


def _cell(cell: Cell, lang: Lang) -> str:
    spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    content = _references(cell, lang) if cell.kind == "refs" else _lines(cell)
    names: list[str] = [name for name in ("figure", "refs", "year", "entry") if cell.kind == name]
    names += ["gap"] if cell.gap else []
    classes = f' class="{" ".join(names)}"' if names else ""
    if cell.kind in ("label", "entry") and cell.lines:
        scope = "rowgroup" if cell.rows > 1 else "row"
        return f'<th scope="{scope}"{classes}{spans}>{content}</th>'
    return f"<td{classes}{spans}>{content}</td>"


def _lines(cell: Cell) -> str:
    if cell.listed:
        own = ' class="own"' if cell.marked else ""
        return f"<ul{own}>" + "".join(f"<li>{escape(line)}</li>" for line in cell.lines) + "</ul>"
    if len(cell.lines) == 1:
        shown = escape(cell.lines[0])
        return shown.replace("（", "<wbr>（") if cell.kind == "year" else shown
    return "".join(f"<div>{escape(line)}</div>" for line in cell.lines)


def _references(cell: Cell, lang: Lang) -> str:
    said = _SAID[lang]["ref"]
    return " ".join(
        f'<a class="ref" href="#s{n}" aria-label="{escape(said.format(n))}">{n}</a>'
        for n in cell.refs
    )


def _sources(page: Page, said: dict[str, str]) -> Iterator[str]:
    """The list of what was read, and where each word and figure stands."""
    if not (page.sources or page.files):
        return
    yield '<section class="kind sources" aria-labelledby="sources">'
    yield f'<h2 id="sources" tabindex="-1">{said["sources"]}</h2>'
    if page.files:
        yield f"<h3>{said['files']}</h3>\n<ul>"
        for file in page.files:
            yield f'<li>{escape(file.name)} <span class="hash">SHA-256 {escape(file.sha256)}</span></li>'
        yield "</ul>"
    if page.sources:
        yield '<ol class="entries">'
        for entry in page.sources:
            raw = (
                f' <span class="raw">{said["raw"]}「{escape(entry.raw)}」</span>'
                if entry.raw
                else ""
            )
            yield (
                f'<li id="s{entry.number}" tabindex="-1"><span class="what">{escape(entry.what)}</span> '
                f'<span class="where">{escape(entry.where)}</span>{raw} '
                f'<a class="back" href="#{entry.back}" aria-label="{said["ref"].format(entry.number)} {said["back"]}">↩</a></li>'
            )
        yield "</ol>"
    yield "</section>"


def _unread(page: Page, said: dict[str, str]) -> Iterator[str]:
    """What the documents say that found no field."""
    if not page.unread:
        return
    yield '<section class="kind unread" aria-labelledby="unread">'
    yield f'<h2 id="unread" tabindex="-1">{said["unread"]}</h2>\n<ul>'
    for one in page.unread[:_UNREAD]:
        yield f"<li>{escape(one.raw)}</li>"
    if len(page.unread) > _UNREAD:
        yield f"<li>{said['more'].format(len(page.unread) - _UNREAD)}</li>"
    yield "</ul>\n</section>"
