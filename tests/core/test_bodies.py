"""団体: the 1,788 bodies, their codes, and their names in running text."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.bodies import all_bodies, by_code, by_name, check_digit, find_bodies
from sosei.core.errors import BadCheckDigit, UnknownBody

BODIES = st.sampled_from(all_bodies())


def found(text: str) -> list[tuple[str, str]]:
    """What is found: full name and the words of the text."""
    return [(f.body.full_name, text[f.start : f.end]) for f in find_bodies(text)]


def test_都道府県47と市区町村1741がある():
    assert len(all_bodies()) == 1788
    assert sum(body.is_prefecture for body in all_bodies()) == 47
    assert len({body.code for body in all_bodies()}) == 1788
    assert list(all_bodies()) == sorted(all_bodies())


def test_どのコードも検査数字が合う():
    for body in all_bodies():
        assert check_digit(body.code[:5]) == body.code[5], body
        assert by_code(body.code) is by_code(body.code[:5]) is body


def test_どの団体にも読みと都道府県がある():
    prefectures = {body.name for body in all_bodies() if body.is_prefecture}
    for body in all_bodies():
        assert body.prefecture in prefectures
        assert body.kana
        assert all("ぁ" <= ch <= "ゖ" or ch == "ー" for ch in body.kana), body


@pytest.mark.parametrize(
    ("code", "name"),
    [("032018", "盛岡市"), ("022012", "青森市"), ("041009", "仙台市"), ("052019", "秋田市"), ("062014", "山形市"), ("072010", "福島市"),
     ("010006", "北海道"), ("030007", "岩手県"), ("130001", "東京都"), ("012025", "函館市"), ("303046", "紀美野町"), ("０３２０１８", "盛岡市")],
)  # fmt: skip
def test_コードから団体がわかる(code: str, name: str):
    assert by_code(code).name == name


def test_検査数字の違うコードは正しい数字を示して断る():
    with pytest.raises(BadCheckDigit) as refusal:
        by_code("032019")
    assert "032018" in refusal.value.sentence()
    assert refusal.value.code == "E106"


@pytest.mark.parametrize("code", ["", "3201", "999999", "99999", "盛岡市", "0320180", "03201８9"])
def test_ないコードは断る(code: str):
    with pytest.raises((UnknownBody, BadCheckDigit)):
        by_code(code)


@pytest.mark.parametrize("five", ["", "0320", "032018"])
def test_五桁でないものから検査数字は作れない(five: str):
    with pytest.raises(ValueError, match="argument"):
        check_digit(five)


def test_名前から団体がわかる():
    assert [body.code for body in by_name("盛岡市")] == ["032018"]
    assert [body.prefecture for body in by_name("府中市")] == ["東京都", "広島県"]
    assert [body.code for body in by_name("府中市", "広島県")] == ["342084"]
    assert [body.code for body in by_name("広島県府中市")] == ["342084"]
    assert [body.code for body in by_name("岩手県紫波郡紫波町")] == ["033219"]
    assert by_name("岩手県") == (by_code("030007"),)
    assert by_name("盛岡") == by_name("") == by_name("岩手県青森市") == by_name("東京都")[1:] == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("盛岡市クラスター形成促進事業", [("岩手県盛岡市", "盛岡市")]),
        ("青森ねぶた祭・盛岡さんさ踊り", []),
        ("府中市", [("東京都府中市", "府中市"), ("広島県府中市", "府中市")]),
        ("伊達市", [("北海道伊達市", "伊達市"), ("福島県伊達市", "伊達市")]),
        ("広島県府中市の報告", [("広島県府中市", "府中市")]),
        ("福島県伊達市及び北海道", [("福島県伊達市", "伊達市"), ("北海道", "北海道")]),
        ("札幌市中央区", [("北海道札幌市", "札幌市")]),
        ("東京都中央区", [("東京都中央区", "中央区")]),
        ("大阪府大阪市北区", [("大阪府大阪市", "大阪市")]),
        ("東北区域の大森町と新津市", []),
        ("京都市", [("京都府京都市", "京都市")]),
        ("東京都市大学、山形市場、市町村、本市、同町", []),
        ("四日市市、廿日市市、大町市", [("三重県四日市市", "四日市市"), ("広島県廿日市市", "廿日市市"), ("長野県大町市", "大町市")]),
        ("七ヶ宿町と七ケ宿町", [("宮城県七ヶ宿町", "七ヶ宿町"), ("宮城県七ヶ宿町", "七ケ宿町")]),
        ("龍ヶ崎市・竜ケ崎市", [("茨城県龍ケ崎市", "龍ヶ崎市"), ("茨城県龍ケ崎市", "竜ケ崎市")]),
        ("青森県・岩手県盛岡市", [("青森県", "青森県"), ("岩手県盛岡市", "盛岡市")]),
        ("（公財）盛岡市文化振興事業団", [("岩手県盛岡市", "盛岡市")]),
        ("令和3年度盛岡市", [("岩手県盛岡市", "盛岡市")]),
        ("広島県 府中市", [("広島県府中市", "府中市")]),
        ("広島県安芸郡府中町", [("広島県府中町", "府中町")]),
        ("岩手県府中市", [("岩手県", "岩手県"), ("東京都府中市", "府中市"), ("広島県府中市", "府中市")]),
        ("広島県、府中市", [("広島県", "広島県"), ("東京都府中市", "府中市"), ("広島県府中市", "府中市")]),
        ("盛岡市広島県府中市", [("岩手県盛岡市", "盛岡市"), ("広島県府中市", "府中市")]),
        ("広島県府中市府中市", [("広島県府中市", "府中市"), ("東京都府中市", "府中市"), ("広島県府中市", "府中市")]),
        ("旧大船渡市、新盛岡市、新紫波町、今年度紫波町", [("岩手県大船渡市", "大船渡市"), ("岩手県盛岡市", "盛岡市"), ("岩手県紫波町", "紫波町")]),
        ("かすみがうら市", [("茨城県かすみがうら市", "かすみがうら市")]),
        ("森町、新森町、中郡森町", [("北海道森町", "森町"), ("静岡県森町", "森町"), ("北海道森町", "森町"), ("静岡県森町", "森町")]),
        ("", []),
    ],
)  # fmt: skip
def test_文中の団体だけを見つける(text: str, expected: list[tuple[str, str]]):
    assert found(text) == expected


@given(BODIES)
def test_どの団体も県名つきなら一つに決まる(body):
    assert [f.body for f in find_bodies(f"{body.full_name}の報告")] == [body]
    assert body in by_name(body.name)
    assert by_name(body.full_name) == (body,)


@given(st.lists(BODIES, max_size=6))
def test_並べた団体は並べた順に見つかる(bodies):
    text = "、".join(body.full_name for body in bodies)
    assert [f.body for f in find_bodies(text)] == bodies


@given(st.text(max_size=60) | st.text("市町村区都道府県北海東京中央岡盛府津森 、", max_size=40))
def test_見つけた場所にその名がある(text: str):
    for mention in find_bodies(text):
        assert len(text[mention.start : mention.end]) == len(mention.body.name)


def test_表は使うまで読まない():
    code = "import sosei.core.bodies as b; print(b.all_bodies.cache_info().currsize)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "0"
