"""書類. A page that is no report as web page, Word and PDF: every word in each, the same bytes every time."""

import io
import re
import zipfile
from datetime import date

import pytest

from sosei.publishing.errata import Errata, ErratumRow, errata_page
from sosei.publishing.paper import MEDIA_TYPES, write_paper

DAY = date(2022, 10, 5)
ERRATA = Errata(
    title="地方創生関連交付金を活用した事業", body="見本市", year="令和3年度", number=2, published_on=DAY,
    before_on=date(2022, 7, 1), reason="千円と円の取り違え",
    rows=(
        ErratumRow(subject="観光事業 ＞ 委託料", wrong="10,010円", right="10,010千円"),
        ErratumRow(subject="観光事業 ＞ <b>備考</b>", wrong="", right="A & B"),
    ),
)  # fmt: skip
WORDS = (
    "正誤表",
    "見本市",
    "第2版",
    "第1版",
    "千円と円の取り違え",
    "10,010円",
    "10,010千円",
    "（記載なし）",
)


def words(data: bytes, form: str) -> str:
    """All words of a paper."""
    if form == "html":
        return data.decode()
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            return pack.read("word/document.xml").decode()
    pdfium = pytest.importorskip("pypdfium2")
    pages = pdfium.PdfDocument(data)
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in pages))


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_正誤表はどの形でもすべての語を持ち同じバイトになる(form) -> None:
    page = errata_page(ERRATA)
    made = write_paper(page, form, day=DAY)
    text = words(made, form)
    assert all(word in text for word in WORDS)
    assert made == write_paper(page, form, day=DAY)


def test_記載は印として読まれない() -> None:
    made = write_paper(errata_page(ERRATA), "html", day=DAY).decode()
    assert "&lt;b&gt;備考&lt;/b&gt;" in made
    assert "A &amp; B" in made


def test_英語の正誤表() -> None:
    made = write_paper(errata_page(ERRATA, "en"), "html", day=DAY).decode()
    assert "Edition 2 of 2022-10-05 corrects edition 1 of 2022-07-01" in made
