"""個人情報は外に出ない. What persons say, planted in every field that takes it, is in no output; a new key and erasing change no figure.

Planted are: every kind of register of the catalogue that holds persons, with a personal field beside its own; a file
named after one of them, on a sheet named so, with a heading of that name; a public form that waits, and one that does not.
"""

import io
import logging
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from django.db import connection
from django.test import Client

from deskclient import client
from evidenceroom import defined, definition, made, member
from evidenceroom import entered as enter
from formroom import JOIN, opened, sent
from sosei.evidence import models as em
from sosei.evidence.actions import ownsubmission as mine
from sosei.evidence.actions import persons as acts
from sosei.evidence.actions.closings import close_register
from sosei.evidence.actions.imports import Sheet, import_sheet, remembered
from sosei.evidence.actions.measures import drop_measure, redefine_measure
from sosei.evidence.actions.publicforms import accept_submission, see_submission
from sosei.evidence.actions.registers import make_register
from sosei.evidence.actions.rekeying import encipher_anew
from sosei.evidence.actions.waiting import drop_overdue
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.keyed import KINDS
from sosei.evidence.kinds import catalogue
from sosei.evidence.private import private_of
from sosei.evidence.publicforms import HELD_DAYS
from sosei.evidence.queries.answers import counted
from sosei.evidence.queries.asking import Asked
from sosei.evidence.queries.exporting import exported
from sosei.evidence.refusals_personal import NamesPerson, PersonalKeyLacking
from sosei.evidence.sheets.columns import columns_of
from sosei.evidence.sheets.mapping import propose
from sosei.evidence.stored import kind
from sosei.evidence.told import opened as who_is
from sosei.house.verifying import whole
from sosei.journal.clock import at, today
from sosei.journal.export import as_csv, as_jsonl
from sosei.journal.models import Entry as Line
from sosei.ledger import models as m
from sosei.ledger.actions.counted import count_by, count_no_more, record_counts
from sosei.ledger.actions.editions import publish_edition
from sosei.ledger.actions.papers import record_decision, submit_for_decision
from sosei.ledger.actions.signoff import move_volume
from yearbook import Book, accept, book

pytestmark = pytest.mark.django_db
TOKYO = ZoneInfo("Asia/Tokyo")
MAY = datetime(2022, 5, 10, 9, tzinfo=TOKYO)
JULY = datetime(2022, 7, 1, 10, tzinfo=TOKYO)
NEEDS = {"ja": "配慮すること", "en": "Needs", "type": "text", "personal": True}
#: Nobody's words but those that are planted: each part of a contact of each person is one of them.
WORDS = (
    "笹森珠緒",
    "榊原梢枝",
    "鷲尾楓太",
    "ササモリタマオ",
    "planted",
    "019-555-77",
    "桜小路九丁目",
    "車いすを使う家",
)
#: When those of a roster or a log are counted.
WHEN = {"roster": "at end", "log": "during fiscal"}
KINDS_OF_PERSONS = sorted(key for key, one in catalogue().items() if one.holds_persons)


def who(n: int, name: str = "笹森珠緒") -> Who:
    """Somebody whose every part is planted."""
    return Who(
        kind="person", name=f"{name}{n}", kana=f"ササモリタマオ{n}", mail=f"planted{n}@example.jp", phone=f"019-555-77{n:02d}",
        address=f"見本市桜小路九丁目{n}",
    )  # fmt: skip


@dataclass
class Planted:
    """A book with persons in it, published. `files`: of its edition; `registers`: of persons."""

    book: Book
    registers: list[em.Register] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def body(self) -> str:
        return self.book.volume.body


@pytest.fixture
def planted(caplog: pytest.LogCaptureFixture) -> Iterator[Planted]:
    with caplog.at_level(logging.DEBUG):
        with at(MAY):
            found = Planted(book())
            for n, key in enumerate(KINDS_OF_PERSONS):
                found.registers.append(_register(found, key, n))
            _import(found)
            _send(found)
            _count(found)
        with at(JULY):
            _publish(found)
            yield found


