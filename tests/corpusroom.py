"""資料集の部屋. Folders of mixed files, runs over them as processes, and what their tables hold."""

import subprocess
import sys
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
BENCH: dict[str, Any] = run_path(str(ROOT / "bench" / "corpus.py"))
#: A seed with which sixty files are of every kind.
SEED = 25


def parquet() -> Any:
    """Return the package that reads tables back."""
    return pytest.importorskip("pyarrow.parquet", reason="pyarrow: not installed")


def built(folder: Path, out: Path, *more: object) -> subprocess.CompletedProcess[str]:
    """Run `sosei corpus` to its end."""
    words = [sys.executable, "-m", "sosei.cli", "corpus", folder, out, *more]
    return subprocess.run(
        [str(word) for word in words], env=BENCH["environment"](), capture_output=True, text=True, check=False
    )  # fmt: skip


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table."""
    found: list[dict[str, Any]] = parquet().read_table(out / f"{table}.parquet").to_pylist()
    return found


def by_path(out: Path) -> dict[str, dict[str, Any]]:
    """Return the rows of `files` by path."""
    return {row["path"]: row for row in rows(out, "files")}
