"""表の取込み: all rows or none, the mapping remembered, the whole taken back."""

from datetime import date

import pytest

from bookroom import BODY, Town, town
from evidenceroom import defined, made, same, value
from sosei.evidence import models as em
from sosei.evidence.actions.entries import undo
from sosei.evidence.actions.imports import Sheet, import_sheet, remembered
from sosei.evidence.queries.registers import entries
from sosei.evidence.refusals import RowsWrong
from sosei.evidence.sheets.columns import columns_of
from sosei.evidence.sheets.mapping import propose
from sosei.evidence.stored import kind
from sosei.journal.models import Entry as Line

pytestmark = pytest.mark.django_db

HEAD = ["企業名", "加入日", "退会日"]
ROWS = [
    ["株式会社見本鋳造", "令和3年4月1日", ""],
    ["見本精機", "R3.6.1", "2022/3/30"],
    ["見本電子", "2021-07-01", ""],
]


@pytest.fixture
def office() -> Town:
    return town()


@pytest.fixture
def members(office: Town) -> em.Register:
    return made(office, "members")


def mapped(register: em.Register, head=HEAD, rows=ROWS):
    return propose(head, rows, columns_of(kind(register)), remembered(register, head))


def imported(office: Town, register: em.Register, rows=ROWS, head=HEAD):
    sheet = Sheet(rows=rows, name="会員.xlsx", sha256="0" * 64, sheet="名簿")
    return import_sheet(
        by=office.planner, register=register.pk, sheet=sheet, mapping=mapped(register, head, rows)
    )


def test_表の行が登録になり数えに入り束ごと取り消せる(office: Town, members: em.Register) -> None:
    defined(office, "firms", 'count of members at end unit "社"')
    batch = imported(office, members)
    assert batch is not None
    assert (batch.rows, batch.source) == (3, "会員.xlsx")
    page = entries(BODY, members.pk)
    assert [(row.who, row.record.first, row.at) for row in page.rows] == [
        ("見本電子", date(2021, 7, 1), "名簿!A4"), ("見本精機", date(2021, 6, 1), "名簿!A3"),
        ("株式会社見本鋳造", date(2021, 4, 1), "名簿!A2"),
    ]  # fmt: skip
    assert value(BODY, "firms", 2021) == 2
    undo(by=office.planner, batch=batch.pk, reason="別の名簿だった")
    assert value(BODY, "firms", 2021) == 0
    same(BODY, "firms", [2020, 2021, 2022])


def test_一行でも誤れば一行も登録せず誤りはすべて言う(office: Town, members: em.Register) -> None:
    rows = [*ROWS, ["見本化学", "令和3年13月1日", ""], ["見本食品", "2021-04-01", "2020-04-01"]]
    with pytest.raises(RowsWrong) as refused:
        imported(office, members, rows)
    assert [problem.row for problem in refused.value.problems] == [5, 6]
    assert "名簿!B5" in refused.value.sentence("ja")
    assert not em.Entry.objects.exists()
    assert not em.Subject.objects.exists()
    assert not Line.objects.filter(verb="register.enter").exists()


def test_列の対応を覚えている(office: Town, members: em.Register) -> None:
    odd = ["先方", "はじまり", "おわり"]
    sheet = Sheet(rows=ROWS)
    columns = columns_of(kind(members))
    from sosei.evidence.sheets.mapping import choose

    import_sheet(
        by=office.planner, register=members.pk, sheet=sheet,
        mapping=choose(odd, columns, {"who": 0, "first": 1, "last": 2}),
    )  # fmt: skip
    again = propose(
        ["おわり", "先方", "はじまり"],
        [],
        columns,
        remembered(members, ["おわり", "先方", "はじまり"]),
    )
    assert {key: one.index for key, one in again.taken.items()} == {"who": 1, "first": 2, "last": 0}


def test_同じ表をもう一度取り込んでも番号があれば何も変わらない(
    office: Town, members: em.Register
) -> None:
    imported(office, members)
    number = next(column.ja for column in columns_of(kind(members)) if column.key == "entry")
    head = [number, *HEAD]
    rows = [[str(n), *row] for n, row in enumerate(ROWS, 1)]
    assert imported(office, members, rows, head) is None
    rows[1][3] = ""
    batch = imported(office, members, rows, head)
    assert batch is not None
    assert batch.rows == 1
    assert entries(BODY, members.pk).total == 3
