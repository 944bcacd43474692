"""様式をつくる. Build the files and gold of tests/layouts, each from its own make.py; only the layouts named, or all.

    PYTHONPATH=tests build/bench/bin/python tools/build_layouts.py [NAME ...]

Files whose producer is not on this machine (WeasyPrint, ReportLab, chromium, LibreOffice) are left as they are and named.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[1] / "tests" / "layouts"


def main(wanted: list[str]) -> None:
    """Build the layouts wanted, and say what could not be."""
    for name in wanted or sorted(path.parent.name for path in HERE.glob("*/make.py")):
        module = importlib.import_module(f"layouts.{name}.make")
        folder = HERE / name
        gold = json.dumps(module.GOLD, ensure_ascii=False, indent=1)
        (folder / "gold.json").write_text(f"{gold}\n", "utf-8")
        (folder / "source.md").write_text(_source(name, module), "utf-8")
        for file, content in module.files().items():
            made = _made(content)
            if isinstance(made, str):
                print(f"{name}/{file}: {made}", file=sys.stderr)
            else:
                (folder / file).write_bytes(made)
                print(f"{name}/{file}: {len(made):,} bytes")


def _made(content: Any) -> bytes | str:
    """The bytes; or why they could not be made."""
    if isinstance(content, bytes):
        return content
    try:
        return bytes(content())
    except (ImportError, FileNotFoundError) as missing:
        return f"not made: {missing}"


def _source(name: str, module: Any) -> str:
    files = ", ".join(sorted(module.files()))
    said = " ".join((module.__doc__ or "").split())
    return f"# {name}\n\n{said}\n\nInvented: town, projects and figures. Files: {files}, drawn by make.py.\n"


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    main(sys.argv[1:])
