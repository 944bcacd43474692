"""変異. Break src one small piece at a time and see whether a test notices.

Each mutant is one change of the syntax tree of one module: a comparison, a condition, an operator, a constant, what is
returned. It lives in a forked process, never on the disk; there run, shortest first, the tests that touch the changed
line and the mirrored test file (src/sosei/core/text.py: tests/core/test_text.py). A test that fails kills the mutant.

    python tools/mutate.py judging                        every mutant of every module of the room
    python tools/mutate.py core/text core/money -n 40     a seeded sample of 40 of each module
    python tools/mutate.py core/text --again out.txt      only those that out.txt says survived
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import importlib.util
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import hypothesis
import hypothesis.strategies
import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/sosei"
#: Seconds of tests, as measured without mutation, that one mutant may cost; and its seconds of processor in all.
BUDGET, LIMIT = 10.0, 40
MEMORY = 3 << 30

OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """One change: where, the how-manieth of its module, what kind."""

    module: str
    line: int
    nth: int
    what: str

    @property
    def name(self) -> str:
        return f"{self.module}:{self.line} #{self.nth} {self.what}"


def mutants(module: str) -> list[Mutant]:
    """Return every mutant of a module, in the order of its text."""
    return [
        Mutant(module, line, nth, what)
        for nth, (line, what) in enumerate(_changes(_tree(module), None))
    ]


def _tree(module: str) -> ast.Module:
    return ast.parse((SOURCE / f"{module}.py").read_text("utf-8"))


def _changes(tree: ast.Module, chosen: int | None) -> Iterator[tuple[int, str]]:
    """Name every change there is; make the chosen one in place, and stop there."""
    count = 0
    for node in _run(tree):
        for what, change in _ways(node):
            if count == chosen:
                change()
                return
            yield getattr(node, "lineno", 0), what
            count += 1


def _run(node: ast.AST) -> Iterator[ast.AST]:
    """Walk over what is run: no annotations, decorators, docstrings, assertions for the types, names of types."""
    if isinstance(node, ast.Assert) or (
        isinstance(node, ast.Subscript) and _is(node.value, "Literal")
    ):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Assign) and _is(node.targets[0], "__all__"):
        return
    if isinstance(node, ast.Call) and _is(node.func, "cast"):
        yield from _run(node.args[1])
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _run(child)


def _is(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _ways(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """Yield the ways to change one node: a word for it and the deed."""
    yield from _operators(node)
    match node:
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            yield (
                f"not `{_brief(test)}`",
                lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), test)),
            )
        case ast.comprehension(ifs=ifs):
            for i, test in enumerate(ifs):
                yield f"every, not only if `{_brief(test)}`", lambda i=i: ifs.pop(i)
        case ast.Return(value=ast.AST() as value) if _brief(value) != "None":
            yield "returns None", lambda: setattr(node, "value", ast.Constant(None))
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMES:
            yield f"{name} -> {NAMES[name]}", lambda: setattr(node, "id", NAMES[name])
        case ast.Constant(value=value) if (new := _constant(value)) != value:
            yield f"{value!r:.40} -> {new!r:.44}", lambda: setattr(node, "value", new)


def _operators(node: ast.AST) -> Iterator[tuple[str, Any]]:
    match node:
        case ast.Compare(ops=ops):
            for i, op in enumerate(ops):
                new = OTHER[type(op)]
                yield (
                    f"{_word(op)} -> {new.__name__}",
                    lambda i=i, new=new: ops.__setitem__(i, new()),
                )
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in OTHER:
            new = OTHER[type(op)]
            yield f"{_word(op)} -> {new.__name__}", lambda: setattr(node, "op", new())
        case ast.UnaryOp(op=ast.USub()):
            yield "without USub", lambda: setattr(node, "op", ast.UAdd())
        case ast.UnaryOp(op=ast.Not()):
            yield "without Not", lambda: setattr(node, "op", _Truth())
    if isinstance(node, ast.BoolOp):
        for i, value in enumerate(node.values):
            yield f"without `{_brief(value)}`", lambda i=i: node.values.pop(i)


def _brief(node: ast.AST) -> str:
    return ast.unparse(node)[:40]


class _Truth(ast.Not):
    """Stands where `not` was; the repair in `code` turns it into a double negation."""


def _word(op: ast.AST) -> str:
    return type(op).__name__


def _constant(value: object) -> object:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return value + "XX"
    return value


class _Repair(ast.NodeTransformer):
    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, _Truth):
            return ast.UnaryOp(ast.Not(), ast.UnaryOp(ast.Not(), node.operand))
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        return node.values[0] if len(node.values) == 1 else node


def code(mutant: Mutant) -> CodeType:
    """Compile a mutant as if it stood in the module's file."""
    tree = _tree(mutant.module)
    for _ in _changes(tree, mutant.nth):
        pass
    return compile(
        ast.fix_missing_locations(_Repair().visit(tree)),
        str(SOURCE / f"{mutant.module}.py"),
        "exec",
        dont_inherit=True,
    )


