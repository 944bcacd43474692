"""Texts that no person wrote: refused where they are too long, read in time that grows with their length."""

import pytest

from hangs import no_hang
from sosei.core.errors import SoseiError
from sosei.core.report import Place, Report
from sosei.reading import read
from sosei.reading.formats import limits
from sosei.reading.grid import Words

HEAD = "地方創生推進交付金 効果検証\n\n事業名：観光振興\n"


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("あ" * (limits.MAX_LINE + 1), "a.txt", "E220"),
        ("a,b\n" + "1" * 1_000_001 + ",2\n", "a.csv", "E220"),
        ("<p>" + "目標" * 20_000, "a.html", "E220"),
        ((("あ" * 1000) + "\n") * (limits.MAX_CHARACTERS // 1000 + 1), "a.txt", "E221"),
    ],
)
def test_a_line_or_text_beyond_a_persons_is_refused(text: str, name: str, code: str) -> None:
    with pytest.raises(SoseiError) as refused:
        read(text.encode(), name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "piece",
    ["－", "（", "目標", "令和3年度", "R3.4", "1 ", "　", "①", "〇", "「", "～", "実績値："],
)
def test_a_long_run_of_one_sign_is_read_to_its_end(piece: str) -> None:
    long = piece * (12_000 // len(piece))
    with no_hang():
        report = read(f"{HEAD}{long}\nKPI：{long}\n目標値：{long}\n".encode(), "a.txt")
    assert isinstance(report, Report)


def test_words_of_many_pieces_are_cut_to_their_end() -> None:
    parts = [Words.at("a\n", Place(start=n, end=n + 2), exact=True) for n in range(0, 40_000, 2)]
    with no_hang():
        lines = Words.joined(parts).lines()
    assert [line.places[0].start for line in lines] == list(range(0, 40_000, 2))
