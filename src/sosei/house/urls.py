"""宛先. Which page answers to which address."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("", include("sosei.web.desk.urls")),
]
