"""だれがいつ. By which line of the journal, when and by whom values were written: asked as the ledger's pages know it."""

from __future__ import annotations

from sosei.offices.queries.recorded import Recorded, first_written, recorded

__all__ = ["Recorded", "first_written", "recorded"]
