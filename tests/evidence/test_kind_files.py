"""定義のファイル. What is written reads back as the same kind; what cannot be read is refused with its line, or with every problem."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.evidence.kindfiles import read_kind, written
from sosei.evidence.kinds import Field, catalogue
from sosei.evidence.measures.refusals import BadRegisterKind
from sosei.evidence.refusals import UnreadableKindFile


@pytest.mark.parametrize("key", catalogue())
def test_目録の台帳はどれも書き出して読み戻せる(key: str) -> None:
    kind = catalogue()[key]
    assert read_kind(written(kind).encode(), f"{key}.toml") == kind


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda text: text == text.strip() and text
)


@given(name=WORDS, choices=st.lists(WORDS, min_size=1, max_size=4, unique=True))
def test_どんな言葉も同じ言葉のまま戻る(name: str, choices: list[str]) -> None:
    kind = catalogue()["events"]
    field = Field(
        key="field1", ja=name, en=name, type="choice", choices=tuple(choices), column="sort"
    )
    said = replace(kind, ja=name, fields={"field1": field})
    try:
        again = read_kind(written(said).encode(), "events.toml")
    except BadRegisterKind:  # two choices that are the same to the eye: a form refuses them too
        return
    assert again == said


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"kind = \n", "1"), (b'kind = "log"\nja = [', "2"), (b"\xff\xfe", "1"), (b"PK\x03\x04", "1")],
)
def test_読めないファイルは行を言って断る(data: bytes, line: str) -> None:
    with pytest.raises(UnreadableKindFile) as refused:
        read_kind(data, "台帳.toml")
    assert f"{line}行目" in refused.value.sentence("ja")


@pytest.mark.parametrize("line", [
    "a." * 12_000 + "a = 1", "[" + ".".join("a" * 30) + "]", "x = {" + "a . " * 30 + "a = 1}", '"a".' * 30 + "a = 1",
    'x = "' + "あ" * 9_000 + '"', 'x = {y = """\n""", ' + "a." * 30 + 'a = 1, z = ""}',
])  # fmt: skip
def test_点でつないだ名や長い行は読む前に断る(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    def never(text: str) -> None:
        raise AssertionError(text[:40])

    monkeypatch.setattr(tomllib, "loads", never)
    with pytest.raises(UnreadableKindFile) as refused:
        read_kind(f'kind = "log"\n{line}\n'.encode(), "台帳.toml")
    assert refused.value.facts["line"] == 2 + line.count("\n")


def test_言葉や注記の中の点は数えない() -> None:
    text = written(replace(catalogue()["events"], ja="……" + "." * 40))
    assert read_kind((text + "# " + "." * 99 + "\n").encode(), "events.toml").ja.endswith("...")


def test_定義でない表は問題をすべて言い名はファイルの名になる() -> None:
    with pytest.raises(BadRegisterKind) as refused:
        read_kind(b'kind = "list"\nja = ""\n', "members.toml")
    assert len(refused.value.found) >= 2
    text = written(catalogue()["events"]).encode()
    assert (read_kind(text, "seminars.toml").key, read_kind(text, "../セミナー.toml").key) == (
        "seminars",
        "register",
    )
