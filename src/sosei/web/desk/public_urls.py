"""公開フォームの宛先. Pages for anybody, outside the desk: no sign-in, no cookie."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from sosei.web.desk.views import publicforms

app_name = "public"
urlpatterns: Final[list[URLPattern]] = [
    path("<slug:slug>/", publicforms.fill, name="fill"),
    path("<slug:slug>/own/", publicforms.mine, name="own"),
]
