"""見出しの下. The same layout is known again by its headings, whatever stands under them and in whatever format it comes."""

import pytest

from paperroom import HEADS, ROWS, Row, paper
from sosei.core.report import Place
from sosei.reading import open_document, report_of
from sosei.reading.grid import Cell, Document, Grid, Words
from sosei.reading.spots import Spot, figures_of, loose, neutral, spots

OTHERS = (
    Row("市場開拓事業", "商工課", "商談の件数", "件", "120", "98"),
    Row("空き家活用事業", "住宅課", "活用した空き家", "戸", "10", "12"),
    Row("空き家活用事業", "住宅課", "移住した世帯", "世帯", "5", "7"),
)


def read(data: bytes, name: str) -> tuple[Document, dict[str, Spot]]:
    document = open_document(data, name)
    return document, spots(document, figures_of(report_of(document)))


def page(rows, heads=HEADS, year: str = "令和4年度") -> bytes:
    """The same table as a web page."""
    head = "".join(f"<th>{one}</th>" for one in heads)
    body = "".join(
        f"<tr><td>{r.project}</td><td>{r.department}</td><td>{r.name}</td><td>{r.unit}</td><td>{r.target}</td><td>{r.actual}</td><td>継続する</td></tr>"
        for r in rows
    )
    return f"<html><body><h1>{year} 地方創生推進交付金事業 実施結果報告書</h1><table><tr>{head}</tr>{body}</table></body></html>".encode()


def grid(rows: list[list[str]]) -> Grid:
    cells = [
        Cell(r, c, Words.at(text, Place(table=1, row=r + 1, column=c + 1)))
        for r, row in enumerate(rows) for c, text in enumerate(row)
    ]  # fmt: skip
    return Grid(len(rows), max(map(len, rows)), tuple(cells))


def of(table: Grid, *places: tuple[int, int]) -> list[Spot | None]:
    """Where figures in some cells of a table stand."""
    document = Document(open_document(b"a\n", "a.txt").source, (table,))
    asked = {f"/{r}/{c}": (Place(table=1, row=r + 1, column=c + 1),) for r, c in places}
    found = spots(document, asked)
    return [found.get(path) for path in asked]


def test_ほかの市の同じ様式は同じと分かる() -> None:
    _, here = read(paper("令和4年度"), "見本市.pdf")
    _, there = read(paper("令和5年度", OTHERS, city="他所市"), "他所市.pdf")
    assert {s.layout for s in here.values()} == {s.layout for s in there.values()}
    assert {(s.key, s.nth) for s in here.values()} == {(s.key, s.nth) for s in there.values()}


def test_PDFでもHTMLでも同じ様式は同じと分かる() -> None:
    _, drawn = read(paper("令和4年度"), "見本市.pdf")
    _, marked = read(page(ROWS), "見本市.html")
    assert drawn == marked


def test_見出しの年度は数えず_見出しが違えば別の様式になる() -> None:
    years = tuple(f"令和4年度{head}" if head.endswith("値") else head for head in HEADS)
    later = tuple(f"令和5年度{head}" if head.endswith("値") else head for head in HEADS)
    first, second = (read(page(ROWS, heads), "a.html")[1] for heads in (years, later))
    assert {s.layout for s in first.values()} == {s.layout for s in second.values()}
    assert {s.head for s in first.values()} == {"令和4年度目標値", "令和4年度実績値"}
    other = read(page(ROWS, (*HEADS[:6], "備考")), "a.html")[1]
    assert not {s.layout for s in first.values()} & {s.layout for s in other.values()}


def test_重なった見出しは上から下まで読む() -> None:
    table = grid([["指標", "令和3年度", "令和3年度"], ["指標", "目標値", "実績値"], ["就職者数", "20", "18"]])  # fmt: skip
    target, actual = of(table, (2, 1), (2, 2))
    assert target is not None
    assert actual is not None
    assert (target.head, actual.head) == ("令和3年度 目標値", "令和3年度 実績値")
    assert (target.layout, target.nth, actual.nth) == (actual.layout, 1, 2)


def test_同じ見出しが二つあっても列は区別される() -> None:
    table = grid([["指標", "実績値", "実績値"], ["就職者数", "20", "18"]])
    one, two = of(table, (1, 1), (1, 2))
    assert one is not None
    assert two is not None
    assert one.key == two.key
    assert one.nth != two.nth


def test_票の形では左の見出しで分かる() -> None:
    table = grid([["事業名", "拠点事業"], ["目標値", "20"], ["実績値", "18"]])
    other = grid([["事業名", "祭り事業"], ["目標値", "1,000"], ["実績値", "集計中"]])
    [target, actual], [again] = of(table, (1, 1), (2, 1)), of(other, (2, 1))
    assert target is not None
    assert actual is not None
    assert (target.head, actual.head) == ("目標値", "実績値")
    assert again == actual


def test_表の外の数には居所がない() -> None:
    text = "令和4年度 地方創生推進交付金 実施結果\n事業名：拠点事業\n指標：就職者数 目標値 20人 実績値 18人\n"
    _, found = read(text.encode(), "本文.txt")
    assert found == {}


def test_知らない見出しの下の数は_読んだ行のものだけが見つかる() -> None:
    heads = tuple("いろは順の欄" if head == "実績値" else head for head in HEADS)
    document = open_document(page(ROWS, heads), "a.html")
    report = report_of(document)
    found = loose(document, report)
    read_as = {place for places in figures_of(report).values() for place in places}
    assert all(place not in read_as for one in found for place in one.place)
    if not any(y.actual for p in report.projects for k in p.indicators for y in k.years):
        assert [one.raw for one in found] == [row.actual for row in ROWS]
        assert {one.spot.head for one in found} == {"いろは順の欄"}


def test_全部読めた文書には残りがない() -> None:
    document = open_document(page(ROWS), "a.html")
    assert loose(document, report_of(document)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("令和３年度", "令和4年度"), ("R3実績", "Ｒ５ 実績"), ("①目標", "目標"), ("1.5倍", "2倍")],
)
def test_見出しの数はどれも同じに見る(one: str, other: str) -> None:
    assert (neutral(one) == neutral(other)) is (one != "①目標")
