"""台帳の棚: every kind of the catalogue is found once, and can be written as the table it came from."""

from collections import Counter

from sosei.evidence.definitions import fresh_key, table_of
from sosei.evidence.kinds import catalogue, kind_of
from sosei.evidence.shelves import offered, shelves


def test_見本の台帳はどれも一つの棚にある() -> None:
    found = Counter(one.kind.key for shelf in shelves() for one in shelf.kinds)
    assert set(found) == set(catalogue())
    assert set(found.values()) == {1}


def test_どの台帳にも二つの言葉で一行の説明がある() -> None:
    said = [one for shelf in shelves() for one in shelf.kinds]
    assert all(one.ja and one.en and len(one.ja) <= 60 for one in said)
    assert len({one.ja for one in said}) == len(said)


def test_棚にない台帳は選べない() -> None:
    assert offered("members") is not None
    assert offered("no_such_kind") is None


def test_種類は表に書き直しても同じ() -> None:
    for key, kind in catalogue().items():
        assert kind_of(key, table_of(kind)) == kind, key


def test_使われている記号には番号を付ける() -> None:
    assert fresh_key("hires", set()) == "hires"
    assert fresh_key("hires", {"hires"}) == "hires_2"
    assert fresh_key("hires", {"hires", "hires_2", "hires_3"}) == "hires_4"
