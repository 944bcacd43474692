"""What every test may use: where the reference cases are, and why a test is skipped without them."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import deskroom
from homes import BEGIN, FURNISH, copied, filled

SHARED = Path(__file__).resolve().parents[2] / "shared"
#: Skipped for one of these, a test was not run for want of a program that CI is to have: CI counts that as a failure.
WANTED = ("chromium:", "office:", "postgres:")
_wanting: list[str] = []
#: What brings a test to the database.
DATABASE = {"db", "transactional_db", "live_server"}

settings.register_profile(
    "sosei", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("sosei")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference cases beside the project."""
    if not (SHARED / "cases").is_dir():
        pytest.skip("the reference cases (../shared) are not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with all the tables in a real SQLite file and nobody in them; not to be written to."""
    return filled(tmp_path_factory.mktemp("empty") / "sosei", BEGIN)


@pytest.fixture(scope="session")
def furnished_home(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a small office in it; not to be written to."""
    return filled(copied(empty_home, tmp_path_factory.mktemp("home") / "sosei"), FURNISH)


@pytest.fixture
def place(furnished_home: Path, tmp_path: Path) -> Path:
    """A home of one test's own, with a small office in it."""
    return copied(furnished_home, tmp_path / "home")


@pytest.fixture(scope="module")
def browser():
    """Debian's chromium, for the tests of a module."""
    with deskroom.chromium() as browser:
        yield browser


@pytest.fixture
def desk(browser, live_server):
    """The desk at a live server, in a browser."""
    desk = deskroom.Desk(browser, live_server)
    yield desk
    desk.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks the database: `make test` runs it on PostgreSQL as well."""
    for item in items:
        asked = DATABASE.intersection(getattr(item, "fixturenames", ()))
        if asked or item.get_closest_marker("django_db"):
            item.add_marker("database")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped for want of a program."""
    if report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if reason.startswith(WANTED):
            _wanting.append(f"{report.nodeid}: {reason}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Refuse, in CI, a run that left such tests out; workers only report, the session decides."""
    if _wanting and os.environ.get("CI") and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests were left out for want of a program."""
    if _wanting:
        terminalreporter.section("left out for want of a program (in CI: refused)")
        for line in _wanting:
            terminalreporter.line(line)
