"""JSON. The report in the contract's own form, every field (sosei.report/1)."""

from __future__ import annotations

from typing import Final

from sosei.core.codec import dumps
from sosei.core.fields import Lang
from sosei.core.report import Report, all_fields
from sosei.publishing.imprint import Imprint

NAME: Final = "json"
SUFFIX: Final = ".json"
MEDIA_TYPE: Final = "application/json"
CARRIES: Final = all_fields()


def write(report: Report, *, lang: Lang = "ja", imprint: Imprint | None = None) -> bytes:
    """Return the JSON text in UTF-8; the language changes nothing, keys and codes belong to the contract.

    Nor does the imprint: the contract has no place for it.
    """
    return dumps(report).encode("utf-8")
