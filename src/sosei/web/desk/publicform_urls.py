"""公開フォームの机の宛先. Included by `urls`, under its name."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from sosei.web.desk.views import formsdesk

PATHS: Final[list[URLPattern]] = [
    path("registers/<int:register>/forms/", formsdesk.forms, name="forms"),
    path("registers/<int:register>/forms/new/", formsdesk.form_new, name="form_new"),
    path("registers/forms/<int:form>/", formsdesk.form, name="form"),
    path("registers/forms/<int:form>/change/", formsdesk.form_change, name="form_change"),
    path("registers/forms/<int:form>/close/", formsdesk.form_close, name="form_close"),
    path("registers/forms/<int:form>/preview/", formsdesk.form_preview, name="form_preview"),
    path("registers/forms/<int:form>/qr/", formsdesk.form_qr, name="form_qr"),
    path("registers/submissions/<int:submission>/", formsdesk.submission, name="form_submission"),
]
