"""The seed's own form: what it carries comes back from arbitrary reports, and ordinary ones need no references."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import strategies
from sosei.core import codec
from sosei.core.gaps import Gap
from sosei.core.report import (
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Year,
    YearPoint,
    all_fields,
    bare,
    restrict,
)
from sosei.publishing.forms import text
from sosei.publishing.forms.textink import can_refer, words
from sosei.reading import read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def carried(report: Report) -> Report:
    return restrict(bare(report), text.CARRIES)


def back(report: Report) -> Report:
    return carried(read(text.write(report), "report.txt"))


def lines(report: Report) -> list[str]:
    return text.write(report).decode().splitlines()


def one(**parts: object) -> Report:
    return Report(projects=(Project(**{"name": Said(text="見本事業"), **parts}),))


@given(report=strategies.reports(2))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_書いて読めば同じ報告書(report: Report):
    assert back(report) == carried(report)


@pytest.mark.slow
@given(report=strategies.reports(3))
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
def test_書いて読めば同じ報告書_五百例(report: Report):
    assert back(report) == carried(report)


def test_運ぶ項目は契約にある項目():
    assert text.CARRIES - all_fields() == set()
    assert {"Project.departments", "Spending.number", "YearPoint.target"} <= text.CARRIES
    assert "Verification.grade" not in text.CARRIES


@pytest.mark.parametrize("file", ["morioka/report.txt", "mihon/report.json"])
def test_見本は参照文字なしで書ける(file: str):
    path = EXAMPLES / file
    report = read(path.read_bytes(), path.name)
    written = text.write(report).decode()
    assert written.count("&#x") == written.count("&#x20;")
    assert back(report) == carried(report)


def test_様式は元の報告書と同じ並び():
    path = EXAMPLES / "morioka" / "report.txt"
    report = read(path.read_bytes(), path.name)
    out = lines(report)
    assert out[0] == "【地方創生関連交付金等を活用した事業】"
    assert out[2] == "交付金名称\t地方創生推進交付金\t\t"
    assert out[3] == "事業の名称\t実施内容\t実績（KPI等）\t備考"
    name, activities, measures, remarks = out[4].split("\t")
    assert name == "成長分野拠点形成支援事業（ものづくり推進課）"
    assert activities.endswith(
        "<p>① 盛岡市クラスター活動支援業務委託 10,010 千円 ② 盛岡ヘルスケア産業協議会負担金 1,333 千円 "
        "② 盛岡市医療福祉機器等販路開拓支援事業補助金 17,662 千円</p>"
    )
    assert measures.split("</p> <p>")[1] == "TOLIC 会員ものづくり企業数 33 社"
    assert remarks == "実施期間 R1～R3 年度"
    assert "(参考) 令和4年度活用事業" in out
    assert not any("令和3年度" in line for line in out), "the year that was inferred is not printed"


@pytest.mark.parametrize(
    "name",
    ["目標値", "①5人", "集計中", "1e5", "=1+1", "<b>太字</b>", "&amp;", "&", '"', "※注", "拠点 形成", "A（観光課）",
     "（名称なし）", "18 人", "名称 18 人", "目標 5人", "交付金名称", "実績（KPI等）", "合計", "－", "令和3年度", "A ／ B"],
)  # fmt: skip
def test_どんな名前も生き残る(name: str):
    said = Said(text=name)
    report = one(
        name=said,
        grant=said,
        departments=(said, Said(text="観光課")),
        activities=(said,),
        remarks=(said,),
        spending=(Spending(label=said, yen=1000, number=name), Spending(label=said, yen=None)),
        indicators=(
            Indicator(name=said, number=name, unit=name, note=said, years=(YearPoint(rate=said),)),
            Indicator(name=said, years=(YearPoint(actual=Value(text=name)),)),
        ),
    )
    assert back(replace(report, title=said)) == carried(replace(report, title=said))


def test_実績だけなら名前と数だけの行():
    point = YearPoint(actual=Value(number=Decimal(1234)))
    report = one(indicators=(Indicator(name=Said(text="参加者数"), unit="人", years=(point,)),))
    assert "\t<p>参加者数 1,234 人</p>\t" in text.write(report).decode()


def test_複数年は斜線で区切る():
    years = tuple(
        YearPoint(fiscal_year=y, target=Value(number=Decimal(n)), actual=actual)
        for y, n, actual in [
            (2021, 10, Value(number=Decimal(0))),
            (2022, 20, Value(gap=Gap.COUNTING)),
        ]
    )
    report = one(indicators=(Indicator(name=Said(text="回数"), unit="回", years=years),))
    assert (
        "<p>回数 令和3年度 目標 10回 実績 0回 ／ 令和4年度 目標 20回 実績 集計中</p>"
        in text.write(report).decode()
    )


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_何も言わない年も数のうち(count: int):
    report = one(indicators=(Indicator(name=Said(text="回数"), years=(YearPoint(),) * count),))
    assert back(report) == carried(report)


def test_空欄と零と印は別のもの():
    values = (Value(number=Decimal(0)), Value(gap=Gap.BLANK), Value(gap=Gap.DASH))
    report = one(
        indicators=tuple(
            Indicator(name=Said(text="件数"), unit=None, years=(YearPoint(actual=v),))
            for v in values
        )
    )
    got = [i.years[0].actual for i in back(report).projects[0].indicators]
    assert got == list(values)


def test_年度の書き方は報告書の年で変わる():
    plan = Project(name=Said(text="計画事業"), kind="plan", fiscal_year=Year(year=2022))
    done = Project(name=Said(text="実施事業"))
    inferred = Report(projects=(done, plan), fiscal_year=Year(year=2021, basis="inferred"))
    printed = Report(projects=(done, plan), fiscal_year=Year(year=2021))
    unknown = Report(projects=(done, plan))
    assert "令和3年度" not in lines(inferred)
    assert "令和3年度" in lines(printed)
    assert "(参考) 令和4年度活用事業" in lines(printed)
    assert not any(line.startswith("(参考)") for line in lines(unknown))
    for report in (inferred, printed, unknown):
        assert back(report) == carried(report)


def test_表題に年があっても年度は取り違えない():
    for year in (None, Year(year=2022), Year(year=2020), Year(year=2022, basis="inferred")):
        report = Report(title=Said(text="令和4年度の実績"), fiscal_year=year)
        assert back(report) == carried(report)


def test_金額は印刷時の単位で():
    costs = (Spending(label=Said(text="業務委託"), yen=10_010_000, number="①", unit="千円"),
             Spending(label=Said(text="返還金"), yen=-1_500, number="②", unit="千円"))  # fmt: skip
    written = text.write(one(spending=costs)).decode()
    assert "<p>① 業務委託 10,010 千円 ② 返還金 △1.5 千円</p>" in written
    assert [s.yen for s in back(one(spending=costs)).projects[0].spending] == [10_010_000, -1_500]


def test_期間は書かれたまま():
    report = one(period=PeriodSaid(raw="R4~R6", first=2022, last=2024))
    assert lines(report)[-1].endswith("\t実施期間 R4~R6")
    assert read(text.write(report), "x.txt").projects[0].period.first == 2022


def test_同じ報告書は同じバイト列():
    report = codec.loads((EXAMPLES / "mihon" / "report.json").read_text("utf-8"))
    assert text.write(report) == text.write(report, lang="en")


def test_参照文字の場所は参照文字の全体を覆う():
    data = text.write(one(remarks=(Said(text="※注"), Said(text="実施期間 R3"))))
    remark = read(data, "x.txt").projects[0].remarks[1]
    assert remark.text == "実施期間 R3"
    start, end = remark.place[0].start, remark.place[-1].end
    assert data.decode()[start:end] == "実施期間&#x20;R3"


def test_参照は必要な分だけ():
    assert words("R&D と A<b", 0).written() == "R&#x26;D と A&#x3C;b"
    assert words("三市 5人", 1).written() == "三市&#x20;5人"
    assert words("三市 5人", 2).written() == "&#x4E09;市&#x20;&#x35;人"
    assert not can_refer("\U0001fffe")
    assert words("\U0001fffe", 3).written() == "\U0001fffe"
