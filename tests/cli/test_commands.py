"""The commands as a person runs them: exit status, languages, sentences instead of traces."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from sosei.cli.__main__ import main
from sosei.core.codec import dumps, loads
from sosei.core.gaps import Gap
from sosei.core.report import Indicator, Project, Report, Said, Value, Year, YearPoint


def sample() -> Report:
    point = YearPoint(target=Value(number=Decimal(150)), actual=Value(gap=Gap.COUNTING))
    indicator = Indicator(name=Said(text="盛岡を訪問した人数"), unit="人", years=(point,))
    project = Project(name=Said(text="関係人口事業"), indicators=(indicator,))
    return Report(title=Said(text="効果検証"), fiscal_year=Year(year=2021), projects=(project,))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "報告.json"
    path.write_text(dumps(sample()), "utf-8")
    return path


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    return int(end.value.code or 0)


def test_読むとJSONが出る(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", report) == 0
    assert loads(capsys.readouterr().out).projects == sample().projects


def test_点検は指摘があれば一で終わる(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", report) == 1
    assert "KPI-NOBASE" in capsys.readouterr().out


def test_点検のJSONは契約の項目を持つ(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", report, "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)
    assert set(found[0]) >= {
        "code",
        "severity",
        "message_ja",
        "message_en",
        "place",
        "raw",
        "source",
        "fix",
    }


def test_点検のSARIFは版を名乗る(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("check", report, "--format", "sarif")
    assert json.loads(capsys.readouterr().out)["version"] == "2.1.0"


def test_選んだ規則だけを見る(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("check", report, "--select", "KPI-PENDING", "--format", "json")
    assert {each["code"] for each in json.loads(capsys.readouterr().out)} == {"KPI-PENDING"}
    assert run("check", report, "--select", "なにか") == 3


def test_評価は理由を言う(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("judge", report) == 0
    assert "集計中" in capsys.readouterr().out
    assert run("judge", report, "--lang", "en") == 0
    assert "still being counted" in capsys.readouterr().out


def test_知らない体系は断る(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("judge", report, "--scheme", "ない") == 3
    assert "E500" in capsys.readouterr().err


def test_設定の体系を使う(
    report: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sosei.toml").write_text('[judge]\nscheme = "nagano"\n', "utf-8")
    assert run("judge", report, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["scheme"] == "nagano"
    (tmp_path / "sosei.toml").write_text("[judge\n", "utf-8")
    assert run("judge", report) == 3
    (tmp_path / "sosei.toml").write_text('[judg]\nscheme = "nagano"\n', "utf-8")
    assert run("judge", report) == 3


@pytest.mark.parametrize("suffix", [".html", ".json", ".txt", ".xlsx", ".docx", ".pdf"])
def test_拡張子で形が決まる(report: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / "書き出し" / f"r{suffix}"
    assert run("convert", report, out) == 0
    assert out.stat().st_size > 100
    assert not list(out.parent.glob(".*.part"))


def test_CSVは一式のフォルダになり読み戻せる(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("convert", report, tmp_path / "r.csv") == 0
    assert len(list((tmp_path / "r").glob("*.csv"))) > 1
    capsys.readouterr()
    assert run("read", tmp_path / "r") == 0
    assert "盛岡を訪問した人数" in capsys.readouterr().out


def test_分からない拡張子と命令は断る(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("convert", report, tmp_path / "r.odt") == 3
    assert "--form" in capsys.readouterr().err
    assert run("よむ", report) == 2
    assert run("judge") == 2
    assert run() == 2


@pytest.mark.parametrize("name", ["ない.txt", "."])
def test_ないファイルは一文で断る(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("read", tmp_path / name) == 3
    said = capsys.readouterr().err
    assert said.startswith("E2")
    assert "Traceback" not in said


def test_壊れたJSONは全ての問題を言う(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "r.json"
    path.write_text(
        '{"schema": "sosei.report/1", "projects": [{"kind": "x"}, {"kind": "y"}]}', "utf-8"
    )
    assert run("read", path) == 3
    said = capsys.readouterr().err
    assert "/projects/0/kind" in said
    assert "/projects/1/kind" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("chek", "r.xlsx"), "「check」ではありませんか。"),
        (("check",), "FILE がありません。"),
        (("check", "r.xlsx", "--selct", "KPI"), "「--select」ではありませんか。"),
        (("check", "r.xlsx", "s.xlsx"), "「s.xlsx」が余分です。"),
        (("check", "r.xlsx", "--last-year"), "「--last-year」の後に値を書いてください。"),
        (("check", "r.xlsx", "--today", "令和8年6月1日"), "「2024-06-01」のように"),
        (("check", "r.xlsx", "--format", "excel"), "「--format」に「excel」は使えません。"),
        (("review", "r.xlsx", "out", "--port", "x", "--lang", "en"), "Write a number."),
    ],
)
def test_使い方の誤りはその人の言葉で言う(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 2
    answer = capsys.readouterr().err
    assert said in answer
    assert "--help" in answer
    assert "error:" not in answer


def test_読んだファイルには書かない(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = report.read_bytes()
    assert run("convert", report, report) == 3
    assert run("convert", report, f"{tmp_path}/") == 3
    assert run("review", report, tmp_path) == 3
    assert run("check", report, "--apply", report) == 3
    assert capsys.readouterr().err.count("E304") == 4
    assert report.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [report.name]


def test_エクセルの目印のファイルと事業のない文書はそう言う(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark = tmp_path / "~$報告.xlsx"
    mark.write_bytes(b"\x05owner")
    assert run("check", mark) == 3
    assert capsys.readouterr().err.startswith("E231")
    memo = tmp_path / "memo.txt"
    memo.write_text("メモ", "utf-8")
    run("check", memo)
    assert "事業を一つも読み取れませんでした" in capsys.readouterr().err


def test_規則の一覧と説明(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules") == 0
    assert "KPI-NOTARGET" in capsys.readouterr().out
    assert run("rules", "kpi-notarget", "--lang", "en") == 0
    assert "target" in capsys.readouterr().out.lower()
    assert run("rules", "NAI") == 3


def test_一巡はすべての形と記録を書く(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("review", report, tmp_path / "out") == 0
    said = capsys.readouterr().out
    assert "指標 1件" in said
    names = {path.name for path in (tmp_path / "out").iterdir()}
    for ending in (
        ".html",
        ".pdf",
        "-作業用.xlsx",
        "-公開用.xlsx",
        ".docx",
        "-csv",
        ".json",
        ".txt",
        "-点検.sarif",
        "-評価.json",
    ):
        assert f"報告{ending}" in names


def test_色は端末でなければ付かない(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("check", report)
    run("read", "ない")
    out, err = capsys.readouterr()
    assert "\033" not in out + err


def command(*arguments: object, **more: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, **more}
    line = [sys.executable, "-m", "sosei.cli", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, env=environment, check=False)


def test_どの地域の端末でもUTF8で出す(report: Path) -> None:
    said = command("read", report, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0").stdout
    assert "盛岡を訪問した人数" in said.decode("utf-8")


def test_読み手が先に閉じても騒がない(report: Path) -> None:
    line = f'"{sys.executable}" -m sosei.cli rules | head -c 1; "{sys.executable}" -m sosei.cli read "{report}" | true'
    done = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_版と助けは報告書の道具を読み込まない() -> None:
    code = "import sys; sys.argv = ['sosei', '--version']\nfrom sosei.cli.__main__ import main\ntry: main()\nexcept SystemExit: pass\nprint([m for m in ('lxml', 'openpyxl', 'typst', 'docx', 'xlsxwriter') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_事業のない文書では何も書き出さない(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    memo = tmp_path / "memo.txt"
    memo.write_text("本日の打合せは中止です。", "utf-8")
    assert run("review", memo, tmp_path / "out") == 3
    assert "E306" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_読み方を言葉で説明する(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "表.html"
    path.write_text(
        "<!doctype html><table><tr><td>指標<td>目標値（R3）<td>実績値（R3）<tr><td>訪問者数<td>150人<td>57人</table>",
        "utf-8",
    )
    assert run("read", "--explain", path) == 0
    assert "「実績値（R3）」→ 実績値 令和3年度" in capsys.readouterr().out
    assert run("read", "--explain", path, "--lang", "en") == 0
    assert "→ actual FY2021" in capsys.readouterr().out
