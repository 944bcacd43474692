"""移しの点検. A later migration changes what rows of the book say only inside `Sealed`, so that the journal knows of it."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from sosei.journal.contents import nothing
from sosei.journal.moving import Sealed
from sosei.journal.tables import facts

ROOMS = ("journal", "offices", "ledger")
#: Label → the journal's name of the table, and of its columns that were renamed.
Names = Mapping[str, tuple[str, Mapping[str, str]]]


def columns(state: ProjectState, names: Names) -> dict[tuple[str, str], tuple[str, Any]]:
    """Every column of the book's tables by the journal's names, with its kind and what says nothing in it."""
    found = {}
    for app, name in state.models:
        table, known_as = names.get(f"{app}.{name}", ("", {}))
        if table:
            fields = state.apps.get_model(app, name)._meta.concrete_fields
            found |= {
                (table, known_as.get(f.attname, f.attname)): (f.get_internal_type(), nothing(f))
                for f in fields
            }
    return found


def unsealed(app: str, operations: list[Any], state: ProjectState, names: Names) -> list[str]:
    """What operations do to rows of the book without a line for it."""
    found = []
    for operation in operations:
        following = state.clone()
        operation.state_forwards(app, following)
        was, now = columns(state, names), columns(following, names)
        moved = any(now.get(column) != kind for column, kind in was.items())
        filled = _filled(app, operation, names)
        by_hand = isinstance(operation, (migrations.RunPython, migrations.RunSQL))
        if not isinstance(operation, Sealed) and (moved or filled or by_hand):
            found.append(operation.describe())
        state = following
    return found


def _filled(app: str, operation: Any, names: Names) -> bool:
    """Whether a column is added to the book's rows with something in it."""
    if not isinstance(operation, migrations.AddField):
        return False
    field = operation.field
    ours = f"{app}.{operation.model_name_lower}" in names
    return ours and field.has_default() and field.get_default() != nothing(field)


def test_あとの移しは行の言うことを封印なしに変えない() -> None:
    loader = MigrationLoader(None)
    names = {k._meta.label_lower: (k.table(), k.known_as) for k in facts()}
    for (app, name), migration in loader.disk_migrations.items():
        if app in ROOMS and not migration.initial:
            state = loader.project_state((app, name), at_end=False)
            assert not unsealed(app, migration.operations, state, names), name


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (migrations.AddField("thing", "n", models.TextField(null=True)), False),
        (migrations.AddField("thing", "n", models.TextField(default="")), False),
        (migrations.AddField("thing", "n", models.TextField(default="x")), True),
        (migrations.RenameField("thing", "title", "name"), False),
        (migrations.RenameField("thing", "unit", "counted_in"), True),
        (migrations.RemoveField("thing", "unit"), True),
        (migrations.AlterField("thing", "unit", models.TextField(default="")), True),
        (migrations.AlterField("thing", "weight", models.IntegerField(default=7)), False),
        (migrations.RunPython(migrations.RunPython.noop), True),
        (Sealed("x", ["later.thing"], [migrations.RemoveField("thing", "unit")]), False),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_点検は封印なしの書き替えを見つける(operation: Any, said: bool) -> None:
    state = ProjectState()
    for one in import_module("later.first.0001_initial").Migration.operations:
        one.state_forwards("later", state)
    names = {"later.thing": ("later.thing", {"name": "title"})}
    assert bool(unsealed("later", [operation], state, names)) is said
