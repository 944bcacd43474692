"""点検の控えの鍵. What tells whether what is kept of an entry's look is of its present content, and as this program wrote it.

The stamps of every row that bears on it (they only rise), the day, and the program; sealed together with what was found
by a secret that is not in the database: of the journal's key, which all servers of a book share.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from django.db.models import F, QuerySet, Sum
from django.db.models import Value as Constant
from django.utils.crypto import salted_hmac

import sosei
from sosei.checking.registry import rules
from sosei.journal.clock import today
from sosei.journal.keyring import newest, ring
from sosei.ledger import models as m
from sosei.ledger.queries.around import Around
from sosei.ledger.queries.scene import JUDGED

#: Raise it when what is found changes while the version does not.
_PROGRAM: Final = "3"


def keys_of(volume: m.Volume, around: Around) -> dict[int, str]:
    """Return the key of each entry: of all that its findings depend on. 2 queries."""
    sums, said = _sums(volume, around), _said(around)
    head = f"{_PROGRAM} {sosei.__version__} {len(rules())} {today()} {_about(volume)}"
    return {
        entry: sha256(
            "\n".join(
                [f"{entry} {head}", *(f"{said.get(o)} {sums.get(o, '')}" for o in around.of(entry))]
            ).encode()
        ).hexdigest()
        for entry in around.entries
    }


def holds(look: m.Look | None, key: str | None) -> bool:
    """Whether what is kept is of the present content, and as this program wrote it."""
    return look is not None and key is not None and look.key == sealed(key, look.found)


def sealed(key: str, found: Mapping[str, Any]) -> str:
    """Return what is kept as the key: of the content looked at, and of what was found in it."""
    said = json.dumps(found, ensure_ascii=False, sort_keys=True)
    secret = ring()[newest()]
    return salted_hmac("sosei.look", f"{key}\n{said}", secret, algorithm="sha256").hexdigest()


def _about(volume: m.Volume) -> str:
    """Return what findings depend on of the volume; its stage only from the experts on, so that moving on keeps looks."""
    stage = volume.stage if volume.stage in JUDGED else ""
    said = (volume.title, volume.chapter, volume.bodies, volume.said_year, volume.said_basis)
    return f"{volume.pk} {stage} {volume.publish_due} {said}"


#: Columns of an entry that findings depend on: not its stage, so that a step of the sign-off keeps what is kept.
_COLUMNS: Final = (
    "kind", "said_id", "number", "grant", "scheme", "grant_type", "name", "period_raw", "period_first",
    "period_last", "said_year", "said_basis", "volume", "trace",
)  # fmt: skip


def _said(around: Around) -> dict[int, str]:
    rows = m.ProjectYear.objects.filter(pk__in=list(around.all())).values_list("pk", *_COLUMNS)
    return {pk: repr(said) for pk, *said in rows}


def _sums(volume: m.Volume, around: Around) -> dict[int, str]:
    """Return of each entry the sums of its rows' stamps, table by table: a change of any row raises one of them."""
    ids = list(around.all())
    parts = [
        *(
            _sum(model.objects.filter(entry__in=ids), "entry", model.__name__)
            for model in (m.Charge, m.Passage, m.Member, m.Spending, m.Verification, m.Line)
        ),
        _sum(m.Line.objects.filter(entry__in=ids), "entry", "definition", "definition__stamp"),
        _sum(m.Shown.objects.filter(line__entry__in=ids), "line__entry", "shown"),
        _sum(m.Shown.objects.filter(line__entry__in=ids), "line__entry", "point", "point__stamp"),
        _sum(
            m.Value.objects.filter(
                point__shown__line__entry__in=ids, point__shown__voided__isnull=True
            ),
            "point__shown__line__entry", "value",
        ),
        _sum(
            m.Value.objects.filter(of_definition__lines__entry__in=ids),
            "of_definition__lines__entry", "baseline",
        ),
        _sum(
            m.GrantDecision.objects.filter(
                project__entries__in=ids, fiscal_year=volume.fiscal_year
            ),
            "project__entries", "decision",
        ),
    ]  # fmt: skip
    found: dict[int, list[str]] = defaultdict(list)
    for table, entry, total in parts[0].union(*parts[1:], all=True):
        found[entry].append(f"{table}={total}")
    return {entry: " ".join(sorted(each)) for entry, each in found.items()}


def _sum(rows: QuerySet[Any], owner: str, table: str, stamp: str = "stamp") -> QuerySet[Any, Any]:
    """Return (table, entry, sum of stamps) for each entry."""
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .values(owned=F(owner))
        .annotate(table=Constant(table), total=Sum(stamp))
        .values_list("table", "owned", "total")
    )
    return found
