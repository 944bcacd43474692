"""The examples are documentation that cannot go stale: every command is run and its output compared."""

import shlex
import sys
from pathlib import Path
from subprocess import run

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
COMMANDS = [
    pytest.param(case, line, id=f"{case.name}-{line.split()[1]}")
    for case in sorted(path.parent for path in EXAMPLES.glob("*/cmd.txt"))
    for line in (case / "cmd.txt").read_text("utf-8").splitlines()
]


def _output(command: str, case: Path, tmp_path: Path) -> bytes:
    """Run a command in its folder; a word OUT.txt stands for a file to look into instead of what is printed."""
    program, *words = shlex.split(command)
    assert program == "sosei"
    out = next((tmp_path / word for word in words if word.startswith("OUT")), None)
    words = [str(out) if out and word == out.name else word for word in words]
    done = run(
        [sys.executable, "-m", "sosei.cli", *words], cwd=case, capture_output=True, check=False
    )
    assert done.returncode == (1 if words[0] == "check" else 0), done.stderr.decode()
    return out.read_bytes() if out else done.stdout


@pytest.mark.parametrize(("case", "line"), COMMANDS)
def test_例の命令は書かれたとおりの結果を出す(case: Path, line: str, tmp_path: Path):
    command, expected = (part.strip() for part in line.split(">"))
    assert _output(command, case, tmp_path).decode() == (case / expected).read_text("utf-8")


def test_例は二つとも命令を持つ():
    assert {param.values[0].name for param in COMMANDS} == {"mihon", "morioka"}