def _register(found: Planted, key: str, n: int) -> em.Register:
    """Make a register with a personal field more, of one of two departments, and enter two persons, both known already."""
    town, said = found.book.town, definition(key)
    said["fields"]["needs"] = NEEDS
    department = (town.it, town.tourism)[n % 2]
    register = make_register(by=town.planner, key=key, definition=said, department=department.pk, keep_years=5)  # fmt: skip
    enter(town, register, [_draft(kind(register).kind, n, person) for person in (n, n + 100, 500)])
    return register


def _draft(sort: str, n: int, person: int) -> Draft:
    day = date(2021, 5, 1 + n % 20)
    more: dict[str, Any] = {"reached": (day,)} if sort == "case" else {"first": day}
    if sort == "survey":
        more = {"year": 2021}
    return Draft(who=who(person), values={"needs": f"車いすを使う家{person}"}, at="笹森珠緒!A2", **more)  # fmt: skip


def _import(found: Planted) -> None:
    """Import a sheet that is named after somebody, and has a column that is."""
    register = next(one for one in found.registers if one.key == "registrants")
    head, rows = (
        ["氏名", "メールアドレス", "入会日", "榊原梢枝"],
        [["榊原梢枝", "planted800@example.jp", "2021-06-01", "○"]],
    )
    columns = columns_of(kind(register))
    mapping = propose(head, rows, columns, remembered(register, head))
    sheet = Sheet(rows=rows, name="笹森珠緒さんの名簿.xlsx", sha256="0" * 64, sheet="榊原梢枝")
    batch = import_sheet(by=found.book.town.planner, register=register.pk, sheet=sheet, mapping=mapping)  # fmt: skip
    assert batch is not None
    assert (batch.source, em.Entry.objects.filter(batch=batch).get().at) == ("*.xlsx", "A2")


def _send(found: Planted) -> None:
    """Let two people fill in forms, one of which is looked at, and change what they said."""
    town, said = found.book.town, {"prefecture": "東京都", "age_band": "30代"}
    waits = opened(town, "registrants", JOIN, slug="matsu", waits=True)
    at_once = opened(town, "registrants", JOIN, slug="sugu")
    for n, form in ((900, waits), (901, waits), (902, at_once)):
        typed = {"name": f"鷲尾楓太{n}", "mail": f"planted{n}@example.jp"} | said
        found.codes.append(sent(form, typed).code)
    mine.change_own(slug="sugu", code=found.codes[2], said={"name": "鷲尾楓太九", "mail": "planted9@example.jp"} | said, address="192.0.2.1")  # fmt: skip
    first = em.Submission.objects.order_by("pk")[0]
    see_submission(by=town.planner, submission=first.pk)
    accept_submission(by=town.planner, submission=first.pk)
    found.forms = ["matsu", "sugu"]


def _count(found: Planted) -> None:
    """Count an indicator from persons, and record what is counted."""
    town = found.book.town
    line = m.Line.objects.filter(entry=found.book.it).order_by("position").first()
    assert line is not None
    measure = defined(town, "fans", 'count of registrants at end unit "人"')
    for key in KINDS_OF_PERSONS:
        if when := WHEN.get(catalogue()[key].kind):
            defined(town, f"n_{key}", f'distinct subject of {key} {when} unit "人"')
    count_by(by=town.planner, line=line.pk, measure=measure.pk)
    register = next(one for one in found.registers if one.key == "registrants")
    close_register(by=town.planner, register=register.pk, until=date(2022, 3, 31))
    record_counts(by=town.planner, lines=[line.pk], reason="数えたため")


def _publish(found: Planted) -> None:
    town, volume = found.book.town, found.book.volume
    for entry in (found.book.it, found.book.tourism):
        accept(found.book, entry)
    submit_for_decision(by=town.planner, volume=volume.pk)
    record_decision(by=town.planner, volume=volume.pk, number="企第12号", decided_on=today())
    move_volume(by=town.planner, volume=volume.pk, move="ask_experts")
    move_volume(by=town.planner, volume=volume.pk, move="report", reason="会議なし")
    publish_edition(by=town.planning_head, volume=volume.pk)
    found.files = _files()


def _files() -> dict[str, bytes]:
    rows = m.EditionFile.objects.all()
    return {row.form: bytes(m.Blob.objects.get(sha256=row.sha256).data) for row in rows}


# -- looking for what was planted ------------------------------------------------------------------------------------


