"""個人情報の暗号. What is kept of persons comes back as it was, from its own row alone, and is found again by its fingerprint."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.evidence import personal
from sosei.evidence.drafts import Who
from sosei.evidence.refusals_personal import PersonalKeyLacking, PersonalTextChanged

BODY = "990001"
WORDS = st.none() | st.text(min_size=1, max_size=40)
PERSONS = st.builds(
    Who, kind=st.just("person"), name=WORDS, kana=WORDS, mail=WORDS, phone=WORDS, address=WORDS
)
HANAKO = Who(kind="person", name="星 花子", kana="ホシ ハナコ", mail="Hanako@example.jp")


@pytest.fixture(autouse=True)
def own_keys(settings) -> None:
    settings.SOSEI_PERSONAL_KEYS = {1: b"1" * 32}


@given(who=PERSONS, subject=st.integers(1, 10**9))
def test_封じたものは元のとおりに開く(who: Who, subject: int) -> None:
    assert personal.opened(BODY, subject, personal.sealed(BODY, subject, who)) == who


def test_暗号文に書いたことは見えず二度と同じにならない() -> None:
    kept = personal.sealed(BODY, 1, HANAKO)
    assert kept != personal.sealed(BODY, 1, HANAKO)
    number, _, text = kept.partition(":")
    raw = base64.b64decode(text)
    assert number == "1"
    for word in (HANAKO.name, HANAKO.kana, HANAKO.mail):
        assert word is not None
        assert word not in kept
        assert word.encode() not in raw


def test_暗号文の長さから氏名の長さは分からない() -> None:
    lengths = {
        len(personal.sealed(BODY, 1, Who(kind="person", name="星" * n))) for n in range(1, 9)
    }
    assert len(lengths) == 1


@pytest.mark.parametrize(("body", "subject"), [(BODY, 2), ("990002", 1)])
def test_別の行に移した暗号文は断る(body: str, subject: int) -> None:
    kept = personal.sealed(BODY, 1, HANAKO)
    with pytest.raises(PersonalTextChanged):
        personal.opened(body, subject, kept)


@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_一文字でも変えた暗号文は断る(place: int, bit: int) -> None:
    number, _, text = personal.sealed(BODY, 1, HANAKO).partition(":")
    raw = bytearray(base64.b64decode(text))
    raw[place % len(raw)] ^= 1 << bit
    with pytest.raises(PersonalTextChanged):
        personal.opened(BODY, 1, f"{number}:{base64.b64encode(raw).decode()}")


@pytest.mark.parametrize(
    "kept", ["", "1", "1:", "1:あ", "一:AAAA", "-1:AAAA", "1:AAA", ":", "9" * 5000]
)
def test_暗号文でないものは断る(kept: str) -> None:
    with pytest.raises(PersonalTextChanged):
        personal.opened(BODY, 1, kept)


def test_鍵がなければ番号を言って断る(settings) -> None:
    kept = personal.sealed(BODY, 1, HANAKO)
    settings.SOSEI_PERSONAL_KEYS = {2: b"2" * 32}
    with pytest.raises(PersonalKeyLacking) as refused:
        personal.opened(BODY, 1, kept)
    assert refused.value.facts == {"number": 1}
    settings.SOSEI_PERSONAL_KEYS = {}
    for act in (lambda: personal.sealed(BODY, 1, HANAKO), lambda: personal.fingerprints(HANAKO)):
        with pytest.raises(PersonalKeyLacking):
            act()


def test_新しい鍵で封じ前の鍵のものも開く(settings) -> None:
    before = personal.sealed(BODY, 1, HANAKO)
    settings.SOSEI_PERSONAL_KEYS = {1: b"1" * 32, 2: b"2" * 32}
    assert personal.sealed(BODY, 1, HANAKO).startswith("2:")
    assert personal.opened(BODY, 1, before) == HANAKO


def test_番号だけ同じ別の鍵では開かない(settings) -> None:
    kept = personal.sealed(BODY, 1, HANAKO)
    settings.SOSEI_PERSONAL_KEYS = {1: b"x" * 32}
    with pytest.raises(PersonalTextChanged):
        personal.opened(BODY, 1, kept)


@pytest.mark.parametrize(
    "other",
    [
        Who(kind="person", name="星花子", kana="ほしはなこ", mail="hanako@EXAMPLE.jp"),
        Who(kind="person", name="星　花子", kana="ﾎｼ ﾊﾅｺ", mail="ｈａｎａｋｏ@example.jp"),
    ],
)
def test_書き方の違いは同じ指紋になる(other: Who) -> None:
    assert personal.fingerprints(other) == personal.fingerprints(HANAKO)


def test_指紋は鍵がなければ作れず言わないものは空になる(settings) -> None:
    assert personal.fingerprints(Who(kind="person")) == ("", "")
    assert personal.fingerprints(Who(kind="person", kana="ホシ")) == ("", "")
    mail, name = personal.fingerprints(HANAKO)
    assert len(mail) == len(name) == 32
    settings.SOSEI_PERSONAL_KEYS = {1: b"x" * 32}
    assert not {mail, name} & set(personal.fingerprints(HANAKO))


def test_メールと氏名の指紋は混じらない() -> None:
    mail, name = personal.fingerprints(Who(kind="person", name="a", mail="a"))
    assert mail != name
