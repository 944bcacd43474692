"""The seed's form and its oddities, on our own sample of it: everything DOMAIN §0 lists is read where it stands."""

from pathlib import Path

import pytest

from sosei.core.gaps import Gap
from sosei.core.report import Project, Report
from sosei.reading import open_document, read
from sosei.reading.layouts import cards, choose

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "morioka" / "report.txt"
TEXT = SAMPLE.read_text("utf-8")


@pytest.fixture(scope="module")
def report() -> Report:
    return read(SAMPLE.read_bytes(), SAMPLE.name)


def at(place: tuple) -> str:
    return "".join(TEXT[p.start : p.end] for p in place)


def everything(project: Project):
    yield from (said for said in (project.name, project.grant, *project.departments) if said)
    yield from project.activities
    for indicator in project.indicators:
        yield from (said for said in (indicator.name, indicator.note) if said)
        for point in indicator.years:
            yield from (value for value in (point.target, point.actual) if value)


def test_札の様式として読む():
    document = open_document(SAMPLE.read_bytes(), SAMPLE.name)
    assert choose(document) is cards
    assert cards.recognise(document) > 0.9


def test_事業名と担当課は空白と括弧の揺れを越えて読む(report: Report):
    assert [p.name.text for p in report.projects] == [
        "成長分野拠点形成支援事業",
        "盛岡 AI・IoTプラットフォーム事業",
        "関係人口の増加を機軸とした移住・定住・交流人口対策事業",
        "東北六市連携による伝統的夏祭りを活用した交流人口拡大プロジェクト",
    ]
    assert report.projects[0].name.raw == "成長分野拠点 形成支援事業"
    assert [[d.text for d in p.departments] for p in report.projects] == [
        ["ものづくり推進課"], ["ものづくり推進課"], ["都市戦略室", "経済企画課"], ["観光課"],
    ]  # fmt: skip


def test_表題と交付金(report: Report):
    assert report.title.text == "地方創生関連交付金等を活用した事業"
    assert {p.grant.text for p in report.projects} == {"地方創生推進交付金"}


def test_年度は参考の見出しから推定する(report: Report):
    assert (report.fiscal_year.year, report.fiscal_year.basis) == (2021, "inferred")
    assert at(report.fiscal_year.place) == "令和 4 年度"
    assert [p.kind for p in report.projects] == ["result", "result", "result", "plan"]
    assert [p.fiscal_year and p.fiscal_year.year for p in report.projects] == [
        None,
        None,
        None,
        2022,
    ]


def test_団体は経費の名称から推定する(report: Report):
    assert [(b.name, b.code, b.basis) for b in report.bodies] == [("盛岡市", "032018", "inferred")]


def test_経費は番号の重複も印刷のまま(report: Report):
    got = [(s.number, s.yen, s.unit, s.kind, s.role) for s in report.projects[0].spending]
    assert got == [
        ("①", 10_010_000, "千円", "commission", "line"),
        ("②", 1_333_000, "千円", "contribution", "line"),
        ("②", 17_662_000, "千円", "subsidy", "line"),
    ]
    assert [p.spending for p in report.projects[1:]] == [(), (), ()]


def test_実績だけの指標は一行に続いていても分ける(report: Report):
    for project, figures in (
        (0, [(18, "人"), (33, "社"), (259057, "千円")]),
        (1, [(161, "人"), (53, "社"), (2, "件")]),
    ):
        indicators = report.projects[project].indicators
        assert [(int(i.years[0].actual.number), i.unit) for i in indicators] == figures
        assert all(i.years[0].target is None and i.baseline is None for i in indicators)


def test_集計中は四つとも不在で零ではない(report: Report):
    points = [i.years[0] for i in report.projects[2].indicators]
    assert [int(p.target.number) for p in points] == [150, 500, 30, 1000]
    assert {p.actual.gap for p in points} == {Gap.COUNTING}
    assert [i.number for i in report.projects[2].indicators] == ["①", "②", "③", "④"]


def test_計画の表では数は目標値(report: Report):
    indicators = report.projects[3].indicators
    assert [(int(i.years[0].target.number), i.unit) for i in indicators] == [
        (4_200_000, "人泊"), (8_790_000, "人"), (2, "回"), (1_000, "人"),
    ]  # fmt: skip
    assert all(i.years[0].actual is None for i in indicators)
    assert {i.note.text for i in indicators} == {"いずれも令和 4 年度計画値"}


def test_期間の四つの書き方(report: Report):
    assert [(p.period.raw, p.period.first, p.period.last) for p in report.projects] == [
        ("R1～R3 年度", 2019, 2021), ("R3～7 年度", 2021, 2025),
        ("H30～R4", 2018, 2022), ("R4~R6", 2022, 2024),
    ]  # fmt: skip


def test_実施内容は段落と箇条書きの順(report: Report):
    assert [len(p.activities) for p in report.projects] == [3, 2, 2, 2]
    assert report.projects[1].activities[1].text.startswith("・先端技術の実証")
    assert "(2017年~)" in report.projects[3].activities[0].text


def test_年は参考の年度から推し量り事業の期間の重なりが裏付ける(report: Report):
    """The seed says no year of its own: 参考 令和4年度 leads to 令和3年度, and R1～R3, R3～7 and H30～R4 share no other."""
    sure = [
        [v.sure for i in p.indicators for v in (i.years[0].target, i.years[0].actual) if v]
        for p in report.projects
    ]
    assert {x for project in sure for x in project} == {True}


def test_すべての言葉と数に場所があり書いてあるとおり(report: Report):
    for project in report.projects:
        for said in everything(project):
            shown = at(said.place)
            assert shown == (said.raw or getattr(said, "text", None) or str(said.number))
        for line in project.spending:
            assert at(line.place) == line.raw


def test_読み残しはない(report: Report):
    assert report.unread == ()


def test_元の報告書でも同じ(shared: Path):
    file = shared / "seed" / "morioka-r3.txt"
    seed = read(file.read_bytes(), file.name)
    ours = read(SAMPLE.read_bytes(), SAMPLE.name)

    def figures(report: Report):
        return [
            (p.name, p.departments, p.period and p.period.raw, [s.yen for s in p.spending],
             [(i.name.text, i.unit, [(y.target and y.target.number, y.actual and (y.actual.number, y.actual.gap)) for y in i.years])
              for i in p.indicators])
            for p in report.projects
        ]  # fmt: skip

    assert [(n.text, *rest[1:]) for n, *rest in figures(seed)] == [
        (n.text, *rest[1:]) for n, *rest in figures(ours)
    ]
    assert (seed.fiscal_year.year, seed.unread) == (2021, ())
