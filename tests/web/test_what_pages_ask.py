"""画面が頼るもの. Pages ask actions, queries and what holds neither table nor pen; everything else is not theirs to import."""

import ast
from collections.abc import Iterator
from pathlib import Path

import sosei.web

SOURCE = Path(sosei.web.__file__).parent
#: Of each room, what pages may import, with what stands in it.
ALLOWED = {
    "journal": {"clock", "export", "history", "queries", "subjects", "verbs", "wording"},
    "offices": {"actions", "permissions", "queries", "succession", "workdays"},
    "evidence": {
        "actions", "queries", "binding", "definitions", "drafts", "grounds", "kindfiles", "kindproblems", "kinds", "leaks", "measures", "naming", "papers", "persons", "proposing",
        "publicforms", "refusals", "refusals_documents", "refusals_forms", "refusals_leaks", "refusals_personal", "sheets", "shelves", "tickets", "typed",
    },
    "ledger": {
        "actions", "queries", "refusals", "halts", "objections", "doubts", "attributes", "difference", "flow", "frozen",
        "incoming", "judged", "mending", "readings", "strangers", "typed",
    },
}  # fmt: skip


def asked(path: Path) -> Iterator[tuple[str, str]]:
    """Each room and the module of it that a page imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        whole = []
        if isinstance(node, ast.Import):
            whole = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in whole:
            parts = name.split(".")
            if parts[0] == "sosei" and parts[1] in ALLOWED:
                yield parts[1], parts[2]


def everything() -> set[tuple[str, str]]:
    return {pair for path in SOURCE.rglob("*.py") for pair in asked(path)}


def test_画面は許されたところにだけ頼る() -> None:
    assert not {(room, part) for room, part in everything() if part not in ALLOWED[room]}


def test_許されたところはどれも頼られている() -> None:
    allowed = {(room, part) for room, parts in ALLOWED.items() for part in parts}
    assert not allowed - everything()
