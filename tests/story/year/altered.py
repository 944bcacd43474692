"""変えられた様式. A department fills the workbook it was sent by what it reads there, and sends it back as offices do.

Nobody here knows the hidden ids: projects, indicators and lines are found by their names, as a person finds them.
"""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

import answerfiles as files

#: The columns of the form as a person sees it, counted from the sheet's first one (1).
NUMBER, NAME, UNIT, ENTRY, EXPECTED, NOTE = 3, 4, 5, 8, 9, 10


def filled(data: bytes, answer: Mapping[str, Any]) -> Any:
    """Return the workbook with a department's answers in its yellow cells; every answer finds its row."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page, project, left = book.worksheets[0], "", _left(answer)
    for row in range(7, page.max_row + 1):
        name = str(page.cell(row, NAME).value or "")
        band = str(page.cell(row, NUMBER).value or "")
        if not name and band:
            project = next((p for p in answer.get("texts", {}) if p in band), project)
        for key in ((project, name), ("", name)):
            if key in left:
                _put(page, row, left.pop(key))
                break
    assert not left, f"no row for {sorted(left)}"
    return book


def _left(answer: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for part in ("figures", "amounts"):
        found |= {("", name): given for name, given in answer.get(part, {}).items()}
    for project, words in answer.get("texts", {}).items():
        found |= {(project, name): given for name, given in words.items()}
    return found


def _put(page: Any, row: int, given: Any) -> None:
    cells = given if isinstance(given, list) else [given]
    for column, value in zip((ENTRY, EXPECTED, NOTE), cells, strict=False):
        if value != "":
            page.cell(row, column).value = value


# -- what offices do to a form ----------------------------------------------------------------------------------------


def _renamed(book: Any) -> bytes:
    book.worksheets[0].title = "R4実績（情報政策課）"
    return files.saved(book)


def _shuffled(book: Any) -> bytes:
    lines = files.values(book)
    head, body = lines[:6], lines[6:]
    random.Random(5).shuffle(body)
    return files.pasted(head + body)


def _without_ids(book: Any) -> bytes:
    page = book.worksheets[0]
    for area in list(page.merged_cells.ranges):
        page.unmerge_cells(str(area))
    page.delete_cols(1, 2)
    return files.saved(book)


def _values(book: Any) -> bytes:
    return files.pasted(files.without_ids(files.values(book)))


def _csv(book: Any) -> bytes:
    return files.as_csv(files.values(book))


def _retyped(book: Any) -> bytes:
    """Somebody printed the form, and typed what was written on it into a mail."""
    lines = ["企画課 御中", "子育て支援課です。照会のあった件について、次のとおり回答します。", ""]
    for row in files.without_ids(files.values(book))[6:]:
        number, name, entry = row[0], row[1], row[5]
        if number and not name and row[2] is None:
            lines += ["", str(number)]
        elif name and entry is not None and name != "合計":
            lines.append(f"・{name}：{files.shown(entry)}")
    return "\r\n".join([*lines, "", "よろしくお願いします。"]).encode("cp932")


def _docx(book: Any) -> bytes:
    return files.as_docx(files.without_ids(files.values(book)))


def _with_total(book: Any) -> bytes:
    """Values in a new workbook, with the total typed by hand under the lines of money."""
    lines = files.without_ids(files.values(book))
    at = max(i for i, row in enumerate(lines) if row[1] == "利用促進広報業務委託")
    if lines[at + 1][1] == "合計":
        del lines[at + 1]
    lines.insert(at + 1, [None, "合計", "千円", None, None, "１６，２８０", None, None])
    return files.pasted(lines)


WAYS: dict[str, tuple[Callable[[Any], bytes], str]] = {
    "as sent": (files.saved, "{sent}"),
    "renamed file and sheet": (_renamed, "【情報政策】照会の回答（課長確認済み）(2).xlsx"),
    "rows shuffled": (_shuffled, "並べ替え.xlsx"),
    "hidden ids deleted": (_without_ids, "印刷用.xlsx"),
    "values only": (_values, "Book1.xlsx"),
    "csv": (_csv, "農政課.csv"),
    "printed and retyped": (_retyped, "回答.txt"),
    "docx": (_docx, "回答（文化スポーツ課）.docx"),
    "full width, 千円, total row": (_with_total, "交通回答.xlsx"),
    "stale copy": (files.saved, "{sent}"),
}


def altered(sent: str, data: bytes, answer: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return a department's file as it comes back: its name and bytes."""
    change, name = WAYS[answer["way"]]
    return name.format(sent=sent), change(filled(data, answer))


def resaved(data: bytes, folder: Path) -> bytes:
    """Return a workbook as LibreOffice saves it."""
    office = shutil.which("soffice")
    assert office is not None
    (folder / "in.xlsx").write_bytes(data)
    done = subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(folder / "in.xlsx")],
        capture_output=True, check=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0
    return (folder / "out" / "in.xlsx").read_bytes()
