"""What a stranger's files, names, settings and pages may try on the command line."""

import http.client
import os
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from sosei.cli import site, terminal
from sosei.cli.__main__ import main
from sosei.cli.options import write_bytes
from sosei.core.codec import dumps
from sosei.core.report import Report, Said
from sosei.reading import MAX_BYTES


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "報告.json"
    path.write_text(dumps(Report(title=Said(text="効果検証"))), "utf-8")
    return path


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The code of the refusal on standard error; the exit status must be 3."""
    with pytest.raises(SystemExit) as end:
        main([os.fspath(a) if isinstance(a, Path) else str(a) for a in arguments])
    assert end.value.code == 3
    return capsys.readouterr().err.split()[0]


def test_a_file_too_large_is_refused_without_being_held(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "大.csv"
    file.touch()
    os.truncate(file, 40 * MAX_BYTES)
    assert refused(capsys, "read", file) == "E202"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_and_a_device_are_refused_and_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "管.csv")
    assert refused(capsys, "read", tmp_path / "管.csv") == "E230"
    assert refused(capsys, "read", tmp_path) == "E230"
    assert refused(capsys, "read", "/dev/zero") == "E230"


def test_paths_that_cannot_be_are_refused_with_a_sentence(
    tmp_path: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "長" * 2000 + ".json"
    assert refused(capsys, "read", tmp_path / long) == "E230"
    assert refused(capsys, "convert", report, tmp_path / long) == "E230"
    assert refused(capsys, "convert", report, report / "下.json") == "E230"
    assert refused(capsys, "convert", report, f"{report}/") == "E230"


def test_a_link_laid_in_the_folder_leads_no_bytes_elsewhere(tmp_path: Path) -> None:
    kept, folder = tmp_path / "kept", tmp_path / "out"
    kept.write_bytes(b"kept")
    folder.mkdir()
    (folder / ".a.json.part").symlink_to(kept)
    (folder / "a.json").symlink_to(kept)
    write_bytes(folder / "a.json", b"new")
    assert kept.read_bytes() == b"kept"
    assert (folder / "a.json").read_bytes() == b"new"
    assert sorted(file.name for file in folder.iterdir()) == [".a.json.part", "a.json"]


def test_a_written_file_has_the_usual_rights(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_bytes(tmp_path / "written", b"")
    assert (tmp_path / "written").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize(
    "text",
    ["check = 1", 'judge = "x"', "[judge]\nscheme = ['a']", f"[check]\nselect = {'[' * 3000}", "["],
)
def test_settings_of_another_kind_are_refused_by_name(
    text: str, report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(report.parent)
    Path("sosei.toml").write_text(text, "utf-8")
    assert refused(capsys, "judge" if "judge" in text else "check", report) == "E500"


def test_no_such_port_is_refused(
    tmp_path: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert refused(capsys, "review", report, out, "--serve", "--port", 99999) == "E500"


def test_a_terminal_is_not_commanded_by_words() -> None:
    wild = "\x1b]0;題\x07\x1b[2J\x9b31m\r\u202e名\u2066　\t\n"
    assert terminal.tame(wild) == "�]0;題��[2J�31m��名�　\t\n"
    assert terminal.tame(painted := terminal.paint("error", "誤り", True)) == painted
    assert terminal.tame("\x1b[8m隠す\x1b[0m") == "�[8m隠す\x1b[0m"


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        ("localhost:8000", "/page.html", 200),
        ("127.0.0.1", "/page.html", 200),
        ("example.com", "/page.html", 421),
        ("localhost.example.com:8000", "/page.html", 421),
        ("", "/page.html", 421),
        ("localhost", "/../secret", 404),
        ("localhost", "/%2e%2e/secret", 404),
        ("localhost", "//..%2fsecret", 404),
    ],
)
def test_the_page_is_served_to_this_machine_alone(
    tmp_path: Path, host: str, path: str, status: int
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "page.html").write_text("頁", "utf-8")
    (tmp_path / "secret").write_text("秘", "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), site.handler(tmp_path / "out")) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        asked = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
        asked.request("GET", path, headers={"Host": host})
        answer = asked.getresponse()
        body = answer.read()
        asked.close()
        server.shutdown()
    assert answer.status == status
    assert "秘".encode() not in body
    assert answer.getheader("Content-Security-Policy", "").startswith("default-src 'none'")
