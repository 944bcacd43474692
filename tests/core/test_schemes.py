"""Grant schemes: which one words name, and when it was in force."""

import pytest

from sosei.core.schemes import holder_of, known_schemes, scheme_named


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


def _scheme(ident):
    return next(scheme for scheme in known_schemes() if scheme.id == ident)


@pytest.mark.parametrize(
    ("words", "scheme", "kind"),
    [
        ("地域活性化・地域住民生活等緊急支援交付金（地方創生先行型） タイプⅠ", "senkou", "type1"),
        ("地域活性化・地域住民生活等緊急支援交付金（地方創生先行型） タイプⅡ", "senkou", "type2"),
        ("地方創生推進交付金 横展開タイプ", "suishin", "yoko"),
        ("地方創生推進交付金（Society5.0タイプ）", "suishin", "society5"),
        ("デジタル田園都市国家構想交付金 地方創生推進タイプ 先駆型", "denen-suishin", "senku"),
        ("デジタル田園都市国家構想交付金（地方創生拠点整備タイプ）", "denen-kyoten", None),
        ("デジタル田園都市国家構想交付金 デジタル実装タイプ TYPE1", "denen-jissou", "type1"),
        ("デジタル田園都市国家構想交付金（デジタル実装タイプTYPE S）", "denen-jissou", "types"),
        ("新しい地方経済・生活環境創生交付金 拠点整備事業", "dai2sedai", "kyoten"),
        ("地域未来交付金（地域未来推進型）", "mirai", "suishin"),
        ("新型コロナウイルス感染症対応地方創生臨時交付金", "rinji", None),
        ("物価高騰対応重点支援地方創生臨時交付金", "bukka", None),
        ("地方創生整備推進交付金（道整備）", "seibi", "michi"),
        ("地方創生推進交付金", "suishin", None),
    ],
)
def test_制度の中の種類(words, scheme, kind):
    found = scheme_named(words, known_schemes())
    assert found is not None
    assert found.id == scheme
    named = found.type_named(words)
    assert (named.id if named else None) == kind


def test_名が変わっても前の制度をたどれる():
    ids = {scheme.id for scheme in known_schemes()}
    assert all(set(scheme.follows) <= ids for scheme in known_schemes())
    chain, at = [], "mirai"
    while _scheme(at).follows:
        at = _scheme(at).follows[0]
        chain.append(at)
    assert chain == ["dai2sedai", "denen-suishin", "suishin", "kasoku", "senkou"]


@pytest.mark.parametrize(
    ("scheme", "kind", "holder", "year", "per", "yen"),
    [
        ("suishin", "senku", "municipality", 2016, "project", 100_000_000),
        ("suishin", "senku", "municipality", 2017, "project", 200_000_000),
        ("suishin", "yoko", "prefecture", 2017, "project", 75_000_000),
        ("dai2sedai", "soft", "municipality", 2025, "year", 1_000_000_000),
        ("dai2sedai", "kyoten", "core", 2025, "year", 1_500_000_000),
    ],
)
def test_上限額は団体と年度と種類で決まる(scheme, kind, holder, year, per, yen):
    known = _scheme(scheme)
    named = next(each for each in known.types if each.id == kind)
    assert [(cap.per, cap.yen) for cap in known.caps_for(holder, year, named)] == [(per, yen)]


def test_知られていない上限はない():
    suishin = _scheme("suishin")
    senku = suishin.type_named("先駆")
    assert suishin.caps_for("municipality", 2021, senku) == ()
    assert suishin.caps_for("municipality", 2017, None) == ()
    assert suishin.caps_for("municipality", None, senku) == ()


def test_確かめていないことは規則にならない():
    assert _scheme("kasoku").rate is None
    assert _scheme("kasoku").unconfirmed == (("rate", "10/10"),)
    caps = [cap for scheme in known_schemes() for cap in scheme.caps]
    doubtful = [cap for cap in caps if not cap.confirmed]
    assert len(doubtful) == 5
    assert all(cap.source for cap in caps)


def test_上限額の種類はどれも制度にある():
    for scheme in known_schemes():
        kinds = {kind.id for kind in scheme.types}
        assert len(kinds) == len(scheme.types)
        assert all(set(limit.types) <= kinds for limit in (*scheme.caps, *scheme.counts))


@pytest.mark.parametrize(
    ("code", "holder"),
    [("030007", "prefecture"), ("032018", "municipality"), ("990001", "municipality")],
)
def test_団体の別はコードで分かる(code, holder):
    assert holder_of(code) == holder


def test_制度はそのまま鍵になる():
    assert len(set(known_schemes())) == len(known_schemes())
