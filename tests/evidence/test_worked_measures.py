"""数え方の例の頁. Every example of the manual is imported as it stands there, counted, and has the answer it is said to have."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bookroom import BODY, Town, town
from evidenceroom import made, same
from sosei.evidence import models as em
from sosei.evidence.actions.closings import ask, close_register
from sosei.evidence.actions.imports import Sheet, import_sheet
from sosei.evidence.actions.measures import define_measure
from sosei.evidence.actions.subjects import set_attribute
from sosei.evidence.measures.counting import Answer
from sosei.evidence.queries.answers import counted
from sosei.evidence.sheets.columns import columns_of
from sosei.evidence.sheets.mapping import propose
from sosei.evidence.stored import kind
from sosei.journal import clock

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).parents[2] / "docs" / "manual" / "measures.md"
JUNE = datetime(2023, 6, 15, 1, tzinfo=UTC)
END = date(2023, 3, 31)


@dataclass
class Table:
    """A table of the page; `register`: whose entries it holds, with the line that said so."""

    head: list[str]
    rows: list[list[str]]
    register: str = ""
    said: str = ""


@dataclass
class Example:
    """An indicator of the page."""

    name: str
    tables: list[Table] = field(default_factory=list)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def read() -> list[Example]:
    found: list[Example] = []
    said, new = "", True
    for line in PAGE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            found.append(Example(line.removeprefix("## ")))
        elif line.startswith("登録："):
            said = line
        elif line.startswith("|---"):
            continue
        elif line.startswith("| ") and found:
            tables = found[-1].tables
            if new:
                key = re.search(r"`(\w+)`", said)
                tables.append(Table(_cells(line), [], key[1] if key else "", said))
                said = ""
            else:
                tables[-1].rows.append(_cells(line))
        new = not line.startswith("|")
    return found


EXAMPLES = read()
NAMED = [one.name for one in EXAMPLES]


def imported(office: Town, table: Table) -> em.Register:
    """Paste the table as somebody pastes it."""
    register = made(office, table.register)
    mapping = propose(table.head, table.rows, columns_of(kind(register)))
    assert len(mapping.taken) == len(table.head), (table.head, mapping)
    batch = import_sheet(
        by=office.planner, register=register.pk, sheet=Sheet(rows=table.rows), mapping=mapping
    )
    assert batch is not None
    assert batch.rows == len(table.rows)
    return register


def closed(office: Town, register: em.Register, said: str) -> None:
    asked = re.search(r"尋ねた相手（(\d+)年度）：(\S+)", said)
    if asked:
        there = [firm(office, name) for name in asked[2].split("、")]
        ask(
            by=office.planner, register=register.pk, year=int(asked[1]), subjects=there,
            sent=date(2022, 4, 20), due=date(2022, 6, 10),
        )  # fmt: skip
    year = re.search(r"締め：(\d+)年度", said)
    if year:
        close_register(by=office.planner, register=register.pk, year=int(year[1]))
    elif "締めていない" not in said:
        close_register(by=office.planner, register=register.pk, until=END)


def firm(office: Town, name: str) -> int:
    """Return a firm, made a member if nobody has heard of it."""
    known = em.Subject.objects.filter(body=BODY, name=name).first()
    if known is None:
        register = em.Register.objects.filter(key="members").first() or made(office, "members")
        import_sheet(
            by=office.planner, register=register.pk, sheet=Sheet(rows=[[name, "2015-04-01"]]),
            mapping=propose(["団体名", "加入日"], [[name, "2015-04-01"]], columns_of(kind(register))),
        )  # fmt: skip
        known = em.Subject.objects.get(body=BODY, name=name)
    return known.pk


def described(office: Town, table: Table) -> None:
    for name, who, since in table.rows:
        set_attribute(
            by=office.planner, subject=firm(office, who), name=name, value=True,
            first=date.fromisoformat(since) if since else None,
        )  # fmt: skip


def told(answer: Answer, unit: str) -> str:
    if answer.value is not None:
        return f"{answer.value:,f}{unit}"
    assert answer.so_far is not None
    return f"集計中（これまでに{answer.so_far:,f}{unit}）"


def test_十四の指標と罠の例がある() -> None:
    assert len(NAMED) == len(set(NAMED)) >= 17
    assert [name.partition(".")[0] for name in NAMED] == [str(n + 1) for n in range(len(NAMED))]
    said = {table.head[0] for one in EXAMPLES for table in one.tables if not table.register}
    assert said == {"数え方", "属性"}
    assert all(one.tables[-1].head[0] == "数え方" and one.tables[-1].rows for one in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMED)
def test_頁の登録を取り込んで数えると頁の答えになる(example: Example) -> None:
    office = town()
    with clock.at(JUNE):
        waiting = [(imported(office, one), one.said) for one in example.tables if one.register]
        for table in example.tables:
            if table.head[0] == "属性":
                described(office, table)
        for register, said in waiting:
            closed(office, register, said)
        for at, (code, year, answer, _why) in enumerate(example.tables[-1].rows):
            measure = define_measure(
                by=office.planner, key=f"m{at}", name=f"例{at}", text=code.strip("`")
            )
            told_now = counted(BODY, measure.key, [int(year)]).answers[int(year)]
            unit = re.search(r'unit "(.+)"', code)
            assert unit is not None
            assert told(told_now, unit[1]) == answer, code
            same(BODY, measure.key, [2020, 2021, 2022])
