"""照合の鍵の検査. Which spellings are one name, which due months are one month, how alike two names are."""

import pytest

from sosei.ledger.difference.keys import due_key, likeness, name_key, same_numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（ものづくり 推進課）", "ものづくり推進課"),
        ("ＡＩ・ＩｏＴ活用", "AIIoT活用"),
        ("「星」という名の【盛岡】", "星という名の盛岡"),
        ("『A』〔B〕〈C〉《D》{E}[F]", "ABCDEF"),
        ("移住～定住", "移住〜定住"),
        ("ｶﾀｶﾅ", "カタカナ"),
    ],
)
def test_表記の違いは名称に数えない(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("6・7月の来訪者", "67月の来訪者"),
        ("移住者数", "移住者率"),
        ("（）", "「」"),
        ("A事業", "B事業"),
    ],
)
def test_違う名称は違うまま(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    "text",
    [
        "2022-03",
        "2022-03-31",
        "R4.3",
        "R4.3末",
        "令和4年3月",
        "令和4年3月末日",
        "R4.3末まで",
        "2022/3",
        "R4.3まで",
    ],
)
def test_目標年月の書き方は一つの月に読む(text):
    assert due_key(text) == (2022, 3)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2021-04", (2021, 4)),
        ("R3.4", (2021, 4)),
        ("R3.12", (2021, 12)),
        ("R4.1", (2022, 1)),
        ("令和3年度末", "令和3年度末"),
        ("事業終了のR4.3", "事業終了のr4.3"),
        ("R4.3～R5.3", "r4.3～r5.3"),
        ("R4.3ごろ", "r4.3ごろ"),
        ("随時", "随時"),
    ],
)
def test_月と読めないものは言葉のまま(text, key):
    assert due_key(text) == key


@pytest.mark.parametrize(
    ("one", "other", "likely"),
    [
        ("あいう", "あいう", 1.0),
        ("あいう", "えおか", 0.0),
        ("あいう", "あいえ", 0.5),
        ("あ", "あ", 1.0),
        ("あ", "い", 0.0),
    ],
)
def test_似た度合いは隣り合う二字で測る(one, other, likely):
    assert likeness(one, other) == likely == likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("第1期計画", "第2期計画", False),
        ("第一期計画", "第二期計画", False),
        ("指標12と3", "指標3と12", True),
        ("a地区", "b地区", False),
        ("ai活用", "it活用", True),
        ("移住促進", "定住促進", True),
        ("計画", "計画2", False),
    ],
)
def test_数や記号の違う名称は似ていても別のもの(one, other, same):
    assert same_numbers(one, other) is same
