"""Bad input: a coded sentence in both languages, soon, in bounded memory; never a traceback, never half a report."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from formats_samples import (
    SAMPLES,
    SHEET,
    WORD,
    document,
    sample_docx,
    sample_xlsx,
    workbook,
    zipped,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.core.errors import NotAReport, SoseiError, Unreadable
from sosei.core.report import Report
from sosei.reading.formats import file_name, limits, office, open_document, refusal
from sosei.reading.grid import Document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><text>KPI 1</text></svg>'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def lying(data, name, size):
    """A package in whose directory a part says to be smaller than it is."""
    out = bytearray(data)
    at = out.rfind(b"PK\x01\x02")
    while at >= 0:
        length = int.from_bytes(out[at + 28 : at + 30], "little")
        if out[at + 46 : at + 46 + length] == name.encode():
            out[at + 24 : at + 28] = size.to_bytes(4, "little")
        at = out.rfind(b"PK\x01\x02", 0, at)
    return bytes(out)


def locked():
    """A zip whose parts say that they need a password."""
    out = bytearray(sample_xlsx())
    at = -1
    while (at := out.find(b"PK\x01\x02", at + 1)) >= 0:
        out[at + 8] |= 1
    return bytes(out)


def swollen():
    return workbook("<sheetData>" + " " * (limits.MAX_UNPACKED + 1024) + "</sheetData>")


REFUSED = [
    ("empty", b"", "a.txt", "E201"),
    ("blank", b"\xef\xbb\xbf \r\n\t\n", "a.csv", "E201"),
    ("only zeros", b"\0" * 2000, "a.txt", ("E201", "E203")),
    ("binary named txt", bytes(range(256)) * 40, "a.txt", "E203"),
    ("program", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(200)), "a.csv", "E203"),
    ("encrypted workbook", OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "E204"),
    ("password zip", locked(), "a.xlsx", "E204"),
    ("xls", OLE + "Workbook".encode("utf-16-le"), "a.xls", "E205"),
    ("xls named xlsx", OLE + "Workbook".encode("utf-16-le"), "a.xlsx", "E205"),
    ("doc", OLE + "WordDocument".encode("utf-16-le"), "a.doc", "E205"),
    ("unknown OLE", OLE, "a.msg", "E205"),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3", "a.pdf", "E207"),
    ("pdf named xlsx", b"\n%PDF-1.7", "a.xlsx", "E207"),
    ("truncated xlsx", sample_xlsx()[:-300], "a.xlsx", "E207"),
    ("truncated docx", sample_docx()[: len(sample_docx()) // 2], "a.docx", "E207"),
    ("head of a zip", b"PK\x03\x04", "a.xlsx", "E207"),
    ("zip bomb", swollen(), "a.xlsx", "E208"),
    ("zip that lies", lying(sample_xlsx(), "xl/workbook.xml", 20), "a.xlsx", "E207"),
    ("xml bomb", workbook(more={"xl/worksheets/sheet1.xml": BOMB + f'<worksheet xmlns="{SHEET}">&c;</worksheet>'}), "a.xlsx", "E209"),
    ("xml bomb in docx", document(head=BOMB), "a.docx", "E209"),
    ("xml bomb in UTF-16", workbook(more={"xl/workbook.xml": (BOMB + "<workbook/>").encode("utf-16")}), "a.xlsx", "E209"),
    ("outside entity", document(head='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "a.docx", "E209"),
    ("million lines", b"1\n" * 1_000_000, "a.txt", "E211"),
    ("million lines of csv", b"1,2\n" * 1_000_000, "a.csv", ("E211", "E212")),
    ("ten thousand columns", b"1," * 10_000, "a.csv", "E213"),
    ("ten thousand columns with tabs", b"1\t" * 10_000, "a.tsv", "E213"),
    ("nested page", b"<html><table><tr><td>" + b"<table><tr><td>" * 50_000, "a.html", "E214"),
    ("nested document", document("<w:tbl><w:tr><w:tc>" * 300 + "</w:tc></w:tr></w:tbl>" * 300), "a.docx", "E207"),
    ("lone surrogates", b"\xed\xa0\x80\xed\xb0\x80 text", "a.txt", "E215"),
    ("macro workbook", workbook(more={"xl/vbaProject.bin": b"\0"}), "a.xlsm", "E216"),
    ("macro document", document(more={"word/vbaProject.bin": b"\0"}), "a.docx", "E216"),
    ("zip of files", zipped({"a.csv": "1,2"}), "a.zip", "E217"),
    ("ods", zipped({"mimetype": "application/vnd.oasis", "content.xml": "<a/>"}), "a.ods", "E217"),
    ("xlsb", zipped({"[Content_Types].xml": "", "xl/workbook.bin": b"\0"}), "a.xlsb", "E217"),
    ("pptx", zipped({"[Content_Types].xml": "", "ppt/presentation.xml": "<a/>"}), "a.pptx", "E217"),
    ("png", b"\x89PNG\r\n\x1a\n", "a.png", "E217"),
    ("gzip", b"\x1f\x8b\x08", "a.gz", "E217"),
    ("svg", SVG, "a.svg", "E217"),
    ("svg named html", SVG, "a.html", "E217"),
    ("svg named txt", b"\xef\xbb\xbf \n" + SVG, "a.txt", "E217"),
    ("svg named csv in UTF-16", SVG.decode().encode("utf-16"), "a.csv", "E217"),
    ("svg with a prefix", b"<s:svg xmlns:s='http://www.w3.org/2000/svg'/>", "a.txt", "E217"),
    ("svg after everything", b'<?xml version="1.0"?><!-- <html> --><?xml-stylesheet href="x"?><!DOCTYPE svg [<!ENTITY a "b>c">]>' + SVG, "a.html", "E217"),
    ("xml", b'<?xml version="1.0"?><Workbook><Table/></Workbook>', "a.xls", "E217"),
    ("rtf", rb"{\rtf1\ansi}", "a.doc", "E217"),
    ("document without body", document(more={"word/document.xml": f'<w:document xmlns:w="{WORD}"/>'}), "a.docx", "E207"),
    ("main part of unknown kind", workbook(more={"xl/workbook.xml": "<thing/>"}), "a.xlsx", "E217"),
    ("no sheet", workbook(more={"xl/workbook.xml": f'<workbook xmlns="{SHEET}"/>'}), "a.xlsx", "E207"),
    ("sheet missing", workbook(names=("a", "b"), states=("", "")).replace(b"sheet2.xml", b"sheet3.xml"), "a.xlsx", "E207"),
    ("broken part", workbook("<sheetData><row>"), "a.xlsx", "E207"),
    ("a text too long for a node", document(f"<w:p><w:r><w:t>{'あ' * 4_000_000}</w:t></w:r></w:p>"), "a.docx", "E207"),
    ("json of another kind", b'{"a": 1}', "a.json", "E210"),
    ("json with a bare value", b'"text"', "a.json", "E210"),
    ("nested json", b"[" * 100_000, "a.json", "E210"),
    ("json cut short", b'{"schema": "sosei.report/1", "projects": [', "a.json", "E210"),
    ("surrogates in json", b'{"schema":"sosei.report/1","projects":[],"title":{"text":"\\ud800"}}', "a.json", "E210"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "name", "code"), [pytest.param(*r[1:], id=r[0]) for r in REFUSED])
def test_bad_input_is_refused_with_a_code_and_a_sentence_in_both_languages(data, name, code):
    with pytest.raises(SoseiError) as refused:
        open_document(data, name)
    error = refused.value
    assert error.code in code if isinstance(code, tuple) else error.code == code
    for lang in ("ja", "en"):
        sentence = error.sentence(lang)
        assert "{" not in sentence.replace("{\\rtf", "")
        assert len(sentence) > 20
        if isinstance(error, Unreadable):
            assert name in sentence


def test_a_file_of_500_megabytes_is_refused_by_its_size():
    with pytest.raises(refusal.TooLarge, match="E202"):
        open_document(bytes(500 * 1024**2), "大.csv")
    with pytest.raises(refusal.TooLarge, match="E202"):
        open_document(b"a\n" * (limits.MAX_TEXT_BYTES // 2 + 1), "大.txt")


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(office, "MAX_PARTS", 3)
    with pytest.raises(refusal.Swollen, match="E208"):
        open_document(sample_xlsx(), "a.xlsx")


def test_codes_are_unique_and_sentences_say_what_to_do():
    classes = [c for c in vars(refusal).values() if isinstance(c, type) and c is not Unreadable]
    codes = [c.code for c in classes]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("E2") and code != NotAReport.code for code in codes)
    for kind in classes:
        assert kind.ja.endswith("。") or "{advice}" in kind.ja
        assert kind.ja != Unreadable.ja
        assert kind.en != Unreadable.en


@pytest.mark.parametrize(
    ("sample", "name"),
    [
        ("sample.xlsx", "報告.docx"),
        ("sample.docx", "報告.xls"),
        ("sample.html", "報告.xls"),
        ("sample.txt", "報告.pdf"),
        ("sample.html", "報告.txt"),
    ],
)
def test_a_wrong_suffix_is_read_by_content_and_noted(sample, name):
    found = open_document(SAMPLES[sample], name)
    right = open_document(SAMPLES[sample], sample)
    assert found.source.format == right.source.format
    assert [g.cells for g in found.grids] == [g.cells for g in right.grids]
    assert [note.code for note in found.unread] == ["suffix-differs"]
    assert right.unread == ()


@pytest.mark.parametrize(
    "name", ["/home/tanaka/秘/様式.xlsx", r"C:\Users\tanaka\様式.xlsx", "様式.xlsx"]
)
def test_a_source_is_named_without_the_folders_it_lay_in(name):
    assert open_document(sample_xlsx(), name).source.name == "様式.xlsx"
    assert file_name("") == file_name("/") == "?"


def test_a_source_bears_the_hash_of_its_bytes():
    source = open_document(b"1", "a").source
    assert source.sha256 == "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
    assert (source.id, source.format) == ("s1", "text")


def test_json_of_the_contract_is_a_report_with_its_source():
    report = open_document(SAMPLES["sample.json"], "r.json")
    assert isinstance(report, Report)
    assert [s.format for s in report.sources] == ["json"]
    assert len(report.projects) == 1


def test_a_mark_stands_in_every_place():
    for name, data in SAMPLES.items():
        document = open_document(data, name, mark="s7")
        if isinstance(document, Document):
            assert {p.source for w in document.words() for p in w.places} == {"s7"}


def answered(data, name):
    """Whether the answer is a document, a report or a coded refusal."""
    try:
        return isinstance(open_document(data, name), (Document, Report))
    except SoseiError as error:
        return error.code.startswith("E2")


@settings(max_examples=200)
@given(
    st.binary(max_size=200), st.sampled_from(["a.txt", "a.csv", "a.html", "a.xlsx", "a.json", "a"])
)
def test_any_bytes_are_a_document_or_a_coded_refusal(data, name):
    assert answered(data, name)


@settings(max_examples=60)
@given(
    st.binary(min_size=1, max_size=80),
    st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"<table>", b"{", b"%PD"]),
)
def test_any_bytes_after_a_known_beginning(data, head):
    assert answered(head + data, "a")


MEASURED = """
import resource, sys
from sosei.core.errors import SoseiError
from sosei.reading.formats import open_document
data, name = open(sys.argv[1], "rb").read(), sys.argv[2]
resource.setrlimit(resource.RLIMIT_AS, (1024**3, 1024**3))
try:
    open_document(data, name)
    print("read")
