"""同じかもしれない相手: firms whose names differ in their form alone, persons with equal mail or name; never those that cannot be one."""

from datetime import date

import pytest

from bookroom import BODY, Town, town
from evidenceroom import entered, firm, made, member
from registerroom import supporter
from sosei.evidence import models as em
from sosei.evidence.actions.subjects import merge, set_attribute
from sosei.evidence.drafts import Draft
from sosei.evidence.queries.duplicates import bare, duplicates
from sosei.evidence.queries.subjects import attributes_known, subject_page, subjects

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Town:
    return town()


def found() -> list[tuple[str | None, str | None, str]]:
    return [(pair.one.name, pair.other.name, pair.why) for pair in duplicates(BODY)]


def test_会社の形だけが違う名称は同じかもしれない相手(office: Town) -> None:
    entered(office, made(office, "members"), [
        member("見本鋳造", date(2021, 4, 1)), member("㈱見本鋳造", date(2021, 5, 1)), member("見本・精機", date(2021, 4, 1)),
        member("有限会社 見本精機", date(2021, 4, 1)), member("北見本鋳造", date(2021, 4, 1)),
    ])  # fmt: skip
    assert found() == [
        ("㈱見本鋳造", "見本鋳造", "name"),
        ("有限会社 見本精機", "見本・精機", "name"),
    ]


def test_法人番号のある方を残す相手にし両方にあれば出さない(office: Town) -> None:
    members = made(office, "members")
    entered(office, members, [member("見本鋳造", date(2021, 4, 1))])
    entered(
        office,
        members,
        [Draft(who=firm("株式会社見本鋳造", "6000020032018"), first=date(2021, 4, 1))],
    )
    assert found() == [("見本鋳造", "株式会社見本鋳造", "name")]
    em.Subject.objects.filter(name="見本鋳造").update(number="1000020032017")
    assert found() == []


def test_一つにした相手はもう出ない(office: Town) -> None:
    entered(
        office,
        made(office, "members"),
        [member("見本鋳造", date(2021, 4, 1)), member("㈱見本鋳造", date(2021, 5, 1))],
    )
    [pair] = duplicates(BODY)
    merge(by=office.planner, subject=pair.one.pk, into=pair.other.pk, reason="同じ会社")
    assert found() == []
    page = subject_page(BODY, pair.other.pk)
    assert (page.row.entries, [row.pk for row in page.merged]) == (2, [pair.one.pk])
    assert subject_page(BODY, pair.one.pk).into is not None


def test_個人は連絡先か氏名の指紋が同じなら出る_名は出ない(office: Town) -> None:
    for key, mail in (("registrants", "hanako@example.jp"), ("visits", "other@example.jp")):
        entered(office, made(office, key), [supporter("山田花子", mail)])
    [pair] = duplicates(BODY)
    assert (pair.why, pair.one.name, pair.other.name, pair.one.person) == (
        "person",
        None,
        None,
        True,
    )


def test_名の形を除いて比べる() -> None:
    assert bare("(株)見本鋳造") == bare("見本鋳造(株)") == "見本鋳造"
    assert bare("npo法人見本の会") == "見本の会"
    assert bare(None) == ""


def test_相手は名称の一部でも法人番号でも形の書き方が違っても見つかる(office: Town) -> None:
    entered(office, made(office, "members"), [
        member("株式会社 見本鋳造", date(2021, 4, 1)), Draft(who=firm("見本精機", "6000020032018"), first=date(2021, 4, 1)),
    ])  # fmt: skip
    assert [row.name for row in subjects(BODY, "㈱見本").rows] == ["株式会社 見本鋳造"]
    assert [row.name for row in subjects(BODY, "60000200").rows] == ["見本精機"]
    assert [row.name for row in subjects(BODY, "精機 見本").rows] == ["見本精機"]
    assert subjects(BODY, "移住").rows == ()


def test_相手の一覧は五十件ずつ続きがある(office: Town) -> None:
    entered(
        office,
        made(office, "members"),
        [member(f"会社{n:03}", date(2021, 4, 1)) for n in range(70)],
    )
    first = subjects(BODY)
    rest = subjects(BODY, after=first.more)
    assert (len(first.rows), len(rest.rows), rest.more) == (50, 20, None)
    assert [row.name for row in (*first.rows, *rest.rows)] == [f"会社{n:03}" for n in range(70)]


def test_属性の名と型が分かり年を追って並ぶ(office: Town) -> None:
    entered(office, made(office, "members"), [member("見本鋳造", date(2021, 4, 1))])
    [row] = subjects(BODY).rows
    set_attribute(
        by=office.planner, subject=row.pk, name="maker", value=False, first=date(2022, 4, 1)
    )
    set_attribute(by=office.planner, subject=row.pk, name="maker", value=True)
    set_attribute(by=office.planner, subject=row.pk, name="業種", value="製造業")
    assert attributes_known(BODY) == {"maker": bool, "業種": str}
    said = subject_page(BODY, row.pk).said
    assert [(one.name, one.value, one.first) for one in said] == [
        ("maker", True, None), ("maker", False, date(2022, 4, 1)), ("業種", "製造業", None),
    ]  # fmt: skip
    assert said[0].by.by == "企画 花子"
