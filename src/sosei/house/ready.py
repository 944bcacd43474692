"""支度. Before the server starts: the database as this program needs it, the static files in their place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sosei.house.refusals import NewerDatabase
from sosei.journal import keyring

#: PostgreSQL's name for "somebody is migrating this book", for servers that start at the same time.
_MIGRATING: Final = 0x505E1


def book() -> Path | None:
    """Return the SQLite file of the book, None where it is in PostgreSQL."""
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def pending() -> list[str]:
    """Return the migrations that the database still lacks. Raises NewerDatabase where it has some unknown here."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations or ())
    known |= {old for new in known for old in executor.loader.disk_migrations[new].replaces}
    ours = {app for app, _ in known}
    strange = [m for m in executor.loader.applied_migrations if m[0] in ours and m not in known]
    if strange:
        raise NewerDatabase(migrations="、".join(f"{app}.{name}" for app, name in sorted(strange)))
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _ in plan]


def migrate() -> list[str]:
    """Bring the database to what this program needs; return what was done.

    Raises NewerDatabase; SealKeyLacking, OtherSealKey where a book here is not sealed with the keys here.
    """
    lacking = pending()
    if lacking:
        # what other rooms' migrations do to rows goes into the journal: its own tables come first
        call_command("migrate", "journal", interactive=False, verbosity=0)
    keyring.check_all()
    if lacking:
        call_command("migrate", interactive=False, verbosity=0)
    return lacking


@contextmanager
def alone() -> Iterator[None]:
    """Let nobody else bring the same PostgreSQL up to date meanwhile; a SQLite file is claimed as a whole."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])


def collect() -> bool:
    """Put the static files in their place where they changed since the last time; True where it did."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    now = _static_state()
    if stamp.exists() and stamp.read_text("ascii") == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now, "ascii")
    return True


def _static_state() -> str:
    """Return a digest of names, sizes and times of all static files."""
    state = sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            at = storage.get_modified_time(name).timestamp()
            state.update(f"{name}\0{storage.size(name)}\0{at}\n".encode())
    return state.hexdigest()


@cache
def applied() -> bool:
    """Whether the database is as this program needs it; asked once for each process that says yes."""
    if pending():
        raise LookupError("migrations")  # not remembered
    return True
