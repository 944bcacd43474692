"""法人番号: the check digit shows every slip of one digit but a 0 written for a 9."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.corporate import check_digit, is_valid, read_corporate
from sosei.core.errors import BadCheckDigit, NotACorporateNumber

BASES = st.text("0123456789", min_size=12, max_size=12)


@pytest.mark.parametrize("number", ["6000020032018", "7123456789012"])
def test_公表された番号は正しい(number: str):
    assert is_valid(number)
    assert is_valid(f"T{number}")
    assert read_corporate(f"{number[0]}-{number[1:5]}-{number[5:9]}-{number[9:]}") == number


@given(BASES)
def test_作った番号は正しい(base: str):
    number = check_digit(base) + base
    assert number[0] != "0"
    assert is_valid(number)
    assert read_corporate(number) == number


@given(BASES, st.integers(0, 11), st.sampled_from("0123456789"))
def test_一桁の写し間違いがわかる(base: str, at: int, digit: str):
    wrong = base[:at] + digit + base[at + 1 :]
    number = check_digit(base) + wrong
    same = wrong == base or {digit, base[at]} == {"0", "9"}
    assert is_valid(number) == same


def test_検査数字の違う番号は正しい番号を示して断る():
    with pytest.raises(BadCheckDigit) as refusal:
        read_corporate("1000020032018")
    assert "6000020032018" in refusal.value.sentence()


@pytest.mark.parametrize(
    "text", ["", "600002003201", "60000200320188", "0000020032018", "盛岡市", "6000020O32018"]
)
def test_番号でないものは断る(text: str):
    assert not is_valid(text)
    with pytest.raises(NotACorporateNumber):
        read_corporate(text)


@pytest.mark.parametrize("base", ["", "12345678901", "1234567890123", "12345678901a"])
def test_12桁でないものから検査数字は作れない(base: str):
    with pytest.raises(NotACorporateNumber):
        check_digit(base)
