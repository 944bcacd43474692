"""不在の理由: marks and words that stand where a figure should, and words that are results after all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.gaps import Gap, read_gap

MARKS = {
    Gap.COUNTING: ["集計中", "（集計中）", "集 計 中", "※集計中", "集計中※1", "未公表", "未公表等", "調査中", "未集計", "公表前", "集計中（R5.9公表予定）", "集計中。", "未確定", "Being counted"],
    Gap.UNDECIDED: ["未定", "検討中", "調整中", "未設定", "【未定】", "TBD", "undecided"],
    Gap.NOT_APPLICABLE: ["該当なし", "非該当", "対象外", "N/A", "該当 なし", "設定なし", "Not applicable", "n/a"],
    Gap.NOT_MEASURABLE: ["測定不能", "把握不能", "把握できない", "評価困難", "不明", "データなし", "算出不可", "not measurable"],
    Gap.DASH: ["-", "－", "−", "―", "—", "─", "ー", "–", "‐", "--", "－－", "(-)", "（－）", "…", "……", "・・・", "...", "～", " － ", "/", "― 件/年", "－人", "－％", "＼", "‥"],
    Gap.BLANK: ["", " ", "\u3000", "\n", "\t \u3000", "\u200b", "\u00a0", "\ufeff", " " * 60],
}  # fmt: skip


@pytest.mark.parametrize(
    ("gap", "text"), [(gap, text) for gap, texts in MARKS.items() for text in texts]
)
def test_値のない理由を読む(gap: Gap, text: str):
    assert read_gap(text) is gap


@pytest.mark.parametrize(
    "text", ["0", "０", "ゼロ", "なし", "皆無", "設置", "〃", "同", "10", "-5", "△", "▲", "集計中の10人", "未定稿", "-a", "○", "×", "S", "・", "(", "全員取得", "あ" * 61, " " * 61, "-----", "・・", "....", "ーX"],
)  # fmt: skip
def test_数や言葉は不在ではない(text: str):
    assert read_gap(text) is None


@given(st.text(max_size=80))
def test_どんな文字列にも答える(text: str):
    gap = read_gap(text)
    assert (gap is Gap.BLANK) == (
        not text.replace("\u200b", "").replace("\ufeff", "").strip()
    ) or len(text) > 60


def test_理由の符号は契約のとおり():
    assert [gap.value for gap in Gap] == [
        "counting", "undecided", "not_applicable", "not_measurable", "dash", "blank",
    ]  # fmt: skip
