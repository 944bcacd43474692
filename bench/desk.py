"""机の速さ. How long each page of the desk takes, beside an empty Django view in the same run.

    python bench/desk.py HOME --body 990001 --login kikaku-990001 [--runs 30] [--out bench.json]

HOME holds a book (bench/book.py fills one). Pages are asked for through Django's own handler with every middleware of the
desk, one at a time, in one process, nothing cached; `empty` is a view that answers "ok" behind the same middleware,
`bare` one behind none. What checks find is kept beside the entries (`queries.looks`), as on a running desk; the row
"(nothing kept)" is the first visit of a year on a day. Milliseconds; `sql`: queries.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))


def main() -> None:
    """Measure and print the table."""
    options = _options()
    os.environ["SOSEI_HOME"] = options.home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sosei.house.settings")
    import logging

    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    rows = list(_measured(options))
    print(f"{'page':34} {'p50':>7} {'p95':>7} {'max':>7} {'sql':>4} {'KiB':>6}")
    for row in rows:
        print(
            f"{row['page']:34} {row['p50']:7.1f} {row['p95']:7.1f} {row['max']:7.1f} {row['sql']:4} {row['kib']:6.0f}"
        )
    if options.out:
        Path(options.out).write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("home")
    parser.add_argument("--body", default="990001")
    parser.add_argument("--login", required=True)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--out")
    return parser.parse_args()


def _measured(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    from django.conf import settings
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import path

    from sosei.house import urls
    from sosei.house.heap import set_aside

    urls.urlpatterns.append(path("bench-empty", lambda _request: HttpResponse("ok")))
    settings.ALLOWED_HOSTS.append("testserver")
    client = Client(raise_request_exception=False)
    client.force_login(_person(options))
    set_aside()  # as a server process does
    yield _row("(empty, bare handler)", _bare(), options.runs)
    yield _row("(empty, desk's middleware)", lambda: client.get("/bench-empty"), options.runs)
    for name, address in _pages(options.body):
        if options.only and name not in options.only:
            continue
        first = client.get(address)
        if first.status_code == 200 and "html" in first.headers.get("Content-Type", ""):
            yield _row(name, lambda address=address: client.get(address), options.runs)
            if name == "desk:volume":
                yield _row(f"{name} (nothing kept)", _first(client, address), min(options.runs, 5))
        elif first.status_code >= 500:
            print(f"{name} {address}: {first.status_code}", file=sys.stderr)


def _first(client: Any, address: str) -> Callable[[], Any]:
    """Return a visit of a year's page on which every entry is looked at anew, as on the first one of a day."""
    from sosei.ledger.models import Look

    year = int(address.strip("/").split("/")[-1])

    def visit() -> Any:
        Look.objects.filter(entry__volume=year).delete()
        return client.get(address)

    return visit


def _bare() -> Callable[[], Any]:
    from django.http import HttpResponse
    from django.test import RequestFactory

    made = RequestFactory()

    def view(_request: Any) -> Any:
        return HttpResponse("ok")

    return lambda: view(made.get("/"))


def _person(options: argparse.Namespace) -> Any:
    from sosei.offices.models import Person

    return Person.objects.get(login=options.login)


def _row(name: str, ask: Callable[[], Any], runs: int) -> dict[str, Any]:
    from django.db import connection

    asked: list[str] = []

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        answer = ask()
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    return {
        "page": name,
        "p50": statistics.median(times),
        "p95": times[max(0, -(-len(times) * 95 // 100) - 1)],
        "max": times[-1],
        "sql": len(asked),
        "kib": len(answer.content) / 1024,
    }


def _pages(body: str) -> Iterator[tuple[str, str]]:
    """Yield every page of the desk that this book has something to show for."""
    from django.urls import NoReverseMatch, get_resolver, reverse

    known = _things(body)
    for pattern in _flat(get_resolver().url_patterns, ""):
        name, wanted = pattern
        if not name.startswith("desk:") or not wanted <= set(known):
            continue
        try:
            yield name, reverse(name, kwargs={w: known[w] for w in wanted})
        except NoReverseMatch:
            continue


def _flat(patterns: Any, space: str) -> Iterator[tuple[str, set[str]]]:
    for p in patterns:
        if hasattr(p, "url_patterns"):
            yield from _flat(p.url_patterns, f"{p.namespace}:" if p.namespace else space)
        elif p.name:
            yield space + p.name, set(p.pattern.converters)


def _things(body: str) -> dict[str, Any]:
    """Return one row of each kind by the names that addresses use."""
    from django.apps import apps

    from sosei.ledger import models as m

    known: dict[str, Any] = {}
    volume = m.Volume.objects.filter(body=body, voided=None).order_by("-fiscal_year").first()
    entry = m.ProjectYear.objects.filter(volume=volume, voided=None).order_by("position").first()
    line = m.Line.objects.filter(entry=entry, voided=None).first()
    known |= {"volume": volume.pk, "entry": entry.pk, "line": line.pk}
    known |= {
        "indicator": line.indicator_id,
        "project": entry.project_id,
        "year": volume.fiscal_year,
    }
    for label in ("offices", "ledger"):
        for model in apps.get_app_config(label).get_models():
            name = model._meta.model_name
            if name not in known and hasattr(model, "body"):
                row = model.objects.filter(body=body).order_by("-pk").first()
                if row is not None:
                    known[name] = row.pk
    known["part"] = known.get("inquirypart", 0)
    return known


if __name__ == "__main__":
    main()
