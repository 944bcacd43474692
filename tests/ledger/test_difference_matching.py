"""照合の検査. Which part of a file is which of the ledger's: by ID, by name, by a name nearly the same, or not at all."""

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.report import (
    Body,
    Indicator,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Year,
    YearPoint,
)
from sosei.ledger.difference import difference, merge, summary
from sosei.ledger.difference.assigning import assigned, certain
from sosei.ledger.difference.recording import Budget, Options
from sosei.ledger.difference.walking import Walk


def said(text):
    return None if text is None else Said(text=text)


def number(n, **more):
    return Value(number=Decimal(n), **more)


def indicator(name, actual=None, **more):
    years = () if actual is None else (YearPoint(fiscal_year=2021, actual=number(actual)),)
    return Indicator(name=said(name), years=years, **more)


def project(name, *indicators, **more):
    return Project(name=said(name), indicators=indicators, **more)


def report(*projects):
    return Report(projects=projects, fiscal_year=Year(year=2021))


def found(ours, theirs, **more):
    return difference(report(*ours), report(*theirs), partial=True, **more)


def matched(ours, theirs):
    """Return incoming → current index of the projects."""
    pairs = found(ours, theirs).pairs
    return {int(j[10:]): int(i[10:]) for j, i in pairs.items() if i.count("/") == 2}


def twins(count, start=0):
    """Projects of one name, which nothing but their figures tells apart."""
    return [
        project("事業", *(indicator("指標", start + p + k) for k in range(9))) for p in range(count)
    ]


def test_同名のものが多すぎれば数の合うときだけ順に照合する():
    assert matched(twins(30), twins(30, 5)) == {k: k for k in range(30)}
    changes = list(found(twins(30), twins(29, 5)).of("unclear"))
    assert len(changes) == 29
    assert {c.reasons for c in changes} == {("many",)}


def test_見分ける手間には上限がある():
    budget = Budget(left=100)
    walk = Walk(Options(partial=True), budget=budget)
    walk.report(report(*twins(8)), report(*twins(7, 3)))
    assert budget.spent
    assert {c.kind for c in walk.found.changes if c.part == "project"} == {"unclear"}


@pytest.mark.parametrize(
    "spelling",
    [
        "成長分野拠点 形成支援事業（ＩＴ・AI）",
        "成長分野拠点形成支援事業(IT・ＡＩ)",
        "成長分野拠点形成支援事業 (IT AI)",
        "成長分野拠点形成支援事業（ＩＴＡＩ）",
    ],
)
def test_表記の違う名称は同じものとして照合する(spelling):
    ours = [project("観光振興事業"), project("成長分野拠点形成支援事業（IT・AI）")]
    assert matched(ours, [project(spelling)]) == {0: 1}
    assert not list(found(ours, [project(spelling)]).of("added", "changed"))


def test_IDが同じなら名称が変わっても同じもの():
    ours, theirs = [project("旧名称", id="P1")], [project("まったく新しい呼び方", id="P1")]
    assert matched(ours, theirs) == {0: 0}
    (change,) = found(ours, theirs).of("changed")
    assert (change.field, change.before_ja, change.after_ja) == (
        "Project.name", "旧名称", "まったく新しい呼び方",
    )  # fmt: skip


def test_名称が同じでもIDが違えば人に尋ねる():
    (change,) = found([project("移住事業", id="P1")], [project("移住事業", id="P2")]).changes[-1:]
    assert (change.kind, change.reasons, change.candidates) == (
        "unclear", ("ids",), ("/projects/0",),
    )  # fmt: skip


def test_同じ事業の計画と実績は別の事業として照合する():
    ours = [project("移住事業"), project("移住事業", kind="plan")]
    theirs = [project("移住事業", kind="plan"), project("移住事業")]
    assert matched(ours, theirs) == {0: 1, 1: 0}
    assert matched([project("移住事業")], [project("移住事業", kind="plan")]) == {}


def test_同じIDが二つあればIDとはみなさない():
    ours = [project("A事業", id="1"), project("B事業", id="2")]
    theirs = [project("B事業", id="1"), project("A事業", id="1")]
    assert matched(ours, theirs) == {0: 1, 1: 0}


def test_順が入れ替わっても名称で照合する():
    names = ["A事業", "B事業", "C事業"]
    ours, theirs = [project(n) for n in names], [project(n) for n in reversed(names)]
    assert matched(ours, theirs) == {0: 2, 1: 1, 2: 0}


def test_全体で最もよく合う組合せを選ぶ():
    assert assigned([[0.9, 0.85], [0.88, 0.3]]) == {0: 1, 1: 0}
    weights = [[0.9, None], [None, 0.7]]
    assert certain(weights, assigned(weights)) == {0, 1}


