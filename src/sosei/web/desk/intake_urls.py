"""取込みと書き出しの宛先. The pages by which a sheet gets into a register, and out of it. Included by `urls`, under its name."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from sosei.web.desk.views import registerexports, registerimports

PATHS: Final[list[URLPattern]] = [
    path(
        "registers/<int:register>/import/",
        registerimports.register_import,
        name="register_import",
    ),
    path(
        "registers/<int:register>/import/<uuid:upload>/",
        registerimports.register_import_columns,
        name="register_import_columns",
    ),
    path(
        "registers/<int:register>/import/<uuid:upload>/check/",
        registerimports.register_import_check,
        name="register_import_check",
    ),
    path(
        "registers/<int:register>/imported/<int:batch>/",
        registerimports.register_imported,
        name="register_imported",
    ),
    path(
        "registers/<int:register>/export/",
        registerexports.register_export,
        name="register_export",
    ),
]
