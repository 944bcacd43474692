"""組織・利用者・年度の変わり目の宛先. Included by `urls`, under its name."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from sosei.web.desk.views import april, handover, home, offices, people, rollover, transfers

PATHS: Final[list[URLPattern]] = [
    path("findings/", home.home_findings, name="home_findings"),
    path("offices/", offices.offices, name="offices"),
    path("offices/add/", offices.office_add, name="office_add"),
    path("offices/april/", april.april, name="april"),
    path("offices/turns/", april.turns, name="turns"),
    path("offices/due/", april.april_due, name="april_due"),
    path("offices/<int:department>/", offices.office, name="office"),
    path("offices/<int:department>/<slug:what>/", offices.office_do, name="office_do"),
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/transfer/", transfers.transfer, name="transfer"),
    path("people/<int:person>/", people.person, name="person"),
    path("people/<int:person>/password/", people.person_password, name="person_password"),
    path("people/<int:person>/<slug:what>/", people.person_do, name="person_do"),
    path("assignments/<int:assignment>/end/", people.assignment_end, name="assignment_end"),
    path("deputies/<int:deputy>/end/", people.deputy_end, name="deputy_end"),
    path("volumes/<int:volume>/rollover/", rollover.rollover, name="rollover"),
    path("volumes/<int:volume>/rollover/settle/", rollover.rollover_settle, name="rollover_settle"),
    path("volumes/<int:volume>/rollover/scheme/", rollover.scheme_rename, name="scheme_rename"),
    path("handover/<slug:of>/<int:number>/", handover.handover, name="handover"),
    path(
        "handover/<slug:of>/<int:number>/findings/",
        handover.handover_findings,
        name="handover_findings",
    ),
    path(
        "handover/<slug:of>/<int:number>/paper.<slug:form>",
        handover.handover_paper,
        name="handover_paper",
    ),
]