@given(st.lists(st.lists(st.none() | st.integers(1, 20), min_size=3, max_size=3), max_size=4))
def test_割り当ては総当たりより悪くならない(weights):
    best = max(
        sum(weights[i][j] or 0 for i, j in zip(rows, columns, strict=True))
        for size in range(min(len(weights), 3) + 1)
        for rows in itertools.combinations(range(len(weights)), size)
        for columns in itertools.permutations(range(3), size)
        if all(weights[i][j] is not None for i, j in zip(rows, columns, strict=True))
    )
    pairs = assigned(weights)
    assert len(set(pairs.values())) == len(pairs)
    assert sum(weights[i][j] for i, j in pairs.items()) == best


def test_名称の一字違いは同じものとして照合し名称の変更を示す():
    ours = [project("盛岡市クラスター活動支援業務委託事業")]
    theirs = [project("盛岡市クラスタ活動支援業務委託事業")]
    assert matched(ours, theirs) == {0: 0}
    assert [c.field for c in found(ours, theirs).of("changed")] == ["Project.name"]


def test_番号だけが違う名称は別のもの():
    assert (
        matched(
            [project("第1期移住定住促進総合対策事業")], [project("第2期移住定住促進総合対策事業")]
        )
        == {}
    )


def test_似た名称は他の記載が合うときだけ同じものとする():
    ours = indicator("市内延べ宿泊者数", 5, unit="人泊")
    same = indicator("市内のべ宿泊者数", 5, unit="人泊")
    other = indicator("県内延べ宿泊者数", 900, unit="千人")
    assert [c.kind for c in found([project("A", ours)], [project("A", other)]).of("added")] == [
        "added"
    ]
    pairs = found([project("A", ours)], [project("A", same)]).pairs
    assert pairs["/projects/0/indicators/0"] == "/projects/0/indicators/0"


def test_似た名称が二つあれば決めない():
    ours = [project(f"関係人口の創出と拡大を目指す総合的な推進支援事業{side}側") for side in "山海"]
    (change,) = found(ours, [project("関係人口の創出と拡大を目指す総合的な推進支援事業里側")]).of(
        "unclear"
    )
    assert change.reasons == ("alike",)
    assert set(change.candidates) == {"/projects/0", "/projects/1"}
    assert change.note_ja
    assert change.note_en


def test_同名のものは同じ数なら中身の合う順に照合する():
    ours = [project("PR事業", indicator("来場者", 5)), project("PR事業", indicator("応募者", 6))]
    assert matched(ours, list(reversed(ours))) == {0: 1, 1: 0}
    plain = [project("PR事業"), project("PR事業")]
    assert matched(plain, plain) == {0: 0, 1: 1}


def test_見分けのつかない同名のものは推測しない():
    ours = [project("PR事業", indicator("来場者")), project("PR事業", indicator("来場者"))]
    theirs = [project("PR事業", indicator("来場者", 7))]
    (change,) = found(ours, theirs).of("unclear")
    assert change.reasons == ("twins",)
    assert change.candidates == ("/projects/0", "/projects/1")
    merged = merge(report(*ours), report(*theirs), found(ours, theirs), {change.id})
    assert merged.report == report(*ours)


def test_同名のものも他の記載で見分けがつけば照合する():
    ours = [
        project("PR事業", grant=said("推進交付金")),
        project("PR事業", grant=said("臨時交付金")),
    ]
    theirs = [project("PR事業", indicator("来場者", 7), grant=said("臨時交付金"))]
    assert matched(ours, theirs) == {0: 1}


def test_ファイルに同じ事業が二度あれば人に尋ねる():
    ours = [project("PR事業", indicator("来場者", 5))]
    theirs = [project("PR事業", indicator("来場者", 5)), project("PR事業", indicator("来場者", 9))]
    assert summary(found(ours, theirs))["unclear"] == 2
    apart = [theirs[0], replace(theirs[1], grant=said("別の交付金"), number="2")]
    ours = [replace(ours[0], grant=said("推進交付金"))]
    assert (
        summary(found(ours, [replace(apart[0], grant=said("推進交付金")), apart[1]]))["added"] == 1
    )


def test_人が決めた対応はそのまま使う():
    ours = [project("PR事業", indicator("来場者")), project("PR事業", indicator("来場者"))]
    theirs = [project("PR事業", indicator("来場者", 7))]
    chosen = found(ours, theirs, decided={"/projects/0": "/projects/1"})
    assert chosen.pairs["/projects/0"] == "/projects/1"
    assert [(c.there, c.after_ja) for c in chosen.of("added")] == [
        ("/projects/0/indicators/0/years/0/actual", "7")
    ]
    new = found(ours, theirs, decided={"/projects/0": None})
    assert [c.part for c in new.of("added")] == ["project"]


