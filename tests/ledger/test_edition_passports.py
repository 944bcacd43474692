"""版のパスポート: an edition carries what its counted figures can be counted again from, and prints the bundle's hash."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from test_editions import JULY, MAY, files_of, ready

from bookroom import Town
from deskclient import client, text
from evidenceroom import defined, entered, firm, made, member
from sosei.core.errors import Stale
from sosei.evidence import models as em
from sosei.evidence.actions.closings import close_register, reopen_register
from sosei.evidence.drafts import Draft
from sosei.evidence.passport.bundle import passport_sha256
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions import editions as publishing
from sosei.ledger.actions.counted import count_by, record_counts
from sosei.ledger.actions.editions import publish_edition
from sosei.ledger.actions.money import Line, set_spending
from sosei.ledger.actions.spent import count_spending_by, keep_spent, record_spent
from sosei.ledger.queries.counted import counts_of_lines
from sosei.ledger.queries.editions import edition_row, unbundled
from yearbook import Book, book

pytestmark = pytest.mark.django_db
TEXT = 'count of members at end unit "人"'


@pytest.fixture
def counted() -> tuple[Book, m.Line]:
    """A book whose first indicator is counted from a roster of two."""
    with at(MAY):
        found = book()
        town = found.town
        register = made(town, "members")
        entered(
            town,
            register,
            [member("見本鋳造", date(2020, 4, 1)), member("見本精機", date(2021, 6, 1))],
        )
        measure = defined(town, "members_at_end", TEXT)
        line = m.Line.objects.filter(entry=found.it).order_by("position").first()
        assert line is not None
        count_by(by=town.planner, line=line.pk, measure=measure.pk)
        close_register(by=town.planner, register=register.pk, until=date(2022, 3, 31))
        record_counts(by=town.officer, lines=[line.pk], reason="数えたため")
    return found, line


def verified(bundle: bytes, tmp_path: Path, *words: str) -> tuple[int, str]:
    """What the bundle's own program says of it, run as an auditor runs it."""
    file = tmp_path / "passport.zip"
    file.write_bytes(bundle)
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        archive.extract("verify_passport.py", tmp_path)
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(tmp_path / "verify_passport.py"), str(file), *words],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    return ran.returncode, ran.stdout + ran.stderr


def published(found: Book) -> m.Edition:
    with at(JULY):
        ready(found)
        return publish_edition(by=found.town.planning_head, volume=found.volume.pk)


def test_版の束は数え直すと公表値になり指紋は版に刷られる(counted, tmp_path: Path) -> None:
    found, line = counted
    [shown] = counts_of_lines([line.pk])
    assert shown.answer.value == 2
    files = files_of(published(found))
    name, bundle = files["passport"]
    assert name.endswith("_passport.zip")
    mark = passport_sha256(bundle)
    assert mark in files["html"][1].decode()
    code, said = verified(bundle, tmp_path, "--expect", mark)
    assert (code, shown.name in said) == (0, True), said
    code, said = verified(bundle, tmp_path, "--expect", "0" * 64)
    assert code == 1, said


def test_同じ単位を別の言葉で言う数え方も検算できる(counted, tmp_path: Path) -> None:
    """名 is 人: what may be tied must also verify."""
    found, line = counted
    with at(MAY):
        alike = defined(found.town, "members_in_mei", TEXT.replace("人", "名"))
        count_by(by=found.town.planner, line=line.pk, measure=alike.pk)
    _, bundle = files_of(published(found))["passport"]
    code, said = verified(bundle, tmp_path)
    assert code == 0, said


def test_数えた経費も束に載り一円まで検算できる(counted, tmp_path: Path) -> None:
    found, _ = counted
    town = found.town
    with at(MAY):
        contracts = made(town, "commissions")
        days = (date(2021, 5, 1), None, date(2022, 2, 1), date(2022, 3, 1))
        entered(town, contracts, [
            Draft(who=firm(name), reached=days, values={"title": "業務", "amount": Decimal(yen), "paid": Decimal(yen)})
            for name, yen in (("見本企画", 6_000_400), ("見本計画", 4_000_100))
        ])  # fmt: skip
        paid = defined(
            town, "paid", 'sum paid of commissions reaching "支払" during fiscal unit "円"'
        )
        spending = m.Spending.objects.get(entry=found.it, voided=None)
        count_spending_by(by=town.planner, spending=spending.pk, measures=[paid.pk])
        close_register(by=town.planner, register=contracts.pk, until=date(2022, 3, 31))
        record_spent(by=town.officer, lines=[spending.pk], reason="台帳のとおり")
    _, bundle = files_of(published(found))["passport"]
    code, said = verified(bundle, tmp_path)
    assert code == 0, said
    assert "経費：業務委託" in said
    assert "公表 10,000,500 円、数え直し 10,000,500 円" in said
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert "見本企画" not in "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())  # fmt: skip


