"""The house itself: nothing undocumented, nothing that names an outside host, nothing too large."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sosei.cli.__main__ import COMMANDS
from sosei.publishing import FORMS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sosei"


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("git: not a checkout, so there is no list of files")
    return [
        ROOT / name
        for name in listed.stdout.decode().split("\0")
        if name and (ROOT / name).is_file()
    ]


def test_一メガバイトを超えるファイルがない() -> None:
    assert not [path for path in tracked() if path.stat().st_size > 1_000_000]


def test_外の宛先を名指す画面の部品がない() -> None:
    named = re.compile(r"""(src|href|url|@import)[ =("']+(https?:)?//""")
    assets = [
        path
        for path in SOURCE.rglob("*")
        if path.suffix in {".html", ".css", ".js", ".typ", ".svg"}
    ]
    assert assets
    assert not [path for path in assets if named.search(path.read_text("utf-8"))]


def test_固定した版は宛先を持たずハッシュを持つ() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text("utf-8")
        assert "://" not in text, path
        pins = re.findall(r"^[A-Za-z0-9_.-]+==", text, re.M)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins), path


def test_直接使う部品はすべて理由が書かれている() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    said = (ROOT / "docs/dev/dependencies.md").read_text("utf-8").lower()
    names = [re.split(r"[<>=\[]", item)[0].strip() for item in project["dependencies"]]
    developing = re.findall(
        r"^([A-Za-z0-9_.-]+)", (ROOT / "requirements/dev.in").read_text("utf-8"), re.M
    )
    quiet = {"types-jsonschema", "lxml-stubs", "hatchling", "editables"}
    missing = [
        name for name in [*names, *developing] if name.lower() not in said and name not in quiet
    ]
    assert not missing


def test_どの命令も選択肢も手引きにある() -> None:
    manual = (ROOT / "docs/manual/commands.md").read_text("utf-8")
    assert not [name for name in COMMANDS if f"## `sosei {name}" not in manual]
    for name in COMMANDS:
        text = (SOURCE / "cli" / f"{name}.py").read_text("utf-8")
        options = set(re.findall(r'"(--[a-z-]+)"', text))
        assert not [option for option in options if f"`{option}" not in manual], name


def test_どの設定も環境変数も手引きにある() -> None:
    manual = (ROOT / "docs/manual/settings.md").read_text("utf-8")
    named = set()
    for path in SOURCE.rglob("*.py"):
        named |= set(re.findall(r'"(SOSEI_[A-Z]+|NO_COLOR)"', path.read_text("utf-8")))
    assert named
    assert not [name for name in named if f"`{name}`" not in manual]
    for key in ("select", "ignore", "severity", "scheme"):
        assert key in manual


def test_どの形も手引きにある() -> None:
    manual = (ROOT / "docs/manual/commands.md").read_text("utf-8")
    assert not [name for name in FORMS if name not in manual]


def test_自分の部屋を関数の中で輸入しない() -> None:
    found = []
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        inner = [
            n
            for f in ast.walk(tree)
            if isinstance(f, (ast.FunctionDef, ast.AsyncFunctionDef))
            for n in ast.walk(f)
        ]
        found += [
            f"{path.name}:{n.lineno}"
            for n in inner
            if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("sosei")
        ]
    assert not found


def test_清い部屋は時計も環境も見ない() -> None:
    forbidden = re.compile(
        r"datetime\.now|date\.today|time\.time\(|os\.environ|getenv|locale\.|random\."
    )
    rooms = ("core", "reading", "checking", "judging", "publishing")
    files = [path for room in rooms for path in (SOURCE / room).rglob("*.py")]
    assert not [path for path in files if forbidden.search(path.read_text("utf-8"))]


def undescribed(node: ast.Module | ast.ClassDef, name: str) -> Iterator[str]:
    """What is public in a module or class and has no docstring; a protocol's attributes are told by the protocol."""
    if not ast.get_docstring(node):
        yield name
    protocol = isinstance(node, ast.ClassDef) and "Protocol" in map(ast.unparse, node.bases)
    for part in node.body:
        if isinstance(part, ast.ClassDef) and not part.name.startswith("_"):
            yield from undescribed(part, f"{name}.{part.name}")
        if not isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)) or part.name.startswith(
            "_"
        ):
            continue
        attribute = protocol and "property" in map(ast.unparse, part.decorator_list)
        if not ast.get_docstring(part) and not attribute:
            yield f"{name}.{part.name}"


def test_説明のない公の部品も型も関数もない() -> None:
    files = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    trees = [(str(path), ast.parse(path.read_text("utf-8"))) for path in files]
    assert len(trees) > 100
    assert not [name for path, tree in trees for name in undescribed(tree, path)]


def test_説明のないものを見つける() -> None:
    text = """class A:
    def said(self): "Said."
    def unsaid(self): ...
    def _own(self): ...
def b(): ..."""
    assert list(undescribed(ast.parse(text), "m")) == ["m", "m.A", "m.A.unsaid", "m.b"]
