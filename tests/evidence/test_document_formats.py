"""書類の見分け: what is taken as evidence by its bytes, what is refused, and that Individual Numbers are found."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from sheetroom import my_number

from documentroom import docx, jpeg, pdf, png, with_part, xlsx
from sosei.core.errors import SoseiError, Unreadable
from sosei.evidence.kinds import catalogue
from sosei.evidence.papers.numbers import require_no_numbers
from sosei.evidence.papers.sniffed import format_of
from sosei.evidence.papers.words import MOST_BYTES, clean_name, level_of
from sosei.evidence.refusals_documents import (
    DocumentActive,
    DocumentNumbers,
    DocumentTooLarge,
    DocumentUnfit,
)

NUMBER = my_number("12345678901")
PERSONS, FIRMS = catalogue()["registrants"], catalogue()["members"]


@pytest.mark.parametrize(("data", "kind"), [
    (pdf(), "pdf"), (png(), "png"), (jpeg(), "jpg"), (xlsx(["品名", "金額"]), "xlsx"), (docx("契約書"), "docx"),
    ("会議の記録\n出席者は十名".encode("cp932"), "txt"), ("品名,数量,金額\nペン,2,300\n紙,1,200\n".encode(), "csv"),
])  # fmt: skip
def test_名前ではなく中身で見分ける(data: bytes, kind: str) -> None:
    assert format_of(data, "何でも.exe") == kind


def _zip() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()


@pytest.mark.parametrize(("data", "words"), [
    (b"MZ\x90\0" + bytes(200), "実行できるプログラム"), (b"\x7fELF" + bytes(200), "実行できるプログラム"),
    (b"#!/bin/sh\nrm -rf /\n", "実行できるプログラム"), (b"\0\0\0\x18ftypheic" + bytes(60), "HEIC"),
    (b"GIF89a" + bytes(60), "扱えない形式の画像"), (b"<!doctype html><p>a</p>", "ウェブページ"),
    ("メモ\n<script>alert(1)</script>".encode(), "ウェブページ"), (b"Rar!\x1a\7" + bytes(60), "圧縮"),
    (bytes(range(256)) * 4, "形式"),
])  # fmt: skip
def test_証拠書類にならないものは何かを言って断る(data: bytes, words: str) -> None:
    with pytest.raises(SoseiError) as fault:
        format_of(data, "証拠.pdf")
    assert words in fault.value.sentence("ja")
    assert isinstance(fault.value, DocumentUnfit | Unreadable)


@pytest.mark.parametrize("data", [_zip(), b"<svg onload='x()'></svg>", b" \n ", pdf()[:-40], png()[:-12], xlsx(["a"])[:-60]])  # fmt: skip
def test_壊れたものや中の分からないものも断る(data: bytes) -> None:
    with pytest.raises(SoseiError):
        format_of(data, "証拠.pdf")


@pytest.mark.parametrize("data", [
    pdf(more=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), pdf(more=b"/AA << /O << /S /L#61unch >> >>"),
    pdf(objects=b"<< /S /JavaScript /JS (x) >>"), pdf(more=b"/Names << /EmbeddedFiles << >> >>"),
    with_part(xlsx(["a"]), "xl/macrosheets/sheet1.xml"), with_part(docx("a"), "word/embeddings/oleObject1.bin"),
    with_part(docx("a"), "word/activeX/activeX1.xml"),
    with_part(docx("a"), "word/_rels/settings.xml.rels", b'<Relationships><Relationship Id="a" Type="http://x/attachedTemplate" Target="file://x/y.dotm" TargetMode="External"/></Relationships>'),
])  # fmt: skip
def test_開くと動くものがあれば断る(data: bytes) -> None:
    with pytest.raises(DocumentActive):
        format_of(data, "契約書.pdf")


def test_マクロのあるブックはマクロだと言って断る() -> None:
    with pytest.raises(Unreadable) as fault:
        format_of(with_part(xlsx(["a"]), "xl/vbaProject.bin"), "集計.xlsx")
    assert "マクロ" in fault.value.sentence("ja")


def test_圧縮されたバイト列の中の似た文字では断らない() -> None:
    assert (
        format_of(pdf(objects=b"<< /Title (plain) >>") + b"%/JSx /Launches\n%%EOF", "a.pdf")
        == "pdf"
    )


def test_大きすぎるものは大きさを言って断る() -> None:
    with pytest.raises(DocumentTooLarge) as fault:
        format_of(png() + bytes(MOST_BYTES), "写真.png")
    assert fault.value.facts["size"] == 21


@pytest.mark.parametrize(("name", "kind", "clean"), [
    ("C:\\共有\\契約書.PDF", "pdf", "契約書.PDF"), ("../../etc/passwd", "txt", "passwd.txt"), ("請求書.exe", "pdf", "請求書.exe.pdf"),
    ("写真\u202egpj.exe", "jpg", "写真gpj.exe.jpg"), ('a"b<c>\r\n.txt', "txt", "a_b_c_.txt"), ("", "png", "証拠書類.png"),
    ("会場.jpeg", "jpg", "会場.jpeg"), ("あ" * 300 + ".pdf", "pdf", "あ" * 120 + ".pdf"),
])  # fmt: skip
def test_名前は害のないものにする(name: str, kind: str, clean: str) -> None:
    assert clean_name(name, kind) == clean


def test_機密性は台帳で決まる() -> None:
    quiet = replace(FIRMS, rows="confidential")
    assert [level_of(PERSONS, True), level_of(quiet, False), level_of(FIRMS, False)] == ["3B", "3C", "2"]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "at"), [
    ("xlsx", xlsx(["氏名", "番号"], ["見本 太郎", NUMBER]), "!B2"), ("xlsx", xlsx(["氏名"], ["見本"], hidden=["控え", NUMBER]), "裏!B1"),
    ("xlsx", xlsx(["氏名"], remark=f"番号は{NUMBER}"), "コメント"), ("xlsx", xlsx(["氏名", "番号"], ["見本", int(NUMBER)]), "!B2"),
    ("docx", docx("申請書", f"番号 {NUMBER[:4]}-{NUMBER[4:8]}-{NUMBER[8:]}"), "2段落目"), ("docx", docx("申請書", header=f"{NUMBER}"), "欄外"),
    ("txt", f"一行目\n{NUMBER}\n".encode("cp932"), "2行目"), ("csv", f"氏名,番号,町\n見本,{NUMBER},町\nあ,い,う\n".encode(), "!B2"),
])  # fmt: skip
def test_個人番号のある書類は場所を言って断り番号は繰り返さない(kind, data: bytes, at: str) -> None:
    with pytest.raises(DocumentNumbers) as fault:
        require_no_numbers(PERSONS, kind, data, "申請書")
    assert at in fault.value.sentence("ja")
    assert NUMBER not in repr(fault.value.facts)


@pytest.mark.parametrize(("kind", "data"), [
    ("xlsx", xlsx(["団体名", "伝票番号"], ["見本鋳造", NUMBER])), ("txt", f"伝票 {NUMBER}".encode()), ("docx", docx(f"伝票 {NUMBER}")),
])  # fmt: skip
def test_個人のいない台帳の十二桁の番号は断らない(kind, data: bytes) -> None:
    require_no_numbers(FIRMS, kind, data, "伝票")


@pytest.mark.parametrize(("kind", "data"), [
    ("docx", docx("マイナンバー", NUMBER)), ("xlsx", xlsx(["支払調書"], ["氏名", "個人番号"], ["見本", NUMBER])),
    ("csv", f"氏名,マイナンバー,町\n見本,{NUMBER},町\nあ,い,う\n".encode()), ("txt", f"個人番号：{NUMBER}".encode()),
])  # fmt: skip
def test_個人のいない台帳でも個人番号だと書いてあれば断る(kind, data: bytes) -> None:
    with pytest.raises(DocumentNumbers):
        require_no_numbers(FIRMS, kind, data, "支払調書")
