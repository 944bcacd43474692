"""定義リストの頁. A page of the city's site: a heading a project, its facts as dl/dt/dd, indicators as sentences within dd."""

from layouts.goldwords import comma, gold, kpi, project

PROJECTS = [
    (
        "湯のまち滞在型観光推進事業",
        "観光課",
        "平成31年度～令和3年度",
        "H31～R3",
        "24,816,000円",
        24816000,
        [
            ("延べ宿泊者数", "人泊", 182000, 96540, "53.0%"),
            ("湯めぐり手形の販売枚数", "枚", 5000, 5216, "104.3%"),
        ],
        "コロナ禍で宿泊は落ち込んだが、手形は近隣からの来訪で伸びた。",
        "地方創生に相当程度効果があった",
        "事業内容の見直し（改善）",
    ),
    (
        "若者の起業チャレンジ応援事業",
        "商工課",
        "令和2年度～令和4年度",
        "R2～R4",
        "6,150,000円",
        6150000,
        [
            ("起業相談件数", "件", 60, 83, "138.3%"),
            ("新規起業者数", "人", 6, 6, "100.0%"),
            ("空き店舗の活用件数", "件", 3, 0, "0.0%"),
        ],
        "相談から起業へ進む割合は１割を下回った。",
        "地方創生に効果があった",
        "事業の継続",
    ),
]

GOLD = gold(
    "dl_html",
    "湯ノ里町",
    "地方創生推進交付金",
    "R3",
    [
        project(
            name,
            [kpi(n, u, "R3", target=t, actual=a, rate=r) for n, u, t, a, r in rows],
            departments=[office],
            period=period,
            spending=[("事業費", yen, "円")],
            evaluation=grade,
            next_policy=policy,
        )
        for name, office, _, period, _, yen, rows, _, grade, policy in PROJECTS
    ],
)


def _section(name, office, printed, *more):
    _, cost, _, rows, words, grade, policy = more
    items = "\n".join(
        f"    <dd>{n}：目標{comma(t)}{u}に対し、実績は{comma(a)}{u}でした（達成率{r}）。</dd>"
        for n, u, t, a, r in rows
    )
    return f"""  <h2>{name}</h2>
  <dl class="facts">
    <dt>担当課</dt><dd>{office}</dd>
    <dt>事業期間</dt><dd>{printed}</dd>
    <dt>令和3年度の事業費</dt><dd>{cost}</dd>
    <dt>重要業績評価指標（KPI）</dt>
{items}
    <dt>担当課のふりかえり</dt><dd>{words}</dd>
    <dt>事業効果</dt><dd>{grade}</dd>
    <dt>今後の方針</dt><dd>{policy}</dd>
  </dl>
"""


def files():
    sections = "".join(_section(*row) for row in PROJECTS)
    page = f"""<!doctype html>
<html lang="ja">
<head><meta charset="utf-8"><title>地方創生推進交付金を活用した事業の効果検証｜湯ノ里町</title></head>
<body>
<nav><ul><li><a href="/">ホーム</a></li><li><a href="/kurashi">くらし</a></li><li><a href="/kanko">観光</a></li></ul></nav>
<main>
  <h1>令和3年度 地方創生推進交付金を活用した事業の効果検証</h1>
  <p>更新日：2022年9月30日　ページ番号：0012345</p>
  <p>湯ノ里町では、交付金を活用した事業の効果を、外部の委員をまじえて検証しています。</p>
{sections}</main>
<footer><p>湯ノ里町役場 企画財政課　電話 0000-00-0000（代表）　開庁時間 8時30分～17時15分</p></footer>
</body>
</html>
"""
    return {"input.html": page.encode()}
