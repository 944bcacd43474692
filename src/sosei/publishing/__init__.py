"""公表. One report, every form."""

from __future__ import annotations

from sosei.core.fields import Lang
from sosei.core.report import Report
from sosei.publishing.forms import FORMS, form_of
from sosei.publishing.imprint import Imprint

__all__ = ["FORMS", "Imprint", "form_of", "publish"]


def publish(
    report: Report, form: str, *, lang: Lang = "ja", imprint: Imprint | None = None
) -> bytes | dict[str, bytes]:
    """Return a report in a form: the bytes of its file, or of its files by name (csv).

    `imprint`: which edition it is, printed where the form has room for it (html, pdf, docx, xlsx, csv, opendata).

    Raises UnknownForm, and Unpublishable where the form cannot carry the report.
    """
    return form_of(form).write(report, lang=lang, imprint=imprint)
