"""Criteria are data with validity: which generation holds for which grant in which year."""

import pytest

from sosei.core.report import Project, Said
from sosei.core.schemes import known_schemes
from sosei.core.wording import name
from sosei.judging.criteria import criteria_of, generations, level_name
from sosei.judging.outcome import Refusal


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


def test_段階の名は文言の名と同じ() -> None:
    assert [level_name(n) for n in (1, 2, 3, 4)] == [name("grade", str(n)) for n in (1, 2, 3, 4)]
