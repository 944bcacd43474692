"""内訳: of confidential registers only how many there are by month, place and sort, and no number from which one could be reckoned."""

from datetime import date

import pytest

from bookroom import BODY, Town, town
from evidenceroom import definition, entered, firm
from sosei.evidence.actions.registers import make_register
from sosei.evidence.drafts import Draft
from sosei.evidence.measures.parser import parse
from sosei.evidence.queries.strata import strata

pytestmark = pytest.mark.django_db
TREE = 'count of visits_of_firms during fiscal unit "件"'


@pytest.fixture
def office() -> Town:
    return town()


def visited(office: Town, cities: list[str], months: list[int]) -> None:
    said = definition("events") | {
        "rows": "confidential",
        "subject": "organisation",
        "ja": "訪問先",
    }
    register = make_register(
        by=office.planner, key="visits_of_firms", definition=said, department=office.it.pk
    )
    entered(office, register, [
        Draft(who=firm(f"社{n}"), first=date(2021, month, 1 + n), values={"title": "訪問", "kind": "その他", "place": city})
        for n, (city, month) in enumerate(zip(cities, months, strict=True))
    ])  # fmt: skip


def test_小さい数とそれを割り出せる数は伏せる(office: Town) -> None:
    visited(office, ["盛岡市"] * 6 + ["仙台市"] * 4 + ["青森市"], [5] * 5 + [6] * 6)
    found = {one.by: one for one in strata(BODY, parse(TREE), 2021, {"visits_of_firms"})}
    assert found["place"].counts == {"仙台市": None, "盛岡市": 6, "青森市": None}
    assert found["month"].counts == {"2021-05": 5, "2021-06": 6}
    assert {one.total for one in found.values()} == {11}
    assert (found["place"].field, found["month"].field) == ("place", None)
    assert "sort" not in found  # 一つの区分しかない内訳は合計と同じ


def test_内密でない台帳の内訳は出さない(office: Town) -> None:
    visited(office, ["盛岡市"] * 3, [5] * 3)
    assert strata(BODY, parse(TREE), 2021, set()) == ()
    assert strata(BODY, parse(TREE), 2019, {"visits_of_firms"}) == ()
