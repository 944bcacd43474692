"""この頁の指摘. On the page of a project a finding does not say again whose it is; elsewhere nothing of it is lost."""

import pytest

from sosei.checking.here import said_here
from sosei.checking.scene import shown

P, LINE = "移住促進事業", "移住者数"


@pytest.mark.parametrize(
    ("message", "beside", "alone"),
    [
        (f"事業「{P}」の指標「{LINE}」の値は集計中です。", "値は集計中です。", f"指標「{LINE}」の値は集計中です。"),
        (f"事業「{P}」の指標「{LINE}」に基準値がありません。", "この指標に基準値がありません。", f"指標「{LINE}」に基準値がありません。"),
        (f"事業「{P}」に経費が書かれていません。", "この事業に経費が書かれていません。", "この事業に経費が書かれていません。"),
        (f"事業「{P}」の事業効果は「1」です。", "事業効果は「1」です。", "事業効果は「1」です。"),
        (f"事業「別の事業」の指標「{LINE}」は違います。", f"事業「別の事業」の指標「{LINE}」は違います。", f"事業「別の事業」の指標「{LINE}」は違います。"),
    ],
)  # fmt: skip
def test_頁が名乗る事業と指標の名は繰り返さない(message: str, beside: str, alone: str) -> None:
    assert said_here(message, "ja", P, LINE) == beside
    assert said_here(message, "ja", P) == alone
    assert said_here(message, "ja", None) == message


@pytest.mark.parametrize(
    ("message", "beside", "alone"),
    [
        (f"The indicator “{LINE}” of project “{P}” has no baseline.", "This indicator has no baseline.", f"The indicator “{LINE}” has no baseline."),
        (f"A value of the indicator “{LINE}” of project “{P}” is counted.", "A value of this indicator is counted.", f"A value of the indicator “{LINE}” is counted."),
        (f"No spending is printed for project “{P}”.", "No spending is printed for this project.", "No spending is printed for this project."),
        (f"The project “{P}” has 10 days left.", "This project has 10 days left.", "This project has 10 days left."),
    ],
)  # fmt: skip
def test_英語でも繰り返さない(message: str, beside: str, alone: str) -> None:
    assert said_here(message, "en", P, LINE) == beside
    assert said_here(message, "en", P) == alone


def test_長い名は文の中と同じに縮めて見つける() -> None:
    long = "とても長い名前の事業" * 20
    message = f"事業「{shown(long)}」の指標「{LINE}」は目標が0です。"
    assert len(shown(long)) < len(long)
    assert said_here(message, "ja", long, LINE) == "この指標は目標が0です。"