except SoseiError as error:
    print(error.code)
"""


def measured(tmp_path, data, name):
    """What a process of its own with one gigabyte answers."""
    file = tmp_path / "input"
    file.write_bytes(data)
    src = Path(__file__).resolve().parents[2] / "src"
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(MEASURED), str(file), name],
        capture_output=True, text=True, check=False, env={"PYTHONPATH": str(src)}, timeout=600,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout.strip()


def blank_cells():
    cells = "".join(f'<c r="{a}{{0}}" s="1"/>' for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    rows = "".join(f'<row r="{n}">{cells.replace("{0}", str(n))}</row>' for n in range(1, 100_000))
    return workbook(f"<sheetData>{rows}</sheetData>")


BIG = {
    "most lines": (lambda: ("あ" * 50 + "\n").encode() * limits.MAX_LINES, "a.txt", "read"),
    "one line": (lambda: b"a," * 10_000_000, "a.txt", "read"),
    "one line of spaces": (lambda: b"<p>" + b" " * 20_000_000, "a.html", "read"),
    "tags without end": (lambda: b'<a ="' * 400_000, "a.html", "read"),
    "brackets": (lambda: b"<" * 20_000_000, "a.html", "E219"),
    "quotes": (lambda: b'"' * 20_000_000, "a.csv", "E219"),
    "quotes and tabs": (lambda: b'"\t' * 900 + b'"' * 900_001, "a.tsv", "read"),
    "spans": (lambda: b"<table>" + _SPANNED * 45_000, "a.html", "read"),
    "cells": (lambda: b"<table>" + b"<tr><td>1<td>2" * (limits.MAX_CELLS // 2), "a.html", "read"),
    "a cell too many": (
        lambda: b"<table>" + b"<tr><td>1<td>2<td>3" * (limits.MAX_CELLS // 2),
        "a.html",
        "E212",
    ),
    "paragraphs": (lambda: b"<p>x" * 450_000, "a.html", "E211"),
    "entities": (lambda: b"<p>" + b"&amp;" * 490_000, "a.html", "read"),
    "indented text": (lambda: b"<p>" + "あ\n  ".encode() * 3_000_000, "a.html", "read"),
    "blank cells": (blank_cells, "a.xlsx", "read"),
    "zip bomb": (swollen, "a.xlsx", "E208"),
    "deep xml": (lambda: document("<w:sdt>" * 300_000), "a.docx", "E207"),
    "deep page": (lambda: b"<div>" * 490_000, "a.html", "read"),
    "deep json": (lambda: b"[" * 990_000, "a.json", "E210"),
    "wrong json": (lambda: b'{"projects":[' + b"1," * 900_000 + b"1]}", "a.json", "E210"),
}
_SPANNED = b"<tr><td rowspan=2 colspan=1000></td></tr><tr></tr>"


@pytest.mark.slow
@pytest.mark.parametrize("case", list(BIG))
def test_an_answer_within_a_gigabyte(tmp_path, case):
    made, name, expected = BIG[case]
    answer = measured(tmp_path, made(), name)
    assert answer == expected
