"""紙からの往復. What a person sees on the printed pages is enough to have the report again, by reading the PDF."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosei.core.gaps import Gap
from sosei.core.report import (
    Indicator,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Verification,
    YearPoint,
    bare,
    restrict,
)
from sosei.core.text import clean
from sosei.publishing.forms import html, pdf
from sosei.reading import read
from strategies import AWKWARD, examples, reports

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted(
    {
        path.parent: path for path in (ROOT.parent / "shared" / "cases").glob("case*/input.*")
    }.values()
)
SETTINGS = settings(deadline=None, suppress_health_check=list(HealthCheck))
WORDS = (
    "見本市", "商工課", "関係人口", "の", "に", "推進", "事業", "10,000", "5人", "38.5％", "KPI", "移住者数", "（", "）", "「地域」",
    "・", "、", "。", "令和3年度", "R4", "English", "words", "a-b", "https://example.invalid/a-b?x=1", "支", "成", "長", "ー",
    "～", "〜", "ｶﾞｽ", "１２３", "①",
)  # fmt: skip
#: Texts longer than a line of any column, with spaces in them or none.
LONG = st.builds(
    lambda words, between: clean(between.join(words)),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=40),
    st.sampled_from(["", " "]),
).filter(bool)


def again(report: Report, lang: str = "ja") -> Report:
    return restrict(bare(read(pdf.write(report, lang=lang), "x.pdf")), pdf.CARRIES)  # type: ignore[arg-type]


def carried(report: Report) -> Report:
    return restrict(bare(report), pdf.CARRIES)


def said(text: str) -> Said:
    return Said(text=text)


def named(*names: str) -> Report:
    return Report(projects=tuple(Project(name=said(name)) for name in names))


@pytest.mark.slow
@settings(SETTINGS, max_examples=examples(25, 500))
@given(reports())
def test_印刷物は読み戻すと同じ報告になる(report):
    assert again(report) == carried(report)


@settings(SETTINGS, max_examples=examples(10, 200))
@given(reports())
def test_英語の印刷物も読み戻すと同じ報告になる(report):
    assert again(report, "en") == carried(report)


@settings(SETTINGS, max_examples=examples(10, 300))
@given(st.lists(LONG, min_size=6, max_size=24))
def test_長い言葉はどの欄でどう折られても元のまま(texts):
    saids = tuple(map(said, texts))
    years = tuple(YearPoint(label=t, target=Value(text=t), rate=said(t)) for t in texts[:6])
    one = Project(
        name=saids[0],
        activities=saids,
        remarks=saids[:5],
        spending=tuple(Spending(label=s, yen=1, fund=s, note=t) for s, t in pairwise(saids)),
        indicators=(Indicator(name=saids[1], note=saids[2], definition=saids[3], years=years),),
        verification=Verification(
            obstacle=saids[4], scales=dict(zip(texts, saids[::-1], strict=True))
        ),
    )
    assert again(Report(projects=(one,))) == carried(Report(projects=(one,)))


@pytest.mark.parametrize("file", ["morioka/report.txt", "mihon/report.json"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_見本は読み戻すと同じ報告になる(file: str, lang: str):
    path = ROOT / "examples" / file
    report = read(path.read_bytes(), path.name)
    assert again(report, lang) == carried(report)


@pytest.mark.skipif(not CASES, reason="no ../shared/cases here")
def test_よその報告書も刷って読み戻すと同じになる():
    for path in CASES:
        report = read(path.read_bytes(), path.name)
        assert again(report) == carried(report), path.parent.name


def test_ややこしい言葉も元のまま():
    report = Report(
        projects=tuple(
            Project(
                name=said(t),
                grant=said(t),
                activities=(said(t), said("①二"), said(t)),
                remarks=(said(t),),
                indicators=(
                    Indicator(name=said(t), unit=t, years=(YearPoint(actual=Value(text=t)),)),
                ),
            )
            for t in AWKWARD
        )
    )
    assert again(report) == carried(report)


@pytest.mark.parametrize(
    "name",
    ["（名称なし）", "／", "No. 1", "・項目", "・ 項目", "•項目", "⏎", "〔U+5275〕", "※時点：7月末", "報告書の項目", "経費", "（"],
)  # fmt: skip
def test_紙の決まりと同じ言葉も紛れない(name: str):
    one = Project(
        name=said(name),
        grant=said(name),
        departments=(said(name), said(name)),
        activities=(said(name),),
        remarks=(said(name), said(name)),
        spending=(Spending(label=said(name), yen=None, number=name),),
        indicators=(Indicator(name=said(name), unit=name, baseline=Value(text=name)), Indicator()),
    )
    report = Report(title=said(name), projects=(one, Project(), one))
    assert again(report) == carried(report)


@pytest.mark.parametrize(
    "text",
    ["森 林", "一 二 三", "A地ンA支 成", "会 長R 5 年", "R3〜R5 ～ R7 〜 5", "长 R5 年", "――", "ﾃﾞｰﾀの ﾊﾟ、", "5ﾞ ﾞ 5", "▲5", "-5", "辻󠄀 の"],
)  # fmt: skip
def test_空きと字形の変わった言葉も元のまま(text: str):
    point = YearPoint(rate=said(text), target=Value(text=text), rating=said(text))
    one = Project(
        activities=(said(text), said(f"域点口成係{text}進住")),
        indicators=(Indicator(name=said(text), years=(point,)),),
        spending=(Spending(label=said(text), note=said("長い話" * 20), fund=said(text), yen=-5),),
    )
    report = Report(title=said(text), projects=(one,))
    assert again(report) == carried(report)


def test_頁をまたぐ票と表と一覧は一つに戻る():
    long = tuple(
        said(f"{n}番目の取組では、市内の事業者と商品を開発し、販路を広げた。") for n in range(90)
    )
    years = tuple(
        YearPoint(fiscal_year=y, target=Value(number=Decimal(y)), actual=Value(gap=Gap.COUNTING))
        for y in range(2001, 2031)
    )
    kpis = tuple(Indicator(name=said(f"指標{n}"), years=years) for n in range(3))
    costs = tuple(Spending(label=said(f"費目{n}"), yen=n) for n in range(70))
    one = Project(name=said("長い事業"), activities=long, remarks=long[:40], indicators=kpis, spending=costs)  # fmt: skip
    report = Report(projects=(one, *named("次", "次").projects, one))
    assert again(report) == carried(report)


@pytest.mark.parametrize("above", range(14, 26))
def test_頁のどこから始まる票も前の票と一つにならない(above: int):
    report = Report(
        projects=(Project(activities=tuple(said(f"取組{n}") for n in range(above))), Project(), Project())
    )  # fmt: skip
    assert again(report) == carried(report)


def test_長い語は折られても空きが入らず減りもしない():
    text = "https://example.invalid/" + "abc-" * 60 + "end"
    spaced = "見本市 商工課 English words go on and on " * 8
    one = Project(name=said(text), activities=(said(spaced.strip()),), remarks=(said("「" * 60),))
    report = Report(projects=(one,))
    assert again(report) == carried(report)


def test_運ぶ項目はウェブページと同じ():
    assert pdf.CARRIES == html.CARRIES


def test_ファイルに報告のデータは埋め込まれていない():
    data = pdf.write(named("成長分野の拠点形成"))
    for mark in (b"/EmbeddedFile", b"/AF", b"/FileAttachment"):
        assert mark not in data
    assert "成長分野の拠点形成".encode() not in data
