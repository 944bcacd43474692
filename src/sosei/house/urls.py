"""宛先. Which page answers to which address."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("sosei.web.desk.urls")),
]
