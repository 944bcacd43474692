"""調査票の宛先. The pages by which a survey's sheets go out to firms and come back. Included by `urls`, under its name."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from sosei.web.desk.views import surveyreturns, surveysheets

PATHS: Final[list[URLPattern]] = [
    path("registers/<int:register>/sheets/", surveysheets.sheets, name="survey_sheets"),
    path("registers/<int:register>/sheets/make/", surveysheets.make, name="survey_make"),
    path("registers/<int:register>/sheets/sent/", surveysheets.sent, name="survey_sent"),
    path("registers/<int:register>/sheets/list/", surveysheets.listed, name="survey_list"),
    path("registers/<int:register>/returned/", surveyreturns.hand, name="survey_returned"),
    path("registers/<int:register>/returned/<uuid:upload>/", surveyreturns.check, name="survey_check"),
]  # fmt: skip
