"""証跡の宛先. The addresses of the journal's pages."""

from __future__ import annotations

from django.urls import path

from sosei.web.desk.views import journal

PATHS = [
    path("journal/", journal.journal, name="journal"),
    path("journal/<int:seq>/", journal.journal_line, name="journal_line"),
    path("journal/rows/<str:table>/<int:row>/", journal.journal_row, name="journal_row"),
    path("journal/export.<str:form>", journal.journal_export, name="journal_export"),
]
