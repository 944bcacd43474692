"""数えた経費の宛先. Lines of money tied to measures, recorded from their count, left with a reason; what paid for which activity."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from sosei.web.desk.views import spent

PATHS: Final[list[URLPattern]] = [
    path("money/<int:spending>/count/", spent.spent_tie, name="spent_tie"),
    path("money/<int:spending>/count/record/", spent.spent_record, name="spent_record"),
    path("money/<int:spending>/count/keep/", spent.spent_keep, name="spent_keep"),
    path("entries/<int:entry>/money/paid/", spent.spent_paid, name="spent_paid"),
]
