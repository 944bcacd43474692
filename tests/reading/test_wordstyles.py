"""段落の書式の検査. Styles are looked up one by one or all at once, with the same answer."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from sosei.reading import open_document
from sosei.reading.formats import wordstyles
from sosei.reading.formats.office import Package


def document(styles: str) -> bytes:
    """見出しと箇条書きのある文書を、段落の書式だけ替えて作る。"""
    made = docx.Document()
    made.add_heading("総合戦略", 1)
    made.add_paragraph("訪問者数", style="List Bullet")
    made.add_paragraph("本文")
    out, changed = io.BytesIO(), io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/styles.xml":
                data = data.replace(b"</w:styles>", styles.encode() + b"</w:styles>")
            new.writestr(name, data)
    return changed.getvalue()


FILL = "".join(
    f'<w:style w:type="paragraph" w:styleId="x{number}"><w:name w:val="書式{number}"/></w:style>'
    for number in range(2_000)
)


def roles(data: bytes) -> list[tuple[str, int | None, bool]]:
    return [(line.text, line.level, line.item) for line in open_document(data, "a.docx").lines]  # type: ignore[union-attr]


@pytest.mark.parametrize("styles", ["", FILL, FILL + "<!-- 注 -->", FILL + FILL])
def test_書式がどう書かれていても見出しと箇条書きは同じ(styles: str) -> None:
    assert roles(document(styles)) == [
        ("総合戦略", 1, False),
        ("訪問者数", None, True),
        ("本文", None, False),
    ]


def test_大きな書式の部品は全体を解かずに引く(monkeypatch) -> None:
    package = Package(document(FILL), "a.docx")
    monkeypatch.setattr(wordstyles, "_whole", None)
    styles = wordstyles.styles_of(package, "word/styles.xml")
    assert styles.role("Heading1") == (1, False)
    assert styles.role("x7") == (None, False)
    assert styles.role("ない") == (None, False)


CIRCLE = (
    '<w:style w:styleId="a"><w:name w:val="a"/><w:basedOn w:val="b"/></w:style>'
    '<w:style w:styleId="b"><w:name w:val="List b"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:styleId="c"><w:name w:val="c"/><w:basedOn w:val="Heading2"/></w:style>'
)


@pytest.mark.parametrize("fill", ["", FILL])
def test_もとの書式から受け継ぎ輪は終わる(fill: str) -> None:
    package = Package(document(fill + CIRCLE), "a.docx")
    styles = wordstyles.styles_of(package, "word/styles.xml")
    assert styles.role("a") == (None, True)
    assert styles.role("c") == (2, False)
