"""Rank schemes: data that hold together, ranks from the unrounded rate, and honest refusals."""

from decimal import Decimal

import pytest

from sosei.core.errors import BadSetting
from sosei.judging.methods import Figures, Plain
from sosei.judging.outcome import Rate, Reached, Refusal
from sosei.judging.ranks import Band, Rank, Scheme, faults, scheme, scheme_of, schemes


def rate(value: str) -> Rate:
    return Rate(Decimal(value), reached=Decimal(value) >= 1)


def figures(
    target: str, actual: str, baseline: str | None = None, falling: bool = False
) -> Figures:
    base = Decimal(baseline) if baseline else None
    return Figures(target=Decimal(target), actual=Decimal(actual), baseline=base, falling=falling)


ANY = figures("1", "1")


def test_六つ以上の体系があり出典がある() -> None:
    assert len(schemes()) >= 6
    assert all("DOMAIN §4" in s.source for s in schemes().values())
    assert all(s.name("ja") != s.name("en") for s in schemes().values())


@pytest.mark.parametrize(
    ("code", "value", "label"),
    [
        ("nagano", "1", "順調"),
        ("nagano", "0.8", "おおむね順調"),
        ("nagano", "0.7999", "努力を要する"),
        ("sano", "1.5", "7"),
        ("sano", "0.9", "6"),
        ("sano", "0.5", "2"),
        ("sano", "0.4999", "1"),
        ("manifesto", "0.8", "C"),
        ("manifesto", "0.79", "D"),
        ("suisan", "0.7", "改善計画は不要"),
        ("suisan", "0.69999", "改善計画が必要"),
        ("general", "1.2", "大きく上回る"),
    ],
)
def test_境は上の区分に入る(code: str, value: str, label: str) -> None:
    assert scheme(code).rank(ANY, rate(value)) == Rank(label) or scheme(code).rank(
        ANY, rate(value)
    ) == Rank(label, shown_as=scheme(code)._label(Decimal(value).quantize(Decimal("0.001"))))


def test_丸めると区分が変わるときは知らせる() -> None:
    assert scheme("suisan").rank(ANY, rate("0.6996")) == Rank(
        "改善計画が必要", shown_as="改善計画は不要"
    )
    assert scheme("suisan").rank(ANY, rate("0.6994")) == Rank("改善計画が必要")


def test_出典の隙間に落ちた率は階級をつけない() -> None:
    assert scheme("ofunato").rank(ANY, rate("0.9")) == Refusal("SCHEME_GAP")
    assert scheme("ofunato").rank(ANY, rate("0.7")) == Rank("B")
    assert scheme("ofunato").rank(ANY, rate("0.5")) == Rank("C")


@pytest.mark.parametrize(
    ("target", "actual", "baseline", "falling", "label"),
    [
        ("100", "101", "50", False, "S"),
        ("100", "100", "50", False, "A"),
        ("100", "51", "50", False, "A"),
        ("100", "50", "50", False, "B"),
        ("100", "45", "50", False, "B"),
        ("100", "44.9", "50", False, "C"),
        ("20", "19", "30", True, "S"),
        ("20", "29", "30", True, "A"),
        ("20", "33", "30", True, "B"),
        ("20", "34", "30", True, "C"),
        ("5", "3", "0", False, "A"),
    ],
)
def test_長与町は基準値との比べ(
    target: str, actual: str, baseline: str, falling: bool, label: str
) -> None:
    given = figures(target, actual, baseline, falling)
    assert scheme("nagayo").rank(given, Plain().judge(given)) == Rank(label)


def test_長与町は基準値がなければ断る() -> None:
    assert scheme("nagayo").rank(figures("100", "50"), rate("0.5")) == Refusal("NO_BASELINE")


