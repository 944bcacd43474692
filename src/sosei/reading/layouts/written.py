"""書かれたもの. A stretch of a cell with its shape: what of it may be structure, and what is words whatever it looks like.

A character that the file spells as a reference (&#x25CB;) is words. HTML tables and workbooks have no such places;
there every character counts as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sosei.core.cardline import MASK, Span, strip, understood
from sosei.core.report import Places, Said
from sosei.reading.grid import Run, Words


@dataclass(frozen=True)
class Written:
    """Words and their shape, cut together."""

    words: Words

    @property
    def text(self) -> str:
        """The characters."""
        return self.words.text

    @cached_property
    def shape(self) -> str:
        """The characters, those that were spelled as references masked."""
        parts, at, before = [], 0, None
        for run in self.words.runs:
            part = self.text[at : at + run.length]
            parts.append(MASK * len(part) if _is_reference(run, before) else part)
            at, before = at + run.length, run
        return "".join(parts) + self.text[at:]

    @property
    def places(self) -> Places:
        """Where it stands."""
        return self.words.places

    def __bool__(self) -> bool:
        """True when there is more than white space."""
        return bool(self.shape.strip())

    def cut(self, span: Span) -> Written:
        """Return a span of it, stripped."""
        a, b = strip(self.shape, span)
        return Written(self.words[a:b])

    def maybe(self, span: Span | None) -> Written | None:
        """Return a span of it, or None without one."""
        return self.cut(span) if span else None

    def said(self, *, mended: bool = False) -> Said | None:
        """Return the words as a report holds them, raw kept where it differs; None when there are none."""
        whole = self.cut((0, len(self.shape)))
        text = understood(whole.text, whole.shape, mended=mended)
        if not text:
            return None
        return Said(text=text, raw=whole.text if whole.text != text else None, place=whole.places)


def _is_reference(run: Run, before: Run | None) -> bool:
    """Tell whether a run's characters take more room in the file than they are.

    What joins two stretches stands nowhere in the file and has the place of the stretch before it.
    """
    start, end = run.place.start, run.place.end
    if run.exact or start is None or end is None or end - start <= run.length:
        return False
    return before is None or before.place != run.place


def joined(parts: list[Written]) -> Written:
    """Return stretches as one, a space between."""
    return Written(Words.joined([part.words for part in parts], " "))