def texts(name: str, data: bytes) -> Iterator[str]:
    """Every text of a file, also of files in it."""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield inner
                yield from texts(inner, archive.read(inner))
        return
    if data[:5] == b"%PDF-":
        pdf = pypdfium2.PdfDocument(data)
        yield from (page.get_textpage().get_text_range() for page in pdf)
        return
    yield data.decode("utf-8", "replace")


def said_in(text: str) -> set[str]:
    """Which planted words a text says, also spelled as JSON does."""
    plain = re.sub(r"\s+", "", text)
    return {word for word in WORDS if word in plain or word.encode("unicode_escape").decode() in text}  # fmt: skip


def rows() -> Iterator[tuple[str, str]]:
    """Every value of every table, as a text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield from ((table, as_text(value)) for value in row)


def as_text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def raw() -> tuple[bytes, bytes]:
    """The database's file as it lies there, and after VACUUM."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite is one file")
    connection.ensure_connection()
    whole_file = connection.connection.serialize()
    copy = sqlite3.connect(":memory:")
    copy.deserialize(whole_file)
    copy.execute("VACUUM")
    return whole_file, copy.serialize()


def sealed_texts() -> list[str]:
    """Everything that is enciphered now."""
    found = (table._default_manager.values_list("sealed", flat=True) for table in KINDS)
    return [text for own in found for text in own if isinstance(text, str)]


def in_bytes(data: bytes, words: Iterable[str]) -> set[str]:
    forms = ("utf-8", "unicode_escape", "utf-16-le", "utf-16-be")
    return {word for word in words if any(word.encode(form) in data for form in forms)}


# -- the suite ---------------------------------------------------------------------------------------------------------


def test_植えたものはどの人の台帳にもある(planted: Planted) -> None:
    assert len(planted.registers) >= 10
    for register in planted.registers:
        assert em.Private.objects.filter(register=register).count() == 3
    known = [who_is(row) for table in (em.Contact, em.Told) for row in table.objects.all()]
    assert {part for one in known for part in said_in(str(one))} == set(WORDS) - {"車いすを使う家"}
    assert em.Held.objects.count() == 1
    assert {"html", "pdf", "passport"} <= set(planted.files)


def test_どの版のファイルにもない(planted: Planted) -> None:
    assert {
        (form, word) for form, data in planted.files.items() for text in texts(form, data) for word in said_in(text)
    } == set()  # fmt: skip


def test_だれでも開ける頁のどれにもない(planted: Planted) -> None:
    visitor = Client()
    pages = ["/", "/accounts/login/"]
    pages += [
        f"/forms/{slug}/{more}" for slug in planted.forms for more in ("", "own/", "?lang=en")
    ]
    for path in pages:
        assert said_in(visitor.get(path, follow=True).content.decode()) == set(), path
    wrong = visitor.post("/forms/sugu/own/", {"code": planted.codes[0], "do": "see"})
    assert said_in(wrong.content.decode()) == set()
    own = visitor.post("/forms/sugu/own/", {"code": planted.codes[2], "do": "see"})
    assert said_in(own.content.decode()) == {"鷲尾楓太", "planted"}  # whose code it is


def test_書き出しにも証跡にもない(planted: Planted) -> None:
    for register in planted.registers:
        columns, found = exported(planted.body, register.pk, Asked())
        assert "needs" not in {one.key for one in columns}
        assert said_in(str([*found])) == set(), register.key
    journal = b"".join([*as_csv(planted.body, None, {}), *as_jsonl(planted.body)]).decode()
    assert said_in(journal) == set()
    assert "form.see" in journal


def test_名を見る権限のない職員の頁にもない(planted: Planted) -> None:
    desk = client(planted.book.town.auditor)
    for register in planted.registers:
        for path in (f"/registers/{register.pk}/", f"/registers/{register.pk}/1/", f"/registers/{register.pk}/batches/", f"/registers/{register.pk}/forms/"):  # fmt: skip
            assert said_in(desk.get(path, follow=True).content.decode()) == set(), path


