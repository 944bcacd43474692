"""行いの名. Every verb that the program writes into the journal has its name."""

import ast
import re
from pathlib import Path

import sosei
from sosei.journal.undo import VERB
from sosei.journal.verbs import called, verbs

SOURCE = Path(sosei.__file__).parent


def used() -> set[str]:
    """The verbs of every `act("…")` in the source, and of what is named after it (person_act, _note)."""
    found = {VERB}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and re.search(
                "act$|^_note$", getattr(node.func, "id", "")
            ):
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


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