def test_親の違う同名の指標は別のもの():
    ours = [
        indicator("うち女性", 3, parent=said("移住者数")),
        indicator("うち女性", 4, parent=said("来訪者数")),
    ]
    theirs = [indicator("うち女性", 9, parent=said("来訪者数"))]
    (change,) = found([project("A", *ours)], [project("A", *theirs)]).of("changed")
    assert change.here == "/projects/0/indicators/1/years/0/actual"


def test_名称のない指標は番号と単位で見分ける():
    ours = [indicator(None, 3, unit="人", number="1"), indicator(None, 4, unit="社", number="2")]
    theirs = [indicator(None, 5, unit="社", number="2")]
    (change,) = found([project("A", *ours)], [project("A", *theirs)]).of("changed")
    assert change.here == "/projects/0/indicators/1/years/0/actual"
    strange = found([project("A", ours[0])], [project("A", indicator(None, 5, unit="回"))])
    assert summary(strange)["unclear"] == 1


def line(label, yen, **more):
    return Spending(label=said(label), yen=yen, **more)


def lines_found(ours, theirs):
    return found([project("A", spending=tuple(ours))], [project("A", spending=tuple(theirs))])


def test_同じ名の経費は金額で見分け増えた分だけを新しい行とする():
    ours = [line("委託料", 1000)]
    theirs = [line("委託料", 500), line("委託料", 1000), line("委託料", 700)]
    changes = list(lines_found(ours, theirs).of("added", "changed", "unclear"))
    assert [(c.kind, c.after.yen) for c in changes] == [("added", 500), ("added", 700)]


def test_予算と決算の経費や年度の違う経費は別の行():
    ours = [line("事業費", 1000, kind="budget"), line("事業費", 900, fiscal_year=2020)]
    theirs = [line("事業費", 950, kind="settled"), line("事業費", 970, fiscal_year=2022)]
    assert summary(lines_found(ours[:1], theirs[:1]))["changed"] == 0
    assert summary(lines_found(ours[1:], theirs[1:]))["changed"] == 0


def test_経費の年度は事業の年度と同じなら書かれていなくても同じ():
    assert kinds(lines_found([line("事業費", 1)], [line("事業費", 1, fiscal_year=2021)])) == {
        "unchanged"
    }


def kinds(difference):
    return {change.kind for change in difference.changes}


def year(fiscal_year=None, **more):
    return YearPoint(fiscal_year=fiscal_year, **more)


def years_found(ours, theirs, **more):
    one, other = (
        project("A", Indicator(name=said("K"), years=tuple(years))) for years in (ours, theirs)
    )
    return found([one], [other], **more)


def test_年度の値は年度で照合する():
    ours = [year(2020, target=number(1)), year(2021, target=number(2))]
    theirs = [year(2021, actual=number(5)), year(2022, target=number(3))]
    added = list(years_found(ours, theirs).of("added"))
    assert [(c.here, c.about.year) for c in added] == [
        ("/projects/0/indicators/0/years/1/actual", 2021), (None, 2022),
    ]  # fmt: skip


def test_年度のない欄は報告書の年度の欄と同じもの():
    (change,) = years_found([year(2021, target=number(2))], [year(actual=number(5))]).of("added")
    assert change.here == "/projects/0/indicators/0/years/0/actual"
    assert change.subject_ja == "A ＞ K ＞ 令和3年度 実績値"


def test_年度を言わない台帳には年度を添えて比べる():
    ours = Report(
        projects=(project("A", Indicator(name=said("K"), years=(year(target=number(1)),))),)
    )
    theirs = Report(
        projects=(project("A", Indicator(name=said("K"), years=(year(2021, actual=number(2)),))),)
    )
    (change,) = difference(ours, theirs, partial=True, year=2021).of("added")
    assert change.here == "/projects/0/indicators/0/years/0/actual"


def test_目標年月の書き方が違っても同じ欄():
    ours = [
        year(2021, due="2022-03", target=number(1)),
        year(2021, due="2021-09", target=number(2)),
    ]
    theirs = [year(2021, due="R4.3", actual=number(5))]
    (change,) = years_found(ours, theirs).of("added")
    assert change.here == "/projects/0/indicators/0/years/0/actual"


def test_年度のない欄は欄の名で照合する():
    ours = [year(label="1年目", target=number(1)), year(label="2年目", target=number(2))]
    (change,) = years_found(ours, [year(label="２年目", target=number(3))]).of("changed")
    assert change.here == "/projects/0/indicators/0/years/1/target"


