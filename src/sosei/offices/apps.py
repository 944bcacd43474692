"""Django's view of the room."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    """団体と人."""

    name = "sosei.offices"
    label = "offices"
    default_auto_field = "django.db.models.BigAutoField"
