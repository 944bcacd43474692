"""Files made for tests of reading: packages from their parts, and a small sample of each format."""

import io
import zipfile

import docx
import openpyxl

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
WORD_TYPE = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
)


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    """A zip of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _relations(*targets):
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def workbook(
    sheet="",
    *,
    strings=None,
    styles=None,
    more=None,
    head="",
    names=("様式",),
    states=("",),
    workbook_pr="",
):
    """A workbook whose (one) sheet holds this XML between its tags; `more`: further parts."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" {state}/>'
        for n, (name, state) in enumerate(zip(names, states, strict=True), 1)
    )
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)]
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{head}<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">{workbook_pr}<sheets>{listed}</sheets></workbook>',
    }
    if strings is not None:
        targets.append(("sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{SHEET}">{strings}</sst>'
    if styles is not None:
        targets.append(("styles", "styles.xml"))
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>'
    parts["xl/_rels/workbook.xml.rels"] = _relations(*targets)
    for n in range(1, len(names) + 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{SHEET}">{sheet}</worksheet>'
    return zipped({**parts, **(more or {})})


def document(body="", *, head="", more=None):
    """A Word document whose body holds this XML."""
    parts = {
        "[Content_Types].xml": TYPES.replace("</Types>", WORD_TYPE + "</Types>"),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    return zipped({**parts, **(more or {})})


def saved(book):
    """The bytes of an openpyxl workbook or a python-docx document."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sample_xlsx():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "様式２"
    sheet.append(["令和3年度 実績", None, None, None])
    sheet.append(["事業の名称", "指標", "目標", "実績"])
    sheet.append(["見本拠点形成事業", "会員数", 30, 33])
    sheet.append([None, "達成率", 1, 1.1])
    sheet["C4"].number_format = sheet["D4"].number_format = "0.0%"
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("A1:D1")
    return saved(book)


def sample_docx():
    paper = docx.Document()
    paper.add_heading("事業実施結果報告", 1)
    paper.add_paragraph("令和3年度に実施した事業は次のとおり。")
    table = paper.add_table(3, 3)
    for row, texts in enumerate(
        [("事業名", "指標", "実績"), ("見本事業", "会員数", "33社"), ("", "来場者", "集計中")]
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    return saved(paper)


SAMPLES = {
    "sample.txt": "【事業】\n\n事業の名称\t実施内容\t実績（KPI等）\n見本事業(観光課)\t<p>・調査 &amp; 設置</p><p>① 委託 1,010 千円</p>\t会員 33 社\n".encode(),
    "sample.tsv": "KPI\t平成28年度\n会員\t-9.5 人\n".encode("cp932"),
    "sample.csv": '事業名,説明,値\r\n見本,"二行\r\nの説明",5\r\n'.encode("utf-8-sig"),
    "sample.html": (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>市</title></head><body><h1>成果</h1>"
        "<table><caption>指標</caption><tr><th rowspan=2>名</th><th colspan=2>値</th></tr><tr><td>5</td><td>なし</td></tr></table>"
        "<ul><li>項 &amp; 目</li></ul></body></html>"
    ).encode(),
    "sample.json": b'{"schema":"sosei.report/1","projects":[{"kind":"result","indicators":[{"years":[]}]}]}',
    "sample.xlsx": sample_xlsx(),
    "sample.docx": sample_docx(),
}
