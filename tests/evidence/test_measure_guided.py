"""欄で書く条件: what can be said in rows says the same again; nothing is lost on the way."""

from hypothesis import given
from measuring import conditions, paths

from sosei.evidence.measures.guided import Line, condition, lines, path_code, path_of
from sosei.evidence.measures.model import All, Either, Known, Not, Path

A, B, C = (Known(Path(name)) for name in "abc")


@given(conditions())
def test_行で言える条件は行から同じ条件に戻る(of) -> None:
    said = lines(of)
    assert said is None or condition(said) == of


@given(paths())
def test_項目は選択肢から同じ項目に戻る(path: Path) -> None:
    assert path_of(path_code(path)) == path


def test_かつはまたはより強く結ぶ() -> None:
    said = [Line(A), Line(B, joined="or"), Line(C, negated=True)]
    assert condition(said) == Either((A, All((B, Not(C)))))
    assert [line.joined for line in lines(Either((A, All((B, Not(C)))))) or ()] == ["or", "or", "and"]  # fmt: skip


def test_括弧のいる条件は行では言えない() -> None:
    assert lines(All((A, Either((B, C))))) is None
    assert lines(Not(All((A, B)))) is None
    assert lines(Not(Not(A))) is None
    assert lines(None) == ()
    assert condition([]) is None
