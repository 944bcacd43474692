"""机の宛先."""

from django.urls import path

from sosei.web.desk.views import home

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
]
