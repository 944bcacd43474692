"""The text of a page: what the fonts show, what stands in for the rest, and where a long run may be broken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.core.printed import MARK, unbroken
from sosei.core.text import clean, is_clean
from sosei.publishing.forms import pdffont
from sosei.publishing.forms.pdfink import _WIDER, BREAK, Ink, fit, longest_run

TEXTS = (
    st.text(
        st.one_of(
            st.sampled_from("創生事業あいうアイー、。」「（）％①㈱ 1,234.5-/ABCWMil"),
            st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]),
        ),
        max_size=60,
    )
    .map(clean)
    .filter(bool)
)


@pytest.mark.parametrize("char", "創①㈱㍻㋿▲△〜～ー−Ⅳ髙﨑𠮷ｶ゙〓AzＷé℃㎡")
def test_日本の文書の文字は第一の書体にある(char):
    assert pdffont.face_of(char) == 0


@pytest.mark.parametrize("char", "😀\ue000\U000f0000\u202e\u200d\ufeff\u00adم")
def test_書体にない文字と向きを変える印は示せない(char):
    assert pdffont.face_of(char) is None


def test_異体字は書体が字形を持つときだけ残る():
    ink = Ink()
    assert ink.text("辻\U000e0100と葛\U000e0100") == "辻\U000e0100と葛\U000e0100"
    assert ink.missing == []
    assert ink.text("あ\U000e01ef") == "あ〔U+E01EF〕"
    assert ink.missing == [("", "U+E01EF")]


def test_示せない文字は番号になり場所とともに順に記録される():
    ink = Ink()
    ink.where = "No. 1"
    assert ink.text("a😀b") == "a〔U+1F600〕b"
    ink.where = "No. 2"
    assert ink.text("👩‍👧〓") == "〔U+1F469 U+200D U+1F467〕〓"
    assert ink.missing == [("No. 1", "U+1F600"), *(("No. 2", f"U+{code}") for code in ("1F469", "200D", "1F467"))]  # fmt: skip


@pytest.mark.parametrize("text", ["〔U+41〕", f"行末{MARK}", "ﬀ", "5ﾞ", "ﾞ", "人 ﾟ"])
def test_紙の上で紛れるものは番号になる(text):
    shown = Ink().text(text)
    assert "〔U+" in shown
    assert unbroken([shown]) == text


@pytest.mark.parametrize(
    "text", ["見本市 商工課", "森 林", "甲 乙 丙", "会長 森 太郎", "A 社", "5 人", "ﾃﾞｰﾀ"]
)
def test_ふつうの空きはそのまま(text):
    assert Ink().text(text) == text


def test_同じ字形の文字は別の書体で刷られる():
    ink = Ink()
    assert ink.text("R3〜R5") + ink.text("R4～R6") == "R3〜R5R4～R6"
    assert (ink.faces.of("〜"), ink.faces.of("～")) == (0, 1)
    assert ink.faces.others() == [("Noto Sans SC", r"(?:[\u{ff5e}]\p{M}*)+ ?")]


def test_字形の尽きた文字は番号になる():
    shown = [Ink().text(text) for text in ("長⾧", "⾧長", "会議")]
    assert shown == ["長⾧", "⾧長", "会議"]
    ink = Ink()
    assert "〔U+" in "".join(ink.text(char) for char in "樂\uf914\uf95c\uf9bf樂")


def test_開き括弧で終わる行は次の行を引き寄せない():
    assert Ink().lines(["注（", "二"]) == ("注〔U+FF08〕", "二")
    assert Ink().lines(["一", "注（"]) == ("一", "注（")


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_刷られる文字はみな書体にある(text):
    shown = Ink().text(text)
    alone = [c for c in shown if not pdffont.is_selector(c)]
    assert all(c == " " or pdffont.face_of(c) is not None for c in alone)
    assert unbroken([shown]) == text


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(5, 40))
def test_折られた行は幅に収まり元の文字に戻る(text, room):
    lines = fit(Ink().text(text), room).split(BREAK)
    assert unbroken(lines) == text
    assert all(pdffont.measure(line) <= room + 1.1 for line in lines)
    assert all(line == line.strip() for line in lines[1:])


def test_行は幅の広い字の隣か英語の語の間で終わる():
    assert fit("創生interim報告のaim", 6) == "創生interim\n報告のaim"
    assert fit("one two three", 5) == "one two\nthree"
    assert fit("電話019-651-4111まで", 6).split(BREAK)[1].startswith("019-651-4111"[:4])
    assert fit("https://example.invalid/", 6).count(MARK + BREAK) == fit("https://example.invalid/", 6).count(BREAK)  # fmt: skip


def test_収まるものには印を付けない():
    assert fit("延べ4,200,000人泊", 12) == "延べ4,200,000人泊"
    assert BREAK in fit("延べ4,200,000人泊", 5)


def test_数は切れ目のない一続き():
    number = pdffont.measure("4,200,000")
    assert number <= longest_run("延べ4,200,000人泊") <= number + 1


@pytest.mark.slow
def test_一字より幅の広い文字はみな知られている():
    wide = [c for c in map(chr, range(0x21, 0x30000)) if is_clean(c) and pdffont.width(c) > 1]
    assert all(_WIDER.search(c) for c in wide)
