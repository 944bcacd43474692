"""ワード文書の保存. What LibreOffice saves of our document still says the same.

Two things it does to any document are left out here: it drops soft hyphens (or makes them elements that show nothing),
and writes a text that looks like an escape (_x0041_) as another one (_x005F_x0041_).
"""

import shutil
import subprocess

import pagesample
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from sosei.core.codec import dumps
from sosei.core.report import bare, restrict
from sosei.publishing.forms import docx
from sosei.reading.formats import open_document
from sosei.reading.layouts import sheet
from strategies import reports

pytestmark = [pytest.mark.office, pytest.mark.slow]
FILES = 15


def drawn():
    """Reports of every kind, the same each time, the sample first."""
    found = [pagesample.report()]

    @settings(
        max_examples=2 * FILES,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(reports())
    def collect(report):
        if not any(mark in dumps(report) for mark in ("\xad", "_x0041_")):
            found.append(report)

    collect()
    assert len(found) >= FILES
    return found[:FILES]


def test_リブレオフィスで保存しても同じ報告になる(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("office: soffice is not on this machine")
    every = drawn()
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for at, report in enumerate(every):
        (source / f"{at:02}.docx").write_bytes(docx.write(report))
    profile = tmp_path / "profile"
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "docx",
         "--outdir", str(target), *sorted(str(path) for path in source.iterdir())],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for at, report in enumerate(every):
        data = (target / f"{at:02}.docx").read_bytes()
        assert data != (source / f"{at:02}.docx").read_bytes()
        again = sheet.read(open_document(data, "x.docx"))
        assert restrict(bare(again), docx.CARRIES) == restrict(bare(report), docx.CARRIES), at
