"""お断り. A `SoseiError` that a view raises becomes a calm page with its code, in the right status."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse

from sosei.core.errors import SoseiError
from sosei.web.desk.refusals import NoSuchPage, NotUnderstood
from sosei.web.desk.views.errors import refused

Answer = Callable[[HttpRequest], HttpResponse]


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

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal, and a row that is not there; leave everything else to Django."""
        if isinstance(error, ObjectDoesNotExist):
            return refused(request, NoSuchPage())
        return refused(request, error) if isinstance(error, SoseiError) else None
