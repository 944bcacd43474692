"""Django's view of the room."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """根拠."""

    name = "sosei.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
