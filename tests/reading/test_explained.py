"""How a document was read, told to an official: the decisions that were really taken, for every family of layouts."""

import dataclasses
import inspect
from decimal import Decimal
from pathlib import Path

import pytest

from sosei.core.codec import dumps
from sosei.core.report import Indicator, Project, Report, Said, Value, Year, YearPoint, bare
from sosei.publishing import publish
from sosei.reading import explained, read, vocabulary
from sosei.reading.layouts.strangers import columns

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = Path(__file__).parents[3] / "shared" / "cases"


def table(*rows: str, above: str = "") -> bytes:
    cells = "".join(
        f"<tr>{''.join(f'<td>{c.strip()}</td>' for c in row.split('|'))}</tr>" for row in rows
    )
    return (
        f"<!doctype html><html><body><h2>{above}</h2><table>{cells}</table></body></html>".encode()
    )


def told(data: bytes, name: str = "報告.html", lang: str = "ja") -> str:
    return explained.text(explained.explain([(name, data)]), lang)  # type: ignore[arg-type]


def section(text: str, name: str) -> str:
    return text.partition(f"■ {name}\n")[2].partition("\n■ ")[0]


KPI = table(
    "指標|単位|基準値（H30）|目標値（R3）|実績値（R3）|達成率|担当者氏名",
    "訪問者数|人|40|150|57|38%|見本",
)


def sample() -> Report:
    point = YearPoint(
        fiscal_year=2021, target=Value(number=Decimal(150)), actual=Value(number=Decimal(57))
    )
    indicator = Indicator(name=Said(text="訪問者数"), unit="人", years=(point,))
    project = Project(name=Said(text="関係人口事業"), indicators=(indicator,))
    return Report(title=Said(text="効果検証"), fiscal_year=Year(year=2021), projects=(project,))


def test_どの見出しが何になり何が使われなかったかを言う() -> None:
    found = section(told(KPI), "見出しと項目")
    assert "「実績値（R3）」→ 実績値 令和3年度。語彙の「実績値」です" in found
    assert "「基準値（H30）」→ 基準値 平成30年度" in found
    assert "「担当者氏名」→ 使わない。読み取る項目ではない" in found


def test_確かな値はどの計算が合ったかを言う() -> None:
    found = section(told(KPI), "確かめられた値")
    assert "「訪問者数」達成率 38% ＝ 実績 57 ÷ 目標 150（表1の2行目の4列目）" in found
    assert "数・役割・年度・単位が同じだったので確かとしたもの 3 個" in found


def test_確かでない値は指標とともに並べる() -> None:
    material = dataclasses.replace(explained.explain([("報告.html", KPI)]), report=sample())
    found = section(explained.text(material), "確かめられた値")
    assert "「確か」とはしていないもの 2 個\n    「訪問者数」150\n    「訪問者数」57" in found


def test_並びで決めた列は何を見て決めたかを言い先に見るよう勧める() -> None:
    text = told(
        table("指標|現状値|令和3年度|令和4年度", "訪問者数|40人|50人|60人", above="目標の一覧")
    )
    assert "「令和3年度」→ 目標値 令和3年度。見出しが年度だけで、表に目標・計画の言葉" in text
    first = section(text, "まず見ていただきたい所")
    assert (
        "見出し「現状値」を基準値としました（表1の1行目の2列目）。ほかに基準値の列がない" in first
    )


def test_読まなかった表と残した言葉の場所を言う() -> None:
    text = told(table("担当課|実施期間|備考", "企画課|R1～R3|人口の多い順"))
    assert "読み取らなかった表があります（表1の1行目の1列目）" in section(
        text, "まず見ていただきたい所"
    )
    assert "「企画課」（表1の2行目の1列目）" in section(text, "読み取らずに残したもの")


def test_書式は見出しと値の並びとして説明する() -> None:
    text = told(
        table("事業名|関係人口事業|担当課|企画課", "目的|ふやす|電話|019", "指標|人数|目標値|30人")
    )
    assert "書式（見出しと値の並び）" in text
    assert "「担当課」→ 担当課。語彙の「担当課」です" in text


def test_行の見出しのある表は年度の列と行の見出しを分けて言う() -> None:
    text = told(
        table("指標|区分|29年度|30年度", "訪問者数|目標値|10人|20人", "訪問者数|成果実績|9人|21人")
    )
    assert "「29年度」→ その年度の値（何の値かは行の見出しによる） 平成29年度" in text
    assert "「成果実績」→ 実績値。語彙の「成果実績」です" in text


def test_文から読んだ指標は値とともに言う() -> None:
    page = "<!doctype html><html><body><p>訪問者数 25人（目標30人）</p></body></html>".encode()
    assert "文「訪問者数」→ 値 30人、25人" in told(page).replace("25人、30人", "30人、25人")


def test_札の様式は列ごとに中身の扱いを言う() -> None:
    text = told((EXAMPLES / "morioka" / "report.txt").read_bytes(), "report.txt")
    assert "指標をセルの中に並べる様式として読みました" in text
    assert "「実績（KPI等）」→ 指標（セルの中の一行ずつを" in text
    assert "行目の" in section(text, "見出しと項目")


def test_創生の調書は見出しの語彙でなく調書の項目を言う() -> None:
    made = publish(sample(), "docx")
    assert isinstance(made, bytes)
    text = told(made, "調書.docx")
    assert "創生の調書（事業ごとの表の組）として読みました" in text
    assert "「事業の名称」→ 事業の名称" in text
    assert "調書の表「指標」" in text


def test_つながる表は列がどの項目かを言う() -> None:
    made = publish(sample(), "csv")
    assert not isinstance(made, bytes)
    text = explained.text(explained.explain(list(made.items())))
    assert "行の番号でつながる表" in text
    assert "つながる表「年度別の値」" in text
    assert "「目標値」→ 目標値" in text


def test_契約のJSONには見出しがないと言う() -> None:
    text = told(dumps(sample()).encode(), "報告.json")
    assert "契約の JSON なので" in text
    assert "見出しと項目" not in text


def test_英語でも同じことを言う() -> None:
    text = told(KPI, lang="en")
    assert "“実績値（R3）” → actual FY2021: the vocabulary knows “実績値”" in text
    assert "rate 38% = actual 57 / target 150" in text
    assert "として" not in text


def test_説明を求めても読み取りは変わらない() -> None:
    given = [("報告.html", KPI), ("report.txt", (EXAMPLES / "morioka" / "report.txt").read_bytes())]
    for name, data in given:
        report = explained.explain([(name, data)]).report
        assert dumps(report).count('"number"') == dumps(read(data, name)).count('"number"')
        assert report.projects[0].indicators == read(data, name).projects[
            0
        ].indicators or name.endswith(".txt")


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
def test_どの事例も説明でき値の数は読み取りと同じ() -> None:
    for path in sorted(CASES.glob("*/input.*")):
        if path.suffix == ".pdf":
            continue
        explanation = explained.explain([(path.name, path.read_bytes())])
        for lang in ("ja", "en"):
            text = explained.text(explanation, lang)  # type: ignore[arg-type]
            assert "■" in text
        assert bare(explanation.report) == bare(read(path.read_bytes(), path.name))
        assert explanation.blocks


def test_語彙のどの役割にも説明の言葉がある() -> None:
    known = explained._words()
    roles = {role for part in ("exact", "ending") for role in vocabulary._table()[part]}
    assert roles - {"skip"} <= set(known["field"])
    steps = {
        n for n, _ in inspect.getmembers(columns, inspect.isfunction) if n.startswith("_settle_")
    }
    assert steps | {"_without_empty"} <= set(known["turn"])
