"""Wordings mean the same whatever number, width or mark they come with, and nothing where they are denied."""

import pytest

from sosei.core.wording import meaning, name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("追加等更に発展させる", "expand"),
        ("追加等さらに発展", "expand"),
        ("②事業の発展", "expand"),
        ("事業拡大", "expand"),
        ("事業内容の見直し（改善）", "revise"),
        ("改善し事業継続", "revise"),
        ("現状通り事業継続", "continue"),
        ("事業の継続", "continue"),
        ("事業中止・廃止", "discontinue"),
        ("予定通り事業終了", "end"),
        ("予定どおり事業終了", "end"),
        ("事業・期間の終了", "end"),
        ("検討します", None),
    ],
)
def test_今後の方針は番号でなく文言で合わせる(text: str, code: str | None) -> None:
    assert meaning("next_policy", text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("総合戦略のKPI達成に有効であった", "effective"),
        ("総合戦略のＫＰＩ達成に 有効とは言えない", "not_effective"),
        ("特に意見なし", None),
    ],
)
def test_有識者の評価は二値(text: str, code: str | None) -> None:
    assert meaning("expert_judgement", text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("本事業は地方創生に非常に効果的であった", "1"),
        ("地方創生に相当程度効果があった", "2"),
        ("地方創生に効果があった", "3"),
        ("地方創生に対して効果がなかった", "4"),
        ("非常に効果があった", "1"),
        ("○（予定どおり）", None),
    ],
)
def test_四段階の文言(text: str, code: str | None) -> None:
    assert meaning("grade", text) == code


@pytest.mark.parametrize(
    ("family", "text", "code"),
    [
        ("expert_judgement", "総合戦略のKPI達成に有効ではない", "not_effective"),
        ("expert_judgement", "有効であったとは言い難い", None),
        ("expert_judgement", "有効性は認められない", None),
        ("grade", "地方創生に対して効果はなかった", "4"),
        ("grade", "非常に効果的であったとは言えない", None),
        ("next_policy", "継続しない", None),
        ("reached", "達成できなかった", "no"),
        ("reached", "目標未達", "no"),
        ("reached", "達成とはならず", None),
        ("reached", "未完了", None),
        ("reached", "非達成", None),
        ("reached", "おおむね達成", None),
        ("reached", "達成率80％", None),
        ("reached", "達成見込み", None),
        ("reached", "達成率110％で目標達成", "yes"),
        ("reached", "目標を達成", "yes"),
    ],
)
def test_打ち消された文言は逆の意味に取らない(family: str, text: str, code: str | None) -> None:
    assert meaning(family, text) == code


def test_名前は日英にある() -> None:
    assert name("next_policy", "end") == "予定どおり事業終了"
    assert name("next_policy", "end", "en") == "end as planned"
