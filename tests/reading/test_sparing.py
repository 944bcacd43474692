"""回収を控えることの検査. The collector's thresholds are raised while reading and always come back."""

from __future__ import annotations

import gc
import threading

import pytest

from sosei.core.errors import SoseiError
from sosei.reading import open_document
from sosei.reading.sparing import PATIENCE, sparing


def test_控える間だけ閾値が上がり元に戻る() -> None:
    before = gc.get_threshold()
    with sparing():
        assert gc.get_threshold() == (PATIENCE, *before[1:])
        assert gc.isenabled()
    assert gc.get_threshold() == before


def test_重ねても最後に一度だけ戻る() -> None:
    before = gc.get_threshold()
    with sparing():
        with sparing():
            pass
        assert gc.get_threshold()[0] == PATIENCE
    assert gc.get_threshold() == before


def test_読めないファイルのあとでも戻る() -> None:
    before = gc.get_threshold()
    with pytest.raises(SoseiError):
        open_document(b"PK\x03\x04broken", "a.xlsx")
    assert gc.get_threshold() == before


def test_別の糸が先に終わってもまだ控える() -> None:
    before = gc.get_threshold()
    inside, leave = threading.Event(), threading.Event()

    def other() -> None:
        with sparing():
            inside.set()
            leave.wait(10)

    thread = threading.Thread(target=other)
    thread.start()
    inside.wait(10)
    with sparing():
        leave.set()
        thread.join()
        assert gc.get_threshold()[0] == PATIENCE
    assert gc.get_threshold() == before


def test_もっと控えている者と止めている者には手を出さない() -> None:
    before = gc.get_threshold()
    try:
        for own in ((0, 10, 10), (PATIENCE * 2, 10, 10)):
            gc.set_threshold(*own)
            with sparing():
                assert gc.get_threshold() == own
    finally:
        gc.set_threshold(*before)
