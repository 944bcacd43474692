"""宛先. Which page answers to which address."""

from django.urls import include, path
from django.views.i18n import set_language

from sosei.house.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("sosei.web.desk.account_urls")),
    path("forms/", include("sosei.web.desk.public_urls")),
    path("", include("sosei.web.desk.urls")),
]

handler400 = "sosei.web.desk.views.errors.bad_request"
handler403 = "sosei.web.desk.views.errors.forbidden"
handler404 = "sosei.web.desk.views.errors.not_found"
handler500 = "sosei.house.calm.trouble"
