"""打ち込んだ登録: what a person types on a page is read as a row of a sheet is, and every slip is told at its field."""

from datetime import date
from decimal import Decimal

import pytest

from sosei.evidence.drafts import Who
from sosei.evidence.kinds import catalogue
from sosei.evidence.typed import read_typed, typed_columns

KINDS = catalogue()


def read(key: str, *, persons: bool = True, **said: str):
    columns = typed_columns(KINDS[key], persons=persons)
    return read_typed(
        KINDS[key], columns, {name.replace("__", ":"): text for name, text in said.items()}
    )


def test_会員は名称と日と種別で登録できる() -> None:
    found = read(
        "members", who="見本鋳造", number="", first="令和3年4月1日", last="", member_type="正会員"
    )
    assert found.slips == ()
    assert found.draft is not None
    assert found.draft.who == Who(kind="organisation", name="見本鋳造")
    assert (found.draft.first, found.draft.last) == (date(2021, 4, 1), None)
    assert (found.draft.values, found.draft.at) == ({"member_type": "正会員"}, "")


def test_数も金額も役所の書き方で読める() -> None:
    found = read("hires", who="甲", year="2021", headcount="１２人", local_school="はい")
    assert found.draft is not None
    assert (found.draft.year, found.draft.values["headcount"]) == (2021, Decimal(12))
    money = read("subsidies", who="甲", title="設備", decided="1,500千円", stage__申請="R3.4.5")
    assert money.draft is not None
    assert money.draft.values["decided"] == Decimal(1_500_000)
    assert money.draft.reached[0] == date(2021, 4, 5)


def test_統計の期間は一つの欄に月でも書ける() -> None:
    found = read("guest_nights", first="令和3年5月", quantity="1,234", place="盛岡市", state="確定")
    assert found.draft is not None
    assert (found.draft.first, found.draft.last) == (date(2021, 5, 1), date(2021, 5, 31))


def test_間違いは一度に欄ごとに言う() -> None:
    found = read(
        "hires", who="", number="123", year="", headcount="たくさん", local_school="たぶん"
    )
    assert found.draft is None
    assert {slip.column for slip in found.slips} == {"number", "year", "headcount", "local_school"}
    for slip in found.slips:
        for lang in ("ja", "en"):
            assert slip.sentence(lang)[0] not in "：:、, "


def test_だれの登録かがないことも他の間違いと一緒に言う() -> None:
    found = read("hires", who="", year="2021", headcount="")
    assert {slip.column for slip in found.slips} == {"headcount", "local_school", None}


@pytest.mark.parametrize(
    ("said", "column", "code"),
    [
        ({"who": "甲", "first": "2021-04-01", "last": "2020-03-31"}, "last", "E726"),
        ({"who": "", "first": "2021-04-01"}, None, "E727"),
    ],
)
def test_矛盾する登録は断る(said: dict[str, str], column: str | None, code: str) -> None:
    found = read("members", **said)
    assert [(slip.column, slip.refusal.code) for slip in found.slips] == [(column, code)]
    assert found.draft is None


def test_個人番号はどの欄でも断り繰り返さない() -> None:
    found = read("registrants", name="山田花子", first="2021-04-01", prefecture="123456789018")
    assert [slip.refusal.code for slip in found.slips] == ["E721"]
    assert "123456789018" not in found.slips[0].sentence()


def test_訂正の欄には個人の氏名も連絡先もない() -> None:
    keys = {one.key for one in typed_columns(KINDS["registrants"], persons=False)}
    assert keys.isdisjoint({"name", "kana", "mail", "phone", "address", "entry"})
    found = read("registrants", persons=False, first="2021-04-01", age_band="20代")
    assert found.draft is not None
    assert found.draft.who is None


def test_名のない集まりは人数で登録できる() -> None:
    found = read("attendance", size="25人", first="2021-10-02", event="学習会")
    assert found.slips == ()
    assert found.draft is not None
    assert (found.draft.who, found.draft.size) == (None, 25)
