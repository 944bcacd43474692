"""二台のサーバーと個人情報の鍵. On one PostgreSQL only one key enciphers: a second server makes none, and stops when it changes."""

import shutil
from pathlib import Path

from cluster import Template, like

from homes import python, serving, sosei

#: Asks as an act does that writes persons.
WRITING = """
import django; django.setup()
from sosei.evidence.keyed import require_key
require_key()
"""


def names(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "keys").glob("personal*"))


def test_二台目は鍵を作らず一台目が替えたら書かない(
    office_cluster: Template, tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    with like(office_cluster, one) as postgres:
        there = {"SOSEI_DATABASE": postgres.address}
        (one / "keys" / "personal.key").unlink()  # as with a book of an earlier program
        shutil.copytree(one / "keys", other / "keys")
        with serving(one, **there):
            pass
        refused = sosei(other, "serve", "--port", 0, **there)
        assert refused.stderr.startswith("E680 ")
        assert (names(one), names(other)) == (["personal.key"], [])
        (other / "keys" / "personal.key").write_text("ab" * 32 + "\n")
        assert sosei(other, "serve", "--port", 0, **there).stderr.startswith("E772 ")
        shutil.copy(one / "keys" / "personal.key", other / "keys")
        assert python(other, WRITING, **there).returncode == 0
        assert sosei(one, "keys", "rotate", "personal", **there).returncode == 0
        assert "E770" in python(other, WRITING, **there).stderr
        shutil.copy(one / "keys" / "personal.2.key", other / "keys")
        assert python(other, WRITING, **there).returncode == 0
