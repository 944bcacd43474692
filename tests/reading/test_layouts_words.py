"""The words of headers, labels, names and lines, one by one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sosei.core.report import Place, Said, Value
from sosei.reading import vocabulary
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.amounts import amount_of, line_of, money_unit
from sosei.reading.layouts.strangers.drafts import IndicatorDraft
from sosei.reading.layouts.strangers.headings import understand
from sosei.reading.layouts.strangers.lists import indicator_of
from sosei.reading.layouts.strangers.names import (
    departments,
    indicator_name,
    project_name,
    subtitled,
    with_amount,
)
from sosei.reading.layouts.strangers.proofs import prove
from sosei.reading.layouts.strangers.prose import indicators_of
from sosei.reading.layouts.strangers.scales import common_unit, fitted
from sosei.reading.layouts.strangers.values import read_cell, year_in, years_of


def words(text: str) -> Words:
    return Words.at(text, Place(start=0, end=len(text)), exact=True)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("重要業績評価指標（KPI）", "indicator"),
        ("めざす姿の成果指標名", "indicator"),
        ("交付対象事業の名称", "project"),
        ("指標値", "target"),
        ("５ヵ年目標", "target"),
        ("本事業終了後における実績値", "actual"),
        ("事業開始前（現時点）", "baseline"),
        ("現状値", "current"),
        ("KPI増加分の累計", "increase_total"),
        ("目標年月", "due"),
        ("進捗率（B）/（A）", "rate"),
        ("事業効果", "grade"),
        ("外部有識者からの意見", "expert_opinion"),
        ("今後の方針の理由", "next_policy_reason"),
        ("担当部局庁", "department"),
        ("担当課長名", "skip"),
        ("前年度比", "skip"),
        ("不用額", "money"),
        ("県支出金", "fund"),
        ("シティセールス事業の推進", None),
        ("観光入込客数", None),
    ],
)
def test_見出しの役割(text: str, role: str | None) -> None:
    assert understand(text).role == role


@pytest.mark.parametrize(
    ("text", "role", "year", "label"),
    [
        ("平成28年度目標値", "target", 2016, None),
        ("H30実績値（累計）", "actual", 2018, None),
        ("目標（平成31年度）", "target", 2019, None),
        ("平成28年\n（現状値）", "current", 2016, None),
        ("中間年度の目標 2014年（数値は平成25年度末）", "target", 2013, None),
        ("数値目標（H27～H31）", "target", 2019, None),
        ("平成29年度増加分（2年目）", "target", 2017, None),
        ("長期的目標値", "target", None, "長期的目標値"),
        ("初年度", None, None, "初年度"),
        ("平成15年9月30日現在", "current", 2003, "平成15年9月30日現在"),
        ("平成15年末見込", "forecast", 2003, "平成15年末見込"),
        ("27年度", None, 2015, None),
    ],
)
def test_役割と年を重ねた見出し(
    text: str, role: str | None, year: int | None, label: str | None
) -> None:
    heading = understand(text, near=2018)
    assert (heading.role, heading.year, heading.label) == (role, year, label)


def test_見出しの単位() -> None:
    assert understand("決算額（千円）").unit == "千円"
    assert understand("実績額\n（単位：円）").unit == "円"
    assert understand("評価（A〜D）").unit is None


def test_上の見出しは下の見出しの年になる() -> None:
    joined = understand("目標値").under(understand("平成28年度"))
    assert (joined.role, joined.year) == ("target", 2016)
    assert understand("年度").under(understand("基準値")).role == "when"


def test_一つの語は一つの意味() -> None:
    table = vocabulary._table()
    seen: dict[str, str] = {}
    for section in ("exact", "ending"):
        for role, wordings in table[section].items():
            for wording in wordings:
                folded = vocabulary.key(wording)
                assert seen.setdefault(folded, role) == role, wording


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("増加を目指す", "up"),
        ("減少を目指す", "down"),
        ("↗", "up"),
        ("維持", "keep"),
        ("その他", None),
    ],
)
def test_方向(text: str, direction: str | None) -> None:
    assert vocabulary.direction_of(text) == direction


def test_名称から番号と単位と課名を分ける() -> None:
    name = indicator_name(words("①マガキ出荷数量（単位：トン）"))
    assert (name.number, name.said and name.said.text, name.unit) == ("①", "マガキ出荷数量", "トン")
    assert indicator_name(words("観光客入込数（年間）")).unit is None
    project = project_name(words("2　成長分野拠点 形成支援事業（ものづくり 推進課）"))
    assert (project.number, project.said and project.said.text) == ("2", "成長分野拠点形成支援事業")
    assert len(project.departments) == 1
    assert (said := project_name(words("B-1グランプリ開催事業")).said)
    assert said.text == "B-1グランプリ開催事業"


def test_課名は課ごとに分け一つの課は分けない() -> None:
    assert [s.text for s in departments(words("都市戦略室・経済企画課"))] == [
        "都市戦略室",
        "経済企画課",
    ]
    assert [s.text for s in departments(words("企画・財政課"))] == ["企画・財政課"]


def test_名称の括弧の金額と副題() -> None:
    plain, amount = with_amount(words("人材育成支援事業（予算額（事業費）1920千円）"))
    spent = line_of(amount)
    assert plain.text == "人材育成支援事業"
    assert spent is not None
    assert spent.yen == 1_920_000
    name = subtitled(Said(text="安全・安心 ～安心して暮らせるまち～"))
    assert name is not None
    assert name.text == "安全・安心"


@pytest.mark.parametrize(
    ("text", "number", "unit", "year"),
    [
        ("一般職員数 15人削減", "15", "人", None),
        ("24,672平方メートル（※）", "24672", "平方メートル", None),
        ("15人（H26）", "15", "人", 2014),
        ("累計 515件（うちH28年度 255件）", "515", "件", None),
        ("95万9千人", "959000", "人", None),
    ],
)
def test_数のまわりの言葉(text: str, number: str, unit: str, year: int | None) -> None:
    reading = read_cell(words(text))
    assert (reading.value.number, reading.value.unit, reading.year) == (Decimal(number), unit, year)


def test_言葉の値は言葉のまま() -> None:
    assert read_cell(words("現状維持以上")).value.text == "現状維持以上"
    reading = read_cell(words("累計 515件（うちH28年度 255件）"))
    assert reading.running
    assert reading.second is not None
    assert reading.second.number == 255


def test_括弧の中が年だけならその値の年() -> None:
    assert year_in("H27～H30") == 2018
    assert year_in("うちH28年度 255人") is None
    assert years_of("2014") == [2014]
    assert years_of("12,014") == []


def test_矢印と文と括弧書きの箇条書き() -> None:
    arrow = indicator_of(words("①婚姻率：5.5‰（平成25年）→5.9‰（平成31年）"), None)
    assert arrow is not None
    assert [(f.role, f.value and f.value.number, f.year) for f in arrow.facts] == [
        ("baseline", Decimal("5.5"), 2013),
        ("target", Decimal("5.9"), 2019),
    ]
    told = indicator_of(words("③耐震改修率を0%（H22）から100%（H24）に増加させる。"), None)
    assert told is not None
    assert told.name is not None
    assert told.name.text == "耐震改修率"
    marked = indicator_of(words("・移住者数　12人（目標：10人、達成率120%）"), None)
    assert marked is not None
    assert {f.role for f in marked.facts} == {"actual", "target", "rate"}


@pytest.mark.parametrize(
    "text",
    [
        "基本目標1　稼ぐ地域をつくる",
        "数値目標を定め、実績を毎年度検証する。",
        "平成22年は662万人、平成23年は543万人だった。",
        "リサイクル率＝資源ごみ排出量÷総排出量",
        "令和2年度の行政改革取組状況について",
    ],
)
def test_指標でない行を指標にしない(text: str) -> None:
    assert indicator_of(words(text), None) is None
    assert indicators_of(words(text), None) == []


def test_文章の目標と実績() -> None:
    found = indicators_of(
        words("観光消費額が2600億円に対して1349億円、雪害による死亡者数がゼロに対して12人など。"),
        None,
    )
    numbers = [[f.value.number for f in draft.facts if f.value] for draft in found]
    assert numbers == [[2600, 1349], [0, 12]]


def test_単位のない金額は円にしない() -> None:
    assert (spent := amount_of(words("1,234"), None)) is not None
    assert spent.yen is None
    assert (known := amount_of(words("1,234"), None, unit="千円")) is not None
    assert known.yen == 1_234_000
    assert money_unit("（単位：百万円）") == "百万円"


def test_六市合計の金額は団体数を持つ() -> None:
    spent = line_of(words("○プロモーション業務委託　40,000千円（6市合計）"))
    assert spent is not None
    assert (spent.yen, spent.shared_by, spent.kind) == (40_000_000, 6, "commission")


def test_万人と人が混じれば人にそろえる() -> None:
    whole, scaled = (
        Value(number=Decimal(959000), unit="人"),
        Value(number=Decimal(108), unit="万人"),
    )
    unit = common_unit([("baseline", whole), ("target", scaled)])
    assert unit == "人"
    assert fitted(scaled, unit).number == 1_080_000


def test_達成率が合うときだけ確か() -> None:
    draft = IndicatorDraft(unit="人")
    draft.add("target", Value(number=Decimal(9000)))
    draft.add("actual", Value(number=Decimal(8450)))
    draft.add("rate", said=Said(text="93.9%"))
    prove(draft, "人")
    assert [f.value.sure for f in draft.facts if f.value] == [True, True]
    wrong = IndicatorDraft(unit="人")
    wrong.add("target", Value(number=Decimal(9000)))
    wrong.add("actual", Value(number=Decimal(8450)))
    wrong.add("rate", said=Said(text="95.0%"))
    prove(wrong, "人")
    assert [f.value.sure for f in wrong.facts if f.value] == [None, None]
