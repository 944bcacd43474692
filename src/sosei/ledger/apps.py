"""Django's view of the room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """台帳."""

    name = "sosei.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
