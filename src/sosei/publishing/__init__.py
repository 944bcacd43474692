"""公表. One report, every form."""

from __future__ import annotations

from sosei.core.fields import Lang
from sosei.core.report import Report
from sosei.publishing.forms import FORMS, form_of

__all__ = ["FORMS", "form_of", "publish"]


def publish(report: Report, form: str, *, lang: Lang = "ja") -> bytes | dict[str, bytes]:
    """Return a report in a form: the bytes of its file, or of its files by name (csv).

    Raises UnknownForm, and Unpublishable where the form cannot carry the report.
    """
    return form_of(form).write(report, lang=lang)
