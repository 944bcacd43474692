"""ファイル形式. The document is no Excel or CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene

_DATA: Final = frozenset({"xlsx", "csv", "json"})
_NAMES: Final = {"text": "テキスト", "html": "HTML", "docx": "Word文書", "pdf": "PDF"}


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at the format of the file."""
    document = scene.context.document
    assert document is not None
    form = document.source.format
    if form and form not in _DATA:
        yield Hit(
            ja=f"「{document.source.name}」は{_NAMES.get(form, form)}です。表のデータはExcelかCSVでも公開してください。",
            en=f"“{document.source.name}” is a {form} file. Publish its tables as Excel or CSV as well.",
            raw=form,
        )


RULE: Final = Rule(
    code="OD-1",
    title_ja="ファイル形式はExcelかCSV",
    title_en="Excel or CSV",
    why_ja="PDFやHTMLだけの公表は、数値を使う人ごとに写し直しを強います。",
    why_en="Tables published as PDF or HTML alone have to be copied by everyone who wants the figures.",
    wrong="report.pdf",
    right="report.pdf と report.csv",
    severity=Severity.WARNING,
    source=f"{RULES}1-1",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