def test_多摩市は年割りの目標で見る() -> None:
    given = Figures(target=Decimal(100), actual=Decimal(24), elapsed=2, planned=5)
    assert scheme("tama").rank(given, Plain().judge(given)) == Rank("概ね")
    assert scheme("tama").rank(ANY, rate("1")) == Refusal("NO_YEARS")


def test_達否だけの結果と断りはそのまま伝わる() -> None:
    nagano = scheme("nagano")
    assert nagano.rank(ANY, Reached(True, "ZERO_TARGET")) == Rank("順調")
    assert nagano.rank(ANY, Reached(False, "ZERO_TARGET")) == Refusal("ZERO_TARGET")
    assert nagano.rank(ANY, Refusal("COUNTING")) == Refusal("COUNTING")


@pytest.mark.parametrize(
    ("band", "held"),
    [
        (Band("全て"), "0 1 1.5 2 3"),
        (Band("以上未満", Decimal(1), Decimal(2)), "1 1.5"),
        (Band("以上以下", Decimal(1), Decimal(2), closed=True), "1 1.5 2"),
        (Band("超未満", Decimal(1), Decimal(2), open=True), "1.5"),
        (Band("未満", None, Decimal(2)), "0 1 1.5"),
        (Band("以上", Decimal(1)), "1 1.5 2 3"),
    ],
)
def test_区分の端はどちらかに入る(band: Band, held: str) -> None:
    assert " ".join(x for x in ("0", "1", "1.5", "2", "3") if band.holds(Decimal(x))) == held


def test_基準値ゼロからは増えたか減ったかだけを見る() -> None:
    nagayo = scheme("nagayo")
    for actual, label in [("3", "A"), ("0", "B"), ("-1", "C")]:
        given = figures("5", actual, "0")
        assert nagayo.rank(given, Plain().judge(given)) == Rank(label)
    for actual, label in [("3", "C"), ("0", "B"), ("-1", "A")]:
        given = figures("-5", actual, "0", falling=True)
        assert nagayo.rank(given, Plain().judge(given)) == Rank(label)


def test_負の基準値からの増減は大きさで割る() -> None:
    given = figures("100", "-108", "-100")
    assert scheme("nagayo").rank(given, Plain().judge(given)) == Rank("B")


def test_最上位のない体系は目標を超えても基準値と比べる() -> None:
    made = scheme_of("試験", table(("A", "0.5", None), ("B", None, "0.5"), basis="change"))
    assert made.rank(figures("10", "11", "10"), rate("1.1")) == Rank("B")


@pytest.mark.parametrize(("digits", "shown"), [(0, "おおむね順調"), (1, "おおむね順調"), (2, None)])
def test_丸めの注意は見せる桁による(digits: int, shown: str | None) -> None:
    given = scheme("nagano").rank(ANY, rate("0.7996"), digits)
    assert given == Rank("努力を要する", shown_as=shown)


def test_体系の名は言わなければ日本語() -> None:
    assert scheme("nagano").name() == "長野県 総合戦略"
    assert scheme("nagano").name("en") == "Nagano prefecture, comprehensive strategy"


def bands(*rows: tuple[str, str | None, str | None]) -> list[dict[str, str]]:
    return [
        {"label": n} | ({"from": a} if a else {}) | ({"to": b} if b else {}) for n, a, b in rows
    ]


def table(*rows: tuple[str, str | None, str | None], **more: object) -> dict[str, object]:
    return {
        "name": ["名", "name"],
        "source": "DOMAIN §4",
        "basis": "rate",
        "bands": bands(*rows),
        **more,
    }


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("A", "1", None), ("B", "0.7", "0.9"), ("C", None, "0.7")], "空いています"),
        ([("A", "0.9", None), ("B", None, "1")], "重なっています"),
        ([("A", "1", "2"), ("B", None, "1")], "上に区分がありません"),
        ([("A", "1", None), ("B", "0.5", "1")], "下に区分がありません"),
        ([], "区分がありません"),
    ],
)
def test_隙間と重なりは読み込むときに断る(
    rows: list[tuple[str, str | None, str | None]], said: str
) -> None:
    with pytest.raises(BadSetting) as refusal:
        scheme_of("試験", table(*rows))
    assert said in refusal.value.sentence()


