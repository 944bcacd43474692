"""行いの名. Every verb that the program writes into the journal has its name."""

import ast
import re
from pathlib import Path

import sosei
from sosei.journal.undo import VERB
from sosei.journal.verbs import called, verbs
from sosei.ledger.flow import moves

SOURCE = Path(sosei.__file__).parent


def used() -> set[str]:
    """The verbs of every `act(…)` in the source, of what is named after it (person_act, _note), and of the flow."""
    found = {VERB} | flow()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and re.search(
                "act$|^_note$", getattr(node.func, "id", "")
            ):
                found |= said(tree, node.args[0]) if node.args else set()
    return {verb for verb in found if re.fullmatch(r"[a-z_]+\.[a-z_]+", verb)}


def said(tree: ast.Module, first: ast.expr) -> set[str]:
    """The text of a constant, or all that a module puts into the variable."""
    if isinstance(first, ast.Constant):
        return {str(first.value)}
    name = getattr(first, "id", None)
    given = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and name in [getattr(t, "id", "") for t in node.targets]
    ]
    return {str(c.value) for value in given for c in ast.walk(value) if isinstance(c, ast.Constant)}


def flow() -> set[str]:
    """The verbs with which entries and volumes move."""
    return {move.act for move in (*moves("entry"), *moves("volume"))}


def test_どの行いにも二つの言葉の名がある() -> None:
    assert len(used()) > 10
    assert not used() - set(verbs())


def test_行いの符号は部屋のことばの点つなぎ() -> None:
    assert not [code for code in verbs() if not re.fullmatch(r"[a-z_]+\.[a-z_]+", code)]
    assert not [pair for pair in verbs().values() if not all(pair) or pair[0] == pair[1]]


def test_知らない行いは符号のまま言う() -> None:
    assert called("old.verb") == "old.verb"
    assert called("journal.undo") == "一括の取消"
    assert called("journal.undo", "en") == "undo as one"
