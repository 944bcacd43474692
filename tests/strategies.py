"""乱数の報告書. Random reports over the whole contract, for every property test.

`reports(size=n)` bounds every list to n entries; the parts are strategies of their own. What is drawn is what forms
must carry: no place, raw, sources or unread (a document's own), and no empty `ext` or `scales` under another name. Strategies are made once (`cache`): making
them again for every draw costs more than drawing.
"""

import os
from decimal import Decimal
from functools import cache
from typing import Any, get_args

from hypothesis import strategies as st

from sosei.core import report as r
from sosei.core.gaps import Gap
from sosei.core.report import (
    Body,
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.core.text import clean


def examples(usual: int, deep: int) -> int:
    """Return how many examples a long property test draws: as usual, or with DEEP set (`make deep`)."""
    return deep if os.environ.get("DEEP") else usual


#: Clean texts that break careless writers and readers.
AWKWARD = (
    "目標値", "実績値", "指標名", "事業の名称", "交付金名称", "備考", "実施内容", "年度", "合計", "評価", "担当課",
    "集計中", "未定", "－", "-", "―", "なし", "空欄", "0", "0.0", "00123", "-5", "△5", "1e5", "1,234", "12.50", "１２３",
    "38.5%", "100％", "TRUE", "NaN", "inf", "null", "None", "2021-04-01", "4/1", "R3", "令和3年度", "H30～R4", "R4~R6",
    "=1+1", "+81", "@SUM(A1)", "'apostrophe", "''", '"', '"quoted", "twice"', "a,b", "a;b", "a|b", "a\\b", "a\\n",
    "<b>太字</b>", "&amp;", "&#x3042;", "<!-- -->", "]]>", "{{x}}", "#let x = 1", "*強調*", "_x0041_", "$x$", "[1]", "%d",
    "①5人", "②", "㈱見本", "㍻", "Ⅳ", "（１）", "・", "・項目", "〇", "○", "※注", "「かぎ」", "A・B", "A、B", "A：B", "A／B",
    "～", "〜", "ー", "髙﨑", "辻󠄀", "葛󠄁城市", "𠮷野家", "👩‍👩‍👧", "é", "ｶﾞｷﾞ", "ㇷ゚", "가", "مرحبا", "a b", "見本 市",
    "６市", "委託料", "計画", "実績 集計中", "目標 5人", "5人", "18人（R3）", "1,000千円", "10,010 千円", "令和3年度 実績値 5",
)  # fmt: skip
UNITS = (
    "人",
    "社",
    "件",
    "千円",
    "人泊",
    "％",
    "%",
    "ポイント",
    "万人回",
    "円",
    "倍",
    "回/年",
    "km²",
    "目標値",
    "5人",
)
_PLAIN = st.text(
    "事業推進形成支援拠点地域人口関係移住観光企業数ア-ンAbc019 ・（）", min_size=1, max_size=12
)
_WILD = st.text(st.characters(codec="utf-8"), min_size=1, max_size=10)


@cache
def texts() -> st.SearchStrategy[str]:
    """Clean text: awkward, plain and wild."""
    drawn = st.one_of(_PLAIN, st.sampled_from(AWKWARD), _WILD)
    return drawn.map(clean).filter(bool)


@cache
def either(*options: str) -> st.SearchStrategy[str]:
    """One of these, or any text."""
    return st.one_of(st.sampled_from(options), texts())


@cache
def saids() -> st.SearchStrategy[Said]:
    """Words without raw and place."""
    return st.builds(Said, text=texts())


@cache
def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """None, more often than not something."""
    return st.one_of(st.none(), strategy)


@cache
def tuples(strategy: st.SearchStrategy[Any], size: int) -> st.SearchStrategy[tuple[Any, ...]]:
    """A tuple of none to `size` entries."""
    return st.lists(strategy, max_size=size).map(tuple)


@cache
def codes(kind: Any) -> st.SearchStrategy[str]:
    """One of the codes of a Literal."""
    return st.sampled_from(get_args(kind))


@cache
@st.composite
def numbers(draw: st.DrawFn) -> Decimal:
    """A number of at most 15 digits before and behind the point, signs and zeros included."""
    if draw(st.booleans()):
        return Decimal(draw(st.integers(-1000, 100_000)))
    digits = draw(st.integers(1, r.DIGITS))
    places = draw(st.integers(0, r.DIGITS))
    whole = draw(st.integers(-(10**digits) + 1, 10**digits - 1))
    return Decimal(whole).scaleb(-places)


@cache
def years() -> st.SearchStrategy[int]:
    """A fiscal year, oftener one of today's."""
    return st.one_of(st.integers(2013, 2030), st.integers(1926, 2100))


@cache
def _figures() -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(
        st.fixed_dictionaries({"number": numbers()}),
        st.fixed_dictionaries({"gap": st.sampled_from(Gap)}),
        st.fixed_dictionaries({"text": texts()}),
    )


@cache
@st.composite
def values(draw: st.DrawFn) -> Value:
    """A figure: number, gap or words, now and then with all that may be said of it."""
    main = draw(_figures())
    if draw(st.booleans()):
        return Value(**main)
    return Value(
        **main,
        op=draw(maybe(codes(r.Op))),
        unit=draw(maybe(either(*UNITS))),
        state=draw(maybe(codes(r.State))),
        as_of=draw(maybe(either("2022-03-31", "R4.3末"))),
        expected=draw(maybe(either("2022-06-30", "7月末"))),
        sure=draw(maybe(st.booleans())),
    )


@cache
def bodies() -> st.SearchStrategy[Body]:
    """A municipality; the code is any six digits, leading zeros too."""
    return st.builds(
        Body,
        name=either("見本市", "盛岡市", "青森市"),
        code=maybe(
            st.one_of(
                st.sampled_from(("032018", "012025")), st.from_regex(r"[0-9]{6}", fullmatch=True)
            )
        ),
        basis=maybe(codes(r.Basis)),
    )


@cache
def year_saids() -> st.SearchStrategy[Year]:
    """A fiscal year with its basis."""
    return st.builds(Year, year=years(), basis=codes(r.Basis))


@cache
def periods() -> st.SearchStrategy[PeriodSaid]:
    """A period in words, its years known or not, even contradicting the words."""
    raws = either("R3～R7年度", "H30～R4", "R4~", "未定")
    return st.builds(PeriodSaid, raw=raws, first=maybe(years()), last=maybe(years()))


@cache
def spendings() -> st.SearchStrategy[Spending]:
    """A line of money; zero is not blank."""
    return st.builds(
        Spending,
        label=maybe(saids()),
        yen=maybe(
            st.one_of(st.just(0), st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 99_999).map(lambda n: n * 1000))
        ),
        number=maybe(st.one_of(st.sampled_from(("①", "②", "(1)", "1")), texts())),
        kind=maybe(codes(r.SpendingKind)),
        role=maybe(codes(r.SpendingRole)),
        fiscal_year=maybe(years()),
        fund=maybe(saids()),
        shared_by=maybe(st.integers(1, 100)),
        unit=maybe(codes(r.MoneyUnit)),
        note=maybe(saids()),
    )  # fmt: skip


