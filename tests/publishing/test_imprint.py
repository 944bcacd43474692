"""奥付. Which edition a file is stands in it for the eye, and changes nothing of what is read back."""

import io
import re
import zipfile

import pytest
from hypothesis import given, settings

from sosei.core.report import bare
from sosei.publishing import FORMS, Imprint, publish
from sosei.publishing.forms.html import fragment
from sosei.reading import read
from strategies import reports
from yearbook import small_report

LINES = (
    "第2版（2022年10月5日公表）。この版は第1版の誤りを正誤表のとおり改めたものです。",
    "報告書のSHA-256：" + "0123456789abcdef" * 4,
)
IMPRINT = Imprint(mark="第2版 2022年10月5日", lines=LINES)
NAMES = {name: f"report.{suffix}" for name, suffix in
         (("json", "json"), ("text", "txt"), ("xlsx", "xlsx"), ("opendata", "xlsx"), ("html", "html"), ("docx", "docx"), ("pdf", "pdf"))}  # fmt: skip


def there_and_back(report, form, imprint):
    """What is read from a published file, apart from which file it is and where things stand in it."""
    data = publish(report, form, imprint=imprint)
    if isinstance(data, dict):
        return {name: each for name, each in data.items() if name != "README.txt"}
    found = read(data, NAMES[form])
    return bare(found), [one.code for one in found.unread]


@pytest.mark.parametrize("form", [form for form in FORMS if form != "pdf"])
@settings(max_examples=15)
@given(report=reports(size=2))
def test_奥付は読み戻しを変えない(form, report) -> None:
    assert there_and_back(report, form, IMPRINT) == there_and_back(report, form, None)


@pytest.mark.parametrize("form", ["html", "docx", "pdf", "xlsx", "csv"])
def test_奥付は目に見える所に印字される(form) -> None:
    made = publish(small_report(), form, imprint=IMPRINT)
    if isinstance(made, dict):
        text = made["README.txt"].decode("utf-8-sig")
    elif form == "html":
        text = made.decode("utf-8")
    elif form == "pdf":
        pdfium = pytest.importorskip("pypdfium2")
        text = pdfium.PdfDocument(made)[0].get_textpage().get_text_bounded()
        text = re.sub(r"\s", "", text)
    else:
        with zipfile.ZipFile(io.BytesIO(made)) as pack:
            text = "".join(pack.read(n).decode() for n in pack.namelist() if n.endswith(".xml"))
    assert all(line in text for line in LINES)


def test_奥付は公開用の表には入らず性質に入る() -> None:
    made = publish(small_report(), "opendata", imprint=IMPRINT)
    with zipfile.ZipFile(io.BytesIO(made)) as pack:
        assert LINES[0] in pack.read("docProps/core.xml").decode()
        assert LINES[0] not in pack.read("xl/sharedStrings.xml").decode()


def test_組み込み用の断片は頭も様式も筋書きも持たない() -> None:
    made = fragment(small_report(), imprint=IMPRINT).decode()
    assert made.startswith('<div class="sosei-report" lang="ja">')
    assert made.rstrip().endswith("</div>")
    for never in (
        "<html",
        "<head",
        "<body",
        "<style",
        "<script",
        "<link",
        " style=",
        " onclick",
        "<h1",
    ):
        assert never not in made
    assert LINES[0] in made
    whole = read(publish(small_report(), "html"), "a.html")
    assert [p.name for p in read(made.encode(), "a.html").projects] == [
        p.name for p in whole.projects
    ]
