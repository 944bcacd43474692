"""Django's view of the room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """証跡."""

    name = "sosei.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
