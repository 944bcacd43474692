"""行いの名. Every verb that the program writes into the journal has its name."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import sosei
from sosei.journal.queries import Wanted
from sosei.journal.undo import VERB
from sosei.journal.verbs import called, fact, verbs
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


def facts_of(tree: ast.Module) -> set[str]:
    """The names of the facts that a module puts beside its acts: `facts=…`, `w.facts |= …`, `w.facts[…] =`, `_note(…=…)`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and re.search("act$|^_note$", getattr(node.func, "id", "")):
            for word in node.keywords:
                if word.arg == "facts":
                    found |= keys(tree, word.value)
                elif node.func.id == "_note" and acts(tree) and word.arg not in (None, "by"):
                    found.add(word.arg)
        elif isinstance(node, ast.AugAssign) and getattr(node.target, "attr", "") == "facts":
            found |= keys(tree, node.value)
        elif isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "facts":
            if isinstance(node.ctx, ast.Store):
                found.add(node.slice.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".facts.update"):
            found |= {key for given in node.args for key in keys(tree, given)}
    return found


def acts(tree: ast.Module) -> bool:
    """Whether a module acts by itself: elsewhere `_note` is something else."""
    return any(getattr(node, "module", "") == "sosei.journal.acts" for node in tree.body)


def keys(tree: ast.Module, value: ast.expr) -> set[str]:
    """The keys of every dictionary in an expression, of those it names, and of those its functions return."""
    parts = list(ast.walk(value))
    names = {part.id for part in parts if isinstance(part, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and names & {getattr(t, "id", "") for t in node.targets}:
            parts += ast.walk(node.value) if isinstance(node.value, ast.Dict) else []
        if isinstance(node, ast.FunctionDef) and node.name in names:
            parts += [p for r in ast.walk(node) if isinstance(r, ast.Return) for p in ast.walk(r)]
    return {
        str(key.value)
        for part in parts
        if isinstance(part, ast.Dict)
        for key in part.keys
        if isinstance(key, ast.Constant)
    }


def test_どの事項にも二つの言葉の名がある() -> None:
    texts = [path.read_text("utf-8") for path in SOURCE.rglob("*.py")]
    acting = [ast.parse(text) for text in texts if "act(" in text or "sosei.journal.acts" in text]
    said = {name for tree in acting for name in facts_of(tree)}
    said |= {one.name for one in fields(Wanted)}
    assert {"people", "new", "old", "odd", "level", "moved", "way", "changed", "lost"} <= said
    assert not {name for name in said if fact(name) == name or fact(name, "en") == fact(name)}


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