def test_違う額のままの経費は理由と数えを並べて載る(counted, tmp_path: Path) -> None:
    found, _ = counted
    town = found.town
    with at(MAY):
        contracts = made(town, "commissions")
        days = (date(2021, 5, 1), None, date(2022, 2, 1), date(2022, 3, 1))
        values = {"title": "業務", "amount": Decimal(9_000_000), "paid": Decimal(9_000_000)}
        entered(town, contracts, [Draft(who=firm("見本企画"), reached=days, values=values)])
        paid = defined(
            town, "paid", 'sum paid of commissions reaching "支払" during fiscal unit "円"'
        )
        spending = m.Spending.objects.get(entry=found.it, voided=None)
        count_spending_by(by=town.planner, spending=spending.pk, measures=[paid.pk])
        close_register(by=town.planner, register=contracts.pk, until=date(2022, 3, 31))
        keep_spent(by=town.officer, spending=spending.pk, reason="前払の分を含む")
    _, bundle = files_of(published(found))["passport"]
    code, said = verified(bundle, tmp_path)
    assert code == 0, said
    assert "前払の分を含む" in said
    assert "公表時の計算 9,000,000 円" in said
    assert "公表 10,010,000 円" in said


def test_同じ名の経費は事業の名で見分けられる(counted, tmp_path: Path) -> None:
    """Two projects each have a line 業務委託: in the bundle, and among what is left out of it."""
    found, _ = counted
    town = found.town
    with at(MAY):
        contracts = made(town, "commissions")
        text = 'sum paid of commissions reaching "支払" during fiscal unit "円"'
        paid, again = defined(town, "paid", text), defined(town, "again", text)
        names = [entry.called() for entry in (found.it, found.tourism)]
        for entry, measures in ((found.it, [paid.pk]), (found.tourism, [paid.pk])):
            spending = line_called(town, entry, "業務委託")
            count_spending_by(by=town.planner, spending=spending, measures=measures)
        for entry in (found.it, found.tourism):
            spending = line_called(town, entry, "広報")
            count_spending_by(by=town.planner, spending=spending, measures=[paid.pk, again.pk])
        close_register(by=town.planner, register=contracts.pk, until=date(2022, 3, 31))
    files = files_of(published(found))
    bundle = files["passport"][1]
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        said = json.loads(archive.read("edition.json"))
    told = [one["indicator"] for one in said["kpis"] if "経費" in one["indicator"]]
    assert told == [f"{name}　経費：業務委託" for name in names]
    assert json.loads(files["manifest"][1])["unbundled"] == [
        f"{name}　経費：広報" for name in names
    ]
    assert verified(bundle, tmp_path)[0] == 0


def line_called(town: Town, entry: m.ProjectYear, label: str) -> int:
    """Return a project's line of money of that name; a new one where it has none."""
    own = m.Spending.objects.filter(entry=entry, voided=None)
    found = own.filter(label=label).first()
    if found is None:
        kept = [
            Line(spending=row.pk, label=row.label or "", amount=str(row.yen), unit="円")
            for row in own
        ]
        fresh = Line(spending=None, label=label, amount="1", unit="円")
        set_spending(by=town.planner, entry=entry.pk, seen=None, lines=[*kept, fresh])
        found = own.get(label=label)
    return found.pk


def test_束に名も番号も台帳の番号もない(counted) -> None:
    found, _ = counted
    _, bundle = files_of(published(found))["passport"]
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        inside = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "見本鋳造" not in inside
    assert "見本精機" not in inside


def test_数える指標がなければ束はない() -> None:
    with at(MAY):
        found = book()
    assert "passport" not in files_of(published(found))


def test_秘匿する台帳の一社ずつの答えは束に載らず載らないことを版が言う(counted) -> None:
    found, line = counted
    town = found.town
    with at(MAY):
        secret = made(town, "overseas_sales")
        field = "amount"
        said = {field: Decimal(7654321)}
        entered(town, secret, [Draft(who=firm("見本鋳造"), year=2021, values=said)])
        close_register(by=town.planner, register=secret.pk, year=2021)
        other = defined(
            town,
            "sales",
            f'sum {field} of overseas_sales where subject.maker known during survey unit "人"',
        )
        last = m.Line.objects.filter(entry=found.tourism).exclude(pk=line.pk).last()
        assert last is not None
        m.Definition.objects.filter(pk=last.definition_id).update(unit="人")
        count_by(by=town.planner, line=last.pk, measure=other.pk)
    files = files_of(published(found))
    with zipfile.ZipFile(io.BytesIO(files["passport"][1])) as archive:
        inside = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "7654321" not in inside
    assert json.loads(files["manifest"][1])["unbundled"] == [last.definition.called()]
    row = edition_row(found.volume.body, m.Edition.objects.get().pk)
    assert unbundled(found.volume.body, row) == (last.definition.called(),)
    page = text(client(town.planner).get(reverse("desk:edition", args=[row.id])))
    assert "一件ずつの秘密が読み取れるため" in page
    assert last.definition.called() in page


def test_作る間に数えが変われば公表しない(counted, monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = counted
    whole = publishing.make

    def slowly(report, facts):
        with at(JULY):
            closing = em.Closing.objects.get()
            reopen_register(by=found.town.planner, closing=closing.pk, reason="漏れがあった")
        return whole(report, facts)

    with at(JULY):
        ready(found)
        monkeypatch.setattr(publishing, "make", slowly)
        with pytest.raises(Stale):
            publish_edition(by=found.town.planning_head, volume=found.volume.pk)
    assert not m.Edition.objects.exists()
