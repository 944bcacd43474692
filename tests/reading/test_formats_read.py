"""`read` and `read_files`: bytes to a report with its sources, and what was not taken over said in it."""

import hashlib

import pytest
from formats_samples import SAMPLES, saved

from sosei.core.codec import decode, encode
from sosei.core.errors import NotAReport, SoseiError
from sosei.reading import read, read_files
from sosei.reading.formats.refusal import Empty, NoFiles


@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_report_names_its_source_and_fits_the_contract(name):
    report = read(SAMPLES[name], f"/srv/share/{name}")
    (source,) = report.sources
    assert (source.id, source.name) == ("s1", name)
    assert source.sha256 == hashlib.sha256(SAMPLES[name]).hexdigest()
    assert source.format == {"txt": "text"}.get(name[7:], name[7:])
    assert decode(encode(report)) == report


def test_what_the_format_left_out_stands_in_the_report_once():
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["事業名", "=A2"])
    report = read(saved(book), "様式.xls")
    codes = [note.code for note in report.unread]
    assert codes.count("suffix-differs") == 1
    assert codes.count("formula-without-value") == 1


def test_a_set_is_one_report_whose_sources_are_numbered_by_name():
    files = [("b.csv", "名称,値\n乙,2\n".encode()), ("a.csv", "名称,値\n甲,1\n".encode())]
    report = read_files(files)
    assert [(s.id, s.name) for s in report.sources] == [("s1", "a.csv"), ("s2", "b.csv")]
    assert read_files(list(reversed(files))) == report


def test_a_file_of_a_set_that_is_refused_is_said():
    report = read_files(
        [("a.csv", "名称,値\n甲,1\n".encode()), ("b.pdf", b"%PDF-1.4"), ("c.csv", b"")]
    )
    assert [s.name for s in report.sources] == ["a.csv"]
    assert [(n.code, n.raw) for n in report.unread][:2] == [("E207", "b.pdf"), ("E201", "c.csv")]


def test_a_report_beside_tables_is_said():
    report = read_files([("a.csv", "名称,値\n甲,1\n".encode()), ("r.json", SAMPLES["sample.json"])])
    assert ("report-beside", "r.json") in [(n.code, n.raw) for n in report.unread]
    alone = read_files([("b.csv", b""), ("r.json", SAMPLES["sample.json"])])
    assert [s.format for s in alone.sources] == ["json"]
    assert [n.code for n in alone.unread] == ["E201"]


def test_no_file_and_only_refused_files_are_refused():
    with pytest.raises(NoFiles, match="E218"):
        read_files([])
    with pytest.raises(Empty, match="E201"):
        read_files([("a.csv", b""), ("b.pdf", b"%PDF-1.4")])
    with pytest.raises(Empty):
        read_files([("a.csv", b"")])


def test_all_problems_of_a_json_report_are_named():
    with pytest.raises(NotAReport) as refused:
        read(b'{"schema":"other","projects":[{"kind":"x"}]}', "a.json")
    assert len(refused.value.problems) >= 3
    assert isinstance(refused.value, SoseiError)


def test_a_name_in_an_old_encoding_can_be_written_down():
    name = "報告.csv".encode("cp932").decode("utf-8", "surrogateescape")
    source = read(SAMPLES["sample.csv"], name).sources[0]
    assert source.name.endswith(".csv")
    source.name.encode("utf-8")