class _Finder:
    """Gives the mutant where Python looks for the module."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = "sosei." + mutant.module.replace("/", ".")
        self.path = str(SOURCE / f"{mutant.module}.py")
        self.code = code(mutant)

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        loader = SourceFileLoader(name, self.path)
        loader.get_code = lambda fullname: self.code  # type: ignore[method-assign]
        return importlib.util.spec_from_file_location(name, self.path, loader=loader)


class _Quick:
    """No shrinking: that a test fails is all we ask."""

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutate", hypothesis.settings.get_profile("sosei"), phases=phases
        )
        hypothesis.settings.load_profile("mutate")


class Trace(_Quick):
    """Remembers how long each test took and which lines of the modules it ran."""

    def __init__(self, modules: list[str]) -> None:
        self.names = {str(SOURCE / f"{module}.py"): module for module in modules}
        self.lines: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        seen, names, began = self.lines[item.nodeid], self.names, time.process_time()

        def enter(frame: FrameType, event: str, arg: object) -> Any:
            module = names.get(frame.f_code.co_filename)
            if module is None:
                return None

            def step(frame: FrameType, event: str, arg: object) -> Any:
                seen.add((module, frame.f_lineno))
                return step

            return step(frame, event, arg)

        sys.settrace(enter)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.seconds[item.nodeid] = time.process_time() - began


class _Order(_Quick):
    """Keeps the tests that a mutant is shown, in their order."""

    def __init__(self, order: list[str]) -> None:
        self.order = {node: place for place, node in enumerate(order)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (i for i in items if i.nodeid in self.order), key=lambda i: self.order[i.nodeid]
        )


def fork(deed: Any) -> int:
    """Run a deed in a silent child; its exit code tells what became of it."""
    sys.stdout.flush()
    if child := os.fork():
        return child
    status = 1
    try:
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        status = int(deed())
    finally:
        os._exit(status)
    return 0


def run(files: list[str], plugin: object) -> int:
    quick = ["-m", "not slow and not office and not browser"]
    known = [
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
    ]  # hypothesis is here before pytest is
    database = [
        "-p",
        "pytest_django.plugin",
    ]  # the project's settings name it; nothing else is loaded by itself
    return int(pytest.main(["-q", "-x", *database, *quick, *known, *files], [plugin]))


def _others() -> list[str]:
    """Name the modules of others that the tests import: imported once before forking, they cost a mutant nothing."""
    ours = ("sosei", "tests", "conftest", "strategies", "__m", "test_")
    homes = ("/lib/python3", "site-packages")
    known = [
        (n, getattr(m, "__file__", None) or "")
        for n, m in list(sys.modules.items())
        if not n.startswith(ours)
    ]
    return [name for name, file in known if any(home in file for home in homes) and _found(name)]


def _found(name: str) -> bool:
    """Whether a module can be imported by its name; some stand in for themselves and cannot be asked."""
    try:
        return importlib.util.find_spec(name) is not None
    except ValueError:
        return False


def measure(modules: list[str], tests: list[str]) -> Trace:
    """Run the tests once without a mutant; they must pass."""
    with tempfile.NamedTemporaryFile("w+", suffix=".json") as file:

        def deed() -> int:
            trace = Trace(modules)
            result = run(tests, trace)
            Path(file.name).write_text(
                json.dumps(
                    [{k: sorted(v) for k, v in trace.lines.items()}, trace.seconds, _others()]
                )
            )
            return result

        if os.waitpid(fork(deed), 0)[1]:
            sys.exit("the tests fail without any mutant: run them first")
        lines, seconds, others = json.load(file)
    for other in others:
        with contextlib.suppress(Exception):  # what needs the desk set up is imported where that is
            importlib.import_module(other)
    ours = [name for name in sys.modules if name.partition(".")[0] == "sosei"]
    assert not ours, f"imported before they could be changed: {ours[:3]}"
    trace = Trace(modules)
    trace.lines.update({node: {(m, n) for m, n in seen} for node, seen in lines.items()})
    trace.seconds = seconds
    return trace


def shown(mutant: Mutant, trace: Trace) -> list[str]:
    """Return the tests a mutant is shown: mirrored file first, shortest first, within the budget."""
    room, _, stem = mutant.module.partition("/")
    mirror = (f"tests/{room}/test_{stem}.py::", f"tests/{room}/test_{room}_{stem}.py::")
    there = {node for node, seen in trace.lines.items() if (mutant.module, mutant.line) in seen}
    own = {node for node in trace.seconds if node.startswith(mirror)}
    # A line that no test runs is run when the module is imported: any test may notice.
    cost, order = 0.0, []
    wanted = there | own if there else set(trace.seconds)
    for node in sorted(wanted, key=lambda n: (n not in there, n not in own, trace.seconds[n], n)):
        cost += trace.seconds[node]
        if cost < BUDGET or not order:
            order.append(node)
    return order


def survives(mutant: Mutant, order: list[str]) -> bool:
    """Show a mutant the tests, in this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.meta_path.insert(0, _Finder(mutant))  # type: ignore[arg-type]
    files = list(dict.fromkeys(node.partition("::")[0] for node in order))
    return run(files, _Order(order)) == 0


