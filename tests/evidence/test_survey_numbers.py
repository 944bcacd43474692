"""調査票の個人番号: found in every row of a file that comes back, also far below what is read of a sheet."""

import pytest
from sheetroom import my_number

from documentroom import xlsx
from sosei.evidence.sheets.surveysheet_reading import numbers_in


@pytest.mark.parametrize("above", [0, 399, 400, 1500])
def test_個人番号はどの行にあっても見つかる(above: int) -> None:
    rows = [["空き"]] * above + [["番号", my_number("12345678901")]]
    assert list(numbers_in(xlsx(*rows), "a.xlsx")) == [f"a.xlsx Sheet!B{above + 1}"]
