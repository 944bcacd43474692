"""重なる行い. Two acts at once, each on a connection of its own: the second begins while the first one is in the middle."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

import pytest
from django.db import connections

#: How long the first one waits in its middle for the second, which may have to wait for it.
PAUSE = 0.6
needs_two_writers = pytest.mark.skipif(
    "SOSEI_DATABASE" not in os.environ,
    reason="SQLite lets one write at a time as it is; run with SOSEI_DATABASE",
)


class Overlap:
    """The two; `middle`: after that function has returned, the first one lets the second begin."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self._there, self._over = threading.Event(), threading.Event()

    def __call__(
        self, first: Callable[[], Any], second: Callable[[], Any], *, middle: tuple[Any, str]
    ) -> list[Any]:
        """Return what each returned, or the exception that it ended with."""
        found: list[Any] = [None, None]
        one = self._thread(found, 0, first)
        self._pause(one, *middle)
        one.start()
        assert self._there.wait(20), f"the first one never came to its middle: {found[0]!r}"
        two = self._thread(found, 1, second)
        two.start()
        for each in (one, two):
            each.join(60)
            assert not each.is_alive(), "it hangs"
        return found

    def _thread(self, found: list[Any], n: int, act: Callable[[], Any]) -> threading.Thread:
        def run() -> None:
            try:
                found[n] = act()
            except Exception as refusal:
                found[n] = refusal
            finally:
                if n == 1:
                    self._over.set()
                connections.close_all()

        return threading.Thread(target=copy_context().run, args=(run,))

    def _pause(self, thread: threading.Thread, owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def paused(*args: Any, **kwargs: Any) -> Any:
            said = original(*args, **kwargs)
            if threading.current_thread() is thread and not self._there.is_set():
                self._there.set()
                self._over.wait(PAUSE)
            return said

        self.patch.setattr(owner, name, paused)
