"""行と列. A place in text is said by the line that a person counts, and by the column where cells stand there."""

import pytest
from hypothesis import given

from sosei.core.report import Place, Unread
from sosei.publishing import publish
from sosei.publishing.pagerefs import where
from sosei.reading import read
from sosei.reading.lines import in_lines
from strategies import reports

TEXT = "報告書\r\n事業名\t指標\t実績\r\n市街地\t来街者\t1,204\r\n"


def put(text: str, found: str, name: str = "a.txt") -> Place:
    start = text.index(found)
    unread = Unread(code="x", raw=found, place=(Place(start=start, end=start + len(found)),))
    return in_lines(unread, [(name, text.encode())]).place[0]


def test_文字の位置が行と列になる() -> None:
    place = put(TEXT, "1,204")
    assert (place.row, place.column) == (3, 3)
    assert where(place) == "3行目 3列目"
    assert where(place, "en") == "row 3 column 3"
    assert TEXT[place.start : place.end] == "1,204"


def test_表でない行には列がない() -> None:
    assert where(put(TEXT, "報告書")) == "1行目"


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])
def test_行末の形によらず行を数える(newline: str) -> None:
    assert put(newline.join(["あ", "い", "", "う"]), "う").row == 4


def test_引用符のなかの区切りは列に数えない() -> None:
    text = '名前,"大通,中央",値\nい,ろ,5\n'
    assert where(put(text, "値", "a.csv")) == "1行目 3列目"


def test_引用符のなかで改行した升の途中は行だけをいう() -> None:
    text = '名前,説明,値\nい,"一行目\n二行目",5\n'
    assert where(put(text, "二行目", "a.csv")) == "3行目"


def test_ファイルがいくつもあるときはその出典の行をいう() -> None:
    files = [("b.csv", b"x,y\n1,2\n"), ("a.csv", b"x\n\n\n9\n")]
    told = Unread(
        code="x",
        raw="",
        place=(Place(source="s1", start=4, end=5), Place(source="s2", start=4, end=5)),
    )
    assert [where(p) for p in in_lines(told, files).place] == ["4行目", "2行目 1列目"]


def test_文字でない文書の場所は変わらない() -> None:
    told = Unread(code="x", raw="", place=(Place(table=2, row=3),))
    html = "<html><body><p>あ</p></body></html>"
    assert in_lines(told, [("a.html", html.encode())]) is told


def test_行の分からない場所は何文字目かをいう() -> None:
    assert where(Place(start=1204, end=1207)) == "1,205文字目"


@given(reports())
def test_どの場所もその行にある(report) -> None:
    data = publish(report, "text")
    found = in_lines(read(data, "a.txt"), [("a.txt", data)])
    lines = data.decode("utf-8-sig").splitlines(keepends=True)
    places = [p for project in found.projects if project.name for p in project.name.place]
    for place in places:
        before = "".join(lines[: place.row - 1])
        assert len(before) <= place.start <= len(before) + len(lines[place.row - 1])
