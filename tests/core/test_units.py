"""単位: the dictionary knows every unit of published reports, and which spellings are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.units import is_unit, names, split_unit, unit_at, unit_of

SEEN = [
    "人",
    "名",
    "世帯",
    "件",
    "社",
    "団体",
    "組",
    "組織",
    "台",
    "基",
    "戸",
    "校",
    "本",
    "点",
    "箇所",
    "カ所",
    "区",
    "自治会",
    "事業者",
    "店舗",
    "番組",
    "品",
    "個",
    "俵",
    "t",
    "g",
    "歩",
    "回",
    "日/年",
    "人/年",
    "組/年",
    "件/年",
    "人泊",
    "人回",
    "万人",
    "千人",
    "万トン",
    "倍",
    "%",
    "％",
    "‰",
    "位",
    "時間・台",
    "平方メートル",
    "㎡",
    "キログラム/年",
    "キロワット",
    "ヶ月",
    "円",
    "千円",
    "万円",
    "百万円",
    "億円",
    "兆円",
    "プロジェクト",
    "万人回",
    "%/年",
]


@pytest.mark.parametrize("word", SEEN)
def test_報告書に出る単位はすべて知っている(word: str):
    assert is_unit(word)
    assert split_unit(f"1,234{word}")[0] == "1,234"


@pytest.mark.parametrize(
    "word",
    [
        "",
        " ",
        "ほげ",
        "目標",
        "10人",
        "人人",
        "集計中",
        "（）",
        "/年",
        "人/",
        "千%",
        "万位",
        "万倍",
        "千ポイント",
    ],
)
def test_単位でない言葉は単位でない(word: str):
    assert unit_of(word) is None
    assert not is_unit(word)


@pytest.mark.parametrize(
    ("word", "kind", "base", "scale"),
    [
        ("人", "count", "人", 1), ("万人", "count", "人", 10**4), ("千人", "count", "人", 1000), ("百万人", "count", "人", 10**6),
        ("億人", "count", "人", 10**8), ("万人泊", "count", "人泊", 10**4), ("円", "money", "円", 1), ("千円", "money", "円", 1000),
        ("百万円", "money", "円", 10**6), ("兆円", "money", "円", 10**12), ("％", "ratio", "%", 1), ("パーセント", "ratio", "%", 1),
        ("‰", "ratio", "‰", 1), ("割", "ratio", "割", 1), ("万トン", "measure", "t", 10**4), ("トン", "measure", "t", 1),
        ("キログラム/年", "measure", "kg/年", 1), ("ｋｇ／年", "measure", "kg/年", 1), ("平方メートル", "measure", "㎡", 1), ("カ所", "count", "箇所", 1),
        ("位", "index", "位", 1), ("千円/人", "money", "円/人", 1000), ("万人／年", "count", "人/年", 10**4), ("ヶ月", "measure", "か月", 1),
        ("人/千人", "count", "人/千人", 1), ("人/万円", "count", "人/万円", 1), ("千㎡", "measure", "㎡", 1000),
        ("単位", "count", "単位", 1), ("（単位：千円）", "money", "円", 1000), ("単位:人", "count", "人", 1),
    ],
)  # fmt: skip
def test_同じ単位は同じ基準をもつ(word: str, kind: str, base: str, scale: int):
    unit = unit_of(word)
    assert unit is not None
    assert (unit.kind, unit.base, unit.scale) == (kind, base, scale)


def test_種類の違う単位は同じ基準をもたない():
    assert unit_of("人").base != unit_of("人泊").base != unit_of("人回").base
    assert unit_of("人").base != unit_of("名").base
    assert unit_of("%").base != unit_of("ポイント").base
    assert unit_of("円").base != unit_of("ドル").base


def test_名は長い順に並び短い単位が長い単位を切らない():
    assert list(names()) == sorted(names(), key=lambda name: (-len(name), name))
    for name in names():
        assert unit_at(name)[1] == len(name)


def test_年や代には千や万をつけない():
    assert unit_of("千年") is None
    assert unit_of("万代") is None


def test_単位のあとに続く言葉は読まない():
    unit, end = unit_at("100人泊/年の目標", 3)
    assert (unit.name, end) == ("人泊/年", 7)
    assert unit_at("目標") is None
    assert unit_at("") is None


def test_数と単位を分ける():
    assert split_unit("90万人泊")[0] == "90"
    assert split_unit("90万人泊")[1].scale == 10**4
    assert split_unit("120（人）") == ("120（人）".translate(str.maketrans("（）", "()")), None)
    assert split_unit("目標値") == ("目標値", None)


@given(st.text(max_size=30))
def test_どんな文字列にも答える(text: str):
    unit = unit_of(text)
    assert unit is None or unit_of(unit.name) == unit
    number, found = split_unit(text)
    assert found is None or number == number.rstrip()
