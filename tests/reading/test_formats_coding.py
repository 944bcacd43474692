"""Encodings of Japanese offices, and text in none of them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.reading.formats import coding
from sosei.reading.formats.refusal import UnknownEncoding

SAMPLE = (
    "事業の名称\t実績（KPI等）\r\n成長分野拠点形成支援事業\t１８人～①\r\nカナ・ひらがな、漢字。"
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-32", "euc_jp", "iso2022_jp_ext"],
)
def test_an_encoding_is_found_and_line_ends_stay(encoding):
    text = SAMPLE.replace("①", "1").replace("～", "、")
    decoded, found = coding.decode(text.encode(encoding), "a.txt")
    assert decoded == text
    assert found == encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_seen_by_its_zeros(encoding):
    text = "name\tvalue\r\nKPI 1\t259,057\r\n" * 3
    assert coding.decode(text.encode(encoding), "a.csv") == (text, encoding)


def test_utf16_big_endian_with_mark():
    data = b"\xfe\xff" + SAMPLE.encode("utf-16-be")
    assert coding.decode(data, "a.txt") == (SAMPLE, "utf-16")


def test_circled_digits_and_waves_of_windows():
    assert coding.decode("①㈱～－".encode("cp932"), "a.txt")[0] == "①㈱～－"


def test_a_page_that_declares_its_encoding_is_believed_where_utf8_fails():
    page = '<meta charset="EUC-JP"><p>ｱｲｳ統計</p>'
    assert coding.decode(page.encode("euc_jp"), "a.html") == (page, "euc_jp")


def test_a_page_that_declares_wrongly_is_still_utf8():
    page = '<meta charset="Shift_JIS"><p>指標</p>'
    assert coding.decode(page.encode(), "a.html") == (page, "utf-8")


def test_bytes_of_no_encoding_are_refused_with_their_place():
    with pytest.raises(UnknownEncoding) as refused:
        coding.decode(b"abc\xff\xff\x80\x00\xfd", "変.txt")
    assert refused.value.code == "E215"
    assert "変.txt" in refused.value.sentence()
    assert refused.value.facts["where"] == 4


def test_utf16_cut_in_the_middle_is_refused():
    with pytest.raises(UnknownEncoding):
        coding.decode("指標".encode("utf-16")[:-1], "a.csv")


@given(st.text(max_size=60))
def test_any_text_in_utf8_comes_back(text):
    data = text.encode("utf-8", "ignore")
    decoded, encoding = coding.decode(data, "a.txt")
    assert encoding != "utf-8" or decoded == data.decode()


@given(st.binary(max_size=80))
def test_any_bytes_give_text_or_a_coded_refusal(data):
    with contextlib.suppress(UnknownEncoding):
        text, encoding = coding.decode(data, "a")
        assert text == data.decode(encoding)
