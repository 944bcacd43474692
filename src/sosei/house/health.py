"""健康. `/healthz`: does the database answer, and is it as this program needs it? For a monitor; without secrets."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sosei.core.errors import SoseiError
from sosei.house import ready

logger = logging.getLogger("sosei.house")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 where pages can be given, 503 where not, and which of the two is missing."""
    state = {"database": _database(), "migrations": False}
    state["migrations"] = state["database"] and _migrations()
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as fault:
        logger.warning("healthz: %s", fault)
        return False
    return True


def _migrations() -> bool:
    try:
        return ready.applied()
    except (DatabaseError, LookupError, SoseiError) as fault:
        logger.warning("healthz: %s", fault)
        return False
