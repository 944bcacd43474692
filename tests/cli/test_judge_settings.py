"""What sosei.toml says for `judge` is used or refused, never dropped in silence."""

from pathlib import Path

import pytest

from sosei.cli.judge import wanted_scheme
from sosei.core.errors import BadSetting


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "text", ['[judge]\nschem = "nagano"', '[judge]\nscheme = ["nagano"]', '[judge]\nscheme = "nai"']
)
def test_分からない設定は断る(text: str, own_folder: Path) -> None:
    (own_folder / "sosei.toml").write_text(text, "utf-8")
    with pytest.raises(BadSetting):
        wanted_scheme()


def test_選択肢が設定に先立ち_どちらもなければ体系はない(own_folder: Path) -> None:
    assert wanted_scheme() is None
    (own_folder / "sosei.toml").write_text('[judge]\nscheme = "nagano"\n', "utf-8")
    used, chosen = wanted_scheme(), wanted_scheme("tama")
    assert used is not None
    assert chosen is not None
    assert (used.code, chosen.code) == ("nagano", "tama")
