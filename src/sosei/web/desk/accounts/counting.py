"""失敗の数え方. axes counts a name's failures from an address; a name over all addresses and an address over all names have limits, too."""

from __future__ import annotations

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from django.conf import settings

from sosei.offices.queries.lockouts import closing_of


class Counting(AxesDatabaseHandler):  # type: ignore[misc]
    """Says that the limit is reached where one of the three is (axes asks: AXES_HANDLER)."""

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """Return how many failures there are, the limit at least where the name or the address is closed."""
        counted = int(super().get_failures(request, credentials))
        login = get_client_username(request, credentials) or ""
        closed = closing_of(login, request.axes_ip_address) is not None
        return max(counted, int(settings.AXES_FAILURE_LIMIT)) if closed else counted
