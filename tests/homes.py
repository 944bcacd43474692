"""試験の置き場所. Homes of their own for tests that start the house as it is started: as processes, on a real file."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

TESTS = Path(__file__).parent
#: What makes the tables of a new home.
BEGIN = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
#: What makes a new home hold a small office (tests/bookroom.py).
FURNISH = f"""{BEGIN}
from bookroom import town
town()
"""


def environment(place: Path, **more: str) -> dict[str, str]:
    """The variables with which a process works in a home; nothing of the test run's own database."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SOSEI_")}
    own = {
        "SOSEI_HOME": str(place),
        "DJANGO_SETTINGS_MODULE": "sosei.house.settings",
        "PYTHONPATH": str(TESTS),
    }
    return {**kept, **own, **more}


def python(place: Path, code: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python in a home."""
    return subprocess.run(
        [sys.executable, "-c", code, *words], env=environment(place, **more), text=True, umask=0o077,
        capture_output=True, check=False,
    )  # fmt: skip


def sosei(place: Path, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "sosei.cli", *(str(word) for word in words)],
        env=environment(place, **more), text=True, capture_output=True, check=False,
    )  # fmt: skip


def filled(place: Path, code: str) -> Path:
    """Make a home by a piece of Python."""
    done = python(place, code)
    assert done.returncode == 0, done.stderr
    return place


def copied(template: Path, place: Path) -> Path:
    """Make a home like another one."""
    shutil.copytree(template, place)
    return place


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def answer(url: str, **headers: str) -> tuple[int, str]:
    """Ask for a page; its status and text, 0 where nobody answers."""
    try:
        with urlopen(Request(url, headers=headers), timeout=40) as page:
            return page.status, page.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()
    except (URLError, ConnectionError, TimeoutError) as fault:
        return 0, str(fault)


def until(condition, seconds: float = 180) -> bool:
    """Wait until something is so."""
    end = monotonic() + seconds
    while monotonic() < end:
        if condition():
            return True
        sleep(0.1)
    return False


@contextmanager
def serving(
    place: Path, *words: object, **more: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and its address; stopped at the end."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "sosei.cli", "serve", "--port", str(port), *(str(w) for w in words)],
        env=environment(place, **more), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        up = until(lambda: process.poll() is not None or answer(f"{url}/healthz")[0] == 200)
        assert up, "the server did not come up"
        assert process.poll() is None, process.communicate()[1]
        yield process, url
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=180)
