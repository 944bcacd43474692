"""The text of a page: what the fonts show, what stands in for the rest, and where a long run may be broken."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.core.text import is_clean
from sosei.publishing.forms import pdffont
from sosei.publishing.forms.pdfink import _FREE, _WIDER, BREAK, Ink, fit, longest_run

TEXTS = st.text(
    st.one_of(
        st.sampled_from("創生事業あいうアイー、。」「（）％①㈱ 1,234.5-/ABCWMil"),
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]),
    ),
    max_size=60,
).filter(lambda text: BREAK not in text)


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
    assert ink.text("あ\U000e01ef") == "あ"
    assert ink.missing == [("", "U+E01EF")]


def test_示せない文字は場所とともに順に記録される():
    ink = Ink()
    ink.where = "No. 1"
    assert ink.text("a😀b") == "a〓b"
    ink.where = "No. 2"
    assert ink.text("🎉〓") == "〓〓"
    assert ink.missing == [("No. 1", "U+1F600"), ("No. 2", "U+1F389"), ("No. 2", "U+3013")]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_刷られる文字はみな書体にある(text):
    ink = Ink()
    shown = ink.text(text)
    alone = [c for c in shown if not pdffont.is_selector(c)]
    assert all(c == " " or pdffont.face_of(c) is not None for c in alone)
    assert shown == text or ink.missing


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(3, 40))
def test_折り返しの印は文字を変えず切れ目のない部分を幅に収める(text, room):
    fitted = fit(text, room)
    assert fitted.replace(BREAK, "") == text
    assert all(pdffont.measure(piece) <= room or len(piece) == 1 for run in fitted.split(" ") for piece in unbroken(run))  # fmt: skip


def unbroken(run: str) -> list[str]:
    """Parts between which a line may end: at a mark, and around ideographs and kana."""
    return [part for part in re.split(f"[{BREAK}{_FREE}]", run) if part]


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
