"""印. What a row of check boxes says: the words of the boxes that are ticked, 「□拡大　■継続　□縮小」 → 継続.

A cell in which nothing is ticked says nothing; one without boxes says what it says.
"""

from __future__ import annotations

import re
from typing import Final

from sosei.reading.grid import Words

_EMPTY: Final = "□☐◻▢"
_TICKED: Final = "■☑☒✓✔◼🗹✅"
_OPTION: Final = re.compile(
    rf"(?P<box>[{_EMPTY}{_TICKED}]|[（(\[［]\s*[○〇◯✓✔レ●]?\s*[)）\]］](?=[^\s　]))"
)
_CHOSEN: Final = re.compile(rf"[{_TICKED}]|[（(\[［]\s*[○〇◯✓✔レ●]\s*[)）\]］]")
_ENDS: Final = " 　\t\r\n、，,・／/"


def ticked(words: Words) -> Words | None:
    """Return the words behind the ticked box (several joined by lines); None where the words are no check boxes.

    Nothing but unticked boxes give empty words. A lone ■ before words is a bullet, not a box.
    """
    boxes = list(_OPTION.finditer(words.text))
    chosen = [bool(_CHOSEN.fullmatch(found["box"])) for found in boxes]
    if (
        not boxes
        or words.text[: boxes[0].start()].strip(_ENDS)
        or (len(boxes) == 1 and _is_bullet(boxes[0]))
    ):
        return None
    if all(chosen) and len(boxes) > 1:
        return None
    ends = [*(found.start() for found in boxes[1:]), len(words)]
    told = [
        words[found.end() : end].strip(_ENDS)
        for found, end, yes in zip(boxes, ends, chosen, strict=True)
        if yes
    ]
    told = [part for part in told if part]
    if not told:
        return Words()
    return told[0] if len(told) == 1 else Words.joined(told, "\n")


def _is_bullet(found: re.Match[str]) -> bool:
    return found["box"] in "■□"
