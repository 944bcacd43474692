"""報告書の紙の見本. PDF reports of a fictional city as an office lays them out: a landscape table of indicators, set by typst."""

from dataclasses import dataclass
from functools import cache

import typst

from sosei.publishing.forms.pdffont import fonts

_PAGE = """
#set page(paper: "a4", flipped: true, margin: 14mm, footer: align(center)[架空の市の見本])
#set text(font: "Noto Sans JP", size: 9pt, lang: "ja")
#set document(title: "{title}")
#text(size: 13pt)[{title}]
#v(2mm)
#table(columns: (20%, 12%, 24%, 7%, 9%, 9%, 19%), inset: 5pt,
table.header({heads}),
{rows}
)
※ 実績値は前の年度のもの。
"""
HEADS = (
    "事業の名称",
    "担当課",
    "重要業績評価指標（KPI）",
    "単位",
    "目標値",
    "実績値",
    "今後の方針",
)


@dataclass(frozen=True)
class Row:
    """One indicator of the paper, as printed."""

    project: str
    department: str
    name: str
    unit: str
    target: str
    actual: str


#: Of FY2022.
ROWS = (
    Row("成長分野拠点形成支援事業", "ものづくり推進課", "会員企業への就職者数", "人", "20", "18"),
    Row("成長分野拠点形成支援事業", "ものづくり推進課", "会員企業数", "社", "35", "34"),
    Row("夏祭り交流人口拡大事業", "観光課", "延べ宿泊者数", "人泊", "4,200,000", "4,012,345"),
    Row("夏祭り交流人口拡大事業", "観光課", "観光消費額", "億円", "12.5", "11.8"),
)


def paper(year: str, rows: tuple[Row, ...] = ROWS, *, city: str = "見本市", heads=HEADS) -> bytes:
    """Return the PDF. `year`: as printed (令和4年度)."""
    title = f"{year} {city} 地方創生推進交付金事業 実施結果報告書"
    cells = "\n".join(
        "".join(f"[{word}]," for word in (r.project, r.department, r.name, r.unit, r.target, r.actual, "継続する"))
        for r in rows
    )  # fmt: skip
    source = _PAGE.replace("{title}", title).replace("{rows}", cells)
    whole = source.replace("{heads}", ",".join(f"[{one}]" for one in heads))
    return typst.compile(whole.encode(), font_paths=_typefaces(), format="pdf", timestamp=0)


@cache
def _typefaces() -> typst.Fonts:
    """The packaged fonts alone, so that a paper is the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts()[0])]
    )
