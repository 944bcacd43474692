"""数え方の宛先. The pages of measures, of what they count, and of the indicators that are counted by them."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from sosei.web.desk.views import counts, measurerows, measures, measurewriting

PATHS: Final[list[URLPattern]] = [
    path("measures/", measures.measures, name="measures"),
    path("measures/new/", measurewriting.measure_new, name="measure_new"),
    path("measures/look/", measurewriting.measure_look, name="measure_look"),
    path("measures/<int:measure>/", measures.measure, name="measure"),
    path("measures/<int:measure>/edit/", measurewriting.measure_edit, name="measure_edit"),
    path("measures/<int:measure>/drop/", measures.measure_drop, name="measure_drop"),
    path("measures/<int:measure>/<int:year>/rows/", measurerows.measure_rows, name="measure_rows"),
    path("entries/<int:entry>/counts/", counts.entry_counts, name="entry_counts"),
    path("indicators/<int:line>/count/", counts.count_tie, name="count_tie"),
    path("indicators/<int:line>/count/untie/", counts.count_untie, name="count_untie"),
    path("indicators/<int:line>/count/record/", counts.count_record, name="count_record"),
]
