"""書ける登録: the quick look lets nothing pass that a column would refuse."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.evidence import models as m
from sosei.evidence.actions import keepable
from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import kind_of
from sosei.journal.bounds import bound
from sosei.journal.refusals import NumberBeyondColumn, TextTooLong, UnwritableSign

KIND = kind_of(
    "visits",
    {
        "kind": "log", "ja": "訪問の記録", "en": "Visits", "subject": "none", "groups": True,
        "fields": {
            "place": {"ja": "場所", "en": "Place", "type": "place"},
            "note": {"ja": "備考", "en": "Note", "type": "text"},
        },
    },
)  # fmt: skip
TEXTS = st.text(alphabet="あA\x00", min_size=0, max_size=3) | st.integers(95, 205).map("字".__mul__)
SIZES = st.integers(0, 2**32) | st.integers(9_990, 10_010)


def kept(column: str, value: object) -> bool:
    try:
        bound(m.Entry, column).require(value)
    except (TextTooLong, NumberBeyondColumn, UnwritableSign):
        return False
    return True


@given(at=TEXTS, place=TEXTS, note=TEXTS, size=SIZES, year=st.none() | st.integers(0, 40_000))
def test_速い見方でも欄の限りは変わらない(
    at: str, place: str, note: str, size: int, year: int | None
) -> None:
    draft = Draft(at=at, size=size, year=year, values={"place": place, "note": note})
    columns = {"at": at, "place": place, "size": size, "year": year}
    good = all(kept(column, value) for column, value in columns.items()) and "\x00" not in note
    found = False
    with suppress(TextTooLong, NumberBeyondColumn, UnwritableSign):
        keepable.keepable(KIND)(draft)
        found = True
    assert found == good


def test_負の人数は書けない() -> None:
    with pytest.raises(NumberBeyondColumn):
        keepable.keepable(KIND)(Draft(size=-1, values={}))
