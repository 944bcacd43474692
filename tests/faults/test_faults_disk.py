"""満杯の置き場所. When nothing more can be written, nothing half written stays, it is said so, and it goes on with room.

As root on a small memory disk; else under a limit on the size of files, which the system treats alike.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from homes import copied, python, sosei
from sosei.house import home

pytestmark = pytest.mark.slow
SMALL = "16m"
#: Writes until it is refused, then says what the refusal means to a person.
FILL = """
import django; django.setup()
import resource, sys
if sys.argv[1] != "0":
    limit = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from django.db import OperationalError
from bookroom import BODY
from sosei.house.calm import refusal_for
from sosei.journal.acts import act
from sosei.journal.clock import today
from sosei.offices.models import Department
done, begun = 0, Department.objects.count()
try:
    while done < 4000:
        with act("test.bulk", body=BODY, by=None) as w:
            w.add_all([Department(code=f"{begun + done}-{i}", name="満" * 60, first_day=today()) for i in range(500)])
        done += 1
except OperationalError as fault:
    print(done, refusal_for(fault).code)
"""
COUNT = """
import django; django.setup()
from sosei.journal.models import Entry
from sosei.offices.models import Department

print(Department.objects.count() - 3, Entry.objects.count() - 1)
"""


@pytest.fixture
def small(furnished_home: Path, tmp_path: Path) -> Iterator[Path]:
    """A home on a disk of few megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("mount: no small disk can be made here (not root, or in a container)")
    try:
        yield copied(furnished_home, disk / "home")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def filled(place: Path, limit: int = 0) -> int:
    """Write until the disk is full; how many acts went in."""
    done = python(place, FILL, str(limit))
    assert done.returncode == 0, done.stderr
    acts, code = done.stdout.split()
    assert code == "E694"
    return int(acts)


def sound(place: Path, acts: int) -> None:
    """Every act that went in is whole, and there is nothing of the one that did not."""
    counted = python(place, COUNT)
    assert counted.stdout.split() == [str(500 * acts), str(acts)], counted.stderr
    checked = sosei(place, "verify")
    assert checked.returncode == 0, checked.stdout


def test_書けなくなった行いは何も残さない(place: Path) -> None:
    size = (place / home.BOOK).stat().st_size
    acts = filled(place, limit=size + 6_000_000)
    assert acts > 0
    sound(place, acts)


def test_満杯の置き場所でも前の内容は無事で_空けば続く(small: Path) -> None:
    acts = filled(small)
    assert acts > 0
    bigger = copied(small, small.parents[1] / "bigger")
    sound(bigger, acts)
    assert filled(bigger, limit=(bigger / home.BOOK).stat().st_size + 8_000_000) > 0


def test_満杯の置き場所に控えは作らずそう言う(
    small: Path, furnished_home: Path, tmp_path: Path
) -> None:
    place = copied(furnished_home, tmp_path / "roomy")
    target = small.parent / "控え.sosei"
    taken = small.parent / "taken"
    with taken.open("wb") as file:
        file.write(os.urandom(1))
        free = shutil.disk_usage(small.parent).free
        file.write(bytes(free - 300_000))
    before = sorted(p.name for p in small.parent.iterdir())
    refused = sosei(place, "backup", target)
    assert refused.returncode == 3
    assert refused.stderr.startswith("E685 ")
    assert str(target) in refused.stderr
    assert sorted(p.name for p in small.parent.iterdir()) == before
    taken.unlink()
    assert sosei(place, "backup", target).returncode == 0


def test_満杯の置き場所に復元は始めずそう言う(
    small: Path, furnished_home: Path, tmp_path: Path
) -> None:
    place = copied(furnished_home, tmp_path / "roomy")
    file = tmp_path / "b.sosei"
    assert sosei(place, "backup", file).returncode == 0
    there = small.parent / "there"
    shutil.copytree(place / "keys", there / "keys")
    (small.parent / "taken").write_bytes(bytes(shutil.disk_usage(small.parent).free - 300_000))
    refused = sosei(there, "restore", file)
    assert refused.returncode == 3
    assert refused.stderr.startswith("E685 ")
    assert [p.name for p in there.iterdir() if not p.name.endswith(".lock")] == ["keys"]


def test_空き容量は診断が先に言う(small: Path) -> None:
    (small / "taken").write_bytes(bytes(1_000_000))
    done = sosei(small, "doctor")
    assert done.returncode == 1
    assert "D09 空き容量" in done.stdout
    assert "すぐに場所を空けてください" in done.stdout