def hunt(todo: list[Mutant], trace: Trace, jobs: int) -> Iterator[tuple[Mutant, bool]]:
    """Yield each mutant and whether it survived, as they end."""
    running: dict[int, Mutant] = {}
    for mutant in todo:
        order = shown(mutant, trace)
        if not order:
            yield mutant, True
            continue
        running[fork(lambda m=mutant, o=order: 0 if survives(m, o) else 1)] = mutant
        if len(running) >= jobs:
            pid, status = os.wait()
            yield running.pop(pid), status == 0
    while running:
        pid, status = os.wait()
        yield running.pop(pid), status == 0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="+", help="core/text; or a room: judging")
    parser.add_argument("-n", type=int, default=0, help="mutants of each module (0: all)")
    parser.add_argument("--seed", default="sosei")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tests", nargs="*", help="instead of tests/ROOM")
    parser.add_argument("--again", type=Path, help="an earlier output: only its survivors")
    given = parser.parse_args()
    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    modules = [
        f"{name}/{file.stem}" if (SOURCE / name).is_dir() else name
        for name in given.modules
        for file in (
            sorted((SOURCE / name).glob("[!_]*.py")) if (SOURCE / name).is_dir() else [Path(name)]
        )
    ]
    todo = [m for module in modules for m in sample(mutants(module), given.n, given.seed)]
    if given.again:
        left = {
            line.removeprefix("survived ").strip()
            for line in given.again.read_text("utf-8").splitlines()
        }
        todo = [mutant for mutant in todo if mutant.name in left]
    tests = given.tests or sorted({f"tests/{module.partition('/')[0]}" for module in modules})
    killed: Counter[str] = Counter()
    for mutant, survived in hunt(todo, measure(modules, tests), given.jobs):
        killed[mutant.module] += not survived
        if survived:
            print(f"survived {mutant.name}", flush=True)
    total = Counter(mutant.module for mutant in todo)
    for module in modules:
        if total[module]:
            print(
                f"{module}: {killed[module]} of {total[module]} killed, {killed[module] / total[module]:.0%}"
            )


def sample(found: list[Mutant], number: int, seed: str) -> list[Mutant]:
    """Return so many mutants, the same for the same seed and the same text."""
    if not number or number >= len(found):
        return found
    chosen = random.Random(f"{seed}:{found[0].module}").sample(range(len(found)), number)
    return [found[i] for i in sorted(chosen)]


if __name__ == "__main__":
    main()
