"""個人情報の宛先. The pages on who is in registers, what is done with it, what was leaked. Included by `urls`, under its name."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from sosei.web.desk.views import (
    privacy,
    privacycorrecting,
    privacyexports,
    privacyleaks,
    privacypersons,
)

_PERSON: Final = "privacy/persons/<int:subject>/"
_IN: Final = f"{_PERSON}in/<int:register>/"
_LEAK: Final = "privacy/leaks/<int:incident>/"

PATHS: Final[list[URLPattern]] = [
    path("privacy/", privacy.overview, name="privacy"),
    path("privacy/due/", privacy.due, name="privacy_due"),
    path("privacy/files/", privacyexports.files, name="privacy_files"),
    path("privacy/files/draft/", privacyexports.files_draft, name="privacy_files_draft"),
    path("privacy/exports/", privacyexports.exports, name="privacy_exports"),
    path("privacy/exports/<int:register>/", privacyexports.export, name="privacy_export"),
    path("privacy/persons/", privacypersons.find, name="privacy_find"),
    path(_PERSON, privacypersons.person, name="privacy_person"),
    path(f"{_PERSON}erase/", privacypersons.erase_one, name="privacy_erase"),
    path(f"{_IN}consent/", privacypersons.consent, name="privacy_consent"),
    path(f"{_IN}withdraw/", privacypersons.withdraw_consent, name="privacy_withdraw"),
    path(f"{_IN}hold/", privacypersons.hold, name="privacy_hold"),
    path(f"{_IN}release/", privacypersons.release_hold, name="privacy_release"),
    path(f"{_IN}contact/", privacycorrecting.contact, name="privacy_contact"),
    path(f"{_IN}correct/", privacycorrecting.correct, name="privacy_correct"),
    path(f"{_IN}correct/<int:number>/", privacycorrecting.correct_fields, name="privacy_fields"),
    path("privacy/leaks/", privacyleaks.leaks, name="leaks"),
    path("privacy/leaks/new/", privacyleaks.new, name="leak_new"),
    path(_LEAK, privacyleaks.one, name="leak"),
    path(f"{_LEAK}change/", privacyleaks.change, name="leak_change"),
    path(f"{_LEAK}sent/<slug:part>/", privacyleaks.sent, name="leak_sent"),
    path(f"{_LEAK}close/", privacyleaks.close, name="leak_close"),
    path(f"{_LEAK}reopen/", privacyleaks.reopen, name="leak_reopen"),
]
