"""格子の文書. Every document of the corpus: what stands in it, who makes it, and of which kind its rules are."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grids import contents, setters
from grids.drawn import Look, ReportLab, drawn
from grids.tables import Block, gold_of
from layouts import producers

A4, A3 = (595, 842), (1191, 842)
RULED, HARD, NONE = "ruled", "open", "borderless"


@dataclass(frozen=True)
class Paper:
    """A document: `kind` is ruled; open (open sides, horizontal rules only, rotated); or borderless."""

    name: str
    says: str
    kind: str
    blocks: list[Block]
    make: Callable[[list[Block]], bytes]


def papers() -> list[Paper]:
    """All documents, small enough to be made and read in minutes."""
    return [*_ruled(), *_drawn(), *_hard()]


def _ruled() -> list[Paper]:
    css = "td, th {{ border: 0.6pt {} }}".format
    lines = "th, td { border-bottom: 0.6pt solid; border-top: 0.6pt solid }"
    shaded = "td, th { border: 0.5pt solid #444 } th { background: #cde } tr:nth-child(even) td { background: #eee }"
    zebra = "(x, y) => if y < 2 { luma(210) } else if calc.odd(y) { luma(240) }"
    return [
        Paper("g01", "LibreOffice from DOCX, cells cut by the page", RULED, contents.project_tables(1, 14), setters.docx),
        Paper("g02", "typst, cells cut by the page", RULED, contents.project_tables(2, 14, 7), lambda b: setters.typst(b, size=9)),
        Paper("g03", "WeasyPrint, dotted, a gap between tables", RULED, contents.project_tables(3, 14, 3, between=False), lambda b: producers.weasyprint(setters.page(b, css("dotted")))),
        Paper("g04", "LibreOffice from XLSX, A3, two-row head repeated, merges cut by the page", RULED, contents.kpi_list(4, 70), lambda b: setters.xlsx(b, paper=8)),
        Paper("g05", "LibreOffice from XLSX, hair lines, a sheet a table", RULED, [t for n in range(3) for t in contents.kpi_list(50 + n, 25)[1:2]], lambda b: setters.xlsx(b, border="hair", sheets=True)),
        Paper("g06", "WeasyPrint, no vertical rules, segments a cell", RULED, contents.kpi_list(6, 30), lambda b: producers.weasyprint(setters.page(b, lines, "A3 landscape"))),
        Paper("g07", "typst, A3, zebra", RULED, contents.kpi_list(7, 60), lambda b: setters.typst(b, page='paper: "a3", flipped: true', fill=zebra)),
        Paper("g10", "LibreOffice from DOCX, landscape, double rules, prose between", RULED, [*contents.project_tables(10, 4), *contents.kpi_list(100, 10, 2)], lambda b: setters.docx(b, border="double", landscape=True)),
        Paper("g11", "LibreOffice from XLSX, forms of twelve columns", RULED, contents.forms(11, 8), lambda b: setters.xlsx(b, landscape=False, sheets=True)),
        Paper("g13", "WeasyPrint, shaded head, zebra", RULED, contents.grouped_list(13, 4, 14), lambda b: producers.weasyprint(setters.page(b, shaded))),
        Paper("g16", "typst, tables side by side", RULED, contents.side_by_side(16, 12), setters.typst),
        Paper("g17", "chromium's print, head repeated", RULED, contents.grouped_list(17, 4, 16), lambda b: producers.chromium(setters.page(b, css("solid")))),
        Paper("g18", "LibreOffice from DOCX, dotted, long list", RULED, contents.kpi_list(18, 24, 2), lambda b: setters.docx(b, border="dotted", landscape=True)),
    ]  # fmt: skip


def _drawn() -> list[Paper]:
    raw = producers.RawPdf
    return [
        Paper("g08", "ReportLab, A3, thin filled boxes, embedded typeface", RULED, contents.kpi_list(8, 45), lambda b: drawn(b, ReportLab(A3, _typeface(b)), Look("thin"))),
        Paper("g09", "ReportLab, typeface not embedded, dashed", RULED, contents.project_tables(9, 12, 3, between=False), lambda b: drawn(b, ReportLab(A4, "HeiseiKakuGo-W5"), Look("dash"))),
        Paper("g14", "by hand, white boxes behind, thin filled rules", RULED, contents.wide_costs(14, 60), lambda b: drawn(b, raw(*A4), Look("thin", backs=True))),
        Paper("g15", "by hand, head in fake bold", RULED, contents.grouped_list(15, 4, 14), lambda b: drawn(b, raw(*A4), Look(bold=True))),
        Paper("g19", "by hand, figures wider than their cells", RULED, contents.wide_costs(19, 40), lambda b: drawn(b, raw(*A4), Look(size=11))),
    ]  # fmt: skip


def _hard() -> list[Paper]:
    across = "(x: none, y: 0.5pt)"
    sides = "(x, y) => (left: if x > 0 { 0.5pt }, top: 0.5pt, bottom: 0.5pt)"
    lay = 'paper: "a4", flipped: true'
    return [
        Paper("q1", "typst, horizontal rules only, unbroken", HARD, contents.kpi_list(21, 25, 2), lambda b: setters.typst(b, page=lay, stroke=across)),
        Paper("q2", "typst, open at the left and right", HARD, contents.kpi_list(22, 25, 2), lambda b: setters.typst(b, page=lay, stroke=sides)),
        Paper("q3", "typst, no rules at all", NONE, contents.plain_list(23, 60), lambda b: setters.typst(b, stroke="none")),
        Paper("q4", "by hand, /Rotate 90", HARD, contents.kpi_list(24, 25, 2), lambda b: drawn(b, producers.RawPdf(842, 595, 90), Look())),
        Paper("q7", "typst, /Rotate 90 over upright text", HARD, contents.kpi_list(27, 25, 2), lambda b: setters.turned(setters.typst(b, page=lay))),
        Paper("q5", "by hand, open sides, thin boxes", HARD, contents.wide_costs(25, 50), lambda b: drawn(b, producers.RawPdf(*A4), Look("thin", open_sides=True))),
        Paper("q6", "WeasyPrint, rules under the head and the end only", HARD, contents.plain_list(26, 60), lambda b: producers.weasyprint(setters.page(b, "table { border-bottom: 1pt solid } th { border-bottom: 1pt solid; border-top: 1pt solid }"))),
    ]  # fmt: skip


def _typeface(blocks: list[Block]) -> Path:
    """The project's typeface cut to the letters of a document, as a TrueType file."""
    words = json.dumps(
        [b if isinstance(b, str) else gold_of([b]) for b in blocks], ensure_ascii=False
    )
    path = Path(tempfile.mkdtemp()) / "face.ttf"
    path.write_bytes(producers.letters(words))
    return path


def write(folder: Path) -> list[str]:
    """Make what is not there yet: NAME.pdf and NAME.json. Returns what could not be made, with the reason."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = []
    for paper in papers():
        target = folder / f"{paper.name}.pdf"
        if target.exists():
            continue
        try:
            data = paper.make(paper.blocks)
        except (ImportError, FileNotFoundError) as why:
            missing.append(f"{paper.name} ({paper.says}): {why}")
            continue
        gold = {
            "name": paper.name,
            "says": paper.says,
            "kind": paper.kind,
            "tables": gold_of(paper.blocks),
        }
        (folder / f"{paper.name}.json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")
        target.write_bytes(data)
        print(f"made {target} ({len(data):,} bytes)", file=sys.stderr, flush=True)
    return missing
