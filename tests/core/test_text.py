"""文字: cleaning is idempotent, narrowing keeps offsets, folding joins what looks alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.text import DASHES, MINUS, WAVES, clean, fold, is_clean, join_lines, mend, narrow


@given(st.text())
def test_清書は一度で足りる(text: str):
    assert clean(clean(text)) == clean(text)
    assert is_clean(text) == (bool(text) and clean(text) == text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (" 成長分野\n拠点 ", "成長分野 拠点"), ("a\u3000b", "a b"), ("a\x00b", "ab"), ("\u200b", ""), ("a\ud800b", "ab"), ("\ufeffx", "x"),
        ("x\ufffe", "x"), ("a\t\r\n b", "a b"), ("", ""),
    ],
)  # fmt: skip
def test_清書(text: str, cleaned: str):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "joined", "mended"),
    [
        ("地域再生\n計画 AI\nIoT", "地域再生計画 AI IoT", "地域再生計画 AI IoT"),
        ("成長分野拠点 形成支援事業", "成長分野拠点 形成支援事業", "成長分野拠点形成支援事業"),
        ("IT 企業", "IT 企業", "IT 企業"), ("移住\n者", "移住者", "移住者"), ("18\n人", "18人", "18人"), ("A\nB", "A B", "A B"),
        ("K P I 等", "K P I 等", "K P I 等"), ("DX XR", "DX XR", "DX XR"), ("DX 推進", "DX 推進", "DX 推進"), ("推進 XR", "推進 XR", "推進 XR"), ("DX\nXR", "DX XR", "DX XR"),
        ("DX \n 推進", "DX推進", "DX推進"), ("推進\u3000\n XR", "推進XR", "推進XR"),
    ],
)  # fmt: skip
def test_行をつなぐ(text: str, joined: str, mended: str):
    assert join_lines(text) == joined
    assert mend(text) == mended


@given(st.text())
def test_半角にしても文字の数は変わらない(text: str):
    assert len(narrow(text)) == len(text)
    assert narrow(narrow(text)) == narrow(text)


def test_半角にする文字():
    assert narrow("ＡＢＣ１２３（％）／：") == "ABC123(%)/:"
    assert {narrow(wave) for wave in WAVES} == {"～"}
    assert {narrow(dash) for dash in DASHES} == {"-"}
    assert narrow("カード①㈱、。「」△▲") == "カード①㈱、。「」△▲"
    assert narrow("￥１\u3000円") == "¥1 円"
    assert narrow("〔１〕［２］") == "(1)(2)"
    assert narrow("！～ＸＹＺ｠｟") == "!～XYZ｠｟"


JAPANESE = st.text(
    st.sampled_from("ABCxyzＡＢｘ01２①㈱％%・（）() \u3000~〜～－ー−-―あがアガｱｶ盛岡市々〇")
)


@given(JAPANESE)
def test_比べる鍵は幅と空白によらない(text: str):
    assert fold(text) == fold(f" {text}\u3000")
    assert fold(fold(text)) == fold(text)


def test_似た文字は同じ鍵になる():
    assert fold("Ｒ３〜Ｒ７") == fold("R3~R7") == fold("R3～R7")
    assert fold("2021－2025") == fold("2021-2025") == fold("2021–2025")
    assert fold("KPI 等") == fold("ｋｐｉ等")
    assert fold("サービス") != fold("サ-ビス")


def test_マイナスの印に波はない():
    assert not set(MINUS) & set(WAVES)
    assert set(MINUS) - set(DASHES) == set("△▲")
    assert not any(mark.isascii() and mark.isalnum() for mark in MINUS + WAVES)
