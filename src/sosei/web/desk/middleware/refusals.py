"""お断り. A `SoseiError` that a view raises becomes a calm page with its code, in the right status."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse

from sosei.core.errors import SoseiError
from sosei.web.desk.refusals import NoSuchPage, NotUnderstood
from sosei.web.desk.views.errors import refused

Answer = Callable[[HttpRequest], HttpResponse]
#: The largest number of a row.
_MOST: Final = 2**63 - 1


class Refusals:
    """Stand around the views."""

    def __init__(self, answer: Answer) -> None:
        """Keep the way on."""
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request pass; an address that does not take the method gets a page too, not an empty answer."""
        response = self._answer(request)
        if response.status_code != 405 or response.content:
            return response
        page = refused(request, NotUnderstood())
        page.status_code, page["Allow"] = 405, response["Allow"]
        return page

    def process_view(
        self, request: HttpRequest, view: Answer, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Answer an address whose number no row can have: databases refuse to look for it."""
        beyond = any(isinstance(value, int) and value > _MOST for value in kwargs.values())
        return refused(request, NoSuchPage()) if beyond else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal, a row that is not there, a day or number beyond all reckoning; leave the rest to Django."""
        if isinstance(error, OverflowError):
            return refused(request, NotUnderstood())
        if isinstance(error, ObjectDoesNotExist):
            return refused(request, NoSuchPage())
        return refused(request, error) if isinstance(error, SoseiError) else None
