"""書類の抜け道: what is refused is refused however it is spelled or packed, and small files do not make much work."""

import zipfile
import zlib
from io import BytesIO

import pytest
from sheetroom import my_number

from documentroom import docx, pdf, with_part, xlsx
from hangs import no_hang
from sosei.core.errors import SoseiError
from sosei.evidence.kinds import catalogue
from sosei.evidence.papers import pdfs
from sosei.evidence.papers.numbers import require_no_numbers
from sosei.evidence.papers.sniffed import format_of
from sosei.evidence.refusals_documents import DocumentActive, DocumentNumbers
from sosei.reading.formats import limits, workbook
from sosei.reading.formats.office import Package
from sosei.reading.formats.refusal import Broken, Encrypted, Swollen, TooManyCells

PERSONS = catalogue()["registrants"]
NUMBER = my_number("12345678901")
SCRIPT = b"1 0 << /S /JavaScript /JS (app.alert(1)) >>"
PACKED = zlib.compress(SCRIPT)
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def stream(said: bytes, packed: bytes = PACKED) -> bytes:
    """Return a PDF with one more stream."""
    return pdf(more=b">>\nendobj\n9 0 obj\n<< " + said + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n10 0 obj\n<<")  # fmt: skip


@pytest.mark.parametrize("data", [
    stream(b"/Type/Obj#53tm/N 1/First 4/Filter/FlateDecode"), stream(b"/Type/ObjStm/X(" + b"a" * 900 + b")/Filter/FlateDecode"),
    stream(b"/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]", PACKED.hex().encode()),
    stream(b"/Type/ObjStm/Filter[/FlateDecode/FlateDecode]", zlib.compress(PACKED)), stream(b"/Type/ObjStm/Filter 8 0 R"), stream(b"/Type/ObjStm/Filter %a\n[/AHx/Fl]/X(obj)", PACKED.hex().encode()),
    stream(b"/Type/ObjStm/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>"), stream(b"/N 1/First 4/Filter/FlateDecode/Subtype/Image"),
    stream(b"/Type/ObjStm/X( stream )/Filter/AHx", PACKED.hex().encode()), stream(b"/Type/ObjStm/X(endobj 3 0 obj <</Y\\( stream )/Filter/AHx", PACKED.hex().encode()),
    stream(b"/Filter/AHx/X(" + b"a" * 9_000 + b"obj <<)%obj <<\n/Type/ObjStm", PACKED.hex().encode()),
    stream(b"/Filter/AHx/X(" + b"a" * 9_000 + b"\\( obj << \\( )/Type/ObjStm", PACKED.hex().encode()),
    stream(b"/Filter/FlateDecode"), stream(b"/Filter/FlateDecode", PACKED[:-6] + b"damaged"),
    stream(b"/Filter/FlateDecode", zlib.compress(b"endstream " + SCRIPT, 0)), stream(b"/Filter/FlateDecode", zlib.compress(b"1 0 <</S/Java#53cript>>")),
    stream(b"/Filter/FlateDecode", zlib.compress(b" " * (pdfs._BLOCK - 6) + SCRIPT)),
])  # fmt: skip
def test_圧縮の書き方を変えても動くもののあるPDFは断る(data: bytes) -> None:
    with pytest.raises(DocumentActive):
        format_of(data, "契約書.pdf")


@pytest.mark.parametrize("said", [b"/Encrypt 9 0 R", b"/Encr#79pt<</V 4>>"])
def test_暗号のかかったPDFは中を見られないので断る(said: bytes) -> None:
    with pytest.raises(Encrypted):
        format_of(pdf(more=said), "契約書.pdf")


@pytest.mark.parametrize("data", [
    stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode/DecodeParms<</Predictor 1>>", zlib.compress(b"1 0 << /Title (a) >>")),
    stream(b"/Type/ObjStm/N 1/First 4/Filter[/FlateDecode]", zlib.compress(b"1 0 << /Title (a) >>")),
    stream(b"/Type/XObject/Subtype/Image/Filter/FlateDecode", zlib.compress(bytes(pdfs.UNPACKED + 1))),
    pdf(more=b"/EncryptMetadata false /Outlines << /First 7 0 R >>"),
])  # fmt: skip
def test_ふつうの圧縮や大きな画像のあるPDFは受け取る(data: bytes) -> None:
    assert format_of(data, "契約書.pdf") == "pdf"


def test_開いても開いても終わらないPDFは途中でやめて断る() -> None:
    data = stream(b"/Filter/FlateDecode", zlib.compress(bytes(pdfs.UNPACKED + 1)))
    with pytest.raises(DocumentActive, match="確かめきれない"):
        format_of(data, "契約書.pdf")


def test_まねた流れがいくつあっても仕事は限りまで(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    real = zlib.decompressobj
    monkeypatch.setattr(zlib, "decompressobj", lambda: (tried.append(1), real())[1])
    fake = pdf(more=b" stream\nx\x9cA" * 5_000)
    with pytest.raises(DocumentActive, match="確かめきれない"), no_hang():
        format_of(fake, "契約書.pdf")
    assert len(tried) <= pdfs.UNPACKED // pdfs._FAILED


def relation(quote: str, kind: str = "attachedTemplate") -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        f"Type={quote}{TYPES}/{kind}{quote} Target='https://x.invalid/t.dotm' TargetMode={quote}External{quote}/></Relationships>"
    )  # fmt: skip


@pytest.mark.parametrize("said", [
    relation("'").encode(), ('<?xml version="1.0" encoding="UTF-16"?>' + relation('"')).encode("utf-16"),
    relation('"').replace("attachedT", "attached&#84;").encode(), relation('"').replace("External", "Externa&#108;").encode(),
    relation('"', "image").encode(), relation('"', "externalLinkPath").encode(),
])  # fmt: skip
def test_外のひな形はどう書いてあっても断る(said: bytes) -> None:
    with pytest.raises(DocumentActive):
        format_of(with_part(docx("a"), "word/_rels/settings2.xml.rels", said), "契約書.docx")


def test_外へのリンクは断らない() -> None:
    said = relation('"', "hyperlink").encode()
    assert format_of(with_part(docx("a"), "word/_rels/settings2.xml.rels", said), "a.docx") == "docx"  # fmt: skip


def made(main: str, namespace: str = W, **parts: bytes) -> bytes:
    """Return a document whose main part has a name and a namespace, with the number in it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", f'<Relationships><Relationship Id="r1" Type="{TYPES}/officeDocument" Target="{main}"/></Relationships>')  # fmt: skip
        archive.writestr(main, f'<w:document xmlns:w="{namespace}"><w:body><w:p><w:r><w:t>{parts.pop("text", NUMBER.encode()).decode()}</w:t></w:r></w:p></w:body></w:document>')  # fmt: skip
        for name, data in parts.items():
            archive.writestr(f"word/{name}.xml", data)
    return out.getvalue()


def paragraph(inner: str) -> bytes:
    return f'<w:x xmlns:w="{W}"><w:p>{inner}</w:p></w:x>'.encode()


@pytest.mark.parametrize("data", [
    made("word/document2.xml"), made("main/text.xml"), made("word/document.xml", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    made("word/document.xml", text=b"a", people=paragraph(f"<w:r><w:t>{NUMBER}</w:t></w:r>")),
    made("word/document.xml", text=b"a", header1=paragraph(f"<w:r><w:delText>{NUMBER}</w:delText></w:r>")),
    made("word/document.xml", text=b"a", header1=paragraph(f"<w:r><w:t>1</w:t></w:r><w:box><w:p><w:t>{NUMBER}</w:t></w:p></w:box>")),
])  # fmt: skip
def test_部品の名や名前空間を変えても個人番号は見つかる(data: bytes) -> None:
    assert format_of(data, "申請書.docx") == "docx"
    with pytest.raises(DocumentNumbers):
        require_no_numbers(PERSONS, "docx", data, "申請書.docx")


def test_空の段落が何百万あるものは読む前に断る() -> None:
    body = f'<w:hdr xmlns:w="{W}">' + "<w:p/>" * (limits.MAX_ELEMENTS + 1) + "</w:hdr>"
    data = made("word/document.xml", text=b"a", header1=body.encode())
    with pytest.raises(Swollen), no_hang():
        require_no_numbers(PERSONS, "docx", data, "申請書.docx")
    with pytest.raises(Swollen), no_hang():
        Package(data, "申請書.docx").tree("word/header1.xml")


def sheet(inner: str, strings: str) -> bytes:
    """Return a workbook whose sheet and shared strings are these."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx(["文字"]))) as was, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:  # fmt: skip
        for part in was.namelist():
            data = was.read(part)
            if part == "xl/worksheets/sheet1.xml":
                data = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{inner}</worksheet>'.encode()
            if part == "xl/_rels/workbook.xml.rels":
                shared = f'<Relationship Id="s" Type="{TYPES}/sharedStrings" Target="shared.xml"/></Relationships>'
                data = data.replace(b"</Relationships>", shared.encode())
            archive.writestr(part, data)
        archive.writestr("xl/shared.xml", f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>')  # fmt: skip
    return out.getvalue()


def test_共有の文字列が多すぎるブックは断る(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_STRINGS", 100)
    assert require_no_numbers(PERSONS, "xlsx", sheet("<sheetData/>", "<si/>" * 100), "a.xlsx") is None  # fmt: skip
    with pytest.raises(TooManyCells):
        require_no_numbers(PERSONS, "xlsx", sheet("<sheetData/>", "<si/>" * 101), "a.xlsx")


@pytest.mark.parametrize("inner", ["<sheetData><row>{}</row></sheetData>", "<x>{}</x><sheetData><row/></sheetData>"])  # fmt: skip
def test_一行や行の外に何百万の要素があるブックは途中で断る(inner: str) -> None:
    data = sheet(inner.format("<c/>" * (limits.MAX_HELD // 4 + 1)), "")
    with pytest.raises(SoseiError, match="大き"), no_hang():
        require_no_numbers(PERSONS, "xlsx", data, "a.xlsx")


def test_印を探せない文字の符号のXMLは読まない() -> None:
    data = made("word/document.xml", text=b"a", header1=b'<?xml version="1.0" encoding="UTF-7"?><a/>')  # fmt: skip
    with pytest.raises(Broken):
        require_no_numbers(PERSONS, "docx", data, "a.docx")
