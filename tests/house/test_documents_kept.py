"""証拠書類の保管: nothing by half where a process is killed; carried by a backup, verified after it comes back, never open in it."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from homes import environment, python, sosei

#: Makes a register with an entry in it; with "kill", the process dies with the bytes written and the row not yet kept.
ATTACH = """
import django; django.setup()
import os, sys
from datetime import date
from documentroom import PLAIN, pdf, png
from evidenceroom import definition
from sosei.evidence import models as em
from sosei.evidence.actions import documents as acts
from sosei.evidence.actions.entries import enter
from sosei.evidence.actions.registers import make_register
from sosei.evidence.drafts import Draft, Who
from sosei.offices.models import Department, Person
by, it = Person.objects.get(login="kikaku"), Department.objects.get(code="02")
made = em.Register.objects.first() or make_register(by=by, key="members", definition=definition("members"), department=it.pk)
if not em.Entry.objects.exists():
    enter(by=by, register=made.pk, drafts=[Draft(who=Who(kind="organisation", name="見本鋳造"), first=date(2021, 4, 1))])
if sys.argv[1] == "kill":
    def dies(*args, **more):
        print(em.DocumentBytes.objects.count(), em.Document.objects.count(), flush=True)
        os._exit(9)
    acts.Act.close = dies
data = {"pdf": pdf("HELLODOCUMENT"), "large": png() + os.urandom(3_000_000) + png()}[sys.argv[2]]
acts.attach(by=by, of=acts.Of(register=made.pk, number=1), files=[(f"{sys.argv[2]}.bin", data)], said=PLAIN)
"""
STATE = """
import django; django.setup()
from sosei.evidence import models as em
from sosei.evidence.actions.documentlooks import open_document
from sosei.offices.models import Person
by = Person.objects.get(login="kikaku")
print(em.Document.objects.count(), em.DocumentBytes.objects.count(), em.DocumentName.objects.count())
for row in em.Document.objects.order_by("pk"):
    print(len(open_document(by=by, document=row.pk).data) == row.size)
"""
BREAK = """
import django; django.setup()
from sosei.evidence import models as em
row = em.DocumentBytes.objects.get()
data = bytearray(row.data); data[-1] ^= 1
em.DocumentBytes.objects.filter(pk=row.pk).update(data=bytes(data))
"""


def attach(place: Path, how: str = "keep", what: str = "pdf") -> subprocess.CompletedProcess[str]:
    return python(place, ATTACH, how, what)


def state(place: Path) -> str:
    done = python(place, STATE)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def verified(place: Path) -> dict:
    return json.loads(sosei(place, "verify", "--format", "json").stdout)


def test_途中で殺されれば書類も中身も残らず次に付けられる(place: Path) -> None:
    died = attach(place, "kill")
    assert died.returncode == 9, died.stderr
    assert died.stdout.split() == ["1", "1"]  # both were written, and neither was kept
    assert state(place) == "0 0 0"
    assert attach(place).returncode == 0
    assert state(place) == "1 1 1 True"
    assert verified(place)["fine"]


def test_控えは書類を運び戻した先で開けて確かめられる(place: Path, tmp_path: Path) -> None:
    for what in ("pdf", "large"):
        done = attach(place, "keep", what)
        assert done.returncode == 0, done.stderr
    file, target = tmp_path / "控え.sosei", tmp_path / "新しい家"
    assert sosei(place, "backup", file).returncode == 0
    with zipfile.ZipFile(file) as archive:
        assert b"HELLODOCUMENT" not in archive.read("database.sqlite3")
        assert json.loads(archive.read("manifest.json"))["rows"]["evidence_documentbytes"] == 2
    shutil.copytree(place / "keys", target / "keys")
    done = sosei(target, "restore", file)
    assert done.returncode == 0, done.stderr
    assert state(target) == "2 2 2 True True"
    told = json.loads(sosei(target, "verify", "--format", "json", "--against", file).stdout)
    assert told["fine"]


def test_鍵のない家では開けず確かめられないと言う(place: Path, tmp_path: Path) -> None:
    assert attach(place).returncode == 0
    (place / "keys" / "personal.key").rename(tmp_path / "personal.key")
    told = verified(place)
    assert {one["code"] for one in told["unproven"]} >= {"N06"}
    assert not [one for one in told["problems"] if one["code"].startswith("J5")]


def test_変えられた書類を検証が番号で言い終了の番号も変わる(place: Path) -> None:
    assert attach(place).returncode == 0
    assert python(place, BREAK).returncode == 0
    done = sosei(place, "verify")
    assert done.returncode == 1
    assert "J59" in done.stdout
    assert "証拠書類1番" in done.stdout
    assert "登録1番" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="needs a signal that ends a process at once")
def test_いつ殺されても半分の書類は残らない(place: Path) -> None:
    attach(place)
    for wait in (0.05, 0.2, 0.4, 0.8):
        run = subprocess.Popen([sys.executable, "-c", ATTACH, "keep", "large"], env=environment(place), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        try:
            run.wait(1 + wait)
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
    documents, contents, names = state(place).split()[:3]
    assert documents == contents == names
    assert verified(place)["fine"]
