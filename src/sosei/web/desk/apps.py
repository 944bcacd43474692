"""Django's view of the room."""

from django.apps import AppConfig
from django.forms import Field

from sosei.web.desk.saying import said


class DeskConfig(AppConfig):
    """机."""

    name = "sosei.web.desk"
    label = "desk"

    def ready(self) -> None:
        """Word what every field says when it is left empty: no 「フィールド」."""
        Field.default_error_messages["required"] = said(
            "入力してください。", "Please fill this in."
        )
