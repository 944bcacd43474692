"""止まらないものを止める. A stop for work that would not end: a guard, not a measurement.

What is slow belongs to `bench/`; a test only has to notice that work never ends,
so the bound is many times what the slowest machine needs.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

MANY_SECONDS = 90
"""Seconds of this process's own work (not of the clock on the wall) after which work is held to hang."""


@contextmanager
def no_hang(seconds: int = MANY_SECONDS) -> Iterator[None]:
    """Break off with AssertionError what has not ended after so much work of the processor."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise AssertionError(f"{seconds} 秒ぶんの処理をしても終わりません")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
