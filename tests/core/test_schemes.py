"""Grant schemes: which one words name, and when it was in force."""

import pytest

from sosei.core.schemes import known_schemes, scheme_named


@pytest.mark.parametrize(
    ("words", "scheme"),
    [
        ("地方創生推進交付金", "suishin"),
        ("デジタル田園都市国家構想交付金（地方創生推進タイプ）", "denen-suishin"),
        ("デジタル田園都市国家構想交付金", "denen"),
        ("地域活性化・地域住民生活等緊急支援交付金（地方創生先行型）", "senkou"),
        ("第２世代交付金", "dai2sedai"),
        ("社会資本整備総合交付金", None),
    ],
)
def test_制度の名(words, scheme):
    found = scheme_named(words, known_schemes())
    assert (found.id if found else None) == scheme


def test_制度は出典と期間を持つ():
    schemes = known_schemes()
    assert len({scheme.id for scheme in schemes}) == len(schemes)
    assert all(scheme.source and scheme.names for scheme in schemes)
    suishin = next(scheme for scheme in schemes if scheme.id == "suishin")
    assert [suishin.in_force(year) for year in (2015, 2016, 2022, 2023, None)] == [
        False,
        True,
        True,
        False,
        False,
    ]
