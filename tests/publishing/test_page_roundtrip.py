"""紙面の往復. What a person sees of a report is enough to have it again."""

import pytest
from hypothesis import HealthCheck, given, settings

from sosei.core.report import bare, restrict
from sosei.publishing.forms import docx, html
from sosei.reading.formats import open_document
from sosei.reading.grid import Document
from sosei.reading.layouts import sheet
from strategies import reports


def _again(form, report, lang="ja"):
    document = open_document(form.write(report, lang=lang), f"x{form.SUFFIX}")
    assert isinstance(document, Document)
    assert sheet.recognise(document) > 0.9
    return restrict(bare(sheet.read(document)), form.CARRIES)


SETTINGS = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@settings(SETTINGS, max_examples=30)
@given(reports())
def test_ウェブページは読み戻すと同じ報告になる(report):
    assert _again(html, report) == restrict(bare(report), html.CARRIES)


@pytest.mark.slow
@settings(SETTINGS, max_examples=500)
@given(reports())
def test_ウェブページは何度でも読み戻すと同じ報告になる(report):
    assert _again(html, report) == restrict(bare(report), html.CARRIES)


@settings(SETTINGS, max_examples=30)
@given(reports())
def test_英語のウェブページも読み戻すと同じ報告になる(report):
    assert _again(html, report, "en") == restrict(bare(report), html.CARRIES)


@settings(SETTINGS, max_examples=30)
@given(reports())
def test_ワード文書は読み戻すと同じ報告になる(report):
    assert _again(docx, report) == restrict(bare(report), docx.CARRIES)


@pytest.mark.slow
@settings(SETTINGS, max_examples=500)
@given(reports())
def test_ワード文書は何度でも読み戻すと同じ報告になる(report):
    assert _again(docx, report) == restrict(bare(report), docx.CARRIES)
