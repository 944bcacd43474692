"""The tables of the page: widths add up, figures get theirs first, cells that reach down keep their column."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.publishing.forms.pdffont import measure
from sosei.publishing.forms.pdfink import BREAK
from sosei.publishing.forms.pdftable import PADDING, SIZES, TOTAL, Cell, figure, head, table, words

CELLS = st.one_of(
    st.text("創生事業のA1,", max_size=40).map(words),
    st.integers(-(10**15), 10**15).map(lambda n: figure(f"{n:,}")),
)


def test_列の幅は紙の幅になる():
    made = table([[head("指標名"), head("実績値")]], [[words("会員企業数"), figure("33")]])
    assert abs(sum(made["w"]) - TOTAL) < 0.5
    assert made["s"] == SIZES[0]


def test_余りは言葉の列に行き数の列は要るだけ():
    made = table([[head("指標名"), head("実績値")]], [[words("会員企業数"), figure("259,057")]])
    name, actual = made["w"]
    assert measure("259,057") * 9 + PADDING <= actual < 70 < name


def test_数が多ければ字を小さくして折らない():
    numbers = [figure("▲123,456,789,012,345人泊")] * 7
    made = table([[head("値")] * 7], [numbers])
    assert made["s"] < SIZES[0]
    assert all(BREAK not in line for cell in made["rows"][0] for line in cell["p"])
    needed = measure("▲123,456,789,012,345") * made["s"]
    assert all(width - PADDING + 0.1 >= needed for width in made["w"])


def test_縦に続くセルの下では列がずれない():
    rows = [
        [Cell(lines=("①",), rows=2), words("令和2年度"), figure("1")],
        [words("令和3年度"), figure("123,456,789,012")],
    ]
    made = table([[head("番号"), head("年度"), head("実績値")]], rows)
    assert made["w"][2] - PADDING >= measure("123,456,789,012") * 9
    assert made["rows"][0][0] == {"k": "x", "p": ("①",), "r": 2}


def test_ただの文字のセルは文字列のまま渡る():
    made = table([[head("備考")]], [[words("注")], [words()], [words("一", "二")]])
    assert made["rows"] == [["注"], [""], [{"k": "x", "p": ("一", "二")}]]
    assert made["head"] == [[{"k": "l", "p": ("備考",)}]]


def test_決まった割合の表は中身で変わらない():
    made = table([[head("項目"), head("内容")]], [[head("a"), words("b" * 400)]], grid=(1, 3))
    assert [round(width / TOTAL, 2) for width in made["w"]] == [0.25, 0.75]
    assert BREAK in made["rows"][0][1]


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 9).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=6)))  # fmt: skip
def test_どんな表も紙からはみ出さず数は欄に収まる(rows):
    made = table([[head("欄")] * len(rows[0])], rows)
    assert sum(made["w"]) <= TOTAL + 0.5
    for line in made["rows"]:
        for width, cell in zip(made["w"], line, strict=True):
            if isinstance(cell, dict) and cell["k"] == "n":
                pieces = [piece for text in cell["p"] for piece in text.split(BREAK)]
                assert max(map(measure, pieces)) * made["s"] <= width - PADDING + made["s"]