@cache
def year_points() -> st.SearchStrategy[YearPoint]:
    """What an indicator has for one year, down to nothing at all."""
    full = st.builds(
        YearPoint,
        fiscal_year=maybe(years()),
        label=maybe(texts()),
        due=maybe(either("2022-03", "R4.3")),
        target=maybe(values()),
        actual=maybe(values()),
        cumulative_actual=maybe(values()),
        rate=maybe(st.one_of(st.just(Said(text="105.3%")), saids())),
        rating=maybe(saids()),
    )
    usual = st.builds(YearPoint, fiscal_year=maybe(years()), target=maybe(values()), actual=maybe(values()))  # fmt: skip
    return st.one_of(usual, full)


@cache
def exts() -> st.SearchStrategy[dict[str, Any]]:
    """A JSON object that is not empty; its strings need not be clean."""
    scalars = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**53), 2**53),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(st.characters(codec="utf-8"), max_size=6),
    )
    json = st.recursive(
        scalars,
        lambda inner: st.one_of(
            st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=4), inner, max_size=2)
        ),
        max_leaves=4,
    )
    return st.dictionaries(texts(), json, min_size=1, max_size=2)


@cache
@st.composite
def indicators(draw: st.DrawFn, size: int = 3) -> Indicator:
    """A KPI: named or not, its years in any order."""
    usual = {
        "name": draw(maybe(saids())),
        "unit": draw(maybe(either(*UNITS))),
        "years": draw(tuples(year_points(), size)),
    }
    if draw(st.booleans()):
        return Indicator(**usual)
    return Indicator(
        **usual,
        id=draw(maybe(texts())),
        number=draw(maybe(texts())),
        parent=draw(maybe(saids())),
        definition=draw(maybe(saids())),
        statistic=draw(maybe(saids())),
        type=draw(maybe(codes(r.IndicatorType))),
        direction=draw(maybe(codes(r.Direction))),
        expression=draw(maybe(codes(r.Expression))),
        year_type=draw(maybe(codes(r.YearType))),
        count_kind=draw(maybe(codes(r.CountKind))),
        baseline=draw(maybe(values())),
        baseline_year=draw(maybe(years())),
        increase_total=draw(maybe(values())),
        rating=draw(maybe(saids())),
        note=draw(maybe(saids())),
        ext=draw(maybe(exts())),
    )


@cache
def verifications(size: int = 3) -> st.SearchStrategy[Verification]:
    """A verification; an empty one is none."""
    said = maybe(saids())
    return st.builds(
        Verification,
        body=said,
        date=maybe(either("2022-08-01")),
        grade=said,
        expert_judgement=said,
        expert_opinion=said,
        obstacle=said,
        countermeasure=said,
        next_policy=said,
        next_policy_reason=said,
        scales=st.dictionaries(texts(), saids(), max_size=size),
    )


@cache
@st.composite
def projects(draw: st.DrawFn, size: int = 3) -> Project:
    """A project, usual or with every field."""
    usual = {
        "kind": draw(codes(r.ProjectKind)),
        "grant": draw(maybe(saids())),
        "name": draw(maybe(saids())),
        "departments": draw(tuples(saids(), size)),
        "period": draw(maybe(periods())),
        "activities": draw(tuples(saids(), size)),
        "spending": draw(tuples(spendings(), size)),
        "indicators": draw(tuples(indicators(size), size)),
        "remarks": draw(tuples(saids(), size)),
    }
    if draw(st.booleans()):
        return Project(**usual)
    return Project(
        **usual,
        id=draw(maybe(texts())),
        number=draw(maybe(texts())),
        group=draw(tuples(saids(), size)),
        grant_type=draw(maybe(saids())),
        bodies=draw(tuples(bodies(), size)),
        fiscal_year=draw(maybe(year_saids())),
        verification=draw(maybe(verifications(size))),
        ext=draw(maybe(exts())),
    )


@cache
def reports(size: int = 3) -> st.SearchStrategy[Report]:
    """A whole report; every list holds at most `size` entries."""
    return st.builds(
        Report,
        projects=tuples(projects(size), size),
        title=maybe(saids()),
        chapter=maybe(saids()),
        bodies=tuples(bodies(), 2),
        fiscal_year=maybe(year_saids()),
        ext=maybe(exts()),
    )
