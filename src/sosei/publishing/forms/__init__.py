"""形. One module per output; `FORMS` names them, and each is imported when it is first used.

A form has NAME, SUFFIX, MEDIA_TYPE, CARRIES (the "Class.field" names that survive writing and reading back) and
`write(report, *, lang="ja", imprint=None)`, which returns the bytes of one file or, for a set of files, their bytes by name.
"""

from __future__ import annotations

import importlib
from typing import Final, Protocol, cast

from sosei.core.errors import Unpublishable
from sosei.core.fields import Lang
from sosei.core.report import Report
from sosei.publishing.imprint import Imprint

#: Name on the command line → (module, Japanese, English).
FORMS: Final = {
    "json": ("sosei.publishing.forms.json", "JSON（データ交換用）", "JSON, for exchanging data"),
    "text": ("sosei.publishing.forms.text", "テキスト（文字だけの報告書）", "plain text"),
    "csv": ("sosei.publishing.forms.csvset", "CSV一式（オープンデータ）", "set of CSV files (open data)"),
    "xlsx": ("sosei.publishing.forms.workbook", "Excel（作業用）", "workbook to work in"),
    "opendata": ("sosei.publishing.forms.opendata", "Excel（公開用・機械判読）", "workbook as open data"),
    "html": ("sosei.publishing.forms.html", "ウェブページ", "web page"),
    "docx": ("sosei.publishing.forms.docx", "Word", "Word document"),
    "pdf": ("sosei.publishing.forms.pdf", "PDF（印刷用）", "PDF for print"),
}  # fmt: skip


class Form(Protocol):
    """What the module of a form offers."""

    NAME: str
    SUFFIX: str
    MEDIA_TYPE: str
    CARRIES: frozenset[str]

    def write(
        self, report: Report, *, lang: Lang = "ja", imprint: Imprint | None = None
    ) -> bytes | dict[str, bytes]:
        """Return the file, or the files by name."""


class UnknownForm(Unpublishable):
    """A form that nobody writes."""

    code = "E301"
    ja = "「{form}」という形はありません。{known}のどれかにしてください。"
    en = "There is no form “{form}”. Choose one of {known}."


def form_of(name: str) -> Form:
    """Return the module of a form. Raises UnknownForm."""
    if name not in FORMS:
        raise UnknownForm(form=name, known="・".join(FORMS))
    return cast(Form, importlib.import_module(FORMS[name][0]))
