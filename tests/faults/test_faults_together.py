"""二十人が同時に保存する. No lost update, no "database is locked"; the second person sees the conflict. SQLite and PostgreSQL."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster import like
from killing import note

from homes import environment, python, sosei

pytestmark = pytest.mark.slow
PROCESSES, THREADS = 4, 5
PEOPLE = PROCESSES * THREADS
NUMBER = """
import django; django.setup()
from sosei.offices.models import Department
from sosei.journal.models import Entry
from sosei.ledger.models import Verification

row = Department.objects.get(code="02", body="990001")
check = Verification.objects.order_by("entry__position").first()
plan = Verification.objects.filter(entry__kind="plan").first()
print(
    row.name, row.stamp, Entry.objects.count(), Department.objects.count(), check.stamp,
    plan.stamp if plan else 0, Department.objects.get(code="03", body="990001").name,
)
"""


@pytest.fixture(params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a home with a volume: in a SQLite file, and in a PostgreSQL of its own."""
    home = tmp_path / "home"
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("book_home"), home)
        yield {"SOSEI_HOME": str(home)}
        return
    with like(request.getfixturevalue("book_cluster"), home) as one:
        yield {"SOSEI_HOME": str(home), "SOSEI_DATABASE": one.address}


def together(office: dict[str, str], kind: str, rounds: int) -> list[dict[str, object]]:
    """Let twenty people save at once, from several processes; what became of each."""
    here = Path(__file__).parent
    variables = environment(Path(office["SOSEI_HOME"]), **office)
    variables["PYTHONPATH"] += f":{here}"
    crowd = [
        subprocess.Popen(
            [sys.executable, str(here / "writers.py"), kind, str(THREADS), str(rounds), "甲乙丙丁"[n]],
            env=variables, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for n in range(PROCESSES)
    ]  # fmt: skip
    for process in crowd:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    found = [one for process in crowd for one in json.loads(process.communicate(timeout=300)[0])]
    assert len(found) == PEOPLE
    assert not [one for one in found if "fault" in one], found
    return found


def state(office: dict[str, str]) -> list[str]:
    asked = python(Path(office["SOSEI_HOME"]), NUMBER, **office)
    assert asked.returncode == 0, asked.stderr
    return asked.stdout.split()


def sound(office: dict[str, str]) -> None:
    """All fits, and nobody's clock seems to have gone back."""
    checked = sosei(Path(office["SOSEI_HOME"]), "verify", "--format", "json", **office)
    assert checked.returncode == 0, checked.stdout
    assert {one["code"] for one in json.loads(checked.stdout)["unproven"]} <= {"N01", "N02"}


def test_同じものを二十人が数え上げても一つも失われない(office: dict[str, str]) -> None:
    before = int(state(office)[2])
    found = together(office, "add", 5)
    name, stamp, lines, *_ = state(office)
    assert (name, int(stamp), int(lines)) == (
        f"課{PEOPLE * 5}",
        PEOPLE * 5 + 1,
        before + PEOPLE * 5,
    )
    assert sum(int(str(one["stale"])) for one in found) > 0
    sound(office)
    slowest = max(float(str(one["seconds"])) for one in found)
    kind = "postgres" if "SOSEI_DATABASE" in office else "sqlite"
    note(f"20 people, 5 saves each of one row on {kind}: slowest person {slowest} s")


def test_同じ画面を二十人が保存すれば一人だけが通りほかは食い違いを知る(
    office: dict[str, str],
) -> None:
    found = together(office, "once", 1)
    assert sorted(int(str(one["done"])) for one in found) == [0] * (PEOPLE - 1) + [1]
    assert sum(int(str(one["stale"])) for one in found) == PEOPLE - 1
    assert state(office)[4] == "2"
    sound(office)


def test_初めての記載を二十人が保存しても一人だけが通る(office: dict[str, str]) -> None:
    found = together(office, "first", 1)
    assert sorted(int(str(one["done"])) for one in found) == [0] * (PEOPLE - 1) + [1]
    assert sum(int(str(one["stale"])) for one in found) == PEOPLE - 1
    assert state(office)[5] == "1"
    sound(office)


def test_同じ二つの行を二十人が逆の順に書いても止まらず失われない(office: dict[str, str]) -> None:
    together(office, "crossing", 5)
    found = state(office)
    assert (found[0], found[6]) == (f"課{PEOPLE * 5}", f"課{PEOPLE * 5}")
    sound(office)


def test_別々の行を二十人が続けて保存しても待ちきれなくならない(office: dict[str, str]) -> None:
    before = int(state(office)[3])
    together(office, "own", 10)
    assert int(state(office)[3]) == before + PEOPLE * 10
    sound(office)
