"""正誤表の検査. What an official would print when an edition is corrected."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from sosei.core.codec import loads
from sosei.core.report import Indicator, Project, Report, Said, Spending, Value, Year, YearPoint
from sosei.ledger.difference import errata
from sosei.ledger.difference.errata import excerpts

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def lines(before, after):
    return [(e.where_ja, e.wrong_ja, e.right_ja) for e in errata(before, after)]


def report(*projects):
    return Report(projects=projects, fiscal_year=Year(year=2021))


def n(number, **more):
    return Value(number=Decimal(number), **more)


def project(actual, **more):
    point = YearPoint(fiscal_year=2021, target=n(30), actual=actual)
    indicator = Indicator(name=Said(text="参加企業数"), unit="社", years=(point,))
    return Project(**{"name": Said(text="マルチモノ事業"), "indicators": (indicator,), **more})


def test_直した値を箇所と誤と正で言う():
    before, after = report(project(n(33))), report(project(n(35, state="final")))
    (line,) = errata(before, after)
    assert (line.where_ja, line.wrong_ja, line.right_ja) == (
        "マルチモノ事業 ＞ 参加企業数 ＞ 令和3年度 実績値", "33社", "35社（確定）",
    )  # fmt: skip
    assert (line.where_en, line.wrong_en, line.right_en) == (
        "マルチモノ事業 > 参加企業数 > FY2021 Actual", "33社", "35社 (final)",
    )  # fmt: skip


def test_足したものと消したものも言う():
    before = report(
        project(None, spending=(Spending(label=Said(text="委託料"), yen=5000, unit="千円"),))
    )
    after = report(project(n(0)), Project(name=Said(text="新事業"), grant=Said(text="推進交付金")))
    assert lines(before, after) == [
        ("マルチモノ事業 ＞ 参加企業数 ＞ 令和3年度 実績値", "（記載なし）", "0社"),
        ("マルチモノ事業 ＞ 委託料", "委託料 5千円", "（削除）"),
        ("新事業", "（記載なし）", "推進交付金"),
    ]
    assert errata(before, after)[0].wrong_en == "(not stated)"
    assert errata(before, after)[1].right_en == "(deleted)"


def test_表記だけの直しも版の違いとして言う():
    before = report(project(n(1), remarks=(Said(text="ＩＴ企業"),)))
    after = report(project(n(1), remarks=(Said(text="IT企業"),)))
    assert lines(before, after) == [("マルチモノ事業 ＞ 備考 1", "ＩＴ企業", "IT企業")]


def test_単位の大きさだけの違いは誤りではない():
    money = [
        report(Project(name=Said(text="A"), indicators=(Indicator(name=Said(text="売上"), unit=unit, years=(YearPoint(actual=n(k)),)),)))
        for unit, k in (("千円", 259), ("円", 259000), ("円", 259))
    ]  # fmt: skip
    assert lines(money[0], money[1]) == []
    assert lines(money[0], money[2]) == [("A ＞ 売上 ＞ 令和3年度 実績値", "259千円", "259円")]


def test_印刷しない項目は正誤表に出ない():
    before = report(project(n(1), ext={"a": 1}, id="P1"))
    assert lines(before, report(project(n(1), ext={"a": 2}, id="P2"))) == []


def test_長い文章は違うところだけを引く():
    wrong = "市内のものづくり企業三十三社が参加する勉強会を開き、販路の開拓や海外の展示会への出展を支援した。"
    right = wrong.replace("三十三", "三十五")
    before, after = (report(project(n(1), activities=(Said(text=t),))) for t in (wrong, right))
    ((where, cut, mended),) = lines(before, after)
    assert where == "マルチモノ事業 ＞ 実施内容 1"
    assert cut == "…のものづくり企業三十三社が参加する勉強会を…"
    assert mended == "…のものづくり企業三十五社が参加する勉強会を…"


def test_引いた文は違いを失わない():
    for wrong, right in (
        ("ああ" * 30, "ああ" * 31),
        ("い" * 50, "い" * 49 + "う"),
        ("え" * 50, "お" * 50),
    ):
        cut, mended = excerpts(wrong, right)
        assert cut != mended


def test_報告書の順に並ぶ():
    before = loads((EXAMPLES / "morioka" / "expected.json").read_text("utf-8"))
    changed = [replace(p, grant=Said(text="別の交付金")) for p in before.projects]
    after = replace(before, title=Said(text="正しい表題"), projects=tuple(changed))
    where = [line.where_ja for line in errata(before, after)]
    assert where[0] == "報告書 ＞ 報告書名"
    assert where[1:] == [f"{p.name.text} ＞ 交付金名称".replace("成長分野拠点 形成", "成長分野拠点形成") for p in before.projects]  # fmt: skip
    assert errata(before, before) == ()
