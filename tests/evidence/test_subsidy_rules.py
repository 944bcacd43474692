"""補助の定め: share, cap and rounding are data; what they make impossible is refused with the arithmetic, whatever the way in."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookroom import BODY, Town, town
from evidenceroom import definition, entered, firm, made
from sosei.evidence.actions.imports import Sheet, import_sheet, read_sheet
from sosei.evidence.actions.registers import change_register
from sosei.evidence.definitions import table_of
from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import RegisterKind, catalogue, kind_of
from sosei.evidence.measures.refusals import BadRegisterKind
from sosei.evidence.queries.registers import register as shown_of
from sosei.evidence.reckoned import sums, wrongs
from sosei.evidence.refusals import RowsWrong
from sosei.evidence.refusals_subsidy import AboveGranted, AboveMost, BelowMost, NotItsTerms
from sosei.evidence.sheets.columns import columns_of
from sosei.evidence.sheets.mapping import propose
from sosei.evidence.sheets.refusals import OutOfOrder
from sosei.evidence.subsidies import ROUNDINGS, Rule, share_of
from sosei.evidence.subsidywords import said
from sosei.evidence.typed import read_typed, typed_columns

KIND = catalogue()["subsidies"]
HALF = {"rate": "1/2", "cap": 500_000, "rounding": "千円未満切捨て"}
DECIDED, FIXED, PAID = (KIND.stages.index(one) for one in ("交付決定", "額の確定", "支払"))


def with_terms(*terms: Mapping[str, Any]) -> RegisterKind:
    table = table_of(KIND)
    return kind_of("subsidies", table | {"subsidy": table["subsidy"] | {"terms": list(terms)}})


def case(day: date | None = date(2021, 6, 25), **values: Any) -> Draft:
    """A case decided on a day; whole numbers are yen."""
    reached = [date(2021, 5, 20), day, *[None] * 5] if day is None or day > date(2021, 5, 20) else [None, day, *[None] * 5]  # fmt: skip
    said = {k: Decimal(v) if isinstance(v, int) else v for k, v in values.items()}
    return Draft(who=firm("株式会社見本"), values={"title": "出展", **said}, reached=tuple(reached))


def refused(kind: RegisterKind, draft: Draft) -> dict[str, str]:
    """What is wrong by field, in words."""
    return {key: str(wrong.at("A2")) for key, wrong in wrongs(kind, draft)}


# -- arithmetic ----------------------------------------------------------------------------------------------------------

shares = st.builds(Fraction, st.integers(1, 40), st.integers(1, 40)).filter(lambda one: one <= 1)


@given(
    share=shares,
    cost=st.decimals(0, 10**10, places=2),
    cap=st.none() | st.integers(1, 10**10),
    unit=st.sampled_from(sorted(ROUNDINGS.values())),
)
def test_上限は割合と上限額の低い方を切り捨てた額(
    share: Fraction, cost: Decimal, cap: int | None, unit: int
) -> None:
    found = Rule(share=share, cap=None if cap is None else Decimal(cap), unit=unit).most(cost)
    exact = min([Fraction(cost) * share, *([Fraction(cap)] if cap is not None else [])])
    assert found is not None
    assert found == floor(exact / unit) * unit
    assert 0 <= exact - Fraction(found) < unit
    assert found <= cost


@given(share=shares)
def test_補助率は書いたとおりの分数に読む(share: Fraction) -> None:
    up, down = share.numerator, share.denominator
    assert share_of(f"{up}/{down}") == share_of(f"{down}分の{up}以内") == share


@given(
    cost=st.integers(0, 3_000_000), real=st.integers(0, 3_000_000), less=st.integers(0, 50_000),
    changed=st.none() | st.integers(0, 1_000_000),
)  # fmt: skip
def test_計算どおりの一件はどれも断らず一円でも多ければ断る(
    cost: int, real: int, less: int, changed: int | None
) -> None:
    kind = with_terms(HALF)
    most = min(cost // 2, 500_000) // 1000 * 1000
    decided = max(most - less, 0)
    own = {"eligible": cost, "decided": decided, "reported": real}
    if changed is not None:
        own |= {"changed": min(changed, most)}
    granted = own.get("changed", decided)
    fixed = min(granted, min(real // 2, 500_000) // 1000 * 1000)
    assert refused(kind, case(**own, fixed=fixed, paid=fixed)) == {}
    assert set(refused(kind, case(**own, fixed=fixed + 1))) == {"fixed"}
    assert set(refused(kind, case(**own | {"decided": most + 1}))) >= {"decided"}


@pytest.mark.parametrize(
    "text", ["半分", "3/2", "1/0", "0/3", "150%", "-1/2", "1.5", "0", "１／２／３", ""]
)
def test_割合でないものは読まない(text: str) -> None:
    assert share_of(text) is None


@pytest.mark.parametrize(
    ("text", "share"),
    [("１／２", Fraction(1, 2)), ("三分の二以内", Fraction(2, 3)), ("33.3%", Fraction(333, 1000)), ("0.75", Fraction(3, 4)), ("10/10", Fraction(1)), ("定額", Fraction(1))],
)  # fmt: skip
def test_役所の書き方の割合を読む(text: str, share: Fraction) -> None:
    assert share_of(text) == share


# -- what is refused -----------------------------------------------------------------------------------------------------


def test_交付決定額の断りは計算を言う() -> None:
    found = refused(with_terms(HALF | {"rate": "1/3"}), case(eligible=1_000_000, decided=400_000))
    assert found["decided"] == (
        "A2「交付決定額」の400,000円は、上限の333,000円を超えています（補助対象経費1,000,000円×1/3＝333,333円余、"
        "上限500,000円、千円未満切捨て）。額か経費を直してください。（E791）"
    )


def test_その行の補助率と上限でも計算する() -> None:
    own = {"rate": "２分の１", "cap": 300_000, "rounding": "百円未満切捨て", "eligible": 123_456}
    assert refused(KIND, case(**own, decided=61_700)) == {}
    assert "61,700円" in refused(KIND, case(**own, decided=61_728))["decided"]
    assert set(refused(KIND, case(rate="半額", eligible=100, decided=50))) == {"rate"}


def test_補助率がなくても経費より多くは決定できない() -> None:
    assert refused(KIND, case(eligible=1000, decided=1000)) == {}
    assert set(refused(KIND, case(eligible=1000, decided=1001))) == {"decided"}
    assert refused(KIND, case(decided=1001)) == {}, "nothing to reckon from"


def test_変更で増やすには変更後の経費が要る() -> None:
    kind, own = with_terms(HALF), {"eligible": 400_000, "decided": 200_000}
    assert set(refused(kind, case(**own, changed=250_000))) == {"changed"}
    assert refused(kind, case(**own, changed=250_000, eligible_changed=500_000)) == {}


def test_確定額は決定額も実績も超えず低いときは理由が要る() -> None:
    kind = with_terms(HALF)
    own = {"eligible": 800_000, "decided": 300_000, "reported": 500_000}
    assert refused(kind, case(**own, fixed=250_000)) == {}
    assert "E792" in refused(kind, case(**own, fixed=300_001))["fixed"]
    assert "E791" in refused(kind, case(**own, fixed=251_000))["fixed"]
    assert "E793" in refused(kind, case(**own | {"reported": 200_000}, fixed=260_000))["fixed"]
    low = refused(kind, case(**own, fixed=240_000))["fixed"]
    assert "E794" in low
    assert "特例・減額の理由" in low
    assert refused(kind, case(**own, fixed=240_000, exception="収入があったため")) == {}


def test_特例は要綱が認めるときだけ理由で通る() -> None:
    own = {"eligible": 400_000, "decided": 300_000, "exception": "市長が特に認めた"}
    assert set(refused(with_terms(HALF), case(**own))) == {"decided"}
    kind = with_terms(HALF | {"exceptions": True})
    assert refused(kind, case(**own)) == {}
    assert set(refused(kind, case(**own | {"exception": " "}))) == {"decided"}


def test_決定の日の定めによる() -> None:
    kind = with_terms(HALF, HALF | {"since": "2022-04-01", "rate": "2/3"})
    own = {"eligible": 300_000, "decided": 200_000}
    assert set(refused(kind, case(date(2022, 3, 31), **own))) == {"decided"}
    assert refused(kind, case(date(2022, 4, 1), **own)) == {}


def test_補助金の名称の定めが先で行の補助率は同じでなければならない() -> None:
    kind = with_terms(HALF, HALF | {"scheme": "出展補助金", "rate": "2/3"})
    own = {"eligible": 300_000, "decided": 200_000}
    assert refused(kind, case(scheme="出展補助金", **own, rate="2/3")) == {}
    assert set(refused(kind, case(scheme="ほか", **own))) == {"decided"}
    found = refused(kind, case(scheme="出展補助金", **own, rate="1/2", cap=1, rounding="一円未満切捨て"))  # fmt: skip
    assert {"rate", "cap", "rounding"} <= set(found)
    assert "「1/2」は、要綱の定め「2/3」（出展補助金）と違います" in found["rate"]


def test_払い過ぎと仕入控除税額は断らず返還として出す() -> None:
    kind = with_terms(HALF)
    own = {"eligible": 800_000, "decided": 400_000, "reported": 600_000, "fixed": 300_000, "paid": 400_000, "returned_tax": 20_000}  # fmt: skip
    draft = case(**own, returned=110_000)
    assert refused(kind, draft) == {}
    due = {one.field: one.amount for one in sums(kind, draft.values, {}) if one.kind == "due"}
    assert due == {"paid": 100_000, "returned_tax": 20_000, "returned": 10_000}
    assert set(refused(kind, case(**own, returned=120_001))) == {"returned"}
    assert set(refused(kind, case(**own | {"paid": 400_001}))) == {"paid"}
    assert set(refused(kind, case(**own | {"returned_tax": 300_001}))) == {"returned_tax"}


# -- the way in ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def office(db: None) -> Town:
    return town()


def ruled(office: Town, *terms: Mapping[str, Any]) -> Any:
    register = made(office, "subsidies")
    table = definition("subsidies")
    table["subsidy"]["terms"] = list(terms)
    return change_register(
        by=office.planner, register=register.pk, seen=1, definition=table, reason="要綱の制定"
    )


def test_どの道から来ても断る(office: Town) -> None:
    register = ruled(office, HALF)
    with pytest.raises(AboveMost, match="1,000円×1/2"):
        entered(office, register, [case(eligible=1000, decided=1000)])
    assert entered(office, register, [case(eligible=2000, decided=1000)]) is not None


def test_表の行ごとに断りを言い一行も入れない(office: Town) -> None:
    register = ruled(office, HALF)
    head = ["団体名", "事業の名称", "交付決定の日", "補助対象経費", "交付決定額"]
    rows = [["甲社", "出展", "2021-06-25", "1,000,000", "500,000"], ["乙社", "出展", "2021-06-25", "900,000", "500,000"], ["丙社", "出展", "2021-06-25", "90,000", "500,000"]]  # fmt: skip
    mapping = propose(head, rows, columns_of(shown_of(BODY, register.pk).kind))
    sheet = Sheet(rows=rows, start=2)
    found = read_sheet(by=office.planner, register=register.pk, sheet=sheet, mapping=mapping)
    assert [(one.row, one.column, one.code) for one in found.problems] == [(3, "decided", "E791"), (4, "decided", "E791")]  # fmt: skip
    assert "E3「交付決定額」" in str(found.problems[0].refusal)
    with pytest.raises(RowsWrong):
        import_sheet(by=office.planner, register=register.pk, sheet=sheet, mapping=mapping)
    assert shown_of(BODY, register.pk).entries == 0


def test_返還のある行は入り返還を知らせる(office: Town) -> None:
    register = ruled(office, HALF)
    head = ["団体名", "事業の名称", "交付決定の日", "交付決定額", "確定額", "支払額"]
    rows = [["甲社", "出展", "2021-06-25", "400,000", "300,000", "400,000"], ["乙社", "出展", "2021-06-25", "300,000", "300,000", "300,000"]]  # fmt: skip
    mapping = propose(head, rows, columns_of(shown_of(BODY, register.pk).kind))
    found = read_sheet(by=office.planner, register=register.pk, sheet=Sheet(rows=rows), mapping=mapping)  # fmt: skip
    assert (found.problems, len(found.drafts)) == ((), 2)
    [note] = [one for one in found.notes if one.kind == "due"]
    assert (
        note.ja
        == "2行目：払い過ぎた額（返還を要する）が100,000円あります（支払額400,000円－確定額300,000円）。"
    )
    assert note.row == 2


def test_打ち込んだ欄に断りが付く() -> None:
    kind = with_terms(HALF)
    typed = {"who": "甲社", "title": "出展", "stage:交付決定": "2021-06-25", "eligible": "100,000", "decided": "60,000"}  # fmt: skip
    found = read_typed(kind, typed_columns(kind), typed)
    assert [(slip.column, type(slip.refusal)) for slip in found.slips] == [("decided", AboveMost)]
    assert found.slips[0].sentence().startswith("「交付決定額」の60,000円は、上限の50,000円を")


def test_概算払は決定のあとなら確定の前でもよい() -> None:
    kind = with_terms(HALF)
    days = {
        "stage:交付決定": "2021-06-25",
        "stage:額の確定": "2022-03-10",
        "stage:支払": "2021-07-10",
    }
    typed = {"who": "甲社", "title": "出展", **days}
    assert read_typed(kind, typed_columns(kind), typed).slips == ()
    found = read_typed(kind, typed_columns(kind), typed | {"stage:支払": "2021-06-01"})
    assert [type(slip.refusal) for slip in found.slips] == [OutOfOrder]
    table = table_of(KIND)
    del table["subsidy"]["advance"]
    strict = kind_of("subsidies", table)
    assert len(read_typed(strict, typed_columns(strict), typed).slips) == 1


# -- what a definition says ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"fields": {}}, "どの項目が何の額か"),
        ({"fields": {"decided": "nothing"}}, "台帳の項目にない"),
        ({"fields": {"decided": "title"}}, "の型は money"),
        ({"fields": {"other": "paid"}}, "役割はない"),
        ({"fields": {"decided": "paid", "fixed": "paid"}}, "二つの役割"),
        ({"decided": "着工"}, "台帳の段階にない"),
        ({"advance": "はい"}, "true か false"),
        ({"terms": [{"rate": "2倍"}]}, "1番目：補助率「2倍」"),
        ({"terms": [{"cap": 0}]}, "正の整数"),
        ({"terms": [{"cap": True}]}, "正の整数"),
        ({"terms": [{"since": "令和3年"}]}, "2021-04-01 のように"),
        ({"terms": [{"rounding": "四捨五入"}]}, "端数処理「四捨五入」"),
        ({"terms": [HALF, HALF]}, "同じ日からの定めが二つ"),
        ({"terms": [{"rates": "1/2"}]}, "「rates」という欄はない"),
        ({"terms": "1/2"}, "表の並び"),
        ({"cap": 3}, "「cap」という欄はない"),
    ],
)
def test_おかしな定めは種類として読まない(changed: Mapping[str, Any], sentence: str) -> None:
    table = table_of(KIND)
    with pytest.raises(BadRegisterKind, match=sentence):
        kind_of("subsidies", table | {"subsidy": table["subsidy"] | dict(changed)})


def test_案件でない台帳は補助の定めを持たない() -> None:
    table = table_of(catalogue()["events"]) | {"subsidy": {"fields": {"decided": "x"}}}
    with pytest.raises(BadRegisterKind, match="案件（case）の台帳だけ"):
        kind_of("events", table)


def test_定めは表にして読み直せ文にもなる() -> None:
    kind = with_terms(HALF | {"scheme": "出展補助金", "since": "2021-04-01", "exceptions": True})
    assert kind_of("subsidies", table_of(kind)) == kind
    assert kind.subsidy is not None
    ja, en = said(kind.subsidy, kind)[0]
    assert (
        ja
        == "2021-04-01から、「出展補助金」は、欄「補助対象経費」×補助率（1/2）、上限500,000円、端数は千円未満切捨て。特例は理由を書けば認めます。"
    )
    assert "cap ¥500,000" in en


def test_断りには番号が一つずつある() -> None:
    codes = [one.code for one in (AboveMost, AboveGranted, BelowMost, NotItsTerms)]
    assert len(set(codes)) == len(codes)
