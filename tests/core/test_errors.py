"""誤り: every refusal has a code of its own, says the same in both languages, and stands in the manual."""

import importlib.util
import re
import string
from pathlib import Path

import pytest

from sosei.core.errors import NotAReport, SoseiError, UnreadableYear

ROOT = Path(__file__).resolve().parents[2]


def _tool():
    spec = importlib.util.spec_from_file_location(
        "build_errors_docs", ROOT / "tools" / "build_errors_docs.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
ERRORS = TOOL.errors()


def facts_of(sentence: str) -> set[str]:
    """The names of the facts in a sentence; an English wording of a fact counts as the fact."""
    names = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    return {name.removesuffix("_en") for name in names}


def test_番号は一つの誤りに一つ():
    codes = [error.code for error in ERRORS]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_どの誤りも番号と二つの言葉の文をもつ(error: type[SoseiError]):
    assert re.fullmatch(r"E[1-9][0-9]{2}", error.code)
    assert error.ja.endswith(("。", "{hint}", "{advice}"))
    assert error.en.endswith((".", "{hint}", "{hint_en}", "{advice_en}"))
    assert facts_of(error.ja) == facts_of(error.en)
    assert len(TOOL.said(error.ja)) <= 100


def test_番号の頭は木の枝を表す():
    for error in ERRORS:
        for parent in error.__mro__[1:]:
            if issubclass(parent, SoseiError) and parent not in {SoseiError, error}:
                assert error.code[1] == parent.code[1], error


def test_どの番号も説明書にある():
    manual = (ROOT / "docs" / "manual" / "errors.md").read_text("utf-8")
    missing = [e.code for e in ERRORS if "ja" in vars(e) and f"### {e.code}\n" not in manual]
    assert not missing, "run tools/build_errors_docs.py > docs/manual/errors.md"
    assert manual == TOOL.page(), "run tools/build_errors_docs.py > docs/manual/errors.md"


def test_文には事実が入り番号がつく():
    refusal = UnreadableYear(text="平成だいたい")
    assert "「平成だいたい」" in refusal.sentence()
    assert "平成だいたい" in refusal.sentence("en")
    assert str(refusal) == f"{refusal.sentence()}（E101）"


def test_長い事実や見えない文字は短く安全に見せる():
    sentence = UnreadableYear(text="\x1b[31m" + "年" * 200).sentence()
    assert "\x1b" not in sentence
    assert "年" * 80 not in sentence
    assert "…" in sentence


def test_事実の中の波括弧は文を壊さない():
    assert "「{text}{0}」" in UnreadableYear(text="{text}{0}").sentence()


def test_報告でないJSONは最初の問題と数を言う():
    refusal = NotAReport([("/a", "甲"), ("", "乙")])
    assert "2か所" in refusal.sentence()
    assert "「/a」" in refusal.sentence()
    assert refusal.problems == [("/a", "甲"), ("", "乙")]
    assert "「/」" in NotAReport([("", "乙")]).sentence()
