"""常駐するもの. What a server process holds for as long as it lives is set aside from the garbage collector.

Pages make enough short-lived things that the collector goes through all that is alive every few hundred requests: a
tenth of a second in which somebody waits, nearly all of it spent on modules, rules and addresses that never go.
"""

from __future__ import annotations

import gc

from django.urls import get_resolver


def set_aside() -> None:
    """Load what every page needs, and let the collector pass it by from now on."""
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
