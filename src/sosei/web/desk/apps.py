"""Django's view of the room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """机."""

    name = "sosei.web.desk"
    label = "desk"
