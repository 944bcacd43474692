"""Wordings mean the same whatever number, width or mark they come with; criteria are data with validity."""

import pytest

from sosei.core.report import Project, Said
from sosei.core.schemes import known_schemes
from sosei.judging.criteria import criteria_of, generations, level_name
from sosei.judging.outcome import Refusal
from sosei.judging.wording import meaning, name


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
    assert [level_name(n) for n in (1, 2, 3, 4)] == [name("grade", str(n)) for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("grant", "year", "code"),
    [
        ("地域住民生活等緊急支援交付金（地方創生先行型）", 2015, "G1"),
        ("地方創生加速化交付金", 2016, "G2"),
        ("地方創生推進交付金", 2016, "G2"),
        ("地方創生推進交付金", 2022, "G2"),
        ("地方創生推進交付金", 2023, None),
        ("地方創生先行型", 2016, None),
        ("推進交付金", 2018, "G2"),
        ("デジタル田園都市国家構想交付金（地方創生推進タイプ）", 2023, None),
        ("地域活性化・地域住民生活等緊急支援交付金", 2015, None),
    ],
)
def test_世代は交付金と年度で決まる(grant: str, year: int, code: str | None) -> None:
    found = criteria_of(Project(grant=Said(text=grant)), year)
    assert (None if isinstance(found, Refusal) else found.code) == code


def test_交付金の種類の欄に書かれた制度でもよい() -> None:
    project = Project(grant=Said(text="地方創生関係交付金"), grant_type=Said(text="先行型"))
    found = criteria_of(project, 2015)
    assert not isinstance(found, Refusal)
    assert found.code == "G1"


def test_制度の名指す世代はどれもある() -> None:
    named = {scheme.criteria for scheme in known_schemes() if scheme.criteria}
    assert named == {criteria.code for criteria in generations()}


def test_知られた世代は二つだけで出典がある() -> None:
    assert [g.code for g in generations()] == ["G1", "G2"]
    assert all("DOMAIN §3.1" in g.source and g.ja != g.en for g in generations())
