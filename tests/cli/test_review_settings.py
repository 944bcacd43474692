"""The whole round goes by the same settings as its single commands."""

import json
from pathlib import Path

import pytest

from sosei.cli.__main__ import main
from sosei.core.codec import dumps
from sosei.core.report import Indicator, Project, Report, Said


def test_一巡もsosei_tomlに従う(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    project = Project(name=Said(text="事業"), indicators=(Indicator(name=Said(text="来訪者数")),))
    Path("r.json").write_text(dumps(Report(projects=(project,))), "utf-8")
    Path("sosei.toml").write_text(
        '[check]\nselect = ["KPI-NOTARGET"]\n[judge]\nscheme = "tama"\n', "utf-8"
    )
    with pytest.raises(SystemExit) as end:
        main(["review", "r.json", "out"])
    assert not end.value.code
    found = json.loads(Path("out/r-点検.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert {each["ruleId"] for each in found} == {"KPI-NOTARGET"}
    assert json.loads(Path("out/r-評価.json").read_text("utf-8"))["scheme"] == "tama"


def test_一巡も分からない設定は断り何も書かない(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.json").write_text(dumps(Report()), "utf-8")
    Path("sosei.toml").write_text('[check]\nselect = ["NAI"]\n', "utf-8")
    with pytest.raises(SystemExit) as end:
        main(["review", "r.json", "out"])
    assert end.value.code == 3
    assert capsys.readouterr().err.startswith("E500")
    assert not Path("out").exists()