def test_ログにもどの表にもデータベースのファイルの中にもない(
    planted: Planted, caplog: pytest.LogCaptureFixture
) -> None:
    assert said_in(caplog.text) == set()
    assert {(table, word) for table, text in rows() for word in said_in(text)} == set()
    for data in raw():
        assert in_bytes(data, WORDS) == set()
        assert in_bytes(data, ["関係人口登録者名簿"])  # so it is looked into rightly


def test_数えに関わる理由にも本人の名を書かせない(planted: Planted) -> None:
    town = planted.book.town
    counting = m.Counting.objects.get()
    line = m.Line.objects.get(indicator=counting.indicator_id, entry=planted.book.it)
    lines = Line.objects.count()
    with pytest.raises(NamesPerson):
        count_no_more(by=town.planner, line=line.pk, reason="笹森珠緒500から連絡があったため")
    for act in (redefine_measure, drop_measure):
        more: dict[str, Any] = {"seen": 1, "name": "a", "text": counting.measure.text, "note": None}
        with pytest.raises(NamesPerson):
            act(by=town.planner, row=counting.measure_id, reason="planted500@example.jp から", **(more if act is redefine_measure else {}))  # fmt: skip
    assert Line.objects.count() == lines


def test_探し方は植えたものを見つける(planted: Planted) -> None:
    members = made(planted.book.town, "members")
    enter(planted.book.town, members, [member("笹森珠緒鋳造", date(2021, 5, 1))])
    assert ("evidence_subject", "笹森珠緒") in {(table, word) for table, text in rows() for word in said_in(text)}  # fmt: skip
    assert all(in_bytes(data, WORDS) == {"笹森珠緒"} for data in raw())


def test_鍵を替えるとすべて読め古い鍵では何も開かず古い暗号文も残らない(
    planted: Planted, settings
) -> None:
    before = sealed_texts()
    contacts = {row.pk: who_is(row) for row in em.Contact.objects.all()}
    told = {row.pk: who_is(row) for row in em.Told.objects.all()}
    private = {one.pk: private_of(one, range(1, 20)) for one in planted.registers}
    old = settings.SOSEI_PERSONAL_KEYS
    new = max(old) + 1
    settings.SOSEI_PERSONAL_KEYS = old | {new: b"n" * 32}
    encipher_anew()
    own = mine.own(slug="matsu", code=planted.codes[1], address="192.0.2.1")
    assert own.said["name"] == "鷲尾楓太901"
    settings.SOSEI_PERSONAL_KEYS = {new: b"n" * 32}
    assert {row.pk: who_is(row) for row in em.Contact.objects.all()} == contacts
    assert {row.pk: who_is(row) for row in em.Told.objects.all()} == told
    assert {one.pk: private_of(one, range(1, 20)) for one in planted.registers} == private
    assert whole(planted.body, []).fine
    settings.SOSEI_PERSONAL_KEYS = old
    for row in (*em.Contact.objects.all(), *em.Told.objects.all()):
        with pytest.raises(PersonalKeyLacking):
            who_is(row)
    if connection.vendor == "sqlite":
        for data in raw():
            assert not [text for text in before if text.encode() in data]


def test_全員を消去しても公表した数も版も変わらず暗号文も残らない(planted: Planted) -> None:
    years = range(2019, 2023)
    keys = list(em.Measure.objects.values_list("key", flat=True))
    counts = {key: counted(planted.body, key, list(years)) for key in keys}
    assert {answer.n for of in counts.values() for answer in of.answers.values()} > {0}
    sealed = sealed_texts()
    values = list(m.Value.objects.order_by("pk").values())
    for subject in list(em.Contact.objects.values_list("pk", flat=True)):
        acts.erase(by=planted.book.town.planning_head, subject=subject, reason="保存期間の満了")
    with at(JULY + timedelta(days=HELD_DAYS)):
        drop_overdue()  # who waits is nobody yet, whom one could erase
    assert not [table for table in (em.Contact, em.Told, em.Private, em.Held) if table.objects.exists()]  # fmt: skip
    assert {key: counted(planted.body, key, list(years)) for key in keys} == counts
    assert list(m.Value.objects.order_by("pk").values()) == values
    assert _files() == planted.files
    verdict = whole(planted.body, [])
    assert verdict.fine, [one.sentence() for one in verdict.problems]
    if connection.vendor == "sqlite":
        for data in raw():
            assert not [text for text in sealed if text.encode() in data]
