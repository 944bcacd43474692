"""見出しが指標を名指す頁: web pages whose headings and captions, not their tables, say what is measured."""

from sosei.core.report import Indicator, Report
from sosei.reading import read

TITLE = "<h1>見本市総合戦略の数値目標の達成状況（令和5年度）</h1>"
ACROSS = (
    "<table><tr><th></th><th>令和4年度</th><th>令和5年度</th></tr>"
    "<tr><th>目標値</th><td>30人</td><td>40人</td></tr>"
    "<tr><th>実績値</th><td>28人</td><td>44人</td></tr></table>"
)


def page(body: str, title: str = TITLE) -> Report:
    return read(f"<html><body>{title}{body}</body></html>".encode(), "見本.html")


def points(one: Indicator) -> list[tuple[int | None, str, str]]:
    """Of each year the target and the actual."""
    return [
        (p.fiscal_year, str(getattr(p.target, "number", "")), str(getattr(p.actual, "number", "")))
        for p in one.years
    ]


def only(report: Report) -> Indicator:
    (one,) = [one for project in report.projects for one in project.indicators]
    return one


def test_見出しが年度の表の指標の名() -> None:
    report = page(f"<h2>基本目標1　移住の促進</h2><h3>(1) 移住者数</h3>{ACROSS}")
    one = only(report)
    assert one.name is not None
    assert one.name.text == "移住者数"
    assert points(one) == [(2022, "30", "28"), (2023, "40", "44")]
    assert [p.name.text for p in report.projects if p.name] == ["移住の促進"]


def test_表題から推移と番号を除いた名() -> None:
    table = ACROSS.replace("<table>", "<table><caption>表1　移住者数の推移（単位：人）</caption>")
    one = only(page(f"<h2>移住促進事業</h2>{table}"))
    assert one.name is not None
    assert one.name.text == "移住者数"
    assert one.unit == "人"


def test_見出しと表の間に担当課と説明() -> None:
    between = "<p>担当課：移住課</p><p>窓口を経て移った人の数です。</p>"
    report = page(f"<h2>基本目標1　移住の促進</h2><h3>(1) 移住者数の推移</h3>{between}{ACROSS}")
    one = only(report)
    assert one.name is not None
    assert one.name.text == "移住者数"


def test_年だけの見出しは何の名でもない() -> None:
    report = page(f"<h2>令和4年度及び令和5年度</h2><h3>移住者数</h3>{ACROSS}")
    assert not [p for p in report.projects if p.name is not None]
    assert only(report).name is not None


def test_図の題は指標ではない() -> None:
    body = "<figure><img src='a.png'><figcaption>図1　交付金事業（令和4年度5事業、令和5年度7事業）</figcaption></figure>"
    report = page(body)
    assert not [one for project in report.projects for one in project.indicators]


def test_定義リストの評価は指標のもの() -> None:
    terms = "<h3>移住者数</h3><dl><dt>目標値</dt><dd>40人</dd><dt>実績値</dt><dd>44人</dd><dt>評価</dt><dd>A</dd></dl>"
    one = only(page(f"<h2>基本目標1　移住の促進</h2>{terms}"))
    assert one.rating is not None
    assert one.rating.text == "A"


def test_題になく表題にだけある年() -> None:
    menus = "".join(f"<li>案内{n}</li>" for n in range(20))
    table = ACROSS.replace("令和4年度", "A").replace("令和5年度", "B")
    table = table.replace("<table>", "<table><caption>交付金事業の成果（平成29年度）</caption>")
    report = page(f"<h2>移住者数</h2>{table}", f"<ul>{menus}</ul><h1>交付金の活用</h1>")
    assert report.fiscal_year is not None
    assert report.fiscal_year.year == 2017


def test_見出しと表の間の単位() -> None:
    bare = ACROSS.replace("人<", "<")
    one = only(page(f"<h2>基本目標1　移住の促進</h2><h3>移住率</h3><p>（単位：％）</p>{bare}"))
    assert one.unit == "％"


def test_年で切られた表は一つの指標() -> None:
    first = "<table><tr><th>指標</th><th>単位</th><th>基準値（R2）</th><th>R3</th><th>R4</th></tr><tr><th>移住者数</th><td>人</td><td>21</td><td>25</td><td>28</td></tr></table>"
    second = "<table><tr><th>指標</th><th>単位</th><th>R5</th><th>目標値（R5）</th></tr><tr><th>移住者数</th><td>人</td><td>44</td><td>40</td></tr></table>"
    one = only(page(f"<h2>令和4年度まで</h2>{first}<h2>令和5年度</h2>{second}"))
    assert points(one) == [(2021, "", "25"), (2022, "", "28"), (2023, "40", "44")]


def test_進捗の語は率ではなく評価() -> None:
    terms = "<dl><dt>移住者数</dt><dd>目標値：40人（令和6年度）<br>実績値：44人（令和5年度）<br>進捗：順調</dd></dl>"
    one = only(page(f"<h2>基本目標1　移住の促進</h2>{terms}"))
    assert one.rating is not None
    assert one.rating.text == "順調"


def test_隅に年度とある表の名() -> None:
    table = (
        "<table><tr><th>年度</th><th>乗降客数（千人）</th><th>駐輪台数（台）</th></tr>"
        "<tr><th>令和4年度目標</th><td>820</td><td>150</td></tr><tr><th>令和4年度実績</th><td>811</td><td>162</td></tr>"
        "<tr><th>令和5年度目標</th><td>840</td><td>180</td></tr><tr><th>令和5年度実績</th><td>832</td><td>171</td></tr></table>"
    )
    (project,) = page(f"<h2>鉄道利用促進事業</h2>{table}").projects
    assert [one.name.text for one in project.indicators if one.name] == ["乗降客数", "駐輪台数"]
    assert points(project.indicators[1]) == [(2022, "150", "162"), (2023, "180", "171")]


def test_行の中の未集計() -> None:
    one = only(page("<h2>体験事業</h2><ul><li>体験者数　目標値 800人　実績値 未集計</li></ul>"))
    assert [getattr(point.actual, "gap", None) for point in one.years if point.actual] == [
        "counting"
    ]


def test_札の頁の題は案内の後の見出し() -> None:
    menus = "".join(f"<li>案内{n}</li>" for n in range(9))
    card = (
        "<table><tr><th>事業名（担当課）</th><th>事業費（千円）</th><th>KPIの達成状況</th></tr>"
        "<tr><td>空港事業（交通課）</td><td>10,200</td><td>利用者数<br>目標：60人<br>実績：57人</td></tr></table>"
    )
    report = page(card, f"<ul>{menus}</ul><h1>令和4年度地方創生推進交付金事業の検証</h1>")
    assert report.title is not None
    assert report.title.text == "令和4年度地方創生推進交付金事業の検証"
    assert report.fiscal_year is not None
    assert report.fiscal_year.year == 2022