def test_全ての問題を一度に言う() -> None:
    with pytest.raises(BadSetting) as refusal:
        scheme_of("試験", table(("A", "1", "2"), ("B", "0.5", "0.8")))
    for said in ("上に区分がありません", "空いています", "下に区分がありません"):
        assert said in refusal.value.sentence()


def test_境の両方が閉じているか開いていれば断る() -> None:
    assert faults((Band("A", least=Decimal(1)), Band("B", most=Decimal(1), closed=True))) == [
        "「A」と「B」の境（1）が重なっています"
    ]
    assert faults((Band("A", least=Decimal(1), open=True), Band("B", most=Decimal(1)))) == [
        "「A」と「B」の境（1）がどちらにも入りません"
    ]
    assert (
        faults((Band("A", least=Decimal(1), open=True), Band("B", most=Decimal(1), closed=True)))
        == []
    )


def test_断りは直すところを名で言う() -> None:
    def facts(**more: object) -> dict[str, object]:
        with pytest.raises(BadSetting) as refusal:
            scheme_of("試験", {**table(("A", "1", "2"), ("B", "0.5", "1")), **more})
        return refusal.value.facts

    assert facts() == {
        "name": "試験.bands",
        "value": 2,
        "hint": "「A」の上に区分がありません、「B」の下に区分がありません。",
    }
    assert facts(basis="気分") == {
        "name": "試験.basis",
        "value": "気分",
        "hint": "rate・pro_rata・change のどれかにしてください。",
    }
    assert facts(bands=bands(("A", "2", "1"))) == {
        "name": "試験.bands",
        "value": "A",
        "hint": "下の端が上の端より大きくなっています。",
    }
    with pytest.raises(BadSetting) as refusal:
        scheme("ない")
    assert refusal.value.facts["name"] == "scheme"
    assert refusal.value.facts["value"] == "ない"
    assert str(refusal.value.facts["hint"]).startswith("使えるのは nagayo・tama・")


def test_問題の文は区分を名指す() -> None:
    one, two = Decimal(1), Decimal(2)
    assert faults((Band("A", one, two), Band("B", Decimal("0.5"), Decimal("0.8")))) == [
        "「A」の上に区分がありません",
        "「A」と「B」の間（0.8～1）が空いています",
        "「B」の下に区分がありません",
    ]
    assert faults((Band("A", one), Band("B", None, two))) == ["「A」と「B」が重なっています"]
    assert faults((Band("A", one), Band("B"))) == ["「A」と「B」が重なっています"]
    assert faults((Band("A"), Band("B", None, one))) == ["「A」と「B」が重なっています"]
    assert faults((Band("A", one), Band("B", None, one))) == []
    assert faults(()) == []


def test_知らない体系と逆さの区分は断る() -> None:
    with pytest.raises(BadSetting, match="nagano"):
        scheme("ない")
    with pytest.raises(BadSetting, match="大きく"):
        scheme_of("試験", table(("A", "2", "1")))
    with pytest.raises(BadSetting, match="basis"):
        scheme_of("試験", table(("A", None, None), basis="気分"))


def test_隙間を自ら言う体系は通る() -> None:
    made = scheme_of("試験", table(("A", "1", None), ("B", None, "0.5"), gaps=True, cap="1"))
    assert isinstance(made, Scheme)
    assert (made.cap, made.gaps, made.top, made.none) == (1, True, None, None)
    told = scheme_of("試験", table(("A", None, None), top="S", none="－"))
    assert (told.cap, told.gaps, told.top, told.none) == (None, False, "S", "－")
    assert (told.code, told.ja, told.en, told.source) == ("試験", "名", "name", "DOMAIN §4")
