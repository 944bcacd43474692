"""重なる行い. Two acts at once leave a journal in the order of their moments: no clock seems to have gone back."""

import threading
from datetime import date

import pytest

from bookroom import BODY
from overlap import Overlap, needs_two_writers
from sosei.journal.acts import Act, act
from sosei.journal.models import Entry
from sosei.journal.verify import verify
from sosei.offices.models import Department

pytestmark = [needs_two_writers, pytest.mark.django_db(transaction=True)]


def add(code: str) -> None:
    with act("test.add", body=BODY, by=None) as w:
        w.add(Department(code=code, name=code, first_day=date(2022, 4, 1)))


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Overlap:
    return Overlap(monkeypatch)


def test_重なった行いの時刻は番号の順に進む(at_once: Overlap) -> None:
    add("00")
    found = at_once(lambda: add("01"), lambda: add("02"), middle=(Act, "_note"))
    assert found == [None, None]
    lines = list(Entry.objects.order_by("seq").values_list("seq", "at"))
    assert [seq for seq, _ in lines] == [1, 2, 3]
    assert [at for _, at in lines] == sorted(at for _, at in lines)
    verdict = verify()
    assert verdict.fine
    assert not [n for n in verdict.unproven if n.code == "N03"]


def test_最初の行が重なっても鎖は一本である(at_once: Overlap) -> None:
    found = at_once(lambda: add("01"), lambda: add("02"), middle=(Act, "_note"))
    assert found == [None, None]
    assert verify().fine


def test_中で断られた行いは次の行いを待たせない(at_once: Overlap) -> None:
    def refused() -> None:
        with act("test.add", body=BODY, by=None) as w:
            w.add(Department(code="01", name="断られる課", first_day=date(2022, 4, 1)))
            raise KeyError(threading.current_thread().name)

    found = at_once(refused, lambda: add("02"), middle=(Act, "_note"))
    assert isinstance(found[0], KeyError)
    assert found[1] is None
    assert list(Department.objects.values_list("code", flat=True)) == ["02"]
    assert verify().fine
