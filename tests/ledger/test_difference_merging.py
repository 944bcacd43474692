"""反映の検査. What accepting some changes makes of a report, and what it leaves as it was."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sosei.core.gaps import Gap
from sosei.core.report import (
    Body,
    Indicator,
    Place,
    Project,
    Report,
    Said,
    Source,
    Spending,
    Value,
    Verification,
    Year,
    YearPoint,
    bare,
)
from sosei.ledger.difference import difference, merge
from sosei.ledger.difference.kept import joined, pinned, pinned_year


def n(number, **more):
    return Value(number=Decimal(number), **more)


def named(name, *years, **more):
    return Indicator(name=Said(text=name), years=years, **more)


def project(name, *indicators, **more):
    return Project(name=Said(text=name), indicators=indicators, **more)


def report(*projects, year=2021, **more):
    return Report(projects=projects, fiscal_year=None if year is None else Year(year=year), **more)


def merged(ours, theirs, accepted=None, **more):
    found = difference(ours, theirs, partial=more.pop("partial", True), **more)
    return merge(ours, theirs, found, found.all_ids() if accepted is None else accepted)


def only(result):
    """The only indicator of a merged report."""
    ((indicator,),) = [p.indicators for p in result.report.projects]
    return indicator


def test_受け入れた値は所在と表記ごと入る():
    place = (Place(source="s1", sheet="実績", range="C7"),)
    value = n(21, raw="２１名", place=place, sure=True)
    ours = report(project("A", named("K", YearPoint(fiscal_year=2021, actual=n(18)), unit="人")))
    theirs = report(project("A", named("K", YearPoint(actual=value))))
    assert only(merged(ours, theirs)).years == (YearPoint(fiscal_year=2021, actual=value),)


def test_同じ値の添え書きは足しても消えない():
    ours = report(project("A", named("K", YearPoint(actual=n(18, state="preliminary", op=">=")))))
    theirs = report(project("A", named("K", YearPoint(actual=n(18, as_of="R4.3末")))))
    (point,) = only(merged(ours, theirs)).years
    assert point.actual == n(18, state="preliminary", op=">=", as_of="R4.3末")


def test_違う値には前の添え書きを残さない():
    ours = report(project("A", named("K", YearPoint(actual=n(18, state="preliminary")))))
    theirs = report(project("A", named("K", YearPoint(actual=n(19)))))
    assert only(merged(ours, theirs)).years[0].actual == n(19)


def test_単位の違うファイルの値は単位を連れて入る():
    ours = report(project("A", named("売上", YearPoint(actual=n(10)), unit="千円")))
    theirs = report(project("A", named("売上", YearPoint(actual=n(259_057_000)), unit="円")))
    indicator = only(merged(ours, theirs))
    assert indicator.unit == "千円"
    assert indicator.years[0].actual == n(259_057_000, unit="円")


def test_単位を変えても残る値は前の単位のまま():
    ours = report(project("A", named("K", YearPoint(actual=n(5)), YearPoint(fiscal_year=2020, actual=n(4)), unit="人")))  # fmt: skip
    theirs = report(project("A", named("K", YearPoint(actual=n(7)), unit="世帯")))
    indicator = only(merged(ours, theirs))
    assert indicator.unit == "世帯"
    assert [point.actual for point in indicator.years] == [n(7), n(4, unit="人")]


def test_単位の直しに同じ値はついていく():
    ours = report(project("A", named("K", YearPoint(actual=n(5)), YearPoint(fiscal_year=2020, actual=n(4)), unit="社")))  # fmt: skip
    theirs = report(project("A", named("K", YearPoint(actual=n(5)), unit="団体")))
    indicator = only(merged(ours, theirs))
    assert indicator.unit == "団体"
    assert [point.actual for point in indicator.years] == [n(5), n(4, unit="社")]


def test_単位だけ受け入れなければ値に単位がつく():
    ours = report(project("A", named("K", YearPoint(actual=n(5)), unit="人")))
    theirs = report(project("A", named("K", YearPoint(actual=n(7)), unit="世帯")))
    accepted = {"/projects/0/indicators/0/years/0/actual"}
    indicator = only(merged(ours, theirs, accepted))
    assert (indicator.unit, indicator.years[0].actual) == ("人", n(7, unit="世帯"))


def test_年度の違う報告書の値は年度を連れて入る():
    ours = report(project("A", named("K", YearPoint(actual=n(5)))), year=2021)
    theirs = report(project("A", named("K", YearPoint(actual=n(7)))), year=2020)
    found = difference(ours, theirs, partial=True)
    result = merge(ours, theirs, found, found.proposed())
    assert result.report.fiscal_year == Year(year=2021)
    assert only(result).years == (
        YearPoint(fiscal_year=2020, actual=n(7)), YearPoint(actual=n(5)),
    )  # fmt: skip


def test_報告書の年度を変えても前の値は前の年度のまま():
    line = Spending(label=Said(text="委託料"), yen=5)
    ours = report(project("A", named("K", YearPoint(actual=n(5))), spending=(line,)), year=2021)
    result = merged(ours, report(year=2022))
    assert result.report.fiscal_year == Year(year=2022)
    assert only(result).years[0].fiscal_year == 2021
    assert result.report.projects[0].spending == (replace(line, fiscal_year=2021),)


def test_新しい事業は元の報告書の年度を保つ():
    theirs = report(project("B", named("K", YearPoint(actual=n(7)))), year=2020)
    accepted = {"/projects/0"}
    result = merged(report(year=2021), theirs, accepted)
    assert [p.fiscal_year for p in result.report.projects] == [Year(year=2020)]
    assert result.report.year_of(result.report.projects[0]) == 2020


def test_順はそのままで新しいものは隣のそばに入る():
    ours = report(*(project(f"{name}事業") for name in ("甲地区", "乙地区", "丙地区")))
    theirs = report(
        *(project(f"{name}事業") for name in ("新規先頭", "丙地区", "新規末尾", "甲地区"))
    )
    names = [p.name.text for p in merged(ours, theirs).report.projects]
    assert names == ["甲地区事業", "乙地区事業", "新規先頭事業", "丙地区事業", "新規末尾事業"]


def test_新しい年度は年の順に入る():
    ours = report(project("A", named("K", YearPoint(fiscal_year=2021, target=n(1)), YearPoint(fiscal_year=2023, target=n(3)))))  # fmt: skip
    theirs = report(project("A", named("K", *(YearPoint(fiscal_year=y, target=n(y)) for y in (2024, 2020, 2022)))))  # fmt: skip
    years = [point.fiscal_year for point in only(merged(ours, theirs)).years]
    assert years == [2020, 2021, 2022, 2023, 2024]


def test_元の場所を言う():
    ours = report(
        project("A", named("K", YearPoint(fiscal_year=2021, target=n(1)))),
        project("C", spending=(Spending(label=Said(text="委託料"), yen=5),)),
    )
    theirs = report(
        project("A", named("新", YearPoint(target=n(3))), named("K", YearPoint(fiscal_year=2020, target=n(1)))),
        project("B"),
        project("C", spending=(Spending(label=Said(text="負担金"), yen=7), Spending(label=Said(text="委託料"), yen=5))),
    )  # fmt: skip
    result = merged(ours, theirs)
    assert result.origins == {
        "/projects/0": "/projects/0",
        "/projects/0/indicators/1": "/projects/0/indicators/0",
        "/projects/0/indicators/1/years/1": "/projects/0/indicators/0/years/0",
        "/projects/2": "/projects/1",
        "/projects/2/spending/1": "/projects/1/spending/0",
    }
    assert result.taken["/projects/1"] == "/projects/1"
    assert result.taken["/projects/0/indicators/1/years/0/target"] == (
        "/projects/0/indicators/1/years/0/target"
    )


def test_受け入れなかったものは入らない():
    ours = report(project("A", named("K", YearPoint(actual=n(5)))))
    theirs = report(project("A", named("K", YearPoint(actual=n(6), target=n(9)))), project("B"))
    result = merged(ours, theirs, {"/projects/0/indicators/0/years/0/target"})
    assert only(result).years == (YearPoint(actual=n(5), target=n(9)),)


def test_空欄は何も消さない():
    ours = report(project("A", named("K", YearPoint(actual=n(5)))))
    theirs = report(project("A", named("K", YearPoint(actual=Value(gap=Gap.BLANK)))))
    assert merged(ours, theirs).report == ours


def test_受け入れられないものの番号は見過ごす():
    ours = report(project("A", named("K", YearPoint(actual=n(5)))))
    assert merged(ours, ours, {"/projects/0/name", "/nowhere", "-/projects/0"}).report == ours


def test_ほかの報告書の差分は断る():
    ours = report(project("A", named("K", YearPoint(actual=n(5)))))
    theirs = report(project("A", named("K", YearPoint(actual=n(6)))))
    found = difference(ours, theirs, partial=True)
    since = report(project("A", named("K", YearPoint(actual=n(7)))))
    with pytest.raises(ValueError, match="/projects/0/indicators/0/years/0/actual"):
        merge(since, theirs, found, found.all_ids())
    assert merge(since, theirs, found, ()).report == since


def test_二つの版なら消えたものも消せる():
    ours = report(project("A", named("K", YearPoint(actual=n(5), target=n(6)))), project("B"))
    theirs = report(project("A", named("K", YearPoint(target=n(6)))))
    assert merged(ours, theirs, partial=False).report == theirs
    kept = merged(ours, theirs, {"-/projects/1"}, partial=False).report
    assert kept.projects == ours.projects[:1]


def test_食い違う二つの値は先に受け入れた方が入る():
    ours = report(project("A", named("K", YearPoint(actual=n(4)))))
    theirs = report(project("A", named("K", YearPoint(actual=n(5)), YearPoint(actual=n(6)))))
    second = merged(ours, theirs, {"/projects/0/indicators/0/years/1/actual"})
    assert only(second).years == (YearPoint(actual=n(6)),)
    assert only(merged(ours, theirs)).years == (YearPoint(actual=n(5)),)


def test_出典の名が重なれば改めて所在を保つ():
    here, there = (Source(id="s1", name=f"{x}.xlsx", sha256=x * 64, format="xlsx") for x in "ab")
    ours = report(project("A", named("K", YearPoint(target=n(5, place=(Place(source="s1", sheet="あ"),))))), sources=(here,))  # fmt: skip
    theirs = report(project("A", named("K", YearPoint(actual=n(6, place=(Place(source="s1", sheet="い"),))))), sources=(there,))  # fmt: skip
    result = merged(ours, theirs)
    (point,) = only(result).years
    assert point.target.place == (Place(source="s1", sheet="あ"),)
    assert point.actual.place == (Place(source="s1-2", sheet="い"),)
    assert result.report.sources == (here, replace(there, id="s1-2"))


def test_同じファイルは別の名でも一つの出典():
    here, there = (
        Source(id=id, name="a.xlsx", sha256="a" * 64, format="xlsx") for id in ("d1", "s1")
    )
    ours = report(project("A", named("K")), sources=(here,))
    theirs = report(project("A", named("K", YearPoint(actual=n(6, place=(Place(source="s1"),))))), sources=(there,))  # fmt: skip
    result = merged(ours, theirs)
    assert result.report.sources == (here,)
    assert only(result).years[0].actual.place == (Place(source="d1"),)


def test_担当課や団体や文章や拡張も入る():
    ours = report(
        project(
            "A", departments=(Said(text="企画課"),), bodies=(Body(name="盛岡市"),), ext={"a": 1}
        )
    )
    theirs = report(
        project(
            "A",
            departments=(Said(text="観光課"), Said(text="企画 課")),
            bodies=(Body(name="盛岡市", code="032018"),),
            activities=(Said(text="勉強会を開いた。"),),
            ext={"b": [2]},
        )
    )
    (result,) = merged(ours, theirs).report.projects
    assert [said.text for said in result.departments] == ["観光課", "企画課"]
    assert result.bodies == (Body(name="盛岡市", code="032018"),)
    assert result.activities == (Said(text="勉強会を開いた。"),)
    assert result.ext == {"a": 1, "b": [2]}


def test_金額は印刷の単位と表記ごと入る():
    place = (Place(source="s1", page=2),)
    ours = report(
        project("A", spending=(Spending(label=Said(text="委託料"), yen=5000, unit="円"),))
    )
    line = Spending(
        label=Said(text="委託料"), yen=7000, unit="千円", raw="委託料 7千円", place=place
    )
    (result,) = merged(ours, report(project("A", spending=(line,)))).report.projects
    assert result.spending == (line,)


def test_同じファイルを二度入れても変わらない():
    ours = report(project("A", named("K", YearPoint(actual=Value(gap=Gap.COUNTING)), unit="人")))
    theirs = report(project("Ａ", named("K", YearPoint(actual=n(7), target=n(6)), unit="人"), named("L")), project("B"))  # fmt: skip
    once = merged(ours, theirs).report
    assert bare(merged(once, theirs).report) == bare(once)
    assert merged(once, theirs).report == once


@pytest.mark.parametrize(
    ("value", "unit", "new", "expected"),
    [
        (n(5), "人", "人", n(5)),
        (n(5), "人", "社", n(5, unit="人")),
        (n(5), "％", "%", n(5)),
        (n(5), "人", None, n(5, unit="人")),
        (n(5), None, "人", n(5)),
        (n(5, unit="世帯"), "人", "社", n(5, unit="世帯")),
        (Value(gap=Gap.COUNTING), "人", "社", Value(gap=Gap.COUNTING)),
        (None, "人", "社", None),
    ],
)
def test_移った値は元の単位を保つ(value, unit, new, expected):
    assert pinned(value, unit, new) == expected


@pytest.mark.parametrize(
    ("point", "home", "mine", "new", "year"),
    [
        (YearPoint(), 2021, 2021, False, None),
        (YearPoint(), 2021, 2022, False, 2021),
        (YearPoint(), 2021, None, True, 2021),
        (YearPoint(), 2021, None, False, None),
        (YearPoint(), None, 2022, True, None),
        (YearPoint(label="1年目"), 2021, 2022, True, None),
        (YearPoint(fiscal_year=2019), 2021, 2022, True, 2019),
        (Spending(label=None, yen=1), 2021, 2022, False, 2021),
    ],
)
def test_移った欄は元の年度を保つ(point, home, mine, new, year):
    assert pinned_year(point, home, mine, new=new).fiscal_year == year


@pytest.mark.parametrize(
    ("after", "partial", "expected"),
    [
        (n(5, op="<="), True, n(5, op="<=", state="preliminary", as_of="R4.3", expected="7月")),
        (n(5, state="final"), True, n(5, op=">=", state="final", as_of="R4.3", expected="7月")),
        (n(5, as_of="R4.4", expected="8月"), True, n(5, op=">=", state="preliminary", as_of="R4.4", expected="8月")),
        (n(5), False, n(5)),
        (n(6), True, n(6)),
    ],
)  # fmt: skip
def test_同じ値だけが前の添え書きを引き継ぐ(after, partial, expected):
    before = n(5, op=">=", state="preliminary", as_of="R4.3", expected="7月")
    assert joined(before, after, (None, None), partial=partial) == expected
    assert joined(None, after, (None, None), partial=partial) == after


def test_年度を言わない台帳に別の年度の報告書が入っても前の値は動かない():
    ours = report(project("A", named("K", YearPoint(actual=n(5)))), year=None)
    theirs = report(project("A", named("K", YearPoint(actual=n(7)))), year=2020)
    result = merged(ours, theirs, year=2021)
    assert [(p.fiscal_year, p.actual) for p in only(result).years] == [(None, n(7)), (2021, n(5))]
    found = difference(ours, theirs, partial=True, year=2021)
    value = {c.id for c in found.changes if c.field == "YearPoint.actual"}
    kept = only(merge(ours, theirs, found, value)).years
    assert [(p.fiscal_year, p.actual) for p in kept] == [(2020, n(7)), (None, n(5))]


def test_拡張や尺度は受け入れたものだけが入り消したものだけが消える():
    before = Verification(scales={"総合": Said(text="A"), "有効性": Said(text="B")})
    after = Verification(scales={"総合": Said(text="B"), "効率性": Said(text="C")})
    ours = report(project("A", verification=before, ext={"a": 1, "b": 2}))
    theirs = report(project("A", verification=after, ext={"a": 3, "c": 4}))
    ids = {"/projects/0/ext/a", "-/projects/0/ext/b", "/projects/0/verification/scales/効率性", "-/projects/0/verification/scales/有効性"}  # fmt: skip
    (result,) = merged(ours, theirs, ids, partial=False).report.projects
    assert result.ext == {"a": 3}
    assert result.verification.scales == {"総合": Said(text="A"), "効率性": Said(text="C")}


def test_欄の一部が消えても欄は残り全部消えれば欄も消える():
    ours = report(project("A", named("K", YearPoint(target=n(5), actual=n(6)))))
    theirs = report(project("A", named("K")))
    path = "-/projects/0/indicators/0/years/0"
    assert only(merged(ours, theirs, {f"{path}/target"}, partial=False)).years == (YearPoint(actual=n(6)),)  # fmt: skip
    assert only(merged(ours, theirs, partial=False)).years == ()


def test_年度のない欄があっても新しい年度は前の年度の次に入る():
    ours = report(project("A", named("K", YearPoint(fiscal_year=2021, target=n(1)), YearPoint(label="最終", target=n(9)))))  # fmt: skip
    theirs = report(project("A", named("K", YearPoint(fiscal_year=2022, target=n(2)))))
    years = only(merged(ours, theirs)).years
    assert [(p.fiscal_year, p.label) for p in years] == [(2021, None), (2022, None), (None, "最終")]


def test_まるごと入る指標も元の年度を保つ():
    ours = report(project("A"), year=2021)
    theirs = report(project("A", named("K", YearPoint(actual=n(7)), unit="人")), year=2020)
    kept = only(merged(ours, theirs, {"/projects/0/indicators/0"}))
    assert kept == named("K", YearPoint(fiscal_year=2020, actual=n(7)), unit="人")
    same = report(project("A", named("K", YearPoint(actual=n(7)))), year=2021)
    assert only(merged(ours, same)).years == (YearPoint(actual=n(7)),)