def test_同じ年度の欄が二つずつあれば順に照合する():
    ours = [year(2021, target=number(1)), year(2021, target=number(2))]
    theirs = [year(2021, target=number(8)), year(2021, target=number(9))]
    changed = list(years_found(ours, theirs).of("changed"))
    assert [c.here for c in changed] == [
        "/projects/0/indicators/0/years/0/target",
        "/projects/0/indicators/0/years/1/target",
    ]


def test_ファイルの中で食い違う値は二つとも人に見せる():
    theirs = [year(2021, actual=number(5)), year(2021, actual=number(6))]
    conflicts = list(years_found([year(2021, target=number(4))], theirs).of("conflict"))
    assert [(c.here, c.after_ja) for c in conflicts] == [
        ("/projects/0/indicators/0/years/0/actual", "5"),
        ("/projects/0/indicators/0/years/0/actual", "6"),
    ]
    assert all("statements" in c.reasons for c in conflicts)


def test_同じ年度を分けて書いたものは合わせて読む():
    theirs = [year(2021, target=number(4)), year(2021, actual=number(6))]
    difference = years_found([year(2021, target=number(4))], theirs)
    assert [(c.here, c.after_ja) for c in difference.of("added")] == [
        ("/projects/0/indicators/0/years/0/actual", "6")
    ]
    assert not list(difference.of("conflict", "unclear"))


def test_団体は番号があれば番号で照合する():
    ours = [
        project(
            "A", bodies=(Body(name="府中市", code="132063"), Body(name="盛岡市", code="032018"))
        )
    ]
    theirs = [
        project(
            "A", bodies=(Body(name="府中市", code="342084"), Body(name="もりおか市", code="032018"))
        )
    ]
    changes = list(found(ours, theirs).of("changed", "added", "unclear"))
    assert [(c.kind, c.after_ja) for c in changes] == [
        ("unclear", "府中市（342084）"), ("changed", "もりおか市"),
    ]  # fmt: skip


def test_別の団体や別の年度の報告書は取り違えと知らせる():
    ours = Report(bodies=(Body(name="見本市", code="999990"),), fiscal_year=Year(year=2021))
    theirs = Report(bodies=(Body(name="盛岡市", code="032018"),), fiscal_year=Year(year=2020))
    conflicts = list(difference(ours, theirs, partial=True).of("conflict"))
    assert [c.reasons for c in conflicts] == [("other_year",), ("other_body",)]


def test_文章は少し直したものを同じ文章として示す():
    ours = [
        project(
            "A", activities=(said("勉強会を3回開催し、42人が参加した。"), said("冊子を作成した。"))
        )
    ]
    theirs = [
        project(
            "A", activities=(said("冊子を作成した。"), said("勉強会を3回開催し、45人が参加した。"))
        )
    ]
    (change,) = found(ours, theirs).of("changed", "added", "unclear")
    assert (change.kind, change.here, change.there) == (
        "changed", "/projects/0/activities/0", "/projects/0/activities/1",
    )  # fmt: skip
    new = [project("A", activities=(said("空き家の改修費を補助した。"),))]
    assert [c.kind for c in found(ours, new).changes if c.part == "passage"] == ["added"]


def test_版どうしでは決められないものも消した足したで示す():
    ours = [project("移住事業"), project("移住事業", kind="plan")]
    theirs = [project("移住事業"), project("移住事業", number="2")]
    changes = difference(report(*ours), report(*theirs), partial=False).changes
    assert [(c.kind, c.path) for c in changes if c.part == "project" and not c.field] == [
        ("added", "/projects/1"),
        ("removed", "/projects/1"),
    ]


def test_似た名称の候補はそれぞれのもの():
    long = "関係人口の創出と拡大を目指す総合的な推進支援事業"
    ours = [project(f"{long}{side}側") for side in "山海"]
    far = "伝統的工芸品の販路の開拓と後継者の確保を進める事業"
    ours += [project(f"{far}{side}組") for side in "東西"]
    changes = list(found(ours, [project(f"{far}南組"), project(f"{long}里側")]).of("unclear"))
    assert [set(c.candidates) for c in changes] == [
        {"/projects/2", "/projects/3"},
        {"/projects/0", "/projects/1"},
    ]


def test_食い違う言葉も人に見せ同じ言葉は一つに読む():
    ours = [year(2021, actual=number(5))]
    theirs = [
        year(2021, rate=said("90%")),
        year(2021, rate=said("95%")),
        year(2021, actual=number(5)),
    ]
    conflicts = list(years_found(ours, theirs).of("conflict"))
    assert [(c.field, c.after_ja, c.reasons) for c in conflicts] == [
        ("YearPoint.rate", "90%", ("statements",)),
        ("YearPoint.rate", "95%", ("statements",)),
    ]
    same = [year(2021, rate=said("90%")), year(2021, rate=said("90%"))]
    assert [c.kind for c in years_found(ours, same).of("added", "conflict")] == ["added"]
