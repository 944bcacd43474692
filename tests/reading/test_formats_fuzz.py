"""Files made wrong: whatever is changed in a real file, reading gives a report or a coded refusal, in time.

The changes are the same in every run; `make fuzz` tries others for as long as it is told.
"""

import pytest
from formats_mutation import mutated
from formats_samples import SAMPLES

from hangs import no_hang
from sosei.core.codec import dumps, loads
from sosei.core.errors import SoseiError
from sosei.core.report import Report
from sosei.reading import read
from sosei.reading.formats import open_document
from sosei.reading.grid import Document

ROUNDS = 60


def is_answer(data, name):
    """Whether a file gives a document, a report, or a coded refusal in two languages."""
    try:
        return isinstance(open_document(data, name), (Document, Report))
    except SoseiError as error:
        return error.code.startswith("E2") and error.sentence("ja") != error.sentence("en")


@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_changed_sample_is_a_document_or_refused(name):
    for seed in range(ROUNDS):
        with no_hang():
            assert is_answer(mutated(SAMPLES[name], f"{name} {seed}"), name), seed


@pytest.mark.slow
@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_changed_sample_is_a_report_that_can_be_written(name):
    for seed in range(ROUNDS // 3):
        try:
            report = read(mutated(SAMPLES[name], f"report {name} {seed}"), name)
        except SoseiError:
            continue
        assert loads(dumps(report)) == report, seed


@pytest.mark.slow
def test_changed_reference_files_are_documents_or_refused(shared):
    files = [f for f in sorted(shared.glob("cases/*/input.*")) if f.suffix != ".pdf"]
    assert files
    for file in (*files, shared / "seed/morioka-r3.txt"):
        data = file.read_bytes()
        for seed in range(6):
            assert is_answer(mutated(data, f"{file.parent.name} {seed}"), file.name), (file, seed)


def test_the_same_seed_makes_the_same_file():
    assert mutated(b"abc" * 50, 7) == mutated(b"abc" * 50, 7)
    assert any(mutated(b"abc" * 50, seed) != b"abc" * 50 for seed in range(5))
