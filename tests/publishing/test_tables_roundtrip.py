"""The central property for the tabular forms: what is published reads back as the same report, every field of it."""

import csv
import dataclasses
import io
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from sosei.core.fields import Lang
from sosei.core.report import (
    Body,
    Indicator,
    Project,
    Report,
    Said,
    YearPoint,
    all_fields,
    bare,
    restrict,
)
from sosei.publishing import form_of, publish
from sosei.publishing.tables import tables_of
from sosei.reading import read, read_files
from strategies import reports

FORMS = ("json", "csv", "xlsx", "opendata")
few = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))


def read_back(report: Report, form: str, lang: Lang = "ja") -> Report:
    published = publish(report, form, lang=lang)
    if isinstance(published, dict):
        return read_files(list(published.items()))
    return read(published, f"report{form_of(form).SUFFIX}")


def same(report: Report, form: str, lang: Lang = "ja") -> None:
    carried = form_of(form).CARRIES
    got, expected = bare(read_back(report, form, lang)), bare(report)
    assert restrict(got, carried) == restrict(expected, carried)


@pytest.mark.parametrize("form", FORMS)
def test_四つの形はすべての項目を運ぶと宣言する(form: str) -> None:
    assert all_fields() == form_of(form).CARRIES


@pytest.mark.parametrize("form", FORMS)
@few
@given(report=reports(), lang=st.sampled_from(("ja", "en")))
def test_書いて読み戻すと同じ報告書(form: str, report: Report, lang: Lang) -> None:
    same(report, form, lang)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@many
@given(report=reports(), lang=st.sampled_from(("ja", "en")))
def test_五百の報告書を書いて読み戻すと同じ(form: str, report: Report, lang: Lang) -> None:
    same(report, form, lang)


@pytest.mark.parametrize("form", ["csv", "xlsx", "opendata"])
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(report=reports())
def test_読み残しはない(form: str, report: Report) -> None:
    assert read_back(report, form).unread == ()


# -- other hands: rows sorted, columns moved and added, sheets renamed and reordered ---------------------------


def shuffled_csv(data: bytes, dice: random.Random) -> bytes:
    """The same rows and columns in another order, a column of notes added, CP932-free plain UTF-8, LF."""
    head, *rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    order = list(range(len(head) + 1))
    dice.shuffle(order)
    dice.shuffle(rows)
    out = io.StringIO(newline="")
    lines = [[*head, "担当者メモ"], *([*row, "確認済み"] for row in rows)]
    csv.writer(out, lineterminator="\n").writerows([line[i] for i in order] for line in lines)
    return out.getvalue().encode()


@few
@given(report=reports(), seed=st.integers(0, 2**32))
def test_CSVは並べ替えても列を移しても加えても同じ(report: Report, seed: int) -> None:
    dice = random.Random(seed)
    files = publish(report, "csv")
    assert isinstance(files, dict)
    tables = [
        data for name, data in files.items() if name.endswith(".csv") and "columns" not in name
    ]
    renamed = [(f"{i}.csv", shuffled_csv(data, dice)) for i, data in enumerate(tables)]
    dice.shuffle(renamed)
    assert bare(read_files(renamed)) == report


def retyped(report: Report, dice: random.Random) -> bytes:
    """A stranger's workbook of the same tables: other sheet names and order, a title above, everything moved."""
    book = Workbook()
    book.remove(book.active)
    tables = list(tables_of(report))
    dice.shuffle(tables)
    for number, table in enumerate(tables):
        sheet = book.create_sheet(f"Sheet{number}")
        sheet.append(["照会の回答（令和4年6月）"])
        sheet.append([])
        order = list(range(len(table.heads)))
        dice.shuffle(order)
        lines = list(table.cells)
        dice.shuffle(lines)
        sheet.append([table.heads[i].label("ja") for i in order])
        for row, line in enumerate(lines, 4):
            for column, i in enumerate(order, 1):
                cell = sheet.cell(row, column, line[i])
                if isinstance(line[i], str):
                    cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@few
@given(report=reports(2), seed=st.integers(0, 2**32))
def test_人の作ったブックも見出しで読める(report: Report, seed: int) -> None:
    assert bare(read(retyped(report, random.Random(seed)), "回答.xlsx")) == report


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(report=reports(2))
def test_openpyxlが開いて保存したブックも同じ(report: Report) -> None:
    data = publish(report, "xlsx")
    assert isinstance(data, bytes)
    out = io.BytesIO()
    book = load_workbook(io.BytesIO(data))
    for sheet in book:  # openpyxl itself turns text that begins with = into a formula
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f" and not str(cell.value).startswith("=IF(AND("):
                cell.data_type = "s"
    book.save(out)
    assert bare(read(out.getvalue(), "x.xlsx")) == report


# -- LibreOffice ----------------------------------------------------------------------------------------------


def drawn(count: int) -> list[Report]:
    """The same random reports every time."""
    found: list[Report] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(reports())
    def keep(report: Report) -> None:
        found.append(report)

    keep()
    return found


def bundles() -> list[Report]:
    """Many random reports' projects in one report, and a few reports as they are."""
    found = drawn(100)
    projects = tuple(project for report in found for project in report.projects)
    richest = sorted(found, key=lambda report: len(repr(report)))[-3:]
    return [dataclasses.replace(richest[-1], projects=projects), *richest]


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_LibreOfficeが開いて保存しても同じ(tmp_path: Path) -> None:
    published = {}
    for number, report in enumerate(bundles()):
        for form in ("xlsx", "opendata"):
            data = publish(report, form)
            assert isinstance(data, bytes)
            published[f"{form}{number}.xlsx"] = report
            (tmp_path / f"{form}{number}.xlsx").write_bytes(data)
    saved = tmp_path / "saved"
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(saved)]
    command += [str(tmp_path / name) for name in published]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for name, report in published.items():
        assert (saved / name).read_bytes() != (tmp_path / name).read_bytes()
        assert bare(read((saved / name).read_bytes(), name)) == report


# -- the least there can be -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "report",
    [
        Report(),
        Report(title=Said(text="報告")),
        Report(bodies=(Body(name="見本市"), Body(name="見本市"))),
        Report(
            projects=(Project(), Project(indicators=(Indicator(), Indicator(years=(YearPoint(),)))))
        ),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_ほとんど空の報告書も同じ(form: str, report: Report) -> None:
    same(report, form)
